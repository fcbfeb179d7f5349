"""The sheet of charts in the workbook: the same rows as on the slides, and what is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..charts.rows import about
from ..charts.style import PALE, SMALL_N, ink_on
from ..forms import label
from ..percentages import cell_format
from . import native
from .choice import Rows
from .frames import Measures
from .framing import value_of
from .lettering import FACE, LINE, lines
from .native import Data
from .outcomes import outcome_bars
from .volumes import volume_rows
from .words import say

if TYPE_CHECKING:
    from .xlsx import Book

_BAR, _WIDE = 30, 980  # pixels: a bar, and a chart
_ROW = 20  # pixels, of a row of the sheet
_COLUMN, _CHARACTER, _SIZE = 12, 5.25, 10.0  # a column of figures; points of a character, of text
_AT = 9  # the column in which charts begin
_FONT = {"name": FACE, "size": 9}


def chart_sheet(book: Book, measures: Measures, lang: str) -> None:
    """Applications received and the outcomes: a block of data, and the native chart of it."""
    sheet = book.sheet(say("sheet_charts", lang))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 7, _COLUMN)
    frame = measures.about(measures.volumes)
    if not len(frame):
        book.text(sheet, 0, 0, say("nothing", lang, why=say("all_unread", lang)))
        return
    rows, name = volume_rows(measures, lang), label("received", lang, axis="outcome")
    values = [value_of(frame, report, "received") for report in rows.reports]
    data = Data(rows.names, {name: values}, ["#0072B2"])
    title = say("volumes", lang, subject=rows.subject, years=rows.years)
    notes = _notes(measures, "volumes", rows, lang)
    row = _block(book, sheet, 0, title, data, notes, "clustered")
    rows, bars, data = outcome_bars(measures, lang)
    title = say("outcomes", lang, subject=rows.subject, years=rows.years)
    few = [say("small_shares", lang, n=SMALL_N)] if any(bar.few for bar in bars) else []
    notes = [*_notes(measures, "outcomes", rows, lang), *few]
    _block(book, sheet, row, title, data, notes, "percent_stacked")


def _notes(measures: Measures, name: str, rows: Rows, lang: str) -> list[str]:
    frame = getattr(measures, name)
    used = frame.loc[frame["report"].isin([report for report in rows.reports if report])]
    return [*about(used, lang, "applications", "outcome"), *rows.notes]


def _block(
    book: Book,
    sheet: Any,
    row: int,
    title: str,
    data: Data,
    notes: Sequence[str],
    kind: str,
) -> int:
    """Title, data, notes and chart; returns the row below them."""
    book.text(sheet, row, 0, title, bold=True, font_size=11)
    head, last = row + 1, row + 1 + len(data.categories)
    _heads(book, sheet, head, data)
    for column, values in enumerate(data.series.values(), start=1):
        for at, value in enumerate(values, start=head + 1):
            if value is not None:
                shown = cell_format([value], data.number_format)
                sheet.write_number(at, column, value, book.format(num_format=shown))
    for at, name in enumerate(data.categories, start=head + 1):
        book.text(sheet, at, 0, name)
    for at, note in enumerate(notes, start=last + 1):
        book.text(sheet, at, 0, note)
    below = last + len(notes) + 2
    if any(value for values in data.series.values() for value in values):
        height = 140 + _BAR * len(data.categories)
        chart = _chart(book, sheet, data, head, last, kind)
        chart.set_title({"name": title, "name_font": {**_FONT, "size": 11, "bold": True}})
        chart.set_size({"width": _WIDE, "height": height})
        sheet.insert_chart(row, _AT, chart, {"description": title})
        return max(below, row + height // _ROW + 2)
    return below


def _heads(book: Book, sheet: Any, row: int, data: Data) -> None:
    """The names of the series over their figures, in a row as high as they need."""
    most = max(lines(name, _COLUMN * _CHARACTER, _SIZE) for name in data.series)
    sheet.set_row(row, most * _SIZE * LINE + 4)
    for column, name in enumerate(data.series, start=1):
        book.text(sheet, row, column, name, align="right", valign="bottom", text_wrap=True)


def _chart(book: Book, sheet: Any, data: Data, head: int, last: int, kind: str) -> Any:
    """A lying bar chart of a block; both axes shown, the first report on top."""
    stacked = kind == "percent_stacked"
    chart = book.book.add_chart({"type": "bar", **({"subtype": kind} if stacked else {})})
    parts = zip(data.colours, data.series.values(), strict=True)
    for column, (colour, values) in enumerate(parts, start=1):
        ink = "#FFFFFF" if ink_on(colour) == "white" else "#222222"
        form = native.part_format(values) if stacked else native.COUNT
        font = {**_FONT, "color": ink if stacked else "#222222"}
        chart.add_series(
            {
                "name": [sheet.name, head, column],
                "categories": [sheet.name, head + 1, 0, last, 0],
                "values": [sheet.name, head + 1, column, last, column],
                "gap": 40,
                "overlap": 100 if stacked else 0,
                "border": {"color": "#FFFFFF"},
                "data_labels": {"value": True, "num_format": form, "font": font},
                **_filled(colour),
            }
        )
    _set_axes(chart, stacked)
    return chart


def _filled(colour: str) -> dict[str, Any]:
    """A solid fill; white becomes a hatch."""
    if colour.upper() != "#FFFFFF":
        return {"fill": {"color": colour}}
    look = {"pattern": "wide_upward_diagonal", "fg_color": native.HATCH, "bg_color": colour}
    return {"pattern": look}


def _set_axes(chart: Any, stacked: bool) -> None:
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "crossing": "max"})
    chart.set_x_axis(
        {
            "min": 0,
            "num_format": "0%" if stacked else native.COUNT,
            "num_font": _FONT,
            "major_gridlines": {"visible": True, "line": {"color": PALE}},
        }
    )
    chart.set_legend({"position": "top", "font": _FONT} if stacked else {"none": True})
