"""The form's own sums in every report: what is printed on one side against the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .convention import Settled, sides
from .finding import AS_PRINTED, BLANK_ZERO, BROKEN, HOLDS, UNKNOWN, Finding, frame_of, raw_frame
from .forms import Table
from .panel import Bools, Floats, Ints

Objects = npt.NDArray[np.object_]


def sums(settled: Settled) -> pd.DataFrame:
    """A row a report and line of the table's sums, in the order of the form."""
    lines, n = settled.lines, len(settled.rows)
    if not lines:
        return frame_of(())
    known, holds = settled.known.ravel(), settled.holds.ravel()
    zero = ((settled.blanks > 0) & settled.blanks_are_zero[:, None]).ravel()
    names = pd.DataFrame(_names(settled), columns=_NAMED, dtype="string")
    tiled = names.take(np.tile(np.arange(len(lines)), n))
    return raw_frame(
        at=np.repeat(settled.rows, len(lines)),
        left=settled.left.ravel(),
        right=settled.right.ravel(),
        verdict=_verdicts(known, holds),
        convention=np.where(zero, BLANK_ZERO, AS_PRINTED).astype(object),
        note=_notes(settled),
        cells=_cells(settled).ravel(),
        position=_totals(settled).ravel(),
        **{name: tiled[name].array for name in _NAMED},
    )


_NAMED = ["check", "table", "row", "column"]


def _names(settled: Settled) -> list[tuple[str | None, ...]]:
    return [(line.sum.id, settled.table.id, line.row, line.column) for line in settled.lines]


def _verdicts(known: Bools, holds: Bools) -> Objects:
    found: Objects = np.where(holds, HOLDS, np.where(known, BROKEN, UNKNOWN)).astype(object)
    return found


def _notes(settled: Settled) -> Objects:
    """Why a sum cannot be judged, and what a total that is not printed would be."""
    notes = np.full(settled.left.shape, None, dtype=object)
    unknown = ~settled.known
    if not unknown.any():
        return notes.ravel()
    derived = derivable(settled)
    unread: Bools = np.isnan(settled.left) | np.isnan(settled.right)
    notes[unknown & unread] = "有的格没有读出或没有印"
    notes[unknown & ~unread] = "有空白格，不能证明空白为零"
    for i, j in zip(*np.nonzero(derived), strict=True):
        notes[i, j] = f"总计未印，由各部分相加得 {settled.left[i, j]:g}"
    return notes.ravel()


def derivable(settled: Settled) -> Bools:
    """Lines whose total is not printed while every part is known."""
    _, right = sides(settled.table)
    single = np.array([line.total is not None for line in settled.lines], dtype=bool)
    padded = np.hstack([settled.not_printed, np.zeros((len(settled.rows), 1), dtype=bool)])
    open_total = padded[:, right[:, 0]] & single
    parts = ~np.isnan(settled.left)
    found: Bools = open_total & parts & ((settled.blanks == 0) | settled.blanks_are_zero[:, None])
    return found


def _totals(settled: Settled) -> Ints:
    """Where the last cell of each line is printed: its total, as a rule."""
    _, right = sides(settled.table)
    last = np.where(right < len(settled.table.cells()), right, -1).max(axis=1)
    return settled.position[:, last]


def _cells(settled: Settled) -> Objects:
    """The cells of each line that does not hold, the total last; () where it holds."""
    found = np.empty(settled.left.shape, dtype=object)
    found.fill(())
    left, right = sides(settled.table)
    last = len(settled.table.cells())
    for i, j in zip(*np.nonzero(~settled.holds), strict=True):
        line = (*left[j], *right[j])
        found[i, j] = tuple(int(settled.position[i, cell]) for cell in line if cell < last)
    return found


def whole_counts(settled: Settled) -> pd.DataFrame:
    """One row a report where all counts are whole and not negative, else a row for each that is
    not."""
    table, printed = settled.table, settled.printed
    if not table.whole_counts:
        return frame_of(())
    bad = _not_whole(table, printed)
    clean = ~bad.any(axis=1)
    some: Bools = np.asarray((~np.isnan(printed)).any(axis=1), dtype=bool)
    n = int(clean.sum())
    every = raw_frame(
        at=settled.rows[clean],
        check=[table.whole_counts] * n,
        table=[table.id] * n,
        verdict=np.where(some[clean], HOLDS, UNKNOWN).astype(object),
        convention=[AS_PRINTED] * n,
    )
    return pd.concat([every, frame_of(_wrong_counts(settled, bad))], ignore_index=True)


def _wrong_counts(settled: Settled, bad: Bools) -> Iterator[Finding]:
    cells = settled.table.cells()
    for i, j in zip(*np.nonzero(bad), strict=True):
        row, column = cells[j]
        yield Finding(
            int(settled.rows[i]), settled.table.whole_counts, settled.table.id, row, column,
            left=float(settled.printed[i, j]), verdict=BROKEN, cells=(int(settled.position[i, j]),),
        )  # fmt: skip


def _not_whole(table: Table, printed: Floats) -> Bools:
    kinds = np.array([column.type for block in table.blocks for column in _of_cells(block)])
    with np.errstate(invalid="ignore"):
        wrong = (printed < 0) | ((kinds == "count") & (printed % 1 != 0) & ~np.isnan(printed))
    found: Bools = wrong & (kinds != "signed")
    return found


def _of_cells(block: Any) -> Iterator[Any]:
    return (column for _ in block.rows for column in block.columns)
