"""Document -> printed rows: the texts that head a row and the cells behind them.

A ruled table gives its rows; text that lost its lines is cut wherever a text follows a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from .document import Cell, Document, Grid, Paragraph
from .header import Header
from .text import fold, number, squash
from .vocabulary import Vocabulary

# So many figures one behind the other are a table's, wherever in a line they stand.
MANY = 5


@dataclass(slots=True)
class Row:
    """A printed row: `texts` (label cells, left to right), then `values` (figures and blanks)."""

    texts: list[Cell]
    values: list[Cell]
    grid: Grid
    header: Header = field(default_factory=Header)  # in force above it
    first: bool = True  # no row of figures stands between the header and this one
    filled: list[Cell] = field(init=False)  # the values that are not blank

    def __post_init__(self) -> None:
        self.filled = _filled(self.values)

    def drop_first(self) -> None:
        """Forget the first of the values: it is no figure."""
        self.values = self.values[1:]
        self.filled = _filled(self.values)

    @property
    def label(self) -> str:
        """The text nearest to the figures."""
        return self.texts[-1].text if self.texts else ""

    def place(self, cell: Cell) -> str:
        return place(self.grid, cell)


def _filled(cells: list[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.text and fold(cell.text)]


def place(grid: Grid, cell: Cell) -> str:
    """Where a cell is printed, in words: page, sheet or line, table, row, column."""
    if grid.lines:
        line = f"line {grid.lines[grid.position(cell)]}"
        return f"{line}, column {cell.column + 1}" if grid.ruled else line
    if grid.sheet:
        letters, column = "", cell.column + 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"sheet {grid.sheet}, cell {letters}{cell.row + 1}"
    page = f"page {grid.page}, " if grid.page else ""
    return f"{page}table {grid.number}, row {cell.row + 1}, column {cell.column + 1}"


def printed_rows(document: Document, words: Vocabulary) -> Iterator[Row]:
    """All rows of the document in order, each with the header in force above it."""
    header = Header()
    used = False  # a row of figures has stood under this header: the next header replaces it
    for row in _rows(document, words):
        is_header = _is_header(row, words)
        own = _header_part(row, is_header, words)
        if own:
            other = header.grid is not None and row.grid.ruled and header.grid is not row.grid
            above = [] if used or other else header.cells
            header, used = Header([*above, *own], row.grid), False
        row.header, row.first = header, not used
        if row.values and not is_header:
            used = used or bool(row.filled)
            row.texts = [cell for cell in row.texts if cell not in own] or row.texts[-1:]
            yield row
        elif not own:
            if len(row.texts) == 1 and squash(row.label) in words.sections:
                header = Header()  # the next section's figures have headings of their own
            yield row


def _header_part(row: Row, is_header: bool, words: Vocabulary) -> list[Cell]:
    """The header cells among a row's texts (a strip of cells may hold header and label in one)."""
    texts = _filled(row.texts)
    if is_header:
        return texts
    heads = [place for place, cell in enumerate(texts[:-1]) if words.is_header(cell.text)]
    return texts[: heads[-1] + 1] if heads else []


def _is_header(row: Row, words: Vocabulary) -> bool:
    if row.filled:
        return False
    texts = [cell.text for cell in row.texts if fold(cell.text)]
    heads = [words.is_header(text) for text in texts]
    return sum(heads) >= 2 or bool(heads and heads[-1] and not words.is_row(texts[-1]))


@dataclass(slots=True)
class _Told:
    """What a table's header tells of its columns: where figures begin, which number the rows."""

    start: int = 0
    numbered: set[int] = field(default_factory=set)


def _rows(document: Document, words: Vocabulary) -> Iterator[Row]:
    lines: list[Paragraph] = []
    before: Grid | None = None
    told = _Told()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
            continue
        yield from _from_lines(lines)
        told = told if before and not lines and _goes_on(before, block) else _Told()
        before, lines = block, []
        yield from _from_grid(block, words, told)
    yield from _from_lines(lines)


def _goes_on(before: Grid, grid: Grid) -> bool:
    """Whether a table is the rest of the one before it, cut by the end of the page."""
    if before.page is None or not (before.ruled and grid.ruled):
        return False
    return grid.page == before.page + 1 and grid.width == before.width


def _from_grid(grid: Grid, words: Vocabulary, told: _Told) -> Iterator[Row]:
    if not grid.ruled:
        for cells in grid.rows():
            yield from _cut(cells, grid)
        return
    heading = False
    for cells in grid.rows():
        heads = [c for c in cells if c.text and not c.text.isdecimal() and words.is_header(c.text)]
        columns = [
            cell.column
            for cell in heads
            if words.header_words(cell.text)[-1] in words.columns and not words.is_row(cell.text)
        ]
        if len(heads) >= 2 and columns:
            told.start = min(columns + [told.start] * (heading and told.start > 0))
            numbers = {c.column for c in heads if squash(c.text) in words.number_stubs}
            told.numbered = numbers | told.numbered if heading else numbers
            heading = True
            yield Row(_filled(cells), [], grid)
            continue
        heading = False
        if told.numbered:
            cells = [c for c in cells if c.column not in told.numbered or not _is_value(c.text)]
        stub = [cell for cell in cells if cell.column < told.start and fold(cell.text)]
        if stub and (words.is_row(stub[-1].text) or words.is_row(_joined(stub))):
            yield Row(stub, [cell for cell in cells if cell.column >= told.start], grid)
        else:
            yield _split(cells, grid)


def _joined(stub: list[Cell]) -> str:
    """A label with the unit that stands in the column behind it."""
    return "".join(cell.text for cell in stub[-2:])


def _split(cells: list[Cell], grid: Grid) -> Row:
    """A row of a ruled table parted behind its last text."""
    last = len(cells)
    while last and _is_value(cells[last - 1].text):
        last -= 1
    return Row(_filled(cells[:last]), cells[last:], grid)


def _cut(cells: Iterable[Cell], grid: Grid) -> Iterator[Row]:
    """A strip of cells cut into rows: a text behind figures or blanks begins a new one."""
    texts: list[Cell] = []
    values: list[Cell] = []
    for cell in cells:
        if _is_value(cell.text):
            values.append(cell)
            continue
        if values:
            yield Row(texts, values, grid)
            texts, values = [], []
        texts.append(cell)
    if texts or values:
        yield Row(texts, values, grid)


@lru_cache(maxsize=65536)
def _is_value(text: str) -> bool:
    """Blank, a figure, a sign that stands for one, or a figure of which two readings differ."""
    text = text.partition("≠")[0]
    return number(text).kind != "missing" or number(text, "万元").kind != "missing"


def _from_lines(lines: list[Paragraph]) -> Iterator[Row]:
    """Rows of text lines: `label 1 0 0`, or one cell a line; bare rows of figures stand alone."""
    if not lines:
        return
    grid, parted = _line_grid(lines)
    held: list[Cell] = []  # cells of the lines since the last complete row
    for cells in parted:
        if len(cells) == 1:
            held += cells
            continue
        # Two figures or more on a line of their own belong to a label that is not beside them.
        bare = _is_value(cells[0].text)
        if bare or any(_is_value(cell.text) for cell in held):
            yield from _cut(held, grid)
            held = []
        yield from [Row([], cells, grid)] if bare else _cut([*held, *cells], grid)
        held = []
    yield from _cut(held, grid)


def _line_grid(lines: list[Paragraph]) -> tuple[Grid, list[list[Cell]]]:
    """Lines as an unruled grid without a number, and its cells a line."""
    parted = [
        [Cell(part, row, column) for column, part in enumerate(_tokens(line.text))]
        for row, line in enumerate(lines)
    ]
    cells = tuple([cell for part in parted for cell in part])
    where: tuple[int, ...] = ()
    if all(line.line for line in lines):
        pairs = zip(lines, parted, strict=True)
        where = tuple([line.line or 0 for line, part in pairs for _ in part])
    ocr = any(line.ocr for line in lines)
    return Grid(0, cells, page=lines[0].page, ruled=False, lines=where, ocr=ocr), parted


def _tokens(line: str) -> list[str]:
    """A line parted into its label, the figures at its end, and nothing else.

    Many figures in the middle of a line are parted too: text whose lines were run together.
    """
    parts = line.split()
    if len(parts) == 1:
        return parts if _is_value(parts[0]) else [line]
    if parts and all(_is_value(part) for part in parts):
        return parts
    place = 0
    for figures, run in groupby(parts, _is_figure):
        length = len(list(run))
        if figures and place and (place + length == len(parts) or length >= MANY):
            head, tail = " ".join(parts[:place]), " ".join(parts[place + length :])
            return [head, *parts[place : place + length], *([tail] if tail else [])]
        place += length
    return [line]


def _is_figure(text: str) -> bool:
    """A value that is no word: 无 at the end of a line of text says something else."""
    return _is_value(text) and number(text).kind != "none"
