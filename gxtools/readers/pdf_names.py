"""The fonts of a PDF as pdfminer has them, without the work on which no character depends.

pdfminer unpacks the outlines of every font, reads the names of its characters byte by byte, and
goes through a list of widths three times. Names written in the usual way are told apart here by
one pattern; all others, and fonts of other kinds, are left to pdfminer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, resolve_all
from pdfminer.psparser import LIT

_COMPOSED = (LIT("CIDFontType0"), LIT("CIDFontType2"))
_NUMBERS = {int, float}
_SPACE = "\xa0"  # does not take the place of a plain space

_CODE = rb"<(?:[\dA-Fa-f]{2}){1,4}>\s*+"
_NAME = rb"<(?:[\dA-Fa-f]{2})++>\s*+"
_SECTION = re.compile(
    rb"(?<=\s)beginbf(char|range)(?=\s)((?:\s++|<[\dA-Fa-f]*+>|[\[\]])*+)(?<=[\s>\]])endbf\1(?=\s)"
)
_BESIDE = re.compile(rb"(?:[^()%<>]++|<<|>>|\([^()\\]*+\)|<[\dA-Fa-f\s]*+>)*+")
_LEFT_OUT = re.compile(rb"(?:begin|end)(?:bf|cid|notdef)")
_CHARS = re.compile(rb"\s*+(?:%s%s)*+" % (_CODE, _NAME))
_RANGES = re.compile(rb"\s*+(?:%s%s(?:%s|\[\s*+(?:%s)*+\]\s*+))*+" % (_CODE, _CODE, _NAME, _NAME))
_CHAR = re.compile(rb"<(\w++)>\s*+<(\w++)>")
_RANGE = re.compile(rb"<(\w++)>\s*+<(\w++)>\s*+(?:<(\w++)>|\[([^\]]*+)\])")
_LISTED = re.compile(rb"<(\w++)>")


class Fonts(PDFResourceManager):
    """The fonts of one file, each made once."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        kind, names = spec.get("Subtype"), spec.get("ToUnicode")
        if kind in _COMPOSED and isinstance(names, PDFStream):
            return Font(self, spec, names)
        return super().get_font(objid, spec)


class Font(PDFCIDFont):
    """A font of many characters whose file names them."""

    def __init__(self, fonts: Fonts, spec: Mapping[str, Any], names: PDFStream) -> None:
        told = names_told(names.get_data())
        if told is None:
            super().__init__(fonts, spec)
            return
        lean = {**spec, "ToUnicode": PDFStream({}, b""), "W": []}
        if "FontDescriptor" in spec:
            described = dict_value(spec["FontDescriptor"])
            lean["FontDescriptor"] = {k: v for k, v in described.items() if k != "FontFile2"}
        super().__init__(fonts, lean)
        self.unicode_map = FileUnicodeMap()
        self.unicode_map.cid2unichr = told
        if not self.vertical:
            self.widths = widths(list_value(spec.get("W", [])))


def names_told(data: bytes) -> dict[int, str] | None:
    """The characters by code; None where pdfminer might read the names otherwise."""
    found: dict[int, str] = {}
    beside, end = [], 0
    for section in _SECTION.finditer(data):
        beside.append(data[end : section.start()])
        end, body = section.end(), section[2]
        is_range = section[1] == b"range"
        if not (_RANGES if is_range else _CHARS).fullmatch(body):
            return None
        if not (_add_ranges if is_range else _add_chars)(found, body):
            return None
    beside.append(data[end:])
    if any(_LEFT_OUT.search(piece) or not _BESIDE.fullmatch(piece) for piece in beside):
        return None
    *inner, _ = beside  # after the names' end pdfminer reads none until the next beginning
    return None if any(b"endcmap" in piece for piece in inner) else found


def _add_chars(found: dict[int, str], body: bytes) -> bool:
    for code, name in _CHAR.findall(body):
        _add(found, int(code, 16), name)
    return True


def _add(found: dict[int, str], code: int, name: bytes) -> None:
    char = bytes.fromhex(name.decode("ascii")).decode("utf-16-be", "ignore")
    if char != _SPACE or found.get(code) != " ":
        found[code] = char


def _add_ranges(found: dict[int, str], body: bytes) -> bool:
    for first, last, name, listed in _RANGE.findall(body):
        if len(first) != len(last):
            return False
        codes = range(int(first, 16), int(last, 16) + 1)
        if not name:
            for code, one in zip(codes, _LISTED.findall(listed), strict=False):
                _add(found, code, one)
            continue
        chars = range(int(name, 16), int(name, 16) + len(codes))
        # Two bytes are a character, but for the halves of those beyond and one kind of space.
        if len(name) != 4 or _meet(chars, 0xD800, 0xDFFF) or chars.stop > 0x10000:
            return False
        if _meet(chars, 0xA0, 0xA0):
            for code, char in zip(codes, chars, strict=True):
                _add(found, code, b"%04X" % char)
        else:
            found.update(zip(codes, map(chr, chars), strict=True))
    return True


def _meet(numbers: range, first: int, last: int) -> bool:
    return numbers.start <= last and first < numbers.stop


def widths(listed: Iterable[object]) -> dict[Any, Any]:
    """The width of each code, from a list of `first last width` and `first [widths]`."""
    found: dict[Any, Any] = {}
    numbers: list[Any] = []
    for item in map(resolve1, listed):
        if isinstance(item, list):
            if numbers:
                known = item if set(map(type, item)) <= _NUMBERS else resolve_all(item)
                found.update((numbers[-1] + place, width) for place, width in enumerate(known))
                numbers = []
        elif isinstance(item, int | float):
            numbers.append(item)
            if len(numbers) == 3:
                first, last, width = numbers
                if isinstance(first, int) and isinstance(last, int):
                    found.update(dict.fromkeys(range(first, last + 1), width))
                numbers = []
    return found
