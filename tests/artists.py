"""What a chart shows, asked of its artists: texts, boxes, rows and bars."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts(chart: Axes | Figure) -> list[Text]:
    """The texts that are drawn: matplotlib keeps tick labels beyond the limits, too."""
    beyond = {
        tick.label1
        for ax in (chart.axes if isinstance(chart, Figure) else [chart])
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not axis.get_visible()
        or not ax.axison
        or not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    found = chart.findobj(Text)
    return [t for t in found if t.get_text() and t.get_visible() and t not in beyond]  # type: ignore[attr-defined,misc]


def words(ax: Axes | Figure, gid: str = "") -> list[str]:
    """The texts of the chart; of one kind, from top to bottom."""
    kind = [text for text in texts(ax) if not gid or text.get_gid() == gid]
    if gid:
        kind.sort(key=lambda text: -box(text).y0)
    return [text.get_text() for text in kind]


def said(ax: Axes | Figure) -> str:
    return "\n".join(words(ax)).replace("\n", "")


def box(text: Text) -> Bbox:
    # An annotation's own extent holds its arrow too.
    return Text.get_window_extent(text)


def rows(ax: Axes) -> list[str]:
    return [text.get_text().replace("\n", "") for text in row_labels(ax)]


def row_labels(ax: Axes) -> list[Text]:
    """The labels of the rows, from top to bottom."""
    return sorted((t for t in ax.texts if t.get_gid() == "row"), key=lambda t: -box(t).y0)


def bars(ax: Axes, label: str = "") -> list[Any]:
    return [
        bar for group in ax.containers for bar in group if not label or group.get_label() == label
    ]


def outside(ax: Axes | Figure) -> list[str]:
    """The texts that do not lie within the page."""
    page = page_of(ax).bbox.padded(1)
    boxes = [(text.get_text(), box(text)) for text in texts(ax)]
    return [
        text
        for text, b in boxes
        if b.x0 < page.x0 or b.x1 > page.x1 or b.y0 < page.y0 or b.y1 > page.y1
    ]


def touching(ax: Axes | Figure) -> list[tuple[str, str]]:
    """The texts that touch another."""
    boxes = [(text.get_text(), box(text).padded(-1)) for text in texts(ax)]
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]


def page_of(ax: Axes | Figure) -> Figure:
    """The figure that a chart stands on."""
    figure = ax if isinstance(ax, Figure) else ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    return figure
