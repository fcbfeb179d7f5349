"""gxtools: read, prove and compare 政府信息公开工作年度报告."""

from typing import TYPE_CHECKING, Any

from . import checklist
from .checks import check
from .claims import claims
from .compare import compare
from .coverage import coverage
from .crosswalk import crosswalk
from .errors import GxError, ReadingInterrupted
from .forms import editions, label, load_form
from .funnel import funnel, funnel_limits
from .measures import measures
from .measuring import measure
from .metrics import applicants, disputes, outcomes, proactive, volumes
from .peer_group import peers
from .population import read_population
from .problems import problems
from .ranking import rank
from .readers import read_document
from .reading import read, read_all
from .recognise import recognise
from .reports import Reports, concat
from .review import review
from .shrinkage import shrink
from .similarity import similarity
from .suspects import suspects
from .totals import totals
from .tracing import trace
from .trend import trend
from .why import why

# `checks` is also a module: its name must mean the catalogue once the module has been imported.
checks = checklist.checks

if TYPE_CHECKING:
    from .briefing import write_briefing, write_portraits
    from .charts import (
        plot_applicants,
        plot_change,
        plot_coverage,
        plot_denials,
        plot_disputes,
        plot_flow,
        plot_funnel,
        plot_heatmap,
        plot_outcomes,
        plot_portrait,
        plot_ranking,
        plot_trend,
        plot_trends,
        plot_volumes,
        save_figure,
    )
    from .compiled import read_sheet, write_sheet
    from .explorer import explore
    from .findings import write_findings
    from .store import earlier_reports, history, open_reports, update

# These load matplotlib, python-pptx or openpyxl: only when they are first used.
_LATER = {
    "plot_applicants": "charts",
    "earlier_reports": "store",
    "history": "store",
    "open_reports": "store",
    "explore": "explorer",
    "plot_change": "charts",
    "plot_coverage": "charts",
    "plot_denials": "charts",
    "plot_disputes": "charts",
    "plot_flow": "charts",
    "plot_funnel": "charts",
    "plot_heatmap": "charts",
    "plot_outcomes": "charts",
    "plot_portrait": "charts",
    "plot_ranking": "charts",
    "plot_trend": "charts",
    "plot_trends": "charts",
    "plot_volumes": "charts",
    "read_sheet": "compiled",
    "save_figure": "charts",
    "update": "store",
    "write_briefing": "briefing",
    "write_findings": "findings",
    "write_portraits": "briefing",
    "write_sheet": "compiled",
}

__all__ = [
    "GxError",
    "ReadingInterrupted",
    "Reports",
    "applicants",
    "check",
    "checks",
    "claims",
    "compare",
    "concat",
    "coverage",
    "crosswalk",
    "disputes",
    "earlier_reports",
    "editions",
    "explore",
    "funnel",
    "funnel_limits",
    "history",
    "label",
    "load_form",
    "measure",
    "measures",
    "open_reports",
    "outcomes",
    "peers",
    "plot_applicants",
    "plot_change",
    "plot_coverage",
    "plot_denials",
    "plot_disputes",
    "plot_flow",
    "plot_funnel",
    "plot_heatmap",
    "plot_outcomes",
    "plot_portrait",
    "plot_ranking",
    "plot_trend",
    "plot_trends",
    "plot_volumes",
    "proactive",
    "problems",
    "rank",
    "read",
    "read_all",
    "read_document",
    "read_population",
    "read_sheet",
    "recognise",
    "review",
    "save_figure",
    "shrink",
    "similarity",
    "suspects",
    "totals",
    "trace",
    "trend",
    "update",
    "volumes",
    "why",
    "write_briefing",
    "write_findings",
    "write_portraits",
    "write_sheet",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LATER[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_LATER])
