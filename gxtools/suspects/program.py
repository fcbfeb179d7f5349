"""Many cells that mend broken sums, by HiGHS: the fewest that must change, as a mixed program."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..panel import Floats
from .systems import Chosen, System

# So many sets of the smallest number are looked for, with so many steps of HiGHS for each.
SETS, NODES = 3, 2000
# A set whose figures no count can have is passed over so often.
TRIES = 12


def fewest_cells(system: System, most: int) -> tuple[list[Chosen], bool]:
    """Sets of the smallest number of cells up to `most`, and whether they are proven to be all.

    A flag for each cell says that it may change; the flags are minimised (Fellegi and Holt). Sets
    found are excluded and the search goes on, until there are three or no more.
    """
    tried: list[Chosen] = []
    found: list[Chosen] = []
    proven = True
    while len(found) < SETS and len(tried) < TRIES:
        solution = _solve(system, tried, most)
        proven = proven and solution.status in (0, 2)  # solved, or shown to have no solution
        if solution.x is None:
            break
        flags = solution.x[len(system.cells) :]
        tried.append(tuple(np.flatnonzero(flags > 0.5).tolist()))
        if system.change(tried[-1]) is not None:
            found.append(tried[-1])
            most = len(tried[-1])
    return found, proven


def _solve(system: System, tried: list[Chosen], most: int) -> Any:
    """HiGHS' answer. Variables: the change of each cell, then its flag.

    The sums form a network, so no change need exceed all gaps together.
    """
    from scipy.optimize import Bounds, milp

    n, limit = len(system.cells), float(np.abs(system.gaps).sum())
    low = np.maximum(system.least - system.figures, -limit)
    high = np.maximum(limit, low)
    integer = np.repeat([0, 1], n)
    return milp(
        integer,
        integrality=integer,
        bounds=Bounds(np.r_[np.minimum(low, 0), np.zeros(n)], np.r_[high, np.ones(n)]),
        constraints=_constraints(system, low, high, tried, most),
        options={"node_limit": NODES},
    )


def _constraints(
    system: System, low: Floats, high: Floats, tried: list[Chosen], most: int
) -> list[Any]:
    """Every sum holds; a cell without flag keeps its figure; a broken sum has a flag; at most so
    many flags, and not those of a set already tried."""
    from scipy import sparse
    from scipy.optimize import LinearConstraint

    n = len(system.cells)
    one, sums = sparse.identity(n, format="csr"), sparse.csr_matrix(system.matrix)
    broken = np.abs(system.matrix[system.broken])
    others = np.full((len(tried), n), -1.0)
    for flags, chosen in zip(others, tried, strict=True):
        flags[list(chosen)] = 1.0
    counts = sparse.csr_matrix(np.vstack([broken, np.ones((1, n)), others]))
    least = np.r_[np.ones(len(broken)), np.full(1 + len(tried), -np.inf)]
    at_most = np.r_[np.full(len(broken), np.inf), most, [len(chosen) - 1 for chosen in tried]]
    return [
        LinearConstraint(sparse.hstack([sums, 0 * sums]), -system.gaps, -system.gaps),
        LinearConstraint(sparse.hstack([one, -sparse.diags(high)]), -np.inf, 0),
        LinearConstraint(sparse.hstack([one, -sparse.diags(low)]), 0, np.inf),
        LinearConstraint(sparse.hstack([sparse.csr_matrix(counts.shape), counts]), least, at_most),
    ]
