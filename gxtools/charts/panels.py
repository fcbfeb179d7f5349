"""The panels of small multiples: axes without the machinery of axes, of which a page has dozens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..percentages import tick
from . import style
from .lettering import note, text_width

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

    from .panel_axes import PanelAxes

    columns = columns_of(count)
    rows = -(-count // columns)
    figure = pyplot.figure(figsize=(style.WIDTH, rows * _HIGH + 1.7), layout="none")
    figure.set_gid(style.OWN)
    grid = figure.add_gridspec(rows, columns)
    return figure, [
        figure.add_subplot(grid[i // columns, i % columns], axes_class=PanelAxes)
        for i in range(count)
    ]


def place(figure: Figure, names: int, levels: Sequence[str], *, each: bool) -> None:
    """Room for the words above, below and between the panels: all are known beforehand, and a
    layout that measured them would take as long as the panels. `names` are the lines of the longest
    name, `levels` the words of a scale, `each` whether every panel has its own."""
    from matplotlib.layout_engine import PlaceHolderLayoutEngine

    width, height = (72 * size for size in figure.get_size_inches())
    rows, columns = figure.axes[0].get_subplotspec().get_gridspec().get_geometry()  # type: ignore[union-attr]
    told = (figure.get_suptitle(), figure.get_supxlabel())
    head, foot = (text.count("\n") + 1 for text in told)
    name = 10.0 * names + 4
    scale = max(text_width(level, style.VALUE) for level in levels) + 10
    left, right = scale / width, 1 - 8 / width
    top = 0.98 - (head * style.TITLE * 1.3 + 8 + name) / height
    bottom = 0.01 + (foot * style.NOTE * 1.3 + 22) / height
    across, down = (scale if each else 10) + 4, name + 20
    wide = ((right - left) * width - (columns - 1) * across) / columns
    high = ((top - bottom) * height - (rows - 1) * down) / rows
    figure.subplots_adjust(left, bottom, right, top, across / wide, down / high)
    # Nothing sticks out: a file needs no frame of its own either.
    figure.set_layout_engine(
        PlaceHolderLayoutEngine(adjust_compatible=True, colorbar_gridspec=True)
    )


def room_of(ax: Axes) -> float:
    """The points between two years of a panel."""
    first, last = ax.get_xlim()
    return style.points(ax, 12)[0] / (last - first)


def set_panel(ax: Axes, scale: Scale) -> list[str]:
    """Its limits, lines across it and the words beside and below it; the words of its scale. Ticks
    would do the same, and take most of the time of the page."""
    from matplotlib.lines import Line2D
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
    x = [place for _ in levels for place in (*ax.get_xlim(), float("nan"))]
    y = [place for level in levels for place in (level, level, float("nan"))]
    look: style.Look = {"color": style.PALE, "linewidth": 0.6, "zorder": 0.5, "gid": "scale"}
    ax.add_artist(Line2D(x, y, label="_scale", **look))
    texts = [tick(level) if scale.percent else f"{level:,.0f}" for level in levels]
    for level, text in zip(levels, texts, strict=True) if scale.written else ():
        beside: style.Look = {"ha": "right", "coords": ("axes fraction", "data"), "gid": "level"}
        note(ax, text, (0, level), (-4, 0), **beside)
    for year in years[::-1][:: 1 + (len(years) - 1) // _YEARS]:
        below: style.Look = {"ha": "center", "va": "top", "coords": ("data", "axes fraction")}
        note(ax, str(year), (year, 0), (0, -4), gid="year", **below)
    return texts
