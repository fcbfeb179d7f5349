"""Which printed cell of a labelled row is which column of the form.

By the header above each cell where the table has one; else by order, and only when the count
leaves no choice. A row that does neither is refused, with the reason.
"""

from __future__ import annotations

from .document import Cell
from .labels import Entry
from .rows import Row
from .text import fold, squash
from .vocabulary import BlockWords, vocabulary

Assigned = dict[tuple[str, str], tuple[Cell, str]]  # (row, column) -> cell, match


def assign(entry: Entry) -> Assigned | str:
    """The cells of a row by (row, column) code, or the reason why none can be assigned."""
    if entry.block.layout == "one_row":
        return _one_row(entry.row, entry.block)
    paths = _by_header(entry)
    if paths:
        return paths
    words = vocabulary()
    heads = [word for cell in entry.row.header for word in words.header_words(cell.text)]
    order = entry.block.order(heads)
    if order is None:
        return "its column headings are lost, and editions differ in them"
    if not entry.block.agrees(heads, order):
        return "its column headings stand in another order than the form's"
    cells = _under_headings(entry.row, len(order)) or _by_order(entry.row, len(order))
    if isinstance(cells, str):
        return cells
    sure = entry.match if _header_complete(entry.row, entry.block, order) else "order"
    match = "close" if entry.match == "close" else sure
    pairs = zip(order, cells, strict=True)
    return {(entry.code, column): (cell, match) for column, cell in pairs}


def _header_complete(row: Row, block: BlockWords, order: tuple[str, ...]) -> bool:
    joined = "".join(squash(cell.text) for cell in row.header)
    return all(any(w in joined for w, c in block.columns.items() if c == code) for code in order)


def _by_header(entry: Entry) -> Assigned | None:
    """Every cell under exactly one heading, and every heading of one edition over one cell."""
    row, block = entry.row, entry.block
    if not _header_fits(row):
        return None
    found: Assigned = {}
    for cell in row.values:
        path = _path(cell, row)
        code = block.column(path) if path else None
        if code is None:
            if fold(cell.text):
                return None
            continue
        if (entry.code, code) in found:
            return None
        found[(entry.code, code)] = (cell, entry.match)
    codes = {column for _, column in found}
    return found if any(codes == set(order) for order in block.orders) else None


def _header_fits(row: Row) -> bool:
    """Whether the header's columns are the row's: the same table, or its continuation as wide."""
    grid = row.header_grid
    if grid is None or not grid.ruled or not row.grid.ruled:
        return False
    return grid is row.grid or grid.width == row.grid.width


def _path(cell: Cell, row: Row) -> str | None:
    """The headings over a cell from top to bottom, joined; None where two stand side by side."""
    width = row.header_grid.width if row.header_grid else 0
    begin, end = cell.column, cell.column + cell.colspan
    path: list[str] = []
    last_row = -1
    for head in sorted(row.header, key=lambda head: (head.row, head.column)):
        if head.column >= end or head.column + head.colspan <= begin:
            continue
        if head.column == 0 and head.colspan >= width:
            continue  # a caption over the whole table heads no column
        if head.row == last_row:
            return None
        if (head.column > begin or head.column + head.colspan < end) and cell.colspan > 1:
            return None  # the cell is wider than its heading
        last_row = head.row
        path.append(squash(head.text))
    return "".join(path)


def _under_headings(row: Row, count: int) -> list[Cell] | str | None:
    """The cells of a ruled row whose headings are damaged: as many as the form has, or none.

    A column more (a subtotal) or less would shift every figure, so a gap is no reason to close up.
    """
    if not _header_fits(row):
        return None
    words = vocabulary()
    cells = []
    for cell in row.values:
        path = _path(cell, row)
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
    if len(row.values) == count and (row.grid.ruled or not filled or fold(row.values[-1].text)):
        return row.values
    if row.grid.ruled and len(row.values) > count and not filled:
        return row.values[-count:]
    if not filled and len(row.values) >= count:
        return row.values[:count]
    blank = len(row.values) - len(filled)
    return f"{count} cells are needed, {len(filled)} figures and {blank} blank cells are printed"


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
    if not _header_fits(row):
        return None
    found: Assigned = {}
    for cell in row.values:
        path = _path(cell, row)
        column = block.column(path) if path else None
        code = block.row(path) if path else None
        if column is None or code is None:
            if fold(cell.text):
                return None
            continue
        if (code, column) in found:
            return None
        found[(code, column)] = (cell, "exact")
    sizes = {code: sum(1 for other, _ in found if other == code) for code, _ in found}
    whole = all(size == len(block.orders[0]) for size in sizes.values())
    return found if found and whole else None


def _routes_in_order(row: Row, block: BlockWords) -> bool:
    """Whether the routes named in the header come in the form's order, all of them."""
    joined = "|".join(squash(cell.text) for cell in row.header)
    places = [
        min(
            (joined.find(word) for word, c in block.rows.items() if c == code and word in joined),
            default=-1,
        )
        for code in block.row_order
    ]
    return -1 not in places and places == sorted(places)
