"""The funnel: rates against the size they rest on, within the limits that chance allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..arguments import language
from ..funnel import funnel_limits
from ..percentages import tick
from . import style
from .group import chosen_group
from .lettering import footnote, note, text_width, title, wrap
from .measured import RATE, WHO, Topic, nothing_measured, topic
from .rows import NAME, body_names, require
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

_COLUMNS = [*WHO, *RATE, "group", "target", "beyond", "limit", "overdispersed", "apart"]
_HEIGHT = 4.6
_NAMED = 12
_LOG_FROM = 30  # times that the largest size is the smallest, before sizes are on a log scale


def plot_funnel(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with each body's rate over its own denominator, and the control limits of its group.

    `frame` is that of `funnel`. Between the limits a body differs from the group's pooled rate by
    no more than chance gives one of its size. Bodies beyond the 95 % limits are named, those beyond
    99.8 % filled dark; bodies under the minimum are hollow and grey. Above is not good, below not
    bad. Of several groups the largest is drawn. Raises InputError as `plot_trend`.
    """
    require(frame, _COLUMNS, "funnel")
    language(lang)
    with style.drawing():
        rows, group, left = chosen_group(frame.assign(body=body_names(frame)), lang)
        rows = rows[rows["value"].notna()]
        if rows.empty:
            return nothing_measured(ax, frame, lang)
        about = topic(rows, lang)
        room = (style.WIDTH - 0.9) * 72 if ax is None else style.points(ax, 40, 70)[0]
        ax = style.canvas(ax, _HEIGHT)
        known = rows["target"].notna().any()
        _set_scales(ax, rows, about)
        if known:
            _draw_limits(ax, rows, about)
        _draw_bodies(ax, rows)
        unnamed = _name_outliers(ax, rows)
        text = say("funnel_title", lang, name=about.name, group=group)
        title(ax, text, room)
        cautions = [*_cautions(rows, about, unnamed), left]
        footnote(ax, [*about.sentences(rows), *cautions], room, below=36)
        return ax


def _set_scales(ax: Axes, rows: pd.DataFrame, about: Topic) -> None:
    from matplotlib.ticker import FuncFormatter, NullLocator

    n, value = rows["denominator"].astype(float), rows["value"].astype(float)
    first, last = float(n.min()), float(n.max())
    if last > _LOG_FROM * first:
        ax.set_xscale("log")
        ax.xaxis.set_minor_locator(NullLocator())
        ax.set_xlim(max(first / 1.5, 0.7), last * 1.6)
    else:
        ax.set_xlim(0, last * 1.12)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}"))
    percent = about.measure.unit == "%"
    top = max(float(value.max()) * 1.2, float(rows["target"].fillna(0).max()) * 1.8, 0.02)
    top = min(top, 1.06) if about.measure.kind == "share" else top
    ax.set_ylim(min(-0.02 * top, 0), top)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: tick(y) if percent else f"{y:,.3g}"))
    words = about.measure.over_zh if about.lang == "zh" else about.measure.over_en
    families = {"fontfamily": list(style.families()), "fontsize": style.VALUE}
    ax.set_xlabel(say("funnel_x", about.lang, over=words), **families)  # type: ignore[arg-type]
    ax.xaxis.label.set_color(style.GREY)


def _draw_limits(ax: Axes, rows: pd.DataFrame, about: Topic) -> None:
    """The pooled rate and the curves of the 95 % and 99.8 % limits."""
    from matplotlib.patheffects import withStroke

    first, last = ax.get_xlim()
    log = ax.get_xscale() == "log"
    sizes = np.geomspace(max(first, 1), last, 200) if log else np.linspace(max(first, 1), last, 200)
    target = float(rows["target"].dropna().iloc[0])
    scale = about.measure.scale
    sizes = np.unique(np.maximum(np.round(sizes), 1))
    curves = funnel_limits(target / scale, sizes.tolist(), about.measure.kind)
    for name, stroke, width in (("95", "--", 0.9), ("998", "-", 0.9)):
        for side in ("lower", "upper"):
            y = curves[f"{side}{name}"].astype(float) * scale
            look: style.Look = {
                "color": style.GREY,
                "linestyle": stroke,
                "linewidth": width,
                "zorder": 1,
            }
            ax.plot(sizes, y, label=f"_{side}{name}", **look)
    ax.axhline(target, color=style.INK, linewidth=1, zorder=1, gid="target")
    text = say("target", about.lang, value=about.text(target))
    at = ("axes fraction", "data")
    words = note(ax, text, (0, target), (3, 3), va="bottom", coords=at, gid="target")
    words.set_path_effects([withStroke(linewidth=3, foreground="white")])


def _draw_bodies(ax: Axes, rows: pd.DataFrame) -> None:
    """The bodies in three looks that hold in grey print: hollow, mid, dark."""
    small = rows["apart"].fillna(False).astype(bool)
    far = (rows["limit"] == "99.8").fillna(False).astype(bool) & ~small
    out = (rows["limit"] == "95").fillna(False).astype(bool) & ~small
    looks = {
        "_few": (small, "white", style.GREY, "o"),
        "_inside": (~small & ~out & ~far, "#7CC4EC", "#0072B2", "o"),
        "_beyond95": (out, "#0072B2", "#0072B2", "D"),
        "_beyond998": (far, style.INK, style.INK, "D"),
    }
    for name, (which, face, edge, marker) in looks.items():
        part = rows[which]
        x, y = part["denominator"].astype(float), part["value"].astype(float)
        look: style.Look = {"markerfacecolor": face, "markeredgecolor": edge, "markersize": 6}
        ax.plot(x, y, linestyle="", marker=marker, label=name, zorder=3, **look)


def _name_outliers(ax: Axes, rows: pd.DataFrame) -> int:
    """Names beside the bodies that lie beyond the limits, or beside all where they are few, and how
    many have none; where a name would touch another or a point, it tries the other sides."""
    from matplotlib.patheffects import withStroke

    beyond = rows["beyond"].isin(["above", "below"]) & ~rows["apart"].fillna(False).astype(bool)
    named = rows if len(rows) <= 6 else rows[beyond]
    named = named.assign(far=(named["value"] - named["target"]).abs()).sort_values(
        "far", ascending=False
    )
    written = 0
    taken = [_around(ax, x, y, 9, 9) for x, y in _places(ax, rows)]
    for (_, row), (x, y) in zip(named.head(_NAMED).iterrows(), _places(ax, named), strict=False):
        text = wrap(str(row["body"]), NAME, style.VALUE, 2)
        width = max(text_width(line, style.VALUE) for line in text.split("\n"))
        height = 11.0 * (text.count("\n") + 1)
        for dx, dy, ha in _SIDES:
            left = x + dx - (width if ha == "right" else width / 2 if ha == "center" else 0)
            box = _box(left, y + dy - height / 2, width, height)
            if _inside(ax, box) and not any(box.overlaps(other) for other in taken):
                data = (float(row["denominator"]), float(row["value"]))
                words = note(ax, text, data, (dx, dy), ha=ha, gid="name")
                words.set_path_effects([withStroke(linewidth=3, foreground="white")])
                taken.append(box)
                written += 1
                break
    return len(named) - written


_SIDES = (
    (7.0, 0.0, "left"), (-7.0, 0.0, "right"), (0.0, 11.0, "center"), (0.0, -11.0, "center"),
    (7.0, 9.0, "left"), (-7.0, 9.0, "right"), (7.0, -9.0, "left"), (-7.0, -9.0, "right"),
)  # fmt: skip


def _places(ax: Axes, rows: pd.DataFrame) -> list[tuple[float, float]]:
    """Where the bodies stand, in points from the corner of the figure."""
    scale = 72 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    points = rows[["denominator", "value"]].to_numpy(float)
    return [(float(x), float(y)) for x, y in ax.transData.transform(points) * scale]


def _around(ax: Axes, x: float, y: float, width: float, height: float) -> Bbox:
    return _box(x - width / 2, y - height / 2, width, height)


def _box(left: float, bottom: float, width: float, height: float) -> Bbox:
    from matplotlib.transforms import Bbox

    return Bbox.from_bounds(left, bottom, width, height)


def _inside(ax: Axes, box: Bbox) -> bool:
    """Whether a text stays in the chart."""
    scale = 72 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    frame = ax.bbox
    return bool(
        frame.x0 * scale <= box.x0
        and box.x1 <= frame.x1 * scale
        and frame.y0 * scale <= box.y0
        and box.y1 <= frame.y1 * scale
    )


def _cautions(rows: pd.DataFrame, about: Topic, unnamed: int) -> list[str]:
    lang = about.lang
    small = rows["apart"].fillna(False).astype(bool)
    over = rows["overdispersed"].fillna(False).astype(bool).any()
    n = int(rows["beyond"].isin(["above", "below"]).sum())
    return [
        say("funnel_limits", lang) if rows["target"].notna().any() else say("funnel_alone", lang),
        say("funnel_beyond", lang, n=n, bodies=len(rows)) if rows["beyond"].notna().any() else "",
        say("funnel_unnamed", lang, n=unnamed) if unnamed > 0 else "",
        say("funnel_over", lang) if over else "",
        say("funnel_small", lang) if small.any() else "",
    ]
