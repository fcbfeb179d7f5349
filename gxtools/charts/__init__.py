"""Tidy measures to charts: frames in, one Axes out. Nothing is computed here but layout."""

from __future__ import annotations

from .changes import plot_change
from .disputes import plot_disputes
from .flow import plot_flow
from .funnels import plot_funnel
from .heatmap import plot_heatmap
from .multiples import plot_trends
from .outcomes import plot_outcomes
from .ranking import plot_ranking
from .reasons import plot_denials
from .style import save_figure
from .trends import plot_trend
from .volumes import plot_volumes

__all__ = [
    "plot_change",
    "plot_denials",
    "plot_disputes",
    "plot_flow",
    "plot_funnel",
    "plot_heatmap",
    "plot_outcomes",
    "plot_ranking",
    "plot_trend",
    "plot_trends",
    "plot_volumes",
    "save_figure",
]
