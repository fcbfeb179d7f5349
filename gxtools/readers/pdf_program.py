"""The drawing operators of a PDF page, told apart by one pattern instead of byte by byte.

pdfminer's own lexer takes half of all the time that a PDF needs. What it would tell apart in the
same way is done here in one go; a page with anything else in it (comments, pictures within the
stream, strings with escapes, nested dictionaries) is left to pdfminer as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import LIT

from .pdf_drawing import Drawing

MOST = 1_000_000  # bytes of a page's operators; of more no list is made

Operation = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
Method = tuple[Callable[..., object], int]  # what an operator does, and of how many operands

_END = rb"(?=[\s/<>()\[\]]|\Z)"
_NUMBER = rb"[-+]?(?:\d{1,18}(?:\.\d{0,30})?+|\.\d{1,30})"
_NAME = rb"/[^\s/<>()\[\]{}%#]*+" + _END
_HEX = rb"<(?:[\dA-Fa-f]{2})*+>"
_STRING = rb"\([^()\\\r]*+\)"
_LISTED = rb"\[(?:\s++|%s%s|%s|%s)*+\]" % (_NUMBER, _END, _HEX, _STRING)
_LEFT_OUT = rb"(?:BI|ID|EI|true|false|null)" + _END
_OPERATOR = rb"(?!%s)(?:[A-Za-z][A-Za-z\d]*+\*?|['\"])%s" % (_LEFT_OUT, _END)
_DICTIONARY = rb"<<[^<>()%]*+>>"  # of marked content, which no figure depends on

_OPERAND = rb"|".join((_NUMBER + _END, _NAME, _HEX, _STRING, _DICTIONARY, _LISTED))

# Numbers and their operator; text shown; text shown with gaps; any other operand; all beyond this.
_OPERATION = re.compile(
    rb"\s*+(?:((?:%s\s++){0,6}+)(%s)|(%s)\s*+Tj%s|(%s)\s*+TJ%s|%s\s*+gs%s|%s\s*+%s\s*+BDC%s|"
    % (_NUMBER, _OPERATOR, _HEX, _END, _LISTED, _END, _NAME, _END, _NAME, _DICTIONARY, _END)
    + rb"(%s)|\Z|([\s\S]++))" % _OPERAND
)
_ITEM = re.compile(rb"%s|%s|%s" % (_NUMBER, _HEX, _STRING))


def lay_out(page: Any) -> None:
    """Do for a page of pdfplumber what it does itself when it is first looked at, only sooner.

    Its objects have fewer attributes: no colours but those of fills, none of marked content.
    """
    drawing = Drawing(page)
    Interpreter(page.pdf.rsrcmgr, drawing).process_page(page.page_obj)
    page._objects = {kind: found for kind, found in drawing.objects.items() if found}


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter of a page, with its operators read ahead where that is safe.

    The device looks at no marked content and at no strokes' colour, width or ends.
    """

    def execute(self, streams: Sequence[object]) -> None:
        """Run the operators of the streams."""
        program = _program(streams)
        ids = {id for one in streams if (id := stream_value(one).objid) is not None}
        if program is None or len(ids) < len(streams) or ids & self.parent_stream_ids:
            super().execute(streams)
            return
        self.stream_ids = ids
        quick: dict[bytes, Method | None] = {}
        for numbers, operator, shown, listed, operand, _ in program:
            if operator:
                if operator not in quick:
                    quick[operator] = self._quick(operator) or self._method(operator)
                method = quick[operator]
                given = _numbers(numbers) if numbers else ()
                if method is not None and len(given) == method[1]:
                    method[0](*given)
                else:
                    self.argstack.extend(given)
                    self._run(operator)
            elif shown:
                self.do_TJ((_bytes(shown),))
            elif listed:
                self.do_TJ(_operand(listed))
            elif operand:
                self.argstack.append(_operand(operand))

    def _method(self, operator: bytes) -> Method | None:
        """What pdfminer does; None for an operator that it does not know."""
        name = operator.decode("ascii").replace("*", "_a").replace('"', "_w")
        method = getattr(self, "do_" + name.replace("'", "_q"), None)
        return method and (method, method.__code__.co_argcount - 1)

    def _quick(self, operator: bytes) -> Method | None:
        """The same for operands that are numbers, in fewer steps."""
        if operator in _UNSEEN:
            return _nothing, _UNSEEN[operator]
        name, count = _QUICK.get(operator, ("", 0))
        return (getattr(self, name), count) if name else None

    def _run(self, operator: bytes) -> None:
        method, count = self._method(operator) or (_nothing, 0)
        if not count:
            method()
            return
        operands = self.argstack[-count:]
        del self.argstack[-count:]
        if len(operands) == count:
            method(*operands)

    def do_TJ(self, seq: Any) -> None:
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def save(self) -> None:
        self.gstack.append((self.ctm, _copy(self.textstate), _copy(self.graphicstate)))

    def restore(self) -> None:
        if self.gstack:
            self.ctm, self.textstate, self.graphicstate = self.gstack.pop()
            self.device.ctm = self.ctm

    def place(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        self.textstate.matrix, self.textstate.linematrix = (a, b, c, d, e, f), (0, 0)

    def move(self, x: float, y: float) -> None:
        state = self.textstate
        a, b, c, d, e, f = state.matrix
        state.matrix = a, b, c, d, x * a + y * c + e, x * b + y * d + f
        state.linematrix = 0, 0

    def move_leading(self, x: float, y: float) -> None:
        self.textstate.leading = y
        self.move(x, y)

    def colour(self, red: float, green: float, blue: float) -> None:
        self.graphicstate.ncolor = red, green, blue
        self.graphicstate.ncs = self.csmap["DeviceRGB"]

    def start(self, x: float, y: float) -> None:
        self.curpath.append(("m", x, y))

    def line(self, x: float, y: float) -> None:
        self.curpath.append(("l", x, y))

    def box(self, x: float, y: float, width: float, height: float) -> None:
        right, top = x + width, y + height
        corners = ("m", x, y), ("l", right, y), ("l", right, top), ("l", x, top), ("h",)
        self.curpath.extend(corners)


_QUICK = {
    b"q": ("save", 0), b"Q": ("restore", 0), b"Tm": ("place", 6), b"Td": ("move", 2),
    b"TD": ("move_leading", 2), b"rg": ("colour", 3), b"m": ("start", 2), b"l": ("line", 2),
    b"re": ("box", 4),
}  # fmt: skip
_UNSEEN = {b"w": 1, b"J": 1, b"j": 1, b"M": 1, b"i": 1, b"W": 0, b"W*": 0, b"ET": 0, b"EMC": 0}


def _nothing(*_: object) -> None:
    pass


def _copy(state: Any) -> Any:
    copied = object.__new__(type(state))
    copied.__dict__.update(state.__dict__)
    return copied


def _program(streams: Sequence[object]) -> list[Operation] | None:
    """Operators in order; None where pdfminer might tell them apart otherwise."""
    opened = [stream_value(stream) for stream in streams]
    if not all(isinstance(stream, PDFStream) for stream in opened):
        return None
    data = b"\n".join(stream.get_data() for stream in opened)
    return _parsed(data) if len(data) <= MOST else None


def _parsed(data: bytes) -> list[Operation] | None:
    program = _OPERATION.findall(data)
    beyond = any(operation[-1] for operation in program[-2:])  # all that follows is one
    return None if beyond else program


@lru_cache(maxsize=4096)
def _numbers(digits: bytes) -> tuple[float, ...]:
    return tuple(map(float, digits.split()))


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits[1:-1].decode("ascii"))


def _operand(written: bytes) -> Any:
    """One operand as pdfminer has it; a dictionary is left empty."""
    kind = written[:1]
    if kind == b"/":
        return _name(written[1:])
    if written[:2] == b"<<":
        return {}
    if kind == b"<":
        return _bytes(written)
    if kind == b"(":
        return written[1:-1]
    if kind == b"[":
        return [_operand(item[0]) for item in _ITEM.finditer(written)]
    return float(written) if b"." in written else int(written)


def _name(name: bytes) -> Any:
    try:
        return LIT(name.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(name)  # as pdfminer has it
