"""Drawings within drawings of a PDF: counted before they are drawn."""

from __future__ import annotations

import pytest

from gxtools.document import Paragraph
from gxtools.errors import FormatError
from gxtools.readers import pdf, pdf_forms

from .hostile_saved import _CATALOGUE, _PAGES, _laughs, _objects, _stream
from .typeset import Sheet, typeset

_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
_FONT = b"/Resources<</Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_ITSELF = b"/Resources<</XObject<</F 5 0 R>>>>"


def printed(operators: bytes, more: bytes, *objects: bytes) -> bytes:
    """A PDF page with these operators; the first of the objects is number 5."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % more
    return _objects(_CATALOGUE, _PAGES, page, _stream(operators), *objects)


def test_text_in_a_drawing_within_a_drawing_is_read() -> None:
    inner = _stream(b"BT /H 12 Tf 60 700 Td (12345) Tj ET", _FORM + _FONT)
    outer = _stream(b"/F Do", _FORM + b"/Resources<</XObject<</F 6 0 R>>>>")
    (line,) = pdf.read("report.pdf", printed(b"/F Do", _ITSELF, outer, inner)).blocks
    assert isinstance(line, Paragraph) and line.text == "12345"


@pytest.mark.parametrize(
    ("operators", "more", "form"),
    [
        pytest.param(b"/F Do", _ITSELF, _stream(b"/F Do", _FORM + _ITSELF), id="its own resources"),
        pytest.param(b"/F Do", _ITSELF, _stream(b"/F Do", _FORM), id="the page's resources"),
        pytest.param(b"/F Do", _ITSELF, _stream(b"/#46 %x\nDo", _FORM), id="an escaped name"),
        pytest.param(
            b"",
            b"/Resources<</XObject<</F 5 0 R>>/Pattern<</P 5 0 R>>>>",
            _stream(b"/F Do", _FORM),
            id="a pattern",
        ),
        pytest.param(
            b"",
            b"/Resources<</XObject<</F 5 0 R>>/Font<</G<</Subtype/Type3/CharProcs<</a 5 0 R>>>>>>>>",
            _stream(b"/F Do", _FORM),
            id="a glyph",
        ),
        pytest.param(
            b"",
            b"/Resources<</ExtGState<</S<</SMask<</G 5 0 R>>>>>>>>",
            _stream(b"/F Do", _FORM + _ITSELF),
            id="a mask",
        ),
        pytest.param(
            b"",
            b"/Annots[<</Subtype/Stamp/AP<</N 5 0 R>>>>]",
            _stream(b"/F Do", _FORM + _ITSELF),
            id="a stamp",
        ),
    ],
)
def test_a_drawing_that_shows_itself_is_refused(operators: bytes, more: bytes, form: bytes) -> None:
    with pytest.raises(FormatError, match="shows itself"):
        pdf.read("report.pdf", printed(operators, more, form))


def test_drawings_that_multiply_are_counted_as_often_as_they_are_shown() -> None:
    with pytest.raises(FormatError, match="draw more than a report can"):
        pdf.read("report.pdf", _laughs(9))


def test_what_a_page_shows_again_counts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = _stream(b"BT /H 12 Tf 60 700 Td (12345) Tj ET", _FORM + _FONT)
    thrice = printed(b"/F Do " * 3, _ITSELF, inner)
    drawn = len(b"/F Do " * 3) + 3 * len(b"BT /H 12 Tf 60 700 Td (12345) Tj ET")
    monkeypatch.setattr(pdf_forms, "MAX_DRAWN", drawn)
    assert pdf.read("report.pdf", thrice).blocks
    monkeypatch.setattr(pdf_forms, "MAX_DRAWN", drawn - 1)
    with pytest.raises(FormatError, match="draw more"):
        pdf.read("report.pdf", thrice)


@pytest.mark.parametrize("ends", [b"0 4000000000 500", b"7 [500] 0 4000000000 500"])
def test_a_font_that_gives_a_width_to_endless_characters_is_refused(ends: bytes) -> None:
    data = typeset(Sheet().text(60, 60, "1")).replace(b"32 126 500", ends)
    with pytest.raises(FormatError, match="name more characters than there are"):
        pdf.read("report.pdf", data)


def test_a_font_that_names_endless_characters_is_refused() -> None:
    name = b"1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange\n"
    data = typeset(Sheet().text(60, 60, "1")).replace(
        b"1 beginbfrange <0000>", name + b"1 beginbfrange <0000>"
    )
    with pytest.raises(FormatError, match="name more characters than there are"):
        pdf.read("report.pdf", data)
