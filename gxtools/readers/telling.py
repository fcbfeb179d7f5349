"""Which format some bytes have: told by content, never by the suffix."""

from __future__ import annotations

import re
import zipfile

from ..errors import FormatError
from . import mht, ole
from .archive import open_archive, read_member
from .csv import tell_records
from .encoding import decode
from .extent import lighten

_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 12, 13))
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAGS = ("<html", "<!doctype html", "<table", "<body", "<p>", "<p ", "<div", "<td", "<span")
_TABLE = re.compile("<table", re.I)
_OFFICE_XML = re.compile(r"<\?mso-application\s+progid=\"(Word\.Document|Excel\.Sheet)\"")
_XML_KINDS = {"Word.Document": "wordml", "Excel.Sheet": "excelml"}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_SAVE = "Open it in the program that made it, save it as .docx or PDF, and read that."
# Archives that are a document of another kind, by a member that only these have.
_UNREAD = {
    "OFD.xml": ("an OFD document", "Print it to a PDF in an OFD reader, and read that."),
    "META-INF/container.xml": ("an e-book", _SAVE),
    "mimetype": ("an OpenDocument file that is neither text nor workbook", _SAVE),
    "Index/Document.iwa": ("a Pages or Numbers document", _SAVE),
    "META-INF/MANIFEST.MF": ("a program", "It is no report."),
}
_UNREAD_MAGIC = {
    b"Rar!\x1a\x07": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
}
_IMAGES = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"RIFF": "a WebP picture",
}


def tell_format(path: str, data: bytes) -> str:
    """html, mht, pdf, docx, xlsx, xls, csv, text, picture, zip, or a key of office.NAMES.

    Raises FormatError for what is none of these, FileError for a file locked by a password.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in _ZIP:
        with open_archive(path, data) as archive:
            return tell_archive(archive, path)
    if data.startswith(ole.MAGIC):
        return ole.tell_kind(path, data)
    if data.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if tell_picture(data):
        return "picture"
    for magic, what in _UNREAD_MAGIC.items():
        if data.startswith(magic):
            raise FormatError(
                f"this is {what}", where=path, advice="Unpack it, and give gxtools the folder."
            )
    return "mht" if mht.is_archive(data) else _tell_text(path, lighten(path, data))


def tell_archive(archive: zipfile.ZipFile, path: str) -> str:
    """docx, xlsx, odt or ods for a document that is packed, zip for an archive of files."""
    from .package import tell_package  # lxml: not before there is an archive

    kind = tell_package(archive, path)
    if kind:
        return kind
    names = set(archive.namelist())
    if "mimetype" in names:
        told = read_member(archive, path, "mimetype").decode("ascii", "replace").strip()
        if told in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[told]
    for name, (what, advice) in _UNREAD.items():
        if name in names:
            raise FormatError(f"this is {what}, which is not read", where=path, advice=advice)
    return "zip"


def tell_picture(data: bytes) -> str | None:
    """`a PNG picture` and so on; None for no picture."""
    if data[:2] == b"BM" and data[6:10] != b"\x00" * 4:  # a text may begin so
        return None
    if data[:4] == b"RIFF" and data[8:12] != b"WEBP":
        return None
    return next((kind for magic, kind in _IMAGES.items() if data.startswith(magic)), None)


def _tell_text(path: str, data: bytes) -> str:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if not controls and _is_plain_page(data):
        return "html"
    text = decode(data)
    # The bytes have all control characters of the text, and those of UTF-16 more: a quick no.
    if 50 * controls > len(text) and 50 * _controls(text) > len(text):
        raise FormatError(
            "this is neither text nor a document that gxtools reads",
            where=path,
            advice="Known: web pages, PDF, Word, Excel, CSV and plain text.",
        )
    head = text[:20000].lower()
    if found := _OFFICE_XML.search(text[:2000]):
        return _XML_KINDS[found[1]]
    if any(tag in head for tag in _TAGS) or _TABLE.search(text):
        return "html"
    return "text" if tell_records(text) is None else "csv"


def _is_plain_page(data: bytes) -> bool:
    """Whether tags tell a web page without decoding it, as in all encodings but UTF-16."""
    head = data[:20000].lower()
    return b"mso-application" not in head and any(tag.encode() in head for tag in _TAGS)


def _controls(text: str) -> int:
    """How many characters of a text are no characters (every second byte of UTF-16 is such)."""
    plain = text.encode("utf-8", "replace")
    return len(plain) - len(plain.translate(None, _CONTROLS))
