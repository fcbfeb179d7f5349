"""How reviews and suits ended: stacked counts of each route, with the rate and its denominator."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..arguments import language
from ..forms import label
from ..percentages import percentage
from . import style
from .lettering import BESIDE, footnote, legend_above, note, nothing_to_draw, text_width, title
from .rows import (
    Choice,
    Ladder,
    about,
    bare,
    body_names,
    by_body,
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
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_BARS = 48  # three routes of sixteen bodies
_RESULTS = list(style.RESULT_COLOURS)
_COLUMNS = ["report", "agency", "district", "year", "route", *_RESULTS, "total"]
_RATE = ["denominator", "rate", "low", "high", "formula"]


def plot_disputes(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with one bar for each report and route: its cases by result, their number at the end.

    `frame` is that of `disputes`; bodies stand in its order. A printed total that is not the sum of
    its parts is noted behind the sum. The rate of corrected cases stands right of the bars with its
    numerator and denominator, as a bare fraction below 30 concluded cases. Beyond the room only the
    latest year is drawn, and then the bodies with most cases. Raises InputError for another frame
    or language.
    """
    require(frame, [*_COLUMNS, *_RATE], "disputes")
    language(lang)
    with style.drawing():
        if not frame[[*_RESULTS, "total"]].notna().any(axis=None):
            return nothing_to_draw(ax, lang, frame["report"].nunique())
        data = frame.assign(body=body_names(frame), cases=frame[_RESULTS].sum(axis=1))
        choice = _chosen(data, capacity(ax, _BARS))
        rows = by_body(data[data["report"].isin(choice.rows["report"])])
        rungs = _rungs(rows, lang)
        rates = _rates(rows, lang)
        beside = max(text_width(rate, style.VALUE) for rate in rates) + 8
        ax, room, pitch = rungs.axes(ax, beside=beside, around=120)
        _draw_results(ax, rows, rungs, room, lang)
        _write_rates(ax, rungs, rates, rows["denominator"])
        write_labels(ax, rungs, pitch, [False] * len(rows))
        bare(ax)
        _write_around(ax, rows, choice, room, beside, lang)
        return ax


def _chosen(data: pd.DataFrame, bars: int) -> Choice:
    """The reports that there is room for, with all their routes."""
    reports = data.drop_duplicates("report")
    most = data.groupby("report")["cases"].max()
    weighed = reports.assign(weight=reports["report"].map(most))
    return choose(weighed, max(1, bars // max(1, data["route"].nunique())))


def _rungs(rows: pd.DataFrame, lang: str) -> Ladder:
    """Routes as the inner labels; as the outer ones what tells the reports apart."""
    years = pd.Series([year_text(year, lang) for year in rows["year"]], rows.index)
    names = rows["body"] + " " + years
    if rows["body"].nunique() == 1:
        names = years
    elif years.nunique() == 1:
        names = rows["body"]
    return ladder(names.tolist(), [label(route, lang, axis="route") for route in rows["route"]])


def _draw_results(ax: Axes, rows: pd.DataFrame, rungs: Ladder, room: float, lang: str) -> None:
    """The segments in the form's order with their counts where these fit, and the sum behind."""
    ends = [_sum_text(row, lang) for row in rows.to_dict("records")]
    width = span(rows["cases"].tolist(), [text_width(end, style.VALUE) + 8 for end in ends], room)
    ax.set_xlim(0, width)
    left = [0.0] * len(rows)
    for result in _RESULTS:
        counts = rows[result].fillna(0).tolist()
        bars = draw_bars(ax, rungs.y, counts, left, 0.78, result, **_look(result))
        for bar, start, count in zip(bars, left, counts, strict=True):
            # A rim would hide a sliver of few cases.
            bar.set_linewidth(
                0.6 if count * room > 3 * width or (count and result == "pending") else 0
            )
            _write_count(ax, result, start, count, bar.get_y() + 0.39, count / width * room)
        left = [start + count for start, count in zip(left, counts, strict=True)]
    for y, end, text in zip(rungs.y, left, ends, strict=True):
        note(ax, text, (end, y), (4, 0), gid="sum")


def _look(result: str) -> dict[str, Any]:
    """The fill of a result; pending cases are an outline, as they have none yet."""
    edge = style.GREY if result == "pending" else "white"
    return {"facecolor": style.RESULT_COLOURS[result], "edgecolor": edge}


def _write_count(ax: Axes, result: str, start: float, count: float, y: float, width: float) -> None:
    """The number of cases in its segment, where `width` points have room for it."""
    text = f"{count:,.0f}"
    if not count or text_width(text, style.VALUE) + 4 > width:
        return
    colour = style.ink_on(style.RESULT_COLOURS[result])
    note(ax, text, (start + count / 2, y), ha="center", colour=colour, gid="count")


def _sum_text(row: dict[Hashable, Any], lang: str) -> str:
    """The number of cases; with the printed total where that says otherwise."""
    parts, total = f"{row['cases']:,.0f}", row["total"]
    if any(pd.isna(row[result]) for result in _RESULTS):
        if pd.isna(total):
            return say("unread", lang)
        return say("unread_parts", lang, total=f"{total:,.0f}")
    if pd.notna(total) and total != row["cases"]:
        return say("printed", lang, parts=parts, total=f"{total:,.0f}")
    return parts


def _rates(rows: pd.DataFrame, lang: str) -> list[str]:
    """The head of the column of rates, and the rate of each row: corrected of concluded cases, in
    per cent only where these are enough."""
    texts = [say("rate_head", lang, result=label("corrected", lang, axis="result"))]
    for row in rows.to_dict("records"):
        if pd.isna(row["denominator"]) or row["denominator"] == 0:
            texts.append("")
            continue
        enough = row["denominator"] >= style.SMALL_N and pd.notna(row["rate"])
        shares = {name: row[name] for name in ("rate", "low", "high") if enough}
        values = {name: percentage(float(share)) for name, share in shares.items()}
        k, n = f"{row['corrected']:,.0f}", f"{row['denominator']:,.0f}"
        texts.append(say("rate" if enough else "rate_count", lang, k=k, n=n, **values))
    return texts


def _write_rates(ax: Axes, rungs: Ladder, rates: list[str], n: pd.Series[float]) -> None:
    head, *texts = rates
    note(ax, head, (1, 1), (6, 4), va="bottom", coords="axes fraction", gid="rate_head")
    for y, text, cases in zip(rungs.y, texts, n.fillna(0), strict=True):
        colour = style.INK if cases >= style.SMALL_N else style.GREY
        note(ax, text, (1, y), (6, 0), colour=colour, coords=BESIDE, gid="rate")


def _write_around(
    ax: Axes, rows: pd.DataFrame, choice: Choice, room: float, beside: float, lang: str
) -> None:
    from matplotlib.patches import Patch

    handles: list[Artist] = [Patch(**_look(result), linewidth=0.5) for result in _RESULTS]
    names = [label(result, lang, axis="result") for result in _RESULTS]
    height = legend_above(ax, handles, names, room)
    single = rows["body"].nunique() == 1
    subject = rows["body"].iloc[0] if single else say("suits", lang)
    years = years_text(rows["year"], lang)
    title(ax, say("disputes_title", lang, subject=subject, years=years), room + beside, height)
    few = (rows["denominator"].fillna(0) < style.SMALL_N) & (rows["denominator"] > 0)
    cautions = [
        say("both", lang),
        say("rate_small", lang, n=style.SMALL_N) if few.any() else "",
        left_out(choice, lang, say("cases", lang)),
    ]
    footnote(ax, [*about(rows, lang, "disputes", "result"), *cautions], room + beside)
