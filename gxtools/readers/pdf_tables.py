"""The ruled tables of a PDF page: visible rulings -> cell rectangles -> rows and columns.

pdfplumber finds the rectangles. What is added: only rulings that can be seen count (a white
rectangle behind each line of prose is no table), tables cut by the page's end are closed, and every
rectangle becomes one cell with its spans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, NamedTuple

Shape = dict[str, Any]  # an object of pdfplumber: a character, line, rectangle, curve or edge

THIN = 3.0  # points: a rectangle as narrow as this is a ruling, and rulings as near are one
OPEN_ENDS = 3  # so many verticals ending at one height are the open end of a table
PROSE_LENGTH = 60  # a row of one cell with more text than this is prose, not a caption
_WHITES = {(1,), (1, 1, 1), (0, 0, 0, 0)}


class Box(NamedTuple):
    """A rectangle in points from the top left corner of the page as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float


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
    rulings = [ruling for shape in _shapes(page) if _is_seen(shape) for ruling in _sides(shape)]
    # Tables painted as white cells on a dark ground have no rulings of their own.
    found = _find(page, rulings) or _find(page, [r for s in _shapes(page) for r in _sides(s)])
    return sorted(found, key=lambda lattice: lattice.top)


def _find(page: Any, rulings: list[Shape]) -> list[Lattice]:
    rulings = rulings + list(_closings(rulings))
    lines = {way: [r for r in rulings if r["orientation"] == way] for way in "hv"}
    if min(map(len, lines.values())) < 2:
        return []
    settings = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": lines["v"],
        "explicit_horizontal_lines": lines["h"],
    }
    found = [Lattice([Box(*box) for box in table.cells]) for table in page.find_tables(settings)]
    return [lattice for lattice in found if lattice.width > 1]


def _shapes(page: Any) -> Iterator[Shape]:
    yield from page.lines
    yield from page.rects
    yield from page.curves


def _is_seen(shape: Shape) -> bool:
    if shape["object_type"] == "line" or shape["stroke"]:
        return True
    colour = shape["non_stroking_color"]
    return not (isinstance(colour, tuple) and tuple(colour) in _WHITES)


def _sides(shape: Shape) -> Iterator[Shape]:
    """The horizontal and vertical rulings that a line, rectangle or curve draws."""
    x0, top, x1, bottom = (float(shape[side]) for side in ("x0", "top", "x1", "bottom"))
    if x1 - x0 <= THIN and bottom - top > x1 - x0:
        yield _ruling("v", (x0 + x1) / 2, top, bottom)
    elif bottom - top <= THIN:
        yield _ruling("h", (top + bottom) / 2, x0, x1)
    elif shape["object_type"] == "rect":
        yield from (_ruling("h", top, x0, x1), _ruling("h", bottom, x0, x1))
        yield from (_ruling("v", x0, top, bottom), _ruling("v", x1, top, bottom))
    elif shape["object_type"] == "curve":
        for (left, above), (right, below) in pairwise(shape["pts"]):
            if left == right:
                yield _ruling("v", left, *sorted((above, below)))
            elif above == below:
                yield _ruling("h", above, *sorted((left, right)))


def _ruling(way: str, place: float, start: float, end: float) -> Shape:
    x0, x1, top, bottom = (start, end, place, place) if way == "h" else (place, place, start, end)
    size = {"width": x1 - x0, "height": bottom - top}
    box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top}
    return {"object_type": "ruling_edge", "orientation": way, **box, **size}


def _closings(rulings: list[Shape]) -> Iterator[Shape]:
    """The rulings missing where a page's end cuts a table, or where one side of it is open."""
    from pdfplumber.table import merge_edges

    merged = merge_edges(rulings, THIN, THIN, THIN, THIN)
    for across, side in (("h", "top"), ("h", "bottom"), ("v", "x0"), ("v", "x1")):
        along = [ruling for ruling in merged if ruling["orientation"] != across]
        crossing = [ruling for ruling in merged if ruling["orientation"] == across]
        for ends in _groups(along, side):
            if len(ends) < OPEN_ENDS:
                continue
            pairs = list(pairwise(sorted(ends, key=_place)))
            gaps = [(_place(one), _place(other)) for one, other in pairs]
            spanning = [[_place(r) for r in crossing if _spans(r, *gap)] for gap in gaps]
            level = ends[0][side]
            closed = [any(abs(place - level) <= THIN for place in places) for places in spanning]
            for pair, gap, places, done in zip(pairs, gaps, spanning, closed, strict=True):
                # Two tables may stand one above the other: their sides are not to be joined; nor
                # the ends of two side by side, where other ends at their height are closed.
                within = any(_spans(end, place, place) for place in places for end in pair)
                if not done and (within or (across == "h" and not any(closed))):
                    yield _ruling(across, level, *gap)


def _place(ruling: Shape) -> float:
    """How far from the page's left side or top a ruling runs."""
    return float(ruling["x0" if ruling["orientation"] == "v" else "top"])


def _spans(ruling: Shape, start: float, end: float) -> bool:
    first, last = ("top", "bottom") if ruling["orientation"] == "v" else ("x0", "x1")
    return bool(ruling[first] <= start + THIN and ruling[last] >= end - THIN)


def _groups(rulings: list[Shape], side: str) -> Iterator[list[Shape]]:
    """Rulings that end, on this side, at the same height or width."""
    group: list[Shape] = []
    for ruling in sorted(rulings, key=lambda ruling: float(ruling[side])):
        if group and ruling[side] - group[0][side] > THIN:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _levels(values: Iterable[float]) -> list[float]:
    """The distinct heights or widths at which cells begin and end."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > THIN:
            levels.append(value)
    return levels


def _index(levels: list[float], value: float) -> int:
    return min(range(len(levels)), key=lambda index: abs(levels[index] - value))


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
