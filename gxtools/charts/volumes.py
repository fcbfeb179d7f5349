"""How many applications bodies received: lines over years, or ranked bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..arguments import language
from ..forms import label
from . import style
from .lettering import footnote, note, nothing_to_draw, text_width, title
from .lines import MOST_LINES, draw_lines
from .rows import (
    about,
    bare,
    body_names,
    capacity,
    choose,
    draw_bars,
    ladder,
    left_out,
    require,
    span,
    write_labels,
    year_text,
    years_text,
)
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BARS = 40


def plot_volumes(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with the applications received by each body in each year.

    `frame` is that of `volumes`. Up to six bodies over three or more years are lines, with a gap
    where a year has no report or no figure, on a log scale (which it says) when the largest body is
    ten times the smallest; otherwise bars ranked by the latest year, of the latest year only for
    more bodies, of the first forty for many. Raises InputError for another frame or language.
    """
    require(frame, ["report", "agency", "district", "year", "received", "formula"], "volumes")
    language(lang)
    with style.drawing():
        if not frame["received"].notna().any():
            return nothing_to_draw(ax, lang, len(frame))
        data = frame.assign(body=body_names(frame), weight=frame["received"])
        years, bodies = data["year"].nunique(), data["body"].nunique()
        if years >= 3 and bodies <= MOST_LINES:
            ax, room, cautions = draw_lines(data, ax, lang)
            below = 24.0
        else:
            choice = choose(data, capacity(ax, _BARS), latest=years >= 3)
            cautions = [left_out(choice, lang, label("received", lang, axis="outcome"))]
            data, below = _ranked(choice.rows), 6.0
            ax, room = _draw_bars(data, ax, lang)
        subject = data["body"].iloc[0] if data["body"].nunique() == 1 else say("requests", lang)
        row = label("received", lang, axis="outcome")
        period = years_text(data["year"], lang)
        title(ax, say("volumes_title", lang, subject=subject, row=row, years=period), room)
        footnote(ax, [*about(data, lang, "applications", "outcome"), *cautions], room, below)
        return ax


def _draw_bars(rows: pd.DataFrame, ax: Axes | None, lang: str) -> tuple[Axes, float]:
    """The Axes with one bar a row and its figure at the end, and its width in points."""
    rungs = ladder(rows["body"].tolist(), [year_text(year, lang) for year in rows["year"]])
    ax, room, pitch = rungs.axes(ax, beside=0, around=85)
    read = rows["received"].notna().tolist()
    values = rows["received"].fillna(0).tolist()
    bars = draw_bars(ax, rungs.y, values, [0.0] * len(values), 0.72, "_received", linewidth=0)
    for bar, shade in zip(bars, _shades(rows["year"]), strict=True):
        bar.set_facecolor(shade)
    texts = [f"{v:,.0f}" if r else say("unread", lang) for v, r in zip(values, read, strict=True)]
    for y, value, text, known in zip(rungs.y, values, texts, read, strict=True):
        note(ax, text, (value, y), (4, 0), colour=style.INK if known else style.GREY, gid="value")
    ax.set_xlim(0, span(values, [text_width(text, style.VALUE) + 8 for text in texts], room))
    write_labels(ax, rungs, pitch, [not known for known in read])
    bare(ax)
    return ax, room


def _shades(years: pd.Series[int]) -> list[str]:
    """The fill of each row: the earlier of two years pale."""
    latest = years.max()
    return [style.YEAR_COLOURS[int(pd.isna(y) or y == latest)] for y in years]


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Bodies by their latest figure, largest first, unread ones last; years in order in each."""
    rows = rows.sort_values(["body", "year"], kind="stable")
    latest = rows.groupby("body")["received"].last().sort_values(ascending=False)
    place = {body: i for i, body in enumerate(latest.index)}
    return rows.sort_values("body", key=lambda names: names.map(place), kind="stable")
