"""The briefing as slides: what the figures say, the charts, the checks, the sources."""

from __future__ import annotations

import io
import os

from ..charts import style
from .appendix import check_slides, definition_slide, source_slides
from .archive import DATE, sealed
from .comparison import comparison_slides
from .deck import TEXT, Deck, fill, new_page, open_deck, put_text, write_first
from .disputes import dispute_slide
from .findings import findings
from .frames import Measures
from .lettering import LINE, Run, lines, set_typeface
from .outcomes import outcome_slide
from .sentences import Finding
from .volumes import volume_slide
from .words import count, say, years_of

_BASIS = 10.5  # points, of what a finding rests on
_BETWEEN = 7.0


def pptx_bytes(
    measures: Measures, lang: str, template: str | os.PathLike[str] | None = None
) -> bytes:
    """The presentation. Raises FileError or InputError for a template that cannot be used."""
    deck = open_deck(template, lang)
    told = findings(measures, lang)
    _title_slide(deck, measures)
    _finding_slides(deck, told)
    for frame, topic, slide in (
        (measures.volumes, "received", volume_slide),
        (measures.outcomes, "disclosed", outcome_slide),
        (measures.disputes, "routes", dispute_slide),
    ):
        if len(measures.about(frame)):
            slide(deck, measures, _lead(told, topic))
    comparison_slides(deck, measures)
    check_slides(deck, measures)
    source_slides(deck, measures)
    definition_slide(deck, measures)
    return _saved(deck)


def _lead(told: list[Finding], topic: str) -> str:
    """The first finding of a topic; nothing where there is none."""
    return next((finding.text for finding in told if finding.topic == topic), "")


def _subject(measures: Measures, lang: str) -> str:
    if len(measures.shown) <= 3:
        return ("、" if lang == "zh" else ", ").join(measures.shown)
    return say("subject_many", lang, n=len(measures.shown))


def _title_slide(deck: Deck, measures: Measures) -> None:
    lang, index = deck.lang, measures.index
    slide = deck.presentation.slides.add_slide(deck.layout("title"))
    others = len(measures.bodies) - len(measures.shown)
    found, expected = index["found"].sum(), index["expected"].sum()
    coverage = say(
        "coverage", lang, reports=len(index), bodies=index["body"].nunique(),
        years=years_of(index["year"], lang), found=count(found), expected=count(expected),
    )  # fmt: skip
    told = [(_subject(measures, lang), 22.0, style.INK), (coverage, 15.0, style.GREY)]
    if measures.focus and others:
        told.insert(1, (say("compared_with", lang, n=others), 15.0, style.GREY))
    told.append((say("promise", lang), 13.0, style.GREY))
    paragraphs: list[list[Run]] = [[(text, size, colour, False)] for text, size, colour in told]
    write_first(deck, slide, [[(say("title", lang), 34.0, style.INK, True)]], paragraphs)


def _finding_slides(deck: Deck, told: list[Finding]) -> None:
    """The sentences, each over what it rests on: on one page, a little smaller if need be, or on as
    few as hold them, evenly filled."""
    size, room = TEXT, deck.room
    for smaller in (TEXT, TEXT - 1, TEXT - 2):
        heights = [_height(finding, deck.size[0] - 88, smaller) for finding in told]
        if sum(heights) <= room:
            size = smaller
            break
    heights = [_height(finding, deck.size[0] - 88, size) for finding in told]
    pages = fill(heights, room)
    even = fill(heights, min(room, sum(heights) / len(pages) + max(heights) / 2))
    pages = even if len(even) == len(pages) else pages
    for number, part in enumerate(pages, start=1):
        of = say("page", deck.lang, page=number, pages=len(pages)) if len(pages) > 1 else ""
        page = new_page(deck, say("findings", deck.lang) + of)
        put_text(page, _paragraphs([told[i] for i in part], size), page.height, "Findings")


def _height(finding: Finding, width: float, size: float) -> float:
    text = lines(finding.text, width, size) * size * LINE
    return text + lines(finding.basis, width, _BASIS) * _BASIS * LINE + _BETWEEN * LINE


def _paragraphs(told: list[Finding], size: float) -> list[list[Run]]:
    made: list[list[Run]] = []
    for finding in told:
        made.append([(finding.text, size, style.INK, False)])
        made.append([(finding.basis, _BASIS, style.GREY, False)])
        made.append([(" ", _BETWEEN, style.GREY, False)])
    return made[:-1]


def _saved(deck: Deck) -> bytes:
    """The file: typefaces set in every script, and nothing in it that depends on the day."""
    for slide in deck.presentation.slides:
        set_typeface(slide._element)
        for shape in slide.shapes:
            if shape.has_chart:
                set_typeface(shape.chart._chartSpace)
    about = deck.presentation.core_properties
    about.author = about.last_modified_by = "gxtools"
    about.title, about.language = say("title", deck.lang), "zh-CN" if deck.lang == "zh" else "en"
    about.created = about.modified = DATE
    about.revision = 1
    out = io.BytesIO()
    deck.presentation.save(out)
    return sealed(out.getvalue())
