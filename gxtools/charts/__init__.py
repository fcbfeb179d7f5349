"""Tidy measures to charts: frames in, one Axes out. Nothing is computed here but layout."""

from __future__ import annotations

from .disputes import plot_disputes
from .outcomes import plot_outcomes
from .style import save_figure
from .volumes import plot_volumes

__all__ = ["plot_disputes", "plot_outcomes", "plot_volumes", "save_figure"]
