"""The briefing as a workbook: every measure and every cell, with headings that filter and pivot."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from ..errors import InputError
from .appendix import definitions
from .archive import DATE, put_text, sealed
from .columns import COUNT, TEXT, Column, Table, sources, tables
from .findings import findings
from .frames import Measures
from .lettering import FACE, text_width
from .plots import chart_sheet
from .words import say

_ROWS = 1_048_576  # of a sheet
_DECIMALS = "#,##0.0#####"
_NARROW, _BROAD = 8, 60  # characters
_MEASURED = 400  # rows that the width of a column is taken from


def xlsx_bytes(measures: Measures, lang: str) -> bytes:
    """The workbook. Raises InputError where a sheet would need more rows than it can have."""
    from openpyxl import Workbook

    book = Workbook()
    made = tables(measures, lang)
    _about(book.worksheets[0], measures, lang)
    for table in [*made, Table(say("dictionary", lang), _dictionary(made, lang))]:
        sheet = book.create_sheet(table.name)
        if len(table.columns[0].values) >= _ROWS:
            raise InputError(
                f"the sheet {table.name} would need {len(table.columns[0].values):,} rows",
                advice="Select fewer bodies or years.",
            )
        _fill(sheet, table.columns)
    charts = book.create_sheet(say("sheet_charts", lang), 1)
    chart_sheet(charts, measures, lang)
    _print_wide(charts)
    about = book.properties
    about.creator = about.lastModifiedBy = "gxtools"
    about.title, about.created, about.modified = say("title", lang), DATE, DATE
    out = io.BytesIO()
    book.save(out)
    return sealed(out.getvalue())


def _fill(sheet: Any, columns: list[Column]) -> None:
    """A table from the first row on: headings frozen, filtered, repeated in print."""
    _head(sheet, columns, 1)
    _body(sheet, columns, 2)
    sheet.freeze_panes = sheet.cell(2, 2)
    sheet.auto_filter.ref = sheet.dimensions
    for i, column in enumerate(columns, start=1):
        letter = sheet.cell(1, i).column_letter
        sheet.column_dimensions[letter].width = _width(column)
    sheet.print_title_rows = "1:1"
    _print_wide(sheet)


def _print_wide(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _head(sheet: Any, columns: list[Column], row: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for i, column in enumerate(columns, start=1):
        cell = sheet.cell(row, i)
        put_text(cell, column.heading)
        cell.font = Font(name=FACE, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor="EFEFEF")
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _body(sheet: Any, columns: list[Column], first: int) -> None:
    """The values below the headings; a figure that is <NA> is an empty cell, never 0."""
    from openpyxl.styles import Font

    looks: dict[str, Any] = {}
    for i, column in enumerate(columns, start=1):
        for row, value in enumerate(column.values, start=first):
            if pd.isna(value):
                continue
            cell = sheet.cell(row, i)
            form = _put(cell, value, column.format)
            if form not in looks:
                cell.font, cell.number_format = Font(name=FACE, size=10), form
                looks[form] = cell._style
            cell._style = looks[form]  # setting a font on every cell takes most of the time


def _put(cell: Any, value: object, form: str) -> str:
    """Write text as text and numbers as numbers; returns the number format."""
    if form == TEXT:
        put_text(cell, value)
        return TEXT
    number = float(value)  # type: ignore[arg-type]
    cell.value = int(number) if number.is_integer() else number
    return form if number.is_integer() or form != COUNT else _DECIMALS


def _width(column: Column) -> float:
    """The width of the longest of the first texts, in characters, a Chinese one counted twice."""
    texts = [column.heading, *(str(v) for v in column.values[:_MEASURED] if not pd.isna(v))]
    longest = max(text_width(text, 2.0) for text in texts)
    return min(max(longest + 3, _NARROW), _BROAD)


def _about(sheet: Any, measures: Measures, lang: str) -> None:
    """What this is, what the figures say, the formulas, the sources."""
    sheet.title = say("sheet_about", lang)
    row = _write(sheet, 1, [say("title", lang)], 14, bold=True)
    subject = "、".join(measures.shown[:5]) + ("…" if len(measures.shown) > 5 else "")
    lines = [
        say("about_focus", lang, names=subject),
        say("promise", lang),
        say("about_figures", lang),
    ]
    row = _write(sheet, row, lines)
    row = _write(sheet, row + 1, [say("findings", lang)], 11, bold=True)
    for finding in findings(measures, lang):
        row = _write(sheet, row, [f"{finding.text}　{finding.basis}"])
    row = _write(sheet, row + 1, [say("formulas", lang)], 11, bold=True)
    row = _write(sheet, row, definitions(measures, lang))
    row = _write(sheet, row + 1, [say("sources", lang)], 11, bold=True)
    columns = sources(measures, lang)
    _head(sheet, columns, row)
    _body(sheet, columns, row + 1)
    for i, column in enumerate(columns, start=1):
        sheet.column_dimensions[sheet.cell(row, i).column_letter].width = _width(column)
    _print_wide(sheet)


def _write(sheet: Any, row: int, lines: list[str], size: int = 10, *, bold: bool = False) -> int:
    """Write lines below one another and return the next free row."""
    from openpyxl.styles import Font

    for line in lines:
        cell = sheet.cell(row, 1)
        put_text(cell, line)
        cell.font = Font(name=FACE, size=size, bold=bold)
        row += 1
    return row


def _dictionary(made: list[Table], lang: str) -> list[Column]:
    """Sheet, heading and code of every column."""
    rows = [(table.name, column.heading, column.code) for table in made for column in table.columns]
    sheet, heading, code = (list(values) for values in zip(*rows, strict=True))
    names = ("sheet", "heading", "code")
    parts = zip(names, (sheet, heading, code), strict=True)
    return [Column(name, say(name, lang), TEXT, values) for name, values in parts]
