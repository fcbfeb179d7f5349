"""The operators of a PDF page are told apart as pdfminer does, or left to it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF

from gxtools.readers.pdf_program import _program

from .conftest import SHARED

PIECES = (
    b"q", b"Q", b"0 0 595 842 re", b"W* n", b"0.05 w", b"-.5 +3 4. -0 TD", b"/FT8 259 Tf", b"f*",
    b"<0010>Tj", b"<4e 2d>Tj", b"(a b)Tj", b"[(a)-120 <00ff> .5]TJ", b"[]0 d", b"/P <</MCID 0>> BDC",
    b"EMC", b"T*", b"(x)'", b'1 2 (y)"', b"/GS13 gs", b"1 0 0 -1 0 842 cm", b"BT", b"ET", b"unknown",
)  # fmt: skip
STRANGE = (
    b"% a comment\nq", b"(an \\(escaped\\) string) Tj", b"(nested (string)) Tj", b"BI /W 1 ID x EI",
    b"/A#20B gs", b"<<>> <</A <</B 1>> >> DP", b"[q]", b"1 2]", b"[1", b"<0> Tj", b"--5 w", b"true",
    b"12abc", b"{", b"q\x00Q", b"<</A (x)>> DP", b"1.2.3 w",
)  # fmt: skip


def told_by_pdfminer(data: bytes) -> list[Any]:
    parser, found = PDFContentParser([PDFStream({}, data)]), []
    while True:
        try:
            found.append(parser.nextobject()[1])
        except PSEOF:
            return found


def without_dictionaries(items: list[Any]) -> list[Any]:
    return [{} if isinstance(item, dict) else item for item in items]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_apart_here_is_what_pdfminer_tells(seed: int) -> None:
    draw = random.Random(seed)
    data = b"".join(
        piece + draw.choice((b" ", b"\n", b"\r\n")) for piece in draw.choices(PIECES, k=60)
    )
    program = _program([PDFStream({}, data)])
    if b"<4e 2d>" in data:
        assert program is None
    else:
        assert program == without_dictionaries(told_by_pdfminer(data))


@pytest.mark.parametrize("strange", STRANGE)
def test_a_page_with_anything_unusual_is_left_to_pdfminer(strange: bytes) -> None:
    assert _program([PDFStream({}, b"q " + strange + b" Q\n")]) is None


def test_streams_of_a_page_are_parted_as_by_a_line_break() -> None:
    program = _program([PDFStream({}, b"q 1"), PDFStream({}, b"0 0 RG Q")])
    assert program == told_by_pdfminer(b"q 1\n0 0 RG Q")


@pytest.mark.parametrize("name", ["hongze_2023.pdf", "hongze_2024.pdf"])
def test_every_page_of_a_real_report_gives_the_same_characters_and_lines(name: str) -> None:
    import pdfplumber

    from gxtools.readers.pdf_program import lay_out

    if not (SHARED / "reports" / name).exists():
        pytest.skip(f"{name} is not here")
    path = SHARED / "reports" / name
    with pdfplumber.open(path) as plain, pdfplumber.open(path) as ahead:
        for page, other in zip(plain.pages, ahead.pages, strict=True):
            lay_out(other)
            assert page.objects.keys() == other.objects.keys()
            for kind, shapes in page.objects.items():
                for shape, again in zip(shapes, other.objects[kind], strict=True):
                    assert all(_alike(again[key], shape[key]) for key in again)


def _alike(one: Any, other: Any) -> bool:
    return bool(one == other or (isinstance(one, float) and one == pytest.approx(other)))
