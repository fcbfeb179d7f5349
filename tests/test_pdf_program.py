"""What a PDF page draws is told apart as pdfminer and pdfplumber do, or left to them."""

from __future__ import annotations

import io
import random
from typing import Any

import pdfplumber
import pytest
from pdfminer.pdftypes import PDFStream

from gxtools.readers.pdf_names import Fonts
from gxtools.readers.pdf_program import _parsed, _program, lay_out

from .conftest import SHARED
from .typeset import Sheet, typeset

PIECES = (
    b"q", b"Q", b"0 0 595 842 re", b"W* n", b"0.05 w", b"BT", b"-.5 +3 4. -0 TD", b"/F 25 Tf", b"f*",
    b"<00314E00>Tj", b"<4e2d>Tj", b"(ab)Tj", b"[(a)-120 <0038> .5]TJ", b"[]0 d", b"/P <</MCID 0>> BDC",
    b"EMC", b"T*", b"(xx)'", b'1 2 (yy)"', b"/GS13 gs", b"1 0 0 -1 0 842 cm", b"BT", b"ET", b"unknown",
    b"/A 1 Td", b"7 8", b"2 Tr 3 Ts 4 TL 80 Tz", b"1 Tc 2 Tw", b"BT /F 9 Tf 1 0 0 1 60 700 Tm", b"[3]TJ",
    b".7 .2 -.3 1 60 700 Tm", b"10 20 m 90 20 l S", b"10 20 m 90 80 l 10 80 l h b", b"50 60 0 9 re f",
    b"50 60 40 0 re B", b"50 60 -40 -9 re s", b"1 0 0 rg", b"0 1 .5 RG", b"1 g", b"0 0 0 0 k 0 G",
    b"1 2 m 3 4 5 6 7 8 c f", b"/Cs cs .1 .2 .3 scn", b"1 2 3 4 5 6 7 8 9 l", b"0 .9 -1.1 0 3 3 cm",
)  # fmt: skip
STRANGE = (
    b"% a comment\nq", b"(an \\(escaped\\) string) Tj", b"(nested (string)) Tj",
    b"BI /W 1 /H 1 ID x EI", b"/A#20B gs", b"<<>> <</A <</B 1>> >> DP", b"[q]", b"1 2]", b"[1",
    b"<0> Tj", b"<00 31> Tj", b"--5 w", b"true", b"12abc", b"{", b"q\x00Q", b"<</A (x)>> DP", b"1.2.3 w",
    b"1" * 400 + b" w",
)  # fmt: skip


def objects(operators: bytes, is_ahead: bool) -> dict[str, list[dict[str, Any]]]:
    """What a page with these operators shows, as pdfplumber or as we see it."""
    data = typeset(Sheet(drawn=[operators.decode("latin-1")]))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        (page,) = pdf.pages
        if is_ahead:
            pdf.rsrcmgr = Fonts()
            lay_out(page)
        return dict(page.objects)


def assert_same(plain: dict[str, Any], ahead: dict[str, Any]) -> None:
    assert plain.keys() == ahead.keys()
    for kind, shapes in plain.items():
        for shape, again in zip(shapes, ahead[kind], strict=True):
            assert again == {key: shape[key] for key in again}


@pytest.mark.parametrize("seed", range(60))
def test_any_operators_draw_what_pdfminer_draws(seed: int) -> None:
    draw = random.Random(seed)
    ends = (b" ", b"\n", b"\r\n")
    data = b"".join(piece + draw.choice(ends) for piece in draw.choices(PIECES, k=80))
    assert _parsed(data) is not None
    assert_same(objects(data, is_ahead=False), objects(data, is_ahead=True))


@pytest.mark.parametrize("strange", STRANGE)
def test_a_page_with_anything_unusual_is_left_to_pdfminer(strange: bytes) -> None:
    data = b"BT /F 9 Tf <4E2D>Tj q " + strange + b" Q\n<4E00>Tj 1 2 3 4 re f"
    assert _parsed(data) is None
    assert_same(objects(data, is_ahead=False), objects(data, is_ahead=True))


def test_streams_of_a_page_are_parted_as_by_a_line_break() -> None:
    assert _program([PDFStream({}, b"q 1"), PDFStream({}, b"0 0 RG Q")]) == _parsed(
        b"q 1\n0 0 RG Q"
    )


@pytest.mark.parametrize("name", ["hongze_2023.pdf", "hongze_2024.pdf"])
def test_every_page_of_a_real_report_gives_the_same_characters_and_lines(name: str) -> None:
    if not (SHARED / "reports" / name).exists():
        pytest.skip(f"{name} is not here")
    path = SHARED / "reports" / name
    with pdfplumber.open(path) as plain, pdfplumber.open(path) as ahead:
        ahead.rsrcmgr = Fonts()
        for page, other in zip(plain.pages, ahead.pages, strict=True):
            lay_out(other)
            assert_same(page.objects, other.objects)
