"""Workbook or CSV -> pages: the cells of each sheet as the characters that they show."""

from __future__ import annotations

import csv
import io
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..arguments import path_of
from ..errors import FileError, FormatError
from ..readers.archive import open_archive
from ..readers.encoding import decode

MAX_BYTES = 40 * 1024 * 1024
# As many rows of bodies and years as there are counties and years, with room for all forms' cells.
MAX_AREA = 20_000_000
MAX_COLUMNS = 2_000
MAX_MERGED = 1_000_000
_DELIMITERS = ",\t;"
_ADVICE = "Save it as .xlsx or CSV, one row a body and year."


@dataclass(frozen=True)
class Page:
    """One sheet: texts by row and column (from 0); `spans` is how far each merged cell reaches,
    `covered` the cells under it with the one that shows their text."""

    name: str
    rows: list[list[str]]
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def shown(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged cell over it."""
        return self.text(*self.covered.get((row, column), (row, column)))

    def place(self, row: int, column: int, heading: str = "") -> str:
        """Where a cell stands, in words: its sheet and cell, or its row and column."""
        if self.name:
            letters, rest = "", column + 1
            while rest:
                rest, digit = divmod(rest - 1, 26)
                letters = chr(65 + digit) + letters
            return f"sheet {self.name}, cell {letters}{row + 1}"
        return f"row {row + 1}, column {heading or column + 1}"


def load_pages(path: str | os.PathLike[str]) -> tuple[list[Page], bytes, str]:
    """The visible sheets of a file that hold anything, its bytes, and its format (xlsx or csv).

    Raises FileError or FormatError where the file is none of the two.
    """
    file = Path(path_of(path))
    try:
        if file.stat().st_size > MAX_BYTES:
            raise FileError(
                f"the file has over {MAX_BYTES:,} bytes", where=str(path), advice=_ADVICE
            )
        data = file.read_bytes()
    except OSError as error:
        if isinstance(error, FileError):
            raise
        what = f"the file cannot be opened: {error.strerror or error}"
        raise FileError(what, where=str(path), advice="Check the path.") from error
    if data[:4] == b"PK\x03\x04":
        pages, format = list(_workbook(str(path), data)), "xlsx"
    else:
        pages, format = [_csv(str(path), data)], "csv"
    kept = [page for page in pages if any(any(row) for row in page.rows)]
    if not kept:
        raise FormatError("the sheet is empty", where=str(path), advice=_ADVICE)
    return kept, data, format


def _csv(path: str, data: bytes) -> Page:
    text = decode(data)
    if data[:1] in (b"\xd0", b"%") or "\x00" in text:
        raise FormatError("this is no sheet of figures", where=path, advice=_ADVICE)
    readings = []
    for mark in _DELIMITERS:
        try:
            rows = [
                [_unquoted(cell.strip()) for cell in row]
                for row in csv.reader(_lines(text), delimiter=mark)
            ]
        except csv.Error as error:
            raise FormatError(f"the CSV is damaged: {error}", where=path, advice=_ADVICE) from error
        readings.append(rows)
    rows = max(readings, key=lambda rows: max((len(row) for row in rows), default=0))
    _refuse_large(path, len(rows), max((len(row) for row in rows), default=0))
    return Page("", rows)


def _unquoted(text: str) -> str:
    """A text without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in ("=", "+", "-", "@") else text


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text.removeprefix("\ufeff"), newline="")


def _refuse_large(path: str, rows: int, columns: int) -> None:
    if rows * columns > MAX_AREA or columns > MAX_COLUMNS:
        what = f"the sheet has {rows:,} rows and {columns:,} columns"
        raise FormatError(what, where=path, advice="Delete what stands outside the figures.")


def _workbook(path: str, data: bytes) -> Iterator[Page]:
    with open_archive(path, data) as archive:  # refuses bombs before openpyxl unpacks them
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        formulas = any(b"<f" in archive.read(name) for name in sheets)
    book = _load(path, data, values=True)
    written = _load(path, data, values=False) if formulas else None
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield _page(path, sheet, written[sheet.title] if written else None)


def _load(path: str, data: bytes, *, values: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions of other programs
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    except Exception as error:  # openpyxl raises whatever the XML makes it meet
        what = f"the workbook is damaged: {type(error).__name__}: {error}"
        raise FormatError(what, where=path, advice="Save it anew in Excel or WPS.") from error


def _page(path: str, sheet: Any, formulas: Any) -> Page:
    _refuse_large(path, sheet.max_row, sheet.max_column)
    rows = [[_shown(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    if formulas is not None:  # a formula that was never calculated is no blank
        for r, row in enumerate(formulas.iter_rows(values_only=True)):
            for c, value in enumerate(row):
                if isinstance(value, str) and value.startswith("=") and not rows[r][c]:
                    rows[r][c] = value
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        height, width = area.max_row - top, area.max_col - left
        if len(covered) + height * width > MAX_MERGED:
            what = f"the sheet {sheet.title} has cells merged without measure"
            raise FormatError(what, where=path, advice="Delete what stands outside the figures.")
        spans[top, left] = height, width
        covered |= {(top + r, left + c): (top, left) for r in range(height) for c in range(width)}
    return Page(sheet.title, rows, spans, covered)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Excel keeps 15 digits; repr shows what was typed, not the binary tail.
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()
