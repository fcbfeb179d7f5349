"""Which cells of a form stand side by side in print, and how figures can slip along them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ..forms import Block, Table
from ..panel import Ints


@dataclass(frozen=True, eq=False)
class Strip:
    """Cells that stand side by side in print, along a row or down a column.

    `spans` are the runs that a shift can move whole, so that the figure at its end was lost.
    """

    cells: Ints
    along: bool
    spans: frozenset[tuple[int, int]]


@cache
def strips_of(table: Table) -> tuple[Strip, ...]:
    """Every row and column of a form table as it is printed."""
    number = {cell: i for i, cell in enumerate(table.cells())}
    found: list[Strip] = []
    for block in table.blocks:
        grid = _grid(block, number)
        width = grid.shape[1]
        if block.layout == "one_row":
            starts = range(0, grid.size, width)
            spans = {(i, i + width - last) for i in starts for last in (1, 2)}
            found.append(Strip(grid.ravel(), True, frozenset({*spans, (0, grid.size - 1)})))
            continue
        across = frozenset({(0, width - 1), (0, width - 2)})
        found += [Strip(row, True, across) for row in grid]
        found += [Strip(column, False, frozenset({(0, len(grid) - 1)})) for column in grid.T]
    return tuple(found)


@cache
def grids_of(table: Table) -> tuple[Ints, ...]:
    """The blocks of a form table whose rows are printed one below the other, as cell numbers."""
    number = {cell: i for i, cell in enumerate(table.cells())}
    return tuple(_grid(block, number) for block in table.blocks if block.layout == "rows")


def _grid(block: Block, number: dict[tuple[str, str], int]) -> Ints:
    return np.array(
        [[number[row.code, column.code] for column in block.columns] for row in block.rows],
        dtype=np.int64,
    )


@cache
def exchanges(m: int) -> Ints:
    """Every two neighbours of `m` places exchanged: from where each place takes its figure."""
    first = np.arange(m - 1)
    source = np.tile(np.arange(m), (m - 1, 1))
    source[first, first], source[first, first + 1] = first + 1, first
    return source


@cache
def runs(m: int) -> tuple[Ints, Ints, Ints]:
    """Every run of two and more of `m` places moved by one, both ways: from where each place takes
    its figure, the place whose figure is lost, and the place that the print left empty."""
    source, lost, vacated = [], [], []
    for start in range(m):
        for end in range(start + 1, m):
            back, on = list(range(m)), list(range(m))
            back[start:end] = range(start + 1, end + 1)
            on[start + 1 : end + 1] = range(start, end)
            source += [back, on]
            lost += [end, start]
            vacated += [start, end]
    places = np.array(source, dtype=np.int64).reshape(-1, m)
    return places, np.array(lost, dtype=np.int64), np.array(vacated, dtype=np.int64)
