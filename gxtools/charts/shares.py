"""Parts of one whole as stacked bars that name their denominator: outcomes, applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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
    body_names,
    by_body,
    capacity,
    choose,
    draw_bars,
    ladder,
    left_out,
    require,
    write_labels,
    year_text,
    years_text,
)
from .words import say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_BARS = 40
_LABEL_FROM = 0.06  # narrower shares have no room for their figure
_LETTERS = 0.85  # of a row's height: the letters that a bar can hold
_FOR_N = 84.0  # points right of the bars
_THIN = 0.6  # opacity of a bar of few applications
_COLUMNS = ["report", "agency", "district", "year", "numerator", "denominator", "share", "formula"]


class _Kind(NamedTuple):
    """What the parts are: the column that names them, their colours, the whole that they add up to,
    and the words of title and formula."""

    axis: str
    colours: dict[str, str]
    whole: str
    title: str


_OUTCOMES = _Kind("outcome", style.OUTCOME_COLOURS, " / concluded", "outcomes_title")
_APPLICANTS = _Kind("applicant", style.APPLICANT_COLOURS, " / received[total]", "applicants_title")


class _Bars(NamedTuple):
    """The bars, one a report: counts and shares have one column a part."""

    kind: _Kind
    rows: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame
    rungs: Ladder
    closed: bool  # whether the parts have to add up to the denominator
    few: list[bool]


def plot_outcomes(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with one bar of 100 % for each report: the shares of its outcomes, and n beside it.

    `frame` is that of `outcomes`; bodies stand in its order. Below 30 applications a bar is pale,
    its names grey and its figures counts. A part that was not read leaves the rest of the bar
    hatched; a report without a denominator has an empty bar that says why. Beyond forty bars only
    the latest year is drawn, and then the forty bodies of largest n. Raises InputError for another
    frame or language.
    """
    return _plot(frame, _OUTCOMES, ax, lang)


def plot_applicants(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with one bar of 100 % for each report: who applied, and n beside it.

    `frame` is that of `applicants`; all else is as in `plot_outcomes`. Parts count applications,
    not people.
    """
    return _plot(frame, _APPLICANTS, ax, lang)


def _plot(frame: pd.DataFrame, kind: _Kind, ax: Axes | None, lang: str) -> Axes:
    """The stacked bars of outcomes or applicants."""
    require(frame, [*_COLUMNS, kind.axis], f"{kind.axis}s")
    language(lang)
    with style.drawing():
        data = frame.assign(body=body_names(frame), weight=frame["denominator"])
        rows = data.drop_duplicates("report")
        if not rows["denominator"].notna().any():
            return nothing_to_draw(ax, lang, len(rows))
        choice = choose(rows, capacity(ax, _BARS))
        bars = _bars(data, by_body(choice.rows), kind, lang)
        ax, room, pitch = bars.rungs.axes(ax, beside=_FOR_N, around=130)
        _draw_shares(ax, bars, room, min(style.VALUE, pitch * _LETTERS), lang)
        _draw_gaps(ax, bars, lang)
        write_labels(ax, bars.rungs, pitch, bars.few)
        _set_scale(ax)
        _write_around(ax, data, choice, bars, room, lang)
        return ax


def _bars(data: pd.DataFrame, rows: pd.DataFrame, kind: _Kind, lang: str) -> _Bars:
    order = list(dict.fromkeys(data[kind.axis]))
    counts, shares = (
        data.pivot(index="report", columns=kind.axis, values=values).reindex(rows["report"])
        for values in ("numerator", "share")
    )
    rungs = ladder(rows["body"].tolist(), [year_text(year, lang) for year in rows["year"]])
    closed = bool(rows["formula"].str.endswith(kind.whole).all())
    few = [bool(0 < n < style.SMALL_N) for n in rows["denominator"].fillna(0)]
    return _Bars(kind, rows, counts[order], shares[order], rungs, closed, few)


def _draw_shares(ax: Axes, bars: _Bars, room: float, size: float, lang: str) -> None:
    """The segments in the form's order, each with its figure where letters of `size` fit."""
    left, few = [0.0] * len(bars.rows), bars.few
    for part in bars.shares.columns:
        colour = bars.kind.colours[part.split(".")[0]]
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": "white"}
        shares, counts = bars.shares[part].fillna(0).tolist(), bars.counts[part].tolist()
        drawn = draw_bars(ax, bars.rungs.y, shares, left, 0.76, part, **look)
        for i, (patch, share) in enumerate(zip(drawn, shares, strict=True)):
            if few[i]:
                patch.set_alpha(_THIN)
            patch.set_linewidth(0.6 if share * room > 3 else 0)
            text = say("count", lang, n=f"{counts[i]:,.0f}") if few[i] else percentage(share, 0)
            if share >= _LABEL_FROM and text_width(text, size) + 3 < share * room:
                at = (left[i] + share / 2, bars.rungs.y[i])
                ink = style.INK if few[i] else style.ink_on(colour)
                note(ax, text, at, ha="center", colour=ink, size=size, gid="share")
        left = [start + share for start, share in zip(left, shares, strict=True)]


def _draw_gaps(ax: Axes, bars: _Bars, lang: str) -> None:
    """n beside each bar; empty bars and hatched rests with the reason in words."""
    drawn = bars.shares.fillna(0).sum(axis=1).tolist()
    unread, few = bars.counts.isna().any(axis=1).tolist(), bars.few
    texts = _n_texts(bars, lang)
    for i, (y, n) in enumerate(zip(bars.rungs.y, bars.rows["denominator"], strict=True)):
        if pd.isna(n) or n <= 0:
            ax.barh(y, 1, height=0.76, facecolor="none", edgecolor=style.PALE, label="_empty")
            note(ax, _empty_text(bars, i, lang), (0, y), (5, 0), colour=style.GREY, gid="empty")
            continue
        if unread[i]:
            _hatch(ax, y, drawn[i], lang)
        colour = style.GREY if few[i] else style.INK
        note(ax, texts[i], (1, y), (5, 0), colour=colour, coords=BESIDE, gid="n")


def _empty_text(bars: _Bars, i: int, lang: str) -> str:
    """Why a report has no shares."""
    if pd.isna(bars.rows["denominator"].iloc[i]):
        return say("unread", lang)
    parts = bars.counts.iloc[i].sum()
    if bars.closed and parts:
        return say("zero_total", lang, parts=f"{parts:,.0f}")
    return say("nothing_to_count", lang)


def _n_texts(bars: _Bars, lang: str) -> list[str]:
    """The denominators; with the sum of the outcomes where that contradicts one."""
    counts = bars.counts.astype("Float64")
    if not bars.closed:
        # Outcomes are a part of this denominator, or lie outside of it and have no share.
        counts = counts.where(bars.shares.notna())
    sums, whole = counts.sum(axis=1).tolist(), counts.notna().all(axis=1).tolist()
    texts = []
    for n, parts, every in zip(bars.rows["denominator"], sums, whole, strict=True):
        if pd.isna(n):
            texts.append("")
            continue
        odd = parts > n or (bars.closed and every and parts != n)
        texts.append(say("n_parts" if odd else "n", lang, n=f"{n:,.0f}", parts=f"{parts:,.0f}"))
    return texts


def _hatch(ax: Axes, y: float, left: float, lang: str) -> None:
    rest = max(1 - left, 0)
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": style.PALE, "hatch": "////"}
    ax.barh(y, rest, left=left, height=0.76, label="_rest", **look)
    if rest > 0.3:
        words = say("unread_rest" if left > 0 else "unread", lang)
        text = note(ax, words, (left + rest / 2, y), ha="center", gid="rest")
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})


def _set_scale(ax: Axes) -> None:
    ends = [patch.get_x() + patch.get_width() for patch in ax.patches]  # type: ignore[attr-defined]
    ax.set_xlim(0, max(1, *ends))
    ticks = [0, 0.25, 0.5, 0.75, 1]
    ax.set_xticks(ticks, [f"{tick:.0%}" for tick in ticks])


def _write_around(
    ax: Axes, data: pd.DataFrame, choice: Choice, bars: _Bars, room: float, lang: str
) -> None:
    from matplotlib.patches import Patch

    groups = dict.fromkeys(part.split(".")[0] for part in bars.shares.columns)
    handles: list[Artist] = [Patch(facecolor=bars.kind.colours[group]) for group in groups]
    names = [label(group, lang, axis=bars.kind.axis) for group in groups]
    height = legend_above(ax, handles, names, room + _FOR_N / 2)
    single = bars.rows["body"].nunique() == 1
    subject = bars.rows["body"].iloc[0] if single else say("requests", lang)
    years = years_text(bars.rows["year"], lang)
    title(ax, say(bars.kind.title, lang, subject=subject, years=years), room, height)
    drawn = data[data["report"].isin(bars.rows["report"])]
    cautions = [
        say("small", lang, n=style.SMALL_N) if any(bars.few) else "",
        left_out(choice, lang, "n"),
    ]
    told = about(drawn, lang, "applications", bars.kind.axis)
    footnote(ax, [*told, *cautions], room, below=24)
