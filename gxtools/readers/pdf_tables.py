"""The ruled tables of a PDF page: visible rulings -> cell rectangles -> rows and columns.

pdfplumber parts the rectangles into tables. Every rectangle becomes one cell with its spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from .pdf_rulings import THIN, Box, Rulings, Shape, rulings

PROSE_LENGTH = 60  # a row of one cell with more text than this is prose, not a caption


class Glyph(NamedTuple):
    """One character of the second reading, with its middle."""

    text: str
    x: float
    y: float
    height: float


@dataclass(eq=False)
class PrintedCell:
    """One rectangle of a table with the characters that both readings find within it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    chars: list[Shape] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    text: str = ""


class PrintedGrid(NamedTuple):
    """The cells of one table of several columns, and the height at which it begins."""

    top: float
    cells: list[PrintedCell]


class Lattice:
    """A table's rows and columns, and the cell that stands at any point of it."""

    def __init__(self, boxes: list[Box]) -> None:
        self.xs = _levels(x for box in boxes for x in (box.x0, box.x1))
        self.ys = _levels(y for box in boxes for y in (box.top, box.bottom))
        self.cells: list[PrintedCell] = []
        self._owners: dict[tuple[int, int], PrintedCell] = {}
        for box in boxes:
            row, column = _index(self.ys, box.top), _index(self.xs, box.x0)
            spans = _index(self.ys, box.bottom) - row, _index(self.xs, box.x1) - column
            self._add(PrintedCell(row, column, max(spans[0], 1), max(spans[1], 1)))

    @property
    def width(self) -> int:
        return len(self.xs) - 1

    @property
    def top(self) -> float:
        return self.ys[0]

    def _add(self, cell: PrintedCell) -> None:
        cell.left, cell.right = self.xs[cell.column], self.xs[cell.column + cell.colspan]
        cell.top, cell.bottom = self.ys[cell.row], self.ys[cell.row + cell.rowspan]
        self.cells.append(cell)
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                self._owners[row, column] = cell

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]

    def at(self, x: float, y: float, text: str) -> PrintedCell | None:
        """The cell at a point that the lattice holds; text between rectangles gets its own cell."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if (row, column) not in self._owners and not text.isspace():
            self._add(self._gap(row, column))
        return self._owners.get((row, column))

    def _gap(self, row: int, column: int) -> PrintedCell:
        """All that lacks a rectangle around a place of a row: no ruling says where to part it."""
        left, right = column, column + 1
        while left and (row, left - 1) not in self._owners:
            left -= 1
        while right < self.width and (row, right) not in self._owners:
            right += 1
        return PrintedCell(row, left, 1, right - left)

    def rows(self) -> list[list[PrintedCell]]:
        """The cells that stand in each row, with those that reach into it from above."""
        found: list[list[PrintedCell]] = [[] for _ in range(len(self.ys) - 1)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                found[row].append(cell)
        return found


def lattices(page: Any) -> list[Lattice]:
    """The tables of a page with more than one column, from top to bottom."""
    # Tables painted as white cells on a dark ground have no rulings of their own.
    found = _find(rulings(page, is_seen=True)) or _find(rulings(page, is_seen=False))
    return sorted(found, key=lambda lattice: lattice.top)


def _find(lines: Rulings) -> list[Lattice]:
    from pdfplumber.table import cells_to_tables

    lines = lines.closed()
    if min(len(lines.across), len(lines.down)) < 2:
        return []
    groups: Any = cells_to_tables(list(lines.rectangles()))
    found = [Lattice(boxes) for boxes in groups]
    return [lattice for lattice in found if lattice.width > 1]


def _levels(values: Iterable[float]) -> list[float]:
    """The distinct heights or widths at which cells begin and end."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > THIN:
            levels.append(value)
    return levels


def _index(levels: list[float], value: float) -> int:
    """Which level is the nearest."""
    index = bisect_left(levels, value)
    if index and (index == len(levels) or value - levels[index - 1] <= levels[index] - value):
        return index - 1
    return index


def grids_and_prose(lattice: Lattice) -> tuple[list[PrintedGrid], list[PrintedCell]]:
    """The tables of several columns within a lattice, and the cells that hold prose.

    A frame around a page makes rows of one cell. Running text in them is prose, and so is all
    before the row just above a row of several cells: that one is a caption and stays.
    """
    grids, prose, rows = [], [], lattice.rows()
    for is_prose, group in groupby(rows, key=lambda row: _is_prose(row, lattice.width)):
        run = list(group)
        first, last = (0, 0) if is_prose else _extent(run, lattice.width, run[-1] is rows[-1])
        prose += [cell for row in (*run[:first], *run[last:]) for cell in row]
        grids += [_grid(run[first:last], lattice)] if first < last else []
    return grids, prose


def _is_wide(row: list[PrintedCell], width: int) -> bool:
    return len(row) == 1 and row[0].colspan == width


def _is_prose(row: list[PrintedCell], width: int) -> bool:
    return _is_wide(row, width) and ("。" in row[0].text or len(row[0].text) > PROSE_LENGTH)


def _extent(run: list[list[PrintedCell]], width: int, at_end: bool) -> tuple[int, int]:
    """From the caption of the first row of several cells to the last such row.

    `at_end`: no row follows, so that a single last caption may belong to the next page's rows.
    """
    several = [number for number, row in enumerate(run) if row and not _is_wide(row, width)]
    if not several:
        return 0, 0
    first, last = several[0], several[-1] + 1
    if first and run[first - 1] and run[first - 1][0].text:
        first -= 1
    if at_end and len(run) == last + 1 and run[last]:
        last += 1
    return first, last


def _grid(rows: list[list[PrintedCell]], lattice: Lattice) -> PrintedGrid:
    """Each cell once, in reading order, with the first of `rows` as row 0."""
    cells = {id(cell): cell for row in rows for cell in row}.values()
    first = min(cell.row for cell in cells)
    for cell in cells:
        cell.row -= first
    top = lattice.ys[first]
    return PrintedGrid(top, sorted(cells, key=lambda cell: (cell.row, cell.column)))
