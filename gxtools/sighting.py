"""The look of a printed cell in its file: the table it stands in, and the place on a PDF's page.

The file is read again, and its page drawn, in a worker process within its limits: what a reader
survived, a renderer need not.
"""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from .document import Box, Cell, Grid
from .errors import FileError, GxError
from .facsimile import facsimile
from .readers import load
from .rows import place, printed_rows
from .sources import Source, open_sources
from .vocabulary import vocabulary

SCALE = 1.8  # pixels a point: a printed page of A4 is 1,070 pixels wide
MOST_PIXELS = 3_000_000
ABOVE, BELOW = 90.0, 60.0  # points of the page shown above and below the cell
_RIM, _FILL = (196, 80, 12), (255, 213, 77)


class Wanted(NamedTuple):
    """The cell to look for: its file as named in Reports, what it held when it was read, the place
    and the printed characters; it is number `turn` of the `turns` form cells that share both."""

    file: str
    sha256: str
    place: str
    raw: str
    turn: int
    turns: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is to be seen of a cell: `html` its table with the cell marked, `png` the place on its
    page; `marked` is how many cells are marked, as one line may hold the same figure twice."""

    html: str = ""
    png: bytes = b""
    marked: int = 0


def sight(wanted: Wanted) -> Sighting:
    """The cell as its file shows it.

    Raises FileError where the file is gone or is no longer the one that was read, GxError where it
    cannot be read again.
    """
    source = _source(wanted)
    grid, cells = _cells(source, wanted)
    if grid is None:
        return Sighting()
    seen = Sighting(facsimile(grid, cells), marked=len(cells))
    if grid.page and cells[0].box and source.filling.document.format.startswith("pdf"):
        seen = replace(seen, png=crop(load(wanted.file), grid.page, cells[0].box))
    return seen


def _source(wanted: Wanted) -> Source:
    for source in open_sources(wanted.file):
        if source.sha256 != wanted.sha256:
            break
        if source.file == wanted.file or not source.sheet:
            return source
    raise FileError("the file has changed since it was read", where=wanted.file)


def _cells(source: Source, wanted: Wanted) -> tuple[Grid | None, list[Cell]]:
    """The grid and the printed cells that stand at the place, without those known to be others."""
    found: list[tuple[Grid, Cell]] = []
    for row in printed_rows(source.filling.document, vocabulary()):
        found += [(row.grid, c) for c in row.values if place(row.grid, c) == wanted.place]
    same = [(grid, cell) for grid, cell in found if cell.text == wanted.raw] or found
    if len(same) == wanted.turns:
        same = same[wanted.turn : wanted.turn + 1]
    return (same[0][0], [cell for _, cell in same]) if same else (None, [])


def crop(data: bytes, page: int, box: Box) -> bytes:
    """The strip of a PDF's page around a box, the box marked, as PNG."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document, closing(document[page - 1]) as sheet:
        width, height = sheet.get_size()
        left, top, right, bottom = box
        start, end = max(0.0, top - ABOVE), min(height, bottom + BELOW)
        if not (0 <= left < right <= width + 1 and start < end):
            raise GxError("the cell lies outside of its page", where=f"page {page}")
        scale = min(SCALE, (MOST_PIXELS / (width * (end - start))) ** 0.5)
        image: Any = sheet.render(scale=scale, crop=(0, height - end, 0, start)).to_pil()
    return _marked(image, [x * scale for x in (left, top - start, right, bottom - start)])


def _marked(image: Any, edges: list[float]) -> bytes:
    """The picture as PNG with a rectangle tinted, so that what is printed there shows through."""
    from PIL import Image, ImageChops, ImageDraw

    tint = Image.new("RGB", image.size, "white")
    ImageDraw.Draw(tint).rectangle(edges, fill=_FILL)
    marked = ImageChops.multiply(image.convert("RGB"), tint)
    ImageDraw.Draw(marked).rectangle(edges, outline=_RIM, width=3)
    kept = io.BytesIO()
    marked.save(kept, "PNG", optimize=True)
    return kept.getvalue()
