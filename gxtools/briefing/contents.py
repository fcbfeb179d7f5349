"""The briefing as chapters of sentences, figures and tables, for a document or a page."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from ..problems import in_words
from ..traces import file_name
from . import pictures
from .appendix import broken_sheet, definitions, source_sheet
from .choice import common_year
from .comparison import comparable, comparison_notes, comparison_sheets, drawn_of
from .findings import checked, findings
from .frames import Measures
from .grids import Grid, applicant_grid, dispute_grid, outcome_grid, volume_grid
from .pictures import Picture
from .sentences import Finding
from .tables import Sheet
from .words import join, say, scope_name, years_of


class Figure(NamedTuple):
    """A picture and what it is called."""

    caption: str
    picture: Picture


class Table(NamedTuple):
    """A table, what it is called, and what stands under it."""

    caption: str
    sheet: Sheet
    notes: list[str]


class Lead(NamedTuple):
    """A sentence that introduces the figures and tables of its section."""

    text: str


class Rule(NamedTuple):
    """One of a numbered list of definitions."""

    text: str


Item = Finding | Lead | Rule | Figure | Table


@dataclass(frozen=True)
class Section:
    """A part of a chapter; without a title where the chapter has one part only."""

    title: str
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    title: str
    sections: list[Section]


def chapters(measures: Measures, lang: str, most: int) -> list[Chapter]:
    """The chapters of a briefing; tables of reports have at most `most` rows."""
    told = findings(measures, lang)
    made = [Chapter(say("findings", lang), [Section("", list(told))])]
    if len(measures.about(measures.volumes)):
        made.append(Chapter(say("applications", lang), _applications(measures, told, lang, most)))
    if len(measures.about(measures.disputes)):
        items = _disputes(measures, told, lang, most)
        made.append(Chapter(say("disputes_short", lang), [Section("", items)]))
    if compared := list(_compared(measures, lang)):
        made.append(Chapter(say("compared", lang), [Section("", compared)]))
    made.append(Chapter(say("quality", lang), _quality(measures, lang, most)))
    made.append(Chapter(say("sources_and", lang), _sources(measures, lang, most)))
    return made


def subject(measures: Measures, lang: str, named: int = 3) -> str:
    """The bodies by their names, or how many they are."""
    if len(measures.shown) <= named:
        return ("、" if lang == "zh" else ", ").join(measures.shown)
    return say("subject_many", lang, n=len(measures.shown))


def _titled(title: str, measures: Measures, frame: pd.DataFrame, lang: str) -> str:
    words = {"subject": subject(measures, lang, 1), "years": years_of(frame["year"], lang)}
    return say("of_reports", lang, title=title, **words)


def _lead(told: list[Finding], topic: str) -> list[Item]:
    texts = [finding.text for finding in told if finding.topic == topic]
    return [Lead(text) for text in texts[:1]]


def _table(key: str, grid: Grid, lang: str) -> list[Item]:
    caption = say("table_of", lang, title=say(key, lang), years=grid.years)
    return [Table(caption, grid.sheet, grid.notes)] if grid.sheet.rows else []


def _applications(measures: Measures, told: list[Finding], lang: str, most: int) -> list[Section]:
    volumes, outcomes = measures.about(measures.volumes), measures.about(measures.outcomes)
    named = say("volumes_short", lang), say("outcomes_short", lang), say("applicants_short", lang)
    received: list[Item] = [
        *_lead(told, "received"),
        Figure(_titled(named[0], measures, volumes, lang), pictures.volume_picture(volumes)),
        *_table("volumes_table", volume_grid(measures, lang, most), lang),
    ]
    ended: list[Item] = [
        *_lead(told, "disclosed"),
        Figure(_titled(named[1], measures, outcomes, lang), pictures.outcome_picture(outcomes)),
        *_table("outcomes_table", outcome_grid(measures, lang, most), lang),
    ]
    who = _table("applicants_table", applicant_grid(measures, lang, most), lang)
    parts = zip(named, (received, ended, who), strict=True)
    return [Section(title, items) for title, items in parts if items]


def _disputes(measures: Measures, told: list[Finding], lang: str, most: int) -> list[Item]:
    frame = measures.about(measures.disputes)
    title = _titled(say("disputes_short", lang), measures, frame, lang)
    return [
        *_lead(told, "routes"),
        Figure(title, pictures.dispute_picture(frame)),
        *_table("disputes_table", dispute_grid(measures, lang, most // 3), lang),
    ]


def _compared(measures: Measures, lang: str) -> Iterator[Item]:
    """The bodies of one scope by their shares, and every body's figures; no ranking."""
    index, absent = common_year(measures.index, measures.focus)
    if index["body"].nunique() < 2:
        return
    years = years_of(index["year"], lang)
    for scope, known in comparable(measures, index):
        shown = drawn_of(known, measures.focus)
        caption = say("comparison", lang, scope=scope_name(scope, lang, of=True), years=years)
        yield Figure(caption, pictures.interval_picture(shown, measures.focus, scope))
    notes = [note for note in comparison_notes(measures, index, absent, lang) if note]
    for caption, sheet in comparison_sheets(measures, index, lang):
        yield Table(caption, sheet, notes)


def _quality(measures: Measures, lang: str, most: int) -> list[Section]:
    sheet = broken_sheet(measures, lang)
    sums: list[Item] = [Lead(checked(measures.checks, lang))]
    if sheet.rows:
        sums.append(
            _cut(Table(say("broken_table", lang), sheet, [say("checks_note", lang)]), lang, most)
        )
    else:
        sums.append(Lead(say("checks_clean", lang)))
    rows = in_words(measures.problems, lang).to_dict("records")
    unread = Table(say("problems_table", lang), _unread(rows, lang), [])
    told: list[Item] = [_cut(unread, lang, most)] if rows else [Lead(say("problems_none", lang))]
    return [Section(say("checks_short", lang), sums), Section(say("unread_short", lang), told)]


def _unread(rows: list[dict[Hashable, Any]], lang: str) -> Sheet:
    heads = [say(name, lang) for name in ("file", "problem_where", "problem", "advice")]
    lines = [
        [file_name(row["file"]), *(_text(row[name]) for name in ("where", "what", "advice"))]
        for row in rows
    ]
    return Sheet(heads, lines, (2, 2.2, 4, 4))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _sources(measures: Measures, lang: str, most: int) -> list[Section]:
    sheet = source_sheet(measures, lang)
    table = _cut(Table(say("sources_table", lang), sheet, [say("promise", lang)]), lang, most)
    rules: list[Item] = [Rule(text) for text in definitions(measures, lang)]
    return [
        Section(say("sources_short", lang), [table]),
        Section(say("definitions_short", lang), rules),
    ]


def _cut(table: Table, lang: str, most: int) -> Table:
    """The first `most` rows, and how many there are beyond them."""
    beyond = len(table.sheet.rows) - most
    if beyond <= 0:
        return table
    notes = [join([*table.notes, say("rest_of_table", lang, n=beyond)], lang)]
    return table._replace(sheet=table.sheet._replace(rows=table.sheet.rows[:most]), notes=notes)
