"""Which printed cell of a labelled row is which column of the form.

By the header above each cell where the table has one; else by order, and only when the count
leaves no choice. A row that does neither is refused, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from .document import Cell
from .labels import Entry
from .rows import Row
from .text import fold, squash
from .vocabulary import BlockWords, vocabulary

T = TypeVar("T")
Assigned = dict[tuple[str, str], tuple[Cell, str]]  # (row, column) -> cell, match


def assign_all(entries: list[Entry]) -> list[Assigned | str]:
    """What `assign` tells of each row, with the doubts that rows cast on one another."""
    bare = [
        {(id(entry.row.header), cell.column): cell for cell in _bare(entry)} for entry in entries
    ]
    figures = {place for cells in bare for place, cell in cells.items() if fold(cell.text)}
    assigned = [assign(entry) for entry in entries]
    names = [(_sheet_of(entry), entry.block.table, entry.code) for entry in entries]
    rows = zip(names, entries, assigned, strict=True)
    refused = {name for name, entry, told in rows if entry.row.filled and isinstance(told, str)}
    for place, (name, cells) in enumerate(zip(names, bare, strict=True)):
        if name in refused and not isinstance(assigned[place], str):
            assigned[place] = "its label is printed twice in the table"
        elif figures & cells.keys():
            assigned[place] = "a column that holds figures has no heading"
    return assigned


def _sheet_of(entry: Entry) -> int:
    """The table as printed: text that lost its lines falls into grids that are none."""
    return id(entry.row.grid) if entry.row.grid.ruled else 0


def assign(entry: Entry) -> Assigned | str:
    """The cells of a row by (row, column) code, or the reason why none can be assigned."""
    if _overhangs(entry.row):
        return "the row is longer than its table: a cell too many has moved the others"
    if entry.block.layout == "one_row":
        return _one_row(entry.row, entry.block)
    paths = _by_header(entry)
    if paths:
        return paths
    words = vocabulary()
    heads = [word for cell in entry.row.header.cells for word in words.header_words(cell.text)]
    order = entry.block.order(heads)
    if order is None:
        return "its column headings are lost, and editions differ in them"
    if not entry.block.agrees(heads, order):
        return "its column headings stand in another order than the form's"
    if not _without_number(entry, heads):
        return "its row number is not where the headings have it"
    cells = _under_headings(entry.row, len(order)) or _by_order(entry.row, len(order))
    if isinstance(cells, str):
        return cells
    sure = entry.match if _header_complete(entry.row, entry.block, order) else "order"
    match = "close" if entry.match == "close" else sure
    pairs = zip(order, cells, strict=True)
    return {(entry.code, column): (cell, match) for column, cell in pairs}


def _without_number(entry: Entry, heads: list[str]) -> bool:
    """Take away the number that a table prints beside the label (代码); False where it is lost."""
    row, known = entry.row, entry.block.numbers.get(entry.code)
    if row.grid.ruled or not known or not entry.block.number_stubs & set(heads):
        return True
    if not row.values or fold(row.values[0].text).zfill(2) not in known:
        return False
    row.drop_first()
    return True


def _header_complete(row: Row, block: BlockWords, order: tuple[str, ...]) -> bool:
    joined = "".join(squash(cell.text) for cell in row.header.cells)
    return all(any(w in joined for w, c in block.columns.items() if c == code) for code in order)


def _by_header(entry: Entry) -> Assigned | None:
    """Every cell under exactly one heading, and every heading of one edition over one cell."""
    block, code, match = entry.block, entry.code, entry.match
    found = _headed(entry.row, block, block.column)
    if found is None or tuple(found) not in block.orders:
        return None
    return {(code, column): (cell, match) for column, cell in found.items()}


def _headed(row: Row, asked: object, tell: Callable[[str], T | None]) -> dict[T, Cell] | None:
    """The cells of a row by what their headings tell, from left to right; None where a cell has no
    heading of its own, or one that tells nothing. Blank cells beyond all headings are left out."""
    header, cells = row.header, row.values
    if not header.fits(row.grid):
        return None
    told = header.told(cells, asked, tell)
    if told is None:
        cells = [cell for cell in cells if cell.column < header.end or fold(cell.text)]
        told = header.told(cells, asked, tell)
    return None if told is None else dict(zip(told, cells, strict=True))


def _bare(entry: Entry) -> list[Cell]:
    """The cells of a row that stand under no heading, where the table has headings."""
    row = entry.row
    if entry.block.layout == "one_row" or not row.header.fits(row.grid):
        return []
    covered = row.header.covered
    return [cell for cell in row.values if covered and cell.column not in covered]


def _overhangs(row: Row) -> bool:
    """Whether a ruled row ends farther right than its headings, and than most rows of its table."""
    grid, header = row.grid, row.header
    if not grid.ruled or not row.values:
        return False
    end = grid.ends[row.values[0].row]
    return end > (header.longest if header.grid is grid else 0) and end > grid.usual_end[0]


def _under_headings(row: Row, count: int) -> list[Cell] | str | None:
    """The cells of a ruled row whose headings are damaged: as many as the form has, or none.

    A column more (a subtotal) or less would shift every figure, so a gap is no reason to close up.
    """
    if not row.header.fits(row.grid):
        return None
    words = vocabulary()
    cells = []
    for cell in row.values:
        path = row.header.path(cell)
        if fold(cell.text) or path is None or (path and path not in words.marks):
            cells.append(cell)
    if len(cells) == count:
        return cells
    return f"{count} columns are needed, {len(cells)} stand under the headings"


def _by_order(row: Row, count: int) -> list[Cell] | str:
    """Exactly `count` cells in order, or why not."""
    filled = row.filled
    if len(filled) == count:
        places = [row.values.index(cell) for cell in filled]
        if places[-1] - places[0] == count - 1:
            return filled
    if len(row.values) == count and (not filled or _is_whole(row)):
        return row.values
    if row.grid.ruled and len(row.values) > count and not filled:
        return row.values[-count:]
    if not filled and len(row.values) >= count:
        return row.values[:count]
    blank = len(row.values) - len(filled)
    return f"{count} cells are needed, {len(filled)} figures and {blank} blank cells are printed"


def _is_whole(row: Row) -> bool:
    """Whether a row with blank cells is known to lack none."""
    # Words behind the figures were one: then the blanks before them may be the label's.
    if any(fold(cell.text) for cell in _behind(row)):
        return False
    return row.grid.ruled or (_begins_whole(row) and _ends_whole(row))


def _behind(row: Row) -> Iterator[Cell]:
    """The cells of the printed line behind the last value of a row."""
    grid, last = row.grid, row.values[-1]
    if not grid.lines:
        yield from (c for c in grid.cells if c.row == last.row and c.column > last.column)
        return
    at = grid.position(last)
    for behind in range(at + 1, len(grid.cells)):
        if grid.lines[behind] != grid.lines[at] or grid.cells[behind].row != last.row:
            return
        yield grid.cells[behind]


def _begins_whole(row: Row) -> bool:
    """Whether the blank cells before the first figure are the row's own: several on a line of
    pipes may as well be what is left of merged headings."""
    if not row.grid.lines:
        return True
    leading = row.values[: row.values.index(row.filled[0])]
    lines = Counter(row.place(cell) for cell in leading)
    others = {row.place(cell) for cell in (*row.texts, *row.filled)}
    return all(count == 1 or line in others for line, count in lines.items())


def _ends_whole(row: Row) -> bool:
    """Whether a row with blank cells, of text without lines, is known to lack none at its end:
    its last cell is a figure, and stands where most rows of its table end, if they end alike."""
    ends, last = row.grid.ends, row.values[-1]
    usual, count = row.grid.usual_end
    is_short = last.column + last.colspan < usual and count > 1 and 2 * count > len(ends)
    return bool(fold(last.text)) and not is_short


def _one_row(row: Row, block: BlockWords) -> Assigned | str:
    """The cells of a block that the form prints as one row, by their headings or by order."""
    paths = _one_row_by_header(row, block)
    if paths:
        return paths
    order = [(code, column) for code in block.row_order for column in block.orders[0]]
    if not _routes_in_order(row, block):
        return "its headings are not those of the form, or not in the form's order"
    cells = _by_order(row, len(order))
    if isinstance(cells, str):
        return cells
    return {key: (cell, "order") for key, cell in zip(order, cells, strict=True)}


def _one_row_by_header(row: Row, block: BlockWords) -> Assigned | None:
    def told(path: str) -> tuple[str, str] | None:
        code, column = block.row(path), block.column(path)
        return (code, column) if code and column else None

    found = _headed(row, ("routes", block), told)
    if not found:
        return None
    routes = [code for code in block.row_order if any(code == other for other, _ in found)]
    if list(found) != [(code, column) for code in routes for column in block.orders[0]]:
        return None
    return {key: (cell, "exact") for key, cell in found.items()}


def _routes_in_order(row: Row, block: BlockWords) -> bool:
    """Whether the routes named in the header come in the form's order, all of them."""
    joined = "|".join(squash(cell.text) for cell in row.header.cells)
    places = [
        min(
            (joined.find(word) for word, c in block.rows.items() if c == code and word in joined),
            default=-1,
        )
        for code in block.row_order
    ]
    return -1 not in places and places == sorted(places)
