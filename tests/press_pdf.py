"""The press for PDF: each table ruled on a page as large as it needs, every label on one line."""

from __future__ import annotations

from itertools import accumulate

from tests.press_layout import Laid, lay_tables
from tests.press_noise import CLEAN, Noise, spoil_label
from tests.press_sheet import Sheet
from tests.typeset import Sheet as Page
from tests.typeset import typeset

SIZE, ROW, TOP, LEFT = 6, 20, 80, 40  # points
_NARROW = 40


def print_pdf(sheet: Sheet, noise: Noise | None = None) -> bytes:
    """The sheet as a PDF: a page for each section. The characters stand in it as they are."""
    noise = noise or CLEAN
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    pages = []
    for number, label in sheet.headings():
        heading = spoil_label(label.printed, noise).replace("\n", "")
        pages.append(
            _page([sheet.heading, heading] if not pages else [heading], tables.get(number))
        )
    return typeset(*pages, title=sheet.heading)


def _page(lines: list[str], laid: Laid | None) -> Page:
    sides = [LEFT] if laid is None else _sides(laid)
    height = 0 if laid is None else ROW * laid.height
    page = Page(max(595, sides[-1] + LEFT), max(842, TOP + height + LEFT))
    for number, line in enumerate(lines):
        page.text(LEFT, LEFT + ROW * number, line)
    for box in () if laid is None else laid.boxes:
        x0, x1 = sides[box.column], sides[min(box.column + box.width, len(sides) - 1)]
        y0 = TOP + ROW * box.row
        page.box(x0, y0, x1, y0 + ROW * box.height)
        if text := " ".join(box.text.split()):
            page.text(x0 + 4, y0 + 14, text, SIZE)
    return page


def _sides(laid: Laid) -> list[int]:
    """Where the columns begin, and the last one ends."""
    widths = [_NARROW] * laid.width
    for box in laid.boxes:
        if box.width == 1 and box.column < laid.width:
            widths[box.column] = max(widths[box.column], SIZE * len(box.text) + 12)
    for box in laid.boxes:
        last = min(box.column + box.width, laid.width) - 1
        lacking = SIZE * len(box.text) + 12 - sum(widths[box.column : last + 1])
        widths[last] += max(lacking, 0)
    return list(accumulate(widths, initial=LEFT))
