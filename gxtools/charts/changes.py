"""Two years of each body side by side: dots joined by a line, with what lies beyond chance."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..arguments import language
from ..percentages import percentage, tick
from . import style
from .lettering import BESIDE, footnote, note, text_width, title
from .lines import LOG_FROM
from .measured import Topic, fraction, mark, nothing_measured, points, topic
from .ranking import undrawn_text
from .rows import Ladder, body_names, capacity, require, write_labels
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIDES = ("numerator", "denominator", "value", "year", "report")
_COLUMNS = [
    "measure", "code", "agency", "district", *(f"{name}_{s}" for name in _SIDES for s in "ab"),
    "difference", "percent", "low", "high", "beyond_chance", "grade", "why", "basis", "unit",
]  # fmt: skip
_ROWS = 60


def plot_change(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with each body's figure in two years, as two dots joined by a line (a dumbbell).

    `frame` is that of `compare`, of one measure; of several pairs of years the one that most bodies
    have is drawn, of equals the latest. A dark line is a change beyond chance, a pale one may be
    chance, a dashed one joins figures that are not of grade A; at grade C, and where a year has no
    figure, there is none. A body with fewer than 30 cases in a year is grey and given as fractions.
    Bodies stand from the largest rise to the largest fall, those of few cases last. Raises
    InputError as `plot_trend`.
    """
    require(frame, _COLUMNS, "compare")
    language(lang)
    with style.drawing():
        rows, years, others = _pair(frame)
        if not rows[["value_a", "value_b"]].notna().any(axis=None):
            return nothing_measured(ax, frame, lang, ("_a", "_b"))
        about = topic(rows, lang)
        rows, undrawn = _ordered(rows, capacity(ax, _ROWS))
        rungs = Ladder([float(i) for i in range(len(rows))], rows["body"].tolist(), [])
        grey = _few(rows)
        texts = _texts(rows, years, grey, about)
        beside = max(text_width(text, style.VALUE) for text in texts) + 12
        ax, room, pitch = rungs.axes(ax, beside=beside, around=125)
        log = _set_scale(ax, rows, about)
        _draw_pairs(ax, rows, rungs, grey)
        _write_beside(ax, rungs, texts, grey)
        write_labels(ax, rungs, pitch, grey)
        words = {"name": about.name + about.unit_note, "a": years[0], "b": years[1]}
        title(ax, say("change_title", lang, **words), room + beside, above=10)
        left = say("one_pair", lang, a=years[0], b=years[1], n=others) if others else ""
        cautions = [
            *_cautions(rows, years, grey, about),
            say("log_x", lang) if log else "",
            left,
            undrawn_text(undrawn, len(rows), lang),
        ]
        footnote(ax, [*about.sentences(_told(rows)), *cautions], room + beside, below=20)
        return ax


def _pair(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[int, int], int]:
    """The rows of one pair of years, the pair, and how many other pairs there are."""
    report = frame["report_b"].fillna(frame["report_a"])
    named = frame.assign(report=report, year=frame["year_b"])
    named["body"] = body_names(named)
    pairs = named.groupby(["year_a", "year_b"]).size()
    if pairs.empty:
        return named, (0, 0), 0
    a, b = max(pairs.index, key=lambda pair: (pairs[pair], pair[1], pair[0]))
    chosen = named[(named["year_a"] == a) & (named["year_b"] == b)]
    return chosen, (int(a), int(b)), len(pairs) - 1


def _ordered(rows: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """From the largest rise to the largest fall, behind them bodies with one figure only, and last
    those of few cases; where there is no room for all, those of most cases."""
    known = rows[rows[["value_a", "value_b"]].notna().any(axis=1)]
    size = known["denominator_b"].fillna(known["value_b"]).fillna(known["value_a"])
    kept = known.loc[size.sort_values(ascending=False, kind="stable").index[:most]]
    kept = kept.sort_values("difference", ascending=False, na_position="last", kind="stable")
    kept = kept.assign(few=_few(kept)).sort_values("few", kind="stable")
    return kept, len(known) - len(kept)


def _few(rows: pd.DataFrame) -> list[bool]:
    """Which bodies have too few cases in one of the years for a rate."""
    smallest = rows[["denominator_a", "denominator_b"]].min(axis=1)
    return (smallest < style.SMALL_N).fillna(False).astype(bool).tolist()


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a report, as the footnote counts them."""
    sides = [rows.assign(report=rows[f"report_{side}"]) for side in "ab"]
    return pd.concat(sides).dropna(subset=["report"])


def _texts(rows: pd.DataFrame, years: tuple[int, int], grey: list[bool], about: Topic) -> list[str]:
    """The column on the right: a head, then both figures and the change of each body."""
    texts = [say("change_head", about.lang, a=years[0], b=years[1])]
    for row, few in zip(rows.to_dict("records"), grey, strict=True):
        ends = []
        for side, year in zip("ab", years, strict=True):
            value = row[f"value_{side}"]
            told = "" if pd.isna(value) else about.text(value)
            if few and pd.notna(row[f"denominator_{side}"]):
                told = fraction(row[f"numerator_{side}"], row[f"denominator_{side}"])
            ends.append(told or say("no_report", about.lang, year=year))
        text = " → ".join(ends) + mark(row["basis"])
        texts.append(text + _difference(row, few, about))
    return texts


def _difference(row: dict[Hashable, Any], few: bool, about: Topic) -> str:
    if pd.isna(row["difference"]):
        return ""
    if row["grade"] == "C":
        return "  " + say("not_comparable", about.lang, grade="C")
    if few:
        return ""
    text = "  " + points(float(row["difference"]), about.measure.unit, about.lang)
    if about.counts and pd.notna(row["percent"]):
        text += f" ({percentage(float(row['percent']), signed=True)})".replace("-", "−")
    return text


def _set_scale(ax: Axes, rows: pd.DataFrame, about: Topic) -> bool:
    """Whether the scale is logarithmic: for counts of bodies of very different size."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

    both = pd.concat([rows["value_a"], rows["value_b"]]).dropna().astype(float)
    log = bool(about.counts and both.min() > 0 and both.max() >= LOG_FROM * both.min())
    percent = about.measure.unit == "%"
    if log:
        ax.set_xscale("log")
        ax.xaxis.set_minor_locator(NullLocator())
        ax.set_xlim(float(both.min()) / 1.5, float(both.max()) * 1.5)
    else:
        top = float(both.max()) * 1.06 or (0.01 if percent else 1.0)
        ax.set_xlim(min(0.0, float(both.min()) * 1.06) - top * 0.015, top)
        ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick(x) if percent else f"{x:,.6g}"))
    ax.grid(axis="x", color=style.PALE, linewidth=0.6)
    return log


def _draw_pairs(ax: Axes, rows: pd.DataFrame, rungs: Ladder, grey: list[bool]) -> None:
    """Lines of one look, and dots of one look, as one artist each."""
    joints: dict[tuple[bool, str], list[tuple[float, float, float]]] = {}
    dots: dict[tuple[str, bool], list[tuple[float, float]]] = {}
    for y, row, few in zip(rungs.y, rows.to_dict("records"), grey, strict=True):
        a, b = row["value_a"], row["value_b"]
        if pd.notna(a) and pd.notna(b) and row["grade"] != "C":
            sure = bool(pd.notna(row["beyond_chance"]) and row["beyond_chance"] and not few)
            joints.setdefault((sure, "-" if row["grade"] == "A" else "--"), []).append((a, b, y))
        for value, name in ((a, "_a"), (b, "_b")):
            if pd.notna(value):
                dots.setdefault((name, few), []).append((float(value), y))
    for (sure, stroke), ends in joints.items():
        x = [place for a, b, _ in ends for place in (a, b, np.nan)][:-1]
        heights = [place for *_, y in ends for place in (y, y, np.nan)][:-1]
        look: style.Look = {"color": style.INK if sure else "#B5B5B5", "linestyle": stroke}
        width, name = (2.2, "_sure") if sure else (1.4, "_pale")
        ax.plot(x, heights, linewidth=width, label=name, zorder=2, **look)
    for (name, few), at in sorted(dots.items()):
        ax.plot(*zip(*at, strict=True), marker="o", markersize=7, linestyle="", label=name,
                zorder=3, **_dot(name, few))  # fmt: skip


def _dot(side: str, few: bool) -> style.Look:
    face = style.YEAR_COLOURS[side == "_b"]
    if few:
        face = "white" if side == "_a" else style.GREY
    return {
        "markerfacecolor": face,
        "markeredgecolor": style.GREY if few else style.YEAR_COLOURS[1],
    }


def _write_beside(ax: Axes, rungs: Ladder, texts: list[str], grey: list[bool]) -> None:
    head, *rest = texts
    note(ax, head, (1, 1), (8, 3), va="bottom", coords="axes fraction", size=style.NOTE,
         colour=style.GREY, gid="head")  # fmt: skip
    for y, text, few in zip(rungs.y, rest, grey, strict=True):
        colour = style.GREY if few else style.INK
        note(ax, text, (1, y), (8, 0), colour=colour, coords=BESIDE, gid="figure")


def _cautions(
    rows: pd.DataFrame, years: tuple[int, int], grey: list[bool], about: Topic
) -> list[str]:
    lang = about.lang
    graded = rows[rows["grade"].isin(["B", "C"])]
    reasons = {"zh": "；", "en": "; "}[lang].join(graded["why"].dropna().unique()[:3])
    tested = rows["beyond_chance"].notna().any()
    return [
        say("change_key", lang, a=years[0], b=years[1]),
        say("change_break", lang, why=reasons) if len(graded) else "",
        say("change_few", lang, n=style.SMALL_N) if any(grey) else "",
        "" if tested else say("change_untested", lang) if about.measure.kind == "amount" else "",
    ]
