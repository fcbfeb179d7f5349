"""The map of what is loaded: bodies by years, before any chart of figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..arguments import language
from ..percentages import percentage
from . import style
from .lettering import footnote, legend_above, note, nothing_to_draw, title
from .rows import Ladder, body_names, capacity, require, write_labels, years_text
from .words import say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_COLUMNS = ["agency", "district", "year", "status", "report", "reports", "editions", "broken"]
_ROWS = 60
# Fill, edge and hatch: told apart in grey print by lightness, hatch and the text in the cell.
_LOOKS: dict[str, style.Look] = {
    "loaded": {"facecolor": "#2C86BF", "edgecolor": "white"},
    "other_edition": {"facecolor": "#A9D0EA", "edgecolor": "white"},
    "incomplete": {"facecolor": "#F2CF63", "edgecolor": "white"},
    "failed_checks": {"facecolor": "#C4500C", "edgecolor": "white"},
    "missing": {"facecolor": "white", "edgecolor": style.PALE, "hatch": "////"},
}


def plot_coverage(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with a cell for each body and year: loaded, missing, other form, checks broken.

    `frame` is that of `coverage`. A cell says how many checks are broken (×3), which forms were
    used where they are not the year's, what share of the cells was read where not all were. Of more
    than sixty bodies those with most reports are drawn. Raises InputError for another frame or
    language.
    """
    require(frame, _COLUMNS, "coverage")
    language(lang)
    with style.drawing():
        if frame.empty:
            return nothing_to_draw(ax, lang, 0)
        data = frame.assign(body=body_names(frame))
        bodies, undrawn = _chosen(data, capacity(ax, _ROWS))
        data = data[data["body"].isin(bodies)]
        years = list(range(int(data["year"].min()), int(data["year"].max()) + 1))
        rungs = Ladder([float(i) for i in range(len(bodies))], bodies, [])
        ax, room, pitch = rungs.axes(ax, beside=0, around=125)
        _draw(ax, data, bodies, years, room / len(years))
        write_labels(ax, rungs, pitch, [False] * len(bodies))
        above = _write_legend(ax, data, room, lang)
        heading = say("coverage_title", lang, years=years_text(data["year"], lang))
        title(ax, heading, room, above=above + 14)
        numbers = {"bodies": len(bodies), "years": len(years), "cells": len(data)}
        numbers["reports"] = int(data["reports"].sum())
        left = say("undrawn_rows", lang, n=undrawn, kept=len(bodies)) if undrawn else ""
        told = [say("coverage_source", lang, **numbers), say("coverage_note", lang), left]
        footnote(ax, told, room)
        return ax


def _chosen(data: pd.DataFrame, most: int) -> tuple[list[str], int]:
    """The bodies that there is room for, those with most reports, in the frame's order."""
    counts = data.groupby("body", sort=False)["reports"].sum()
    kept = set(counts.sort_values(ascending=False, kind="stable").index[:most])
    return [body for body in counts.index if body in kept], len(counts) - len(kept)


def _draw(ax: Axes, data: pd.DataFrame, bodies: list[str], years: list[int], width: float) -> None:
    from matplotlib.patches import Rectangle

    place = {body: i for i, body in enumerate(bodies)}
    for _, row in data.iterrows():
        x, y = int(row["year"]) - years[0], place[row["body"]]
        look = _LOOKS[row["status"]]
        ax.add_patch(Rectangle((x - 0.47, y - 0.42), 0.94, 0.84, gid=row["status"], lw=0.5, **look))
        text = _text(row)
        if text and len(text) * 4.6 < width:
            ink = style.ink_on(look["facecolor"])
            note(ax, text, (x, y), ha="center", colour=ink, size=style.NOTE, gid="state")
    ax.set_xlim(-0.5, len(years) - 0.5)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    step = 1 + int(30 // width) if width < 30 else 1
    for year in years[::-1][::step]:
        at = ("data", "axes fraction")
        note(ax, str(year), (year - years[0], 1), (0, 3), ha="center", va="bottom", coords=at,
             gid="year")  # fmt: skip


def _text(row: pd.Series[Any]) -> str:
    """What a cell says: broken checks, forms, or how much was read."""
    if row["status"] == "failed_checks":
        return f"×{row['broken']}"
    if row["status"] == "other_edition":
        forms = dict.fromkeys(re.findall(r"=(\S+)", str(row["editions"])))
        return "+".join(sorted(forms))
    if row["status"] == "incomplete":
        return percentage(row["found"] / row["expected"], 0)
    return f"({row['reports']})" if row["reports"] > 1 else ""


def _write_legend(ax: Axes, data: pd.DataFrame, room: float, lang: str) -> float:
    """The states with how often each occurs, above the years."""
    from matplotlib.patches import Patch
    from matplotlib.transforms import ScaledTranslation

    counts = data["status"].value_counts()
    found = [status for status in _LOOKS if status in counts.index]
    handles: list[Artist] = [Patch(linewidth=0.5, **_LOOKS[status]) for status in found]
    names = [
        say("coverage_counts", lang, status=say(f"coverage_{status}", lang), n=counts[status])
        for status in found
    ]
    height = legend_above(ax, handles, names, room)
    legend, page = ax.get_legend(), ax.get_figure(root=True)
    if legend and page:
        over_years = ScaledTranslation(0, 14 / 72, page.dpi_scale_trans)
        legend.set_bbox_to_anchor((0, 1), transform=ax.transAxes + over_years)
    return height
