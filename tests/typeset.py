"""Small PDFs set by hand: text, rulings and fills at known places, measured from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842  # A4, in points


@dataclass
class Sheet:
    """One page; a Latin character is half as wide as its size, a Chinese one as wide."""

    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    origin: tuple[float, float] = (0, 0)
    drawn: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10, extra: str = "") -> Sheet:
        """Sets `text` from `x` with its foot at `y`; `extra` is set before, in PDF's own words."""
        code = text.encode("utf-16-be").hex()
        place = f"1 0 0 1 {x} {self.height - y} Tm"
        self.drawn.append(f"BT /F {size} Tf {extra} {place} <{code}> Tj ET")
        return self

    def spoken(self, x: float, y: float, text: str, spoken: str) -> Sheet:
        """Text that the file says is to be read as `spoken`; only one of the engines obeys."""
        self.drawn.append(f"/Span <</ActualText ({spoken})>> BDC")
        self.text(x, y, text)
        self.drawn.append("EMC")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.drawn.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 1) -> Sheet:
        box = f"{x0} {self.height - y1} {x1 - x0} {y1 - y0} re"
        self.drawn.append(f"q {grey} g {box} f Q")
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        place = f"q {x1 - x0} 0 0 {y1 - y0} {x0} {self.height - y1} cm"
        self.drawn.append(f"{place} BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.line(x0, y0, x1, y0).line(x0, y1, x1, y1)
        return self.line(x0, y0, x0, y1).line(x1, y0, x1, y1)

    def table(
        self, rows: Sequence[Sequence[str]], x: float = 60, y: float = 100, width: float = 60
    ) -> Sheet:
        """A ruled table with a row every 20 points, its first column twice as wide.

        `<` continues the cell to the left, `^` the cell above.
        """
        sides = [x, *(x + width * (number + 2) for number in range(len(rows[0])))]
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                top = y + 20 * r
                if text != "^":
                    self.line(sides[c], top, sides[c + 1], top)
                if text != "<":
                    self.line(sides[c], top, sides[c], top + 20)
                if text not in "<^":
                    self.text(sides[c] + 4, top + 14, text)
        end = y + 20 * len(rows)
        self.line(x, end, sides[-1], end)
        return self.line(sides[-1], y, sides[-1], end)

    def content(self) -> bytes:
        """The drawing, turned so that it stands upright when the page is shown."""
        wide, high = self.paper
        turn = {
            0: "1 0 0 1 0 0",
            90: f"0 1 -1 0 {wide} 0",
            180: f"-1 0 0 -1 {wide} {high}",
            270: f"0 -1 1 0 0 {high}",
        }[self.rotate]
        x, y = self.origin
        return "\n".join([f"1 0 0 1 {x} {y} cm {turn} cm", *self.drawn]).encode()

    @property
    def paper(self) -> tuple[float, float]:
        """The size of the page before it is turned."""
        turned = self.rotate in (90, 270)
        return (self.height, self.width) if turned else (self.width, self.height)


def typeset(*sheets: Sheet, title: str = "", locked: bool = False, named: bool = True) -> bytes:
    """The PDF of these sheets.

    `locked`: a password is needed to open it; `named`: the font says which characters it shows.
    """
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]"
        + (b"/ToUnicode 5 0 R>>" if named else b">>"),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[32 126 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>",
        _stream(_NAMES),
    ]
    for number, sheet in enumerate(sheets):
        objects += [_page(sheet, 7 + 2 * number), _stream(sheet.content())]
    info = b"<</Title<%s>>>" % title.encode("utf-16").hex().encode()
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>"
    return _bound([*objects, info, lock], locked)


def _page(sheet: Sheet, content: int) -> bytes:
    (x, y), (wide, high) = sheet.origin, sheet.paper
    return (
        f"<</Type/Page/Parent 2 0 R/MediaBox[{x} {y} {x + wide} {y + high}]/Rotate {sheet.rotate}"
        f"/Contents {content} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    ).encode()


def _stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


def _bound(objects: list[bytes], locked: bool) -> bytes:
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    count, start = len(objects), len(written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count + 1, table)
    lock = b"/Encrypt %d 0 R/ID[<00><00>]" % count if locked else b""
    written += b"trailer<</Size %d/Root 1 0 R/Info %d 0 R%s>>" % (count + 1, count - 1, lock)
    return written + b"\nstartxref\n%d\n%%%%EOF\n" % start


# Every character is its own number: pages of 256, as the standard wants the ranges.
_NAMES = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CMapName /Own def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    + b"".join(
        b"1 beginbfrange <%02X00> <%02XFF> <%02X00> endbfrange\n" % (page, page, page)
        for page in (*range(0x04), *range(0x20, 0x31), *range(0x4E, 0xA0), 0xFF)
    )
    + b"endcmap CMapName currentdict /CMap defineresource pop end end"
)
