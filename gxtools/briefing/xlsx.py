"""The briefing as a workbook: every measure and every cell, with headings that filter and pivot."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
from lxml import etree

from ..errors import InputError
from ..percentages import cell_format
from .appendix import definitions
from .archive import DATE, clean, sealed
from .columns import COUNT, TEXT, Column, Table, figures, sources, tables
from .findings import findings
from .frames import Measures
from .lettering import FACE, LINE, set_typeface, text_width
from .lettering import lines as lines_of
from .live import Formula, live_columns
from .plots import chart_sheet
from .words import say

_ROWS = 1_048_576  # of a sheet
_LONGEST = 32_767  # characters in a cell
_DECIMALS = "#,##0.0#####"
_NARROW, _BROAD, _PAGE = 8, 60, 80  # characters
_CHARACTER = 5.2  # points of one, in the unit of widths
_MEASURED = 400  # rows that the width of a column is taken from


class Book:
    """A workbook being written, and its formats by what they look like."""

    def __init__(self, out: io.BytesIO) -> None:
        from xlsxwriter import Workbook

        self.book: Any = Workbook(out, {"in_memory": True})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **look: object) -> Any:
        """A format in our typeface; the same look is the same format."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FACE, "font_size": 10, **look})
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C&P/&N")
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: object, **look: object) -> None:
        """Write text as text: never a formula, a link or a number."""
        words = clean(text)
        if words:
            kept = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            sheet.write_string(row, column, kept, self.format(**look))


def xlsx_bytes(measures: Measures, lang: str) -> bytes:
    """The workbook. Raises InputError where a sheet would need more rows than it can have."""
    out = io.BytesIO()
    book, made = Book(out), tables(measures, lang)
    found = [table.name for table in made].index(say("sheet_checks", lang))
    made.insert(found, _live(measures, lang))
    _about(book, measures, lang)
    chart_sheet(book, measures, lang)
    made.append(Table(say("sources", lang), sources(measures, lang)))
    for table in [*made, Table(say("dictionary", lang), _dictionary(made, lang))]:
        if len(table.columns[0].values) >= _ROWS:
            raise InputError(
                f"the sheet {table.name} would need {len(table.columns[0].values):,} rows",
                advice="Select fewer bodies or years.",
            )
        _fill(book, table)
    book.book.set_properties({"author": "gxtools", "title": say("title", lang), "created": DATE})
    book.book.close()
    return sealed(out.getvalue(), _lettered)


def _live(measures: Measures, lang: str) -> Table:
    """The sheet of live sums, beside the sheet of figures that it refers to."""
    codes = [column.code for column in figures(measures, lang)]
    place = (say("sheet_figures", lang), chr(ord("A") + codes.index("counted")))
    return Table(say("sheet_sums", lang), live_columns(measures, place, lang))


def _lettered(name: str, content: bytes) -> bytes:
    """Charts with the East Asian typeface too, which XlsxWriter does not write."""
    if not name.startswith("xl/charts/chart"):
        return content
    root = etree.fromstring(content)
    set_typeface(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fill(book: Book, table: Table) -> None:
    """A table from the first row on: headings frozen, filtered, repeated in print."""
    sheet, columns = book.sheet(table.name), table.columns
    _head(book, sheet, columns, 0)
    _body(book, sheet, columns, 1)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(columns[0].values), len(columns) - 1)
    sheet.repeat_rows(0)
    for i, column in enumerate(columns):
        sheet.set_column(i, i, _width(column))
    # Text such as a year in a name is meant as text: no green corners.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _head(book: Book, sheet: Any, columns: list[Column], row: int) -> None:
    look = {"bold": True, "bg_color": "#EFEFEF", "valign": "vcenter", "text_wrap": True}
    for i, column in enumerate(columns):
        aside = {"indent": 1} if column.format == TEXT else {"align": "right"}
        book.text(sheet, row, i, column.heading, **look, **aside)


def _body(book: Book, sheet: Any, columns: list[Column], first: int) -> None:
    """The values below the headings; a figure that is <NA> is an empty cell, never 0."""
    for i, column in enumerate(columns):
        for row, value in enumerate(column.values, start=first):
            if isinstance(value, Formula):
                look = book.format(num_format=column.format)
                sheet.write_formula(row, i, value.text, look, value.value)
            elif not pd.isna(value):
                _put(book, sheet, row, i, value, column.format)


def _put(book: Book, sheet: Any, row: int, column: int, value: Any, form: str) -> None:
    """Write text as text and numbers as numbers."""
    if form == TEXT:
        book.text(sheet, row, column, value, num_format=TEXT, indent=1)  # off the figure before
        return
    number = float(value)
    whole = number.is_integer() or form != COUNT
    shown = cell_format([number], form) if whole else _DECIMALS
    sheet.write_number(row, column, number, book.format(num_format=shown))


def _width(column: Column) -> float:
    """The width of the longest of the first texts, in characters, a Chinese one counted twice; the
    heading may stand on two lines."""
    values = [v for v in column.values[:_MEASURED] if not isinstance(v, Formula)]
    texts = [*column.heading.split(), *(str(value) for value in values if not pd.isna(value))]
    texts.append(column.heading[: len(column.heading) // 2])
    longest = max(text_width(text, 2.0) for text in texts)
    return min(max(longest + 4, _NARROW), _BROAD)


def _about(book: Book, measures: Measures, lang: str) -> None:
    """What this is, what the figures say, the formulas: a page of text."""
    sheet = book.sheet(say("sheet_about", lang))
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, _PAGE)
    row = _write(book, sheet, 0, [say("title", lang)], bold=True, font_size=14)
    subject = ("、" if lang == "zh" else ", ").join(measures.shown[:5])
    subject += "…" if len(measures.shown) > 5 else ""
    lines = [
        say("about_focus", lang, names=subject),
        *(say(key, lang) for key in ("promise", "about_figures", "about_sums")),
    ]
    row = _write(book, sheet, row, lines)
    row = _write(book, sheet, row + 1, [say("findings", lang)], bold=True, font_size=11)
    for finding in findings(measures, lang):
        row = _write(book, sheet, row, [finding.text])
        row = _write(book, sheet, row, [finding.basis], font_color="#666666", indent=1)
    row = _write(book, sheet, row + 1, [say("formulas", lang)], bold=True, font_size=11)
    _write(book, sheet, row, definitions(measures, lang))


def _write(book: Book, sheet: Any, row: int, lines: list[str], **look: object) -> int:
    """Write lines below one another, each row as high as its text, and return the next free row."""
    size = float(str(look.get("font_size", 10)))
    for line in lines:
        sheet.set_row(row, lines_of(line, _PAGE * _CHARACTER, size) * size * LINE + 4)
        book.text(sheet, row, 0, line, text_wrap=True, valign="top", **look)
        row += 1
    return row


def _dictionary(made: list[Table], lang: str) -> list[Column]:
    """Sheet, heading and code of every column."""
    rows = [(table.name, column.heading, column.code) for table in made for column in table.columns]
    sheet, heading, code = (list(values) for values in zip(*rows, strict=True))
    names = ("sheet", "heading", "code")
    parts = zip(names, (sheet, heading, code), strict=True)
    return [Column(name, say(name, lang), TEXT, values) for name, values in parts]
