"""How much the pages of a PDF draw: counted before an engine draws a drawing within a drawing.

A page shows form XObjects, which show others. Both engines carry out each as often as it is
shown: ten that show the next ten times are a page of ten thousand million drawings, and one that
shows itself never ends. PDFium is a C library, in which that ends the whole process.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import LITERALS_CCITTFAX_DECODE, PDFStream, resolve1
from pdfminer.psparser import LIT

from ..errors import FormatError
from .pdf_fonts import MAX_CODES, codes

MAX_NESTING = 20  # drawings within drawings; office programs nest three
MAX_DRAWN = 12_000_000  # bytes of operators that a page carries out, each as often as it is shown
MAX_ALL_DRAWN = 40_000_000  # all pages

# A comment may part a name from its operator: any is taken for one that is carried out.
_SHOWN = re.compile(rb"/([^\0\s/<>()\[\]{}%]*+)[\0\s]*+(?:Do(?![^\0\s/<>()\[\]{}%])|%)")
_ESCAPED = re.compile(rb"#([\dA-Fa-f]{2})")

Dictionary = dict[str, Any]
Key = tuple[int, int]


def check_forms(path: str, pages: list[Any]) -> None:
    """Raise FormatError for pages of pdfminer that draw more than any report's."""
    drawn, named = 0, dict[int, int]()
    for number, page in enumerate(pages, 1):
        where = f"{path}, page {number}"
        shown = Page(where, page)
        size = shown.size()
        drawn += size
        for font in shown.fonts():
            if id(font) not in named:
                named[id(font)] = codes(font)
        if sum(named.values()) > MAX_CODES:
            raise _beyond(where, "and those before it name more characters than there are")
        if size > MAX_DRAWN or drawn > MAX_ALL_DRAWN:
            raise _beyond(where, "and those before it draw more than a report can")


def _beyond(where: str, what: str) -> FormatError:
    advice = "Print the report to a new PDF, or ask for it in another format."
    return FormatError(f"the page {what}", where=where, advice=advice)


class Page:
    """The drawings of a page: its own, those that it shows, and those that they show."""

    def __init__(self, where: str, page: Any) -> None:
        self.where, self.page = where, page
        self.own: Dictionary = _dictionary(page.resources)
        self.sizes: dict[Key, int] = {}
        self.known: dict[int, Dictionary] = {id(self.own): self.own}  # all resources in use

    def size(self) -> int:
        """Bytes of all operators that the page carries out."""
        contents = b"\n".join(
            map(self._data, filter(_is_stream, map(resolve1, self.page.contents)))
        )
        total = len(contents) + self._within(_shown(contents), self.own, 1)
        seen: set[Key] = set()
        left = [*_beside(self.own, self.own), *self._appearances()]
        while left:
            stream, resources = left.pop()
            if (id(stream), id(resources)) not in seen:
                seen.add((id(stream), id(resources)))
                total += self._form(stream, resources, 1)
                left += _beside(_resources(stream, resources), self.own)
        return total

    def fonts(self) -> Iterator[Dictionary]:
        """The fonts in use, once the page's size is known."""
        for resources in self.known.values():
            yield from map(_dictionary, _dictionary(resources.get("Font")).values())

    def _form(self, stream: Any, around: Dictionary, depth: int) -> int:
        """Bytes of a drawing and of what it shows; `around` is where it stands."""
        if depth > MAX_NESTING:
            what = f"has a drawing that shows itself, or others {MAX_NESTING} deep"
            raise _beyond(self.where, what)
        resources = _resources(stream, around)
        self.known[id(resources)] = resources
        key = id(stream), id(resources)
        if key not in self.sizes:
            data = self._data(stream)
            self.sizes[key] = len(data) + self._within(_shown(data), resources, depth + 1)
        return self.sizes[key]

    def _within(self, shown: Counter[str], resources: Dictionary, depth: int) -> int:
        """Bytes of all that is shown; what the resources lack PDFium looks up in the page's own."""
        total = 0
        for name, count in shown.items():
            for known in (resources, self.own):
                stream = resolve1(_dictionary(known.get("XObject")).get(name))
                if _is_stream(stream):
                    is_form = stream.get("Subtype") is LIT("Form")
                    total += count * self._form(stream, resources, depth) if is_form else 0
                    break
        return total

    def _data(self, stream: Any) -> bytes:
        """The operators of a drawing, unless a picture's packing may make any number of them."""
        if any(name in LITERALS_CCITTFAX_DECODE for name, _ in stream.get_filters()):
            raise _beyond(self.where, "has a drawing that is packed as only pictures are")
        data: bytes = stream.get_data()
        return data

    def _appearances(self) -> Iterator[tuple[Any, Dictionary]]:
        """What the page's notes and fields look like."""
        annotations = resolve1(self.page.annots)
        for one in annotations if isinstance(annotations, list) else []:
            look = resolve1(_dictionary(_dictionary(one).get("AP")).get("N"))
            for stream in look.values() if isinstance(look, dict) else [look]:
                if _is_stream(resolve1(stream)):
                    yield resolve1(stream), self.own


def _beside(resources: Dictionary, own: Dictionary) -> Iterator[tuple[Any, Dictionary]]:
    """What resources hold that draws without being shown by name: patterns, glyphs, masks."""
    for pattern in _streams(resources.get("Pattern")):
        yield pattern, own
    for font in _dictionary(resources.get("Font")).values():
        around = _dictionary(_dictionary(font).get("Resources")) or own
        for glyph in _streams(_dictionary(font).get("CharProcs")):
            yield glyph, around
    for state in _dictionary(resources.get("ExtGState")).values():
        mask = _dictionary(_dictionary(state).get("SMask")).get("G")
        if _is_stream(resolve1(mask)):
            yield resolve1(mask), own


def _streams(named: object) -> Iterator[Any]:
    return filter(_is_stream, map(resolve1, _dictionary(named).values()))


def _dictionary(found: object) -> Dictionary:
    found = resolve1(found)
    return found if isinstance(found, dict) else {}


def _is_stream(found: object) -> bool:
    return isinstance(found, PDFStream)


def _resources(stream: Any, around: Dictionary) -> Dictionary:
    """The resources of a drawing; those of where it stands if it has none."""
    return _dictionary(stream.get("Resources")) or around


def _shown(operators: bytes) -> Counter[str]:
    """How often drawings are shown, by name."""
    return Counter(map(_name, _SHOWN.findall(operators)))


def _name(name: bytes) -> str:
    """A name as pdfminer has it in its dictionaries."""
    name = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), name)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return str(name)
