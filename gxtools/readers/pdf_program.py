"""The drawing operators of a PDF page, told apart by one pattern instead of byte by byte.

pdfminer's own lexer takes half of all the time that a PDF needs. What it would tell apart in the
same way is done here in one go; a page with anything else in it (comments, pictures within the
stream, strings with escapes, nested dictionaries) is left to pdfminer as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import KWD, LIT, PSKeyword

MOST = 2_000_000  # bytes of a page's operators; of more no list is made

_END = rb"(?=[\s/<>()\[\]]|\Z)"
_TOKEN = re.compile(
    rb"\s*+(?:"
    rb"([-+]?(?:\d+\.?\d*|\.\d+))" + _END + rb"|([A-Za-z][A-Za-z\d]*+\*?|['\"])" + _END + rb"|"
    rb"/([^\s/<>()\[\]{}%#]*+)" + _END + rb"|<((?:[\dA-Fa-f]{2})*+)>|\(([^()\\\r]*+)\)|"
    rb"(<<[^<>()%]*+>>)|([\[\]])|(\Z)|([\s\S]))"
)
_NUMBER, _OPERATOR, _NAME, _HEX, _STRING, _DICTIONARY, _BRACKET, _DONE = range(1, 9)


def lay_out(page: Any) -> None:
    """Do for a page of pdfplumber what it does itself when it is first looked at, only sooner.

    Its characters have fewer attributes: no colours, none of marked content.
    """
    device = PDFPageAggregator(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
    objects: dict[str, list[dict[str, Any]]] = {}
    for item in _leaves(page._layout):
        is_char = type(item) is LTChar and isinstance(item.fontname, str)
        shape = _char(item, page) if is_char else page.process_object(item)
        objects.setdefault(shape["object_type"], []).append(shape)
    page._objects = objects


def _leaves(container: Any) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _char(char: LTChar, page: Any) -> dict[str, Any]:
    left, top = page.mediabox[:2]
    height = page.height + top
    return {
        "object_type": "char",
        "page_number": page.page_number,
        "text": char.get_text(),
        "fontname": char.fontname,
        "size": char.size,
        "matrix": char.matrix,
        "upright": char.upright,
        "x0": char.x0 + left,
        "x1": char.x1 + left,
        "top": height - char.y1,
        "bottom": height - char.y0,
        "doctop": page.initial_doctop + height - char.y1,
        "width": char.width,
        "height": char.height,
    }


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter of a page, with its operators read ahead where that is safe."""

    def execute(self, streams: Sequence[object]) -> None:
        """Run the operators of the streams, for a device that looks at no marked content."""
        program = _program(streams)
        ids = {id for one in streams if (id := stream_value(one).objid) is not None}
        if program is None or len(ids) < len(streams) or ids & self.parent_stream_ids:
            super().execute(streams)
            return
        self.stream_ids = ids
        methods: dict[PSKeyword, tuple[Any, int] | None] = {}
        for item in program:
            if type(item) is not PSKeyword:
                self.argstack.append(item)
                continue
            if item not in methods:
                methods[item] = self._method(item)
            if (method := methods[item]) is not None:
                self._run(*method)

    def _method(self, operator: PSKeyword) -> tuple[Any, int] | None:
        """What an operator does, and of how many operands; None for one that is not known."""
        name = operator.name.decode("ascii").replace("*", "_a").replace('"', "_w")
        method = getattr(self, "do_" + name.replace("'", "_q"), None)
        return method and (method, method.__code__.co_argcount - 1)

    def _run(self, method: Any, count: int) -> None:
        if not count:
            method()
            return
        operands = self.argstack[-count:]
        del self.argstack[-count:]
        if len(operands) == count:
            method(*operands)


def _program(streams: Sequence[object]) -> list[Any] | None:
    """Operands and operators in order; None where pdfminer might tell them apart otherwise."""
    opened = [stream_value(stream) for stream in streams]
    if not all(isinstance(stream, PDFStream) for stream in opened):
        return None
    data = b"\n".join(stream.get_data() for stream in opened)
    return _parsed(data) if len(data) <= MOST else None


def _parsed(data: bytes) -> list[Any] | None:
    program: list[Any] = []
    items, kind = program, 0  # in an array its own list
    for found in _TOKEN.finditer(data):
        kind = found.lastindex or 0
        if kind == _NUMBER:
            items.append(_number(found[1]))
        elif kind == _OPERATOR:
            if items is not program or found[2] in _LEFT_OUT:
                return None
            items.append(KWD(found[2]))
        elif kind == _HEX:
            items.append(bytes.fromhex(found[4].decode("ascii")))
        elif kind == _NAME:
            items.append(_name(found[3]))
        elif kind == _STRING:
            items.append(found[5])
        elif kind == _DICTIONARY:  # of marked content, which no figure depends on
            items.append({})
        elif kind == _BRACKET:
            if (found[7] == b"[") is (items is not program):
                return None
            items = _turned(program, items)
        else:
            break
    return program if kind == _DONE and items is program else None


_LEFT_OUT = frozenset([b"BI", b"ID", b"EI", b"true", b"false", b"null"])


def _turned(program: list[Any], items: list[Any]) -> list[Any]:
    """The list to go on with: that of an array that begins, or the program where one ends."""
    if items is program:
        program.append([])
        inner: list[Any] = program[-1]
        return inner
    return program


@lru_cache(maxsize=4096)
def _number(digits: bytes) -> float:
    return float(digits) if b"." in digits else int(digits)


@lru_cache(maxsize=4096)
def _name(name: bytes) -> Any:
    try:
        return LIT(name.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(name)  # as pdfminer has it
