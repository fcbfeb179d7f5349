"""File -> Document. One module a format; the format is told by content, never by the suffix."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

from ..document import Document
from ..errors import FileError, FormatError
from .archive import open_archive
from .encoding import decode

# The largest real report seen is a PDF of some 3 MB; ten times that is generous.
MAX_BYTES = 40 * 1024 * 1024

_IMAGES = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"RIFF": "a WebP picture or a sound",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def read_document(path: str | os.PathLike[str]) -> Document:
    """The Document printed in a file: paragraphs and tables in order.

    Reads HTML, PDF with text, DOCX, XLSX and plain text, told apart by content. Raises FileError
    (absent, empty, too large, locked) or FormatError (a picture, a scan, broken, an unknown kind).
    """
    name, data = os.fspath(path), _load(Path(path))
    reader = importlib.import_module(f".{tell_format(name, data)}", __name__)
    document: Document = reader.read(name, data)
    return document


def _load(path: Path) -> bytes:
    if path.is_dir():
        raise FileError("this is a folder", where=str(path), advice="Use read_all for folders.")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError(
                f"the file has {size:,} bytes, more than a report can have ({MAX_BYTES:,})",
                where=str(path),
                advice="Check that it is the report itself.",
            )
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(
            f"the file cannot be opened: {error.strerror or error}",
            where=str(path),
            advice="Check the path, and that no other program holds the file.",
        ) from error
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise FileError(
            "the file is empty", where=str(path), advice="Download it again from its source."
        )
    return data


def tell_format(path: str, data: bytes) -> str:
    """Which reader reads these bytes: html, pdf, docx, xlsx or text. Raises FormatError."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return _tell_package(path, data)
    if data[:8] == _OLE:
        raise FormatError(
            "this is an old Office file (.doc, .xls, .wps) or an encrypted one, not read yet",
            where=path,
            advice="Open it in Word, Excel or WPS, save it as .docx or .xlsx, and read that.",
        )
    for magic, kind in _IMAGES.items():
        if data.startswith(magic):
            raise FormatError(
                f"this is {kind}, whatever its name says; pictures are not read",
                where=path,
                advice="Ask the body for the report as a web page, Word, Excel or PDF with text.",
            )
    return _tell_text(path, data)


def _tell_package(path: str, data: bytes) -> str:
    with open_archive(path, data) as archive:
        names = set(archive.namelist())
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    raise FormatError(
        "this is a ZIP archive, but neither a Word nor an Excel file",
        where=path,
        advice="Unpack it and give gxtools the folder.",
    )


def _tell_text(path: str, data: bytes) -> str:
    text = decode(data)
    odd = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 12, 13))
    if odd * 50 > len(text):
        raise FormatError(
            "this is neither text nor a document that gxtools reads",
            where=path,
            advice="Known: web pages, PDF with text, .docx, .xlsx and plain text.",
        )
    head = text[:20000].lower()
    tags = ("<html", "<!doctype html", "<table", "<body", "<p>", "<p ", "<div", "<td", "<span")
    return "html" if any(tag in head for tag in tags) or "<table" in text.lower() else "text"
