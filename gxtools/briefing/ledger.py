"""Every sum of the form in every report, as the cells on its two sides: for live formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..convention import Settled, settle_all, sides
from ..finding import BROKEN, HOLDS, UNKNOWN
from ..panel import Floats, Panel
from ..reports import Reports

_COLUMNS = ["report", "check", "table", "row", "column", "left", "right", "verdict"]


def ledger(reports: Reports) -> tuple[pd.DataFrame, pd.Series[float]]:
    """The sums, and what each row of `reports.cells` counts as in them.

    Grain of the frame: report x sum, in the order of `check`. `left` and `right` are the rows of
    `reports.cells` on either side, -1 for a cell that the report does not have; `verdict` is that
    of `check`. A cell counts as it is printed; an empty one as 0 where the table's own sums show
    that its blanks mean zero, and else as <NA>.
    """
    panel = Panel.of(reports)
    settled = settle_all(panel)
    counted = reports.cells["value"].to_numpy(dtype=float, na_value=np.nan).copy()
    for table in settled:
        _count(table, counted)
    ids = panel.ids
    rows = [row for table in settled for row in _lines(table, ids)]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame, pd.Series(pd.array(counted, dtype="Float64"), reports.cells.index)


def _count(table: Settled, counted: Floats) -> None:
    """Zero for the blanks that mean zero."""
    there = table.position >= 0
    zero = there & np.isnan(table.printed) & ~np.isnan(table.values)
    counted[table.position[zero]] = table.values[zero]


def _lines(table: Settled, ids: list[str]) -> Iterator[tuple[Any, ...]]:
    left, right = sides(table.table)
    last = table.position.shape[1]
    known, holds = table.known, table.holds
    for i, at in enumerate(table.rows):
        for j, line in enumerate(table.lines):
            cells = [
                tuple(int(table.position[i, cell]) for cell in side[j] if cell < last)
                for side in (left, right)
            ]
            verdict = HOLDS if holds[i, j] else BROKEN if known[i, j] else UNKNOWN
            yield (ids[at], line.sum.id, table.table.id, line.row, line.column, *cells, verdict)
