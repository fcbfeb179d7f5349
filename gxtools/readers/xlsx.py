"""Excel workbooks -> Document: one Grid a sheet, merged cells as spans, formulas as cached."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..document import Cell, Document, Grid, Note
from ..errors import FormatError
from .archive import open_archive

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_SHEETS = 60
MAX_ROWS = 2000
MAX_COLUMNS = 300


def read(path: str, data: bytes) -> Document:
    """The Document of a workbook: the cells as displayed values, sheet by sheet."""
    open_archive(path, data).close()  # refuses bombs before openpyxl unpacks them
    values, formulas = _load(path, data, True), _load(path, data, False)
    grids: list[Grid] = []
    notes: list[Note] = []
    for sheet in values.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state != "visible":
            notes.append(
                Note(
                    "a hidden sheet is not read", f"sheet {sheet.title}", "Unhide it if it counts."
                )
            )
            continue
        cells, note = _cells(sheet, formulas[sheet.title])
        notes += note
        if any(cell.text for cell in cells):
            grids.append(Grid(len(grids) + 1, tuple(cells), sheet=sheet.title))
    title = values.properties.title
    return Document(path, "xlsx", tuple(grids), {"title": title} if title else {}, tuple(notes))


def _load(path: str, data: bytes, values: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions of other programs
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    except Exception as error:  # openpyxl raises whatever the XML makes it meet
        raise FormatError(
            f"the workbook is damaged: {type(error).__name__}: {error}",
            where=path,
            advice="Open it in Excel or WPS, let it repair the file, and save it again.",
        ) from error


def _cells(sheet: Worksheet, formulas: Worksheet) -> tuple[list[Cell], list[Note]]:
    spans, covered = _merged(sheet)
    cells: list[Cell] = []
    notes: list[Note] = []
    rows, columns = min(sheet.max_row, MAX_ROWS), min(sheet.max_column, MAX_COLUMNS)
    if (sheet.max_row, sheet.max_column) != (rows, columns):
        notes.append(
            Note(
                f"only the first {rows} rows and {columns} columns are read",
                f"sheet {sheet.title}",
                "Delete what stands outside the report.",
            )
        )
    for row in sheet.iter_rows(min_row=1, max_row=rows, max_col=columns):
        for cell in row:
            place = (cell.row or 0, cell.column or 0)
            if place in covered:
                continue
            text = _text(cell.value)
            formula = formulas.cell(*place).value if cell.value is None else None
            if isinstance(formula, str) and formula.startswith("="):
                text = formula  # a formula that Excel never calculated is no figure
            height, width = spans.get(place, (1, 1))
            cells.append(Cell(text, place[0] - 1, place[1] - 1, height, width))
    return cells, notes


def _merged(
    sheet: Worksheet,
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        right, bottom = min(right, MAX_COLUMNS), min(bottom, MAX_ROWS)
        spans[(top, left)] = (bottom - top + 1, right - left + 1)
        covered.update(
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        )
    return spans, covered


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Excel keeps 15 digits; repr shows what was typed, not the binary tail.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
