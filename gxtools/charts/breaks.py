"""Where the form changes under a series: lines cut at a break, the mark, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import style
from .lettering import note
from .measured import edition_name, places
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_LOOKS = ((style.GREY, ":", 0.8), (style.INK, "--", 1.0))  # of a change of form, of a break


def cut(
    years: list[int], values: NDArray[np.float64], rows: pd.DataFrame
) -> tuple[list[float], list[float]]:
    """The points of a line, with a point of no figure before each break."""
    broken = set(rows.loc[rows["break"].fillna(False).astype(bool), "year"].astype(int))
    x: list[float] = []
    y: list[float] = []
    for year, value in zip(years, values, strict=True):
        if year in broken:
            x.append(year - 0.5)
            y.append(np.nan)
        x.append(float(year))
        y.append(float(value))
    return x, y


def changes(rows: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Where a body's form changes or its series breaks: body year edition break grade why."""
    found = []
    for body, part in rows.items():
        known = part[part["report"].notna()]
        before = known["edition"].shift(1)
        moved = (known["edition"] != before) & before.notna() & known["edition"].notna()
        marked = moved.fillna(False).astype(bool) | known["break"].fillna(False).astype(bool)
        found.append(known.loc[marked].assign(body=body))
    return pd.concat(found) if found else pd.DataFrame()


def draw_breaks(ax: Axes, rows: dict[str, pd.DataFrame], lang: str, *, names: bool = True) -> None:
    """A mark before each year in which the form changes: dashed where figures are not comparable,
    else dotted. It crosses the chart, with the new form at its top, where it concerns every body
    that reports on both sides; otherwise it crosses the gap in its body's line only."""
    marks = changes(rows)
    for year, part in _each_year(marks):
        if set(part["body"]) != _crossing(rows, year):
            _draw_beside(ax, rows, part)
            continue
        breaks = bool(part["break"].any())
        colour, stroke, width = _LOOKS[breaks]
        gid = "break" if breaks else "edition"
        x = year - 0.5
        ax.axvline(x, color=colour, linestyle=stroke, linewidth=width, zorder=1, gid=gid)
        forms = dict.fromkeys(part["edition"].dropna())
        text = "/".join(edition_name(form, lang) for form in forms)
        text = say("broken_at", lang, form=text) if breaks else text
        top: style.Look = {"va": "top", "coords": ("data", "axes fraction"), "gid": "form"}
        if names:
            note(ax, text, (x, 1.0), (3, -1), size=style.NOTE, colour=colour, **top)


def _each_year(marks: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    for year in [] if marks.empty else sorted(marks["year"].unique()):
        yield int(year), marks[marks["year"] == year]


def _crossing(rows: dict[str, pd.DataFrame], year: int) -> set[str]:
    """The bodies that report before the year and from it on."""
    spans = {body: part.loc[part["report"].notna(), "year"] for body, part in rows.items()}
    return {body for body, own in spans.items() if (own < year).any() and (own >= year).any()}


def _draw_beside(ax: Axes, rows: dict[str, pd.DataFrame], part: pd.DataFrame) -> None:
    """A short mark at the gap of each body's line."""
    for body, year, broken in zip(part["body"], part["year"], part["break"], strict=True):
        known = rows[body].dropna(subset=["value"])
        sides = [known[known["year"] < year].tail(1), known[known["year"] >= year].head(1)]
        if all(len(side) for side in sides):
            colour, _, _ = _LOOKS[bool(broken)]
            y = sum(float(side["value"].iloc[0]) for side in sides) / 2
            gid = "break" if broken else "edition"
            look: style.Look = {"marker": "|", "markersize": 12 if broken else 7, "color": colour}
            ax.plot([float(year) - 0.5], [y], linestyle="", label="_mark", gid=gid, **look)


def break_notes(rows: dict[str, pd.DataFrame], lang: str) -> list[str]:
    """The breaks in words: from which year, the form, the grade, and why; and the forms used."""
    marks = changes(rows)
    if marks.empty:
        return []
    breaks = marks[marks["break"].fillna(False).astype(bool)]
    told = []
    for (year, why), part in breaks.groupby(["year", "why"], sort=True, dropna=False):
        bodies = "" if len(rows) == 1 else say("of", lang, bodies=places(part["body"], lang, 2))
        form = "/".join(edition_name(form, lang) for form in part["edition"].dropna().unique())
        words = {"year": year, "form": form, "grade": part["grade"].max(), "bodies": bodies}
        told.append(say("break", lang, **words, why=why if isinstance(why, str) else "?"))
    thin = say("same_line", lang) if len(breaks) < len(marks) else ""
    return [*told, _forms(rows, lang), thin]


def _forms(rows: dict[str, pd.DataFrame], lang: str) -> str:
    """The forms used, each with its years."""
    known = pd.concat(rows.values()).dropna(subset=["edition", "year"])
    spans = known.groupby("edition")["year"].agg(["min", "max"]).sort_values("min")
    told = [
        f"{edition_name(str(edition), lang)} {first}" + (f"–{last}" if last > first else "")
        for edition, first, last in spans.itertuples()
    ]
    return say("forms", lang, forms=places(told, lang, 6))
