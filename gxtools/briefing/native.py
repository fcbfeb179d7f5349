"""Native charts: python-pptx draws them, their workbook and their typeface are set here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..charts import style
from ..percentages import cell_format
from .archive import clean, workbook_bytes
from .deck import Page
from .lettering import emu, rgb

AXIS, VALUE, LEGEND = 10.0, 9.0, 10.0  # points
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
COUNT, SHARE = "#,##0", "0.0%"
HATCH = "#8C8C8C"
SEEN = 0.055  # a narrower part of a bar has no room for its figure

Values = Sequence[float | None]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Data:
    """Categories and series of a chart; `None` is a gap. `extra` are columns of the workbook that
    no series draws (the ends of intervals)."""

    categories: Sequence[str]
    series: Mapping[str, Values]
    colours: Sequence[str]
    number_format: str = COUNT
    extra: Mapping[str, Values] = field(default_factory=dict)

    @property
    def largest(self) -> float:
        return max(
            (v for values in self.series.values() for v in values if v is not None), default=0
        )


def put_chart(page: Page, kind: str, data: Data, box: Box, about: str) -> Any:
    """A native chart of this kind (`BAR_STACKED`…) with its data in an embedded workbook.

    `about` is read out to those who cannot see the chart.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    kinds: Any = CategoryChartData
    chart_data = kinds(number_format=data.number_format)
    chart_data.categories = [clean(name) for name in data.categories]
    for name, values in data.series.items():
        chart_data.add_series(clean(name), list(values))
    frame = page.slide.shapes.add_chart(
        getattr(XL_CHART_TYPE, kind), *(emu(value) for value in box), chart_data
    )
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(about))
    chart = frame.chart
    book = workbook_bytes(data.categories, {**data.series, **data.extra}, data.number_format)
    chart.part.chart_workbook.update_from_xlsx_blob(book)
    chart.has_title = False
    chart.font.size = Pt(AXIS)
    chart.font.color.rgb = rgb(style.INK)
    _colour(chart, data.colours, line="LINE" in kind)
    _show_gaps(chart)
    return chart


def _colour(chart: Any, colours: Sequence[str], *, line: bool) -> None:
    from pptx.util import Pt

    for series, colour in zip(chart.plots[0].series, colours, strict=True):
        if line:
            series.format.line.color.rgb = rgb(colour)
            series.format.line.width = Pt(2.25)
            continue
        fill_bar(series.format, colour)


def fill_bar(look: Any, colour: str) -> None:
    """A solid fill; white becomes a hatch, as an outline would also be drawn around a zero."""
    from pptx.enum.dml import MSO_PATTERN
    from pptx.util import Pt

    look.line.color.rgb = rgb("#FFFFFF")
    look.line.width = Pt(0.75)
    if colour.upper() != "#FFFFFF":
        look.fill.solid()
        look.fill.fore_color.rgb = rgb(colour)
        return
    look.fill.patterned()
    look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    look.fill.fore_color.rgb, look.fill.back_color.rgb = rgb(HATCH), rgb(colour)


def mix(colour: str, share: float = 0.5) -> str:
    """The colour lightened towards white."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def _show_gaps(chart: Any) -> None:
    """An empty cell is a gap: neither zero nor a line across."""
    inner = chart._chartSpace.chart
    for tag in ("plotVisOnly", "dispBlanksAs"):
        for old in inner.findall(C + tag):
            inner.remove(old)
    gap = inner.makeelement(f"{C}dispBlanksAs", {"val": "gap"})
    visible = inner.makeelement(f"{C}plotVisOnly", {"val": "1"})
    last = inner.find(f"{C}legend")
    (inner.plotArea if last is None else last).addnext(visible)
    visible.addnext(gap)


def set_axes(
    chart: Any, *, lying: bool, top: float | None, scale: bool, number: str = COUNT
) -> None:
    """Every category named, first one on top of lying bars; the value axis only where needed."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    names, values = chart.category_axis, chart.value_axis
    names.tick_labels.font.size = values.tick_labels.font.size = Pt(AXIS)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.reverse_order = lying
    names.format.line.color.rgb = rgb(style.GREY)
    _every_name(names._element)
    values.minimum_scale = 0
    if top:
        values.maximum_scale = top
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number, False
    values.has_major_gridlines = scale
    values.visible = scale
    if scale:
        values.major_gridlines.format.line.color.rgb = rgb(style.PALE)
        values.format.line.fill.background()
        if lying:  # reversed names put the values on top
            values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _every_name(axis: Any) -> None:
    for tag in ("tickLblSkip", "tickMarkSkip"):
        for old in axis.findall(C + tag):
            axis.remove(old)
        skip = axis.makeelement(C + tag, {"val": "1"})
        last = axis.find(f"{C}noMultiLvlLbl")
        if last is None:
            axis.append(skip)
        else:
            last.addprevious(skip)


def set_bars(chart: Any, *, gap: int, overlap: int) -> None:
    chart.plots[0].gap_width, chart.plots[0].overlap = gap, overlap


def set_legend(chart: Any) -> None:
    """A legend above the chart, in the order of the series."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(LEGEND)


def label_series(series: Any, number: str, colour: str, position: str | None = None) -> None:
    """The figure on each bar or point of a series."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number, False
    labels.font.size = Pt(VALUE)
    labels.font.color.rgb = rgb(colour)
    if position:
        labels.position = getattr(XL_LABEL_POSITION, position)


def label_point(series: Any, point: int, text: str, colour: str, position: str = "CENTER") -> None:
    """Words on one bar in place of its figure."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = series.points[point].data_label
    label.position = getattr(XL_LABEL_POSITION, position)
    frame = label.text_frame
    run = frame.paragraphs[0].add_run()
    run.text = clean(text)
    run.font.size = Pt(VALUE)
    run.font.color.rgb = rgb(colour)


def part_format(shares: Values) -> str:
    """The number format of the parts of a bar of 100 %: none on a narrow part, and no decimals but
    where a part that is not all would read as all."""
    form = cell_format([share for share in shares if share and share >= SEEN], "0%")
    return f'[<{SEEN}]"";' + ("0%" if form == "0%" else f"[<0.99]0%;{form}")


def set_markers(chart: Any, colours: Sequence[str]) -> None:
    """Lines that are told apart by their markers too."""
    from pptx.enum.chart import XL_MARKER_STYLE

    shapes = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND", "PLUS", "X")
    for i, (series, colour) in enumerate(zip(chart.plots[0].series, colours, strict=True)):
        series.smooth = False
        series.marker.style = getattr(XL_MARKER_STYLE, shapes[i % len(shapes)])
        series.marker.size = 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(colour)
        series.marker.format.line.color.rgb = rgb(colour)


def add_intervals(chart: Any, low: Values, high: Values, columns: tuple[str, str]) -> None:
    """Error bars of a chart's only series: how far below and above each value its interval goes.

    `columns` are those of the workbook that hold the two distances.
    """
    bars = chart._chartSpace.makeelement(f"{C}errBars", {})
    for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        bars.append(bars.makeelement(C + tag, {"val": value}))
    for tag, values, column in (("plus", high, columns[1]), ("minus", low, columns[0])):
        side = bars.makeelement(C + tag, {})
        side.append(_reference(bars, values, f"Sheet1!${column}$2:${column}${len(values) + 1}"))
        bars.append(side)
    series = chart._chartSpace.find(f".//{C}ser")
    series.find(f"{C}cat").addprevious(bars)


def _reference(root: Any, values: Values, where: str) -> Any:
    reference = root.makeelement(f"{C}numRef", {})
    formula = reference.makeelement(f"{C}f", {})
    formula.text = where
    cache = reference.makeelement(f"{C}numCache", {})
    code = cache.makeelement(f"{C}formatCode", {})
    code.text = SHARE
    cache.append(code)
    cache.append(cache.makeelement(f"{C}ptCount", {"val": str(len(values))}))
    for i, value in enumerate(values):
        point = cache.makeelement(f"{C}pt", {"idx": str(i)})
        number = point.makeelement(f"{C}v", {})
        number.text = repr(float(value or 0))
        point.append(number)
        cache.append(point)
    reference.append(formula)
    reference.append(cache)
    return reference
