"""The figures of a report as pictures of the width of its page, drawn by gxtools.charts."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ..charts import plot_disputes, plot_outcomes, plot_volumes, save_figure, style
from ..charts.lettering import footnote, title
from ..charts.rows import about, choose
from ..percentages import tick
from .choice import shorten
from .words import count, percent, say, scope_name, years_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 6.3  # inches: the text of an A4 page
_LEAST, _MOST = 2.3, 7.6  # inches high
_PITCH, _AROUND = 17.0, 120.0  # points a row, and for title, legend and footnote
# The charts take their room from the Axes as it is before the layout: the whole figure.
_WHOLE: dict[Any, Any] = {
    f"figure.subplot.{side}": float(side in ("right", "top"))
    for side in ("left", "right", "bottom", "top")
}
# Long names can leave no room for the bars: a larger figure, shown smaller, does.
_PART = 0.2
_STRETCHES = (1.0, 1.3, 1.7)
_ROWS, _REPORTS = 32, 9  # reports in a picture, and in one of three routes each


class Drawn(NamedTuple):
    """A picture and its title: what is drawn may be one year, or some of the bodies."""

    content: bytes
    title: str


class Picture(NamedTuple):
    """A figure that is not drawn yet, and how many rows it will have."""

    draw: Callable[[Axes, str], object]
    rows: int

    def saved(self, suffix: str, lang: str) -> Drawn:
        """The picture as .png (300 dpi) or .svg; the same figures give the same bytes."""
        high = min(max((self.rows * _PITCH + _AROUND) / 72, _LEAST), _MOST)
        for stretch in _STRETCHES[:-1]:
            with warnings.catch_warnings():
                warnings.filterwarnings("error", message="constrained_layout not applied")
                try:
                    drawn, part = self._saved(suffix, lang, high, stretch)
                except UserWarning:
                    continue
            if part >= _PART:
                return drawn
        return self._saved(suffix, lang, high, _STRETCHES[-1])[0]

    def _saved(self, suffix: str, lang: str, high: float, stretch: float) -> tuple[Drawn, float]:
        """The picture, and the part of its width that its names leave to what they name."""
        import matplotlib as mpl
        import matplotlib.pyplot as plt

        with mpl.rc_context(_WHOLE):
            figure, axes = plt.subplots(
                figsize=(WIDTH * stretch, high * stretch), layout="constrained"
            )
        try:
            self.draw(axes, lang)
            title = (" " if lang == "en" else "").join(axes.get_title(loc="left").split("\n"))
            axes.set_title("", loc="left")  # the caption says it
            with tempfile.TemporaryDirectory() as folder:
                path = save_figure(figure, Path(folder) / f"figure{suffix}")
                return Drawn(path.read_bytes(), title), axes.get_position().width
        finally:
            plt.close(figure)


def volume_picture(frame: pd.DataFrame) -> Picture:
    """Applications received, from the frame of `volumes`."""
    years, bodies = frame["year"].nunique(), frame["body"].nunique()
    lined = years >= 3 and bodies <= 6
    return Picture(
        lambda ax, lang: plot_volumes(_plain(frame), ax=ax, lang=lang),
        7 if lined else min(bodies if years >= 3 else len(frame), _ROWS),
    )


def outcome_picture(frame: pd.DataFrame) -> Picture:
    """How applications ended, from the frame of `outcomes`."""
    rows = min(frame["report"].nunique(), _ROWS)
    return Picture(lambda ax, lang: plot_outcomes(_plain(frame), ax=ax, lang=lang), rows)


def dispute_picture(frame: pd.DataFrame) -> Picture:
    """How reviews and suits ended, from the frame of `disputes`."""
    reports = frame.drop_duplicates("report")
    kept = choose(reports.assign(weight=0.0), _REPORTS).rows  # as many as the chart will draw
    rows = min(len(kept), _REPORTS) * frame["route"].nunique()
    return Picture(lambda ax, lang: plot_disputes(_plain(frame), ax=ax, lang=lang), rows)


def interval_picture(shown: pd.DataFrame, focus: tuple[str, ...], scope: object) -> Picture:
    """Shares disclosed with their intervals, in the order given; those of the focus dark."""
    return Picture(lambda ax, lang: _intervals(shown, focus, scope, ax, lang), len(shown))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without the columns that only a briefing gives it."""
    return frame.drop(columns=["body", "scope"])


def _intervals(
    shown: pd.DataFrame, focus: tuple[str, ...], scope: object, ax: Axes, lang: str
) -> None:
    with style.drawing():
        ax = style.canvas(ax, 0)
        short = shorten(shown["body"])
        names = [
            f"{short[body]}\n{percent(share)} (n={count(n)})"
            for body, share, n in zip(
                shown["body"], shown["share"], shown["denominator"], strict=True
            )
        ]
        room = style.points(ax, 150, 0)[0]
        for y, row in enumerate(shown.to_dict("records")):
            colour = style.YEAR_COLOURS[int(not focus or row["body"] in focus)]
            ax.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=2.5)
            ax.plot([row["share"]], [y], "o", color=colour, markersize=6)
        ax.set_ylim(len(shown) - 0.4, -0.6)
        ax.set_yticks(range(len(shown)), names, fontsize=style.VALUE, parse_math=False)
        end = min(1.0, -(-float(shown["high"].max()) * 10 // 1) / 10 + 0.1)
        ax.set_xlim(0, end)
        ax.xaxis.set_major_formatter(lambda value, _: tick(value))
        ax.grid(axis="x", color=style.PALE, linewidth=0.6)
        words = {"scope": scope_name(scope, lang, of=True), "years": years_of(shown["year"], lang)}
        title(ax, say("comparison", lang, **words), room)
        told = [*about(shown, lang, "applications", "outcome"), say("interval_note", lang)]
        footnote(ax, told, room, below=24)
