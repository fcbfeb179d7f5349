"""The sheet of charts in the workbook: the same rows as on the slides, and what is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..charts.rows import about
from ..forms import label
from . import native
from .archive import put_text
from .choice import Rows
from .frames import Measures
from .framing import value_of
from .lettering import FACE
from .native import Data
from .outcomes import outcome_bars
from .volumes import volume_rows
from .words import say

_HIGH, _WIDE = 0.75, 26.0  # centimetres: a bar, and a chart
_ROW = 0.53  # centimetres, of a row of the sheet


def chart_sheet(sheet: Any, measures: Measures, lang: str) -> None:
    """Applications received and the outcomes: a block of data, and the native chart of it."""
    row = 1
    frame = measures.about(measures.volumes)
    if not len(frame):
        put_text(sheet.cell(1, 1), say("nothing", lang, why=say("all_unread", lang)))
        return
    rows, name = volume_rows(measures, lang), label("received", lang, axis="outcome")
    values = [value_of(frame, report, "received") for report in rows.reports]
    data = Data(rows.names, {name: values}, ["#0072B2"])
    title = say("volumes", lang, subject=rows.subject, years=rows.years)
    row = _block(sheet, row, title, data, _notes(measures, "volumes", rows, lang), "clustered")
    rows, _, data = outcome_bars(measures, lang)
    title = say("outcomes", lang, subject=rows.subject, years=rows.years)
    _block(sheet, row, title, data, _notes(measures, "outcomes", rows, lang), "percentStacked")
    sheet.column_dimensions["A"].width = 44
    for letter in "BCDEFGH":
        sheet.column_dimensions[letter].width = 12


def _notes(measures: Measures, name: str, rows: Rows, lang: str) -> list[str]:
    frame = getattr(measures, name)
    used = frame.loc[frame["report"].isin([report for report in rows.reports if report])]
    return [*about(used, lang, "applications", "outcome"), *rows.notes]


def _block(
    sheet: Any, row: int, title: str, data: Data, notes: Sequence[str], grouping: str
) -> int:
    """Title, data, notes and chart; returns the row below them."""
    from openpyxl.styles import Font

    put_text(sheet.cell(row, 1), title)
    sheet.cell(row, 1).font = Font(name=FACE, size=11, bold=True)
    head = row + 1
    for column, (name, values) in enumerate(data.series.items(), start=2):
        put_text(sheet.cell(head, column), name)
        for at, value in enumerate(values, start=head + 1):
            sheet.cell(at, column, value).number_format = data.number_format
    for at, name in enumerate(data.categories, start=head + 1):
        put_text(sheet.cell(at, 1), name)
    last = head + len(data.categories)
    for at, note in enumerate(notes, start=last + 1):
        put_text(sheet.cell(at, 1), note)
    for cells in sheet.iter_rows(head, last + len(notes)):
        for cell in cells:
            cell.font = Font(name=FACE, size=10)
    if any(value for values in data.series.values() for value in values):
        chart = _chart(sheet, data, head, last, grouping)
        sheet.add_chart(chart, f"J{row}")
        return max(last + len(notes) + 2, row + int(chart.height / _ROW) + 3)
    return last + len(notes) + 2


def _chart(sheet: Any, data: Data, head: int, last: int, grouping: str) -> Any:
    """A lying bar chart of a block; both axes shown, the first report on top."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList

    chart: Any = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "bar", grouping, 40
    chart.overlap = 100 if grouping == "percentStacked" else None
    columns = len(data.series) + 1
    block = Reference(sheet, min_col=2, max_col=columns, min_row=head, max_row=last)
    chart.add_data(block, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    chart.height, chart.width = 3.5 + _HIGH * len(data.categories), _WIDE
    chart.roundedCorners = False
    chart.dataLabels = DataLabelList(showVal=True, txPr=_lettering(), numFmt=_labels(grouping))
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, name, False)
    if grouping == "clustered":
        chart.legend = None
    else:
        chart.legend.position, chart.legend.txPr = "t", _lettering()
    _set_axes(chart, grouping)
    _colour(chart, data.colours)
    return chart


def _set_axes(chart: Any, grouping: str) -> None:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"  # reversed names would put the values on top
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "0%" if grouping == "percentStacked" else native.COUNT
    chart.x_axis.txPr = chart.y_axis.txPr = _lettering()
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D5D5D5"))


def _colour(chart: Any, colours: Sequence[str]) -> None:
    from openpyxl.drawing.fill import PatternFillProperties

    for series, colour in zip(chart.series, colours, strict=True):
        look = series.graphicalProperties
        look.line.solidFill = "FFFFFF"
        if colour == "#FFFFFF":
            look.pattFill = PatternFillProperties(prst="wdUpDiag")
            look.pattFill.fgClr, look.pattFill.bgClr = native.HATCH.lstrip("#"), "FFFFFF"
        else:
            look.solidFill = colour.lstrip("#")


def _labels(grouping: str) -> str:
    return '[<0.055]"";0%' if grouping == "percentStacked" else native.COUNT


def _lettering() -> Any:
    """The typeface of a chart's text, the East Asian one too."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

    face: dict[str, Any] = {script: Font(typeface=FACE) for script in ("latin", "ea", "cs")}
    look = CharacterProperties(sz=900, **face)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
