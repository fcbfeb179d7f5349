"""The reasons of one group of outcomes: bars of each reason, bodies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ..arguments import language
from ..errors import InputError
from ..measures import Measure
from ..percentages import percentage
from . import style
from .lettering import footnote, note, nothing_to_draw, text_width, title, wrap
from .measured import RATE, WHO, Topic, capital, code_name, few, one_measure
from .rows import Ladder, body_names, by_body, choose, left_out, require, write_labels, years_text
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 5  # reports side by side
_GAP = 12.0  # points between them


class _Columns(NamedTuple):
    """The reports side by side, their figures by code, and the width of a column in points."""

    reports: pd.DataFrame
    found: dict[tuple[str, str], pd.Series[Any]]
    codes: list[str]
    width: float


def plot_denials(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with a bar for each reason of denial: its share of all denials, and the count.

    `frame` is that of `measure` for a measure of reasons: denial_reasons, or those of unavailable,
    declined or other. Up to five reports stand side by side on one scale, of more those of the
    latest common year with most cases (`plot_heatmap` shows all). Under 30 cases the bars are grey
    and only counts are given. Reasons stand in the form's order. Raises InputError for another
    frame, for a measure without codes, or another language.
    """
    require(frame, [*WHO, *RATE], "measure")
    language(lang)
    with style.drawing():
        if not frame["denominator"].notna().any():
            return nothing_to_draw(ax, lang, frame["report"].nunique())
        about = Topic(_with_codes(frame), None, lang)
        once = frame.drop_duplicates("report")
        once = once.assign(body=body_names(once), weight=once["denominator"])
        choice = choose(once, _MOST)
        reports, codes = by_body(choice.rows), list(dict.fromkeys(frame["code"]))
        names = [capital(code_name(about.measure, code, lang)) for code in codes]
        rungs = Ladder([float(i) for i in range(len(codes))], names, [])
        ax, room, pitch = rungs.axes(ax, beside=0, around=140)
        found = {(row["report"], row["code"]): row for _, row in frame.iterrows()}
        columns = _Columns(reports, found, codes, room / len(reports))
        _draw(ax, columns, about)
        write_labels(ax, rungs, pitch, [False] * len(codes))
        above = _write_heads(ax, columns, about)
        title(ax, _heading(reports, about), room, above=above)
        bodies = reports.set_index("report")["body"]
        drawn = frame.assign(body=frame["report"].map(bodies)).dropna(subset=["body"])
        small = say("reasons_few", lang, n=style.SMALL_N) if few(reports).any() else ""
        footnote(ax, [*about.sentences(drawn), small, left_out(choice, lang, "n")], room)
        return ax


def _with_codes(frame: pd.DataFrame) -> Measure:
    measure = one_measure(frame)
    if not measure.each:
        raise InputError(f"{measure.id} has no reasons", advice="Try denial_reasons.")
    return measure


def _heading(reports: pd.DataFrame, about: Topic) -> str:
    bodies, years = reports["body"].unique(), years_text(reports["year"], about.lang)
    subject = bodies[0] if len(bodies) == 1 else say("bodies", about.lang, n=len(bodies))
    return say("reasons_title", about.lang, subject=subject, name=about.name, years=years)


def _draw(ax: Axes, columns: _Columns, about: Topic) -> None:
    """The bars of each report from its own foot, all on one scale."""
    shares = [row["value"] for (report, _), row in columns.found.items()
              if report in set(columns.reports["report"])]  # fmt: skip
    peak = max([float(share) for share in shares if pd.notna(share)] or [0.0]) or 1.0
    widest = text_width(say("share_of", about.lang, value="99.9%", n="999"), style.VALUE) + 8
    scale = max(1 - (widest + _GAP) / columns.width, 0.25) / peak
    small = few(columns.reports).tolist()
    for i, report in enumerate(columns.reports["report"]):
        ax.axvline(i, color=style.GREY, linewidth=0.8)
        for y, code in enumerate(columns.codes):
            row = columns.found.get((report, code))
            _draw_bar(ax, i, y, row, scale, small[i], about)
    ax.set_xlim(0, len(columns.reports))
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)


def _draw_bar(
    ax: Axes, x: int, y: int, row: pd.Series[Any] | None, scale: float, small: bool, about: Topic
) -> None:
    """One bar and its figures; words where there is no figure."""
    if row is None or pd.isna(row["numerator"]):
        note(ax, say("unread", about.lang), (x, y), (4, 0), colour=style.GREY, gid="unread")
        return
    value = 0.0 if pd.isna(row["value"]) else float(row["value"])
    colour = "#BDBDBD" if small else style.OUTCOME_COLOURS[_group(about)]
    ax.barh(y, value * scale, left=x, height=0.68, color=colour, label=row["code"])
    count = f"{row['numerator']:,.0f}"
    text = say("count", about.lang, n=count)
    if not small and row["denominator"] > 0:
        text = say("share_of", about.lang, value=percentage(value), n=count)
    ink = style.GREY if small or not value else style.INK
    note(ax, text, (x + value * scale, y), (4, 0), colour=ink, gid="value")


def _group(about: Topic) -> str:
    """The outcome that the reasons are of."""
    group = about.measure.denominator[0]
    return group if group in style.OUTCOME_COLOURS else "granted"


def _write_heads(ax: Axes, columns: _Columns, about: Topic) -> float:
    """The body, year and number of cases over each column, and the height that this takes."""
    reports, lines = columns.reports, 1
    one, same = reports["body"].nunique() == 1, reports["year"].nunique() == 1
    for i, (_, row) in enumerate(reports.iterrows()):
        year = say("year_unknown", about.lang) if pd.isna(row["year"]) else str(row["year"])
        name = year if one else row["body"] if same else f"{row['body']} {year}"
        n = row["denominator"]
        told = say("unread", about.lang) if pd.isna(n) else f"n={n:,.0f}"
        text = wrap(name, columns.width - _GAP, style.VALUE, 2) + "\n" + told
        lines = max(lines, text.count("\n") + 1)
        colour = style.GREY if pd.isna(n) or n < style.SMALL_N else style.INK
        at = ("data", "axes fraction")
        note(ax, text, (i, 1), (0, 3), va="bottom", coords=at, colour=colour, gid="head")
    return lines * 11.0
