"""What a blank means in one table: zero, or nothing known. Tried both ways on the table's sums."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pandas as pd

from .forms import Sum

Place = tuple[str, str]  # row, column
# A dash, a slash or 无 stands for nothing as a blank does: tried as zero, never replaced.
NOTHING = frozenset({"blank", "slash", "dash", "none"})
# Blanks mean zero when the sums that hold with them outweigh the broken ones by this factor.
OUTWEIGH = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One sum in one column or row: the cells on its left and right side."""

    sum: Sum
    at: str
    left: tuple[Place, ...]
    right: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table of one report, by (row, column)."""

    values: dict[Place, float]
    kinds: dict[Place, str]
    places: dict[Place, str]

    @classmethod
    def of(cls, cells: pd.DataFrame) -> Sheet:
        keys = list(zip(cells["row"], cells["column"], strict=True))
        values = cells["value"].to_numpy(dtype=float, na_value=math.nan)
        places = cells["place"].where(cells["place"].notna(), "")
        return cls(
            dict(zip(keys, values.tolist(), strict=True)),
            dict(zip(keys, cells["kind"], strict=True)),
            dict(zip(keys, places, strict=True)),
        )

    def value(self, key: Place) -> float:
        return self.values.get(key, math.nan)

    def is_nothing(self, key: Place) -> bool:
        return self.kinds.get(key) in NOTHING

    def place(self, key: Place) -> str | None:
        return self.places.get(key) or None

    def any_value(self) -> bool:
        return any(not math.isnan(value) for value in self.values.values())


@dataclass
class Settled:
    """A table with the meaning of its blanks: `not_printed` totals are never taken for zero."""

    sheet: Sheet
    blanks_are_zero: bool = False
    not_printed: set[Place] = field(default_factory=set)

    def sides(self, line: Line) -> tuple[float, float, int]:
        """Left and right side with blanks as zero (NaN where a cell is missing), and how many
        blanks took part."""
        blanks = sum(self._is_zero(key) for key in (*line.left, *line.right))
        return self._total(line.left), self._total(line.right), blanks

    def value(self, key: Place) -> float:
        """The value of a cell under the table's convention."""
        if self._is_zero(key):
            return 0.0 if self.blanks_are_zero else math.nan
        return self.sheet.value(key)

    def _is_zero(self, key: Place) -> bool:
        return self.sheet.is_nothing(key) and key not in self.not_printed

    def _total(self, keys: tuple[Place, ...]) -> float:
        return sum(0.0 if self._is_zero(key) else self.sheet.value(key) for key in keys)


def settle(lines: list[Line], sheet: Sheet) -> Settled:
    """The convention of a table: its blanks are zero where its sums then close."""
    settled = Settled(sheet)
    _find_not_printed(lines, settled)
    held = broken = 0
    for line in lines:
        left, right, blanks = settled.sides(line)
        shown = any(not math.isnan(sheet.value(key)) for key in (*line.left, *line.right))
        if not blanks or not shown or math.isnan(left) or math.isnan(right):
            continue
        held, broken = held + (left == right), broken + (left != right)
    settled.blanks_are_zero = held > 0 and held >= OUTWEIGH * broken
    return settled


def _find_not_printed(lines: list[Line], settled: Settled) -> None:
    """Totals left blank over parts that are not: and with them every blank total of that kind."""
    kinds: set[tuple[str, str]] = set()
    for line in lines:
        if len(line.right) != 1 or not settled.sheet.is_nothing(line.right[0]):
            continue
        parts = [settled.sheet.value(key) for key in line.left]
        if any(part > 0 for part in parts):
            row, column = line.right[0]
            kinds.add((line.sum.per, column if line.sum.per == "row" else row))
    for line in lines:
        if len(line.right) == 1 and settled.sheet.is_nothing(line.right[0]):
            row, column = line.right[0]
            if (line.sum.per, column if line.sum.per == "row" else row) in kinds:
                settled.not_printed.add(line.right[0])
