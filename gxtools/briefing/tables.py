"""Tables on slides: rows as high as their text, continued where a page is full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..charts import style
from .deck import TABLE, Deck, Page, new_page, put_footer, put_lead
from .lettering import LINE, A, emu, lines, rgb, text_width, write
from .words import say

_HEAD = "#EFEFEF"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own "No Style, No Grid"
_BOLD = 1.08  # times as wide as other text
_SIGNS = 4  # Chinese characters on a line at least
_MOST_PAGES = 12  # of one table; a workbook is the place for more
_ASIDE, _ABOVE = 5.0, 2.5  # points around the text of a cell


class Sheet(NamedTuple):
    """A table: headings, rows of text, the widths of its columns in parts, and which columns are
    numbers."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: Sequence[int] = ()

    def across(self, width: float, size: float = TABLE, aside: float = _ASIDE) -> list[float]:
        """The width of each column: its part of the whole, but no word in it broken."""
        columns = zip(self.header, *self.rows, strict=True)
        least = [
            min(max(_longest_word(text, size, aside) for text in column), width / 5)
            for column in columns
        ]
        wanted = [width * part / sum(self.widths) for part in self.widths]
        spare = [max(part - low, 0) for part, low in zip(wanted, least, strict=True)]
        left = width - sum(least)
        if left < 0:
            return _fitted(least, width)
        if not any(spare):
            return wanted
        return [low + left * more / sum(spare) for low, more in zip(least, spare, strict=True)]

    def heights(self, width: float) -> list[float]:
        """The height of the header and of each row."""
        across = self.across(width)
        head = _height(self.header, across, TABLE * _BOLD)
        return [head, *(_height(row, across, TABLE) for row in self.rows)]


def _fitted(least: list[float], width: float) -> list[float]:
    """The widths, the widest of them cut back until all fit: a year stays whole."""
    most = max(least)
    while sum(min(low, most) for low in least) > width:
        most *= 0.98
    return [min(low, most) for low in least]


def _longest_word(text: str, size: float, aside: float) -> float:
    """The room that the longest word takes; Chinese breaks anywhere, but not after each sign."""
    words = [word for word in text.split() if word.isascii() and len(word) < 16]
    wide = 0.0 if text.isascii() else min(text_width(text, size), _SIGNS * size)
    return max((text_width(word, size * _BOLD) for word in words), default=wide) + 2 * aside + 2


def _height(row: Sequence[str], across: Sequence[float], size: float) -> float:
    most = max(lines(text, w - 2 * _ASIDE, size) for text, w in zip(row, across, strict=True))
    return most * TABLE * LINE + 2 * _ABOVE


def put_pages(
    deck: Deck,
    title: str,
    sheet: Sheet,
    footer: Sequence[str],
    lead: str = "",
    most: int = _MOST_PAGES,
) -> None:
    """The table on as many pages as it needs, `most` of them, each with header, lead and footer."""
    pages = _split(deck, sheet, footer, lead)
    beyond = sum(len(rows) for rows in pages[most:])
    pages = pages[:most]
    footer = [*footer, say("rest_of_table", deck.lang, n=beyond)] if beyond else footer
    for number, rows in enumerate(pages, start=1):
        count = say("page", deck.lang, page=number, pages=len(pages)) if len(pages) > 1 else ""
        page = new_page(deck, title + count)
        if lead:
            put_lead(page, lead)
        put_footer(page, footer)
        put_table(page, sheet._replace(rows=rows, widths=sheet.across(page.width)))


def _split(deck: Deck, sheet: Sheet, footer: Sequence[str], lead: str) -> list[list[Sequence[str]]]:
    """The rows page by page, by the room that lead and footer leave."""
    width = deck.size[0] - 88
    taken = sum(lines(text, width - 30, 9) * 9 * LINE for text in footer if text)
    taken += lines(lead, width, 15) * 15 * LINE + 6 if lead else 0
    room = deck.room - taken - 4
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


def room_below(page: Page, sheet: Sheet, chart: float) -> float:
    """What a table under a chart of at least `chart` points takes; 0 where it has no room there."""
    below = sum(sheet.heights(page.width)) + 10
    return below if below + chart <= page.height else 0.0


def put_below(deck: Deck, page: Page, sheet: Sheet, below: float) -> None:
    """The table under the chart, or on a page of its own where it had no room."""
    if below:
        put_table(page, sheet)
    else:
        put_pages(deck, page.title, sheet, [say("dash", deck.lang)])


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
