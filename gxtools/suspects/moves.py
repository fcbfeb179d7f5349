"""Figures in the wrong cells: one act of typing that moved, split or merged several of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..panel import Bools, Floats, Ints
from .corrections import Correction
from .edits import digits
from .equations import TOLERANCE, Equations
from .strips import Strip, exchanges, grids_of, runs, strips_of


@dataclass(frozen=True, eq=False)
class Proposals:
    """What the figures of `cells` would have been: a row a proposal, each by the act `act`."""

    act: str
    cells: Ints
    figures: Floats
    lost: Ints | None = None  # the place whose figure the act overwrote, per proposal
    losable: Bools | None = None  # whether that figure may be another than zero


def moves(equations: Equations) -> list[Correction]:
    """Corrections by one act that moved figures: each makes hold all sums of the groups it touches.

    In order of their names' plausibility; the same figures are proposed once.
    """
    found: dict[tuple[tuple[int, ...], tuple[float, ...]], Correction] = {}
    for proposals in _proposals(equations):
        for made in _sound(equations, proposals):
            found.setdefault((made.cells, made.figures), made)
    return list(found.values())


def _proposals(equations: Equations) -> Iterator[Proposals]:
    strips = [strip for strip in strips_of(equations.table) if _could_mend(equations, strip)]
    for strip in strips:
        yield _swaps(equations, strip)
    for strip in strips:
        yield _shifts(equations, strip)
    for strip in strips:
        if strip.along:
            yield from _splits_and_merges(equations, strip)
    broken = {equations.lines[i].sum.per for i in np.flatnonzero(equations.broken)}
    for grid in grids_of(equations.table):
        # Whole rows keep the sums along them wherever they stand, so they cannot mend one.
        if "row" not in broken:
            yield from _whole("moved_rows", equations, grid)
        if "column" not in broken:
            yield from _whole("moved_columns", equations, grid.T)


def _could_mend(equations: Equations, strip: Strip) -> bool:
    """Whether the strip's cells stand in every broken sum of some group."""
    touched = np.any(equations.matrix[:, strip.cells] != 0, axis=1)
    missed = set(equations.groups[equations.broken & ~touched].tolist())
    return bool(set(equations.groups[equations.broken & touched].tolist()) - missed)


def _swaps(equations: Equations, strip: Strip) -> Proposals:
    source = exchanges(len(strip.cells))
    return Proposals("swapped_cells", strip.cells, equations.figures[strip.cells][source])


def _shifts(equations: Equations, strip: Strip) -> Proposals:
    """Runs of cells moved back by one: the cell that was passed over stands empty or 0."""
    figures = equations.figures[strip.cells]
    source, lost, vacated = runs(len(strip.cells))
    free = np.flatnonzero(figures[vacated] == 0)
    source, lost, vacated = source[free], lost[free], vacated[free]
    proposed = figures[source]
    proposed[np.arange(len(free)), lost] = 0.0
    ends = np.sort(np.column_stack([lost, vacated]), axis=1)
    losable = np.array([(int(a), int(b)) in strip.spans for a, b in ends], dtype=bool)
    act = "shifted_row" if strip.along else "shifted_column"
    return Proposals(act, strip.cells, proposed, lost, losable)


def _splits_and_merges(equations: Equations, strip: Strip) -> Iterator[Proposals]:
    figures = equations.figures[strip.cells].tolist()
    blank = equations.blank[strip.cells].tolist()
    found: dict[str, list[list[float]]] = {"split_number": [], "merged_numbers": []}
    for at in range(len(figures) - 1):
        found["split_number"] += _joined(figures, blank, at)
        found["merged_numbers"] += _cut(figures, at)
    for act, rows in found.items():
        if rows:
            yield Proposals(act, strip.cells, np.array(rows))


def _joined(figures: list[float], blank: list[bool], at: int) -> list[list[float]]:
    """The figures at a place and the next one as one number; those behind move up to a zero."""
    one, two = figures[at : at + 2]
    if not _count(one) or not _count(two) or one == 0 or blank[at + 1]:
        return []
    whole = float(digits(one) + digits(two))
    rows = [[*figures[:at], 0.0, whole, *figures[at + 2 :]]]
    for end in range(at + 1, len(figures)):
        moved = figures[at + 2 : end + 1]
        rows.append([*figures[:at], whole, *moved, 0.0, *figures[end + 1 :]])
    return rows


def _cut(figures: list[float], at: int) -> list[list[float]]:
    """The figure at a place, or at the next one, as two numbers; a zero makes room for them."""
    rows: list[list[float]] = []
    for one, two in _parts(figures[at]):
        for end in range(at + 1, len(figures)):
            if figures[end] == 0:
                moved = figures[at + 1 : end]
                rows.append([*figures[:at], one, two, *moved, *figures[end + 1 :]])
    if figures[at] == 0:
        for one, two in _parts(figures[at + 1]):
            rows.append([*figures[:at], one, two, *figures[at + 2 :]])
    return rows


def _parts(figure: float) -> Iterator[tuple[float, float]]:
    """A number of two and more digits cut in two; no part is printed with a leading zero."""
    text = digits(figure) if _count(figure) else ""
    for at in range(1, len(text)):
        if text[at] != "0" or at == len(text) - 1:
            yield float(text[:at]), float(text[at:])


def _count(figure: float) -> bool:
    return bool(figure >= 0) and figure.is_integer()


def _whole(act: str, equations: Equations, grid: Ints) -> Iterator[Proposals]:
    """Whole rows (of `grid`) in each other's place, or a run of them moved by one past a row of
    zeros."""
    figures, m = equations.figures[grid], len(grid)
    source, lost, vacated = runs(m)
    free = np.all(figures == 0, axis=1)[vacated]
    source, lost, vacated = source[free], lost[free], vacated[free]
    source[np.arange(len(source)), lost] = vacated
    every = np.vstack([exchanges(m), source])
    yield Proposals(act, grid.ravel(), figures[every].reshape(len(every), -1))


def _sound(equations: Equations, proposals: Proposals) -> Iterator[Correction]:
    """The proposals after which every sum of the groups they touch holds, one of them mended."""
    judged = np.flatnonzero(equations.judged)
    matrix = equations.matrix[np.ix_(judged, proposals.cells)]
    printed = equations.figures[proposals.cells]
    proposed = _with_lost(equations, proposals, matrix, judged)
    unread = np.isnan(proposed) & np.isnan(printed)  # no figure moved into or out of it
    change = np.where(unread, 0.0, proposed - printed)
    known = ~np.isnan(change).any(axis=1)
    change[~known] = 0.0
    wrong = np.abs(change @ matrix.T + equations.gaps[judged]) > TOLERANCE
    groups, member = equations.members
    moved = np.abs(change) > TOLERANCE
    touched = moved @ ((np.abs(matrix) > 0).T @ member) > 0
    still = wrong @ member > 0
    was = equations.broken[judged] @ member > 0
    good = known & (moved.sum(axis=1) > 1) & (touched & was).any(axis=1)
    good &= ~(touched & still).any(axis=1)
    for i in np.flatnonzero(good):
        made = _correction(proposals, int(i), proposed[i], moved[i], groups[touched[i] & was])
        if _fills_soundly(equations, made):
            yield made


def _with_lost(equations: Equations, proposals: Proposals, matrix: Floats, judged: Ints) -> Floats:
    """The proposed figures; what a shift overwrote is what the sums ask for, if it may be."""
    proposed = proposals.figures.copy()
    if proposals.lost is None or proposals.losable is None or not proposals.losable.any():
        return proposed
    rows = np.flatnonzero(proposals.losable)
    at = proposals.lost[rows]
    change = np.nan_to_num(proposed[rows] - equations.figures[proposals.cells])
    after = change @ matrix.T + equations.gaps[judged]
    column = matrix[:, at].T
    length = np.maximum((column**2).sum(axis=1), 1.0)
    lost = np.round(-(after * column).sum(axis=1) / length)
    proposed[rows, at] = np.maximum(lost, 0.0)
    return proposed


def _correction(
    proposals: Proposals, i: int, proposed: Floats, moved: Bools, groups: Ints
) -> Correction:
    order = np.flatnonzero(moved)[np.argsort(proposals.cells[moved])]
    lost = proposals.lost is not None and bool(proposed[proposals.lost[i]] > 0)
    return Correction(
        tuple(proposals.cells[order].tolist()),
        tuple(proposed[order].tolist()),
        frozenset(groups.tolist()),
        proposals.act,
        lost,
    )


def _fills_soundly(equations: Equations, made: Correction) -> bool:
    """Sums that blanks left open hold too, once the move has filled their blanks."""
    change = np.zeros(len(equations.figures))
    change[list(made.cells)] = np.array(made.figures) - equations.figures[list(made.cells)]
    filled = [cell for cell in made.cells if equations.blank[cell]]
    open = np.any(equations.matrix[:, filled] != 0, axis=1) & ~equations.judged
    open &= ~np.isnan(equations.gaps)
    after = equations.matrix[open] @ change + equations.gaps[open]
    return bool(np.all(np.abs(after) <= TOLERANCE))
