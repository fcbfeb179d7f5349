"""Figures that the text of a report states, beside the figures of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal

import pandas as pd

from ..arguments import language
from ..reports import Reports, need_reports
from ..sections import FOREWORD
from .dates import period, stray_year
from .fees import fees
from .findings import Finding, Notes, Told
from .growth import growth
from .listed import reviewed_claims
from .numbers import number
from .phrases import Phrases, load_phrases
from .said import Said, find_said
from .sentences import Sentence, find_sentences
from .shares import Shares, share
from .sums import Figures, sums
from .tallies import Tallies

Lang = Literal["zh", "en"]
CLAIMS = [
    "report",
    "agency",
    "year",
    "section",
    "check",
    "sentence",
    "said",
    "unit",
    "what",
    "printed",
    "difference",
    "verdict",
    "note",
    "place",
]
_TYPES = {"year": "Int64", "section": "Int64"} | dict.fromkeys(
    ("said", "printed", "difference"), "Float64"
)
# 存在的主要问题及改进情况 speaks of plans: its figures are none of the year's.
PLANS = 5


def claims(
    reports: Reports, *, lang: Lang = "zh", reviewed: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The figures that each report's text states, held against its tables and against each other.

    Grain: one row a figure stated, in printed order; reports in the order of the index. Columns:
    report agency year section check sentence said unit what printed difference verdict note place.
    `said` is the figure of the sentence in its `unit` (件, 宗, %, 元; <NA> for zero in words),
    `what` the cells that it was held against as codes (`applications[granted + partial, total]`),
    `printed` their value as printed or, where the total is not printed, added up (the note says
    so), `difference` = said - printed, `place` where the first cell is printed.

    check: TX-NUM a count; TX-PCT a percentage, recomputed; TX-SUM counts listed in a sentence,
    added up to the total that the text names; TX-YOY growth, against last year's report of the
    same body; TX-PERIOD the reporting period; TX-YEAR a sentence that opens with another year;
    TX-FEE the information-handling fee.

    verdict: `agrees` (the note names a reading that is not the plain one, such as received +
    carried_in), `differs`, `other_scope` (the sentence speaks of other figures than the tables:
    全区 beside 本级, or of another body), `unknown` (the cells were not read, or the words leave it
    open), and for fees `stated`. A figure in prose is a claim: no cell is changed.
    Only phrases that leave no doubt are taken, so not every figure of a text is found. Sections 一
    to 四 and 六 are searched; the foreword (section 0) for the reporting period alone. `lang` is
    the language of the notes. With `reviewed`, the verdicts of `review()`, two more columns:
    `review` (确认 or 排除) and `reason`. Raises InputError for another language.
    """
    language(lang)
    need_reports(reports)
    phrases = load_phrases()
    notes = Notes(phrases.notes[lang])
    texts = dict(iter(reports.sections.groupby("report", sort=False)))
    rows = [
        (told.report, told.agency or pd.NA, told.year, found.sentence.section, *_columns(found))
        for told in _told(reports)
        if told.report in texts
        for found in _findings(texts[told.report], told, phrases, notes)
    ]
    made = pd.DataFrame(rows, columns=CLAIMS)
    made = made.astype({name: _TYPES.get(name, "string") for name in CLAIMS})
    return made if reviewed is None else made.join(reviewed_claims(made, reports, reviewed))


def _columns(found: Finding) -> tuple[Any, ...]:
    return (
        found.check,
        found.sentence.printed,
        found.said,
        found.unit,
        found.what,
        found.printed,
        found.difference,
        found.verdict,
        found.note,
        found.place,
    )


def _told(reports: Reports) -> list[Told]:
    """The reports of the index, each with last year's report of the same body."""
    told: list[Told] = []
    known: dict[tuple[str, str, int], list[Told]] = {}
    names = ["report", "agency", "division", "year", "scope"]
    who = reports.index[names].astype(object).to_numpy().tolist()
    for row, tallies in zip(who, Tallies.of_each(reports), strict=True):
        report, agency, division, scope = (_text(row[at]) for at in (0, 1, 2, 4))
        year = None if pd.isna(row[3]) else int(row[3])
        body = agency, division
        told.append(Told(report, agency, division, year, scope, tallies))
        if year is not None and body[0]:
            known.setdefault((*body, year), []).append(told[-1])
    return [replace(one, last_year=_last_year(one, known)) for one in told]


def _last_year(one: Told, known: dict[tuple[str, str, int], list[Told]]) -> Told | None:
    """Last year's report of the same body, of the same scope where there are several."""
    if one.year is None:
        return None
    found = known.get((one.agency, one.division, one.year - 1), [])
    same = [other for other in found if other.scope == one.scope]
    return next(iter(same or found), None)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _findings(
    sections: pd.DataFrame, told: Told, phrases: Phrases, notes: Notes
) -> Iterator[Finding]:
    for section, text in zip(sections["section"], sections["text"], strict=True):
        if pd.isna(text) or section == PLANS:
            continue
        sentences = list(find_sentences(int(section), text, told.year))
        for sentence in sentences:
            yield from period(sentence, told, phrases, notes)
        if section != FOREWORD:
            yield from _figures(sentences, told, phrases, notes)
            yield from fees(sentences, phrases, notes)
            for sentence in sentences:
                yield from stray_year(sentence, told, phrases, notes)


def _figures(
    sentences: list[Sentence], told: Told, phrases: Phrases, notes: Notes
) -> Iterator[Finding]:
    """The findings of counts, their percentages and growth; then the sums of each block."""
    said = zip(sentences, find_said(sentences, told.agency, phrases), strict=True)
    for _, block in groupby(said, key=lambda pair: pair[0].block):
        figures: list[Figures] = []
        stated: list[Said] = []
        for _, found in block:
            figures.append([])
            stated += found
            for one in found:
                count = number(one, {other.id for other in found}, told, notes)
                figures[-1].append((one, count.tally if count else None))
                if count:
                    yield count
                    yield from _said_of(one, stated, count, told, phrases, notes)
        yield from sums(figures, told, phrases, notes)


def _said_of(
    one: Said, stated: list[Said], count: Finding, told: Told, phrases: Phrases, notes: Notes
) -> Iterator[Finding]:
    """The findings for the percentage and the growth that are said of a figure."""
    wholes = [other for other in stated if other.id in phrases.growth["of"]]
    if one.share:
        totals = tuple(float(other.count.value) for other in reversed(wholes))
        shares = Shares(phrases.shares["denominators"], totals)
        part = share(one, one.share, count, shares, told, notes)
        if part:
            yield part
    sole = [other.sentence for other in wholes].count(one.sentence) == 1
    for token in one.growth:
        yield growth(one, token, told, sole, phrases, notes)
