"""The last slides: which sums do not hold, where the figures come from, what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..charts import style
from ..charts.words import formula_text
from .deck import NOTE, TEXT, Deck, new_page, put_lead, put_text
from .findings import checked
from .frames import Measures
from .lettering import LINE, lines
from .provenance import edition_text, origin, place_text
from .tables import Sheet, put_pages
from .words import check_name, count, say, scope_name, value_name

_PAGES = 4  # of each list; the workbook has the rest


def check_slides(deck: Deck, measures: Measures) -> None:
    """The sums that do not hold, as printed; a line where all do."""
    lang, checks = deck.lang, measures.checks
    told = checked(checks, lang)
    sheet = broken_sheet(measures, lang)
    if not sheet.rows:
        page = new_page(deck, say("checks", lang))
        put_lead(page, told)
        if len(checks):
            put_lead(page, say("checks_clean", lang))
        return
    put_pages(deck, say("checks", lang), sheet, [say("checks_note", lang)], told, _PAGES)


def broken_sheet(measures: Measures, lang: str) -> Sheet:
    """A row a relation that does not hold: errors before warnings."""
    checks = measures.checks
    broken = checks.loc[checks["verdict"] == "broken"]
    broken = broken.sort_values("severity", kind="stable")
    heads = ("body", "year", "must", "what", "where", "left", "right", "gap")
    header = [say(name, lang) for name in heads]
    rows = [_finding(row, lang) for _, row in broken.iterrows()]
    return Sheet(header, rows, (2.4, 0.6, 0.7, 3, 3.2, 0.8, 0.8, 0.8), (5, 6, 7))


def _finding(row: pd.Series[Any], lang: str) -> list[str]:
    numbers = [count(row[name]) for name in ("left", "right", "gap")]
    year = "—" if pd.isna(row["year"]) else str(row["year"])
    what = check_name(str(row["check"]), str(row["basis"]), lang)
    must = value_name(row["severity"], lang)
    return [str(row["body"]), year, must, what, place_text(row, lang), *numbers]


def source_slides(deck: Deck, measures: Measures) -> None:
    """A row a report, on as many pages as it takes."""
    lang = deck.lang
    sheet, footer = source_sheet(measures, lang), [say("promise", lang)]
    put_pages(deck, say("sources", lang), sheet, footer, most=_PAGES)


def source_sheet(measures: Measures, lang: str) -> Sheet:
    """A row a report: whose, which year and form, from where, and how much of it was read."""
    header = [say(name, lang) for name in ("body", "scope", "year", "edition", "origin", "cells")]
    rows = [
        [
            str(row["body"]),
            scope_name(row["scope"], lang),
            "—" if pd.isna(row["year"]) else str(row["year"]),
            edition_text(row["editions"], lang),
            origin(row["source"], row["file"]),
            f"{count(row['found'])}/{count(row['expected'])}",
        ]
        for _, row in measures.index.iterrows()
    ]
    return Sheet(header, rows, (2.6, 0.9, 0.6, 2, 4.8, 1.2), (5,))


def definitions(measures: Measures, lang: str) -> list[str]:
    """The formulas of the measures and the rules of the briefing, a sentence each."""

    def formula(frame: pd.DataFrame, axis: str) -> str:
        return formula_text(frame["formula"].dropna(), lang, axis)

    def over(frame: pd.DataFrame, axis: str) -> str:
        found = {text.partition(" / ")[2] for text in frame["formula"].dropna()}
        return formula_text(sorted(text.replace("[total]", "") for text in found), lang, axis)

    small = {"n": style.SMALL_N}
    told = [
        ("def_received", formula(measures.volumes, "outcome")),
        ("def_outcome", over(measures.outcomes, "outcome")),
        ("def_disclosed", formula(measures.disclosed, "outcome")),
        ("def_applicant", over(measures.applicants, "applicant")),
        ("def_rate", formula(measures.disputes, "result")),
    ]
    return [
        *(say(key, lang, formula=text) for key, text in told if text),
        say("def_interval", lang, **small),
        say("def_yoy", lang, **small),
        say("def_blank", lang),
        say("def_scope", lang),
        say("def_cause", lang),
    ]


def definition_slide(deck: Deck, measures: Measures) -> None:
    page = new_page(deck, say("definitions", deck.lang))
    told: Sequence[str] = definitions(measures, deck.lang)
    size = TEXT
    height = sum(lines(text, page.width, size) * size * LINE + NOTE for text in told)
    if height > page.height:
        size -= 3
    put_text(page, _spaced(told, size), page.height, "Definitions")


def _spaced(told: Sequence[str], size: float) -> list[list[tuple[str, float, str, bool]]]:
    """Sentences with a small empty line between them."""
    made: list[list[tuple[str, float, str, bool]]] = []
    for text in told:
        made += [[(text, size, style.INK, False)], [(" ", 5.0, style.INK, False)]]
    return made[:-1]
