"""How far the codes of two editions compare: A (one series), B (with the remark), C (not at all).

The judgements are the lines of crosswalk.csv, each with its reason; they are read both ways and
written out here for every code of every edition.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources

import pandas as pd

from .errors import InputError
from .forms import Table, editions, load_form

CROSSWALK = [
    "edition", "table", "row", "column", "sum_with",
    "to_edition", "to_table", "to_row", "to_column", "grade", "why_zh", "why_en",
]  # fmt: skip
GRADES = ("A", "B", "C")
# The column that stands for a row when none is named: all applicants, all cases.
MAIN = "total"
# The table of before 2019, whose columns are the year and running totals.
ANNEX = "annex"
Place = tuple[str, str, str]  # table, row, column
_NONE = ("C", "对方的表没有这一项", "the other table has no such row")


def _parts(rows: str) -> list[str]:
    """The codes of a sum or a list."""
    return [part for part in rows.split() if part != "+"]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a line: `a + b` is a sum, `a b` are several codes, `a.*` all below, `=` the
    other side's code; an empty column is every column, an empty row no counterpart."""

    editions: tuple[str, ...]
    table: str
    rows: str
    column: str

    @property
    def parts(self) -> list[str]:
        return _parts(self.rows)

    @property
    def is_sum(self) -> bool:
        return "+" in self.rows.split()

    def has(self, table: str, row: str, column: str) -> bool:
        named = any(fnmatchcase(row, part) for part in self.parts)
        return named and self.table == table and (not self.column or column in self.column.split())


@dataclass(frozen=True, slots=True)
class _Line:
    left: _Side
    right: _Side
    grade: str
    why: tuple[str, str]

    def turned(self) -> _Line:
        """The line read from right to left."""
        left, right = self.right, self.left
        if left.rows == "=":
            left = _Side(left.editions, left.table, right.rows, left.column)
            right = _Side(right.editions, right.table, "=", right.column)
        if left.column == "=":
            left = _Side(left.editions, left.table, left.rows, right.column)
            right = _Side(right.editions, right.table, right.rows, "=")
        return _Line(left, right, self.grade, self.why)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The cells that a code compares with, none where it has no counterpart. Where `sum_with`
    names rows, only the code's sum with them compares."""

    sum_with: tuple[str, ...]
    cells: tuple[Place, ...]
    grade: str
    why_zh: str
    why_en: str


_Counterpart = tuple[str, str, str, str, str, str, str]  # sum_with, to, grade, why
_Codes = dict[str, dict[str, tuple[str, ...]]]  # table -> row -> columns


def crosswalk() -> pd.DataFrame:
    """How every code of every edition compares with each other edition.

    Grain: code x other edition. Columns: edition table row column sum_with to_edition to_table
    to_row to_column grade why_zh why_en. A blank `column` stands for every column of the row. A
    grade with `sum_with`, or with a sum in `to_row`, holds for the sum only. `grade` is A (one
    series), B (comparable with the remark in `why`) or C; where nothing corresponds it is C and
    `to_row` is <NA>. A row such as `denied` that groups others (`denied.*`) stands for their sum.
    Sources: the forms, and for the rows of the table of 2014 general knowledge (see
    `load_form("2014")`).
    """
    return _crosswalk().copy()


def grade(code: str, edition: str, other: str) -> str:
    """A, B or C: how far a code of one edition compares with the other edition.

    `code` is a row (`received`: the total is meant, in a table of before 2019 the column that
    compares best), a row and a column (`regulation.issued`, `review.upheld`), or either behind its
    table (`annex.received`). Raises
    InputError for a code that the edition does not have, or that needs its column named.
    """
    if edition == other:
        return "A"
    frame = _crosswalk()
    known = frame.loc[(frame["edition"] == edition) & (frame["to_edition"] == other)]
    for table, rows in _codes(edition).items():
        for row, columns in rows.items():
            column = _column(code, table, row, columns)
            if column is None:
                continue
            here = known.loc[(known["table"] == table) & (known["row"] == row)]
            if column:
                here = here.loc[here["column"].isna() | (here["column"] == column)]
            if table == ANNEX or here["grade"].nunique() == 1:
                return str(here["grade"].min())
            advice = ", ".join(f"{row}.{name}" for name in columns)
            raise InputError(f"{code!r} has columns of different grades", advice=f"Say {advice}.")
    raise InputError(f"edition {edition} has no code {code!r}")


def counterpart(row: str, column: str, edition: str, other: str) -> Counterpart | None:
    """What a row and column of an edition is in another; None where the edition has no such code.
    A row that groups others (`denied`) stands for all of them, in the other edition too."""
    for table, rows in _codes(edition).items():
        if column in rows.get(row, ()):
            code, there = (table, row, column), _codes(other)
            told = _counterpart(_lines_between(edition, other), code, there)
            added, to_table, to_rows, to_column, *rest = told
            cells = [
                (to_table, member, to_column)
                for part in _parts(to_rows)
                for member in _members(other, to_table, part)
            ]
            return Counterpart(tuple(_parts(added)), tuple(cells), *rest)
    return None


def _members(edition: str, table: str, row: str) -> list[str]:
    """The printed rows that a row stands for: itself, or all below a group."""
    printed = [entry.code for entry in load_form(edition).table(table).rows]
    return [row] if row in printed else [code for code in printed if code.startswith(f"{row}.")]


def _column(code: str, table: str, row: str, columns: tuple[str, ...]) -> str | None:
    """The column that a code names in a row: empty for all, None where it is another row's code."""
    bare = code.removeprefix(f"{table}.")
    if bare == row:
        return MAIN if MAIN in columns else ""
    column = bare.removeprefix(f"{row}.")
    return column if bare.startswith(f"{row}.") and column in columns else None


@cache
def _crosswalk() -> pd.DataFrame:
    names = editions(compiled=True)
    rows = [
        (one, *code, counterpart[0], other, *counterpart[1:])
        for one in names
        for other in names
        if one != other
        for code, counterpart in _compare(one, other)
    ]
    frame = pd.DataFrame(rows, columns=CROSSWALK, dtype="string")
    return frame.mask(frame == "")


def _compare(one: str, other: str) -> Iterator[tuple[tuple[str, str, str], _Counterpart]]:
    """The codes of an edition, a row as one where its columns compare alike."""
    lines = _lines_between(one, other)
    there = _codes(other)
    for table, rows in _codes(one).items():
        for row, columns in rows.items():
            found = {c: _counterpart(lines, (table, row, c), there) for c in columns}
            whole = {(*part[:3], *part[4:]) for part in found.values()}
            if len(whole) == 1 and all(part[3] in ("", c) for c, part in found.items()):
                first = next(iter(found.values()))
                yield (table, row, ""), (*first[:3], "", *first[4:])
                continue
            for column, part in found.items():
                yield (table, row, column), part


def _counterpart(lines: list[_Line], code: tuple[str, str, str], there: _Codes) -> _Counterpart:
    """What the first line that speaks of a code says of it."""
    table, row, column = code
    for line in lines:
        if not line.left.has(table, row, column):
            continue
        added = [part for part in line.left.parts if part != row] if line.left.is_sum else []
        right = line.right
        if not right.rows:
            return " + ".join(added), "", "", "", line.grade, *line.why
        if len(right.parts) > 1 and not right.is_sum:
            continue  # read backwards, a line of several codes names none
        to_row = row if right.rows == "=" else right.rows
        to_column = right.column if right.column not in ("", "=") else column
        known = there.get(right.table, {})
        if all(to_column in known.get(part, ()) for part in to_row.split() if part != "+"):
            return " + ".join(added), right.table, to_row, to_column, line.grade, *line.why
    return "", "", "", "", *_NONE


@cache
def _codes(edition: str) -> _Codes:
    """Every row of an edition with its columns, groups of rows (`denied`) behind their members."""
    return {table.id: _rows(table) for table in load_form(edition).tables}


def _rows(table: Table) -> dict[str, tuple[str, ...]]:
    found = {
        row.code: tuple(column.code for column in block.columns)
        for block in table.blocks
        for row in block.rows
    }
    for group in table.groups:
        below = [code for code in found if code.startswith(f"{group.code}.")]
        if below:
            found.setdefault(group.code, found[below[0]])
    return found


@cache
def _lines_between(one: str, other: str) -> list[_Line]:
    both = [line for entry in _lines() for line in (entry, entry.turned())]
    return [line for line in both if one in line.left.editions and other in line.right.editions]


@cache
def _lines() -> tuple[_Line, ...]:
    file = resources.files(__package__).joinpath("crosswalk.csv")
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    return tuple(
        _Line(
            _Side(tuple(r["editions"].split()), r["table"], r["row"], r["column"]),
            _Side(tuple(r["to_editions"].split()), r["to_table"], r["to_row"], r["to_column"]),
            r["grade"],
            (r["why_zh"], r["why_en"]),
        )
        for r in rows
    )
