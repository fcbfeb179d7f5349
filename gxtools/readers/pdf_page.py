"""One PDF page -> paragraphs and grids in reading order, with notes on what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from ..document import Box, Cell, Grid, Note, Paragraph
from . import ocr
from .pdf_proof import Digits, confirmed, crossings, digits, glyphs, parted, prove, rejoined
from .pdf_rulings import Shape
from .pdf_tables import Lattice, PrintedCell, grids_and_prose, lattices

WORD_GAP = 0.3  # of the type size: a wider gap is printed as a space
FULL_PAGE = 0.8  # of the page's area: pictures as large are a scan
DOUBLE = 1  # point: a character printed again as near to itself is printed bold
SLANT = 0.02  # tan: text more oblique than this is a watermark

_PAGE_NUMBER = re.compile(r"[-‐–—－]\s*\d{1,3}\s*[-‐–—－]")
_UNKNOWN_CHARACTER = re.compile(r"\(cid:\d+\)")
_COMPARE = "Look at the printed page and enter the figures by hand."

Owned = list[tuple[Shape, PrintedCell | None]]  # each character with the cell it stands in


@dataclass(frozen=True)
class Table:
    """A printed table whose figures are still being proved."""

    number: int
    page: int
    cells: list[PrintedCell]
    ocr: bool = False
    corner: tuple[float, float] = (0.0, 0.0)  # of what is shown of the page: its crop box

    def grid(self) -> Grid:
        cells = (
            Cell(c.text, c.row, c.column, c.rowspan, c.colspan, self._box(c)) for c in self.cells
        )
        return Grid(self.number, tuple(cells), self.page, ocr=self.ocr)

    def _box(self, cell: PrintedCell) -> Box:
        x, y = self.corner
        return cell.left - x, cell.top - y, cell.right - x, cell.bottom - y


@dataclass
class Printing:
    """The blocks and notes of the pages printed so far."""

    printed: list[Paragraph | Grid | Table] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    has_text: bool = False
    scans: int = 0  # pages that are pictures and were read
    is_guessed: bool = False  # the text of the page in hand is a scanner's own OCR
    corner: tuple[float, float] = (0.0, 0.0)  # of the crop box of the page in hand

    @property
    def next_number(self) -> int:
        """The number of the next table."""
        return sum(not isinstance(block, Paragraph) for block in self.printed) + 1

    @property
    def blocks(self) -> Iterator[Paragraph | Grid]:
        for block in self.printed:
            yield block.grid() if isinstance(block, Table) else block

    def print_page(self, page: Any, second: Any, is_guessed: bool = False) -> None:
        """Adds a page of pdfplumber, proved with PDFium's text page of it."""
        self.is_guessed = is_guessed
        self.corner = (float(page.cropbox[0]), float(page.cropbox[1]))
        chars = _printed_chars(page)
        self.has_text = self.has_text or bool(chars)
        self.note_faults(page, chars)
        found = lattices(page)
        owned = [(char, _owner(found, *_middle(char), char["text"])) for char in chars]
        for char, cell in owned:
            if cell is not None:
                cell.chars.append(char)
        seen = glyphs(second, page)
        for glyph in seen:
            if (cell := _owner(found, glyph.x, glyph.y, glyph.text)) is not None:
                cell.glyphs.append(glyph)
        self.print_blocks(page.page_number, found, owned, digits(seen))

    def print_scan(self, page: int, image: ocr.Image, detail: float) -> None:
        """Adds a page that is a picture, as OCR sees it."""
        from .scan import read_page

        self.scans += 1
        blocks, notes = read_page(image, page, self.next_number, detail)
        if not blocks:
            self.note("the page is a picture in which OCR sees no text", f"page {page}", "error")
        self.has_text = self.has_text or bool(blocks)
        self.printed += blocks
        self.notes += notes

    def print_blocks(self, page: int, found: list[Lattice], owned: Owned, second: Digits) -> None:
        """Adds tables from top to bottom, and the lines of text above, between and below them."""
        free, grids = [char for char, cell in owned if cell is None], []
        for lattice in found:
            for cell in lattice.cells:
                cell.text = _text(cell.chars)
            within, prose = grids_and_prose(lattice)
            grids += within
            free += [char for cell in prose for char in cell.chars]
        free = self.proved(page, free, second)
        crossed = {id(cell): number for cell, number in crossings(owned)}
        for grid in grids:
            self.print_lines(page, [char for char in free if _middle(char)[1] < grid.top])
            self.print_table(page, grid.cells, crossed)
            free = [char for char in free if _middle(char)[1] >= grid.top]
        self.print_lines(page, free)

    def proved(self, page: int, chars: list[Shape], second: Digits) -> list[Shape]:
        """The characters outside tables, without the digits on which the two readings differ."""
        doubtful = {id(char) for char in chars if not confirmed(char, second)}
        if doubtful:
            what = f"two readings differ on {len(doubtful)} digits outside tables, shown as \ufffd"
            self.note(what, f"page {page}", "error")
        return [{**char, "text": "\ufffd"} if id(char) in doubtful else char for char in chars]

    def print_lines(self, page: int, chars: list[Shape]) -> None:
        for line in map(str.strip, _text(rejoined(chars)).split("\n")):
            if line and not _PAGE_NUMBER.fullmatch(line):
                self.printed.append(Paragraph(line, page, ocr=self.is_guessed))

    def print_table(self, page: int, cells: list[PrintedCell], crossed: dict[int, str]) -> None:
        table = Table(self.next_number, page, cells, self.is_guessed, self.corner)
        for cell in cells:
            if doubt := prove(cell):
                self.note_figure(table, cell, doubt)
            elif id(cell) in crossed:
                cell.text += f" ≠ {crossed[id(cell)]}"
                self.note_figure(table, cell, "a number stands across the ruling of two cells")
        if self.tables and self.tables[-1].page == page - 1:
            self.note_break(self.tables[-1], table)
        self.tables.append(table)
        self.printed.append(table)

    def note_break(self, above: Table, below: Table) -> None:
        for pair in parted(above.cells, below.cells):
            whole = "".join(cell.text for cell in pair)
            for table, cell in zip((above, below), pair, strict=True):
                cell.text += f" ≠ {whole}"
                self.note_figure(table, cell, "a number may go on over the page's end")

    def note_figure(self, table: Table, cell: PrintedCell, doubt: str) -> None:
        place = f"table {table.number}, row {cell.row + 1}, column {cell.column + 1}"
        self.note(f"{doubt}: {cell.text!r}", f"page {table.page}, {place}", "error")

    def note_faults(self, page: Any, chars: list[Shape]) -> None:
        where = f"page {page.page_number}"
        area = sum(image["width"] * image["height"] for image in page.images)
        is_scan = area >= FULL_PAGE * page.width * page.height
        if not chars and page.objects:
            what = "the page is a picture without text and is not read"
            advice = _COMPARE if ocr.is_installed() else f"{_COMPARE} Or use OCR: {ocr.INSTALL}"
            self.notes.append(Note(what, where, advice, "error"))
        elif chars and (is_scan or self.is_guessed):
            self.note("the text lies over a picture of the page: it was guessed (OCR)", where)
        if any(char["text"] == "\ufffd" for char in chars):
            self.note("characters that the file's fonts do not name stand as \ufffd", where)

    def note_form(self) -> None:
        self.note("the PDF is a form; what is typed into its fields is not read", "all pages")

    def note(self, what: str, where: str, severity: str = "warning") -> None:
        self.notes.append(Note(what, where, _COMPARE, severity))


def _printed_chars(page: Any) -> list[Shape]:
    """The characters once each (bold may be printed twice), without oblique watermarks."""
    chars = page.chars
    if _has_doubles(chars):
        from pdfplumber.utils.text import dedupe_chars

        chars = dedupe_chars(chars, DOUBLE)
    # A character without a name comes as its number, `(cid:21)`: no figure may be read from it.
    return [
        {**char, "text": "\ufffd"} if _UNKNOWN_CHARACTER.fullmatch(char["text"]) else char
        for char in chars
        if _is_straight(char)
    ]


def _has_doubles(chars: list[Shape]) -> bool:
    """Whether some character may be printed twice; pdfplumber takes long to find that none is."""
    alike: dict[tuple[Any, ...], list[Shape]] = {}
    for char in chars:
        key = char["text"], char["upright"], char["fontname"], char["size"]
        alike.setdefault(key, []).append(char)
    return any(
        len(column) > 1
        for several in alike.values()
        if len(several) > 1
        for row in _near(several, "doctop")
        if len(row) > 1
        for column in _near(row, "x0")
    )


def _near(chars: list[Shape], side: str) -> Iterator[list[Shape]]:
    """Runs of characters of which each is no farther from the one before than a double is."""
    run: list[Shape] = []
    for char in sorted(chars, key=itemgetter(side)):
        if run and char[side] > run[-1][side] + DOUBLE:
            yield run
            run = []
        run.append(char)
    yield run


def _is_straight(char: Shape) -> bool:
    a, b = abs(char["matrix"][0]), abs(char["matrix"][1])
    return bool(min(a, b) <= SLANT * max(a, b))


def _middle(char: Shape) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _owner(tables: list[Lattice], x: float, y: float, text: str) -> PrintedCell | None:
    for table in tables:
        if table.holds(x, y) and (cell := table.at(x, y, text)) is not None:
            return cell
    return None


def _text(chars: list[Shape]) -> str:
    from pdfplumber.utils.text import extract_text

    if len(chars) == 1:  # most cells hold one digit, and pdfplumber's way to it is long
        return str(chars[0]["text"]).strip()
    return str(extract_text(chars, x_tolerance_ratio=WORD_GAP)).strip()
