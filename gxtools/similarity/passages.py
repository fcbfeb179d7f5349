"""The longest passages that two texts share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .texts import LENGTH

Places = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]
# A passage of fewer letters is a phrase of the language.
MIN_PASSAGE = 12


def shared_letters(one: Places, other: Places) -> int:
    """How many letters of the first text stand in shingles that the second has too."""
    covered = np.zeros(len(one) + LENGTH, dtype=bool)
    first = np.flatnonzero(np.isin(one, other[other >= 0]))
    for at in range(LENGTH):
        covered[first + at] = True
    return int(covered.sum())


def passages(one: Places, other: Places, most: int) -> list[tuple[int, int]]:
    """Where the longest shared passages of the first text begin and end, the longest first.

    At most `most` of them, of MIN_PASSAGE letters at least, none within another.
    """
    kept: list[tuple[int, int]] = []
    for start, end in _runs(*_matches(one, other)):
        if len(kept) == most or end - start < MIN_PASSAGE:
            break
        if all(end <= other_start or start >= other_end for other_start, other_end in kept):
            kept.append((start, end))
    return kept


def _matches(one: Places, other: Places) -> tuple[Ints, Ints]:
    """Every pair of places at which the two texts have the same shingle."""
    order = np.argsort(other, kind="stable")
    ranked = other[order]
    low, high = np.searchsorted(ranked, one, "left"), np.searchsorted(ranked, one, "right")
    times = np.where(one >= 0, high - low, 0)
    first = np.repeat(np.arange(len(one)), times)
    within = np.arange(len(first)) - np.repeat(np.cumsum(times) - times, times)
    return first, order[np.repeat(low, times) + within]


def _runs(first: Ints, second: Ints) -> Iterator[tuple[int, int]]:
    """Matches that follow one another in both texts, joined; the longest first."""
    shift = second - first
    order = np.lexsort((first, shift))
    first, shift = first[order], shift[order]
    breaks = np.flatnonzero((np.diff(first) != 1) | (np.diff(shift) != 0)) + 1
    starts = np.concatenate([[0], breaks])[: len(first)]
    ends = np.concatenate([breaks, [len(first)]])[: len(starts)]
    begin, length = first[starts], ends - starts + LENGTH - 1
    for at in np.lexsort((begin, -length)):
        yield int(begin[at]), int(begin[at] + length[at])
