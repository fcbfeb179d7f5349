"""Tables on slides: rows as high as their text, continued where a page is full."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..charts import style
from .deck import TABLE, Deck, Page, fill, new_page, put_footer, put_lead
from .lettering import LINE, A, balanced, emu, lines, parted, rgb, text_width, write
from .words import say

_HEAD = "#EFEFEF"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own "No Style, No Grid"
BOLD = 1.08  # times as wide as other text
_SIGNS = 4  # Chinese characters on a line at least
_HEADING = 6  # signs of a heading on one line
_BREAKS = re.compile(r"\s+|(?<=[a-z]-)")
_WORD = 16  # characters: a longer one may be broken
_SURE = 1.1  # times: in some typefaces figures are wider than is estimated
_NAMES = 0.6  # the part of the room that names want beyond which figures go first
_MOST_PAGES = 12  # of one table; a workbook is the place for more
_ASIDE, _ABOVE = 5.0, 2.5  # points around the text of a cell


class Sheet(NamedTuple):
    """A table: headings, rows of text, the parts in which its columns share spare room, which of
    them are numbers, and their widths where these are settled."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: Sequence[int] = ()
    settled: Sequence[float] = ()

    def is_tight(self, width: float, size: float, aside: float) -> bool:
        """Whether there is no room for every text on one line."""
        texts = zip(self.header, *self.rows, strict=True)
        return sum(_line(one, size, size) + 2 * aside + 2 for one in texts) > width

    def across(
        self, width: float, size: float = TABLE, aside: float = _ASIDE, head: float = TABLE
    ) -> list[float]:
        """The width of each column: what its words and figures need, then what its texts would
        take on one line, then its part of what is left. `head` is the size of the headings."""
        if self.settled:
            return list(self.settled)
        texts = list(zip(self.header, *self.rows, strict=True))
        around = 2 * aside + 2
        least = [_least(one, size, head) + around for one in texts]
        left = width - sum(least)
        if left < 0:
            return _fitted(least, width)
        more = [
            _line(one, size, head) + around - low for one, low in zip(texts, least, strict=True)
        ]
        figures = [one if i in self.numbers else 0.0 for i, one in enumerate(more)]
        names = [0.0 if i in self.numbers else one for i, one in enumerate(more)]
        # A figure and its share stand on two lines where names need the room.
        first = left - sum(figures) >= sum(names) * _NAMES
        across = least
        for wanted in (figures, names) if first else (names, figures):
            given = _fitted(wanted, left)
            across = [one + extra for one, extra in zip(across, given, strict=True)]
            left -= sum(given)
        parts = zip(across, self.widths, strict=True)
        return [one + left * part / sum(self.widths) for one, part in parts]

    def heights(self, width: float) -> list[float]:
        """The height of the header and of each row."""
        across = self.across(width)
        head = _height(self.header, across, TABLE * BOLD)
        return [head, *(_height(row, across, TABLE) for row in self.rows)]


def _fitted(wanted: list[float], width: float) -> list[float]:
    """What each column gets of a width: all it wants, but the widest are cut back until all fit."""
    cut, room, many = sorted(wanted), width, len(wanted)
    while cut and cut[0] <= room / many:
        room, many = room - cut.pop(0), many - 1
    most = room / many if many else width
    return [min(one, most) for one in wanted]


def _least(texts: Sequence[str], size: float, headed: float) -> float:
    """The room that no word of a column is broken in, nor its heading in more than three lines or
    within a short part of it."""
    head, *rest = texts
    parts = [len(part) for part in parted(head)]
    whole = [one if one <= _HEADING else -(-one // 2) for one in parts if len(parts) > 1]
    signs = max(2, -(-len(head) // 3), *whole) + (0.3 if whole else 0)
    longest = _longest_word(head, headed * BOLD, signs)
    return max([longest, *(_longest_word(text, size, _SIGNS) for text in rest)])


def _longest_word(text: str, size: float, signs: float) -> float:
    """The room that the longest word takes; Chinese breaks anywhere, but not after each sign."""
    words = [word for word in _BREAKS.split(text) if len(word) < _WORD and not _is_wide(word)]
    wide = min(text_width(text, size), signs * size) if _is_wide(text) else 0.0
    return max([wide, *(text_width(word, size) * _SURE for word in words)])


def _is_wide(text: str) -> bool:
    """Whether it has Chinese, which may be broken after any sign."""
    return any(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def _line(texts: Sequence[str], size: float, headed: float) -> float:
    """The room that the texts of a column take on one line; a long heading may take two."""
    head = text_width(texts[0], headed * BOLD)
    head *= 1.0 if head < _HEADING * headed else 0.6
    return max(
        [head, _least(texts, size, headed), *(text_width(text, size) * _SURE for text in texts[1:])]
    )


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
        put_table(page, sheet._replace(rows=rows, settled=sheet.across(page.width)))


def _split(deck: Deck, sheet: Sheet, footer: Sequence[str], lead: str) -> list[list[Sequence[str]]]:
    """The rows page by page, by the room that lead and footer leave; no page with a few only."""
    width = deck.size[0] - 88
    taken = sum(lines(text, width - 30, 9) * 9 * LINE for text in footer if text)
    taken += lines(lead, width, 15) * 15 * LINE + 6 if lead else 0
    head, *heights = sheet.heights(width)
    room = deck.room - taken - 4 - head
    pages = fill(heights, room)
    while len(pages) > 1 and sum(heights[i] for i in pages[-1]) < room / 3:
        room -= max(heights)
        even = fill(heights, room)
        if len(even) > len(pages):
            break
        pages = even
    return [[sheet.rows[i] for i in page] for page in pages]


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
            room = table.columns[j].width / emu(1) - 2 * _ASIDE
            parts = [text] if i else balanced(text, room, TABLE * BOLD)
            _fill(row.cells[j], parts, page.lang, head=i == 0, align=right)
    page.top += sum(heights) + 8


def _fill(cell: Any, parts: Sequence[str], lang: str, *, head: bool, align: str) -> None:
    from pptx.enum.text import MSO_ANCHOR

    written = [[(text, TABLE, style.INK, head)] for text in parts]
    write(cell.text_frame, written, lang, align=align)
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
