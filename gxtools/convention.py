"""What a blank means in one table: zero, or nothing known. Tried both ways on the table's sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from .forms import Table
from .lines import Line, Place, lines_of
from .panel import Bools, Floats, Ints, Panel

# Blanks mean zero when the sums that hold with them outweigh the broken ones by this factor.
OUTWEIGH = 9
BLOCK = 1_000  # reports at a time


@dataclass(frozen=True, eq=False)
class Settled:
    """One table of one edition in many reports, with the meaning of its blanks.

    A row a report; `left`, `right` and `blanks` have a column a line, `values` a column a form
    cell (`printed`: blanks are NaN; `values`: zero where they mean it). Sides count blanks as
    zero. A total `not_printed` is NaN, never zero.
    """

    table: Table
    rows: Ints
    lines: tuple[Line, ...]
    left: Floats
    right: Floats
    blanks: Ints
    blanks_are_zero: Bools
    not_printed: Bools
    printed: Floats
    values: Floats
    nothing: Bools
    position: Ints

    @property
    def known(self) -> Bools:
        """Whether a line can be judged: all its figures are known, under the table's convention."""
        readable = ~np.isnan(self.left) & ~np.isnan(self.right)
        settled: Bools = (self.blanks == 0) | self.blanks_are_zero[:, None]
        return np.logical_and(readable, settled)

    @property
    def holds(self) -> Bools:
        same: Bools = np.abs(self.left - self.right) < 1e-9
        return np.logical_and(self.known, same)


def settle(table: Table, panel: Panel, rows: Ints) -> Settled:
    """The convention of a table in each report: its blanks are zero where its sums then close."""
    columns, lines = panel.columns(table), lines_of(table)
    here = np.ix_(rows, columns)
    absent = columns < 0
    values = np.where(absent, np.nan, panel.values[here])
    nothing = ~absent & panel.nothing[here]
    position = np.where(absent, -1, panel.position[here])
    left, right = sides(table)
    not_printed = _not_printed(lines, left, right, values, nothing)
    zero = nothing & ~not_printed
    filled = np.where(zero, 0.0, values)
    sums = _added(filled, left), _added(filled, right)
    blanks = _counted(zero, left) + _counted(zero, right)
    shown = (_counted(~np.isnan(values), left) + _counted(~np.isnan(values), right)) > 0
    judged = (blanks > 0) & shown & ~np.isnan(sums[0]) & ~np.isnan(sums[1])
    held = (judged & (sums[0] == sums[1])).sum(axis=1)
    broken = (judged & (sums[0] != sums[1])).sum(axis=1)
    is_zero = (held > 0) & (held >= OUTWEIGH * broken)
    known = np.where(zero & is_zero[:, None], 0.0, values)
    return Settled(
        table, rows, lines, *sums, blanks, is_zero, not_printed, values, known, nothing, position
    )


def settle_all(panel: Panel, only: str | None = None) -> list[Settled]:
    """Every table of every edition in the reports, settled; or `only` the tables of this id."""
    return [
        settle(table, panel, rows) for table, rows in panel.tables() if only in (None, table.id)
    ]


def with_meaning(panel: Panel, settled: list[Settled]) -> Panel:
    """The panel with zero for every blank that means zero, and NaN for the others."""
    values = panel.values.copy()
    for table in settled:
        columns = panel.columns(table.table)
        there = columns >= 0
        values[np.ix_(table.rows, columns[there])] = table.values[:, there]
    return panel.with_values(values)


@cache
def sides(table: Table) -> tuple[Ints, Ints]:
    """The cells of each line as numbers of the table's cells; the number after the last is none."""
    number = {cell: i for i, cell in enumerate(table.cells())}
    lines = lines_of(table)
    return _numbered([line.left for line in lines], number), _numbered(
        [line.right for line in lines], number
    )


def _numbered(cells: list[tuple[Place, ...]], number: dict[Place, int]) -> Ints:
    width = max((len(part) for part in cells), default=0)
    found = np.full((len(cells), width), len(number), dtype=np.int64)
    for i, part in enumerate(cells):
        found[i, : len(part)] = [number[cell] for cell in part]
    return found


def _added(values: Floats, cells: Ints) -> Floats:
    """Each line's sum; NaN where a figure is."""
    total = np.empty((len(values), len(cells)))
    for some in _in_blocks(values):
        padded = np.hstack([values[some], np.zeros((len(values[some]), 1))])
        total[some] = padded[:, cells].sum(axis=2)
    return total


def _counted(flags: Bools, cells: Ints) -> Ints:
    total = np.empty((len(flags), len(cells)), dtype=np.int64)
    for some in _in_blocks(flags):
        padded = np.hstack([flags[some], np.zeros((len(flags[some]), 1), dtype=bool)])
        total[some] = padded[:, cells].sum(axis=2)
    return total


def _in_blocks(rows: Floats | Bools) -> Iterator[slice]:
    """The rows, so many at a time that what is made of them stays in the processor's cache."""
    return (slice(first, first + BLOCK) for first in range(0, len(rows), BLOCK))


def _not_printed(
    lines: tuple[Line, ...], left: Ints, right: Ints, values: Floats, nothing: Bools
) -> Bools:
    """Totals left blank over parts that are not: and with them every blank total of that kind."""
    found = np.zeros_like(nothing)
    some = np.asarray(_counted(values > 0, left), dtype=bool)
    for kind in dict.fromkeys(line.kind for line in lines if line.kind):
        these = [i for i, line in enumerate(lines) if line.kind == kind]
        totals = right[these, 0]
        blank = nothing[:, totals]
        left_out: Bools = np.asarray((some[:, these] & blank).any(axis=1))
        found[:, totals] |= left_out[:, None] & blank
    return found
