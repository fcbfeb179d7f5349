"""PDF with text -> Document: pdfplumber gives the structure, PDFium reads every figure again."""

from __future__ import annotations

import io
import logging
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from typing import Any

from ..document import Document
from ..errors import FileError, FormatError, GxError
from . import ocr
from .pdf_page import Printing
from .pdf_streams import check_streams

MAX_PAGES = 200
MAX_SIDE = 14_400  # points: 200 inches, the largest page that the PDF standard allows
MAX_CHARS = 20_000  # on a page; a page of small print has 5,000
MAX_OBJECTS = 50_000  # on a page: texts, lines, pictures
MAX_ALL_CHARS = 400_000  # on all pages; a compiled yearbook of 200 pages has 300,000
MAX_ALL_OBJECTS = 150_000
MAX_SCANS = 30  # pages that are pictures: OCR takes some ten seconds for each
DPI = 200
SAMPLE = 500  # pieces of text that tell whether a page shows its text
TRAILING_BYTES = 4_096  # that a server may have added behind the end mark

_AGAIN = "Download the file again from its source."


def read(path: str, data: bytes) -> Document:
    """The Document of a PDF with text.

    Raises FileError for a locked file, FormatError for a damaged one, for a scan without text and
    for pages beyond any report's size.
    """
    _check_whole(path, data)
    check_streams(path, data)
    from .pdf_forms import check_forms

    with _quiet(), _damage_told(path), ExitStack() as stack:
        second = stack.enter_context(closing(_open_second(data)))
        _check_size(path, second)
        first = stack.enter_context(_open_first(data))
        if len(first.pages) != len(second):
            raise _damaged(path)
        check_forms(path, [page.page_obj for page in first.pages])
        printing = Printing()
        if second.get_formtype():
            printing.note_form()
        drawn = Counter[str]()
        for page in first.pages:
            _print_page(path, page, second, printing, drawn)
            page.close()
        title = second.get_metadata_value("Title").strip()
    if not printing.has_text:
        raise _scan(path)
    metadata = {"title": title} if title else {}
    kind = "pdf (ocr)" if printing.scans else "pdf"
    return Document(path, kind, tuple(printing.blocks), metadata, tuple(printing.notes))


def _scan(path: str) -> FormatError:
    what = "the PDF is a scan: its pages are pictures without text"
    advice = "Ask the body that published it for the original"
    if ocr.is_installed():
        return FormatError(what, where=path, advice=f"{advice}; OCR sees no text in them either.")
    return ocr.UnreadScanError(what, where=path, advice=f"{advice}, or use OCR: {ocr.INSTALL}")


def _damaged(path: str) -> FormatError:
    return FormatError("the PDF is cut short or damaged", where=path, advice=_AGAIN)


def _check_whole(path: str, data: bytes) -> None:
    # Both engines mend a PDF without its end, and may lose pages in silence.
    end = data.rfind(b"%%EOF")
    if b"%PDF-" not in data[:1024] or end < 0 or len(data) - end > TRAILING_BYTES:
        raise _damaged(path)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without pdfminer's remarks on faults that every other PDF has."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


@contextmanager
def _damage_told(path: str) -> Iterator[None]:
    try:
        yield
    except (GxError, MemoryError):
        raise
    except Exception as error:  # the engines raise anything at all on a damaged file
        if "password" in repr(error).lower() or "encrypt" in repr(error).lower():
            raise FileError(
                "the PDF is locked by a password",
                where=path,
                advice="Open it with the password, save it without one, and read that.",
            ) from error
        raise _damaged(path) from error


def _open_first(data: bytes) -> Any:
    import pdfplumber

    from .pdf_names import Fonts

    pdf = pdfplumber.open(io.BytesIO(data))
    pdf.rsrcmgr = Fonts()
    return pdf


def _open_second(data: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(data)


def _check_size(path: str, document: Any) -> None:
    count = len(document)
    if count > MAX_PAGES:
        raise FormatError(
            f"the PDF has {count} pages, more than a report can have ({MAX_PAGES})",
            where=path,
            advice="Save the report's own pages as a PDF of their own.",
        )
    for index in range(count):
        if max(document.get_page_size(index)) > MAX_SIDE:
            raise _oversized(f"{path}, page {index + 1}", "is larger than any printed one")


def _oversized(where: str, what: str) -> FormatError:
    advice = "Print the report to a new PDF, or ask for it in another format."
    return FormatError(f"the page {what}", where=where, advice=advice)


def _check_page(path: str, sheet: Any, text: Any, drawn: Counter[str]) -> None:
    """Raise FormatError where the page is too full, or with all before it, counted in `drawn`."""
    from pypdfium2 import raw

    chars, objects = text.count_chars(), raw.FPDFPage_CountObjects(sheet)
    if chars > MAX_CHARS or objects > MAX_OBJECTS:
        raise _oversized(path, "holds more characters or drawings than can be printed")
    drawn.update(chars=chars, objects=objects)
    if drawn["chars"] > MAX_ALL_CHARS or drawn["objects"] > MAX_ALL_OBJECTS:
        raise _oversized(path, "and those before it hold more than a report can")


def _print_page(
    path: str, page: Any, document: Any, printing: Printing, drawn: Counter[str]
) -> None:
    from .pdf_program import lay_out

    with ExitStack() as stack:
        sheet = stack.enter_context(closing(document[page.page_number - 1]))
        text = stack.enter_context(closing(sheet.get_textpage()))
        _check_page(f"{path}, page {page.page_number}", sheet, text, drawn)
        lay_out(page)
        hidden = bool(page.images and page.chars) and _is_hidden(sheet)
        is_picture = hidden or bool(page.objects and not page.chars)
        if is_picture and ocr.is_installed() and printing.scans < MAX_SCANS:
            printing.print_scan(page.page_number, _rendered(sheet), _detail(sheet))
        else:
            printing.print_page(page, text, is_guessed=hidden)


def _is_hidden(sheet: Any) -> bool:
    """Whether most of the page's text is invisible, as scanners lay it over their picture."""
    from pypdfium2 import raw

    texts = list(islice(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]), SAMPLE))
    modes = [raw.FPDFTextObj_GetTextRenderMode(text.raw) for text in texts]
    return 2 * modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes)


def _detail(sheet: Any) -> float:
    """The share of the dots of 200 dpi that the page's largest picture has; 1 for drawn pages."""
    from pypdfium2 import raw

    shares = [(0.0, 1.0)]
    for picture in islice(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), SAMPLE):
        left, bottom, right, top = picture.get_bounds()
        width, height = picture.get_px_size()
        area, dots = (right - left) * (top - bottom), width * height
        if area > 0:
            shares.append((area, min((dots / area) ** 0.5 * 72 / DPI, 1.0)))
    return max(shares)[1]


def _rendered(sheet: Any) -> ocr.Image:
    """The page as a grey picture of 200 dpi, less for a page larger than A3."""
    from .scan import LONGEST

    scale = min(DPI / 72, LONGEST / max(sheet.get_size()))
    picture: ocr.Image = sheet.render(scale=scale, grayscale=True).to_numpy()
    return picture.reshape(picture.shape[:2]).copy()
