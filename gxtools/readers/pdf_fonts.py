"""How many characters the fonts of a PDF name: counted before pdfminer lists each one.

A range of codes is two numbers in the file, and pdfminer makes of it as many entries as it spans.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1

MAX_CODES = 2_000_000  # of all fonts; those of a report have 40,000, and fifty may be bound in one

_RANGES = re.compile(rb"begin(?:bf|cid)range")
_RANGE = re.compile(
    rb"<([\dA-Fa-f\s]*+)>\s*+<([\dA-Fa-f\s]*+)>\s*+(?:<[^<>]*+>|\[[^\[\]]*+\]|\d++)"
)


def codes(font: dict[str, Any]) -> int:
    """How many codes the ranges of a font span, those of its parts with them."""
    total = _named(resolve1(font.get("ToUnicode")))
    parts = resolve1(font.get("DescendantFonts"))
    for part in map(resolve1, parts if isinstance(parts, list) else []):
        if isinstance(part, dict):
            total += _spanned(part.get("W"), 3) + _spanned(part.get("W2"), 5)
    return total


def _named(names: Any) -> int:
    if not isinstance(names, PDFStream):
        return 0
    _, *parts = _RANGES.split(names.get_data())
    ranges = (pair for part in parts for pair in _RANGE.findall(part.partition(b"end")[0]))
    return sum(max(_code(last) - _code(first), 0) + 1 for first, last in ranges)


def _code(digits: bytes) -> int:
    """The last four bytes of a code, which alone count."""
    return int(b"".join(digits.split())[-8:] or b"0", 16)


def _spanned(widths: Any, size: int) -> int:
    """The codes of a list of widths: `first last width` or `first [widths]`."""
    total, numbers = 0, []
    listed = resolve1(widths)
    for item in map(resolve1, listed if isinstance(listed, list) else []):
        if isinstance(item, int | float):
            numbers.append(int(item))
        else:
            numbers = []
        if len(numbers) == size:
            total += max(numbers[1] - numbers[0], 0) + 1
            numbers = []
    return total
