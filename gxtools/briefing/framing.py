"""What frames a chart on a slide: its figures, its footer, and words where nothing can be drawn."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..charts.rows import about
from .choice import Rows
from .deck import Page, put_footer, put_lead
from .words import join, say

ROOM = 20  # lying bars on a slide
FEW_ROWS = 8  # rows of a table under a chart
_NAMED = 5


def value_of(frame: pd.DataFrame, report: str | None, column: str) -> float | None:
    """A figure of a report; None where there is no report or no figure."""
    found = frame.loc[frame["report"] == report, column] if report else frame[column].iloc[:0]
    return None if found.empty or pd.isna(found.iloc[0]) else float(found.iloc[0])


def put_notes(
    page: Page, frame: pd.DataFrame, rows: Rows, section: str, axis: str, *more: str
) -> None:
    """The footer: formula, n, source, what is not drawn, and cautions."""
    used = frame.loc[frame["report"].isin([report for report in rows.reports if report])]
    cautions = join([*rows.notes, *more, _derived(used, rows, page.lang)], page.lang)
    put_footer(page, [*about(used, page.lang, section, axis), cautions])


def _derived(used: pd.DataFrame, rows: Rows, lang: str) -> str:
    """Which of the reports have figures that are not printed as they stand."""
    reports = set(used.loc[used["basis"] == "derived", "report"])
    names = [n for n, r in zip(rows.names, rows.reports, strict=True) if r in reports]
    more = ["…"] if len(names) > _NAMED else []
    comma = "、" if lang == "zh" else ", "
    return say("derived_note", lang, names=comma.join([*names[:_NAMED], *more])) if names else ""


def emptiness(values: Sequence[Sequence[float | None]]) -> str:
    """Why there is nothing to draw (`all_zero`, `all_unread`, `zero_or_unread`); nothing when there
    is."""
    told = [value for series in values for value in series]
    known = [value for value in told if value is not None]
    if any(known):
        return ""
    if not known:
        return "all_unread"
    return "all_zero" if len(known) == len(told) else "zero_or_unread"


def say_empty(page: Page, why: str) -> None:
    """The reason in words, in the place of a chart."""
    put_lead(page, say("nothing", page.lang, why=say(why, page.lang)))


def described(series: Sequence[str], rows: Rows) -> str:
    """What a reader who cannot see the chart is told."""
    return f"{rows.subject}, {rows.years}: {', '.join(series)}; {', '.join(rows.names)}"
