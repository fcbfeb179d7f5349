"""One row of a compiled sheet -> the cells of the forms that it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..document import Note
from ..forms import editions, load_form, units
from ..text import Number, number
from .headings import Heading, Key, forms_of
from .table import Table

# What write_sheet puts where a report has a cell that could not be read.
UNREAD = "未读"


@dataclass
class Cell:
    """One figure as read, with its printed characters and place."""

    told: Number
    raw: str
    place: str


def read_cell(table: Table, at: int, column: int, heading: Heading, notes: list[Note]) -> Cell:
    """The figure of one cell of the sheet, counted as the form counts it."""
    text = table.page.text(at, column)
    place = table.page.place(at, column, heading.text)
    unit = _unit(heading.key)
    told = number(text, unit)
    if heading.unit and told.kind == "number" and heading.unit != unit:
        # A column headed 元 where the form counts 万元: the figure is converted, and says so.
        told = number(text + heading.unit, unit)
    if told.kind == "missing" and text != UNREAD:
        what = f"{text!r} is not a number that can be read beyond doubt ({heading.text})"
        notes.append(Note(what, place, "Enter the figure in the sheet.", "error"))
    return Cell(told, "" if text == UNREAD else text, place)


@cache
def _unit(key: Key | None) -> str:
    """The unit in which a cell of the form counts."""
    if key is None:
        return ""
    table, row, column = key
    for edition in editions(compiled=True):
        for entry in (entry for entry in load_form(edition).tables if entry.id == table):
            if (row, column) in units(edition, table):
                label = next(c for c in entry.columns if c.code == column)
                return units(edition, table)[row, column] or label.unit
    return ""


def tell_editions(cells: dict[Key, Cell], year: int | None) -> dict[str, str]:
    """The form that each table follows: of those in force in the year the one that has most of the
    columns and lacks fewest; where they are alike, the one of the other tables."""
    ranks: dict[str, dict[str, tuple[int, int]]] = {}
    for id in dict.fromkeys(table for table, _, _ in cells):
        here = {(row, column) for table, row, column in cells if table == id}
        known = [name for name in editions(compiled=True) if _has(name, id)]
        names = [name for name in forms_of(year) if name in known]
        ranks[id] = {name: _likeness(name, id, here) for name in names or known}
    told = {id: max(rank, key=rank.__getitem__) for id, rank in ranks.items()}
    for id, rank in ranks.items():
        alike = [name for name in rank if rank[name] == rank[told[id]]]
        others = [name for other, name in told.items() if other != id and name in alike]
        if others:
            told[id] = max(others, key=others.count)
    return dict(sorted(told.items(), key=lambda pair: load_form(pair[1]).table(pair[0]).section))


def _has(edition: str, id: str) -> bool:
    return any(table.id == id for table in load_form(edition).tables)


def _likeness(edition: str, id: str, here: set[tuple[str, str]]) -> tuple[int, int]:
    cells = set(load_form(edition).table(id).cells())
    return len(cells & here), -len(cells - here)


def cell_rows(
    report: str, told: dict[str, str], cells: dict[Key, Cell], notes: list[Note]
) -> Iterator[tuple[Any, ...]]:
    """The cells of the told forms, and group totals that the sheet gives beside them."""
    rest = dict(cells)
    for id, edition in told.items():
        for row, column in load_form(edition).table(id).cells():
            cell = rest.pop((id, row, column), None)
            yield _row(report, (id, row, column), edition, cell)
    for key, cell in rest.items():
        if not cell.raw and cell.told.kind == "blank":
            continue
        group = next((name for name in editions(compiled=True)[::-1] if _is_group(name, key)), None)
        if group is None:
            what = f"{' / '.join(key)} ({cell.raw}) is not a cell of the form that the row follows"
            notes.append(Note(what, cell.place, "It is left out; check the row's year.", "warning"))
        else:
            yield _row(report, key, group, cell)


def _is_group(edition: str, key: Key) -> bool:
    form, (table, row, column) = load_form(edition), key
    return form.compiled and (row, column) in units(edition, table)


def _row(report: str, key: Key, edition: str, cell: Cell | None) -> tuple[Any, ...]:
    if cell is None:
        return (report, *key, None, "missing", None, None, None, None)
    value = None if cell.told.value is None else float(cell.told.value)
    kind = cell.told.kind
    if kind == "blank" and load_form(edition).compiled:
        kind = "missing"  # not published, or not copied: no zero, and no blank of the report
    unit = units(edition, key[0])[key[1], key[2]] or (cell.told.unit if kind == "unit" else None)
    return (report, *key, value, kind, cell.raw, cell.place, "exact", unit or None)
