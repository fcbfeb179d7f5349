"""What the rows and the columns of the form's tables are, and what its cells are called."""

from __future__ import annotations

from functools import cache

from .forms import label
from .formulas import tables


@cache
def axes() -> dict[str, tuple[str, str]]:
    """What the rows and the columns of each table are."""
    return {table.id: (table.row_axis, table.column_axis) for table in tables()}


@cache
def axes_of_rows() -> dict[str, str]:
    """What each row is, by its code."""
    return {row.code: table.row_axis for table in reversed(tables()) for row in table.rows}


def name_of(table: str, row: str, column: str, lang: str) -> str:
    """What a cell of the form is called: its row and its column."""
    row_axis, column_axis = axes()[table]
    return f"{label(row, lang, axis=row_axis)} · {label(column, lang, axis=column_axis)}"
