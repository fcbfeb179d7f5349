"""Word (.docx) -> Document, from the main part itself: what Word prints, in Word's order.

Not printed and therefore not read: deleted tracked changes, hidden runs, field instructions, the
text under a vertically merged cell, and the older of two drawings of one text box. Numbers that
Word's automatic numbering puts before a paragraph are not in the file's text and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..document import Cell, Document, Grid, Note, Paragraph
from ..errors import FormatError
from .archive import open_archive
from .package import main_part, metadata, parse_part

MAX_ROWS = 400
MAX_COLUMNS = 64  # Word itself stops at 63

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
# Everything under these is not printed, or is printed by something else.
_SKIPPED = {
    *("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:tblPr", "w:sdtPr"),
    *("w:instrText", "w:delText", "w:delInstrText", "w:rt", "w:tbl", "w:txbxContent"),
}
_PRINTED = {"w:tab": " ", "w:ptab": " ", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_RETYPE = "Compare with the printed document, and set what is missing as plain text or a table."
_RESAVE = "Open it in Word or WPS, save it as .docx anew, and read that."


def read(path: str, data: bytes) -> Document:
    """The Document of a Word file. Raises FormatError when it is damaged or holds no text."""
    with open_archive(path, data) as archive:
        main = main_part(archive, path)
        root, told = parse_part(archive, path, main), metadata(archive, path)
    body = next((child for child in root if _name(child) == "w:body"), None)
    if body is None:
        raise FormatError(f"{main} has no body", where=path, advice=_RESAVE)
    printing = _Printing()
    printing.print_blocks(body)
    if any(_name(element) == "w:object" for element in body.iter(etree.Element)):
        printing.note("an object (a spreadsheet?) is embedded and not read", "warning", main)
    if not printing.blocks:
        raise FormatError(
            "the document holds no text",
            where=path,
            advice="If its pages are pictures, ask the body that published it for the original.",
        )
    return Document(path, "docx", tuple(printing.blocks), told, tuple(printing.notes))


def _name(element: etree._Element) -> str:
    """`w:p` for a paragraph whatever the edition of the namespace; empty for other vocabularies."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""  # a comment or a processing instruction
    space, _, local = tag[1:].partition("}")
    prefix = _NAMESPACES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}" + name)), None)


def _find(element: etree._Element, *path: str) -> etree._Element | None:
    """The first descendant reached by these names, one level a name."""
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((child for child in found if _name(child) == name), None)
    return found


def _number(element: etree._Element, *path: str) -> int:
    found = _find(element, *path)
    value = "" if found is None else _attribute(found, "val") or ""
    return min(int(value), MAX_COLUMNS) if value.isascii() and value.isdigit() else 0


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _attribute(element, "val") not in ("0", "false", "off", "none")


def _drawn_once(element: etree._Element) -> list[etree._Element]:
    """The children, but of the alternative drawings of one thing only the first."""
    if _name(element) != "mc:AlternateContent":
        return list(element)
    first = next(iter(element), None)
    return [] if first is None else [first]


def _text(element: etree._Element) -> str:
    """The text that `element` prints, without its tables and text boxes."""
    name = _name(element)
    if name in _SKIPPED:
        return ""
    if name in ("w:t", "m:t"):
        return element.text or ""
    if name == "w:sym":
        return _symbol(element)
    text = _PRINTED.get(name) or "".join(_text(child) for child in _drawn_once(element))
    return _styled(element, text) if name == "w:r" else text


def _styled(run: etree._Element, text: str) -> str:
    """The text of a run; raised or struck digits are marked, lest they join the figure beside."""
    style = _find(run, "w:rPr")
    if style is None or not text:
        return text
    if _is_on(_find(style, "w:vanish")):
        return ""
    if not any(char.isdigit() for char in text):
        return text
    if any(_is_on(_find(style, name)) for name in ("w:strike", "w:dstrike")):
        return f"~{text}~"
    raised = _find(style, "w:vertAlign")
    value = "baseline" if raised is None else _attribute(raised, "val")
    return text if value == "baseline" else f"^{text}"


def _symbol(element: etree._Element) -> str:
    """Nothing for an ornament, U+FFFD where a symbol font stands for a digit or a sign."""
    code = (_attribute(element, "char") or "")[-2:].upper()
    return "\ufffd" if "2B" <= code <= "39" else ""


def _apart(element: etree._Element) -> Iterator[etree._Element]:
    """The tables and text boxes that print within `element`, but not within one another."""
    for child in _drawn_once(element):
        name = _name(child)
        if name in ("w:tbl", "w:txbxContent"):
            yield child
        elif name not in _SKIPPED:
            yield from _apart(child)


def _members(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also within content controls and tracked insertions."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml"):
            yield from _members(child, name)


@dataclass
class _Printing:
    """The blocks printed so far."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tables: int = 0

    def print_blocks(self, container: etree._Element) -> None:
        for child in _drawn_once(container):
            name = _name(child)
            if name == "w:p":
                self.print_paragraph(child)
            elif name == "w:tbl":
                self.print_table(child)
            elif name == "w:altChunk":
                self.note("another file is embedded here and not read", "error", "the document")
            elif name not in _SKIPPED:
                self.print_blocks(child)

    def print_paragraph(self, paragraph: etree._Element) -> None:
        text = _text(paragraph).strip()
        if text:
            self.blocks.append(Paragraph(text))
        for apart in _apart(paragraph):
            self.print_blocks(apart)

    def print_table(self, table: etree._Element) -> None:
        self.tables += 1
        number = self.tables
        placed = _placed(_rows(table))
        grid = Grid(number, tuple(cell for cell, _ in placed))
        if len(grid.rows()) > MAX_ROWS or grid.width > MAX_COLUMNS:
            size = f"the table has over {MAX_ROWS} rows or {MAX_COLUMNS} columns and is not read"
            self.note(size, "error", f"table {number}")
            return
        if grid.cells:
            self.blocks.append(grid)
        for cell, element in placed:
            self.print_apart(element, f"table {number}, row {cell.row + 1}")

    def print_apart(self, cell: etree._Element, where: str) -> None:
        """The tables and text boxes of a cell, after the table that holds them."""
        for apart in _apart(cell):
            if _name(apart) == "w:tbl":
                self.print_table(apart)
                continue
            if any(char.isdigit() for child in apart for char in _text(child)):
                self.note("a text box lies in a cell; its figures are not read", "error", where)
            self.print_blocks(apart)

    def note(self, what: str, severity: str, where: str) -> None:
        self.notes.append(Note(what, where, _RETYPE, severity))


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows that print: neither hidden nor deleted by a tracked change."""
    rows = _members(table, "w:tr")
    return [row for row in rows if not _has_mark(row, "w:trPr", ("w:del", "w:hidden"))]


def _has_mark(element: etree._Element, properties: str, names: tuple[str, ...]) -> bool:
    return any(_is_on(_find(element, properties, name)) for name in names)


def _placed(rows: list[etree._Element]) -> list[tuple[Cell, etree._Element]]:
    """The cells in reading order, each with its element; a merged cell once, with its spans."""
    placed: dict[tuple[int, int], tuple[Cell, etree._Element]] = {}
    above: dict[int, tuple[int, int]] = {}  # column -> the cell that a continuation extends
    for number, row in enumerate(rows):
        column, below = _number(row, "w:trPr", "w:gridBefore"), {}
        for element in _members(row, "w:tc"):
            if _has_mark(element, "w:tcPr", ("w:cellDel",)):
                continue
            merge, span = _merge(element), max(_number(element, "w:tcPr", "w:gridSpan"), 1)
            key = above.get(column, (number, column)) if merge == "continue" else (number, column)
            if key in placed:
                cell, first = placed[key]
                placed[key] = cell._replace(rowspan=cell.rowspan + 1), first
            else:
                placed[key] = Cell(_cell_text(element), *key, colspan=span), element
            if merge:
                below[column] = key
            column += span
        above = below
    return [placed[key] for key in sorted(placed)]


def _merge(cell: etree._Element) -> str:
    """`restart` or `continue` for a part of a vertically merged cell, else empty."""
    merge = _find(cell, "w:tcPr", "w:vMerge")
    return "" if merge is None else _attribute(merge, "val") or "continue"


def _cell_text(cell: etree._Element) -> str:
    lines = (_text(paragraph).strip() for paragraph in _paragraphs(cell))
    return "\n".join(line for line in lines if line)


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for child in _drawn_once(element):
        if _name(child) == "w:p":
            yield child
        elif _name(child) not in _SKIPPED:
            yield from _paragraphs(child)
