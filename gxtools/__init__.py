"""gxtools: read, prove and compare 政府信息公开工作年度报告."""

from typing import TYPE_CHECKING, Any

from . import checklist
from .checks import check
from .claims import claims
from .errors import GxError
from .forms import editions, label, load_form
from .metrics import applicants, disputes, outcomes, proactive, volumes
from .readers import read_document
from .reading import read, read_all
from .recognise import recognise
from .reports import Reports, concat
from .review import review
from .similarity import similarity
from .suspects import suspects
from .totals import totals

# `checks` is also a module: its name must mean the catalogue once the module has been imported.
checks = checklist.checks

if TYPE_CHECKING:
    from .briefing import write_briefing
    from .charts import plot_disputes, plot_outcomes, plot_volumes, save_figure
    from .findings import write_findings

# Charts and briefings load matplotlib and python-pptx: only when they are first used.
_LATER = {
    "plot_disputes": "charts",
    "plot_outcomes": "charts",
    "plot_volumes": "charts",
    "save_figure": "charts",
    "write_briefing": "briefing",
    "write_findings": "findings",
}

__all__ = [
    "GxError",
    "Reports",
    "applicants",
    "check",
    "checks",
    "claims",
    "concat",
    "disputes",
    "editions",
    "label",
    "load_form",
    "outcomes",
    "plot_disputes",
    "plot_outcomes",
    "plot_volumes",
    "proactive",
    "read",
    "read_all",
    "read_document",
    "recognise",
    "review",
    "save_figure",
    "similarity",
    "suspects",
    "totals",
    "volumes",
    "write_briefing",
    "write_findings",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LATER[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_LATER])
