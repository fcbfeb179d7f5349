"""One group of broken sums as linear equations: which changes of which cells would mend them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..panel import Bools, Floats, Ints
from .equations import TOLERANCE, Equations, bounds_of

Chosen = tuple[int, ...]  # columns of the system, in order


@dataclass(frozen=True, eq=False)
class System:
    """matrix @ change = -gaps, with figures + change whole and not below least.

    A row a sum, a column a cell; `cells` are the cells' numbers in the form table.
    """

    matrix: Floats
    gaps: Floats
    cells: Ints
    figures: Floats
    least: Floats
    whole: Bools

    @classmethod
    def of(cls, equations: Equations, group: int) -> System:
        matrix, gaps, cells = equations.system(group)
        least, whole = bounds_of(equations.table)
        return cls(matrix, gaps, cells, equations.figures[cells], least[cells], whole[cells])

    @property
    def broken(self) -> Bools:
        found: Bools = np.abs(self.gaps) > TOLERANCE
        return found

    def fewest(self) -> int:
        """At least so many cells are wrong."""
        return len(apart(self.matrix, self.gaps))

    def change(self, chosen: Chosen) -> Floats | None:
        """What each chosen cell changes by; NaN where it could be several, None where none does."""
        columns = self.matrix[:, chosen]
        found, _, rank, _ = np.linalg.lstsq(columns, -self.gaps, rcond=None)
        if np.abs(columns @ found + self.gaps).max() > TOLERANCE:
            return None
        change: Floats = np.round(found, 6)
        if rank < len(chosen):
            null = np.linalg.svd(columns)[2][rank:]
            change = np.where(np.abs(null).max(axis=0) > TOLERANCE, np.nan, change)
        return change if self._lawful(chosen, change) else None

    def _lawful(self, chosen: Chosen, change: Floats) -> bool:
        """Every chosen cell changes, to a figure that its column can hold."""
        picked = list(chosen)
        figures = self.figures[picked] + change
        whole = ~self.whole[picked] | (np.abs(figures - np.round(figures)) < TOLERANCE)
        fits = (figures >= self.least[picked]) & (np.abs(change) > TOLERANCE) & whole
        return bool(np.all(fits | np.isnan(change)))

    def shares(self, pair: Chosen) -> bool:
        """Whether two cells of the same sums, neither of which can do alone, can share a change."""
        picked = list(pair)
        one, two = self.matrix[:, picked].T
        change = -float(self.gaps @ one) / float(one @ one)
        room = float((self.figures[picked] - self.least[picked]).sum())
        return not np.array_equal(one, two) or room + change >= 0


def apart(matrix: Floats, gaps: Floats) -> list[int]:
    """Broken sums that share no cell with one another: each needs a cell of its own.

    As many as are found when the sums are taken in turn, the narrowest first or the widest first;
    their number bounds that of the cells from below.
    """
    broken = np.flatnonzero(np.abs(gaps) > TOLERANCE)
    cells: Bools = np.abs(matrix[broken]) > TOLERANCE
    order = np.argsort(cells.sum(axis=1), kind="stable")
    taken = max((_taken(cells, order), _taken(cells, order[::-1])), key=len)
    return [int(broken[i]) for i in taken]


def _taken(sums: Bools, order: Ints) -> list[int]:
    used, taken = np.zeros(sums.shape[1], dtype=bool), []
    for i in order:
        if not (sums[i] & used).any():
            used |= sums[i]
            taken.append(int(i))
    return taken
