"""A page -> its head and its rows: which column says what, and where the bodies begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import Note
from .headings import Heading, Key, understand
from .identity import identity_column, year_of
from .pages import Page

# A heading row has this many headings, at least one of them whose figures they are.
LEAST = 2
# So many rows may stand above the headings (a title, a date, the office that compiled).
MAX_ABOVE = 20


@dataclass
class Table:
    """The columns of a page: `identity` and `figures` by column, and what was not understood."""

    page: Page
    identity: dict[int, str]
    figures: dict[int, Heading]
    first: int  # the first row below the headings
    years: frozenset[int]
    title: str
    notes: list[Note] = field(default_factory=list)

    @property
    def columns(self) -> dict[Key, int]:
        return {heading.key: column for column, heading in self.figures.items() if heading.key}

    def rows(self) -> Iterator[int]:
        """The rows below the headings that hold anything."""
        for row in range(self.first, len(self.page.rows)):
            if any(self.page.rows[row]):
                yield row

    def cells(self, row: int) -> dict[str, str]:
        """What a row says of its body, by identity column."""
        found: dict[str, str] = {}
        for column, name in self.identity.items():
            found.setdefault(name, self.page.shown(row, column))
        return found


def find_table(page: Page) -> Table | None:
    """The table of a page; None where no row of headings names a body and a figure."""
    for row in range(min(MAX_ABOVE, len(page.rows))):
        heads = [identity_column(text) for text in page.rows[row]]
        named = [name for name in heads if name in ("agency", "region", "district", "city")]
        if named and sum(map(bool, page.rows[row])) >= LEAST:
            return _table(page, row, next(i for i, name in enumerate(heads) if name == named[0]))
    return None


def _table(page: Page, top: int, body: int) -> Table:
    depth = _depth(page, top, body)
    width = max(map(len, page.rows))
    paths = {column: _path(page, top, depth, column) for column in range(width)}
    identity = {
        column: name for column, path in paths.items() if path and (name := _identity(path))
    }
    above = "".join(text for row in page.rows[:top] for text in row)
    table = Table(page, identity, {}, top + depth, frozenset(), above)
    table.years = frozenset(_years(table))
    for column, path in paths.items():
        if path and column not in identity:
            table.figures[column] = understand(path, table.years)
    _tell(table, top)
    return table


def _depth(page: Page, top: int, body: int) -> int:
    """How many rows the headings take: as many as the body's heading, or until it has a name."""
    height, _ = page.spans.get((top, body), (1, 1))
    if height > 1:
        return height
    depth = 1
    while top + depth < len(page.rows) and not page.text(top + depth, body):
        row = page.rows[top + depth]
        if not any(row) or any(year_of(text) for text in row):
            break
        depth += 1
    return depth


def _path(page: Page, top: int, depth: int, column: int) -> list[str]:
    """The headings over a column from top to bottom; a merged one stands over all its columns."""
    found: list[str] = []
    for row in range(top, top + depth):
        text = page.shown(row, column)
        if text and text not in found[-1:]:
            found.append(text)
    return found


def _identity(path: list[str]) -> str | None:
    return next((name for text in reversed(path) if (name := identity_column(text))), None)


def _years(table: Table) -> Iterator[int]:
    columns = [column for column, name in table.identity.items() if name == "year"]
    for row in table.rows():
        for column in columns:
            year = year_of(table.page.shown(row, column))
            if year:
                yield year


def _tell(table: Table, top: int) -> None:
    """Note the columns with figures that name no cell, several, or one that another names too."""
    named: dict[Key, list[int]] = {}
    for column, heading in table.figures.items():
        if heading.key:
            named.setdefault(heading.key, []).append(column)
        elif any(table.page.text(row, column) for row in table.rows()):
            table.notes.append(_not_understood(table, top, column, heading))
    for columns in named.values():
        if len(columns) > 1:
            texts = [table.figures[column].text for column in columns]
            for column in columns:
                table.figures[column] = Heading(table.figures[column].text)
            table.notes.append(
                Note(
                    f"the columns {' and '.join(texts)} name the same cell: none of them is read",
                    "; ".join(table.page.place(top, column) for column in columns),
                    "Keep one of them, or name the other by what it counts.",
                    "error",
                )
            )


def _not_understood(table: Table, top: int, column: int, heading: Heading) -> Note:
    where = table.page.place(top, column)
    if heading.several:
        what = f"the column {heading.text!r} could be one of several cells and is not read"
        return Note(what, where, heading.advice, "error")
    what = f"the column {heading.text!r} names no cell of the form and is not read"
    return Note(what, where, "Head it with a code or a label of the form.", "warning")
