"""What was printed, in order: paragraphs and grids, with their places. No form is known here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Cell(NamedTuple):
    """One printed cell: its text as printed and the rectangle of the grid that it covers.

    `box` is where it stands on the page of a PDF (left, top, right, bottom in points from the top
    left corner of the page as shown).
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None


_COLUMN = attrgetter("column")


@dataclass(frozen=True)
class Grid:
    """One printed table.

    `cells` stand in reading order (row by row). `ruled` says whether the columns can be trusted:
    true for a table whose structure the file itself gives (HTML, Word, Excel, PDF with rules),
    false for text in which only the order of the cells survived (rows may be ragged, and where one
    cell stood on a line all cells are one row).
    """

    number: int
    cells: tuple[Cell, ...]
    page: int | None = None
    ruled: bool = True
    sheet: str = ""
    lines: tuple[int, ...] = ()  # for text: the line on which each cell stands
    ocr: bool = False  # read from a picture: a figure counts only where its sums hold

    # What follows is asked for at every row or cell that is read, and never of lines of prose:
    # worked out once, when it is needed.

    @cached_property
    def ends(self) -> dict[int, int]:
        """Where each row ends: the column behind its last cell."""
        ends: dict[int, int] = {}
        for _, top, column, rowspan, colspan, _ in self.cells:
            end = column + colspan
            for row in range(top, top + rowspan):
                if ends.get(row, -1) < end:
                    ends[row] = end
        return ends

    @cached_property
    def usual_end(self) -> tuple[int, int]:
        """Where most rows end, and how many."""
        usual = Counter(self.ends.values()).most_common(1)
        return usual[0] if usual else (0, 0)

    @cached_property
    def width(self) -> int:
        """How many columns there are, spans included."""
        return max(self.ends.values(), default=0)

    def rows(self) -> list[list[Cell]]:
        """The cells that begin in each row, from left to right."""
        return self._rows

    @cached_property
    def _rows(self) -> list[list[Cell]]:
        found: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.row].append(cell)
        return [sorted(found[row], key=_COLUMN) for row in sorted(found)]

    def position(self, cell: Cell) -> int:
        """Where a cell stands in `cells`, and its line in `lines`."""
        return self._places[cell]

    @cached_property
    def _places(self) -> dict[Cell, int]:
        return {cell: at for at, cell in enumerate(self.cells)}


class Paragraph(NamedTuple):
    """One line or paragraph of text outside tables."""

    text: str
    page: int | None = None
    line: int | None = None
    ocr: bool = False  # read from a picture


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader could not read, or read only with doubt."""

    what: str
    where: str
    advice: str
    severity: str = "warning"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as printed: `blocks` in order, `metadata` as the file states it (title, meta tags)."""

    path: str
    format: str
    blocks: tuple[Paragraph | Grid, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def grids(self) -> Iterator[Grid]:
        return (block for block in self.blocks if isinstance(block, Grid))

    def text(self) -> str:
        """The text outside tables, a line a paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs())
