"""What a report's tables print for a figure: one cell, or cells added up."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ..convention import Settled, settle_all
from ..forms import Table
from ..lines import Line, Place
from ..panel import Panel
from ..reports import Reports
from .phrases import Reading

_TERM = re.compile(r"([+-]?)\s*([a-z_.]+)")
UNREAD, NOT_PRINTED = "unread", "not_printed"


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure of the tables: its codes (`what`), its value (NaN where not known, see `lacks`).

    `derived` says that a total which is not printed was added up from its parts, `blank` that a
    blank took part as 0. `cells` are the rows and columns, `place` where the first is printed.
    """

    what: str
    value: float
    lacks: str
    derived: bool
    blank: bool
    cells: frozenset[Place]
    place: str | None


class Tallies:
    """The tables of one report under their blank convention."""

    def __init__(self, printed: dict[str, _Printed]) -> None:
        self._printed = printed

    @classmethod
    def of_each(cls, reports: Reports) -> list[Tallies]:
        """The tables of every report, in the order of the index."""
        found: list[dict[str, _Printed]] = [{} for _ in range(len(reports))]
        places = reports.cells["place"].fillna("").tolist()
        for settled in settle_all(Panel.of(reports)):
            shape = _Shape(settled.table, settled.lines)
            for at, row in enumerate(settled.rows):
                found[row][settled.table.id] = _Printed(shape, settled, at, places)
        return [cls(printed) for printed in found]

    def tally(self, table: str, reading: Reading) -> Tally | None:
        """The figure of a reading; None where the report's edition has no such cells."""
        printed = self._printed.get(table)
        return printed.tally(reading) if printed else None

    def parts(self, table: str, family: str) -> frozenset[str]:
        """The codes that the form's sum of this family adds up; empty where it has none."""
        form = self._printed[table].table if table in self._printed else None
        total = next((one for one in form.sums if one.family == family), None) if form else None
        if form is None or total is None:
            return frozenset()
        axis = form.rows if total.per == "column" else form.columns
        return frozenset(form.members(total.left, axis))


class _Shape:
    """What all reports of one edition share of a table: its cells, and which add up to which."""

    def __init__(self, table: Table, lines: tuple[Line, ...]) -> None:
        self.table = table
        self.number = {cell: i for i, cell in enumerate(table.cells())}
        # Along its row first: the total of a row is added up before that of a column.
        lines = tuple(sorted(lines, key=lambda line: line.sum.per != "row"))
        self.totals = {line.total: line for line in reversed(lines) if line.total}

    def keys(self, reading: Reading) -> dict[Place, int]:
        """The cells of a reading with their signs; empty where the edition lacks one."""
        rows = _terms(reading.rows, tuple(row.code for row in self.table.rows))
        columns = _terms(reading.columns, tuple(column.code for column in self.table.columns))
        found = {
            (row, column): sign * other
            for row, sign in rows.items()
            for column, other in columns.items()
        }
        return found if set(found) <= set(self.number) else {}


class _Printed:
    """One table of one report."""

    def __init__(self, shape: _Shape, settled: Settled, at: int, places: list[str]) -> None:
        self.table = shape.table
        self._shape, self._settled, self._at, self._places = shape, settled, at, places

    def tally(self, reading: Reading) -> Tally | None:
        keys = self._shape.keys(reading)
        if not keys:
            return None
        derived = [key for key in keys if self._is_derived(key)]
        parts = [part for key in derived for part in self._shape.totals[key].left]
        total = sum(sign * self._value(key) for key, sign in keys.items())
        blank = any(self._is_nothing(key) for key in (*parts, *(set(keys) - set(derived))))
        what = f"{self.table.id}[{reading.rows}, {reading.columns}]"
        lacks = self._lacks(keys) if math.isnan(total) else ""
        return Tally(what, total, lacks, bool(derived), blank, frozenset(keys), self._place(keys))

    def _value(self, key: Place) -> float:
        """The cell as printed; a total that is not printed is added up from its parts."""
        if self._is_derived(key):
            return sum(self._one(part) for part in self._shape.totals[key].left)
        return self._one(key)

    def _one(self, key: Place) -> float:
        return float(self._settled.values[self._at, self._shape.number[key]])

    def _is_derived(self, key: Place) -> bool:
        blank = self._settled.not_printed[self._at, self._shape.number[key]]
        return bool(blank) and key in self._shape.totals

    def _is_nothing(self, key: Place) -> bool:
        return bool(self._settled.nothing[self._at, self._shape.number[key]])

    def _lacks(self, keys: dict[Place, int]) -> str:
        missing = (key for key in keys if math.isnan(self._value(key)))
        return NOT_PRINTED if all(self._is_nothing(key) for key in missing) else UNREAD

    def _place(self, keys: dict[Place, int]) -> str | None:
        for key in keys:
            position = int(self._settled.position[self._at, self._shape.number[key]])
            if position >= 0 and self._places[position]:
                return self._places[position]
        return None


def _terms(expression: str, codes: tuple[str, ...]) -> dict[str, int]:
    """code -> +1 or -1 of `received + carried_in`; a group (`denied`) stands for all below it.

    Empty where one of the terms is no code of the edition.
    """
    found: dict[str, int] = {}
    for sign, term in _TERM.findall(expression):
        members = [code for code in codes if code == term or code.startswith(f"{term}.")]
        if not members:
            return {}
        found |= dict.fromkeys(members, -1 if sign == "-" else 1)
    return found
