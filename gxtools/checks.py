"""check(): do the printed sums hold? A finding is a row; a printed total is never replaced."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .convention import Line, Sheet, settle
from .forms import Sum, Table, load_form
from .reports import Reports

FINDINGS = [
    "report",
    "agency",
    "year",
    "check",
    "table",
    "row",
    "column",
    "left",
    "right",
    "gap",
    "verdict",
    "convention",
    "basis",
    "place",
]
AS_PRINTED, BLANK_ZERO = "as printed", "blank = 0"


@dataclass(frozen=True, slots=True)
class _Finding:
    check: str
    table: str
    row: str | None
    column: str | None
    left: float
    right: float
    verdict: str
    convention: str
    basis: str
    place: str | None


def check(reports: Reports) -> pd.DataFrame:
    """The findings of the form's own checks: a row a report and sum.

    Columns: report agency year check table row column left right gap verdict convention basis
    place. A sum down a column has its `column`, a sum along a row its `row`. `verdict` is `holds`,
    `broken` or `unknown` (a needed cell was not read, is not printed, or is blank and the report's
    blanks cannot be shown to mean zero). `convention` is `as printed` or `blank = 0`. Values are in
    件. Sources: the form's printed 勾稽关系 and its total rows and columns (see `basis`).
    """
    rows: list[tuple[Any, ...]] = []
    who = reports.index.set_index("report")[["agency", "year"]]
    for report, cells in reports.cells.groupby("report", sort=False):
        agency, year = who.loc[report]
        told = _editions(
            str(reports.index.loc[reports.index["report"] == report, "editions"].iat[0])
        )
        for found in _report(cells, told):
            gap = found.left - found.right
            rows.append(
                (
                    report,
                    agency,
                    year,
                    found.check,
                    found.table,
                    found.row,
                    found.column,
                    found.left,
                    found.right,
                    gap,
                    found.verdict,
                    found.convention,
                    found.basis,
                    found.place,
                )
            )
    made = pd.DataFrame(rows, columns=FINDINGS)
    numbers = dict.fromkeys(("left", "right", "gap"), "Float64")
    return made.astype({name: numbers.get(name, "string") for name in FINDINGS} | {"year": "Int64"})


def _editions(told: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in told.split() if "=" in part)


def _report(cells: pd.DataFrame, told: dict[str, str]) -> Iterator[_Finding]:
    for id, part in cells.groupby("table", sort=False):
        table = load_form(told[str(id)]).table(str(id))
        sheet = Sheet.of(part)
        yield from _sums(table, sheet)
        yield from _counts(table, sheet)


def _sums(table: Table, sheet: Sheet) -> Iterator[_Finding]:
    lines = [line for total in table.sums for line in lines_of(table, total)]
    settled = settle(lines, sheet)
    for line in lines:
        left, right, blanks = settled.sides(line)
        known = not math.isnan(left) and not math.isnan(right)
        if blanks and not settled.blanks_are_zero:
            known = False
        verdict = ("holds" if abs(left - right) < 1e-9 else "broken") if known else "unknown"
        zero = bool(blanks) and settled.blanks_are_zero
        row, column = (None, line.at) if line.sum.per == "column" else (line.at, None)
        yield _Finding(
            line.sum.id, table.id, row, column, left, right, verdict,
            BLANK_ZERO if zero else AS_PRINTED,
            f"{line.sum.basis}: {line.sum.zh}", sheet.place(line.right[-1]),
        )  # fmt: skip


def lines_of(table: Table, total: Sum) -> list[Line]:
    """A sum written out: once for every column, or for every row, of the table."""
    found: list[Line] = []
    for block in table.blocks:
        down = total.per == "column"
        codes, others = (block.rows, block.columns) if down else (block.columns, block.rows)
        left, right = table.members(total.left, codes), table.members(total.right, codes)
        if not left or not right:
            continue
        for other in others:
            key = [(c, other.code) if down else (other.code, c) for c in (*left, *right)]
            found.append(Line(total, other.code, tuple(key[: len(left)]), tuple(key[len(left) :])))
    return found


def _counts(table: Table, sheet: Sheet) -> Iterator[_Finding]:
    """One row a table where all counts are whole and not negative, else a row for each that is not."""
    if not table.whole_counts:
        return
    basis = "structure: 件数为非负整数"
    bad = 0
    for block in table.blocks:
        kinds = {column.code: column.type for column in block.columns}
        for row, column in block.cells():
            value = sheet.value((row, column))
            if math.isnan(value) or kinds[column] == "signed":
                continue
            if value < 0 or (kinds[column] == "count" and not value.is_integer()):
                bad += 1
                yield _Finding(
                    table.whole_counts, table.id, row, column, value, math.nan, "broken",
                    AS_PRINTED, basis, sheet.place((row, column)),
                )  # fmt: skip
    if not bad:
        verdict = "holds" if sheet.any_value() else "unknown"
        yield _Finding(
            table.whole_counts, table.id, None, None, math.nan, math.nan, verdict, AS_PRINTED,
            basis, None,
        )  # fmt: skip
