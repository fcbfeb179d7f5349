"""A table of figures shaded by size: bodies by years, or bodies by the codes of a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ..arguments import language
from ..errors import InputError
from ..percentages import percentage
from . import style
from .breaks import break_notes, points_of
from .lettering import footnote, note, title, wrap
from .measured import (
    RATE,
    WHO,
    Topic,
    capital,
    code_name,
    few,
    figure,
    fraction,
    mark,
    nothing_measured,
    one_measure,
)
from .rows import (
    Ladder,
    body_names,
    by_body,
    capacity,
    choose,
    ladder,
    left_out,
    require,
    write_labels,
    year_text,
    years_text,
)
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

_ROWS = 60
_RAMP = ("#F1F6FA", "#A9D0EA", "#2C86BF", "#0B3C66")  # ever darker, in grey print too


_Row = dict[str, Any]  # of the frame
_FIELDS = ("numerator", "denominator", "value", "basis", "few", "break")


class _Map(NamedTuple):
    """The cells: rows and columns, the frame's row of each (None where there is none)."""

    rungs: Ladder
    heads: list[str]
    cells: list[list[_Row | None]]
    grey: list[bool]


def plot_heatmap(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """An Axes with a cell for each body and year, the figure printed in it; darker is more.

    `frame` is that of `measure` or `trend`, of one measure. A measure with codes (outcomes,
    reasons, applicants) has its codes as columns and a row for each report. A cell without a figure
    is hatched; a rate of fewer than 30 cases is white, its fraction in grey. With `trend` a bold
    left edge says that the figure is not comparable with the one before. Bodies stand in the
    frame's order; beyond sixty rows the latest common year is drawn, and then the largest. Raises
    InputError as `plot_trend`.
    """
    require(frame, [*WHO, *RATE], "measure")
    language(lang)
    with style.drawing():
        if not frame["value"].notna().any():
            return nothing_measured(ax, frame, lang)
        measure = one_measure(frame)
        about = Topic(measure, None, lang)
        data = frame.assign(body=_names(frame), few=few(frame) & (not about.counts))
        data = data[data["body"].isin(data.loc[data["value"].notna(), "body"])]
        coded = data["code"].nunique() > 1
        data, left = _chosen(data, coded, capacity(ax, _ROWS), lang)
        cells = _by_code(data, about) if coded else _by_year(data)
        ax, room, pitch = cells.rungs.axes(ax, beside=0, around=120)
        log = _draw(ax, cells, about, room)
        write_labels(ax, cells.rungs, pitch, cells.grey)
        _write_heads(ax, cells.heads, room)
        years = years_text(data.loc[data["report"].notna(), "year"], lang)
        above = 12.0 * max(_wrapped(head, room, len(cells.heads)).count("\n") + 1
                           for head in cells.heads)  # fmt: skip
        name = about.name + about.unit_note
        heading = say("heat_title", lang, name=name, years=years)
        if data["body"].nunique() == 1:
            heading = say("trend_title", lang, subject=data["body"].iloc[0], name=name, years=years)
        title(ax, heading, room, above=above)
        cautions = [*_cautions(data, log, about), left]
        footnote(ax, [*about.sentences(data[data["report"].notna()]), *cautions], room)
        return ax


def _names(frame: pd.DataFrame) -> pd.Series[str]:
    """The bodies, each report counted once where a measure has several codes."""
    once = frame.drop_duplicates(["report", "agency", "district", "year"])
    names = body_names(once)
    keys = ["report", "agency", "district", "year"]
    told = frame[keys].merge(once[keys].assign(body=names), on=keys, how="left")["body"]
    return told.set_axis(frame.index)


def _chosen(data: pd.DataFrame, coded: bool, room: int, lang: str) -> tuple[pd.DataFrame, str]:
    """What there is room for: reports where each is a row, else bodies."""
    if coded:
        once = data.drop_duplicates(["body", "report"]).assign(weight=lambda d: d["denominator"])
        choice = choose(once, room)
        return data[data["report"].isin(choice.rows["report"])], left_out(choice, lang, "n")
    size = data["denominator"].fillna(data["value"]).groupby(data["body"]).max()
    kept = size.sort_values(ascending=False, kind="stable").index[:room]
    undrawn = len(size) - len(kept)
    left = say("undrawn_rows", lang, n=undrawn, kept=len(kept)) if undrawn else ""
    return data[data["body"].isin(kept)], left


def _by_year(data: pd.DataFrame) -> _Map:
    known = data.dropna(subset=["year"])
    if known.empty:
        advice = "Give the years: read(path, year=...), or a catalogue for read_all."
        raise InputError("no report with a figure has a year", advice=advice)
    years = list(range(int(known["year"].min()), int(known["year"].max()) + 1))
    bodies = list(dict.fromkeys(known["body"]))
    keys = zip(known["body"], known["year"].astype(int), strict=True)
    found = dict(zip(keys, _rows(known), strict=True))
    cells = [[found.get((body, year)) for year in years] for body in bodies]
    rungs = Ladder([float(i) for i in range(len(bodies))], bodies, [])
    return _Map(rungs, [str(year) for year in years], cells, [False] * len(bodies))


def _rows(data: pd.DataFrame) -> list[_Row]:
    return data[[name for name in _FIELDS if name in data]].to_dict("records")  # type: ignore[return-value]


def _by_code(data: pd.DataFrame, about: Topic) -> _Map:
    codes = list(dict.fromkeys(data["code"]))
    reports = by_body(data.drop_duplicates("report"))
    found = dict(zip(zip(data["report"], data["code"], strict=True), _rows(data), strict=True))
    cells = [[found.get((report, code)) for code in codes] for report in reports["report"]]
    years = [year_text(year, about.lang) for year in reports["year"]]
    heads = [capital(code_name(about.measure, str(code), about.lang)) for code in codes]
    rungs = ladder(reports["body"].tolist(), years)
    return _Map(rungs, heads, cells, reports["few"].tolist())


def _draw(ax: Axes, cells: _Map, about: Topic, room: float) -> bool:
    """The cells with their figures; whether the shades are on a log scale."""
    width = room / len(cells.heads)
    shown = [row for line in cells.cells for row in line if row is not None]
    values = [row["value"] for row in shown if not row["few"]]
    shade, log = _shades([float(v) for v in values if pd.notna(v)], about)
    looks: dict[str, list[_Cell]] = {}
    for y, line in zip(cells.rungs.y, cells.cells, strict=True):
        for x, row in enumerate(line):
            cell = _cell(row, (x, y), shade, about, width)
            looks.setdefault(cell.gid, []).append(cell)
            _write(ax, cell, row, width)
    for gid, alike in looks.items():
        _fill(ax, gid, alike)
    ax.set_xlim(-0.5, len(cells.heads) - 0.5)
    ax.spines["bottom"].set_visible(False)
    return log


class _Cell(NamedTuple):
    """What a cell is, where, its fill, and what is written in it."""

    gid: str
    at: tuple[float, float]
    fill: str
    text: str
    ink: str


def _cell(
    row: _Row | None, at: tuple[float, float], shade: Any, about: Topic, width: float
) -> _Cell:
    """One cell: shaded, white for few cases, hatched without a figure."""
    if row is None:
        return _Cell("blank", at, "white", "", style.GREY)
    value, below = row["value"], row["denominator"]
    if pd.isna(value):
        nothing = pd.notna(below) and below == 0
        return _Cell("zero" if nothing else "blank", at, "white", "–" * nothing, style.GREY)
    if row["few"]:
        return _Cell("few", at, "white", fraction(row["numerator"], below), style.GREY)
    fill = shade(float(value))
    return _Cell("cell", at, fill, _short(float(value), about.measure.unit, width),
                 style.ink_on(fill))  # fmt: skip


def _fill(ax: Axes, gid: str, cells: list[_Cell]) -> None:
    """Cells of one kind as one artist: hundreds of them take the time of one."""
    from matplotlib.collections import PolyCollection

    corners = np.array([(-0.47, -0.44), (0.47, -0.44), (0.47, 0.44), (-0.47, 0.44)])
    hatch = "////" if gid == "blank" else None
    squares = PolyCollection(
        [corners + cell.at for cell in cells],
        facecolors=[cell.fill for cell in cells],
        edgecolors=style.PALE,
        linewidths=0.5,
        hatch=hatch,
        gid=gid,
    )
    ax.add_collection(squares, autolim=False)


def _write(ax: Axes, cell: _Cell, row: _Row | None, width: float) -> None:
    """The figure in a cell, and the edge that parts it from the one before."""
    if row is None:
        return
    x, y = cell.at
    if cell.text:
        size = style.VALUE if width > 36 else style.NOTE
        words = cell.text + mark(row["basis"])
        note(ax, words, cell.at, ha="center", size=size, colour=cell.ink, gid="value")
    if pd.notna(broken := row.get("break", False)) and broken:
        edge: style.Look = {"color": style.INK, "linewidth": 2.2, "solid_capstyle": "butt"}
        ax.plot([x - 0.5, x - 0.5], [y - 0.46, y + 0.46], gid="break", **edge)


def _short(value: float, unit: str, width: float) -> str:
    """The figure, without its decimal where the cell is narrow."""
    return percentage(value, 0) if unit == "%" and width < 40 else figure(value, unit)


def _shades(values: Sequence[float], about: Topic) -> tuple[Any, bool]:
    """The colour of a value, and whether it goes by its logarithm: counts that differ widely."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    ramp: Colormap = LinearSegmentedColormap.from_list("more", list(_RAMP))
    top = max([*values, 0.0])
    log = about.counts and top > 100 and min(values) >= 0  # counts from a few to thousands
    if log:
        return lambda value: to_hex(ramp(np.log1p(value) / np.log1p(top))), True
    return lambda value: to_hex(ramp(max(value, 0) / top if top else 0.0)), False


def _wrapped(head: str, room: float, count: int) -> str:
    return wrap(head, room / count - 5, style.VALUE, 4)


def _write_heads(ax: Axes, heads: list[str], room: float) -> None:
    """The names of the columns above them."""
    ax.xaxis.set_visible(False)
    for x, head in enumerate(heads):
        words = _wrapped(head, room, len(heads))
        at = ("data", "axes fraction")
        note(ax, words, (x, 1), (0, 3), ha="center", va="bottom", coords=at, gid="head")


def _cautions(data: pd.DataFrame, log: bool, about: Topic) -> list[str]:
    lang = about.lang
    thin = (data["few"] & data["value"].notna()).any()
    told = [
        say("heat_log" if log else "heat_shade", lang),
        say("heat_blank", lang),
        say("heat_few", lang, n=style.SMALL_N) if thin else "",
        say("heat_zero", lang) if ((data["denominator"] == 0) & data["value"].isna()).any() else "",
    ]
    if "break" in data and data["break"].fillna(False).any():
        told += [say("heat_break", lang), *break_notes(points_of(data), lang)]
    return told
