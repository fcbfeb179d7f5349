"""A measure over the years in small multiples: one small chart a body, all years alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import style
from .breaks import draw_breaks
from .lettering import around_page, note, wrap
from .lines import LOG_FROM, set_scales, set_years
from .measured import Topic, nothing_measured, topic
from .rows import require
from .trends import (
    COLUMNS,
    Course,
    courses,
    draw_course,
    trend_cautions,
    trend_title,
    write_points,
)
from .words import language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST = 24  # panels on a page
_PANEL = 1.45  # inches high
_ROOM_FOR_FIGURES = 1.5


def plot_trends(frame: pd.DataFrame, *, lang: str = "zh") -> Figure:
    """A Figure with a small chart of each body over the same years, in the order of size.

    `frame` is that of `trend`, of one measure. Lines, gaps, breaks and hollow points are those of
    `plot_trend`. Rates share one scale; counts too, unless the largest body is ten times the
    smallest: then each has its own and the footnote says so. Of more than 24 bodies the largest
    are drawn. Raises InputError as `plot_trend`.
    """
    require(frame, COLUMNS, "trend")
    language(lang)
    with style.drawing():
        if not frame["value"].notna().any():
            ax = nothing_measured(None, frame, lang)
            return ax.get_figure(root=True)  # type: ignore[return-value]
        about = topic(frame, lang)
        course = courses(frame, about)
        bodies = _by_size(course, about)
        figure, axes = _panels(len(bodies[:_MOST]))
        alike = _share_scale(course, about, bodies[:_MOST])
        for ax, body in zip(axes, bodies, strict=False):
            _draw_panel(ax, course, body, about, alike)
        shown = {body: course.points[body] for body in bodies[:_MOST]}
        data = course.data[course.data["body"].isin(shown)]
        drawn = course._replace(points=shown, named=bodies[:_MOST], data=data)
        _write_around(figure, drawn, about, alike=alike, undrawn=len(bodies) - len(shown))
        return figure


def _by_size(course: Course, about: Topic) -> list[str]:
    """The bodies, those with most cases first."""
    column = "value" if about.counts else "denominator"
    size = course.data.groupby("body")[column].max().astype(float).fillna(0).to_dict()
    return sorted(course.points, key=lambda body: -size[body])


def _panels(count: int) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels, and a strip above and below them for words."""
    from matplotlib import pyplot

    columns = min(count, 3 if count <= 9 else 4)
    rows = -(-count // columns)
    size = (style.WIDTH, rows * _PANEL + 1.7)
    figure, grid = pyplot.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    figure.set_gid(style.OWN)
    axes = [style.canvas(ax, 0) for ax in grid.flat]
    for ax in axes[count:]:
        ax.set_axis_off()
    return figure, axes


def _share_scale(course: Course, about: Topic, bodies: list[str]) -> bool:
    peaks = [float(np.nanmax(course.series[body])) for body in bodies]
    return about.measure.unit == "%" or max(peaks) < LOG_FROM * max(min(peaks), 1)


def _draw_panel(ax: Axes, course: Course, body: str, about: Topic, alike: bool) -> None:
    """One body: its line in blue, its figures, its name above."""
    own = course._replace(named=[body])
    draw_course(ax, own, body, intervals=True)
    scale = [*course.series.values()] if alike else [course.series[body]]
    known = [values for values in scale if not np.isnan(values).all()]
    peak = max(float(np.nanmax(values)) for values in known)
    percent = about.measure.unit == "%"
    set_scales(ax, course.years, [np.array([0.0, peak])], percent=percent, above=_ROOM_FOR_FIGURES)
    set_years(ax, course.years, 4)
    draw_breaks(ax, {body: course.points[body]}, about.lang, names=False)
    if len(course.years) <= 8:
        write_points(ax, own, body, about)
    name = wrap(body, 150, style.VALUE, 2)
    above: style.Look = {"va": "bottom", "coords": "axes fraction", "gid": "body"}
    note(ax, name, (0, 1), (0, 3), size=style.VALUE, **above)


def _write_around(
    figure: Figure, course: Course, about: Topic, *, alike: bool, undrawn: int
) -> None:
    """Title and footnote across the figure."""
    lang, data, count = about.lang, course.data, len(course.points)
    subject = course.named[0] if count == 1 else say("bodies", lang, n=count)
    left = say("undrawn_panels", lang, n=undrawn, kept=len(course.named)) if undrawn else ""
    cautions = [
        *trend_cautions(course, about, panels=True),
        "" if alike else say("own_scales", lang),
        left,
    ]
    heading = trend_title(about, subject, data)
    around_page(figure, heading, [*about.sentences(data), *cautions])
