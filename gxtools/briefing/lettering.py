"""Text on slides: measured, written in runs, and given its typeface in every script."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from lxml import etree

from .archive import clean

FACE = "Microsoft YaHei"
LINE = 1.3  # line height of a text, in its size
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Children of run properties that stand before the typefaces.
_BEFORE_FACE = (
    *("ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst"),
    *("effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill"),
)

# A word with its space, or one wide character; a closing mark stays with what it closes.
_PIECE = re.compile(r"(?:[!-~\u00a0-\u024f\u2013\u2014\u2212]+ ?|.)[，。；：、）”》]*")

_PARTS = re.compile(r"(?<=：)|(?<=: )|(?<=/)(?=[一-鿿])|(?=（)|(?= \()")  # of a heading

Run = tuple[str, float, str, bool]  # text, size, colour, bold


def emu(points: float) -> int:
    """Points in the unit that Office files count in."""
    return round(points * 12700)


def rgb(colour: str) -> Any:
    """`#0072B2` as python-pptx takes it."""
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made.from_string(colour.lstrip("#"))


def text_width(text: str, size: float) -> float:
    """The width of a line, estimated: a wide character is one em, any other 0.56."""
    wide = sum(unicodedata.east_asian_width(one) in "WFA" or one == "−" for one in text)
    return (wide + 0.56 * (len(text) - wide)) * size


def lines(text: str, width: float, size: float) -> int:
    """How many lines a text takes: words stay whole, wide characters break anywhere."""
    room, taken, used = width * 0.97, 1, 0.0
    for piece in _PIECE.findall(text):
        wide = text_width(piece.rstrip(), size)
        if used and used + wide > room:
            taken, used = taken + 1, 0.0
        over = max(0, math.ceil(wide / room) - 1)  # a word longer than the line is cut
        taken, used = taken + over, used + text_width(piece, size) - over * room
    return taken


def parted(text: str) -> list[str]:
    """The parts of a heading: 行政复议：, 纠正/ and 审结."""
    return [part for part in _PARTS.split(text) if part]


def balanced(text: str, width: float, size: float) -> list[str]:
    """A text that takes several lines, as lines of about one length: 办结 over 总计, not 办结总
    over 计; parted after a colon and before a bracket where that takes no line more."""
    text = text.replace(" / ", "\u00a0/ ")  # a stroke stays with what stands before it
    most, narrow = lines(text, width, size), width
    parts = parted(text)
    if 1 < len(parts) <= most == sum(lines(part, width, size) for part in parts):
        made = [line for part in parts for line in balanced(part.rstrip(), width, size)]
        return [line.replace("\u00a0", " ") for line in made]
    while narrow > size and lines(text, narrow - size / 4, size) == most:
        narrow -= size / 4
    made, room = [""], narrow * 0.97
    for piece in _PIECE.findall(text):
        if made[-1] and text_width(made[-1] + piece.rstrip(), size) > room:
            made.append("")
        made[-1] += piece
    made = made if len(made) == most else [text]
    return [line.rstrip().replace("\u00a0", " ") for line in made]


def write(frame: Any, paragraphs: Sequence[Sequence[Run]], lang: str, *, align: str = "l") -> None:
    """Write paragraphs of runs into an empty text frame."""
    from pptx.util import Pt

    frame.word_wrap = True
    for i, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph._p.get_or_add_pPr().set("algn", align)
        for text, size, colour, bold in runs:
            run = paragraph.add_run()
            run.text = clean(text)
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = rgb(colour)
            run._r.get_or_add_rPr().set("lang", "zh-CN" if lang == "zh" else "en-US")


def tight(frame: Any) -> None:
    """No margins around the text."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def set_typeface(root: Any) -> None:
    """Give every run under an element its Latin, East Asian and complex typeface.

    python-pptx writes only the Latin one, and Chinese then falls back to whatever the reader's
    machine takes.
    """
    for run in list(root.iter(f"{A}r", f"{A}fld")):
        if run.find(f"{A}rPr") is None:
            run.insert(0, run.makeelement(f"{A}rPr", {}))
    for properties in root.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
        for tag in ("latin", "ea", "cs"):
            for old in properties.findall(A + tag):
                properties.remove(old)
        before = [child for child in properties if etree.QName(child).localname in _BEFORE_FACE]
        at = list(properties).index(before[-1]) + 1 if before else 0
        for offset, tag in enumerate(("latin", "ea", "cs")):
            properties.insert(at + offset, properties.makeelement(A + tag, {"typeface": FACE}))
