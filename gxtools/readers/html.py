"""Web pages -> Document: lxml for the tags, our own grid for the tables (spans clamped).

The encoding is decided by `encoding.decode` and never by lxml, which returns no table at all, and
no error, when a label lies.
"""

from __future__ import annotations

import re

from lxml import etree

from ..document import Cell, Document, Grid, Note, Paragraph
from ..errors import FormatError
from .encoding import decode
from .extent import check_tags, lighten

# A report's largest table is 28 x 10; sites add layout columns.
MAX_SPAN = 60
MAX_ROWS = 400
MAX_COLUMNS = 64
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "svg",
        "select",
        "option",
        "button",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "hr",
        "form",
        "fieldset",
        "center",
        "pre",
        "blockquote",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "body",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")  # by the browser
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
# Text that is not part of the figure beside it: a footnote mark must not become a digit.
_MARKS = {"sup": "^", "sub": "_", "del": "~", "s": "~", "strike": "~"}


def read(path: str, data: bytes) -> Document:
    """The Document of a web page. Raises FormatError where lxml would silently lose tables."""
    text = decode(lighten(path, data))
    root = _parse(path, text)
    walk = _Walk()
    body = root.find("body")
    walk.visit(body if body is not None else root)
    walk.flush()
    metadata = _metadata(root)
    if saved := _SAVED.search(text[:5000]):
        metadata.setdefault("Url", saved[1])
    return Document(path, "html", tuple(walk.blocks), metadata, tuple(walk.notes))


def _parse(path: str, text: str) -> etree._Element:
    text = text.replace("\x00", "")
    check_tags(path, text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"the page cannot be parsed: {error}", where=path) from None
    for entry in parser.error_log:
        # libxml2 stops at a fatal error and keeps what it had: figures would be lost in silence.
        if entry.level == etree.ErrorLevels.FATAL:
            raise FormatError(
                f"the page is nested or damaged beyond reading: {entry.message.strip()}",
                where=f"{path}, line {entry.line}",
                advice="Save the page again from the browser, or copy the tables into Excel.",
            )
    if root is None:
        raise FormatError("the page is empty", where=path)
    return root


class _Walk:
    """Gathers paragraphs and grids in document order; an explicit stack, for pages nest deeply."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.notes: list[Note] = []
        self._text: list[str] = []
        self._grids = 0

    def visit(self, top: etree._Element) -> None:
        stack: list[tuple[str, etree._Element | str]] = [("open", top)]
        while stack:
            kind, item = stack.pop()
            if kind == "text":
                self._text.append(str(item))
            elif kind == "break":
                self.flush()
            elif isinstance(item, etree._Element):
                self._open(item, stack)

    def _open(self, node: etree._Element, stack: list[tuple[str, etree._Element | str]]) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _SKIPPED:
            return
        if tag == "table" and not _is_layout(node):
            self.flush()
            self._add_grid(node)
            return
        edge = tag in _BLOCKS
        if edge:
            stack.append(("break", ""))
        for child in reversed(node):
            if child.tail:
                stack.append(("text", child.tail))
            stack.append(("open", child))
        if node.text:
            stack.append(("text", node.text))
        if edge:
            stack.append(("break", ""))

    def flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.blocks.append(Paragraph(text))

    def _add_grid(self, table: etree._Element) -> None:
        self._grids += 1
        cells, cut = _grid(table)
        if cut:
            self.notes.append(
                Note(
                    f"a table larger than {MAX_ROWS} x {MAX_COLUMNS} was cut",
                    f"table {self._grids}",
                    "No statutory table is so large; if this one is, split it.",
                )
            )
        if any(cell.text for cell in cells):
            self.blocks.append(Grid(self._grids, tuple(cells)))
        for inner in _inner_tables(table):
            self.visit(inner)


def _inner_tables(table: etree._Element) -> list[etree._Element]:
    """The tables directly inside this one (not those inside them)."""
    return [
        inner
        for inner in table.iter("table")
        if inner is not table and next(inner.iterancestors("table")) is table
    ]


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page: one column, or little beside inner tables."""
    rows = _rows(table)
    widths = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows[:MAX_ROWS]]
    if max(widths, default=0) <= 1:
        return True
    if table.find(".//table") is None:
        return False
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    own = [cell for cell in cells if cell.find(".//table") is None]
    return len(own) < 8


def _grid(table: etree._Element) -> tuple[list[Cell], bool]:
    """The cells of a table at their true rows and columns, and whether it was cut."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = _rows(table)
    cut = len(rows) > MAX_ROWS
    for row, node in enumerate(rows[:MAX_ROWS]):
        column = 0
        for item in node:
            if item.tag not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            if column >= MAX_COLUMNS:
                cut = True
                break
            width = min(_span(item, "colspan"), MAX_COLUMNS - column)
            height = _span(item, "rowspan") or len(rows)
            height = min(height, min(len(rows), MAX_ROWS) - row)
            taken.update((row + i, column + j) for i in range(height) for j in range(width))
            cells.append(Cell(_cell_text(item), row, column, height, width))
            column += width
    return cells, cut


def _span(cell: etree._Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,9})", cell.get(name) or "")
    if digits is None:
        return 1
    value = int(digits[1])
    return min(value, MAX_SPAN) if name == "colspan" and value else value or int(name == "colspan")


def _cell_text(cell: etree._Element) -> str:
    """The text of a cell, a line a block; tables inside it are left to themselves."""
    parts: list[str] = []
    stack: list[etree._Element | str] = [cell]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        tag = item.tag if isinstance(item.tag, str) else ""
        hidden = item is not cell and bool(_HIDDEN.search(item.get("style") or "")) if tag else True
        if tag in _SKIPPED or hidden or (tag == "table"):
            continue
        edge = "\n" if tag in _BLOCKS and item is not cell else _MARKS.get(tag, "")
        stack.append(edge)
        for child in reversed(item):
            if child.tail:
                stack.append(_flat(child.tail))
            stack.append(child)
        stack.append(_flat(item.text or ""))
        stack.append(edge)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str) -> str:
    """Source line breaks are spaces in HTML; only tags break a line."""
    return re.sub(r"[\r\n\t]+", " ", text)


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.findtext(".//title")
    if title and title.strip():
        found["title"] = " ".join(title.split())
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name and (meta.get("content") or "").strip():
            found.setdefault(name, (meta.get("content") or "").strip())
    return found
