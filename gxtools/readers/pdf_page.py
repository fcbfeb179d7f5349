"""One PDF page -> paragraphs and grids in reading order, with notes on what is doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..document import Cell, Grid, Note, Paragraph
from .pdf_proof import crossings, glyphs, prove
from .pdf_tables import Lattice, PrintedCell, Shape, grids_and_prose, lattices

WORD_GAP = 0.3  # of the type size: a wider gap is printed as a space
FULL_PAGE = 0.8  # of the page's area: pictures as large are a scan
SLANT = 0.02  # tan: text more oblique than this is a watermark

_PAGE_NUMBER = re.compile(r"[-‐–—－]\s*\d{1,3}\s*[-‐–—－]")
_UNKNOWN_CHARACTER = re.compile(r"\(cid:\d+\)")
_COMPARE = "Look at the printed page and enter the figures by hand."

Owned = list[tuple[Shape, PrintedCell | None]]  # each character with the cell it stands in


@dataclass
class Printing:
    """The blocks and notes of the pages printed so far."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    grids: int = 0
    has_text: bool = False

    def print_page(self, page: Any, second: Any) -> None:
        """Adds a page of pdfplumber, proved with PDFium's text page of it."""
        chars = _printed_chars(page)
        self.has_text = self.has_text or bool(chars)
        self.note_faults(page, chars)
        tables = lattices(page)
        owned = [(char, _owner(tables, *_middle(char), char["text"])) for char in chars]
        for char, cell in owned:
            if cell is not None:
                cell.chars.append(char)
        for glyph in glyphs(second, page):
            if (cell := _owner(tables, glyph.x, glyph.y, glyph.text)) is not None:
                cell.glyphs.append(glyph)
        self.print_blocks(page.page_number, tables, owned)

    def print_blocks(self, page: int, tables: list[Lattice], owned: Owned) -> None:
        free = [char for char, cell in owned if cell is None]
        grids = []
        for table in tables:
            for cell in table.cells:
                cell.text = _text(cell.chars)
            found, prose = grids_and_prose(table)
            grids += found
            free += [char for cell in prose for char in cell.chars]
        crossed = {id(cell): number for cell, number in crossings(owned)}
        for grid in grids:
            self.print_lines(page, [char for char in free if _middle(char)[1] < grid.top])
            self.print_grid(page, grid.cells, crossed)
            free = [char for char in free if _middle(char)[1] >= grid.top]
        self.print_lines(page, free)

    def print_lines(self, page: int, chars: list[Shape]) -> None:
        for line in map(str.strip, _text(chars).split("\n")):
            if line and not _PAGE_NUMBER.fullmatch(line):
                self.blocks.append(Paragraph(line, page))

    def print_grid(self, page: int, cells: list[PrintedCell], crossed: dict[int, str]) -> None:
        self.grids += 1
        for cell in cells:
            doubt = prove(cell)
            if not doubt and id(cell) in crossed:
                doubt = "a number is printed across the ruling between two cells"
                cell.text = f"{cell.text} ≠ {crossed[id(cell)]}"
            if doubt:
                place = f"table {self.grids}, row {cell.row + 1}, column {cell.column + 1}"
                self.note(f"{doubt}: {cell.text!r}", f"page {page}, {place}", "error")
        printed = (Cell(c.text, c.row, c.column, c.rowspan, c.colspan) for c in cells)
        self.blocks.append(Grid(self.grids, tuple(printed), page))

    def note_faults(self, page: Any, chars: list[Shape]) -> None:
        where = f"page {page.page_number}"
        area = sum(image["width"] * image["height"] for image in page.images)
        is_scan = area >= FULL_PAGE * page.width * page.height
        if not chars and page.objects:
            self.note("the page is a picture without text and is not read", where, "error")
        elif chars and is_scan:
            self.note("the text lies over a picture of the page: it was guessed (OCR)", where)
        if any(char["text"] == "\ufffd" for char in chars):
            self.note("characters that the file's fonts do not name stand as \ufffd", where)

    def note_form(self) -> None:
        self.note("the PDF is a form; what is typed into its fields is not read", "all pages")

    def note(self, what: str, where: str, severity: str = "warning") -> None:
        self.notes.append(Note(what, where, _COMPARE, severity))


def _printed_chars(page: Any) -> list[Shape]:
    """The characters within the page's edges, once each, without watermarks."""
    from pdfplumber.utils.text import dedupe_chars

    # A character without a name comes as its number, `(cid:21)`: no figure may be read from it.
    return [
        {**char, "text": "\ufffd"} if _UNKNOWN_CHARACTER.fullmatch(char["text"]) else char
        for char in dedupe_chars(page.chars)
        if _is_straight(char) and _is_within(page, *_middle(char))
    ]


def _is_straight(char: Shape) -> bool:
    a, b = abs(char["matrix"][0]), abs(char["matrix"][1])
    return bool(min(a, b) <= SLANT * max(a, b))


def _is_within(page: Any, x: float, y: float) -> bool:
    x0, top, x1, bottom = page.bbox
    return bool(x0 <= x <= x1 and top <= y <= bottom)


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
