"""A few cells that mend broken sums, found directly: their columns span the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..panel import Bools, Floats
from .equations import TOLERANCE
from .systems import Chosen, System, apart

# Squares of gaps are compared, so the bound is relative.
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Search:
    """All lawful sets of one size, and whether the size beyond must be searched by other means.

    `open` is set where cells satisfy the sums with a figure that no count can have: a larger set
    may then share the change among cells of the same sums, which no span tells.
    """

    found: list[Chosen]
    open: bool = False


def several(system: System, size: int) -> Search:
    """All sets of `size` cells.

    One cell stands in every broken sum and changes each by its gap; of more cells one at least
    stands in the broken sum that has the fewest cells.
    """
    search = _lawful(system, _spanning(system.matrix, system.gaps, size))
    if size == 2:
        search = Search([pair for pair in search.found if _possible(system, pair)], search.open)
    return search


def _possible(system: System, pair: Chosen) -> bool:
    change = system.change(pair)
    return change is not None and (not np.isnan(change).any() or system.shares(pair))


def _lawful(system: System, near: set[Chosen]) -> Search:
    found = [chosen for chosen in sorted(near) if system.change(chosen) is not None]
    return Search(found, open=len(found) < len(near))


def _narrowest(matrix: Floats, lines: list[int]) -> tuple[int, list[int]]:
    """The sum among these that has the fewest cells, and its cells."""
    stands: Bools = np.abs(matrix[lines]) > TOLERANCE
    least = int(np.argmin(stands.sum(axis=1)))
    cells: list[int] = np.flatnonzero(stands[least]).tolist()
    return lines[least], cells


def _spanning(matrix: Floats, gaps: Floats, size: int) -> set[Chosen]:
    """Sets of columns that span the gaps: a cell of one broken sum, and what mends the rest."""
    lines = apart(matrix, gaps)
    if not lines or len(lines) > size:
        return set()
    if size == 1:
        return {(cell,) for cell in _ones(matrix, gaps)}
    if len(lines) < size == 2:
        return _pairs(matrix, gaps)
    found: set[Chosen] = set()
    for cell, others, left in _branches(matrix, gaps, lines, size):
        found |= {tuple(sorted((cell, *more))) for more in _spanning(others, left, size - 1)}
    return {chosen for chosen in found if len(set(chosen)) == size}


def _branches(
    matrix: Floats, gaps: Floats, lines: list[int], size: int
) -> Iterator[tuple[int, Floats, Floats]]:
    """Each cell that may be the wrong one in a broken sum, and the sums without it.

    With as many sums apart as cells to choose, each of them has one wrong cell: its gap is that
    cell's change, and its other cells are right. Otherwise the cell's change is left open: its
    column is projected away.
    """
    tight = len(lines) == size
    broken = lines if tight else np.flatnonzero(np.abs(gaps) > TOLERANCE).tolist()
    line, cells = _narrowest(matrix, broken)
    without = matrix.copy()
    without[:, cells] = 0.0
    for cell in cells:
        column = matrix[:, cell]
        if tight:
            yield cell, without, gaps - column * (gaps[line] / column[line])
            continue
        away = column / float(column @ column)
        rest = matrix - np.outer(away, column @ matrix)
        yield cell, rest, gaps - away * float(column @ gaps)


def _ones(matrix: Floats, gaps: Floats) -> list[int]:
    """Columns that are the gaps themselves, but for a factor."""
    own = (matrix**2).sum(axis=0)
    change = -(gaps @ matrix) / np.where(own > TOLERANCE, own, 1.0)
    left = np.abs(matrix * change + gaps[:, None]).max(axis=0)
    found: list[int] = np.flatnonzero(left < TOLERANCE).tolist()
    return found


def _pairs(matrix: Floats, gaps: Floats) -> set[Chosen]:
    """Pairs whose columns span the gaps: the gaps' projection on them has the gaps' own length."""
    _, first = _narrowest(matrix, np.flatnonzero(np.abs(gaps) > TOLERANCE).tolist())
    own, aim, across = (matrix**2).sum(axis=0), -(gaps @ matrix), matrix[:, first].T @ matrix
    own1, aim1, size = own[first][:, None], aim[first][:, None], float(gaps @ gaps)
    area = own1 * own - across**2
    flat = area < TOLERANCE  # the same sums: two such columns span what one of them does
    both = (aim1 * own - across * aim) * aim1 + (own1 * aim - across * aim1) * aim
    fit = np.where(flat, aim1**2 / own1, both / np.where(flat, 1.0, area))
    near = np.argwhere(np.abs(fit - size) <= _NEAR * size)
    return {tuple(sorted((first[i], int(j)))) for i, j in near if first[i] != j}
