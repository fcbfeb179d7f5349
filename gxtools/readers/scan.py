"""The picture of a page -> paragraphs and grids: ruled tables by their lines, characters by OCR.

Each figure is read twice, once among the page's lines of text and once cut out of its cell. Where
the two differ the cell's text becomes `first ≠ second`, which no reader of numbers accepts. Even so
a figure may be misread: what counts is decided by the sums it takes part in, later.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..document import Cell, Grid, Note, Paragraph
from ..serving import allow
from .ocr import Image, Text, find_texts, joined, lines_of, opencv
from .rulings import Lattice, find_ink, find_lattices, find_rulings, upright
from .scan_cells import SMALLEST_DIGIT, Box, read_cells

LONGEST = 3_400  # pixels of a page's longer side; A4 at 200 dpi has 2,340
MAX_CELLS = 1_200  # on a page; the largest statutory table has 250
# What a page may take in a worker: some ten seconds and 900 MB on a plain laptop.
SECONDS, MEGABYTES = 90, 1_500
WHITE = 255

_COMPARE = "Look at the picture and enter the figures by hand."

Table = tuple[Lattice, list[Box]]


def read_page(
    image: Image, page: int | None, number: int, detail: float = 1.0
) -> tuple[list[Paragraph | Grid], list[Note]]:
    """The blocks on a page, its tables counted from `number`, and what is doubtful.

    `detail` is the share of the picture's pixels that were scanned; the others were put between.
    """
    image = _bounded(image)
    if not find_ink(image).any():
        return [], []
    allow(SECONDS, MEGABYTES)
    image = upright(image)
    rulings = find_rulings(image)
    lattices = find_lattices(rulings)
    if sum(len(lattice.cells) for lattice in lattices) > MAX_CELLS:
        return [], [Note(f"the page has over {MAX_CELLS} cells", _where(page), _COMPARE, "error")]
    plain = _without_lines(image, rulings.lines, lattices)
    tables = [(lattice, [Box(cell) for cell in lattice.cells]) for lattice in lattices]
    free = [text for text in find_texts(plain) if not _is_taken(text, tables)]
    read_cells(plain, [box for _, boxes in tables for box in boxes], detail)
    blocks = _printed(free, tables, page, number)
    return blocks, list(_doubts(tables, page, number)) if blocks else []


def _bounded(image: Image) -> Image:
    """The picture, made smaller where it has more pixels than are of use."""
    share = LONGEST / max(image.shape)
    if share >= 1:
        return image
    cv2 = opencv()
    smaller: Image = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return smaller


def _without_lines(image: Image, lines: Image, lattices: list[Lattice]) -> Image:
    """The picture without the rulings of its tables: the strokes of large type stay."""
    thick = opencv().dilate(lines, np.ones((3, 3), np.uint8))
    plain = image.copy()
    for lattice in lattices:
        if lattice.cells:
            rows, columns = slice(lattice.top, lattice.bottom), slice(lattice.left, lattice.right)
            plain[rows, columns][thick[rows, columns] > 0] = WHITE
    return plain


def _is_taken(text: Text, tables: list[Table]) -> bool:
    """Give a line of text to the cells of the table it stands in; False outside of tables."""
    x, y = (text.left + text.right) / 2, (text.top + text.bottom) / 2
    for lattice, boxes in tables:
        if boxes and lattice.left <= x < lattice.right and lattice.top <= y < lattice.bottom:
            for box in boxes:
                box.take(text)
            return True
    return False


def _printed(
    free: list[Text], tables: list[Table], page: int | None, number: int
) -> list[Paragraph | Grid]:
    """Paragraphs and grids from top to bottom."""
    placed: list[tuple[int, Paragraph | Grid]] = [
        (line[0].top, Paragraph(joined(line), page, ocr=True)) for line in lines_of(free)
    ]
    for count, (lattice, boxes) in enumerate((t for t in tables if t[1]), number):
        if any(box.text for box in boxes):
            cells = (Cell(b.text, *b.place.span) for b in boxes)
            placed.append((lattice.top, Grid(count, tuple(cells), page, ocr=True)))
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]


def _where(page: int | None) -> str:
    return f"page {page}" if page else "the picture"


def _doubts(tables: list[Table], page: int | None, number: int) -> Iterator[Note]:
    where = _where(page)
    what = "the page is a picture, read by OCR: figures count only where their sums hold"
    yield Note(what, where, _COMPARE, "info")
    if any(not boxes for _, boxes in tables):
        what = "a table whose lines have gaps is not read"
        yield Note(what, where, _COMPARE, "error")
    if any(box.is_small for _, boxes in tables for box in boxes):
        what = f"the digits are less than {SMALLEST_DIGIT} pixels high: too small to be told apart"
        yield Note(what, where, "Scan the page at 200 dpi or more.", "error")
