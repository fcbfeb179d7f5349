"""Where the form changes under a series: lines cut at a break, the mark, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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


class Point(NamedTuple):
    """One report of a body in a frame of `trend`: plain figures, NaN where not known."""

    body: str
    year: int
    value: float
    low: float
    high: float
    numerator: float
    denominator: float
    basis: str | None
    known: bool  # whether there is a report of that year
    edition: str | None
    breaks: bool
    grade: str | None
    why: str | None

    @property
    def few(self) -> bool:
        """Whether it rests on fewer cases than may be read as a rate."""
        return self.denominator < style.SMALL_N


Points = dict[str, list[Point]]


def points_of(data: pd.DataFrame) -> Points:
    """The rows of a frame of `trend` with `body`, body by body; those of no year are left out."""
    dated = data[data["year"].notna()]
    figures = ("value", "low", "high", "numerator", "denominator")
    columns: list[list[Any]] = [
        dated["body"].tolist(),
        dated["year"].astype(int).tolist(),
        *(dated[name].to_numpy(np.float64, na_value=np.nan).tolist() for name in figures),
        _texts(dated["basis"]),
        dated["report"].notna().tolist(),
        _texts(dated["edition"]),
        dated["break"].fillna(False).astype(bool).tolist(),
        _texts(dated["grade"]),
        _texts(dated["why"]),
    ]
    found: Points = {}
    for values in zip(*columns, strict=True):
        found.setdefault(str(values[0]), []).append(Point(*values))
    return found


def _texts(column: pd.Series[str]) -> list[str | None]:
    return [value if isinstance(value, str) else None for value in column.tolist()]


def cut(
    years: list[int], values: NDArray[np.float64], own: list[Point]
) -> tuple[list[float], list[float]]:
    """The points of a line, with a point of no figure before each break."""
    broken = {point.year for point in own if point.breaks}
    x: list[float] = []
    y: list[float] = []
    for year, value in zip(years, values.tolist(), strict=True):
        if year in broken:
            x.append(year - 0.5)
            y.append(np.nan)
        x.append(float(year))
        y.append(value)
    return x, y


def changes(points: Points) -> list[Point]:
    """Where a body's form changes or its series breaks."""
    found = []
    for own in points.values():
        before: str | None = None
        for i, point in enumerate(point for point in own if point.known):
            moved = bool(i and before and point.edition and point.edition != before)
            if moved or point.breaks:
                found.append(point)
            before = point.edition
    return found


def draw_breaks(ax: Axes, points: Points, lang: str, *, names: bool = True) -> None:
    """A mark before each year in which the form changes: dashed where figures are not comparable,
    else dotted. It crosses the chart, with the new form at its top, where it concerns every body
    that reports on both sides; otherwise it crosses the gap in its body's line only."""
    marks = changes(points)
    for year in sorted({mark.year for mark in marks}):
        part = [mark for mark in marks if mark.year == year]
        if {mark.body for mark in part} != _crossing(points, year):
            _draw_beside(ax, points, part)
            continue
        breaks = any(mark.breaks for mark in part)
        colour, stroke, width = _LOOKS[breaks]
        gid = "break" if breaks else "edition"
        x = year - 0.5
        ax.axvline(x, color=colour, linestyle=stroke, linewidth=width, zorder=1, gid=gid)
        text = _new_forms(part, lang)
        text = say("broken_at", lang, form=text) if breaks else text
        top: style.Look = {"va": "top", "coords": ("data", "axes fraction"), "gid": "form"}
        if names:
            note(ax, text, (x, 1.0), (3, -1), size=style.NOTE, colour=colour, **top)


def _new_forms(marks: list[Point], lang: str) -> str:
    forms = dict.fromkeys(mark.edition for mark in marks if mark.edition)
    return "/".join(edition_name(form, lang) for form in forms)


def _crossing(points: Points, year: int) -> set[str]:
    """The bodies that report before the year and from it on."""
    spans = {body: [point.year for point in own if point.known] for body, own in points.items()}
    return {body for body, told in spans.items() if told and min(told) < year <= max(told)}


def _draw_beside(ax: Axes, points: Points, marks: list[Point]) -> None:
    """A short mark at the gap of each body's line."""
    for mark in marks:
        known = [point for point in points[mark.body] if not np.isnan(point.value)]
        before = [point.value for point in known if point.year < mark.year][-1:]
        after = [point.value for point in known if point.year >= mark.year][:1]
        if before and after:
            colour, _, _ = _LOOKS[mark.breaks]
            y = (before[0] + after[0]) / 2
            gid = "break" if mark.breaks else "edition"
            size = 12 if mark.breaks else 7
            look: style.Look = {"marker": "|", "markersize": size, "color": colour}
            ax.plot([mark.year - 0.5], [y], linestyle="", label="_mark", gid=gid, **look)


def break_notes(points: Points, lang: str) -> list[str]:
    """The breaks in words: from which year, the form, the grade, and why; and the forms used."""
    marks = changes(points)
    breaks = [mark for mark in marks if mark.breaks]
    told = []
    for year, why in sorted({(mark.year, mark.why or "?") for mark in breaks}):
        part = [mark for mark in breaks if (mark.year, mark.why or "?") == (year, why)]
        named = places([mark.body for mark in part], lang, 2)
        bodies = "" if len(points) == 1 else say("of", lang, bodies=named)
        grade = max((mark.grade for mark in part if mark.grade), default="?")
        words = {"year": year, "form": _new_forms(part, lang), "grade": grade, "bodies": bodies}
        told.append(say("break", lang, **words, why=why))
    thin = say("same_line", lang) if len(breaks) < len(marks) else ""
    return [*told, _forms(points, lang), thin] if marks else []


def _forms(points: Points, lang: str) -> str:
    """The forms used, each with its years."""
    spans: dict[str, list[int]] = {}
    for own in points.values():
        for point in own:
            if point.edition:
                spans.setdefault(point.edition, []).append(point.year)
    told = [
        f"{edition_name(edition, lang)} {min(years)}"
        + (f"–{max(years)}" if max(years) > min(years) else "")
        for edition, years in sorted(spans.items(), key=lambda item: (min(item[1]), item[0]))
    ]
    return say("forms", lang, forms=places(told, lang, 6))
