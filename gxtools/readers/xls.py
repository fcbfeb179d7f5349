"""Old Excel workbooks (.xls, .et) -> Document: the records of their stream, then calamine."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ..document import Document
from ..errors import FileError, FormatError
from .extent import MAX_CELLS
from .ole import Compound
from .workbook import MAX_COLUMNS, MAX_SHEETS, Survey, read_sheets

# Record types of [MS-XLS].
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD
_TEXTS = {0x00FD, 0x0204, 0x00D6}
_CELLS = {_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK, *_TEXTS}
_ERROR_RESULT, _NO_RESULT = 2, 3  # of a formula that gives no number
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
}
_WORKSHEET = 0
MOST_SHEETS = 4 * MAX_SHEETS  # of any kind, also such as are not read
_AGAIN = "Open it in Excel or WPS, save it as .xlsx, and read that."

Record = tuple[int, bytes]


def read(path: str, data: bytes) -> Document:
    """The Document of an .xls workbook: the cells as displayed values, sheet by sheet."""
    compound = Compound(path, data)
    stream = compound.stream("Workbook" if "Workbook" in compound.names else "Book")
    try:
        places = _sheets(path, stream)
        if len(places) > MOST_SHEETS:
            what = f"the workbook has {len(places):,} sheets"
            raise FormatError(what, where=path, advice="Save the report's own sheets.")
        surveys = [_survey(path, stream, place) for place in places]
    except (struct.error, IndexError) as error:
        raise FormatError("the workbook is damaged", where=path, advice=_AGAIN) from error
    return read_sheets(path, data, surveys, "xls", {})


def _sheets(path: str, stream: bytes) -> list[int | None]:
    """Where the records of each sheet begin; None for a chart or a macro."""
    places: list[int | None] = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            advice = "Open it with the password, save it without one, and read that."
            raise FileError("the workbook is locked by a password", where=path, advice=advice)
        if kind == _BOUNDSHEET:
            (place,) = struct.unpack_from("<I", body)
            places.append(place if body[5] == _WORKSHEET else None)
    return places


def _records(stream: bytes, place: int) -> Iterator[Record]:
    """The records from a place to the end of that part; charts within it are parts of their own."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + size]
        elif depth < 1:
            return
        place += 4 + size


def _survey(path: str, stream: bytes, place: int | None) -> Survey | None:
    if place is None:
        return None
    survey = Survey()
    for kind, body in _records(stream, place):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            if kind == _MULRK:
                (last,) = struct.unpack_from("<H", body, len(body) - 2)
                for each in range(column, min(last + 1, MAX_COLUMNS)):
                    survey.add(row, each, figure=True)
                survey.add(row, max(last, column))
                if survey.figures > MAX_CELLS:
                    what = f"a sheet holds over {MAX_CELLS:,} figures"
                    raise FormatError(what, where=path, advice=_AGAIN)
            else:
                survey.add(row, column, *_told(kind, body))
    return survey


def _told(kind: int, body: bytes) -> tuple[bool, str]:
    """Whether a cell is a figure, and its text where calamine gives none."""
    if kind == _BOOLERR:
        return False, _ERRORS.get(body[6], "#N/A") if body[7] else ""
    if kind != _FORMULA:
        return kind not in _TEXTS, ""
    if body[12:14] != b"\xff\xff":
        return True, ""
    if body[6] == _ERROR_RESULT:
        return False, _ERRORS.get(body[8], "#N/A")
    # Nothing: either the formula gives an empty text, or it was never calculated.
    return False, "=" if body[6] == _NO_RESULT else ""
