"""Office packages (.docx, .xlsx): what kind they are, their main part, and their parts as XML."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

from ..errors import FormatError
from .archive import read_member

MAX_TAGS = 1_000_000  # of a part: the official form has 10,000, a long report 100,000

_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TYPES = "[Content_Types].xml"
_MAIN = "/officeDocument"  # how the type of the relation to the main part ends
_REAL = "No report is so long; check that it is the report itself."
_RESAVE = "Open it in Word, Excel or WPS, save it anew, and read that."
# Where the main part stands when the package does not say.
_USUAL = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
# What the content type of a main part tells.
_KINDS = {"wordprocessingml": "docx", "spreadsheetml": "xlsx"}
_UNREAD = {
    "ms-excel.sheet.binary": "a binary workbook (.xlsb)",
    "presentationml": "a presentation",
    "visio": "a drawing",
}


def tell_package(archive: zipfile.ZipFile, path: str) -> str | None:
    """docx or xlsx for an Office package; None for an archive that is none.

    Raises FormatError for a package of another kind.
    """
    names = set(archive.namelist())
    if _TYPES not in names:
        return next((kind for part, kind in _USUAL.items() if part in names), None)
    main = main_part(archive, path)
    told = _content_type(archive, path, main).lower()
    for words, what in _UNREAD.items():
        if words in told:
            raise FormatError(f"this is {what}, which is not read", where=path, advice=_RESAVE)
    kind = next((kind for words, kind in _KINDS.items() if words in told), _USUAL.get(main))
    if kind is None:
        raise FormatError("this is an Office file of an unknown kind", where=path, advice=_RESAVE)
    return kind


def main_part(archive: zipfile.ZipFile, path: str) -> str:
    """The name of the part that holds the document, as the package's own relations give it.

    Word on the web writes word/document2.xml. Raises FormatError where there is none.
    """
    names = set(archive.namelist())
    for type_, target in relations(archive, path, "").values():
        if type_.endswith(_MAIN) and target in names:
            return target
    for part in _USUAL:
        if part in names:
            return part
    what = f"the archive has no {' or '.join(_USUAL)}"
    raise FormatError(what, where=path, advice=_RESAVE)


def relations(archive: zipfile.ZipFile, path: str, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part (`""`: the package itself) by id: their type and target part."""
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if where not in archive.namelist():
        return {}
    found = {}
    for entry in parse_part(archive, path, where):
        target = (entry.get("Target") or "").replace("\\", "/")
        whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[entry.get("Id") or ""] = (entry.get("Type") or "", whole)
    return found


def parse_part(archive: zipfile.ZipFile, path: str, name: str) -> etree._Element:
    """The root of one part. Raises FormatError where it is absent, damaged or declares entities."""
    # huge_tree stays off: libxml2 then refuses, aloud, what is nested or repeated without measure.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    data = read_member(archive, path, name)
    if (count := data.count(b"<")) > MAX_TAGS:
        raise FormatError(f"{name} holds {count:,} tags", where=path, advice=_REAL)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormatError(f"{name} is not well-formed XML", where=path, advice=_RESAVE) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormatError(f"{name} declares entities of its own", where=path, advice=_RESAVE)
    return root


def metadata(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """The title that the package states, if any."""
    if _CORE not in archive.namelist():
        return {}
    title = (parse_part(archive, path, _CORE).findtext(_TITLE) or "").strip()
    return {"title": title} if title else {}


def _content_type(archive: zipfile.ZipFile, path: str, part: str) -> str:
    for entry in parse_part(archive, path, _TYPES):
        if (entry.get("PartName") or "").lstrip("/").lower() == part.lower():
            return entry.get("ContentType") or ""
    return ""
