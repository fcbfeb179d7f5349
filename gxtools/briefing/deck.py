"""The pages of a deck: where its titles, leads, charts and footers stand."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..charts import style
from ..errors import FileError, InputError
from .lettering import FACE, LINE, A, P, Run, emu, lines, rgb, text_width, tight, write

LEAD, TEXT, TABLE, NOTE = 15.0, 15.0, 10.0, 9.0  # points
_WIDE, _HIGH, _MARGIN = 960.0, 540.0, 44.0  # points, 16:9
_TOP, _BOTTOM = 76.0, 28.0
# Title and subtitle of the first page.
_FIRST = {0: (_MARGIN, 130.0, _WIDE - 2 * _MARGIN, 90.0), 1: (_MARGIN, 240.0, 760.0, 200.0)}


@dataclass
class Page:
    """A slide and the room on it that is still free, in points."""

    slide: Any
    title: str
    left: float
    top: float
    width: float
    bottom: float
    lang: str

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass
class Deck:
    """A presentation, the language of its text, and whether its layouts are a user's own."""

    presentation: Any
    lang: str
    template: bool

    @property
    def size(self) -> tuple[float, float]:
        return self.presentation.slide_width / 12700, self.presentation.slide_height / 12700

    @property
    def top(self) -> float:
        """Where the content of a page begins: under the title of the template, if that is high."""
        titles = [s for s in self.layout("titleOnly").placeholders if _is_title(s)]
        if not self.template or not titles or titles[0].height is None:
            return _TOP
        under = (titles[0].top + titles[0].height) / 12700
        return under + 6 if under < self.size[1] * 0.3 else _TOP

    @property
    def room(self) -> float:
        """The height of the content of a page."""
        return self.size[1] - _BOTTOM - self.top

    def layout(self, kind: str) -> Any:
        """The layout of this type (`title`, `titleOnly`), or the first that has a title."""
        layouts = list(self.presentation.slide_layouts)
        typed = [one for one in layouts if one._element.get("type") == kind]
        titled = [one for one in layouts if any(_is_title(shape) for shape in one.placeholders)]
        return (typed + titled + layouts)[0]


def _is_title(shape: Any) -> bool:
    return bool(shape.placeholder_format.idx == 0)


def open_deck(template: str | os.PathLike[str] | None, lang: str) -> Deck:
    """An empty deck: of 16:9, or with the size, masters and layouts of a template.

    Raises FileError when there is no such template, InputError when it is no presentation.
    """
    from pptx import Presentation

    if template is None:
        made = Presentation()
        _widen(made)
        _letter(made)
        return Deck(made, lang, False)
    where = os.fspath(template)
    if not os.path.isfile(where):
        raise FileError("there is no such template", where=where, advice="Check the path.")
    try:
        made = Presentation(where)
    except Exception as error:  # python-pptx, zipfile and lxml each raise their own
        advice = "Give a .pptx file; a .potx can be saved as one."
        raise InputError("the template is no presentation", where=where, advice=advice) from error
    _empty(made)
    return Deck(made, lang, True)


def _widen(made: Any) -> None:
    """The built-in 4:3 template as 16:9, its titles left and on one line."""
    across, down = emu(_WIDE) / made.slide_width, emu(_HIGH) / made.slide_height
    made.slide_width, made.slide_height = emu(_WIDE), emu(_HIGH)
    for holder in (made.slide_master, *made.slide_layouts):
        for shape in holder.shapes:
            if shape._element.spPr.find(f"{A}xfrm") is not None:
                shape.left, shape.width = int(shape.left * across), int(shape.width * across)
                shape.top, shape.height = int(shape.top * down), int(shape.height * down)
    title = next(shape for shape in made.slide_master.placeholders if _is_title(shape))
    place(title, (_MARGIN, 22, _WIDE - 2 * _MARGIN, 46))
    made.slide_master._element.find(f".//{P}titleStyle/{A}lvl1pPr").set("algn", "l")
    first = next(layout for layout in made.slide_layouts if layout._element.get("type") == "title")
    for shape in first.placeholders:
        if shape.placeholder_format.idx in _FIRST:
            place(shape, _FIRST[shape.placeholder_format.idx])


def _letter(made: Any) -> None:
    """Our typeface in the theme, so that text that is added later has it too."""
    rels = made.slide_master.part.rels.values()
    theme = next(rel.target_part for rel in rels if rel.reltype.endswith("/theme"))
    root = etree.fromstring(theme.blob)
    for font in root.iter(f"{A}latin", f"{A}ea"):
        parent = font.getparent()
        if parent is not None and parent.tag in (f"{A}majorFont", f"{A}minorFont"):
            font.set("typeface", FACE)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _empty(made: Any) -> None:
    """A template without its own slides, and without the sections and shows that list them."""
    slides = made.slides._sldIdLst
    for entry in list(slides):
        made.part.drop_rel(entry.rId)
        slides.remove(entry)
    root = made.part._element
    for found in [*root.findall(f"{P}custShowLst"), *root.findall(f"{P}extLst")]:
        root.remove(found)


def new_page(deck: Deck, title: str) -> Page:
    """A page with its title and number, and the room between."""
    slide = deck.presentation.slides.add_slide(deck.layout("titleOnly"))
    width = deck.size[0] - 2 * _MARGIN
    _head(deck, slide, title, width)
    drop_empty(slide)
    _number(slide, deck)
    return Page(slide, title, _MARGIN, deck.top, width, deck.top + deck.room, deck.lang)


def _head(deck: Deck, slide: Any, title: str, width: float) -> None:
    holder, box = slide.shapes.title, (_MARGIN, 22.0, width, 46.0)
    if holder is None:
        holder = slide.shapes.add_textbox(*(emu(value) for value in box))
    elif deck.template and deck.top == _TOP:  # a title in the middle leaves no room below it
        place(holder, box)
    holder.name = "Title"
    if not deck.template:
        tight(holder.text_frame)
    write(holder.text_frame, [[(title, _title_size(title, width), style.INK, True)]], deck.lang)


def _title_size(title: str, width: float) -> float:
    """The size in which a title stands on one line, from 24 points down to 15."""
    return max(15.0, min(24.0, math.floor(width * 0.93 / max(text_width(title, 1.0), 1))))


def drop_empty(slide: Any) -> None:
    """Remove placeholders without content, which show a prompt when the deck is edited."""
    for shape in list(slide.placeholders):
        if not (shape.has_text_frame and shape.text_frame.text):
            shape._element.getparent().remove(shape._element)


def _number(slide: Any, deck: Deck) -> None:
    """The number of the slide, as a field that follows when slides are moved."""
    wide, high = deck.size
    box = slide.shapes.add_textbox(emu(wide - 80), emu(high - 24), emu(60), emu(18))
    box.name = "Slide number"
    number = str(len(deck.presentation.slides))
    write(box.text_frame, [[(number, NOTE, style.GREY, False)]], deck.lang, align="r")
    run = box.text_frame.paragraphs[0]._p.find(f"{A}r")
    run.tag = f"{A}fld"
    run.set("id", "{00000000-0000-4000-8000-000000000001}")
    run.set("type", "slidenum")


def fill(heights: list[float], room: float) -> list[list[int]]:
    """Which heights stand on which page, in order."""
    pages: list[list[int]] = [[]]
    used = 0.0
    for i, height in enumerate(heights):
        if pages[-1] and used + height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(i)
        used += height
    return pages


def put_text(page: Page, paragraphs: Sequence[Sequence[Run]], height: float, name: str) -> None:
    """A text box over the width of the page; what is below it stays free."""
    box = page.slide.shapes.add_textbox(emu(page.left), emu(page.top), emu(page.width), emu(height))
    box.name = name
    tight(box.text_frame)
    write(box.text_frame, paragraphs, page.lang)
    page.top += height


def put_lead(page: Page, text: str) -> None:
    """The sentence that the page shows, under its title."""
    height = lines(text, page.width, LEAD) * LEAD * LINE + 6
    put_text(page, [[(text, LEAD, style.INK, False)]], height, "Lead")


def put_footer(page: Page, sentences: Sequence[str]) -> None:
    """Formula, n, source and cautions at the foot of the page, beside its number."""
    told = [sentence for sentence in sentences if sentence]
    if not told:
        return
    width = page.width - 30
    height = sum(lines(text, width, NOTE) for text in told) * NOTE * LINE + 2
    low = page.bottom + 18
    box = page.slide.shapes.add_textbox(emu(page.left), emu(low - height), emu(width), emu(height))
    box.name = "Footer"
    tight(box.text_frame)
    write(box.text_frame, [[(text, NOTE, style.GREY, False)] for text in told], page.lang)
    page.bottom = low - height - 6


def write_first(
    deck: Deck, slide: Any, title: Sequence[Sequence[Run]], rest: Sequence[Sequence[Run]]
) -> None:
    """Title and subtitle of the first page, in the layout's places or else in boxes."""
    places = {s.placeholder_format.idx: s for s in slide.placeholders if s.has_text_frame}
    for idx, text in enumerate((title, rest)):
        holder = places.get(idx)
        if holder is None:
            left, top, width, height = _FIRST[idx]
            box = (left, top, min(width, deck.size[0] - 2 * left), height)
            holder = slide.shapes.add_textbox(*(emu(value) for value in box))
        write(holder.text_frame, text, deck.lang)
        if not deck.template:
            tight(holder.text_frame)
    drop_empty(slide)
    if not deck.template:
        _rule(slide)


def _rule(slide: Any) -> None:
    """A short line between title and subtitle."""
    rule = slide.shapes.add_shape(1, *(emu(value) for value in (_MARGIN, 226, 64, 3)))
    rule.name = "Rule"
    rule._element.remove(rule._element.find(f"{P}style"))
    rule.fill.solid()
    rule.fill.fore_color.rgb = rgb(style.OUTCOME_COLOURS["granted"])
    rule.line.fill.background()


def place(shape: Any, box: tuple[float, float, float, float]) -> None:
    """Put a shape at left, top, width, height in points."""
    shape.left, shape.top, shape.width, shape.height = (emu(value) for value in box)
