"""What was printed, in order: paragraphs and grids, with their places. No form is known here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
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
    width: int = field(init=False)  # columns, spans included
    ends: dict[int, int] = field(init=False, repr=False, compare=False)  # row -> where it ends
    # Where most rows end, and how many.
    usual_end: tuple[int, int] = field(init=False, repr=False, compare=False)

    _rows: list[list[Cell]] = field(init=False, repr=False, compare=False, default_factory=list)
    _places: dict[Cell, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def position(self, cell: Cell) -> int:
        """Where a cell stands in `cells`, and its line in `lines`."""
        if not self._places:  # asked for at every cell that is read: looked up, not searched
            self._places.update((cell, at) for at, cell in enumerate(self.cells))
        return self._places[cell]

    def rows(self) -> list[list[Cell]]:
        """The cells that begin in each row, from left to right."""
        if not self._rows:  # asked for by all who read the table: sorted once
            self._rows.extend(self._sorted())
        return self._rows

    def _sorted(self) -> list[list[Cell]]:
        found: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.row].append(cell)
        return [sorted(found[row], key=_COLUMN) for row in sorted(found)]

    def __post_init__(self) -> None:
        ends: dict[int, int] = {}
        for _, top, column, rowspan, colspan, _ in self.cells:
            end = column + colspan
            for row in range(top, top + rowspan):
                if ends.get(row, -1) < end:
                    ends[row] = end
        usual = Counter(ends.values()).most_common(1)
        # Asked for at every row: kept, not computed.
        object.__setattr__(self, "ends", ends)
        object.__setattr__(self, "usual_end", usual[0] if usual else (0, 0))
        object.__setattr__(self, "width", max(ends.values(), default=0))


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
