"""A printed table built anew as HTML: every text escaped, nothing of the original page but text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from .document import Cell, Grid

MOST_ROWS = 45  # of a table: the largest statutory one has 30
AROUND = 8  # lines of a text shown before and behind the marked one
LONGEST = 160  # characters of a cell
_TABLE = "border-collapse:collapse;font-size:12px;line-height:1.35;background:#fff;color:#222"
_CELL = "border:1px solid #b5b5b5;padding:2px 6px;vertical-align:middle;max-width:18em"
_LINE = "padding:1px 8px;vertical-align:top"
MARK = "background:#ffd54d;outline:2px solid #c4500c;font-weight:bold"


def facsimile(grid: Grid, marked: Collection[Cell]) -> str:
    """The table of a grid with the `marked` cells highlighted, as HTML that is safe to show.

    A text whose tables lost their lines is shown line by line, with the numbers of its lines.
    """
    found = {id(cell) for cell in marked}
    if grid.lines and not grid.ruled:
        return _table(_lines(grid, found))
    rows = grid.rows()
    first = next((i for i, row in enumerate(rows) if any(id(c) in found for c in row)), 0)
    start = max(0, min(first - MOST_ROWS // 2, len(rows) - MOST_ROWS))
    return _table(_row(row, found) for row in rows[start : start + MOST_ROWS])


def _table(rows: Iterable[str]) -> str:
    return f'<table style="{_TABLE}"><tbody>{"".join(rows)}</tbody></table>'


def _row(cells: list[Cell], marked: set[int]) -> str:
    return f"<tr>{''.join(_cell(cell, id(cell) in marked) for cell in cells)}</tr>"


def _cell(cell: Cell, marked: bool) -> str:
    spans = f' rowspan="{cell.rowspan:d}"' if cell.rowspan > 1 else ""
    spans += f' colspan="{cell.colspan:d}"' if cell.colspan > 1 else ""
    look, name = (f"{_CELL};{MARK}", ' class="gx-mark"') if marked else (_CELL, "")
    return f'<td{spans}{name} style="{look}">{_text(cell)}</td>'


def _text(cell: Cell) -> str:
    text = cell.text if len(cell.text) <= LONGEST else f"{cell.text[: LONGEST - 1]}…"
    return escape(text).replace("\n", "<br>")


def _lines(grid: Grid, marked: set[int]) -> Iterable[str]:
    """The lines around the marked one: their number, and their cells side by side."""
    here = {line for cell, line in zip(grid.cells, grid.lines, strict=True) if id(cell) in marked}
    shown: dict[int, list[Cell]] = {}
    for cell, line in zip(grid.cells, grid.lines, strict=True):
        if any(abs(line - other) <= AROUND for other in here):
            shown.setdefault(line, []).append(cell)
    for line, cells in shown.items():
        texts = (
            f'<span class="gx-mark" style="{MARK}">{_text(cell)}</span>'
            if id(cell) in marked
            else f"<span>{_text(cell)}</span>"
            for cell in cells
        )
        yield (
            f'<tr><td style="{_LINE};color:#737373;text-align:right">{line:d}</td>'
            f'<td style="{_LINE}">{"&emsp;".join(texts)}</td></tr>'
        )
