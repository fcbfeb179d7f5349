"""The charts that the explorer offers (charts.toml), and the frames that they are drawn from."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from .. import charts
from ..compare import compare
from ..errors import FormError
from ..funnel import funnel
from ..measures import find
from ..metrics import applicants, disputes, outcomes, volumes
from ..ranking import rank
from ..trend import trend

# Of the frame of `measure`, and of the reports themselves.
OF_MEASURE: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "compare": compare,
    "funnel": funnel,
    "rank": rank,
    "trend": trend,
}
OF_REPORTS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "applicants": applicants,
    "disputes": disputes,
    "outcomes": outcomes,
    "volumes": volumes,
}


@dataclass(frozen=True)
class Chart:
    """One chart: the functions its frame comes from, in order, and the one that draws it."""

    id: str
    zh: str
    en: str
    frames: tuple[str, ...]
    plot: str
    kinds: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    coded: bool = False
    years: int = 1
    bodies: int = 1
    most_years: int = 999
    most_bodies: int = 999

    def draws(self, measure: str) -> bool:
        """Whether it can draw a measure."""
        spec = find(measure)
        fits = measure in self.measures if self.measures else spec.kind in self.kinds
        return fits and bool(spec.each) == self.coded


@cache
def chart_list() -> dict[str, Chart]:
    """The charts by id, in the order of the file. Raises FormError where a section is wrong."""
    text = (resources.files(__package__) / "charts.toml").read_text(encoding="utf-8")
    found = {}
    for entry in tomllib.loads(text)["charts"]:
        lists = {n: tuple(entry[n]) for n in ("frames", "kinds", "measures") if n in entry}
        chart = Chart(**{**entry, **lists})
        steps = chart.frames[1:] if chart.frames[0] == "measure" else chart.frames
        known = OF_MEASURE if chart.frames[0] == "measure" else OF_REPORTS
        if not set(steps) <= set(known):
            raise FormError("a frame of the chart is unknown", where=f"charts.toml, {chart.id}")
        if hasattr(charts, chart.plot):
            found[chart.id] = chart
    return found


def charts_of(measure: str, bodies: int, years: int) -> list[Chart]:
    """The charts that can draw a measure of so many bodies and years."""
    return [
        chart
        for chart in chart_list().values()
        if chart.draws(measure)
        and chart.bodies <= bodies <= chart.most_bodies
        and chart.years <= years <= chart.most_years
    ]
