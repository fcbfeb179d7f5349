"""Bodies of one group by a measure: dots with intervals or bars, small samples set apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..arguments import language
from ..percentages import tick
from . import style
from .group import chosen_group
from .lettering import BESIDE, footnote, note, text_width, title
from .measured import RATE, WHO, Topic, fraction, mark, nothing_measured, topic
from .rows import Ladder, bare, body_names, capacity, require, span, write_labels
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLUMNS = [*WHO, *RATE, "low", "high", "group", "rank", "rank_low", "rank_high", "apart"]
_ROWS = 60
_QUARTILES_FROM = 5  # bodies
_APART = 1.2  # rows between those ranked and those set apart


def plot_ranking(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with the bodies of one group in the order of a measure.

    `frame` is that of `rank`, or of `compare(..., by="district")`, which adds the quartiles of the
    group as a band. A rate is a dot with its 95 % interval, its fraction, and the places it may as
    well have; a count is a bar. Bodies under the minimum stand apart below, in grey, unranked. No
    colour says good or bad: rank 1 is the highest value, no more. Of several groups the largest is
    drawn, and of more than sixty bodies the first. Raises InputError as `plot_trend`.
    """
    require(frame, _COLUMNS, "rank")
    language(lang)
    with style.drawing():
        rows, group, left = chosen_group(frame.assign(body=body_names(frame)), lang)
        if not rows["value"].notna().any():
            return nothing_measured(ax, rows, lang)
        about = topic(rows, lang)
        rows, undrawn = _ordered(rows, capacity(ax, _ROWS))
        apart = rows["apart"].fillna(False).astype(bool).tolist()
        rungs = _rungs(rows, apart)
        texts = _texts(rows, about)
        beside = max(text_width(text, style.VALUE) for text in texts) + 10
        ax, room, pitch = rungs.axes(ax, beside=beside, around=120)
        draw = _draw_bars if about.counts else _draw_dots
        draw(ax, rows, rungs, apart, room, about)
        _write_beside(ax, rungs, texts, apart, about)
        write_labels(ax, rungs, pitch, apart)
        title(ax, say("ranking_title", lang, name=about.name + about.unit_note, group=group),
              room + beside)  # fmt: skip
        cautions = [*_cautions(rows, apart, about), left, undrawn_text(undrawn, len(rows), lang)]
        footnote(ax, [*about.sentences(rows), *cautions], room + beside, below=20)
        return ax


def _ordered(rows: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """Those ranked from the highest down, then those set apart, the largest of them first; and how
    many there is no room for. Bodies without a figure are not drawn."""
    known = rows[rows["value"].notna()]
    ranked = known[known["rank"].notna()].sort_values(
        ["rank", "denominator"], ascending=[True, False], kind="stable"
    )
    rest = known[known["rank"].isna()].sort_values(
        ["denominator", "value"], ascending=False, kind="stable"
    )
    ordered = pd.concat([ranked, rest])
    return ordered.head(most), len(ordered) - len(ordered.head(most))


def undrawn_text(undrawn: int, kept: int, lang: str) -> str:
    return say("undrawn_rows", lang, n=undrawn, kept=kept) if undrawn else ""


def _rungs(rows: pd.DataFrame, apart: list[bool]) -> Ladder:
    y: list[float] = []
    for i, small in enumerate(apart):
        gap = _APART if i and small and not apart[i - 1] else 0.0
        y.append(y[-1] + 1 + gap if y else (_APART if small else 0.0))
    return Ladder(y, rows["body"].tolist(), [])


def _texts(rows: pd.DataFrame, about: Topic) -> list[str]:
    """The column on the right: a head, then figure, fraction and place of each body."""
    if about.counts:
        return [""] * (len(rows) + 1)
    texts = [say("ranking_head", about.lang)]
    for row in rows.to_dict("records"):
        part = fraction(row["numerator"], row["denominator"])
        place = ""
        if pd.notna(row["rank"]):
            place = say("place", about.lang, rank=row["rank"])
            if pd.notna(row["rank_low"]) and row["rank_low"] != row["rank_high"]:
                ends = {"low": row["rank_low"], "high": row["rank_high"]}
                place += say("places", about.lang, **ends)
        text = part if pd.isna(row["rank"]) else f"{about.text(row['value'])}  {part}   {place}"
        texts.append(text + mark(row["basis"]))
    return texts


def _draw_dots(
    ax: Axes, rows: pd.DataFrame, rungs: Ladder, apart: list[bool], room: float, about: Topic
) -> None:
    """A dot and its interval a body, hollow and grey for those set apart; the group's quartiles."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    values = rows["value"].to_numpy(float)
    low, high = (rows[name].astype("Float64").fillna(rows["value"]) for name in ("low", "high"))
    top = float(high.max()) * 1.04 or 0.01
    ax.set_xlim(min(0.0, float(low.min())), min(top, 1.02) if about.measure.unit == "%" and
                values.max() <= 1 else top)  # fmt: skip
    if _has_quartiles(rows):
        _draw_quartiles(ax, rows)
    y, out = np.array(rungs.y), np.array(apart, dtype=bool)
    ends = [side.to_numpy(float) for side in (low, high)]
    for small in (False, True):
        at = out == small
        if not at.any():
            continue
        colour = style.GREY if small else style.LINE_COLOURS[0]
        a, b = (side[at] for side in ends)
        ax.hlines(y[at], a, b, colors=colour, linewidth=1.2, alpha=0.6 if small else 1)
        face = "white" if small else colour
        look: style.Look = {"markerfacecolor": face, "markeredgecolor": colour, "markersize": 6}
        name = "_few" if small else "_dot"
        ax.plot(values[at], y[at], marker="o", linestyle="", label=name, **look)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    percent = about.measure.unit == "%"
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick(x) if percent else f"{x:,.3g}"))
    ax.grid(axis="x", color=style.PALE, linewidth=0.6)


def _has_quartiles(rows: pd.DataFrame) -> bool:
    """Whether the group is large enough for its quartiles to say something."""
    return "median" in rows and len(rows) >= _QUARTILES_FROM and bool(rows["median"].notna().any())


def _draw_quartiles(ax: Axes, rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    ends = (float(first["q1"]), float(first["q3"]))
    ax.axvspan(*ends, color=style.PALE, alpha=0.45, linewidth=0, zorder=0, gid="quartiles")
    middle = float(first["median"])
    ax.axvline(middle, color=style.INK, linewidth=0.9, linestyle="--", zorder=1, gid="median")


def _draw_bars(
    ax: Axes, rows: pd.DataFrame, rungs: Ladder, apart: list[bool], room: float, about: Topic
) -> None:
    values = rows["value"].astype(float).tolist()
    ax.barh(rungs.y, values, height=0.72, color=style.LINE_COLOURS[0])
    texts = [about.text(v) + mark(b) for v, b in zip(values, rows["basis"], strict=True)]
    for y, value, text in zip(rungs.y, values, texts, strict=True):
        note(ax, text, (max(value, 0), y), (4, 0), gid="value")
    ax.set_xlim(
        min(0, *values), span(values, [text_width(t, style.VALUE) + 8 for t in texts], room)
    )
    bare(ax)


def _write_beside(
    ax: Axes, rungs: Ladder, texts: list[str], apart: list[bool], about: Topic
) -> None:
    """The column of figures, and the line over those set apart."""
    head, *rest = texts
    if head:
        note(ax, head, (1, 1), (6, 3), va="bottom", coords="axes fraction", size=style.NOTE,
             colour=style.GREY, gid="head")  # fmt: skip
    for y, text, small in zip(rungs.y, rest, apart, strict=True):
        colour = style.GREY if small else style.INK
        note(ax, text, (1, y), (6, 0), colour=colour, coords=BESIDE, gid="figure")
    if any(apart):
        y = rungs.y[apart.index(True)] - 1.1
        text = say("apart", about.lang, n=sum(apart))
        note(ax, text, (0, y), (4, 0), colour=style.GREY, coords=BESIDE, gid="apart")


def _cautions(rows: pd.DataFrame, apart: list[bool], about: Topic) -> list[str]:
    lang = about.lang
    ranked = rows["rank"].notna()
    return [
        say("rank_no_merit", lang),
        say("rank_intervals", lang) if not about.counts and rows["rank_low"].notna().any() else "",
        say("rank_alone", lang) if ranked.sum() == 1 else "",
        say("apart_why", lang) if any(apart) else "",
        say("quartiles", lang, value=about.text(float(rows["median"].iloc[0])))
        if _has_quartiles(rows) and not about.counts
        else "",
    ]
