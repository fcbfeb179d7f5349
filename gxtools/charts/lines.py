"""A few bodies over several years as lines, with gaps where a year is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..percentages import tick
from . import style
from .lettering import note, text_width, wrap
from .rows import NAME
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_LINES = 6  # bodies that can be told apart as lines
LOG_FROM = 10  # times that the largest body is the smallest, before the scale is logarithmic
_HEIGHT = 4.2  # inches
_NAMED_GAPS = 4
_ASIDE = 14.0  # points between the chart and the names at the line ends

Series = dict[str, NDArray[np.float64]]


def draw_lines(data: pd.DataFrame, ax: Axes | None, lang: str) -> tuple[Axes, float, list[str]]:
    """The Axes with one line a body, its width in points, and the cautions for the footnote."""
    undated = int(data["year"].isna().sum())
    years, series = by_year(data[data["year"].notna()], "received")
    names = end_names(series) if len(series) > 1 else {}
    ax, room, height = room_for(ax, names.values())
    looks = zip(style.LINE_COLOURS, style.LINE_MARKERS, strict=True)
    for (body, values), (colour, marker) in zip(series.items(), looks, strict=False):
        ax.plot(years, values, color=colour, marker=marker, markersize=5, label=body)
    log = set_scales(ax, years, list(series.values()))
    if names:
        name_ends(ax, years, series, names, height)
    else:
        (values,) = series.values()
        label_points(ax, years, values, [f"{value:,.0f}" for value in values])
    cautions = [
        say("log_note", lang) if log else "",
        gaps(series, years, lang),
        say("undated", lang, n=undated) if undated else "",
    ]
    return ax, room, cautions


def room_for(ax: Axes | None, ends: Iterable[str]) -> tuple[Axes, float, float]:
    """The Axes, its width and its height in points, with room on the right for names at line
    ends."""
    lines = [line for name in ends for line in name.split("\n")]
    aside = max((text_width(line, style.VALUE) for line in lines), default=0) + _ASIDE + 50
    room, height = style.WIDTH * 72 - aside, _HEIGHT * 72 - 110
    if ax is not None:
        room, height = style.points(ax, aside, 50)
    return style.canvas(ax, _HEIGHT), room, height


def by_year(data: pd.DataFrame, column: str) -> tuple[list[int], Series]:
    """All years from the first to the last, and the figures of each body, NaN for a gap."""
    years = list(range(int(data["year"].min()), int(data["year"].max()) + 1))
    series = {
        str(body): rows.set_index("year")[column].reindex(years).to_numpy(float, na_value=np.nan)
        for body, rows in data.groupby("body", sort=False)
    }
    return years, series


def set_scales(
    ax: Axes,
    years: list[int],
    lines: Sequence[NDArray[np.float64]],
    *,
    percent: bool = False,
    above: float = 1.15,
    ticks: int = 12,
) -> bool:
    """Whether the scale is logarithmic: only where one from zero would flatten a body's line, and
    never for shares. `above` is the room over the highest figure, `ticks` how many years are
    written."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    set_years(ax, years, ticks)
    figures = np.concatenate(lines)
    known = figures[~np.isnan(figures)]
    peaks = [np.nanmax(line) for line in lines if not np.isnan(line).all()]
    log = bool(not percent and known.min() > 0 and max(peaks) >= LOG_FROM * min(peaks))
    if log:
        ax.set_yscale("log")
        ax.set_ylim(known.min() / 1.6, known.max() * 1.6 * above / 1.15)
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.yaxis.set_minor_locator(NullLocator())
    else:
        ax.set_ylim(min(known.min() * above, 0), max(known.max() * above, 0.01 if percent else 1))
        ax.yaxis.set_major_locator(MaxNLocator(5, integer=not percent))
        if percent and ax.get_ylim()[1] > 0.8:
            ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: tick(value) if percent else f"{value:,.0f}")
    )
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)
    return log


def set_years(ax: Axes, years: list[int], most: int = 12) -> None:
    """The years below the chart, at most about so many of them written out, the last always."""
    ax.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    step = 1 + (len(years) - 1) // most
    ax.set_xticks(years[::-1][::step], [str(year) for year in years[::-1][::step]])


def label_points(
    ax: Axes, years: list[int], values: NDArray[np.float64], texts: Sequence[str]
) -> None:
    """A text above each point that is known."""
    from matplotlib.patheffects import withStroke

    for year, value, words in zip(years, values, texts, strict=True):
        if not np.isnan(value):
            text = note(ax, words, (year, value), (0, 9), ha="center", gid="value")
            # A white rim, as a steep line may pass behind the figure.
            text.set_path_effects([withStroke(linewidth=3, foreground="white")])


def end_names(series: Series, form: Callable[[float], str] = "{:,.0f}".format) -> dict[str, str]:
    """Body and last figure, as it is written at the end of its line."""
    names = {}
    for body, values in series.items():
        known = values[~np.isnan(values)]
        if len(known):
            names[body] = f"{wrap(body, NAME, style.VALUE, 2)}  {form(known[-1])}"
    return names


def name_ends(
    ax: Axes, years: list[int], series: Series, names: dict[str, str], height: float
) -> None:
    """Names right of the chart beside their line ends, moved apart where they would touch."""
    last = {body: int(np.flatnonzero(~np.isnan(series[body]))[-1]) for body in names}
    ends = {body: (years[i], series[body][i]) for body, i in last.items()}
    to_axes = ax.transData + ax.transAxes.inverted()
    wanted = {body: float(to_axes.transform(end)[1]) for body, end in ends.items()}
    heights = {body: (text.count("\n") + 1) * 11.5 / height for body, text in names.items()}
    colours = {str(line.get_label()): str(line.get_color()) for line in ax.lines}
    for body, at in _apart(wanted, heights).items():
        ax.annotate(
            names[body],
            ends[body],
            (1.0, at),
            textcoords="axes fraction",
            va="center",
            fontsize=style.VALUE,
            color=colours[body],
            annotation_clip=False,
            gid="end",
            arrowprops={"arrowstyle": "-", "color": style.GREY, "linewidth": 0.6, "linestyle": ":"},
        )


def _apart(wanted: dict[str, float], heights: dict[str, float]) -> dict[str, float]:
    """The wanted places, low to high, each pushed up as far as the one below needs, then the whole
    pushed back under the top."""
    placed: dict[str, float] = {}
    floor = -1.0
    for body in sorted(wanted, key=lambda name: wanted[name]):
        placed[body] = max(wanted[body], floor + heights[body] / 2)
        floor = placed[body] + heights[body] / 2
    ceiling = 1.05
    for body in reversed(list(placed)):
        placed[body] = min(placed[body], ceiling - heights[body] / 2)
        ceiling = placed[body] - heights[body] / 2
    return placed


def gaps(series: Series, years: list[int], lang: str) -> str:
    """The years between a body's first and last figure in which it has none."""
    found = [f"{body} {gap}" for body, values in series.items() for gap in _between(values, years)]
    if not found:
        return ""
    named = ("、" if lang == "zh" else ", ").join(found[:_NAMED_GAPS])
    if len(found) > _NAMED_GAPS:
        named += say("more", lang, n=len(found))
    return say("gaps", lang, gaps=named)


def _between(values: NDArray[np.float64], years: list[int]) -> list[str]:
    """The runs of years without a figure, such as `2020` or `2020–2024`."""
    known = np.flatnonzero(~np.isnan(values))
    return [
        f"{years[i] + 1}" if j - i == 2 else f"{years[i] + 1}–{years[j] - 1}"
        for i, j in pairwise(known)
        if j - i > 1
    ]
