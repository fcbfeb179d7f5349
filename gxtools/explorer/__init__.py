"""explore(): the reports in a panel of JupyterLab or Voilà, by mouse first and as code after."""

from __future__ import annotations

import sys
from threading import Thread
from typing import Any

import pandas as pd

from .. import rates
from ..arguments import language
from ..errors import InputError, MissingExtraError
from ..population import checked_population
from ..reports import Reports, need_reports
from .model import Choice, Model, View

__all__ = ["Choice", "Model", "View", "explore"]


def explore(
    reports: Reports,
    *,
    lang: str = "zh",
    population: pd.DataFrame | None = None,
    folder: str = "out",
) -> Any:
    """A panel to explore the reports: bodies, years, measure, denominator, chart and language.

    An ipywidgets box that shows itself. Chart, table and formula follow every choice; what is
    missing is said. A click on a figure of the table shows where it was printed (`gx.trace`) and
    its checks. Charts (PNG, SVG, PDF) and tables (XLSX, CSV) are written to `folder`, and the code
    that makes the same chart can be copied. `population` (gx.read_population) adds measures per
    head. Raises MissingExtraError without ipywidgets and anywidget (`gxtools[explore]`), InputError
    where there is no report or no such language.
    """
    need_reports(reports)
    language(lang)
    if population is not None:
        checked_population(population)
    if not len(reports):
        raise InputError("there is no report to explore", advice="See reports.problems.")
    try:
        from .panel import Panel
    except ImportError as error:
        raise MissingExtraError(
            "the explorer needs ipywidgets and anywidget",
            advice='Install them with: pip install "gxtools[explore]"',
        ) from error
    # scipy's distributions (funnels, figures per head) take a second or two to import: while the
    # first chart is looked at.
    Thread(target=_import_distributions, daemon=True).start()
    model = Model(reports, population, name_in_notebook(reports))
    return Panel(model, model.first(lang), folder).box


def _import_distributions() -> None:
    one = pd.Series([1.0])
    rates.poisson(one, one)


def name_in_notebook(reports: Reports) -> str:
    """What the notebook calls these reports: the code to copy must run there."""
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    names = getattr(shell, "user_ns", {})
    held = (n for n, value in names.items() if value is reports and not n.startswith("_"))
    return next(held, "reports")
