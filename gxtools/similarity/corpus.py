"""The shingles of one section of every report, and which reports share many of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from .texts import Text

if TYPE_CHECKING:
    from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# A phrase must stand with this many bodies at least before it can count as everybody's: among
# sixteen districts, half of them copying one another is the finding.
MIN_BODIES = 20
# A section with fewer shingles of its own says too little to be like another.
MIN_OWN = 40
# Pairs are verified, and texts multiplied, this many at a time: bounds memory, nothing else.
_STEP = 2_000


@dataclass(frozen=True)
class Corpus:
    """The texts of one section, a number a text; `bodies` numbers the body of each."""

    texts: Sequence[Text]
    bodies: Ints
    common: float

    @cached_property
    def _coded(self) -> tuple[npt.NDArray[np.int32], Ints]:
        """The number of the shingle at each place of each text, -1 for none; where texts begin."""
        parts = [text.shingles() for text in self.texts]
        start = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
        every = np.concatenate([*parts, np.zeros(0, dtype=np.uint64)])
        codes = np.full(len(every), -1, dtype=np.int32)
        codes[every != 0] = pd.factorize(every[every != 0])[0]
        return self._without_common(codes, start), start

    def places(self, text: int) -> npt.NDArray[np.int32]:
        """The shingle at each place of a text; -1 where it is not its own."""
        codes, start = self._coded
        return codes[start[text] : start[text + 1]]

    @cached_property
    def own(self) -> list[npt.NDArray[np.int32]]:
        """The distinct shingles of each text, in order."""
        found = (np.unique(self.places(text)) for text in range(len(self.texts)))
        return [codes[codes >= 0] for codes in found]

    @cached_property
    def sizes(self) -> Ints:
        """How many shingles of its own each text has."""
        return np.array([len(codes) for codes in self.own], dtype=np.int64)

    def score(self, one: int, other: int) -> float:
        """Shared shingles / all shingles of both; NaN where one has hardly any of its own."""
        if min(self.sizes[one], self.sizes[other]) < MIN_OWN:
            return float("nan")
        both = len(np.intersect1d(self.own[one], self.own[other], assume_unique=True))
        return float(both / (self.sizes[one] + self.sizes[other] - both))

    def _without_common(self, codes: npt.NDArray[np.int32], start: Ints) -> npt.NDArray[np.int32]:
        """The codes without those that more than `common` of all bodies print."""
        count, width = int(codes.max(initial=-1)) + 1, int(self.bodies.max(initial=0)) + 1
        limit = max(self.common * len(np.unique(self.bodies)), MIN_BODIES - 1)
        often = np.bincount(codes[codes >= 0], minlength=count + 1) > limit
        # The code -1 is the last of `often`, which is never printed and so never often.
        seen = often[codes]
        body = np.repeat(self.bodies, np.diff(start))[seen]
        printed = np.unique(codes[seen].astype(np.int64) * width + body)
        bodies = np.bincount(printed // width, minlength=count + 1)
        return np.where((bodies > limit)[codes], np.int32(-1), codes)

    def pairs(self, least: float) -> Iterator[tuple[Ints, Ints, Floats]]:
        """Texts of different bodies whose score is at least `least`: first, second, score.

        Exact. Two sets can only be that much alike if they share one of the rarest of each: as
        many as may be missing, and one (prefix filter of set joins). Those are multiplied as
        sparse matrices, and every candidate is verified on its whole sets.
        """
        from scipy import sparse

        large = np.flatnonzero(self.sizes >= MIN_OWN)
        if len(large) < 2:
            return
        sets = [self.own[text] for text in large]
        rarity = np.bincount(np.concatenate(sets))
        whole = _matrix(sets, len(rarity))
        rare = _matrix([_prefix(one, rarity, least) for one in sets], len(rarity))
        for at in range(0, len(large), _STEP):
            shared = sparse.triu(rare[at : at + _STEP] @ rare.T, k=at + 1).tocoo()
            first, second = shared.row + at, shared.col
            other = self.bodies[large[first]] != self.bodies[large[second]]
            first, second = first[other], second[other]
            for here in range(0, len(first), _STEP):
                one, two = first[here : here + _STEP], second[here : here + _STEP]
                both = np.asarray(whole[one].multiply(whole[two]).sum(axis=1)).ravel()
                sizes = self.sizes[large[one]] + self.sizes[large[two]]
                score = both / (sizes - both)
                kept = score >= least
                yield large[one[kept]], large[two[kept]], score[kept]


def _prefix(codes: npt.NDArray[np.int32], rarity: Ints, least: float) -> npt.NDArray[np.int32]:
    """The rarest codes of a set: one of them is in every set that is at least this much alike."""
    count = len(codes) - ceil(least * len(codes)) + 1
    return codes[np.argsort(rarity[codes], kind="stable")[:count]]


def _matrix(sets: list[npt.NDArray[np.int32]], width: int) -> sparse.csr_array:
    """The sets as rows of ones."""
    from scipy import sparse

    start = np.concatenate([[0], np.cumsum([len(one) for one in sets])])
    columns = np.concatenate(sets)
    ones = np.ones(len(columns), dtype=np.int32)
    return sparse.csr_array((ones, columns, start), shape=(len(sets), width))
