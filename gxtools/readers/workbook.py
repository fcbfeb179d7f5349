"""Sheets of a workbook -> Grids: calamine gives the values, a survey of the file proves them.

calamine shows an error (#REF!) and a formula that was never calculated as blank cells, and gives up
the whole process on cells at the far end of a sheet. The survey, made before by the module of the
format, knows these, and how many figures there are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..document import Cell, Document, Grid, Note
from ..errors import FormatError

MAX_SHEETS = 60
MAX_ROWS = 2000
MAX_COLUMNS = 300
MAX_AREA = 2_000_000  # cells of the rectangle around all that a sheet holds

_REPAIR = "Open it in Excel or WPS, let it repair the file, and save it again."
_SMALLER = "Delete what stands outside the report, and save the workbook again."

Place = tuple[int, int]  # row, column from 0


@dataclass
class Survey:
    """What a sheet holds, counted from the file itself: its extent, its figures, and `told`, the
    cells whose text calamine does not give."""

    rows: int = 0
    columns: int = 0
    figures: int = 0
    told: dict[Place, str] = field(default_factory=dict)

    def add(self, row: int, column: int, figure: bool = False, text: str = "") -> None:
        """Count a cell that is not empty."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if row < MAX_ROWS and column < MAX_COLUMNS:
            self.figures += figure
            if text:
                self.told[row, column] = text


def read_sheets(
    path: str,
    data: bytes,
    surveys: Sequence[Survey | None],
    format: str,
    metadata: dict[str, str],
) -> Document:
    """The Document of a workbook: the cells as displayed values, one Grid a visible sheet.

    `surveys` has an entry a sheet, in the workbook's order: None for a sheet without cells (a
    chart). Raises FormatError where calamine and the survey differ.
    """
    for number, survey in enumerate(surveys, 1):
        if survey and survey.rows * survey.columns > MAX_AREA:
            what = f"sheet {number} has cells as far as row {survey.rows:,}"
            raise FormatError(what, where=path, advice=_SMALLER)
    grids: list[Grid] = []
    notes: list[Note] = []
    with _open(path, data) as book:
        if len(book.sheets_metadata) != len(surveys) or not surveys:
            what = "two readings of the workbook differ in its sheets"
            raise FormatError(what, where=path, advice=_REPAIR)
        for entry, survey in list(zip(book.sheets_metadata, surveys, strict=True))[:MAX_SHEETS]:
            if survey is None:
                continue
            if not str(entry.visible).endswith(".Visible"):
                what = "a hidden sheet is not read"
                notes.append(Note(what, f"sheet {entry.name}", "Unhide it if it counts."))
                continue
            cells = _cells(path, book, entry.name, survey)
            notes += _cut(entry.name, survey)
            if any(cell.text for cell in cells):
                grids.append(Grid(len(grids) + 1, tuple(cells), sheet=entry.name))
    return Document(path, format, tuple(grids), metadata, tuple(notes))


def _open(path: str, data: bytes) -> Any:
    import python_calamine

    with _damage_told(path):
        return python_calamine.load_workbook(io.BytesIO(data))


class _damage_told:
    """Within: whatever calamine raises, its panics too, becomes a FormatError."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            return
        what = f"the workbook is damaged: {str(error) or type(error).__name__}"
        raise FormatError(what, where=self._path, advice=_REPAIR) from error


def _cells(path: str, book: Any, name: str, survey: Survey) -> list[Cell]:
    with _damage_told(path):
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS) if survey.rows else []
        areas = [(*top, *end) for top, end in sheet.merged_cell_ranges or ()]
    areas = [
        (top, left, min(end, MAX_ROWS), min(side, MAX_COLUMNS)) for top, left, end, side in areas
    ]
    if sum((end - top + 1) * (side - left + 1) for top, left, end, side in areas) > MAX_AREA:
        what = f"merged cells of the sheet {name} lie over one another"
        raise FormatError(what, where=path, advice=_REPAIR)
    spans = {(top, left): (end - top + 1, side - left + 1) for top, left, end, side in areas}
    figures = sum(not isinstance(value, str | bool) for row in rows for value in row[:MAX_COLUMNS])
    if figures != survey.figures:
        what = f"two readings of the sheet {name} differ: {survey.figures} and {figures} figures"
        raise FormatError(what, where=path, advice=_REPAIR)
    covered = set(_covered(areas))
    return [
        Cell(survey.told.get(place) or shown(value), *place, *spans.get(place, (1, 1)))
        for place, value in _values(rows, survey.told)
        if place not in covered
    ]


def _values(rows: list[list[Any]], told: Mapping[Place, str]) -> Iterator[tuple[Place, Any]]:
    """The cells of all rows that are not blank from end to end."""
    filled = {row for row, _ in told}
    for row, values in enumerate(rows):
        if row in filled or any(value != "" for value in values[:MAX_COLUMNS]):
            for column, value in enumerate(values[:MAX_COLUMNS]):
                yield (row, column), value


def _covered(areas: list[tuple[int, int, int, int]]) -> Iterator[Place]:
    """The cells under merged ones, without their own corner."""
    for top, left, bottom, right in areas:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    yield row, column


def _cut(name: str, survey: Survey) -> Iterator[Note]:
    if survey.rows > MAX_ROWS or survey.columns > MAX_COLUMNS:
        what = f"only the first {MAX_ROWS} rows and {MAX_COLUMNS} columns are read"
        yield Note(what, f"sheet {name}", "Delete what stands outside the report.")


def shown(value: object) -> str:
    """A value of a workbook as its characters."""
    if isinstance(value, float):
        # Excel keeps 15 digits; repr shows what was typed, not the binary tail.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
