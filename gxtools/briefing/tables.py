"""Tables on slides: rows as high as their text, continued where a page is full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..charts import style
from .deck import TABLE, Deck, Page, new_page, put_footer, put_lead
from .lettering import LINE, A, emu, lines, rgb, write
from .words import say

_HEAD = "#EFEFEF"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own "No Style, No Grid"
_MOST_PAGES = 12  # of one table; a workbook is the place for more
_ASIDE, _ABOVE = 5.0, 2.5  # points around the text of a cell


class Sheet(NamedTuple):
    """A table: headings, rows of text, the widths of its columns in parts, and which columns are
    numbers."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: Sequence[int] = ()

    def across(self, width: float) -> list[float]:
        return [width * part / sum(self.widths) for part in self.widths]

    def heights(self, width: float) -> list[float]:
        """The height of the header and of each row."""
        across = self.across(width)
        return [_height(row, across) for row in (self.header, *self.rows)]


def _height(row: Sequence[str], across: Sequence[float]) -> float:
    most = max(lines(text, w - 2 * _ASIDE, TABLE) for text, w in zip(row, across, strict=True))
    return most * TABLE * LINE + 2 * _ABOVE


def put_pages(deck: Deck, title: str, sheet: Sheet, footer: Sequence[str], lead: str = "") -> None:
    """The table on as many pages as it needs, each with the header, the lead and the footer."""
    pages = _split(deck, sheet, footer, lead)
    beyond = sum(len(rows) for rows in pages[_MOST_PAGES:])
    pages = pages[:_MOST_PAGES]
    footer = [*footer, say("rest_of_table", deck.lang, n=beyond)] if beyond else footer
    for number, rows in enumerate(pages, start=1):
        count = say("page", deck.lang, page=number, pages=len(pages)) if len(pages) > 1 else ""
        page = new_page(deck, title + count)
        if lead:
            put_lead(page, lead)
        put_footer(page, footer)
        put_table(page, sheet._replace(rows=rows))


def _split(deck: Deck, sheet: Sheet, footer: Sequence[str], lead: str) -> list[list[Sequence[str]]]:
    """The rows page by page, by the room that lead and footer leave."""
    wide, high = deck.size
    width = wide - 88
    taken = sum(lines(text, width - 30, 9) * 9 * LINE for text in footer if text)
    taken += lines(lead, width, 15) * 15 * LINE + 6 if lead else 0
    room = high - 122 - taken
    head, *heights = sheet.heights(width)
    pages: list[list[Sequence[str]]] = [[]]
    used = head
    for row, height in zip(sheet.rows, heights, strict=True):
        if pages[-1] and used + height > room:
            pages.append([])
            used = head
        pages[-1].append(row)
        used += height
    return pages


def put_table(page: Page, sheet: Sheet) -> None:
    """A native table at the top of the room of the page."""
    heights = sheet.heights(page.width)
    frame = page.slide.shapes.add_table(
        len(sheet.rows) + 1, len(sheet.header), emu(page.left), emu(page.top), emu(page.width),
        emu(sum(heights)),
    )  # fmt: skip
    frame.name = "Table"
    table = frame.table
    table._tbl.tblPr.find(f"{A}tableStyleId").text = _NO_STYLE
    table.horz_banding = False
    for column, width in zip(table.columns, sheet.across(page.width), strict=True):
        column.width = emu(width)
    for i, (row, cells) in enumerate(zip(table.rows, (sheet.header, *sheet.rows), strict=True)):
        row.height = emu(heights[i])
        for j, text in enumerate(cells):
            right = "r" if j in sheet.numbers else "l"
            _fill(row.cells[j], text, page.lang, head=i == 0, align=right)
    page.top += sum(heights) + 8


def _fill(cell: Any, text: str, lang: str, *, head: bool, align: str) -> None:
    from pptx.enum.text import MSO_ANCHOR

    write(cell.text_frame, [[(text, TABLE, style.INK, head)]], lang, align=align)
    cell.margin_left = cell.margin_right = emu(_ASIDE)
    cell.margin_top = cell.margin_bottom = emu(_ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = cell._tc.get_or_add_tcPr()
    below = line.makeelement(f"{A}lnB", {"w": "6350"})
    fill = below.makeelement(f"{A}solidFill", {})
    fill.append(fill.makeelement(f"{A}srgbClr", {"val": style.PALE.lstrip("#")}))
    below.append(fill)
    line.insert(0, below)
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(_HEAD)
