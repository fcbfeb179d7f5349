"""CSV (comma, semicolon or tab) -> Document: rows of one width are a Grid with true columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from ..document import Cell, Document, Grid, Paragraph
from ..errors import FormatError
from ..text import number
from .encoding import decode

MAX_RECORDS = 50_000
MAX_FIELDS = 300

_DELIMITERS = ",;\t"
_LEAST_FIELDS = 3  # of a table's rows: two fields are a sentence with a comma
_LEAST_RECORDS = 2
_SHARE = 0.6  # of the lines with text, those that are rows of a table
# A line of figures parted by spaces (`1,234 5 6`): its commas belong to the figures.
_SPACED = re.compile(r"\d[ \u3000]+\d")
# One figure with spaces for thousands, as a cell may hold it where all rows are alike.
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")

Record = tuple[int, list[str]]  # its first line, its fields


def read(path: str, data: bytes) -> Document:
    """The Document of a CSV file; the delimiter is told by the rows."""
    text = decode(data)
    records = tell_records(text)
    if records is None:
        raise FormatError("the file is no CSV: its rows have no common width", where=path)
    return Document(path, "csv", tuple(_blocks(records)))


def tell_records(text: str) -> list[Record] | None:
    """The records of a CSV file with the delimiter that makes the most rows alike; else None."""
    found = [records for mark in _DELIMITERS if (records := _parted(text, mark)) is not None]
    return max(found, key=_likeness, default=None)


def _parted(text: str, delimiter: str) -> list[Record] | None:
    """The records under one delimiter, None where they are no table's."""
    if text.count(delimiter) < _LEAST_RECORDS * (_LEAST_FIELDS - 1):
        return None
    source = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    records: list[Record] = []
    line, has_spaced = 1, False
    try:
        for fields in source:
            fields = [field.strip() for field in fields]
            if len(records) > MAX_RECORDS or len(fields) > MAX_FIELDS:
                return None
            spaced = [field for field in fields if _SPACED.search(field)]
            if not all(map(_THOUSANDS.fullmatch, spaced)):
                return None
            has_spaced = has_spaced or bool(spaced)
            if any(fields):
                records.append((line, fields))
            line = source.line_num + 1
    except csv.Error:
        return None
    if has_spaced and len({len(fields) for _, fields in records}) > 1:
        return None
    return records if _are_rows(records) else None


def _are_rows(records: list[Record]) -> bool:
    """Whether most records are rows of a table: several fields, and figures or blanks in half."""
    rows = [fields for _, fields in records if len(fields) >= _LEAST_FIELDS]
    if len(rows) < max(_LEAST_RECORDS, _SHARE * len(records)):
        return False
    if any("|" in field for fields in rows for field in fields):
        return False
    holding = [any(number(field).kind in ("number", "blank") for field in row) for row in rows]
    return 2 * sum(holding) >= len(rows)


def _likeness(records: list[Record]) -> int:
    """How many cells stand in rows of the most common width."""
    widths = Counter(len(fields) for _, fields in records if len(fields) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _blocks(records: list[Record]) -> Iterator[Paragraph | Grid]:
    """A Grid for all neighbouring rows of one width; a line of one field is a paragraph."""
    count = 0
    for width, group in groupby(records, key=lambda record: len(record[1])):
        rows = list(group)
        if width == 1:
            yield from (Paragraph(fields[0], line=line) for line, fields in rows)
            continue
        count += 1
        cells = [
            Cell(text, row, column)
            for row, (_, fields) in enumerate(rows)
            for column, text in enumerate(fields)
        ]
        lines = tuple(line for line, fields in rows for _ in fields)
        # A row that is like none beside it may have lost a cell.
        yield Grid(count, tuple(cells), ruled=len(rows) > 1, lines=lines)
