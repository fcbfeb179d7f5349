"""What an analyst must know of the tables that were read: what their labels rest on, and whether
the figures are a year's at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import Grid, Note
from .forms import Form, editions, load_form
from .recognise import Filling
from .rows import place
from .text import fold

UNPROVED = "general_knowledge"
# A heading or caption is short; a longer line is prose, which speaks of quarters for many reasons.
MAX_CAPTION = 40
_CAPTION = re.compile(r"统计表|报表|统计数|填报|报告期|报送期")
_PART = re.compile(
    r"第?[一二三四1-4]季度|季报|月报|[上下]半年|(?<!\d)(?:1[0-2]|[1-9])月(?:份|(?!\d))"
)
_WHOLE = re.compile(r"(?<!\d)1月?(?:份)?[-—–~至到]12月(?:份)?")


def caveats(filling: Filling, year: int | None) -> list[Note]:
    """Notes on the tables of a report: rows whose labels no official source was seen for; a table
    of before 2019 in a report of another time; a return of a quarter or some months."""
    notes: list[Note] = []
    for table, edition in filling.editions.items():
        form = load_form(edition)
        notes += _unproved(filling, form, table)
        if not _is_statutory(table):
            notes += _out_of_its_time(form, table, year)
            notes += _part_of_a_year(filling, form, table)
    return notes


def _is_statutory(table: str) -> bool:
    """Whether the form in force has this table."""
    return any(entry.id == table for entry in load_form(editions()[0]).tables)


def _unproved(filling: Filling, form: Form, table: str) -> Iterator[Note]:
    unproved = [row.code for row in form.table(table).rows if row.confidence == UNPROVED]
    read = {row for id, row, _ in filling.cells if id == table}
    named = [code for code in unproved if code in read]
    if named:
        yield Note(
            f"of the table {table} (edition {form.edition}) {len(named)} rows are read on general "
            f"knowledge, no official source of their labels was seen: {', '.join(named)}",
            f"table {table}",
            f'Compare the labels with the document; gx.load_form("{form.edition}") gives each '
            "row's confidence.",
            "info",
        )


def _out_of_its_time(form: Form, table: str, year: int | None) -> Iterator[Note]:
    last = form.last_year or form.first_year
    if year is not None and not form.first_year <= year <= last:
        yield Note(
            f"the table {table} follows the edition {form.edition} ({form.first_year} to {last}), "
            f"but the document is of {year}",
            f"table {table}",
            "It may be an internal return: do not take it for the tables of the annual report.",
        )


def _part_of_a_year(filling: Filling, form: Form, table: str) -> Iterator[Note]:
    for words in _captions(filling, table):
        part = _PART.search(_WHOLE.sub("", words))
        if part:
            yield Note(
                f"the table {table} (edition {form.edition}) counts a part of a year "
                f"({part[0]}): its figures are not those of an annual report",
                f"table {table}",
                "Leave it out of any comparison of years; look for the annual report.",
                "error",
            )
            return


def _captions(filling: Filling, table: str) -> Iterator[str]:
    """The words over a table: short lines that speak of one, and what else its own grid prints."""
    for paragraph in filling.document.paragraphs():
        words = fold(paragraph.text)
        if len(words) <= MAX_CAPTION and _CAPTION.search(words):
            yield words
    places = {reading.place for (id, _, _), reading in filling.cells.items() if id == table}
    for grid in filling.document.grids():
        if _holds(grid, places):
            yield from (fold(cell.text) for cell in grid.cells)


def _holds(grid: Grid, places: set[str]) -> bool:
    return any(place(grid, cell) in places for cell in grid.cells)
