"""Workbooks -> reports: one report a sheet, or one report over several sheets?

Two sheets that fill the same cell of the form, or whose titles name two bodies or years, are two
reports. Sheets that complete one another are one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .cells import Key
from .document import Document, Note
from .errors import FormError
from .imprint import head
from .recognise import Filling, recognise
from .text import fold
from .titles import find_titles

MARK = "#"


@dataclass(frozen=True)
class Sheet:
    """A sheet with cells of the form: those it fills, and whose report its title says it is."""

    name: str
    document: Document
    filling: Filling
    filled: frozenset[Key]
    agency: str | None
    year: int | None

    def is_apart(self, other: Sheet) -> bool:
        """Whether the two cannot be parts of one report."""
        if self.filled & other.filled:
            return True
        if self.year and other.year and self.year != other.year:
            return True
        one, two = self.agency, other.agency
        return bool(one and two and not (one.endswith(two) or two.endswith(one)))

    def goes_with(self, others: list[Sheet]) -> bool:
        """Whether its title says that it is part of the same report as these sheets."""
        named = bool(self.agency and self.year)
        alike = all((self.agency, self.year) == (other.agency, other.year) for other in others)
        return named and alike and not any(self.is_apart(other) for other in others)


def part_reports(document: Document) -> dict[str, Filling]:
    """The reports of a document by the name of their first sheet; `""` for its only report.

    Raises FormError where there is no table of a known form.
    """
    names = list(dict.fromkeys(grid.sheet for grid in document.grids()))
    if len(names) < 2:
        return {"": recognise(document)}
    sheets = [sheet for name in names if (sheet := _sheet(document, name)) is not None]
    if not any(one.is_apart(two) for one in sheets for two in sheets if one is not two):
        return {"": recognise(document)}
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        group = next((group for group in groups if sheet.goes_with(group)), None)
        if group is None:
            groups.append([sheet])
        else:
            group.append(sheet)
    left_over = [name for name in names if name not in {sheet.name for sheet in sheets}]
    parts = {group[0].name: _recognise(document, group) for group in groups}
    first = groups[0][0].name
    notes = (*parts[first].notes, *map(_note_left_over, left_over))
    parts[first] = replace(parts[first], notes=notes)
    return parts


def _sheet(document: Document, name: str) -> Sheet | None:
    """One sheet by itself; None where no cell of the form stands on it."""
    alone = _only(document, [name])
    try:
        filling = recognise(alone)
    except FormError:
        return None
    if not filling.cells:
        return None
    titles = find_titles(head(alone), [name])
    return Sheet(
        name,
        alone,
        filling,
        frozenset(key for key, reading in filling.cells.items() if fold(reading.raw)),
        next((title.agency for title in titles if title.agency), None),
        next((title.years[0] for title in titles if len(title.years) == 1), None),
    )


def _only(document: Document, names: list[str]) -> Document:
    """The document as if it had only these sheets; the workbook's own title may be of another."""
    blocks = tuple(grid for grid in document.grids() if grid.sheet in names)
    notes = tuple(note for note in document.notes if _place(note) in names)
    path = f"{document.path}{MARK}{names[0]}"
    return replace(document, path=path, blocks=blocks, metadata={"title": names[0]}, notes=notes)


def _place(note: Note) -> str:
    return note.where.removeprefix("sheet ").split(",")[0]


def _recognise(document: Document, group: list[Sheet]) -> Filling:
    if len(group) == 1:
        return group[0].filling
    return recognise(_only(document, [sheet.name for sheet in group]))


def _note_left_over(name: str) -> Note:
    what = "the sheet holds no table of the form and is not read"
    return Note(what, f"sheet {name}", "Look at it, if it should count.", "info")
