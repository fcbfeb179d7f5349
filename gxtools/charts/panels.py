"""The panels of small multiples: axes without the machinery of axes, of which a page has dozens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import style
from .lettering import note

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HIGH = 1.45  # inches
_ROOM_FOR_FIGURES = 1.5
_YEARS = 4  # written under a panel
_BESIDE = 0.6  # years left of the first and right of the last, for their figures


class Scale(NamedTuple):
    """What a panel is to hold: the years, the lowest and highest figure; whether they are shares,
    and whether the scale is written beside it."""

    years: list[int]
    ends: tuple[float, float]
    percent: bool
    written: bool


def columns_of(count: int) -> int:
    """How many panels stand side by side."""
    return min(count, 3 if count <= 9 else 4)


def panels(count: int) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels, and a strip above and below them for words."""
    from matplotlib import pyplot

    columns = columns_of(count)
    rows = -(-count // columns)
    figure = pyplot.figure(figsize=(style.WIDTH, rows * _HIGH + 1.7), layout="constrained")
    figure.set_gid(style.OWN)
    grid = figure.add_gridspec(rows, columns)
    return figure, [figure.add_subplot(grid[i // columns, i % columns]) for i in range(count)]


def room_of(ax: Axes) -> float:
    """The points between two years of a panel."""
    first, last = ax.get_xlim()
    return style.points(ax, 12)[0] / (last - first)


def set_panel(ax: Axes, scale: Scale) -> None:
    """Its limits, lines across it and the words beside and below it. Ticks would do the same, and
    take most of the time of the page."""
    from matplotlib.ticker import MaxNLocator

    low, high = (end * _ROOM_FOR_FIGURES for end in scale.ends)
    low, high = min(low, 0.0), max(high, 0.01 if scale.percent else 1.0)
    levels = [0, 0.25, 0.5, 0.75, 1] if scale.percent and high > 0.8 else [
        level for level in MaxNLocator(5, integer=not scale.percent).tick_values(low, high)
        if low <= level <= high
    ]  # fmt: skip
    years = scale.years
    ax.set(xlim=(years[0] - _BESIDE, years[-1] + _BESIDE), ylim=(low, high))
    ax.xaxis.set_visible(False)
    ax.yaxis.set_visible(False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(style.GREY)
    ax.hlines(levels, *ax.get_xlim(), colors=style.PALE, linewidth=0.6, zorder=0.5, gid="scale")
    form = "{:.0%}" if scale.percent else "{:,.0f}"
    for level in levels if scale.written else []:
        beside: style.Look = {"ha": "right", "coords": ("axes fraction", "data"), "gid": "level"}
        note(ax, form.format(level), (0, level), (-4, 0), **beside)
    for year in years[::-1][:: 1 + (len(years) - 1) // _YEARS]:
        below: style.Look = {"ha": "center", "va": "top", "coords": ("data", "axes fraction")}
        note(ax, str(year), (year, 0), (0, -4), gid="year", **below)
