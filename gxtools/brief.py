"""The folder that `make briefing` leaves: charts, slides, workbook and findings in one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from . import metrics
from .arguments import path_of
from .briefing import write_all, write_portraits
from .briefing.columns import figures_frame
from .briefing.frames import gather
from .charts import plot_disputes, plot_outcomes, plot_volumes, save_figure
from .checks import check
from .errors import InputError, ScopeError
from .reports import Reports
from .tables import write_csv

BRIEFINGS = ("briefing.pptx", "briefing.docx", "briefing.html", "figures.xlsx")
_CHARTS: dict[str, tuple[Callable[..., pd.DataFrame], Callable[..., Any]]] = {
    "volumes": (metrics.volumes, plot_volumes),
    "outcomes": (metrics.outcomes, plot_outcomes),
    "disputes": (metrics.disputes, plot_disputes),
}


def write_set(
    reports: Reports,
    folder: str | os.PathLike[str],
    *,
    focus: str | None = None,
    years: tuple[int, int] | None = None,
    lang: str = "zh",
    portraits: bool = True,
    progress: bool = False,
    tell: Callable[[Path], None] = lambda path: None,
    warn: Callable[[str], None] = lambda text: None,
) -> pd.DataFrame:
    """Write charts (PNG, SVG), the briefing as slides, document and page, the figures as workbook
    and CSV, checks.csv, and a page on each body; return the findings.

    `tell` is called with each path as soon as it is written, `warn` where the pages on the bodies
    cannot be made.
    """
    out = Path(path_of(folder))
    options: dict[str, Any] = {"focus": focus, "years": years, "lang": lang}
    measures = gather(reports, focus, years)  # before anything is written: it knows all slips
    findings = check(reports)
    tell(write_csv(findings, out / "checks.csv"))
    shown = _within(reports, years)
    for path in _charts(shown, out, lang):
        tell(path)
    tell(write_csv(figures_frame(measures, lang), out / "figures.csv"))
    for path in write_all(measures, [out / name for name in BRIEFINGS], lang):
        tell(path)
    if portraits:
        try:
            paths = write_portraits(reports, out / "portraits.pdf", progress=progress, **options)
        except (InputError, ScopeError) as error:  # bodies that cannot be set side by side
            warn(f"no portraits: {error}")
        else:
            tell(paths[0])
    return findings


def _within(reports: Reports, years: tuple[int, int] | None) -> Reports:
    if years is None:
        return reports
    return reports.select(year=range(years[0], years[1] + 1))


def _charts(reports: Reports, out: Path, lang: str) -> Iterator[Path]:
    import matplotlib.pyplot as plt

    for name, (measure, plot) in _CHARTS.items():
        axes = plot(measure(reports), lang=lang)
        for suffix in ("png", "svg"):
            yield save_figure(axes.figure, out / f"{name}.{suffix}")
        plt.close(axes.figure)
