"""Which correction of broken sums is the most plausible, and whether it is the only one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan

from .corrections import MOST_CELLS, Correction, smallest
from .edits import UNUSUAL, far, far_of_act, name_edit
from .equations import Equations, totals_of
from .moves import moves


@dataclass(frozen=True, slots=True)
class Candidate:
    """A correction with the typing edit of each of its cells, and how far-fetched they are."""

    correction: Correction
    edits: tuple[str, ...]
    far: float

    @property
    def kind(self) -> tuple[str, ...]:
        return tuple(sorted(self.edits))

    @property
    def size(self) -> int:
        return len(self.correction.cells)


@dataclass(frozen=True)
class Case:
    """Broken sums that hang together: every candidate found, the most plausible first."""

    candidates: tuple[Candidate, ...]

    @cached_property
    def unique(self) -> bool:
        """The first candidate's figures are certain, and no other candidate changes as few cells
        or supposes as few acts."""
        first, *others = self.candidates
        certain = first.correction.proven and not any(map(isnan, first.correction.figures))
        return certain and not any(
            other.correction.acts <= first.correction.acts or other.size <= first.size
            for other in others
        )

    def alone(self, candidate: Candidate) -> bool:
        """Whether it is the only candidate that usual slips of typing explain."""
        return [c for c in self.candidates if not UNUSUAL & set(c.edits)] == [candidate]

    def alike(self, candidate: Candidate) -> int:
        """How many candidates are of the same kind, itself included."""
        return sum(other.kind == candidate.kind for other in self.candidates)


def cases(equations: Equations) -> Iterator[Case]:
    """The broken sums of a table with their candidates; nothing where too many cells are wrong.

    Sums that share no cell are cases of their own, unless one act of typing could have broken
    both.
    """
    moved = moves(equations)
    rest = equations.broken_groups
    while rest:
        groups = _joined(rest[0], moved)
        rest = [group for group in rest if group not in groups]
        candidates = _candidates(equations, groups, moved)
        if candidates:
            yield Case(tuple(candidates))


def _joined(group: int, moved: list[Correction]) -> set[int]:
    """A group and those that a move changes together with it."""
    found = {group}
    while wider := {g for move in moved if move.groups & found for g in move.groups} - found:
        found |= wider
    return found


def _candidates(equations: Equations, groups: set[int], moved: list[Correction]) -> list[Candidate]:
    """Moves, and the smallest sets of each group. Beside a move of more than two cells only what
    takes fewer is looked for."""
    found = {(move.cells, move.figures): move for move in moved if move.groups & groups}
    moves_of = {
        group: [len(move.cells) for move in found.values() if group in move.groups]
        for group in sorted(groups)
    }
    for group, sizes in moves_of.items():
        most = max(2, min(sizes, default=MOST_CELLS + 1) - 1)
        for made in smallest(equations, group, most=most):
            found.setdefault((made.cells, made.figures), made)
    return _ranked([_named(equations, made) for made in found.values()])


def _named(equations: Equations, made: Correction) -> Candidate:
    if made.act:
        fetched = far_of_act(made.act, lost=made.lost)
        return Candidate(made, (made.act,) * len(made.cells), fetched)
    edits, fetched = [], 0.0
    for cell, meant in zip(made.cells, made.figures, strict=True):
        printed, total = float(equations.figures[cell]), cell in totals_of(equations.table)
        edit = name_edit(printed, meant, blank=bool(equations.blank[cell]), total=total)
        edits.append(edit)
        fetched += far(edit, printed, meant, total=total)
    return Candidate(made, tuple(edits), fetched)


def _ranked(candidates: list[Candidate]) -> list[Candidate]:
    """The least far-fetched first; of equals the one of fewer cells, then in printed order."""
    alone: dict[int, float] = {}
    for candidate in candidates:
        if len(candidate.correction.groups) == 1:
            (group,) = candidate.correction.groups
            alone[group] = min(candidate.far, alone.get(group, candidate.far))

    def order(candidate: Candidate) -> tuple[bool, float, int, tuple[int, ...]]:
        groups = candidate.correction.groups
        # What mends several groups at once stands against a correction of each of them.
        whole = len(groups) > 1 and candidate.far < sum(alone.get(g, 0.0) for g in groups)
        return not whole, candidate.far, candidate.size, candidate.correction.cells

    return sorted(candidates, key=order)
