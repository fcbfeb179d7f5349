"""Excel workbooks (.xlsx) -> Document: the XML of every sheet, then calamine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from ..document import Document
from ..errors import FormatError
from .archive import open_archive, read_member
from .package import main_part, metadata, parse_part, relations
from .workbook import Survey, read_sheets

MAX_TAGS = 3_000_000  # of a sheet: some 700,000 cells

_PLACE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TEXTS = "xl/sharedStrings.xml"
_REAL = "No report is so long; check that it is the report itself."
_RESAVE = "Open it in Excel or WPS, let it repair the file, and save it again."


def read(path: str, data: bytes) -> Document:
    """The Document of a workbook: the cells as displayed values, sheet by sheet."""
    with open_archive(path, data) as archive:
        marked = _marked(archive, path)
        surveys = [_survey(archive, path, part, marked) for part in _sheets(archive, path)]
        told = metadata(archive, path)
    return read_sheets(path, data, surveys, "xlsx", told)


def _sheets(archive: zipfile.ZipFile, path: str) -> Iterator[str | None]:
    """The part of each sheet in the workbook's order; None for a chart or a macro."""
    main = main_part(archive, path)
    known = relations(archive, path, main)
    for entry in parse_part(archive, path, main).iterfind("{*}sheets/{*}sheet"):
        type_, part = known.get(entry.get(_ID) or entry.get(_STRICT_ID) or "", ("", ""))
        yield part if type_.endswith("/worksheet") else None


def _survey(
    archive: zipfile.ZipFile, path: str, part: str | None, marked: dict[str, str]
) -> Survey | None:
    if part is None:
        return None
    survey, data = Survey(), _plain(archive, path, part)
    row = column = -1
    try:
        for event, element in _elements(data):
            if element.tag.endswith("}c") and event == "end":
                row, column = _place(element, row, column + 1)
                if told := _told(element, marked):
                    survey.add(row, column, *told)
            elif element.tag.endswith("}row") and event == "start":
                row, column = _row(element, row + 1), -1
            elif element.tag.endswith("}row"):
                element.clear()
    except etree.XMLSyntaxError as error:
        raise FormatError(f"{part} is not well-formed XML", where=path, advice=_RESAVE) from error
    return survey


def _plain(archive: zipfile.ZipFile, path: str, part: str) -> bytes:
    """The bytes of a part without entities of its own: readers drop these in silence."""
    data = read_member(archive, path, part)
    if b"<!DOCTYPE" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        what = f"{part} declares entities of its own, or is not in UTF-8"
        raise FormatError(what, where=path, advice=_RESAVE)
    if (count := data.count(b"<")) > MAX_TAGS:
        raise FormatError(f"{part} holds {count:,} tags", where=path, advice=_REAL)
    return data


def _elements(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    return etree.iterparse(  # type: ignore[no-any-return]
        io.BytesIO(data),
        events=("start", "end"),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )


def _row(element: etree._Element, following: int) -> int:
    number = element.get("r") or ""
    return int(number) - 1 if number.isascii() and number.isdigit() else following


def _place(element: etree._Element, row: int, following: int) -> tuple[int, int]:
    """Row and column of a cell; those that are not stated follow on the cell before."""
    found = _PLACE.match(element.get("r") or "")
    if found is None:
        return max(row, 0), following
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _marked(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """The shared texts, by number, in which digits are raised or struck through: a mark keeps them
    from joining the figure beside them."""
    if _TEXTS not in archive.namelist():
        return {}
    data = _plain(archive, path, _TEXTS)
    if b"vertAlign" not in data and b"strike" not in data:
        return {}
    texts = enumerate(parse_part(archive, path, _TEXTS).iterfind("{*}si"))
    return {str(number): text for number, entry in texts if (text := _styled(entry))}


def _styled(entry: etree._Element) -> str:
    """The text of an entry with its marks; nothing where it has none."""
    runs = [_run(run) for run in entry.iterfind("{*}r")]
    return "".join(runs).strip() if any(run[:1] in ("^", "~") for run in runs) else ""


def _run(run: etree._Element) -> str:
    text, style = run.findtext("{*}t") or "", run.find("{*}rPr")
    if style is None or not any(map(str.isdigit, text)):
        return text
    raised, struck = style.find("{*}vertAlign"), style.find("{*}strike")
    if struck is not None and struck.get("val", "1") not in ("0", "false"):
        return f"~{text}~"
    return text if raised is None or raised.get("val") == "baseline" else f"^{text}"


def _told(element: etree._Element, marked: dict[str, str]) -> tuple[bool, str] | None:
    """Whether a cell is a figure, and its text where calamine gives none; None for an empty one."""
    value, formula = element.findtext("{*}v"), element.find("{*}f")
    kind = element.get("t", "n")
    if formula is not None and not value and (value is None or kind != "str"):
        return False, f"={formula.text or ''}"  # never calculated: no figure
    if kind == "e":
        return False, value or "#"
    if kind == "inlineStr":
        inner = element.find("{*}is")
        return False, "" if inner is None else _styled(inner)
    if not value:
        return None
    return kind in ("n", "d"), marked.get(value, "") if kind == "s" else ""
