"""How many checks of a body's reports hold, are broken or cannot be told, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..checklist import catalogue
from ..forms import label
from . import style
from .lettering import footnote, legend_above, note, text_width, title
from .measured import places
from .rows import Ladder, bare, write_labels, year_text, years_text
from .words import say

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_LOOKS: dict[str, style.Look] = {
    "holds": {"facecolor": "#A9D0EA", "edgecolor": "white"},
    "broken": {"facecolor": "#C4500C", "edgecolor": "white"},
    "unknown": {"facecolor": "white", "edgecolor": "#BDBDBD", "hatch": "////"},
}


def draw_verdicts(ax: Axes, findings: pd.DataFrame, lang: str) -> None:
    """Stacked bars of verdicts, a year each, on a given Axes; what is broken stands in the note."""
    ax = style.canvas(ax, 0)
    counts = findings.groupby(["year", "verdict"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(_LOOKS), fill_value=0).sort_index()
    rungs = Ladder([float(i) for i in range(len(counts))], list(map(str, counts.index)), [])
    room, height = style.points(ax, 30, 60)
    if counts.empty:
        note(ax, say("nothing", lang), (0.5, 0.5), ha="center", coords="axes fraction")
    else:
        _draw(ax, counts, rungs, room)
        write_labels(ax, rungs, height / rungs.height, [False] * len(counts))
    bare(ax)
    above = _write_legend(ax, room, lang)
    heading = say("checks_title", lang, years=years_text(findings["year"], lang))
    title(ax, heading, room, above)
    footnote(ax, [say("checks_source", lang), _broken(findings, lang)], room)


def _draw(ax: Axes, counts: pd.DataFrame, rungs: Ladder, room: float) -> None:
    """The bars with their numbers where these fit."""
    widest = float(counts.sum(axis=1).max()) * 1.02
    left = [0.0] * len(counts)
    for verdict, look in _LOOKS.items():
        numbers = counts[verdict].astype(float).tolist()
        ax.barh(rungs.y, numbers, left=left, height=0.7, label=verdict, linewidth=0.5, **look)
        for y, start, number in zip(rungs.y, left, numbers, strict=True):
            text = f"{number:,.0f}"
            if number and text_width(text, style.VALUE) + 4 < number / widest * room:
                words = note(ax, text, (start + number / 2, y), ha="center", gid="verdict",
                             colour=style.ink_on(look["facecolor"]))  # fmt: skip
                if verdict == "unknown":
                    words.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        left = [start + number for start, number in zip(left, numbers, strict=True)]
    ax.set_xlim(0, widest)


def _write_legend(ax: Axes, room: float, lang: str) -> float:
    from matplotlib.patches import Patch

    handles: list[Artist] = [Patch(linewidth=0.5, **look) for look in _LOOKS.values()]
    names = [say(f"verdict_{verdict}", lang) for verdict in _LOOKS]
    return legend_above(ax, handles, names, room)


def _named(check: str, lang: str) -> str:
    """The title of a check in the catalogue, or its number."""
    known = catalogue().get(check)
    return check if known is None else known.zh if lang == "zh" else known.en


def _broken(findings: pd.DataFrame, lang: str) -> str:
    """The checks that are broken: year, check, figures."""
    bad = findings[findings["verdict"] == "broken"]
    if bad.empty:
        return say("checks_none", lang)
    told = [
        f"{year_text(row['year'], lang)} {_named(str(row['check']), lang)}"
        + ("" if pd.isna(row["row"]) else say("of_row", lang, row=label(row["row"], lang)))
        + (f" {row['left']:,.0f} ≠ {row['right']:,.0f}" if pd.notna(row["gap"]) else "")
        for _, row in bad.iterrows()
    ]
    return say("checks_broken", lang, found=places(told, lang, 4))
