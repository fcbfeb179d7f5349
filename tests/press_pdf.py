"""The press for PDF: the form set on pages as Word, a browser or an old print server sets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.press_layout import Box, Laid, lay_tables
from tests.press_noise import BREADCRUMB, CLEAN, FOOTER, Noise, spoil_label
from tests.press_sheet import Sheet
from tests.typeset import HEIGHT, WIDTH, typeset
from tests.typeset import Sheet as Page

MARGIN, SIZE, STEP = 40, 7, 9  # points: of the page, of a character, from line to line
FIGURE, GROUP = 42, 48  # points: the width of a column of figures, and of group headings
# Radicals that look like these characters: what a browser prints for them.
_KANGXI = str.maketrans("一二人行立自日月用示", "⼀⼆⼈⾏⽴⾃⽇⽉⽤⽰")


@dataclass(frozen=True)
class Setting:
    """What the way to PDF does to a report, and not to its figures.

    room: points of a page that are used, so that tables break, in the middle of labels too. closed:
    a ruling ends the table where the page ends. ruled: rulings are drawn. apart: each digit is set
    by itself with a space behind it. radicals: characters as Kangxi radicals. rotate: the page is
    stored turned.
    """

    room: int = HEIGHT - 2 * MARGIN
    closed: bool = True
    ruled: bool = True
    apart: bool = False
    radicals: bool = False
    rotate: int = 0


PLAIN = Setting()


class _Roll:
    """An endless page, cut into pages when all is drawn."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.y = 0.0
        self.texts: list[tuple[float, float, str, float]] = []
        self.rulings: list[tuple[float, float, float, float]] = []

    def line(self, text: str, size: float = SIZE) -> None:
        per_line = int((WIDTH - 2 * MARGIN) / size)
        for start in range(0, len(text), per_line):
            self.texts.append((MARGIN, self.y + STEP / 2, text[start : start + per_line], size))
            self.y += STEP
        self.y += STEP / 2

    def table(self, laid: Laid) -> None:
        """Labels are broken over lines, figures stand in the middle of their cells."""
        xs = _columns(laid)
        texts = {id(box): _wrapped(box, xs) for box in laid.boxes}
        ys = _rows(laid, texts, self.y)
        for box in laid.boxes:
            left, right = xs[box.column], xs[box.column + box.width]
            top, bottom = ys[box.row], ys[box.row + box.height]
            if self.setting.ruled:
                self.rulings += [
                    (left, top, right, top),
                    (left, bottom, right, bottom),
                    (left, top, left, bottom),
                    (right, top, right, bottom),
                ]
            lines = texts[id(box)]
            middle = (top + bottom - STEP * len(lines)) / 2 + STEP / 2
            for number, line in enumerate(lines):
                self.texts.append((left + 3, middle + STEP * number, line, SIZE))
        self.y = ys[-1] + STEP

    def pages(self) -> list[Page]:
        room = self.setting.room
        return [self._page(start, start + room) for start in range(0, int(self.y) + 1, room)]

    def _page(self, start: float, end: float) -> Page:
        page = Page(rotate=self.setting.rotate)
        for x, y, text, size in self.texts:
            if start <= y < end:
                self._set(page, x, y - start + MARGIN + 0.35 * size, text, size)
        for x0, y0, x1, y1 in self.rulings:
            top, bottom = max(y0, start), min(y1, end)
            if (y0 == y1 and start <= y0 < end) or (y0 < y1 and top < bottom):
                page.line(x0, top - start + MARGIN, x1, bottom - start + MARGIN)
            if self.setting.closed and x0 != x1:
                continue
        if self.setting.closed:
            for x0, y0, x1, y1 in self._cut(start, end):
                page.line(x0, y0 - start + MARGIN, x1, y1 - start + MARGIN)
        return page

    def _cut(self, start: float, end: float) -> list[tuple[float, float, float, float]]:
        """The rulings along the ends of the page where they cut a table."""
        found = []
        for edge in (start, end):
            across = sorted(x0 for x0, y0, x1, y1 in self.rulings if x0 == x1 and y0 < edge < y1)
            found += [(across[0], edge, across[-1], edge)] if across else []
        return found

    def _set(self, page: Page, x: float, y: float, text: str, size: float) -> None:
        if self.setting.radicals:
            text = text.translate(_KANGXI)
        if not self.setting.apart or not text.isdigit():
            page.text(x, y, text, size)
            return
        for number, digit in enumerate(text):
            page.text(x + 0.55 * size * number, y, f"{digit} ", size)


def print_pdf(sheet: Sheet, noise: Noise | None = None, setting: Setting = PLAIN) -> bytes:
    """The sheet as a PDF with its text in it; tables follow one another over the pages."""
    noise, roll = noise or CLEAN, _Roll(setting)
    if noise.furniture:
        roll.line(BREADCRUMB)
    roll.line(sheet.heading, 1.4 * SIZE)
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    for number, label in sheet.headings():
        roll.line(spoil_label(label.printed, noise).replace("\n", ""))
        for text in sheet.sections.get(number, "").splitlines():
            roll.line(text)
        if number in tables:
            roll.table(tables[number])
    if noise.furniture:
        roll.line(FOOTER)
    return typeset(*roll.pages(), title=sheet.heading)


def _columns(laid: Laid) -> list[float]:
    """The sides of the columns: narrow for figures and groups, the rest for labels."""
    wide = WIDTH - 2 * MARGIN
    figures = {box.column for box in laid.boxes if box.figure and box.width == 1}
    labels = sorted(set(range(laid.width)) - figures)
    if not labels or len(figures) * FIGURE + len(labels) * GROUP > wide:
        return [MARGIN + wide * n / laid.width for n in range(laid.width + 1)]
    share = dict.fromkeys(figures, FIGURE) | dict.fromkeys(labels, GROUP)
    share[labels[-1]] += wide - sum(share.values())
    return [MARGIN + sum(share[n] for n in range(end)) for end in range(laid.width + 1)]


def _wrapped(box: Box, xs: Sequence[float]) -> list[str]:
    room = xs[box.column + box.width] - xs[box.column] - 6
    lines = []
    for part in box.text.split("\n"):
        line = ""
        for char in part:
            if not box.figure and _long(line + char) > room:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def _long(text: str) -> float:
    return sum(SIZE if ord(char) > 0x7E else SIZE / 2 for char in text)


def _rows(laid: Laid, texts: dict[int, list[str]], top: float) -> list[float]:
    heights = [1.6 * STEP] * laid.height
    for box in sorted(laid.boxes, key=lambda box: box.height):
        rows = range(box.row, box.row + box.height)
        lacking = (len(texts[id(box)]) + 0.6) * STEP - sum(heights[row] for row in rows)
        heights[rows[-1]] += max(lacking, 0)
    return [top + sum(heights[:row]) for row in range(laid.height + 1)]
