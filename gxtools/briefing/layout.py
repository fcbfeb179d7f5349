"""How a native chart is laid out: room for its names, and a scale of equal ratios."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .lettering import text_width
from .native import AXIS, LEGEND, Box, C, Data

_LOG_FROM = 20  # times that the largest series is the smallest, before the scale is logarithmic


def is_log(data: Data) -> bool:
    """Whether the scale is logarithmic: only where one from zero would flatten a body's line."""
    lines = [[v for v in values if v is not None] for values in data.series.values()]
    peaks = [max(line) for line in lines if line]
    least = min((value for line in lines for value in line), default=0)
    return bool(least > 0 and max(peaks) >= _LOG_FROM * min(peaks))


def set_log(chart: Any, data: Data) -> None:
    """A scale of equal ratios, from the power of ten under the least figure."""
    least = min(v for values in data.series.values() for v in values if v is not None)
    axis = chart.value_axis
    axis.minimum_scale = 10.0 ** math.floor(math.log10(least))
    scaling = axis._element.find(f"{C}scaling")
    scaling.insert(0, scaling.makeelement(f"{C}logBase", {"val": "10"}))


def set_plot(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Where the bars stand within the chart, in parts of it: charts side by side then agree."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(f"{C}layout"):
        area.remove(old)
    layout = area.makeelement(f"{C}layout", {})
    manual = layout.makeelement(f"{C}manualLayout", {})
    told = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge",
            "x": left, "y": top, "w": width, "h": height}  # fmt: skip
    for tag, value in told.items():
        text = value if isinstance(value, str) else f"{value:.4f}"
        manual.append(manual.makeelement(C + tag, {"val": text}))
    layout.append(manual)
    area.insert(0, layout)


def names_room(names: Sequence[str], width: float) -> float:
    """The points that the names of the categories need on one line, up to two fifths of a width."""
    return min(max(text_width(name, AXIS) for name in names) + 12, width * 0.42)


def legend_room(data: Data, width: float) -> float:
    """The points of a legend above the bars: its columns are as wide as its longest name."""
    widest = max(text_width(name, LEGEND) for name in data.series) + 30  # the key and the gaps
    across = max(1, int(width * 0.8 // widest))
    return 14 + 16 * math.ceil(len(data.series) / across)


def set_names(chart: Any, data: Data, box: Box, *, above: float, below: float) -> None:
    """Room for the names left of lying bars, for the legend above and the axis below, in points."""
    width, height = box[2:]
    left = names_room(data.categories, width)
    right = 40  # for the figure behind the longest bar
    set_plot(
        chart,
        left / width,
        above / height,
        1 - (left + right) / width,
        1 - (above + below) / height,
    )
