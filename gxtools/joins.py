"""Which cells of an older edition give a term of today's form, as the crosswalk grades them.

Cells of grade A and B give its figure; where the grade is C they are another figure, and give none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .crosswalk import GRADES, Place, counterpart
from .forms import Table, editions, load_form
from .formulas import Term


@dataclass(frozen=True, slots=True)
class Join:
    """A term in an edition: the cells that give it there, if any, its grade, and why."""

    cells: tuple[Place, ...]
    grade: str
    zh: str = ""
    en: str = ""


_ABSENT = Join((), "C", "这一版的表没有这一项", "this form does not have it")


def cells_of(table: Table, term: Term) -> list[int]:
    """The cells of a table that give a term: its own, or those that join on to it; [] if none."""
    own = term.cells(table)
    if own:
        return own
    place = {(table.id, *cell): i for i, cell in enumerate(table.cells())}
    joined = join(term, _edition(table)).cells
    return [place[cell] for cell in joined] if place.keys() >= set(joined) else []


@cache
def join(term: Term, edition: str) -> Join:
    """How a term of an edition joins on to the newest form: as its worst part does."""
    newest = editions()[0]
    there = any(term.cells(table) for table in load_form(edition).tables)
    if edition == newest or not any(term.cells(table) for table in load_form(newest).tables):
        return Join((), "A") if there else _ABSENT
    found = [_part(term, row, column, edition) for row in term.rows for column in term.columns]
    worst = max(found, key=lambda part: GRADES.index(part.grade))
    cells = dict.fromkeys(cell for part in found for cell in part.cells)
    given = () if worst.grade == "C" else tuple(cells)
    return Join(given, worst.grade, worst.zh, worst.en)


def _part(term: Term, row: str, column: str, edition: str) -> Join:
    """One row and column of a term: grade C where only a sum with other rows compares."""
    told = counterpart(row, column, editions()[0], edition)
    if told is None:
        return _ABSENT
    alone = told.grade if set(told.sum_with) <= set(term.rows) else "C"
    return Join(told.cells, alone, told.why_zh, told.why_en)


@cache
def _edition(table: Table) -> str:
    """The edition that a table is of."""
    return next(
        edition for edition in editions(compiled=True) if table in load_form(edition).tables
    )
