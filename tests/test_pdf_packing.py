"""Streams packed in older ways are measured before an engine unpacks them."""

from __future__ import annotations

import base64
import random
import zlib
from collections.abc import Callable

import pytest
from pdfminer.lzw import lzwdecode
from pdfminer.runlength import rldecode

from gxtools.document import Paragraph
from gxtools.errors import FormatError
from gxtools.readers import pdf, pdf_packing, pdf_streams

from .hostile import lzw_bomb, lzw_codes
from .hostile_saved import _CATALOGUE, _PAGES, _objects

_FONT = b"/Resources<</Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % _FONT
_TEXT = b"BT /H 12 Tf 60 700 Td (12345) Tj ET"
MOST = 200_000


def lzw(data: bytes) -> bytes:
    parts = [data[start : start + 200] for start in range(0, len(data), 200)]
    return lzw_codes(code for part in parts for code in (256, *part))


def runs(data: bytes) -> bytes:
    parts = [data[start : start + 128] for start in range(0, len(data), 128)]
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


def ascii85(data: bytes) -> bytes:
    return base64.a85encode(data) + b"~>"


def hexed(data: bytes) -> bytes:
    return data.hex().encode() + b">"


def page(content: bytes, filters: bytes, *more: bytes) -> bytes:
    stream = b"<</Filter%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content)
    return _objects(_CATALOGUE, _PAGES, _PAGE, stream, *more)


PACKED: dict[bytes, Callable[[bytes], bytes]] = {
    b"/LZWDecode": lzw,
    b"[/LZW]": lzw,
    b"/RunLengthDecode": runs,
    b"[/ASCII85Decode /LZWDecode]": lambda data: ascii85(lzw(data)),
    b"[/A85/RL]": lambda data: ascii85(runs(data)),
    b"[/ASCIIHexDecode/FlateDecode]": lambda data: hexed(zlib.compress(data)),
    b"[/ASCII85Decode/FlateDecode]": lambda data: ascii85(zlib.compress(data)),
}
BOMBS = {
    b"/LZWDecode": lzw_bomb(),
    b"/L#5AWDecode": lzw_bomb(),
    b"/RunLengthDecode": b"\x81 " * 2_000,
    b"[/ASCII85Decode/LZWDecode]": ascii85(lzw_bomb()),
    b"[/A85/RL]": ascii85(b"\x81 " * 2_000),
    b"[/ASCIIHexDecode/FlateDecode]": hexed(zlib.compress(b" " * 250_000)),
    b"[/ASCII85Decode/ASCIIHexDecode/FlateDecode]": ascii85(hexed(zlib.compress(b" " * 250_000))),
    b"[/RunLengthDecode/FlateDecode]": runs(zlib.compress(b" " * 250_000)),
}


@pytest.mark.parametrize("filters", PACKED)
def test_a_page_packed_in_an_older_way_is_read(filters: bytes) -> None:
    (line,) = pdf.read("report.pdf", page(PACKED[filters](_TEXT), filters)).blocks
    assert isinstance(line, Paragraph) and line.text == "12345"


@pytest.mark.parametrize("filters", BOMBS)
def test_a_page_that_unpacks_to_more_than_any_report_is_refused_before_it_is_opened(
    filters: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = page(BOMBS[filters], filters)
    monkeypatch.setattr(pdf_streams, "MAX_DRAWING", MOST)
    with pytest.raises(FormatError, match="unpacks to more"):
        pdf_streams.check_streams("report.pdf", data)
    monkeypatch.setattr(pdf_streams, "MAX_DRAWING", 4 * MOST)
    pdf_streams.check_streams("report.pdf", data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(page(lzw_bomb(), b" 5 0 R", b"[/LZWDecode]"), id="its filter stands apart"),
        pytest.param(page(lzw_bomb(), b" 9 0 R"), id="its filter is out of sight"),
        pytest.param(page(b"endstream" + lzw_bomb(), b"/LZWDecode"), id="it names its own end"),
        pytest.param(
            page(lzw_bomb(), b"/LZWDecode/X(%s)" % (b"-" * 5_000)), id="a long dictionary"
        ),
    ],
)
def test_a_bomb_is_seen_although(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_streams, "MAX_DRAWING", MOST)
    with pytest.raises(FormatError, match="unpacks to more"):
        pdf_streams.check_streams("report.pdf", data)


def test_more_bytes_packed_by_lzw_than_can_be_counted_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = lzw(_TEXT)
    monkeypatch.setattr(pdf_streams, "MAX_OLD", len(packed) + 1)
    pdf_streams.check_streams("report.pdf", page(packed, b"/LZWDecode"))
    monkeypatch.setattr(pdf_streams, "MAX_OLD", len(packed))
    with pytest.raises(FormatError, match="unpacks to more"):
        pdf_streams.check_streams("report.pdf", page(packed, b"/LZWDecode"))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_measured_is_what_pdfminer_unpacks(seed: int) -> None:
    draw = random.Random(seed)
    data = bytes(draw.choices(b"ab \n0", k=3_000))
    assert pdf_packing.unpacked(lzw(data), [b"LZWDecode"], 10_000) == data == lzwdecode(lzw(data))
    bomb = lzw_bomb(draw.randint(1, 3_837), draw.randint(0, 40))
    assert pdf_packing.unpacked(bomb, [b"LZW"], 10**9) == lzwdecode(bomb)
    mixed = bytes(draw.choices(range(256), k=400))
    try:
        known = rldecode(mixed)
    except (RuntimeError, StopIteration):  # it ends within a run
        return
    assert pdf_packing.unpacked(mixed, [b"RL"], 10**6) == known


def test_a_drawing_packed_like_a_fax_is_refused() -> None:
    data = page(b"\0" * 50, b"/CCITTFaxDecode/DecodeParms<</K -1/Columns 100000000>>")
    with pytest.raises(FormatError, match="packed as only pictures are"):
        pdf.read("report.pdf", data)
