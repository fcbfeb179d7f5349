"""Equations: the sums of one table of one report as a linear system, and which of them fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from ..convention import Settled
from ..forms import Table
from ..lines import Line, lines_of
from ..panel import Bools, Floats, Ints

# Sums of decimals carry rounding; counts do not.
TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Equations:
    """The sums of one table of one report: `matrix` times the figures should be zero.

    `matrix` has a row a sum and a column a form cell: 1 on the left side, -1 on the right.
    `figures` takes blanks for zero and is NaN where nothing was read or a total is not printed.
    `judged` sums are those that `check` judges under the table's convention; `gaps` is left minus
    right; `groups` numbers the sums that hang together by their cells.
    """

    table: Table
    lines: tuple[Line, ...]
    matrix: Floats
    figures: Floats
    blank: Bools
    judged: Bools
    gaps: Floats
    groups: Ints
    position: Ints

    @cached_property
    def broken(self) -> Bools:
        with np.errstate(invalid="ignore"):
            found: Bools = self.judged & (np.abs(self.gaps) > TOLERANCE)
        return found

    @cached_property
    def members(self) -> tuple[Ints, Bools]:
        """The numbers of the groups, and which judged sum belongs to which."""
        groups, number = np.unique(self.groups[self.judged], return_inverse=True)
        return groups, number[:, None] == np.arange(len(groups))

    @property
    def broken_groups(self) -> list[int]:
        """The groups of sums that hang together of which at least one is broken."""
        return sorted({int(group) for group in self.groups[self.broken]})

    def system(self, group: int) -> tuple[Floats, Floats, Ints]:
        """Matrix, gaps and cells of one group of sums that hang together."""
        lines = self.judged & (self.groups == group)
        cells = np.flatnonzero(np.any(self.matrix[lines] != 0, axis=0))
        return self.matrix[np.ix_(lines, cells)], self.gaps[lines], cells


def broken_tables(settled: Settled) -> Iterator[tuple[int, Equations]]:
    """The reports in which a sum of the table is broken: the report's row and its equations."""
    broken = (settled.known & ~settled.holds).any(axis=1)
    for i in np.flatnonzero(broken):
        judged = settled.known[i]
        zero = settled.nothing[i] & ~settled.not_printed[i]
        yield (
            int(settled.rows[i]),
            Equations(
                settled.table,
                settled.lines,
                matrix_of(settled.table),
                np.where(zero, 0.0, settled.values[i]),
                settled.nothing[i],
                judged,
                settled.left[i] - settled.right[i],
                _groups(matrix_of(settled.table), judged),
                settled.position[i],
            ),
        )


@cache
def matrix_of(table: Table) -> Floats:
    """The sums of a form table as a matrix, a row a sum and a column a form cell."""
    number = {cell: i for i, cell in enumerate(table.cells())}
    lines = lines_of(table)
    made = np.zeros((len(lines), len(number)))
    for i, line in enumerate(lines):
        made[i, [number[cell] for cell in line.left]] += 1
        made[i, [number[cell] for cell in line.right]] -= 1
    return made


@cache
def totals_of(table: Table) -> frozenset[int]:
    """The cells of a form table that print the total of others."""
    number = {cell: i for i, cell in enumerate(table.cells())}
    return frozenset(number[line.total] for line in lines_of(table) if line.total)


@cache
def bounds_of(table: Table) -> tuple[Floats, Bools]:
    """The least value of each cell, and whether it counts whole things."""
    types = [column.type for block in table.blocks for _ in block.rows for column in block.columns]
    least = np.array([-np.inf if type == "signed" else 0.0 for type in types])
    return least, np.array([type != "decimal" for type in types], dtype=bool)


def _groups(matrix: Floats, judged: Bools) -> Ints:
    """A number for each sum: two judged sums that share a cell, or follow so, have the same."""
    touches = (np.abs(matrix) @ np.abs(matrix).T > 0) & np.outer(judged, judged)
    found = np.full(len(matrix), -1, dtype=np.int64)
    for line in np.flatnonzero(judged):
        if found[line] >= 0:
            continue
        here = np.zeros(len(matrix), dtype=bool)
        here[line] = True
        while (wider := here | touches[here].any(axis=0)).sum() > here.sum():
            here = wider
        found[here] = line
    return found
