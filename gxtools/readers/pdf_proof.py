"""The second reading of a PDF's figures: PDFium's characters against those of pdfplumber.

The two engines decode fonts and place glyphs each in its own way. Where they differ on a figure,
or agree on characters that are not surely one figure, the cell's text becomes `first ≠ second`,
which no reader of numbers accepts, and the place is noted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import Any

from .pdf_rulings import Shape
from .pdf_tables import Glyph, PrintedCell

SAME_NUMBER_GAP = 0.3  # of a digit's width: digits nearer than this are one number
PARTING_GAP = 0.6  # of a digit's width: digits as far apart may be two numbers
SAME_SIZE = 0.85  # a digit smaller than this share of its neighbour is a raised mark

PADDING = 6.0  # points between a cell's side and its text, generously

_HYPHENS = dict.fromkeys(map(ord, "\x02\xad\ufffe‐‑‒–—―−"), "-")
_PARTED = re.compile(r"[\d.,]+(?: +[\d.,]+)+")


def glyphs(text: Any, page: Any) -> list[Glyph]:
    """The characters of PDFium's text page `text`, placed as pdfplumber places those of `page`."""
    from pypdfium2 import raw

    found = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code and not chr(code).isspace():
            found.append(_glyph(chr(code), text.get_charbox(index, loose=True), page))
    return found


def _glyph(text: str, box: tuple[float, float, float, float], page: Any) -> Glyph:
    left, bottom, right, top = box
    x, y = _shown((left + right) / 2, (bottom + top) / 2, page)
    return Glyph(text, x, y, max(top - bottom, right - left))


def _shown(x: float, y: float, page: Any) -> tuple[float, float]:
    """A point of the page's own space as pdfplumber gives it: turned, from the top left corner."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    turned = {
        0: (x - x0, y - y0),
        90: (y - y0, x1 - x),
        180: (x1 - x, y1 - y),
        270: (y1 - y, x - x0),
    }[page.rotation]
    return page.mediabox[0] + turned[0], page.mediabox[1] + page.height - turned[1]


def lines(found: list[Glyph]) -> str:
    """The glyphs of one cell line by line, without spaces."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(found, key=lambda glyph: glyph.y):
        if not rows or glyph.y - rows[-1][-1].y > glyph.height / 2:
            rows.append([])
        rows[-1].append(glyph)
    return "\n".join(
        "".join(glyph.text for glyph in sorted(row, key=lambda glyph: glyph.x)) for row in rows
    )


def prove(cell: PrintedCell) -> str:
    """What is doubtful about the figures of a cell, or nothing; its text is set accordingly."""
    if not _has_digit(cell.text) and not any(_has_digit(glyph.text) for glyph in cell.glyphs):
        return ""
    second = lines(cell.glyphs)
    if _figures(cell.text, second) != _figures(second, cell.text):
        cell.text = f"{cell.text} ≠ {second}"
        return "two readings of the file differ"
    if _PARTED.fullmatch(cell.text) and _is_one_number(cell.chars):
        cell.text = cell.text.replace(" ", "")
    large = _large(cell)
    if large != cell.text:
        cell.text = f"{cell.text} ≠ {large}"
        return "digits of two sizes stand side by side"
    return ""


# What the second reading has of each digit: half the height of the largest, all from top to bottom.
Digits = dict[str, tuple[float, list[Glyph]]]


def confirmed(char: Shape, digits: Digits) -> bool:
    """Whether the second reading has the same digit where the first has `char` outside tables."""
    text = unicodedata.normalize("NFKC", char["text"])
    if not _has_digit(text):
        return True
    reach, found = digits.get(text, (0.0, []))
    first = bisect_left(found, char["top"] - reach, key=_height)
    last = bisect_right(found, char["bottom"] + reach, key=_height)
    return any(
        char["x0"] <= glyph.x <= char["x1"]
        and char["top"] - glyph.height / 2 <= glyph.y <= char["bottom"] + glyph.height / 2
        for glyph in found[first:last]
    )


def digits(found: list[Glyph]) -> Digits:
    """The digits of the second reading, as `confirmed` looks them up."""
    told: dict[str, list[Glyph]] = {}
    for glyph in sorted(found, key=_height):
        if _has_digit(glyph.text):
            told.setdefault(unicodedata.normalize("NFKC", glyph.text), []).append(glyph)
    return {text: (max(g.height for g in like) / 2, like) for text, like in told.items()}


def _height(glyph: Glyph) -> float:
    return glyph.y


@lru_cache(maxsize=16384)
def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in unicodedata.normalize("NFKC", text))


def _figures(text: str, other: str) -> str:
    """The digits of a cell with words, every character of a cell without."""
    folded = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    if any(char.isalpha() for char in text + other):
        return "".join(char for char in folded if char.isdigit())
    return "".join(folded.split())


def _digits(chars: list[Shape]) -> list[Shape]:
    found = [char for char in chars if _has_digit(char["text"])]
    return sorted(found, key=lambda char: (round(char["top"], 1), char["x0"]))


def _gap(left: Shape, right: Shape) -> float:
    """How far apart two characters of a line stand, in widths of the left one."""
    if round(left["top"], 1) != round(right["top"], 1):
        return PARTING_GAP
    return float((right["x0"] - left["x1"]) / (left["x1"] - left["x0"] or 1))


def _touch(left: Shape, right: Shape) -> bool:
    gap = right["x0"] - left["x1"]
    return bool(gap < SAME_NUMBER_GAP * (left["x1"] - left["x0"]))


def _is_one_number(chars: list[Shape]) -> bool:
    """Whether no gap between the printed characters of a line is wide enough to part numbers."""
    printed = sorted((c for c in chars if not c["text"].isspace()), key=lambda c: float(c["x0"]))
    return all(_touch(left, right) for left, right in pairwise(printed))


def rejoined(chars: list[Shape]) -> list[Shape]:
    """The characters of lines outside tables without the spaces that stand within a number. A space
    too wide to be within one and too narrow to part two becomes \ufffd."""
    found = {id(char): char for char in chars}
    numeric = [char for char in chars if char["text"].isspace() or _has_digit(char["text"])]
    numeric.sort(key=lambda char: (round(char["top"], 1), char["x0"]))
    left: Shape | None = None
    spaces: list[Shape] = []
    for char in numeric:
        if char["text"].isspace():
            spaces.append(char)
            continue
        gap = _gap(left, char) if left is not None else PARTING_GAP
        if spaces and gap < PARTING_GAP:
            for space in spaces:
                del found[id(space)]
            if gap >= SAME_NUMBER_GAP:
                found[id(spaces[0])] = {**spaces[0], "text": "\ufffd"}
        left, spaces = char, []
    return list(found.values())


def _large(cell: PrintedCell) -> str:
    """The text without its small digits, where a cell holds nothing but a figure."""
    printed = _digits(cell.chars)
    size = max((char["size"] for char in printed), default=0)
    large = [char["text"] for char in printed if char["size"] >= SAME_SIZE * size]
    has_words = any(char.isalpha() for char in cell.text)
    return cell.text if has_words or len(large) == len(printed) else "".join(large)


def crossings(owned: list[tuple[Shape, PrintedCell | None]]) -> list[tuple[PrintedCell, str]]:
    """The cells over whose rulings one number is printed, each with that number's characters."""
    owners = {id(char): cell for char, cell in owned}
    found = []
    for left, right in pairwise(_digits([char for char, _ in owned])):
        cells = owners[id(left)], owners[id(right)]
        if cells[0] is not cells[1] and left["top"] == right["top"] and _touch(left, right):
            found += [(cell, left["text"] + right["text"]) for cell in cells if cell is not None]
    return found


def parted(above: list[PrintedCell], below: list[PrintedCell]) -> list[list[PrintedCell]]:
    """The pairs of cells, of a page's last row and the next page's first, that may be one figure.

    A row is broken in two by the page's end when all that stands below can be the rest of what
    stands above: when no line above had room for more.
    """
    last = max(cell.row + cell.rowspan for cell in above)
    row = [cell for cell in above if cell.row + cell.rowspan == last]
    pairs = []
    for cell in below:
        if cell.row == 0 and cell.text:
            middle = (cell.left + cell.right) / 2
            upper = next((one for one in row if one.left <= middle < one.right), None)
            if upper is None or not _is_full(upper):
                return []
            pairs.append([upper, cell])
    return [pair for pair in pairs if all(_has_digit(cell.text) for cell in pair)]


def _is_full(cell: PrintedCell) -> bool:
    """Whether the last line of a cell has no room for one more character."""
    printed = [char for char in cell.chars if not char["text"].isspace()]
    if not printed:
        return False
    last = max(printed, key=lambda char: (char["top"], char["x1"]))
    line = [char for char in printed if last["top"] - char["top"] < last["size"] / 2]
    width = last["x1"] - min(char["x0"] for char in line)
    return bool(cell.right - cell.left - width < last["x1"] - last["x0"] + 2 * PADDING)
