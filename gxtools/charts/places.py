"""Where a body stands among its group: a strip of dots for each rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from . import style
from .group import group_name
from .lettering import footnote, note, title, wrap
from .measured import Topic, fraction
from .rows import body_names, require
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLUMNS = ["measure", "code", "value", "low", "high", "group", "median", "rank", "ranked", "apart"]


def draw_places(ax: Axes, frame: pd.DataFrame, agency: str, lang: str) -> None:
    """A strip a rate on a given Axes: the bodies of the group as dots, the body as a diamond.

    Of each rate the body's latest year is drawn; only rates in per cent are drawn.
    """
    require(frame, _COLUMNS, "compare")
    ax = style.canvas(ax, 0)
    rates = frame[(frame["unit"] == "%").fillna(False)]
    own = rates[(rates["agency"] == agency).fillna(False) & rates["value"].notna()]
    own = own.sort_values("year", kind="stable").drop_duplicates(["measure", "code"], keep="last")
    room, height = style.points(ax, 20, 50)
    for y, (_, row) in enumerate(own.iterrows()):
        group = rates[_same(rates, row)]
        _draw_strip(ax, float(y), row, group, lang)
        _write(ax, float(y), row, group, room, lang)
    _set_scale(ax, own, height)
    if own.empty:
        note(ax, say("nothing", lang), (0.5, 0.5), ha="center", coords="axes fraction")
    years = "、".join(map(str, sorted(own["year"].dropna().unique())))
    title(ax, say("places_title", lang, year=years), room)
    footnote(ax, _sentences(own, rates, lang), room)


def _same(rates: pd.DataFrame, row: pd.Series[Any]) -> pd.Series[bool]:
    """The rows of the same rate in the body's group."""
    found = (rates["measure"] == row["measure"]) & (rates["group"] == row["group"])
    code = rates["code"].isna() if pd.isna(row["code"]) else rates["code"] == row["code"]
    same: pd.Series[bool] = (found & code & rates["value"].notna()).fillna(False).astype(bool)
    return same


def _draw_strip(ax: Axes, y: float, row: pd.Series[Any], group: pd.DataFrame, lang: str) -> None:
    """The others as dots, hollow for few cases; median; the body with its interval."""
    ax.hlines(y, 0, 1, colors=style.PALE, linewidth=0.6, zorder=1)
    others = group[group["report"] != row["report"]]
    small = others["apart"].fillna(False).astype(bool)
    for part, face in ((others[small], "white"), (others[~small], "#9CCBE8")):
        x = part["value"].astype(float)
        look: style.Look = {"markerfacecolor": face, "markeredgecolor": style.GREY}
        ax.plot(x, [y] * len(x), "o", markersize=4.5, alpha=0.8, label="_others", **look)
    if len(others) and pd.notna(row["median"]):
        ax.vlines(float(row["median"]), y - 0.16, y + 0.16, colors=style.INK, linewidth=1.2)
    few = bool(pd.notna(row["apart"]) and row["apart"])
    colour = style.GREY if few else style.LINE_COLOURS[1]
    if pd.notna(row["low"]):
        ax.hlines(y, float(row["low"]), float(row["high"]), colors=colour, linewidth=1.6)
    face = "white" if few else colour
    ax.plot([float(row["value"])], [y], "D", markersize=7, markerfacecolor=face,
            markeredgecolor=colour, label="_own", zorder=4)  # fmt: skip


def _write(
    ax: Axes, y: float, row: pd.Series[Any], group: pd.DataFrame, room: float, lang: str
) -> None:
    """The name of the rate, the body's figure and place, over its strip."""
    about = _topic(row, lang)
    few = bool(pd.notna(row["apart"]) and row["apart"])
    part = fraction(row["numerator"], row["denominator"])
    value = about.text(float(row["value"]))
    told = part if few else say("places_own", lang, value=value, part=part)
    place = say("places_apart", lang)
    if len(group) < 2:
        place = say("places_alone", lang)
    elif pd.notna(row["rank"]):
        place = say("places_no", lang, rank=row["rank"], ranked=row["ranked"])
        if pd.notna(row["rank_low"]):
            place += say("places", lang, low=row["rank_low"], high=row["rank_high"])
    joint = {"zh": "，", "en": ", "}[lang]
    text = wrap(f"{about.name} {told}{joint}{place}", room, style.VALUE, 2)
    note(ax, text, (0, y - 0.2), va="bottom", gid="place")


def _topic(row: pd.Series[Any], lang: str) -> Topic:
    from ..measures import find

    code = None if pd.isna(row["code"]) else str(row["code"])
    return Topic(find(str(row["measure"])), code, lang)


def _set_scale(ax: Axes, own: pd.DataFrame, height: float) -> None:
    ax.set_ylim(max(len(own), 1) - 0.65, -0.85)
    ax.set_xlim(-0.01, 1.01)
    ax.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    ax.set_yticks([])


def _sentences(own: pd.DataFrame, rates: pd.DataFrame, lang: str) -> list[str]:
    """Formulas and groups of the strips."""
    told = [say("places_key", lang)] if len(own) else []
    for _, row in own.iterrows():
        about = _topic(row, lang)
        words = about.measure.formula(about.code, lang)
        told.append(say("formula", lang, formula=f"{about.name} = {words}"))
    for group in dict.fromkeys(own["group"]):
        here = rates[(rates["group"] == group).fillna(False) & rates["value"].notna()]
        n = body_names(here.drop_duplicates("report")).nunique()
        told.append(say("places_group", lang, group=group_name(str(group), lang), n=n))
    return told
