"""The characters of a cell or of free lines -> text, line by line, words parted by spaces.

The rules are pdfplumber's (`extract_text`). Upright text on a clean line, which is nearly all there
is, is put together here in one pass; any other line is left to pdfplumber.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from .pdf_rulings import Shape

WORD_GAP = 0.3  # of the type size: a wider gap is printed as a space
LINE_GAP = 3  # points between the tops of characters: as near ones stand in one line

_LIGATURES = frozenset("ﬀﬁﬂﬃﬄﬅﬆ")
_top, _left = itemgetter("top"), itemgetter("x0")


def text_of(chars: list[Shape]) -> str:
    """The text of these characters, without spaces around it."""
    if len(chars) < 2:
        return "".join(str(char["text"]) for char in chars).strip()
    if not all(char["upright"] and char["text"] for char in chars):
        return _by_pdfplumber(chars).strip()
    texts = []
    for line in _lines(chars):
        text = _words(line)
        if text is None:
            ids = set(map(id, line))
            text = _by_pdfplumber([char for char in chars if id(char) in ids])
        texts.append(text)
    return "\n".join(filter(None, texts)).strip()


def _by_pdfplumber(chars: list[Shape]) -> str:
    from pdfplumber.utils.text import extract_text

    return str(extract_text(chars, x_tolerance_ratio=WORD_GAP))


def _lines(chars: list[Shape]) -> Iterator[list[Shape]]:
    """Runs of characters of which each stands near the one before, from top to top."""
    line: list[Shape] = []
    for char in sorted(chars, key=_top):
        if line and char["top"] > line[-1]["top"] + LINE_GAP:
            yield line
            line = []
        line.append(char)
    yield line


def _words(line: list[Shape]) -> str | None:
    """A line from left to right; None where its characters do not stand side by side."""
    if line[-1]["top"] - line[0]["top"] > LINE_GAP:
        return None
    found: list[str] = []
    end, before, is_parted = 0.0, line[0], False
    for char in sorted(line, key=_left):
        text, left = char["text"], char["x0"]
        if text in _LIGATURES or (left == before["x0"] and char is not before):
            return None
        before = char
        if text.isspace():
            is_parted = True
            continue
        if found and (is_parted or left > end):
            found.append(" ")
        found.append(text)
        end, is_parted = char["x1"] + WORD_GAP * char["size"], False
    return "".join(found)
