"""The press for scans: the form drawn on pages of paper, as a scanner or a fax would leave them."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.press_layout import Box, Laid, lay_tables
from tests.press_sheet import Sheet

DPI = 200
PAPER = (8.27, 11.69)  # inches: A4
MARGIN = 0.7
POINTS = 9
FIGURE, GROUP = 0.5, 0.55  # inches: the width of a column of figures, and of group headings


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # Found without importing: zhplot changes matplotlib's settings when it is loaded.
    spec = importlib.util.find_spec("zhplot")
    assert spec is not None and spec.origin is not None
    (file,) = Path(spec.origin).parent.rglob("NotoSansSC-Regular.ttf")
    return ImageFont.truetype(str(file), size)


class Page:
    """One sheet of paper, drawn from top to bottom."""

    def __init__(self, dpi: int = DPI) -> None:
        self.dpi = dpi
        self.picture = Image.new("L", (round(PAPER[0] * dpi), round(PAPER[1] * dpi)), 255)
        self.pen = ImageDraw.Draw(self.picture)
        self.left = round(MARGIN * dpi)
        self.y = self.left
        self.size = round(POINTS * dpi / 72)
        self.step = round(1.4 * self.size)

    @property
    def width(self) -> int:
        return self.picture.width - 2 * self.left

    def line(self, text: str, large: float = 1.2) -> None:
        font = _font(round(large * self.size))
        self.pen.text((self.left, self.y), text, 0, font)
        self.y += round(large * self.step) + self.step // 3

    def table(self, laid: Laid) -> None:
        """A ruled table; labels are broken over lines, figures stand in the middle."""
        xs = self._columns(laid)
        texts = {id(box): self._wrapped(box, xs) for box in laid.boxes}
        ys = self._rows(laid, texts)
        thick = max(self.dpi // 100, 1)
        for box in laid.boxes:
            left, right = xs[box.column], xs[box.column + box.width]
            top, bottom = ys[box.row], ys[box.row + box.height]
            self.pen.rectangle((left, top, right, bottom), outline=0, width=thick)
            lines = texts[id(box)]
            y = (top + bottom - len(lines) * self.step) // 2
            for number, line in enumerate(lines):
                x = (left + right - _font(self.size).getlength(line)) // 2
                self.pen.text((x, y + number * self.step), line, 0, _font(self.size))
        self.y = ys[-1] + self.step

    def _columns(self, laid: Laid) -> list[int]:
        """The sides of the columns: narrow for figures and groups, the rest for labels."""
        figures = {box.column for box in laid.boxes if box.figure and box.width == 1}
        labels = sorted(set(range(laid.width)) - figures)
        if not labels:
            return [self.left + round(self.width * n / laid.width) for n in range(laid.width + 1)]
        share = dict.fromkeys(figures, FIGURE * self.dpi) | dict.fromkeys(labels, GROUP * self.dpi)
        share[labels[-1]] += self.width - sum(share.values())
        return [
            self.left + round(sum(share[n] for n in range(end))) for end in range(laid.width + 1)
        ]

    def _wrapped(self, box: Box, xs: Sequence[int]) -> list[str]:
        room = xs[box.column + box.width] - xs[box.column] - self.size
        lines = [""]
        for char in box.text.replace("\n", ""):
            if _font(self.size).getlength(lines[-1] + char) > room and not box.figure:
                lines.append("")
            lines[-1] += char
        return lines

    def _rows(self, laid: Laid, texts: dict[int, list[str]]) -> list[int]:
        heights = [round(1.7 * self.step)] * laid.height
        for box in sorted(laid.boxes, key=lambda box: box.height):
            rows = range(box.row, box.row + box.height)
            lacking = (len(texts[id(box)]) + 0.6) * self.step - sum(heights[row] for row in rows)
            heights[rows[-1]] += max(round(lacking), 0)
        return [self.y + sum(heights[:row]) for row in range(laid.height + 1)]


def print_scan(
    sheet: Sheet,
    dpi: int = DPI,
    only: Sequence[int] | None = None,
    noise: float = 0,
    slant: float = 0,
) -> list[Image.Image]:
    """The sheet on paper, a page a table, the title on the first."""
    pages = []
    tables = {laid.section: laid for laid in lay_tables(sheet)}
    for number, label in sheet.headings():
        if number in tables and (only is None or number in only):
            page = Page(dpi)
            if not pages:
                page.line(sheet.heading)
            page.line(label.printed)
            page.table(tables[number])
            pages.append(_spoiled(page.picture, noise, slant))
    return pages


def _spoiled(picture: Image.Image, noise: float, slant: float) -> Image.Image:
    """The page as a worn scanner sees it: oblique, grey, with grain."""
    if slant:
        picture = picture.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
    if not noise:
        return picture
    grain = np.random.default_rng(1).normal(0, noise, (picture.height, picture.width))
    seen = 235 - (255 - np.asarray(picture, dtype=float)) * 0.75 + grain
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


def save(pages: Sequence[Image.Image], format: str = "PDF", dpi: int = DPI) -> bytes:
    """The pages as one file."""
    target = io.BytesIO()
    first, *others = pages
    more = {"save_all": True, "append_images": others} if format in ("PDF", "TIFF") else {}
    first.save(target, format, resolution=dpi, **more)
    return target.getvalue()
