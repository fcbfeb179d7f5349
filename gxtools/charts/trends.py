"""A measure over the years: lines that stop at a missing year and at a break between forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arguments import language
from . import style
from .breaks import Point, Points, break_notes, cut, draw_breaks, points_of
from .lettering import footnote, text_width, title
from .lines import (
    MOST_LINES,
    Series,
    end_names,
    gaps,
    label_points,
    name_ends,
    room_for,
    set_scales,
)
from .measured import RATE, WHO, Topic, few, fraction, mark, nothing_measured, topic
from .rows import body_names, require, years_text
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = [*WHO, *RATE, "low", "high", "edition", "grade", "why", "break", "segment"]
_MOST_INTERVALS = 3  # bodies whose intervals can be told apart
_HEADROOM = 1.3  # over the highest figure, for its label and the names of the forms


class Course(NamedTuple):
    """The years drawn, the figures of each body, its rows, and the bodies that are named."""

    years: list[int]
    series: Series
    points: Points
    named: list[str]
    data: pd.DataFrame


def plot_trend(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with a measure of one or several bodies over the years, as lines.

    `frame` is that of `trend`, of one measure. A line joins consecutive years of one segment only:
    a missing year is a gap, and where figures are not comparable it is cut and the break marked
    with the form and why; a change of form that breaks nothing is a thin mark. A rate of fewer than
    30 cases is hollow and grey. Up to three bodies have their 95 % intervals. Of more than six
    bodies the six largest are named and the others grey. Raises InputError for another frame, for
    several measures, or another language.
    """
    require(frame, COLUMNS, "trend")
    language(lang)
    with style.drawing():
        if not frame["value"].notna().any():
            return nothing_measured(ax, frame, lang)
        about = topic(frame, lang)
        course = courses(frame, about)
        only = len(course.series) == 1
        names = {} if only else end_names({b: course.series[b] for b in course.named}, about.text)
        ax, room, height = room_for(ax, names.values())
        for body in reversed(course.series):
            draw_course(ax, course, body, intervals=len(course.series) <= _MOST_INTERVALS)
        log = draw_scales(ax, course, about, room)
        draw_breaks(ax, course.points, lang)
        if only:
            write_points(ax, course, course.named[0], about)
        else:
            name_ends(ax, course.years, course.series, names, height)
        subject = course.named[0] if only else say("bodies", lang, n=len(course.series))
        title(ax, trend_title(about, subject, course.data), room)
        cautions = trend_cautions(course, about, log=log)
        footnote(ax, [*about.sentences(course.data), *cautions], room, below=24)
        return ax


def courses(frame: pd.DataFrame, about: Topic) -> Course:
    """The bodies of a frame of `trend` that have a figure, and of more than six the largest."""
    data = frame.assign(body=body_names(frame))
    data = data[data["body"].isin(data.loc[data["value"].notna(), "body"])]
    points = points_of(data)
    years = list(range(int(data["year"].min()), int(data["year"].max()) + 1))
    series = {body: _figures(own, years) for body, own in points.items()}
    size = data["value" if about.counts else "denominator"].astype(float)
    weight = size.groupby(data["body"]).last().sort_values(ascending=False, kind="stable")
    named = set(weight.index[:MOST_LINES])
    return Course(years, series, points, [body for body in series if body in named], data)


def _figures(own: list[Point], years: list[int], side: str = "value") -> NDArray[np.float64]:
    """The figures of a body in all years, NaN for a gap."""
    found = {point.year: getattr(point, side) for point in own}
    return np.array([found.get(year, np.nan) for year in years], dtype=np.float64)


def draw_course(ax: Axes, course: Course, body: str, *, intervals: bool) -> None:
    """The line of one body, its hollow points and its intervals."""
    own = course.points[body]
    colour, marker = "#BBBBBB", ""
    other = body not in course.named
    if not other:
        at = course.named.index(body)
        colour, marker = style.LINE_COLOURS[at], style.LINE_MARKERS[at]
    x, y = cut(course.years, course.series[body], own)
    width, layer = (0.8, 1.5) if other else (1.5, 2.0)
    look: style.Look = {"color": colour, "marker": marker or ".", "markersize": 3 if other else 5}
    ax.plot(x, y, label=body, linewidth=width, zorder=layer, **look)
    known = [point for point in own if not np.isnan(point.value)]
    if intervals:
        sure = [point for point in known if not np.isnan(point.low)]
        low, high = [point.low for point in sure], [point.high for point in sure]
        years = [float(point.year) for point in sure]
        ax.vlines(years, low, high, colors=colour, linewidth=1, alpha=0.55)
    small = [point for point in known if point.few]
    if small and not other:
        at_year, value = [point.year for point in small], [point.value for point in small]
        hollow: style.Look = {
            "markerfacecolor": "white",
            "markeredgecolor": style.GREY,
            "markersize": 5.5,
        }
        ax.plot(at_year, value, linestyle="", marker=marker, label="_few", **hollow)


def draw_scales(ax: Axes, course: Course, about: Topic, room: float) -> bool:
    """Whether the scale of the figures is logarithmic."""
    percent = about.measure.unit == "%"
    tops = [
        np.array([point.high for point in own if not np.isnan(point.value)])
        for own in course.points.values()
        if len(course.series) <= _MOST_INTERVALS
    ]
    figures = [*course.series.values(), *tops]
    known = [values for values in figures if not np.isnan(values).all()]
    look: style.Look = {"percent": percent, "above": _HEADROOM}
    return set_scales(ax, course.years, known, ticks=max(2, int(room // 34)), **look)


def write_points(
    ax: Axes, course: Course, body: str, about: Topic, room: float | None = None
) -> None:
    """The figure of each year of one body; of a rate of few cases its fraction, in grey. Where they
    would touch in the `room` from year to year, only the highest, the lowest and the last."""
    texts, tops = [], []
    found = {point.year: point for point in reversed(course.points[body])}
    for year, value in zip(course.years, course.series[body].tolist(), strict=True):
        point = found.get(year)
        thin = point is not None and point.few
        text = about.text(0.0 if np.isnan(value) else value)
        if point is not None and thin:
            text = fraction(point.numerator, point.denominator)
        texts.append(text + mark(point.basis if point is not None else None))
        tops.append(value if point is None or np.isnan(point.high) else point.high)
    values = course.series[body]
    known = np.where(np.isnan(values), np.nan, np.array(tops))
    widest = max(text_width(text, style.VALUE) for text in texts)
    if room is not None and widest > room:
        known[[i for i in range(len(known)) if i not in _told(values, widest / room)]] = np.nan
    label_points(ax, course.years, known, texts)


def _told(values: NDArray[np.float64], apart: float) -> list[int]:
    """Where the last, the highest and the lowest figure stand, as far as they stand `apart`."""
    told: list[int] = []
    last = int(np.flatnonzero(~np.isnan(values))[-1])
    for place in (last, int(np.nanargmax(values)), int(np.nanargmin(values))):
        if all(abs(place - other) >= apart for other in told):
            told.append(place)
    return told


def trend_title(about: Topic, subject: str, data: pd.DataFrame) -> str:
    """Whose measure over which years."""
    years = years_text(data.loc[data["report"].notna(), "year"], about.lang)
    words = {"subject": subject, "name": about.name + about.unit_note, "years": years}
    return say("trend_title", about.lang, **words)


def trend_cautions(
    course: Course, about: Topic, *, log: bool = False, panels: bool = False
) -> list[str]:
    """What is to be said of breaks, gaps, small numbers, and bodies that are not named."""
    lang, others = about.lang, len(course.points) - len(course.named)
    small = few(course.data).any() and not about.counts
    intervals = course.data["low"].notna().any() and (
        panels or len(course.series) <= _MOST_INTERVALS
    )
    return [
        *break_notes(course.points, lang),
        gaps({body: course.series[body] for body in course.named}, course.years, lang),
        say("log_note", lang) if log else "",
        say("hollow", lang, n=style.SMALL_N) if small else "",
        say("intervals", lang) if intervals else "",
        say("unnamed", lang, n=others) if others else "",
    ]
