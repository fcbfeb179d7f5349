"""A few cells that mend broken sums, found directly: their columns span the gaps."""

from __future__ import annotations

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


def singles(system: System) -> Search:
    """One cell: it stands in every broken sum and in no other, and changes each by its gap."""
    change = -(system.gaps @ system.matrix) / (system.matrix**2).sum(axis=0)
    left = np.abs(system.matrix * change + system.gaps[:, None]).max(axis=0)
    return _lawful(system, {(int(cell),) for cell in np.flatnonzero(left < TOLERANCE)})


def several(system: System, size: int) -> Search:
    """All sets of `size` cells, two and more."""
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


def _narrowest(matrix: Floats, gaps: Floats) -> list[int]:
    """The cells of the broken sum that has the fewest: at least one of them is wrong."""
    broken = np.flatnonzero(np.abs(gaps) > TOLERANCE)
    if not len(broken):
        return []
    stands: Bools = np.abs(matrix[broken]) > TOLERANCE
    found: list[int] = np.flatnonzero(stands[np.argmin(stands.sum(axis=1))]).tolist()
    return found


def _spanning(matrix: Floats, gaps: Floats, size: int) -> set[Chosen]:
    """Sets whose columns span the gaps: each cell of one broken sum in turn, and the smaller sets
    that mend what it leaves, once its own column is projected away."""
    if size == 2:
        return _pairs(matrix, gaps)
    found: set[Chosen] = set()
    for cell in _narrowest(matrix, gaps):
        column = matrix[:, cell]
        away = column / float(column @ column)
        rest = matrix - np.outer(away, column @ matrix), gaps - away * float(column @ gaps)
        if apart(*rest) < size:
            found |= {tuple(sorted((cell, *chosen))) for chosen in _spanning(*rest, size - 1)}
    return {chosen for chosen in found if len(set(chosen)) == size}


def _pairs(matrix: Floats, gaps: Floats) -> set[Chosen]:
    """Pairs whose columns span the gaps: the gaps' projection on them has the gaps' own length."""
    first = _narrowest(matrix, gaps)
    own, aim, across = (matrix**2).sum(axis=0), -(gaps @ matrix), matrix[:, first].T @ matrix
    own1, aim1, size = own[first][:, None], aim[first][:, None], float(gaps @ gaps)
    area = own1 * own - across**2
    flat = area < TOLERANCE  # the same sums: two such columns span what one of them does
    both = (aim1 * own - across * aim) * aim1 + (own1 * aim - across * aim1) * aim
    fit = np.where(flat, aim1**2 / own1, both / np.where(flat, 1.0, area))
    near = np.argwhere(np.abs(fit - size) <= _NEAR * size)
    return {tuple(sorted((first[i], int(j)))) for i, j in near if first[i] != j}
