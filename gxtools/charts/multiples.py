"""A measure over the years in small multiples: one small chart a body, all years alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..arguments import language
from . import style
from .breaks import draw_breaks
from .lettering import around_page, note, wrap
from .lines import LOG_FROM
from .measured import Topic, nothing_measured, topic
from .panels import Scale, columns_of, panels, place, room_of, set_panel
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
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST = 24  # panels on a page
_NAME = 140.0  # points


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
        drawn = _drawn(course, bodies[:_MOST])
        figure, axes = panels(len(drawn.named))
        alike = _share_scale(drawn, about)
        levels: list[str] = []
        for i, (ax, body) in enumerate(zip(axes, drawn.named, strict=True)):
            scaled = _scale(drawn, body, alike)
            edge = not alike or i % columns_of(len(axes)) == 0
            scale = Scale(drawn.years, scaled, about.measure.unit == "%", edge)
            levels += _draw_panel(ax, drawn, body, about, scale)
        written = sum(text.get_gid() == "value" for ax in axes for text in ax.texts)
        some = 0 < written < sum(int((~np.isnan(v)).sum()) for v in drawn.series.values())
        left = len(bodies) - len(axes)
        _write_around(figure, drawn, about, alike=alike, undrawn=left, some=some)
        names = max(wrap(body, _NAME, style.VALUE, 2).count("\n") + 1 for body in drawn.named)
        place(figure, names, levels, each=not alike)
        return figure


def _by_size(course: Course, about: Topic) -> list[str]:
    """The bodies, those with most cases first."""
    column = "value" if about.counts else "denominator"
    size = course.data.groupby("body")[column].max().astype(float).fillna(0).to_dict()
    return sorted(course.points, key=lambda body: -size[body])


def _drawn(course: Course, bodies: list[str]) -> Course:
    """The course of those that have a panel."""
    return course._replace(
        series={body: course.series[body] for body in bodies},
        points={body: course.points[body] for body in bodies},
        named=bodies,
        data=course.data[course.data["body"].isin(bodies)],
    )


def _share_scale(course: Course, about: Topic) -> bool:
    peaks = [float(np.nanmax(values)) for values in course.series.values()]
    return about.measure.unit == "%" or max(peaks) < LOG_FROM * max(min(peaks), 1)


def _scale(course: Course, body: str, alike: bool) -> tuple[float, float]:
    """The lowest and the highest figure that a panel must hold."""
    figures = [*course.series.values()] if alike else [course.series[body]]
    return float(np.nanmin(figures)), float(np.nanmax(figures))


def _draw_panel(ax: Axes, course: Course, body: str, about: Topic, scale: Scale) -> list[str]:
    """One body: its line in blue, its figures, its name above; the words of its scale."""
    own = course._replace(named=[body])
    draw_course(ax, own, body, intervals=True)
    levels = set_panel(ax, scale)
    draw_breaks(ax, {body: course.points[body]}, about.lang, names=False)
    if len(course.years) <= 8:
        write_points(ax, own, body, about, room=room_of(ax))
    name = wrap(body, _NAME, style.VALUE, 2)
    above: style.Look = {"va": "bottom", "coords": "axes fraction", "gid": "body"}
    note(ax, name, (0, 1), (0, 3), size=style.VALUE, **above)
    return levels


def _write_around(
    figure: Figure, course: Course, about: Topic, *, alike: bool, undrawn: int, some: bool
) -> None:
    """Title and footnote across the figure."""
    lang, data, count = about.lang, course.data, len(course.points)
    subject = course.named[0] if count == 1 else say("bodies", lang, n=count)
    left = say("undrawn_panels", lang, n=undrawn, kept=len(course.named)) if undrawn else ""
    cautions = [
        *trend_cautions(course, about, panels=True),
        "" if alike else say("own_scales", lang),
        say("figures_some", lang) if some else "",
        left,
    ]
    heading = trend_title(about, subject, data)
    around_page(figure, heading, [*about.sentences(data), *cautions])
