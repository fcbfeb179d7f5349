"""The names and widths of a font's characters are those that pdfminer reads."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdffont import get_widths
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from gxtools.readers.pdf_names import Fonts, names_told, widths

HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo "
    b"<</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Own def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
FOOT = b"endcmap CMapName currentdict /CMap defineresource pop end end"
NAMES = (b"0031", b"4E2D", b"00A0", b"0020", b"D840DC0B", b"d840", b"41", b"00660069", b"FFFF")


def told_by_pdfminer(data: bytes) -> dict[int, str]:
    names = FileUnicodeMap()
    CMapParser(names, io.BytesIO(data)).run()
    return names.cid2unichr


def drawn(draw: random.Random) -> bytes:
    """Sections of single names, ranges and lists, which name some codes again."""
    sections = []
    for _ in range(draw.randint(1, 4)):
        lines = []
        is_range = draw.random() < 0.5
        for _ in range(draw.randint(0, 9)):
            first = draw.randrange(40)
            last = first + draw.randrange(6)
            if not is_range:
                lines.append(b"<%04X> <%s>" % (first, draw.choice(NAMES)))
            elif draw.random() < 0.5:
                lines.append(b"<%04X><%04x> <%04X>" % (first, last, draw.choice((49, 155, 0x4E00))))
            else:
                listed = b" ".join(b"<%s>" % draw.choice(NAMES) for _ in range(last - first + 1))
                lines.append(b"<%04X> <%04X> [%s]" % (first, last, listed))
        kind = b"range" if is_range else b"char"
        body = b"\n".join(lines)
        sections.append(b"%d beginbf%s\n%s\nendbf%s\n" % (len(lines), kind, body, kind))
    return HEAD + b"".join(sections) + FOOT


@pytest.mark.parametrize("seed", range(60))
def test_names_in_the_usual_way_are_those_of_pdfminer(seed: int) -> None:
    data = drawn(random.Random(seed))
    assert names_told(data) == told_by_pdfminer(data)


@pytest.mark.parametrize(
    "section",
    [
        b"1 beginbfchar % <0001> <0031>\n<0002> <0032> endbfchar\n",
        b"1 beginbfchar <0001> /one endbfchar\n",
        b"1 beginbfchar <00 01> <0031> endbfchar\n",
        b"1 beginbfrange <0001> <02> <0031> endbfrange\n",
        b"1 beginbfrange <0001> <0003> <D840DC0B> endbfrange\n",
        b"1 beginbfrange <0001> <0009> <D7FE> endbfrange\n",
        b"1 begincidchar <0001> 49 endcidchar\n",
        b"endcmap 1 beginbfchar <0001> <0031> endbfchar\n",
        b"(1 beginbfchar <0001> <0031> endbfchar) pop\n",
        b"1 beginbfchar <0001> <0031>\n",
        b"1 begin bfchar <0001> <0031> endbfchar\n",
    ],
)
def test_names_in_any_other_way_are_left_to_pdfminer(section: bytes) -> None:
    assert names_told(HEAD + section + FOOT) is None


def test_widths_are_those_of_pdfminer() -> None:
    listed: list[Any] = [1, [500, 250.5], 7, 9, 1000, 8, [333], 20, 19, 5, 2.5, 4, 6, [7], 30]
    assert widths(listed) == get_widths(listed) != {}


@pytest.mark.parametrize("encoding", ["Identity-H", "Identity-V"])
def test_a_font_has_its_names_and_widths_and_its_outlines_stay_packed(encoding: str) -> None:
    names = HEAD + b"1 beginbfchar <0007> <0037> endbfchar " + FOOT
    outlines = PDFStream({}, b"not even packed")
    spec = {
        "Subtype": LIT("CIDFontType2"), "BaseFont": LIT("Song"), "Encoding": LIT(encoding),
        "ToUnicode": PDFStream({}, names), "W": [7, [250]], "W2": [7, [-900, 500, 880]],
        "FontDescriptor": {"FontName": LIT("Song"), "FontFile2": outlines, "Ascent": 880},
    }  # fmt: skip
    font = Fonts().get_font(None, spec)
    assert font.to_unichr(7) == "7" and font.ascent == 880
    assert font.char_width(7) == pytest.approx(-0.9 if font.is_vertical() else 0.25)
    assert outlines.rawdata is not None
