"""One page on one body: volumes, outcomes, disputes, checks, and its place among its peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ..arguments import language, name_of
from ..errors import InputError
from . import style
from .disputes import plot_disputes
from .lettering import around_page
from .places import draw_places
from .rows import require, years_text
from .shares import plot_outcomes
from .trends import plot_trend
from .verdicts import draw_verdicts
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PAGE = (8.27, 11.69)  # A4, inches
_YEARS = 8  # the latest years of outcomes
_DISPUTED = 3  # the latest years of disputes
_OF = {"checks": "check", "places": "compare"}  # the function that makes the frame
_NUMBERS = "①②③④⑤"


def plot_portrait(
    agency: str,
    *,
    trend: pd.DataFrame,
    outcomes: pd.DataFrame,
    disputes: pd.DataFrame,
    checks: pd.DataFrame,
    places: pd.DataFrame,
    lang: str = "zh",
) -> Figure:
    """A Figure of one A4 page on a body: volumes, outcomes, disputes, checks, place among peers.

    `trend` is the frame of `trend` (of the applications received), `outcomes`, `disputes` and
    `checks` those of `outcomes`, `disputes` and `check`, `places` that of
    `compare(..., by="district")` for one or several rates. All may hold other bodies too, `places`
    should. Formulas, sources and cautions of all panels stand at the foot under the panel's number.
    A panel without figures says so. Raises InputError where no frame holds the body, or for another
    language.
    """
    language(lang)
    name_of(agency, "agency")
    frames = {"trend": trend, "outcomes": outcomes, "disputes": disputes, "checks": checks}
    for name, frame in {**frames, "places": places}.items():
        require(frame, ["agency", "year"], _OF.get(name, name))
    own = {name: frame[(frame["agency"] == agency).fillna(False)] for name, frame in frames.items()}
    if all(frame.empty for frame in own.values()):
        known = ", ".join(map(str, trend["agency"].dropna().unique()[:10]))
        raise InputError(f"no frame holds {agency!r}", advice=f"There are: {known}.")
    with style.drawing():
        figure, axes = _page()
        plot_trend(own["trend"], ax=axes[0], lang=lang)
        plot_outcomes(_latest(own["outcomes"], _YEARS), ax=axes[1], lang=lang)
        plot_disputes(_latest(own["disputes"], _DISPUTED), ax=axes[2], lang=lang)
        draw_verdicts(axes[3], _latest(own["checks"], _YEARS), lang)
        draw_places(axes[4], places, agency, lang)
        notes = [_panel(ax, i, lang) for i, ax in enumerate(axes)]
        years = pd.concat([frame["year"] for frame in own.values()]).dropna()
        heading = say("portrait_title", lang, body=agency, years=years_text(years, lang))
        around_page(figure, heading, notes)
        return figure


def _page() -> tuple[Figure, list[Axes]]:
    """The page and its five panels: volumes beside outcomes, disputes across, checks beside the
    place among peers."""
    from matplotlib import pyplot

    figure = pyplot.figure(figsize=_PAGE, layout="constrained")
    strips: Any = figure.subfigures(3, 1, height_ratios=[1.0, 1.05, 0.8])
    axes = [ax for strip, n in zip(strips, (2, 1, 2), strict=True)
            for ax in strip.subplots(1, n, squeeze=False).flat]  # fmt: skip
    return figure, axes


def _latest(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """The rows of the latest years."""
    years = sorted(frame["year"].dropna().unique())[-count:]
    return frame[frame["year"].isin(years)]


def _panel(ax: Axes, number: int, lang: str) -> str:
    """Gives a panel its own short title, and takes its footnote for the foot of the page."""
    from matplotlib.text import Text

    told, words = ax.get_title(loc="left"), f"{_NUMBERS[number]} {say(f'portrait_{number}', lang)}"
    heading = next((t for t in ax.findobj(Text) if told and t.get_text() == told), None)
    if heading is None:  # nothing was drawn
        heading = ax.set_title(words, loc="left", color=style.INK)
    heading.set_text(words)
    heading.set_fontsize(style.TEXT + 1)
    foot = next((text for text in ax.texts if text.get_gid() == "note"), None)
    if foot is None or not foot.get_text():
        return ""
    foot.remove()
    joint = {"zh": "", "en": " "}[lang]
    return f"{_NUMBERS[number]} " + joint.join(foot.get_text().split("\n"))
