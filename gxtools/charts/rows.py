"""The rows of a horizontal bar chart: whose they are, which are drawn, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ..errors import InputError
from ..forms import label
from . import style
from .lettering import BESIDE, note, text_width, wrap
from .words import formula_text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

BAR = "_bar"  # the label of a bar of draw_bars
NAME = 15 * style.TEXT  # points: the widest name on one line, fifteen characters
_GAP = 0.55  # between bodies of several rows, in rows
_TALL = 45  # rows from which names are kept to one line, so that the page stays a page
_THICK = 34.0  # points: the highest row
_SINGLE, _DOUBLE = 17.0, 25.0  # points a row, for names of one line and of two


class Choice(NamedTuple):
    """The rows drawn, and what was left out: other years, bodies without a report of the year
    drawn, bodies beyond the room."""

    rows: pd.DataFrame
    year: int | None = None
    absent: int = 0
    undrawn: int = 0


@dataclass(frozen=True)
class Ladder:
    """Where the rows stand, top down, and their labels: `inner` one a row, `outer` one a body."""

    y: list[float]
    inner: list[str]
    outer: list[tuple[float, float, str]]  # middle and height in rows, and the name

    @property
    def height(self) -> float:
        return self.y[-1] + 1

    @property
    def pitch(self) -> float:
        """Points a row on a figure of our own: two lines for a long name, if rows are few."""
        if len(self.y) > _TALL:
            return _SINGLE
        wide = not self.outer and any(text_width(n, style.TEXT) > NAME for n in self.inner)
        return _DOUBLE if wide else _SINGLE

    def axes(self, ax: Axes | None, beside: float, around: float) -> tuple[Axes, float, float]:
        """The Axes, its width, and the height of a row in points. A new figure is as high as its
        rows and `around` need, and keeps `beside` free on the right."""
        if ax is None:
            width = style.WIDTH * 72 - label_width(self) - beside - 12
            height = (self.height * self.pitch + around) / 72
            return style.canvas(None, height), width, self.pitch
        width, height = style.points(ax, label_width(self) + beside, around / 2)
        return style.canvas(ax, 0), width, height / self.height


def require(frame: pd.DataFrame, columns: Sequence[str], measure: str) -> None:
    """Raises InputError when the frame is not that of the measure."""
    advice = f"Give the frame of gx.{measure}."
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"a frame is needed, not {type(frame).__name__}", advice=advice)
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputError(
            f"the frame has no column {', '.join(missing)}",
            advice=advice,
        )


def body_names(frame: pd.DataFrame) -> pd.Series[str]:
    """The name of each row's body: its agency; where that names two bodies or one body twice in a
    year, with the district or the report behind it."""
    agency = frame["agency"].astype("str").fillna(frame["report"])
    district = frame["district"].astype("str").fillna("")
    several = district.groupby(agency).transform("nunique") > 1
    name = agency.where(~several | (district == ""), agency + "（" + district + "）")
    twice = frame["report"].groupby([name, frame["year"]], dropna=False).transform("nunique") > 1
    return name.where(~twice, name + "〔" + frame["report"].astype("str") + "〕")


def by_body(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of one body together and its years in order, bodies as they come."""
    place = {body: i for i, body in enumerate(rows["body"].unique())}
    rows = rows.sort_values("year", kind="stable")
    return rows.sort_values("body", key=lambda names: names.map(place), kind="stable")


def year_text(year: object, lang: str) -> str:
    return say("year_unknown", lang) if pd.isna(year) else str(year)  # type: ignore[call-overload]


def years_text(years: pd.Series[int], lang: str) -> str:
    """The years drawn, as the title says them."""
    known = years.dropna()
    if known.empty:
        return say("year_unknown", lang)
    first, last = int(known.min()), int(known.max())
    if first == last:
        return say("year", lang, year=first)
    return say("years", lang, first=first, last=last)


def capacity(ax: Axes | None, most: int) -> int:
    """How many rows there is room for: `most` on a figure of our own, what fits a given Axes."""
    if ax is None:
        return most
    return min(most, max(3, int(style.points(ax, 0, 60)[1] // 12)))


def choose(rows: pd.DataFrame, room: int, *, latest: bool = False) -> Choice:
    """Of rows with `body`, `year` and `weight`, those that there is room for.

    First all years; then only the latest year that half of the bodies have reported; then its
    bodies of largest weight. `latest` asks for one year at once, if there is such a year.
    """
    common = _common_year(rows)
    if len(rows) <= room and not (latest and common):
        return Choice(rows)
    year = common or rows["year"].max()
    kept = rows if pd.isna(year) else rows[(rows["year"] == year).fillna(False).astype(bool)]
    absent = rows["body"].nunique() - kept["body"].nunique()
    largest = kept["weight"].sort_values(ascending=False, na_position="last", kind="stable")
    drawn = kept[kept.index.isin(largest.index[:room])]
    only = None if rows["year"].nunique() < 2 else int(year)
    return Choice(drawn, only, absent, len(kept) - len(drawn))


def _common_year(rows: pd.DataFrame) -> int | None:
    """The latest year that half of the bodies have reported."""
    bodies = rows.groupby("year")["body"].nunique()
    common = bodies.index[bodies * 2 >= rows["body"].nunique()]
    return int(common.max()) if len(common) else None


def left_out(choice: Choice, lang: str, weight: str) -> str:
    """The sentence that says what is not drawn."""
    said = [
        say("latest_only", lang, year=choice.year) if choice.year else "",
        say("absent", lang, n=choice.absent) if choice.absent else "",
        say("undrawn", lang, n=choice.undrawn, kept=choice.rows["body"].nunique(), weight=weight)
        if choice.undrawn
        else "",
    ]
    return ("" if lang == "zh" else " ").join(word for word in said if word)


def about(rows: pd.DataFrame, lang: str, section: str, axis: str) -> list[str]:
    """The sentences of every footnote: the formula, how many reports of how many bodies, whence."""
    formula = formula_text(rows["formula"].dropna(), lang, axis)
    counts = {"reports": rows["report"].nunique(), "bodies": rows["body"].nunique()}
    source = label(section, lang, axis="section", printed=lang == "zh")
    return [
        say("formula", lang, formula=formula),
        say("source", lang, section=source, **counts),
    ]


def ladder(bodies: Sequence[str], labels: Sequence[str]) -> Ladder:
    """The rows of bodies that follow one another; a body of several rows stands a little apart.

    A single body is named by the title. When every body has one row and all rows the same label,
    the names of the bodies are the labels.
    """
    if len(set(bodies)) == 1:
        return Ladder([float(i) for i in range(len(bodies))], list(labels), [])
    if len(set(bodies)) == len(bodies) and len(set(labels)) == 1:
        return Ladder([float(i) for i in range(len(bodies))], list(bodies), [])
    y: list[float] = []
    for i, body in enumerate(bodies):
        step = 1 if i and body == bodies[i - 1] else 1 + _GAP
        y.append(y[-1] + step if y else 0.0)
    outer = []
    for body in dict.fromkeys(bodies):
        own = [at for at, name in zip(y, bodies, strict=True) if name == body]
        outer.append(((own[0] + own[-1]) / 2, own[-1] - own[0] + 1, body))
    return Ladder(y, list(labels), outer)


def label_width(rungs: Ladder) -> float:
    """The room that the labels take left of the chart, in points."""
    inner = max(text_width(name, style.TEXT) for name in rungs.inner)
    if not rungs.outer:
        return min(inner, NAME) + 6
    return inner + min(max(text_width(name, style.TEXT) for *_, name in rungs.outer), NAME) + 18


def write_labels(ax: Axes, rungs: Ladder, pitch: float, grey: Sequence[bool]) -> None:
    """The labels of the rows left of the chart; `grey` marks rows that are to be read with care."""
    # Few rows on a given Axes stand at its top, no thicker than elsewhere.
    rest = rungs.height * max(pitch / _THICK - 1, 0)
    ax.set_ylim(rungs.height - 0.4 + rest, -0.6)
    lines = max(1, int(pitch // (style.TEXT * 1.2)))
    # Not as labels of ticks: sixty ticks take as long to make and to measure as all else.
    ax.yaxis.set_visible(False)
    for y, name, pale in zip(rungs.y, rungs.inner, grey, strict=True):
        text = name if rungs.outer else wrap(name, NAME, style.TEXT, lines)
        colour = style.GREY if pale else style.INK
        beside: style.Look = {"ha": "right", "va": "center_baseline", "coords": BESIDE}
        note(ax, text, (0, y), (-3.5, 0), size=style.TEXT, colour=colour, gid="row", **beside)
    aside = max(text_width(name, style.TEXT) for name in rungs.inner) + 14
    for middle, height, name in rungs.outer:
        lines = max(1, int(height * pitch // (style.TEXT * 1.2)))
        text = wrap(name, NAME, style.TEXT, lines)
        note(ax, text, (0, middle), (-aside, 0), ha="right", size=style.TEXT, coords=BESIDE)


def draw_bars(
    ax: Axes,
    y: Sequence[float],
    widths: Sequence[float],
    left: Sequence[float],
    height: float,
    label: str,
    **look: Any,
) -> list[Rectangle]:
    """The bars of one part, from `left`, as `ax.barh` draws them, in a third of its time: the axes
    are not asked for new limits bar by bar."""
    from matplotlib.container import BarContainer
    from matplotlib.patches import Rectangle

    drawn = [
        Rectangle((start, at - height / 2), width, height, label=BAR, **look)
        for at, start, width in zip(y, left, widths, strict=True)
    ]
    for bar in drawn:
        ax.add_artist(bar)
    ax.add_container(BarContainer(drawn, orientation="horizontal", label=label))
    return drawn


def span(values: Sequence[float], ends: Sequence[float], width: float) -> float:
    """The end of an axis on which every bar and the text behind it, in points, has room."""
    wanted = [v / (1 - min(end / width, 0.8)) for v, end in zip(values, ends, strict=True)]
    return max(*wanted, 1)


def bare(ax: Axes) -> None:
    """Without a value axis, as every bar carries its figure; a line where the bars begin."""
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(True)
    ax.spines["left"].set_color(style.GREY)
