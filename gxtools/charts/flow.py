"""The flow of a year: what came in and was carried in, and what was answered or carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ..arguments import language
from ..errors import InputError
from ..forms import label
from . import style
from .lettering import footnote, note, nothing_to_draw, title
from .rows import body_names, require, years_text
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 3.6
_IN, _OUT = ("received", "carried_in"), ("concluded", "carried_out")
_COLOURS = {
    "received": "#0072B2",
    "carried_in": "#7CC4EC",
    "concluded": "#0072B2",
    "carried_out": "#F2CF63",
}
_NODE = 0.05  # width of a bar, the chart being 1 wide
_LEFT, _MIDDLE, _RIGHT = 0.18, 0.475, 0.77
_APART = 0.06  # between the bars of one side, of the height
_LINE = 0.11  # of the height: what the words beside a bar take


class _Part(NamedTuple):
    """A bar of one side: its code, its figure (None: not known), and where it stands."""

    code: str
    value: float | None
    bottom: float
    height: float


def plot_flow(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with the flow of one report: 本年新收 + 上年结转 → 办结 + 结转下年度.

    `frame` is that of `volumes`, of one report. Heights are proportional to the numbers. A figure
    that is not known is an outline that says so; where the sides do not agree they are drawn as
    printed, and the difference is written. Raises InputError for another frame or language, and for
    several reports: their flows would hold what was carried over twice.
    """
    require(frame, ["report", "agency", "district", "year", *_IN, "handled", *_OUT], "volumes")
    language(lang)
    if frame["report"].nunique() > 1:
        raise InputError(
            f"the frame has {len(frame)} reports: the flow of one is drawn",
            advice="Keep one: frame[frame.report == ...].",
        )
    with style.drawing():
        if not frame[[*_IN, *_OUT]].notna().any(axis=None):
            return nothing_to_draw(ax, lang, frame["report"].nunique())
        row = frame.iloc[0]
        room = (style.WIDTH - 0.3) * 72 if ax is None else style.points(ax, 10, 60)[0]
        ax = style.canvas(ax, _HEIGHT)
        ax.set_axis_off()
        ax.set_xlim(0, 1)
        ax.set_ylim(-0.12, 1.12)
        whole = max(_sum(row, _IN), _sum(row, _OUT), 1.0)
        ins, outs = (_parts(row, codes, whole) for codes in (_IN, _OUT))
        _draw_middle(ax, row, whole, lang)
        for parts, x in ((ins, _LEFT), (outs, _RIGHT)):
            _draw_bands(ax, parts, x, whole)
            _draw_parts(ax, parts, x, whole, lang)
        words = {"body": body_names(frame).iloc[0], "year": years_text(frame["year"], lang)}
        title(ax, say("flow_title", lang, **words), room)
        footnote(ax, _sentences(frame, row, lang), room, below=2)
        return ax


def _sum(row: pd.Series[Any], codes: tuple[str, ...]) -> float:
    return float(sum(row[code] for code in codes if pd.notna(row[code])))


def _parts(row: pd.Series[Any], codes: tuple[str, ...], whole: float) -> list[_Part]:
    """The bars of one side from the top down, room kept for the words of each."""
    known = [None if pd.isna(row[code]) else float(row[code]) for code in codes]
    scale = 1 - _APART
    heights = [0.0 if value is None else value / whole * scale for value in known]
    top, parts = 1.0, []
    for code, value, height in zip(codes, known, heights, strict=True):
        parts.append(_Part(code, value, top - height, height))
        top -= height + _APART
    return parts


def _draw_parts(ax: Axes, parts: list[_Part], x: float, whole: float, lang: str) -> None:
    """The bars with their names and figures beside them, moved apart where they would touch."""
    from matplotlib.patches import Rectangle

    outward = x < _MIDDLE
    places = _apart([part.bottom + part.height / 2 for part in parts])
    for part, y in zip(parts, places, strict=True):
        look: dict[str, Any] = {"facecolor": _COLOURS[part.code], "edgecolor": "none"}
        if part.value is None:
            look = {"facecolor": "white", "edgecolor": style.GREY, "hatch": "////"}
        height = max(part.height, 0.004) if part.value is not None else 0.04
        ax.add_patch(Rectangle((x, part.bottom), _NODE, height, gid=part.code, **look))
        name = label(part.code, lang, axis="outcome")
        figure = say("flow_unread", lang) if part.value is None else f"{part.value:,.0f}"
        at, offset = (x, -6) if outward else (x + _NODE, 6)
        ha = "right" if outward else "left"
        text = f"{name}\n{figure}"
        note(ax, text, (at, y), (offset, 0), ha=ha, size=style.TEXT, gid="part")


def _apart(middles: list[float]) -> list[float]:
    """Where the words of two bars stand, top first: at their middles, or as near as they may."""
    first, second = middles
    gap = 2 * _LINE - (first - second)
    return [first + gap / 2, second - gap / 2] if gap > 0 else [first, second]


def _draw_bands(ax: Axes, parts: list[_Part], x: float, whole: float) -> None:
    """The bands between the bars of a side and the bar in the middle."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Curve

    top = 1 - _APART / 2
    for part in parts:
        if not part.value:
            continue
        a, b = (x + _NODE, _MIDDLE) if x < _MIDDLE else (x, _MIDDLE + _NODE)
        bend = (a + b) / 2
        ends = (part.bottom + part.height, part.bottom)
        points = [
            (a, ends[0]), (bend, ends[0]), (bend, top), (b, top),
            (b, top - part.height), (bend, top - part.height), (bend, ends[1]), (a, ends[1]),
            (a, ends[0]),
        ]  # fmt: skip
        kinds = [1, 4, 4, 4, 2, 4, 4, 4, 79]
        look = {"facecolor": _COLOURS[part.code], "alpha": 0.35, "linewidth": 0}
        ax.add_patch(PathPatch(Curve(points, kinds), gid="band", **look))
        top -= part.height


def _draw_middle(ax: Axes, row: pd.Series[Any], whole: float, lang: str) -> None:
    """The bar of all that was handled, with its sum, and by how much the sides differ."""
    from matplotlib.patches import Rectangle

    height = (1 - _APART) * max(_sum(row, _IN), _sum(row, _OUT)) / whole
    bottom = 1 - _APART / 2 - height
    ax.add_patch(Rectangle((_MIDDLE, bottom), _NODE, height, facecolor=style.INK, gid="handled"))
    known = pd.notna(row["handled"])
    text = say("flow_handled", lang, n=f"{row['handled']:,.0f}" if known else "?")
    note(ax, text, (_MIDDLE + _NODE / 2, 1), (0, 2), ha="center", va="bottom", gid="handled",
         size=style.TEXT)  # fmt: skip
    if _gap(row):
        odd = say("flow_gap", lang, n=f"{abs(_gap(row)):,.0f}")
        below = {"va": "top", "ha": "center", "size": style.TEXT, "gid": "gap"}
        note(ax, odd, (_MIDDLE + _NODE / 2, bottom), (0, -4), **below)  # type: ignore[arg-type]


def _gap(row: pd.Series[Any]) -> float:
    """By how much the sides differ; 0 where a figure is not known."""
    if any(pd.isna(row[code]) for code in (*_IN, *_OUT)):
        return 0.0
    return _sum(row, _IN) - _sum(row, _OUT)


def _sentences(frame: pd.DataFrame, row: pd.Series[Any], lang: str) -> list[str]:
    section = label("applications", lang, axis="section", printed=lang == "zh")
    return [
        say("formula", lang, formula=say("flow_formula", lang)),
        say("source", lang, section=section, reports=1, bodies=1),
        say("flow_odd", lang) if _gap(row) else "",
        say("flow_scale", lang),
    ]
