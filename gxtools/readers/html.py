"""Web pages -> Document: lxml for the tags, our own grid for the tables (spans clamped).

The encoding is decided by `encoding.decode` and never by lxml, which returns no table at all, and
no error, when a label lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

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
    "script style noscript template head iframe object svg select option button".split()
)
_BLOCKS = frozenset(
    "p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main nav aside hr "
    "form fieldset center pre blockquote table tr td th caption body tbody thead tfoot".split()
)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")  # by the browser
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_DIGITS = re.compile(r"\s*(\d{1,9})")
_LINE = "\x00"  # between the lines of a cell: no page that is parsed has it
# Text that is not part of the figure beside it: a footnote mark must not become a digit.
_MARKS = {"sup": "^", "sub": "_", "del": "~", "s": "~", "strike": "~"}
_HERE = "GRID"  # stands for a grid in the tree: a page's own tags are in small letters there
# Between paragraphs, and for a grid: characters that Unicode keeps out of every text.
_EDGE, _PLACE = "\ufdd0", "\ufdd1\ufdd0\ufdd1"
# What a page prints outside its grids; libxslt walks a large page in the tenth of a millisecond.
_TEXT = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="{"|".join(_SKIPPED)}"/>
  <xsl:template match="{_HERE}">{_PLACE}</xsl:template>
  <xsl:template match="{"|".join(_BLOCKS)}">
    <xsl:text>{_EDGE}</xsl:text><xsl:apply-templates/><xsl:text>{_EDGE}</xsl:text>
  </xsl:template>
</xsl:stylesheet>"""
_SPECIAL = _SKIPPED | set(_MARKS) | {"br", "table"}


def read(path: str, data: bytes) -> Document:
    """The Document of a web page. Raises FormatError where lxml would silently lose tables."""
    text = decode(lighten(path, data))
    root = _parse(path, text)
    metadata = _metadata(root)
    body = root.find("body")
    page = _Page()
    blocks = page.blocks(body if body is not None else root)
    if saved := _SAVED.search(text[:5000]):
        metadata.setdefault("Url", saved[1])
    return Document(path, "html", tuple(blocks), metadata, tuple(page.notes))


def _parse(path: str, text: str) -> etree._Element:
    text = text.replace("\x00", "")
    check_tags(path, text)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
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


class _Page:
    """Gathers the paragraphs and grids of a page in document order."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._grids = 0

    def blocks(self, top: etree._Element) -> list[Paragraph | Grid]:
        """What an element prints; its tables that are grids get another tag on the way."""
        grids = [self._grid(table) for table in _outer_grids(top)]
        text, *behind = str(_as_text()(top)).split(_PLACE)
        found: list[Paragraph | Grid] = [*_paragraphs(text)]
        for grid, text in zip(grids, behind, strict=True):
            found += (*grid, *_paragraphs(text))
        return found

    def _grid(self, table: etree._Element) -> list[Paragraph | Grid]:
        """A table, and behind it what is printed in the tables inside it."""
        self._grids += 1
        number = self._grids
        cells, cut = _grid(table)
        if cut:
            self.notes.append(
                Note(
                    f"a table larger than {MAX_ROWS} x {MAX_COLUMNS} was cut",
                    f"table {number}",
                    "No statutory table is so large; if this one is, split it.",
                )
            )
        found: list[Paragraph | Grid] = []
        if any(cell.text for cell in cells):
            found.append(Grid(number, tuple(cells)))
        for inner in _inner_tables(table):
            found += self.blocks(inner)
        table.tag = _HERE
        return found


@cache
def _as_text() -> etree.XSLT:
    return etree.XSLT(etree.XML(_TEXT))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line) for part in text.split(_EDGE) if (line := " ".join(part.split())))


def _outer_grids(top: etree._Element) -> Iterator[etree._Element]:
    """The tables of an element that are grids, without those inside others."""
    inside, own = set[etree._Element](), _skipped_above(top)
    for table in list(top.iter("table")):
        if table in inside or _skipped_above(table) > own or _is_layout(table):
            continue
        inside.update(table.iter("table"))
        yield table


def _skipped_above(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors(*_SKIPPED))


def _inner_tables(table: etree._Element) -> list[etree._Element]:
    """The tables directly inside this one (not those inside them)."""
    return [
        inner
        for inner in table.iter("table")
        if inner is not table and next(inner.iterancestors("table")) is table
    ]


def _rows(table: etree._Element) -> list[etree._Element]:
    rows = list(table.iter("tr"))
    if table.find(".//table") is None:
        return rows
    return [row for row in rows if next(row.iterancestors("table"), None) is table]


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page: one column, or little beside inner tables."""
    rows = _rows(table)
    if all(len(row) <= 1 or _width(row) <= 1 for row in rows[:MAX_ROWS]):
        return True
    if table.find(".//table") is None:
        return False
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    own = [cell for cell in cells if cell.find(".//table") is None]
    return len(own) < 8


def _width(row: etree._Element) -> int:
    return sum(1 for cell in row if cell.tag in ("td", "th"))


def _grid(table: etree._Element) -> tuple[list[Cell], bool]:
    """The cells of a table at their true rows and columns, and whether it was cut."""
    taken: set[tuple[int, int]] = set()  # by cells that reach down from the rows above
    cells: list[Cell] = []
    rows = _rows(table)
    cut, last = len(rows) > MAX_ROWS, min(len(rows), MAX_ROWS)
    for row, node in enumerate(rows[:MAX_ROWS]):
        column = 0
        for item in node.iterchildren("td", "th"):
            while taken and (row, column) in taken:
                column += 1
            if column >= MAX_COLUMNS:
                cut = True
                break
            wide, high = item.get("colspan"), item.get("rowspan")
            width = min(_span(wide, 1), MAX_SPAN, MAX_COLUMNS - column) if wide else 1
            height = min(_span(high, 0) or MAX_ROWS, last - row) if high else 1
            if height > 1:
                below = range(row + 1, row + height)
                taken.update((i, column + j) for i in below for j in range(width))
            cells.append(Cell(_cell_text(item), row, column, height, width))
            column += width
    return cells, cut


def _span(printed: str, least: int) -> int:
    """What `colspan` or `rowspan` says; 1 where it says nothing."""
    digits = _DIGITS.match(printed)
    return max(int(digits[1]), least) if digits else 1


def _cell_text(cell: etree._Element) -> str:
    """The text of a cell, a line a block; tables inside it are left to themselves."""
    sole = _sole(cell)
    if not len(sole):
        return " ".join((sole.text or "").split())
    parts = [cell.text or ""]
    stack: list[tuple[Iterator[etree._Element], str]] = [(iter(cell), "")]
    while stack:
        node = next(stack[-1][0], None)
        if node is None:
            parts.append(stack.pop()[1])
            continue
        tag, tail = node.tag, node.tail or ""
        if tag in _SKIPPED or tag == "table" or _is_hidden(node):
            parts.append(tail)
            continue
        edge = _LINE if tag in _BLOCKS else _MARKS.get(tag, "")
        parts += (edge, node.text or "")
        if len(node):
            stack.append((iter(node), edge + tail))
        else:
            parts += (edge, tail)
    # Source line breaks are spaces in HTML; only tags break a line.
    lines = (" ".join(line.split()) for line in "".join(parts).split(_LINE))
    return "\n".join(line for line in lines if line)


def _sole(cell: etree._Element) -> etree._Element:
    """The innermost element that holds all there is in a cell (most have one <p> or <span>)."""
    node = cell
    while len(node) == 1 and not (node.text and node.text.strip()):
        child = node[0]
        style, tail = child.get("style"), child.tail
        if child.tag in _SPECIAL or (tail and tail.strip()):
            return cell
        if style and _HIDDEN.search(style):
            return cell
        node = child
    return node


def _is_hidden(node: etree._Element) -> bool:
    style = node.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.findtext(".//title")
    if title and title.strip():
        found["title"] = " ".join(title.split())
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name and (meta.get("content") or "").strip():
            found.setdefault(name, (meta.get("content") or "").strip())
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found.setdefault("canonical", (link.get("href") or "").strip())
    return found
