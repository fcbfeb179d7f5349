"""What a PDF page draws, as pdfplumber gives it, without the objects in between.

pdfminer makes of each character and line an object of forty attributes, and pdfplumber a dictionary
of that. Here horizontal text, lines and rectangles become the dictionary at once, by pdfminer's own
arithmetic; all else takes pdfminer's way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTFigure, LTLine, LTRect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_rect, mult_matrix

Shape = dict[str, Any]
Matrix = tuple[float, float, float, float, float, float]


class Drawing(PDFLayoutAnalyzer):
    """The characters, lines, rectangles, curves and pictures of a page of pdfplumber.

    They have the attributes of pdfplumber's that anyone here looks at.
    """

    def __init__(self, page: Any) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number)
        self.page = page
        self.left = page.mediabox[0]
        self.height = page.height + page.mediabox[1]
        self.objects: dict[str, list[Shape]] = {}
        self.known: dict[PDFFont, dict[int, tuple[str, float]]] = {}
        self.cur_item: Any = self

    def begin_page(self, page: Any, ctm: Matrix) -> None:
        """Nothing: the page's frame is pdfplumber's."""

    def end_page(self, page: Any) -> None:
        """Nothing: no layout is looked for."""

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._stack.append(LTFigure(name, bbox, mult_matrix(matrix, self.ctm)))

    def end_figure(self, _: str) -> None:
        self._stack.pop()

    def render_image(self, name: str, stream: Any) -> None:
        self.note("image", self._stack[-1])

    def add(self, item: Any) -> None:
        """What pdfminer has drawn in its own way."""
        if isinstance(item, LTChar):
            self._add_char(item)
            return
        kind = {LTLine: "line", LTRect: "rect"}.get(type(item), "curve")
        shape = self.note(kind, item)
        shape.update(stroke=item.stroke, non_stroking_color=item.non_stroking_color)
        shape["pts"] = [(x + self.left, self.height - y) for x, y in item.pts]

    def note(self, kind: str, item: Any) -> Shape:
        """The object that stands where pdfminer's item does."""
        shape = self._placed(kind, item.x0, item.y0, item.x1, item.y1)
        shape.update(width=item.width, height=item.height)
        return shape

    def _placed(self, kind: str, x0: float, y0: float, x1: float, y1: float) -> Shape:
        shape = {
            "object_type": kind,
            "x0": x0 + self.left,
            "x1": x1 + self.left,
            "top": self.height - y1,
            "bottom": self.height - y0,
        }
        self.objects.setdefault(kind, []).append(shape)
        return shape

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        box = self._box(path)
        if box is None:
            super().paint_path(gstate, stroke, fill, evenodd, path)
            return
        kind = "line" if len(path) < 4 else "rect"
        shape = self._placed(kind, *box)
        shape["stroke"], shape["non_stroking_color"] = stroke, gstate.ncolor

    def _box(self, path: Sequence[Any]) -> tuple[float, float, float, float] | None:
        """Where a line from one point to another or an upright rectangle stands."""
        shape = "".join([step[0] for step in path])
        if shape not in ("ml", "mlh", "mlllh"):
            return None
        a, b, c, d, e, f = self.ctm
        points = [
            (a * x + c * y + e, b * x + d * y + f) for _, x, y in path[: shape.count("l") + 1]
        ]
        (x0, y0), (x1, y1) = points[:2]
        if len(points) == 4:
            (x2, y2), (x3, y3) = points[2:]
            across = y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
            if not (across or (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0)):
                return None
            if points[3] == points[0]:
                return None  # without height: pdfminer takes it for a curve
            x1, y1 = x2, y2
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        font = textstate.font
        if font.is_vertical() or not isinstance(font.fontname, str):
            super().render_string(textstate, seq, ncs, graphicstate)
            return
        scaling = textstate.scaling * 0.01
        spacing = textstate.charspace * scaling
        word = 0 if font.is_multibyte() else textstate.wordspace * scaling
        step = 0.001 * textstate.fontsize * scaling
        line = Line(self, textstate, scaling)
        x, y = textstate.linematrix
        is_first = True
        for one in seq:
            if isinstance(one, bytes):
                for code in font.decode(one):
                    if not is_first:
                        x += spacing
                    x += line.put(code, x, y)
                    if code == 32 and word:
                        x += word
                    is_first = False
            elif isinstance(one, int | float):
                x -= one * step
                is_first = False
        textstate.linematrix = (x, y)

    def _add_char(self, char: LTChar) -> None:
        """A character that pdfminer has placed."""
        if not isinstance(char.fontname, str):
            self.objects.setdefault("char", []).append(self.page.process_object(char))
            return
        shape = self.note("char", char)
        shape.update(
            text=char.get_text(),
            fontname=char.fontname,
            size=char.size,
            matrix=char.matrix,
            upright=char.upright,
            page_number=self.page.page_number,
            doctop=self.page.initial_doctop + shape["top"],
        )


class Line:
    """A piece of horizontal text: one font and size, one direction."""

    def __init__(self, drawing: Drawing, textstate: Any, scaling: float) -> None:
        self.drawing, self.font = drawing, textstate.font
        self.matrix = mult_matrix(textstate.matrix, drawing.ctm)
        self.known = drawing.known.setdefault(textstate.font, {})
        self.chars = drawing.objects.setdefault("char", [])
        self.size, self.scaling = textstate.fontsize, scaling
        self.low = self.font.get_descent() * self.size + textstate.rise
        self.high = self.low + self.size
        a, b, c, d, _, _ = self.matrix
        self.upright = a * d * scaling > 0 and b * c <= 0

    def put(self, code: int, x: float, y: float) -> float:
        """Draw a character; how far the next one stands from it."""
        text, width = self.known.get(code) or self._learnt(code)
        advance: float = width * self.size * self.scaling
        a, b, c, d, e, f = self.matrix
        e, f = x * a + y * c + e, x * b + y * d + f
        drawing, matrix = self.drawing, (a, b, c, d, e, f)
        x0, y0, x1, y1 = apply_matrix_rect(matrix, (0, self.low, advance, self.high))
        height, left = drawing.height, drawing.left
        top = height - y1
        self.chars.append(
            {
                "object_type": "char",
                "page_number": drawing.pageno,
                "text": text,
                "fontname": self.font.fontname,
                "size": y1 - y0,
                "matrix": matrix,
                "upright": self.upright,
                "x0": x0 + left,
                "x1": x1 + left,
                "top": top,
                "bottom": height - y0,
                "doctop": drawing.page.initial_doctop + top,
                "width": x1 - x0,
                "height": y1 - y0,
            }
        )
        return advance

    def _learnt(self, code: int) -> tuple[str, float]:
        """The character and width of a code."""
        try:
            text = self.font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = self.drawing.handle_undefined_char(self.font, code)
        assert isinstance(text, str), str(type(text))
        self.known[code] = text, self.font.char_width(code)
        return self.known[code]
