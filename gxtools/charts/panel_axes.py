"""Axes of a small panel: no ticks are ever made for it, as its words are written as texts."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis


class _Untouched:
    """matplotlib makes a tick of each axis only to clip it and to hide its grid, four to an Axes:
    as long as a panel's line and figures take."""

    def grid(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: there is no tick to have a grid line."""

    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        Artist.set_clip_path(self, path, transform)  # type: ignore[arg-type]


class _X(_Untouched, XAxis):
    pass


class _Y(_Untouched, YAxis):
    pass


class PanelAxes(Axes):
    """Axes without ticks; plain ones where a later matplotlib makes its axes elsewhere."""

    def _init_axis(self) -> None:
        self.xaxis = _X(self, clear=False)
        self.yaxis = _Y(self, clear=False)
        for side, axis in (("bottom", self.xaxis), ("top", self.xaxis),
                           ("left", self.yaxis), ("right", self.yaxis)):  # fmt: skip
            self.spines[side].register_axis(axis)
