"""Characters become the text that pdfplumber makes of them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pdfplumber.utils.text import extract_text

from gxtools.readers.pdf_lines import WORD_GAP, text_of

Shape = dict[str, Any]


def drawn(draw: random.Random) -> list[Shape]:
    """Lines near and far, gaps around the limit, marks raised a little, some spaces and ligatures."""
    chars = []
    step = draw.choice((2.75, 4, 8, 12))
    for number in range(draw.randint(1, 4)):
        x, y = 50.0, 100 + number * step
        for _ in range(draw.randint(1, 7)):
            size = draw.choice((7, 10, 10, 10.5))
            width = size * draw.choice((0.5, 1))
            x += draw.choice((0, 0, 0, 0.25, -0.5, WORD_GAP * size, 3.25, 6))
            top = y + draw.choice((0, 0, 0, 0, 0, 0.5, 2, 3.25))
            text = draw.choice(["1", "2", "中", "文", ".", "，", " ", "\u3000", "1", "2"])
            if draw.random() < 0.02:
                text = draw.choice(("ﬁ", "", "ab", "\ufffd"))
            chars.append(placed(text, x, top, size, width, draw.random() < 0.99))
            x += width if draw.random() < 0.97 else 0
    if draw.random() < 0.3:
        draw.shuffle(chars)
    return chars


def placed(
    text: str, x: float, top: float, size: float, width: float, upright: bool = True
) -> Shape:
    box = {"x0": x, "x1": x + width, "top": top, "bottom": top + size, "doctop": top}
    return {"text": text, "size": size, "upright": upright, "width": width, "height": size, **box}


@pytest.mark.parametrize("seed", range(50))
def test_any_characters_give_the_text_of_pdfplumber(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(40):
        chars = drawn(draw)
        if len(chars) > 1:
            plain = str(extract_text(chars, x_tolerance_ratio=WORD_GAP)).strip()
            assert text_of(chars) == plain


def test_a_single_character_is_what_it_is() -> None:
    assert text_of([placed("7", 50, 100, 10, 5)]) == "7"
    assert text_of([placed(" ", 50, 100, 10, 5)]) == text_of([]) == ""


def test_lines_are_parted_by_line_breaks_and_words_by_spaces() -> None:
    line = [placed("1", 50, 100, 10, 5), placed("2", 55, 100, 10, 5), placed("3", 64, 100, 10, 5)]
    assert text_of([placed("4", 50, 112, 10, 5), *line]) == "12 3\n4"
