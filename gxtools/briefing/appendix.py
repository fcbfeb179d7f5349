"""The last slides: which sums do not hold, where the figures come from, what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

import pandas as pd

from ..charts import style
from ..charts.words import formula_text
from ..forms import editions as form_editions
from ..forms import label, load_form
from .deck import NOTE, TEXT, Deck, new_page, put_lead, put_text
from .findings import checked
from .frames import Measures
from .lettering import LINE, lines
from .tables import Sheet, put_pages
from .words import check_name, count, named, say, scope_name


def check_slides(deck: Deck, measures: Measures) -> None:
    """The sums that do not hold, as printed; a line where all do."""
    lang, checks = deck.lang, measures.checks
    told = checked(checks, lang)
    broken = checks.loc[checks["verdict"] == "broken"]
    if broken.empty:
        page = new_page(deck, say("checks", lang))
        put_lead(page, told)
        if len(checks):
            put_lead(page, say("checks_clean", lang))
        return
    heads = ("body", "year", "what", "where", "left", "right", "gap")
    header = [say(name, lang) for name in heads]
    rows = [_finding(row, lang) for _, row in broken.iterrows()]
    sheet = Sheet(header, rows, (2.4, 0.6, 3, 3.2, 0.8, 0.8, 0.8), (4, 5, 6))
    put_pages(deck, say("checks", lang), sheet, [say("checks_note", lang)], told)


def _finding(row: pd.Series[Any], lang: str) -> list[str]:
    numbers = [count(row[name]) for name in ("left", "right", "gap")]
    year = "—" if pd.isna(row["year"]) else str(row["year"])
    what = check_name(str(row["check"]), str(row["basis"]), lang)
    return [str(row["body"]), year, what, where(row, lang), *numbers]


def where(row: pd.Series[Any], lang: str) -> str:
    """Table, row and column of a finding in the words of the form, and its place in the file."""
    section = label(str(row["table"]), lang, axis="section", printed=lang == "zh")
    axes = _axes().get(str(row["table"]), ("", ""))
    parts = [
        named(row[side], lang, axis) for side, axis in zip(("row", "column"), axes, strict=True)
    ]
    place = "" if pd.isna(row["place"]) else str(row["place"])
    comma = "，" if lang == "zh" else ", "
    return comma.join(part for part in (section, *parts, place) if part)


def _axes() -> dict[str, tuple[str, str]]:
    """What the rows and columns of each table are."""
    tables = (table for edition in form_editions() for table in load_form(edition).tables)
    return {table.id: (table.row_axis, table.column_axis) for table in tables}


def source_slides(deck: Deck, measures: Measures) -> None:
    """A row a report: whose, which year and form, from where, and how much of it was read."""
    lang = deck.lang
    header = [say(name, lang) for name in ("body", "scope", "year", "edition", "origin", "cells")]
    rows = [
        [
            str(row["body"]),
            scope_name(row["scope"], lang),
            "—" if pd.isna(row["year"]) else str(row["year"]),
            edition_text(row["editions"], lang),
            origin(row),
            f"{count(row['found'])}/{count(row['expected'])}",
        ]
        for _, row in measures.index.iterrows()
    ]
    sheet = Sheet(header, rows, (2.6, 0.7, 0.6, 2, 5, 1), (5,))
    put_pages(deck, say("sources", lang), sheet, [say("promise", lang)])


def origin(row: pd.Series[Any]) -> str:
    """Where a report comes from: the source that is known, else the name of its file."""
    if pd.notna(row["source"]) and str(row["source"]).strip():
        return str(row["source"])
    return "—" if pd.isna(row["file"]) else PurePath(str(row["file"]).replace("\\", "/")).name


def edition_text(editions: object, lang: str) -> str:
    """One edition, or which section is of which where a report mixes them."""
    if pd.isna(editions):  # type: ignore[call-overload]
        return "—"
    told = dict(part.split("=", 1) for part in str(editions).split() if "=" in part)
    names = {edition: _edition_name(edition) for edition in told.values()}
    if len(names) == 1:
        return next(iter(names.values()))
    sections = {table.id: table.section for table in load_form(next(iter(names))).tables}
    parts = {e: sorted(sections.get(t, 0) for t, own in told.items() if own == e) for e in names}
    return "; ".join(
        say("edition_of", lang, edition=name, sections=", ".join(map(str, parts[edition])))
        for edition, name in names.items()
    )


def _edition_name(edition: str) -> str:
    """A national edition by its year, a local one by its name."""
    return edition if edition.isdigit() else load_form(edition).name


def definitions(measures: Measures, lang: str) -> list[str]:
    """The formulas of the measures and the rules of the briefing, a sentence each."""

    def formula(frame: pd.DataFrame, axis: str) -> str:
        return formula_text(frame["formula"].dropna(), lang, axis) if len(frame) else "—"

    def over(frame: pd.DataFrame, axis: str) -> str:
        found = {text.partition(" / ")[2] for text in frame["formula"].dropna()}
        return formula_text(sorted(found), lang, axis) or "—"

    small = {"n": style.SMALL_N}
    return [
        say("def_received", lang, formula=formula(measures.volumes, "outcome")),
        say("def_outcome", lang, formula=over(measures.outcomes, "outcome")),
        say("def_disclosed", lang, formula=formula(measures.disclosed, "outcome")),
        say("def_applicant", lang, formula=over(measures.applicants, "applicant")),
        say("def_rate", lang, formula=formula(measures.disputes, "result")),
        say("def_interval", lang, **small),
        say("def_yoy", lang, **small),
        say("def_blank", lang),
        say("def_scope", lang),
        say("def_cause", lang),
    ]


def definition_slide(deck: Deck, measures: Measures) -> None:
    page = new_page(deck, say("definitions", deck.lang))
    told: Sequence[str] = definitions(measures, deck.lang)
    size = TEXT - 2
    height = sum(lines(text, page.width, size) * size * LINE + NOTE for text in told)
    if height > page.height:
        size -= 1.5
    put_text(page, _spaced(told, size), page.height, "Definitions")


def _spaced(told: Sequence[str], size: float) -> list[list[tuple[str, float, str, bool]]]:
    """Sentences with a small empty line between them."""
    made: list[list[tuple[str, float, str, bool]]] = []
    for text in told:
        made += [[(text, size, style.INK, False)], [(" ", 5.0, style.INK, False)]]
    return made[:-1]
