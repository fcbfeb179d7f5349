"""The cells of a table on the picture of a page: what is read in each, and what is doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .ocr import Image, Text, joined, lines_of, opencv, read_lines
from .rulings import Mask, Rectangle, find_ink

# Pixels. Below, a 3 and an 8 look alike: at 100 dpi, where digits are 10 high, errors begin.
SMALLEST_DIGIT = 11
SUREST = 0.5  # the engine's own measure, below which it drops a line of text itself
SPECK = 400_000  # the share of the page that a spot of dirt is smaller than (10 dots of A4)
CLEARANCE = 6  # pixels by which a line of text may reach out of its cell
GAP = 3  # empty rows of pixels that a line of type may have
ENLARGED = 1.5  # the second cut of a cell that the page's own lines of text leave out
DOUBT = "\ufffd"


@dataclass
class Box:
    """One cell of a table on the picture: the lines of text found there, and what is read."""

    place: Rectangle
    texts: list[Text] = field(default_factory=list)
    is_crossed: bool = False  # a line of text reaches from here into other cells
    text: str = ""
    is_small: bool = False

    def take(self, text: Text) -> None:
        """Keep a line of text of the page that stands in the cell, or partly in it."""
        place = self.place
        x, y = (text.left + text.right) / 2, (text.top + text.bottom) / 2
        if not place.top <= y <= place.bottom:
            return
        within = place.left - CLEARANCE <= text.left and text.right <= place.right + CLEARANCE
        if within and place.left <= x <= place.right:
            self.texts.append(text)
        elif text.left < place.right - CLEARANCE and text.right > place.left + CLEARANCE:
            self.is_crossed = True

    @property
    def found(self) -> str:
        """The lines of text of the page that stand in the cell."""
        if self.is_crossed:
            return ""
        return "\n".join(joined(line) for line in lines_of(self.texts))


class Line(NamedTuple):
    """One line of a cell cut out of the page, the height of its ink, and whether that reaches the
    cell's side: part of a digit may lie under the ruling, or beyond."""

    picture: Image
    height: int
    is_cut: bool


def read_cells(page: Image, boxes: Sequence[Box], detail: float = 1.0) -> None:
    """Set the text of each cell: words as found on the page, figures as both readings show them."""
    ink, speck = find_ink(page), page.size // SPECK
    cut = [_lines(page, ink, box.place, speck) for box in boxes]
    figures = [not _has_words(box.found) for box in boxes]
    second = _read([lines if f else [] for lines, f in zip(cut, figures, strict=True)], 1.0)
    alone = [f and not box.found for box, f in zip(boxes, figures, strict=True)]
    third = _read([lines if a else [] for lines, a in zip(cut, alone, strict=True)], ENLARGED)
    for number, (box, lines) in enumerate(zip(boxes, cut, strict=True)):
        one = box.found or third[number][0]
        if not lines:
            box.text = f"{one} ≠ " if one else ""
        elif not figures[number]:
            box.text = one
        else:
            box.text = _agreed(one, *second[number])
            if any(map(str.isdigit, box.text)):
                box.is_small = detail * min(line.height for line in lines) < SMALLEST_DIGIT
                is_cut = any(line.is_cut for line in lines)
                box.text += f" ≠ {DOUBT}" if box.is_small or is_cut else ""


def _agreed(one: str, two: str, sure: float) -> str:
    """What two readings of one cell show; something is printed there."""
    if not one and not two:
        return DOUBT
    if _has_words(two):
        return two
    if _plain(one) != _plain(two):
        return f"{one} ≠ {two}"
    return two if sure >= SUREST else f"{two} ≠ {DOUBT}"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _has_words(text: str) -> bool:
    """Whether a text is a label or a remark: it has a letter beside what OCR takes digits for."""
    return sum(char.isalpha() for char in text) > 1


def _read(cells: list[list[Line]], scale: float) -> list[tuple[str, float]]:
    """The text of each cell, and how sure its least sure line is."""
    found = iter(read_lines([_enlarged(line.picture, scale) for lines in cells for line in lines]))
    read = []
    for lines in cells:
        told = [next(found) for _ in lines]
        read.append(("\n".join(text for text, _ in told), min((s for _, s in told), default=0.0)))
    return read


def _enlarged(picture: Image, scale: float) -> Image:
    if scale == 1.0:
        return picture
    cv2 = opencv()
    larger: Image = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return _framed(larger, larger.shape[0] // 4)


def _framed(picture: Image, width: int) -> Image:
    """The picture with a margin of its own paper."""
    return np.pad(picture, width, constant_values=int(np.median(picture)))


def _lines(page: Image, ink: Mask, place: Rectangle, speck: int) -> list[Line]:
    """The lines of a cell, cut out of the page with some paper around them."""
    rows, columns = slice(place.top, place.bottom), slice(place.left, place.right)
    inner, clean = page[rows, columns], _without_specks(ink[rows, columns], speck)
    cut = []
    for top, bottom in _runs(clean):
        across = np.flatnonzero(clean[top:bottom].any(axis=0))
        edge = max((bottom - top) // 3, 4)
        left, right = max(int(across[0]) - edge, 0), int(across[-1]) + 1 + edge
        part = inner[max(top - edge, 0) : bottom + edge, left:right]
        ends = top, int(across[0]), inner.shape[0] - bottom, inner.shape[1] - int(across[-1]) - 1
        cut.append(Line(_framed(part, 4), bottom - top, min(ends) == 0))
    return cut


def _without_specks(ink: Mask, speck: int) -> Mask:
    """Where there is more ink than a spot of dirt."""
    if not ink.size:
        return ink
    piece = np.ascontiguousarray(ink)
    count, labels, boxes, _ = opencv().connectedComponentsWithStats(piece)
    dirty = [number for number in range(1, count) if boxes[number][4] < speck]
    clean = piece.copy()
    clean[np.isin(labels, dirty)] = 0
    return clean


def _runs(ink: Mask) -> Iterator[tuple[int, int]]:
    """The rows of pixels, first and behind the last, that hold the lines of a cell."""
    filled = np.flatnonzero(ink.any(axis=1)).tolist() if ink.size else []
    while filled:
        end = next((n for n, (a, b) in enumerate(pairwise(filled), 1) if b - a > GAP), len(filled))
        yield filled[0], filled[end - 1] + 1
        filled = filled[end:]
