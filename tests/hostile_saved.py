"""More files built to break those who read them: web archives, old Excel, pictures, PDFs within
PDFs, archives within archives."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.hostile import (
    FIGURES,
    HOSTILE,
    TABLE,
    TITLE,
    Repeated,
    _pdf,
    _sheet_of,
    below,
    package,
    page,
    workbook,
)
from tests.press_saved import bind_mht, pack
from tests.press_xls import bind, cell, compound, merged, record
from tests.typeset import Sheet, typeset

__all__ = ["EVERY", "FIGURES", "TABLE", "TITLE"]

_BITMAP = struct.pack("<IiiHHIIiiII", 40, 90_000, 90_000, 1, 24, 0, 0, 0, 0, 0, 0)
_ADDRESS = "http://www.example.gov.cn/1.html"
_MULRK, _BOUNDSHEET = 0x00BD, 0x0085


def _framed(frames: int, parts: int) -> bytes:
    """A page with thousands of frames in an archive of thousands of parts."""
    body = "".join(f'<iframe src="f{n}"></iframe>' for n in range(frames))
    return bind_mht({_ADDRESS: page(body), **{f"http://p/{n}": b"<p>1" for n in range(parts)}})


def _nested_parts(depth: int) -> bytes:
    """Parts within parts within parts."""
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n\r\n"
    parts = [
        b"--b%d\r\nContent-Type: multipart/related; boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(depth)
    ]
    return head + b"".join(parts) + b"--b%d\r\nContent-Type: text/html\r\n\r\n<p>1" % depth


def _many_sheets(count: int, cells: int) -> bytes:
    """A workbook all of whose sheets are the same one."""
    body = b"".join(cell(row, 0, 1.0) for row in range(cells))
    name = "a".encode("utf-16-le")
    more = (
        record(_BOUNDSHEET, struct.pack("<IBBBB", 24 + 4 + 14 * count, 0, 0, 1, 1) + name) * count
    )
    return bind({"年报": body}, extra=more)


def _wide_records(count: int) -> bytes:
    """Records that each claim cells over all columns."""
    one = record(_MULRK, struct.pack("<HH", 0, 0) + b"\0" * 6 + struct.pack("<H", 65_535))
    return bind({"年报": one * count})


def _looped() -> bytes:
    """An OLE2 file whose table of sectors leads back to itself."""
    data = bytearray(compound({"Workbook": b"\0" * 3_000_000}))
    for place in range(512 + 4 * 40, 512 + 4 * 128, 4):
        struct.pack_into("<I", data, place, 45)
    return bytes(data)


def _png(width: int, height: int, colour: int = 6, pixels: bytes = b"") -> bytes:
    """A PNG that says how large it is, and holds what is given."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def _white(width: int, height: int, bands: int) -> bytes:
    """The packed rows of an empty picture."""
    rows = b"\0" + b"\xff" * (width * bands)
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(rows) for _ in range(height)) + packer.flush()


def _frames(count: int, size: int, kind: str) -> bytes:
    """A picture of many pages, each large and empty."""
    pages = [Image.new("1" if kind == "TIFF" else "P", (size, size), n % 2) for n in range(count)]
    more = {"compression": "group4"} if kind == "TIFF" else {}
    saved = io.BytesIO()
    pages[0].save(saved, kind, save_all=True, append_images=pages[1:], **more)
    return saved.getvalue()


def _objects(*bodies: bytes) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    written, places = [b"%PDF-1.7\n"], []
    place = len(written[0])
    for number, body in enumerate(bodies, 1):
        places.append(place)
        written.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        place += len(written[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    written.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table))
    written.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, place))
    return b"".join(written)


_CATALOGUE, _PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def _stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


def _laughs(depth: int, times: int = 10) -> bytes:
    """Drawings that show a drawing ten times, which shows another ten times, and so on."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    forms = [_stream(b"/F Do " * times, form % (number + 6)) for number in range(depth)]
    forms += [_stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")]
    box = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    first = box + b"/Resources<</XObject<</F 5 0 R>>>>>>"
    return _objects(_CATALOGUE, _PAGES, first, _stream(b"/F Do"), *forms)


def _same_pages(count: int, lines: int) -> bytes:
    """Many pages that all show the same crowded drawing."""
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(count))
    drawn = b"".join(b"%d 0 m %d %d l S\n" % (n % 595, n % 595, n % 840) for n in range(lines))
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return _objects(_CATALOGUE, tree, _stream(drawn), *[one] * count)


def _much_text(pages: int, lines: int) -> bytes:
    """Pages full of small print."""
    sheet = Sheet()
    for number in range(lines):
        sheet.text(20, 10 + number * 820 / lines, "1 0 3 4 5 6 7 8 9 0 " * 8, 3)
    return typeset(*[sheet] * pages)


def _many_objects(count: int) -> bytes:
    page_ = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return _objects(_CATALOGUE, _PAGES, page_, *[b"null"] * count)


def _archives(depth: int) -> bytes:
    data = page("")
    for number in range(depth):
        data = pack({f"{number}.zip" if number else "report.html": data})
    return data


SAVED: dict[str, Callable[[], bytes]] = {
    # web archives
    "parts.mht": lambda: bind_mht({f"http://p/{n}": b"<p>1" for n in range(50_000)}),
    "parts_allowed.mht": lambda: bind_mht(
        {_ADDRESS: page(""), **{str(n): b"1" for n in range(1_900)}}
    ),
    "nested.mht": lambda: _nested_parts(1_900),
    "frames.mht": lambda: _framed(40_000, 1_900),
    "fields.mht": lambda: (
        b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n" + b"X: 1\r\n" * 6_000_000
    ),
    "field.mht": lambda: (
        b"MIME-Version: 1.0\r\nContent-Type: text/html;" + b" a=1;" * 1_000_000 + b"\r\n\r\n<p>1"
    ),
    "large.mht": lambda: bind_mht({_ADDRESS: page("<p>1" * 6_000_000)}, "base64"),
    "quoted.mht": lambda: bind_mht({_ADDRESS: page(below("="))}),
    # old Excel
    "sheets.xls": lambda: _many_sheets(20_000, 20_000),
    "wide.xls": lambda: _wide_records(400_000),
    "far.xls": lambda: bind({"年报": cell(65_535, 65_535, 1.0)}),
    "rows.xls": lambda: bind(
        {"年报": b"".join(cell(n % 65_536, n % 200, 1.0) for n in range(350_000))}
    ),
    "merges.xls": lambda: bind({"年报": merged([(0, 65_535, 0, 255)] * 1_000) * 300}),
    "looped.xls": _looped,
    "members.xls": lambda: compound({f"s{n}": b"" for n in range(800)}),
    "text.xls": lambda: bind({"年报": b"".join(cell(n, 0, "字" * 4_000) for n in range(800))}),
    # Excel
    "columns.xlsx": lambda: _sheet_of(
        "".join(
            f'<row r="{n}">' + '<c t="n"><v>1</v></c>' * 16_000 + "</row>" for n in range(1, 12)
        )
    ),
    "shared.xlsx": lambda: _sheet_of(
        '<row r="1">' + '<c t="s"><v>999999999</v></c>' * 9 + "</row>", "A1:I1"
    ),
    "sheets.xlsx": lambda: workbook(
        {f"xl/worksheets/sheet{n}.xml": b"<worksheet/>" for n in range(2, 1_900)}
    ),
    # pictures
    "declared.png": lambda: _png(100_000, 100_000),
    "declared_allowed.png": lambda: _png(8_000, 8_000),
    "white.png": lambda: _png(8_200, 8_200, 6, _white(8_200, 8_200, 4)),
    "white_allowed.png": lambda: _png(5_900, 5_900, 6, _white(5_900, 5_900, 4)),
    "declared.bmp": lambda: b"BM" + struct.pack("<IHHI", 999, 0, 0, 54) + _BITMAP,
    "declared.gif": lambda: b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b"\x3b",
    "frames.gif": lambda: _frames(200, 400, "GIF"),
    "frames.tiff": lambda: _frames(29, 5_900, "TIFF"),
    # PDF
    "objects.pdf": lambda: _many_objects(1_000_000),
    "pages_same.pdf": lambda: _same_pages(190, 20_000),
    "pages_full.pdf": lambda: _much_text(190, 100),
    "inline.pdf": lambda: _pdf(
        b"<</Length %d>>stream\n%s\nendstream", b"BI /W 1 /H 1 ID " * 300_000
    ),
    "laughs.pdf": lambda: _laughs(9),
    "recursion.pdf": lambda: _laughs(1).replace(b"/F 6 0 R", b"/F 5 0 R"),
    "names.pdf": lambda: typeset(Sheet().text(60, 60, "1")).replace(
        b"endbfrange\n", b"<0000> <FFFF> <0000> endbfrange\n" * 50
    ),
    # Every value holds a `>`: only a parser of the whole standard would see one tag here.
    "attributes_apart.html": lambda: page(
        "<div " + " ".join(f"a{n}='>'" for n in range(200_000)) + ">x</div>"
    ),
    # archives
    "archives.zip": lambda: _archives(6),
    "archives_many.zip": lambda: pack({f"{n}.zip": _archives(2) for n in range(300)}),
    "bombs.zip": lambda: package(
        {f"{n}.html": Repeated(b"<p>1</p>" * 10_000, 100) for n in range(200)}
    ),
    "members.zip": lambda: package({f"{n}.html": b"" for n in range(15_000)}),
}
EVERY = HOSTILE | SAVED
