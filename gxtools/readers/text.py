"""Plain text and Markdown -> Document: tables that lost their lines, in layouts seen on real pages.

One cell a line ending ` |`; one row a line with pipes; Markdown tables, whose columns are true if
every row is as wide; everything else is a paragraph (a label followed by its numbers stays one
line, for recognition to part).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..document import Cell, Document, Grid, Paragraph
from ..text import number as read_number
from .encoding import decode
from .extent import check_bars, lighten

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_PIPES = re.compile(r"^[|\s]*\|[|\s]*$")
_META = re.compile(r"^\s*[-*]?\s*([\w ]{2,8}?)\s*[:：]\s*(.*)$")
_FIGURE = re.compile(r"^[\d.,+/\-—－％%]+$")


@dataclass
class _Table:
    """Cells gathered from consecutive lines with pipes."""

    rows: list[list[tuple[str, int]]] = field(default_factory=list)
    flowing: bool = False  # the last row is still open: one cell a line
    marked: bool = False  # Markdown: a rule under the headings

    def cell(self, text: str, line: int) -> None:
        if not self.flowing:
            self.rows.append([])
            self.flowing = True
        self.rows[-1].append((text, line))

    def row(self, texts: list[str], line: int) -> None:
        self.rows.append([(text, line) for text in texts])
        self.flowing = False


def read(path: str, data: bytes) -> Document:
    """The Document of a plain text or Markdown file; Grid columns are only the cells' order."""
    text = decode(lighten(path, data)).replace("\r\n", "\n").replace("\r", "\n")
    check_bars(path, text)
    lines = text.split("\n")
    blocks: list[Paragraph | Grid] = []
    table = _Table()
    for number, line in enumerate(lines, 1):
        if not _add(table, blocks, line.strip(), number):
            _close(table, blocks)
            table = _Table()
            text = line.strip().lstrip("#").strip()
            if text:
                blocks.append(Paragraph(text, line=number))
    _close(table, blocks)
    return Document(path, "text", tuple(blocks), _metadata(blocks))


def _add(table: _Table, blocks: list[Paragraph | Grid], line: str, number: int) -> bool:
    """Add a line to the open table; False where it is no part of one."""
    if not line:
        return bool(table.rows)  # a blank line inside a flowing table parts nothing
    if _RULE.match(line):
        table.marked = True
        return True
    if _PIPES.match(line):
        _add_pipes(table, blocks, line.count("|"), number)
    elif line.startswith("|") and line.count("|") > 1:
        _add_row(table, line[1:], number)
    elif line.endswith("|") and line.count("|") == 1:
        table.cell(line[:-1].strip(), number)
    elif "|" in line:
        _add_row(table, line, number)
    elif table.flowing and _FIGURE.match(line):
        table.cell(line, number)  # the last cell of a table stands without its pipe
    else:
        return False
    return True


def _add_row(table: _Table, line: str, number: int) -> None:
    """A row on a line: `label | 16 | 1 |`, `caption | |||` (a closing pipe ends the last cell)."""
    parts = [part.strip() for part in line.split("|")]
    if line.endswith("|"):
        parts.pop()
    table.row(parts, number)


def _add_pipes(table: _Table, blocks: list[Paragraph | Grid], count: int, number: int) -> None:
    """A line of pipes only: each ends one empty cell, or the first ends the line above."""
    above = blocks[-1] if blocks else None
    if not table.rows and isinstance(above, Paragraph) and above.line == number - 1:
        blocks.pop()
        table.cell(above.text, number - 1)
        count -= 1
    for _ in range(count):
        table.cell("", number)


def _close(table: _Table, blocks: list[Paragraph | Grid]) -> None:
    if not any(text for row in table.rows for text, _ in row):
        return
    number = sum(isinstance(block, Grid) for block in blocks) + 1
    placed = [
        (Cell(text, index, column), line)
        for index, row in enumerate(table.rows)
        for column, (text, line) in enumerate(row)
    ]
    cells, lines = tuple(cell for cell, _ in placed), tuple(line for _, line in placed)
    texts = [[text for text, _ in row] for row in table.rows]
    blocks.append(Grid(number, cells, ruled=table.marked and _are_true(texts), lines=lines))


def _are_true(rows: list[list[str]]) -> bool:
    """Whether the columns of a Markdown table are true ones: every row as wide, and no row of
    figures shorter than its headings.

    A converter that loses a blank cell fills the row up at its end: the figures then stand one
    column too far to the left, and their column says nothing.
    """
    widths = {len(row) for row in rows}
    if len(widths) != 1 or widths == {1}:
        return False
    known, heading = widths, 0  # the lengths of headings; that of those above the next figures
    for row in rows:
        if not any(read_number(text).kind == "number" for text in row):
            heading = max(heading, _length(row))
            continue
        known.add(heading)
        heading = 0
        if _length(row) not in known:
            return False
    return True


def _length(row: list[str]) -> int:
    """The number of cells up to the last one that is not blank."""
    return max((place for place, text in enumerate(row, 1) if text), default=0)


def _metadata(blocks: list[Paragraph | Grid]) -> dict[str, str]:
    """`标题: ...` lines at the head of the text."""
    found: dict[str, str] = {}
    for block in blocks[:12]:
        match = _META.match(block.text) if isinstance(block, Paragraph) else None
        if match and match[2]:
            found.setdefault(match[1].replace(" ", ""), match[2].strip())
    return found
