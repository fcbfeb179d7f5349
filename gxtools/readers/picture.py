"""Pictures of pages (JPEG, PNG, TIFF and others) -> Document, read by OCR."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from ..document import Document, Grid, Note, Paragraph
from ..errors import FormatError
from . import ocr
from .telling import tell_picture

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_PAGES = 30  # each takes some ten seconds
MAX_PIXELS = 45_000_000  # A4 at 650 dpi; each takes four bytes, and twice that for a moment
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")

_ORIENTATION = 0x0112  # the tag of Exif
_ORIGINAL = "Ask the body for the report as a web page, Word, Excel or PDF with text"


def read(path: str, data: bytes) -> Document:
    """The Document of a picture: what OCR sees in it.

    Raises FormatError for a damaged picture or one without text, UnreadScanError where the library
    is not installed.
    """
    what = tell_picture(data) or "a picture"
    pages = _pages(path, data, what)
    first = next(pages, None)  # the others are unpacked one by one, when their turn comes
    if not ocr.is_installed():
        advice = f"{_ORIGINAL}, or read it by OCR: {ocr.INSTALL}"
        raise ocr.UnreadScanError(
            f"this is {what}, whatever its name says", where=path, advice=advice
        )
    from .scan import read_page

    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    for number, (page, count) in enumerate(chain(filter(None, [first]), pages), 1):
        tables = sum(isinstance(block, Grid) for block in blocks)
        found, doubts = read_page(page, number if count > 1 else None, tables + 1)
        blocks += found
        notes += doubts
    if not blocks:
        told = f"this is {what}, whatever its name says, and OCR sees no text in it"
        raise FormatError(told, where=path, advice=f"{_ORIGINAL}.")
    name = what.split()[1].lower()
    return Document(path, f"{name} (ocr)", tuple(blocks), {}, tuple(notes))


def _pages(path: str, data: bytes, what: str) -> Iterator[tuple[ocr.Image, int]]:
    """The pictures of a file in grey, each with their number. Nothing is unpacked before its size
    is known."""
    from PIL import Image, ImageSequence

    damaged = FormatError(f"this is {what}, but damaged", where=path, advice=f"{_ORIGINAL}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are checked here
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                count = getattr(picture, "n_frames", 1)
                if count > MAX_PAGES or picture.width * picture.height > MAX_PIXELS:
                    raise _too_large(path, what)
                for frame in ImageSequence.Iterator(picture):
                    if frame.width * frame.height > MAX_PIXELS:
                        raise _too_large(path, what)
                    yield _grey(frame), count
    except (FormatError, MemoryError):
        raise
    except Exception as error:  # Pillow raises anything at all on a damaged file
        raise damaged from error


def _too_large(path: str, what: str) -> FormatError:
    told = f"this is {what} of over {MAX_PIXELS:,} dots or {MAX_PAGES} pages"
    return FormatError(told, where=path, advice="Scan the report anew at 200 dpi, as a PDF.")


def _grey(picture: Picture) -> ocr.Image:
    """The picture as it is shown: turned as its camera says, and on white paper."""
    from PIL import Image, ImageOps

    from .scan import LONGEST

    if picture.mode in ("1", "P"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "L")
    # More pixels are of no use, and would be held several times over.
    small = picture.reduce(max(max(picture.size) // LONGEST, 1))
    small.getexif()[_ORIENTATION] = picture.getexif().get(_ORIENTATION, 1)
    upright = ImageOps.exif_transpose(small)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    return np.asarray(upright.convert("L")).copy()
