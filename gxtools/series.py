"""The reports of one body in order: which is last year's, and which the same one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from .panel import Ints

UNSURE = "unknown"


@dataclass(frozen=True, eq=False)
class Pairs:
    """Rows of the index: `last` is the report of the year before `this`, of the same body.

    `alike` tells pairs whose figures may be compared: no two different scopes are known.
    """

    last: Ints
    this: Ints
    alike: np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Series:
    """The reports by body and year."""

    bodies: list[str | None]
    years: list[int | None]
    scopes: list[str]
    of: dict[tuple[str, int], list[int]]

    @classmethod
    def read(cls, index: pd.DataFrame) -> Series:
        bodies = body_keys(index)
        years = [None if pd.isna(year) else int(year) for year in index["year"]]
        scopes = list(index["scope"].fillna(UNSURE))
        published = index["published"].fillna("").tolist()
        of: dict[tuple[str, int], list[int]] = {}
        for at in sorted(range(len(index)), key=lambda at: published[at]):
            body, year = bodies[at], years[at]
            if body is not None and year is not None:
                of.setdefault((body, year), []).append(at)
        return cls(bodies, years, scopes, of)

    def may_compare(self, one: int, other: int) -> bool:
        """Whether two reports are of one scope, as far as is known."""
        known = {self.scopes[one], self.scopes[other]} - {UNSURE}
        return len(known) < 2

    def pairs(self) -> Pairs:
        """Each report with that of the year before; of several the one of its scope, the latest."""
        found = list(self._pairs())
        last, this, alike = zip(*found, strict=True) if found else ((), (), ())
        return Pairs(
            np.array(last, dtype=np.int64),
            np.array(this, dtype=np.int64),
            np.array(alike, dtype=bool),
        )

    def _pairs(self) -> Iterator[tuple[int, int, bool]]:
        for (body, year), rows in self.of.items():
            before = self.of.get((body, year - 1), [])
            for this in rows if before else ():
                same = [at for at in before if self.scopes[at] == self.scopes[this]]
                fits = same or [at for at in before if self.may_compare(at, this)]
                yield (fits or before)[-1], this, bool(fits)

    def repeats(self) -> Iterator[tuple[int, int]]:
        """Two reports of one body, year and scope: the earlier and the later published."""
        for rows in self.of.values():
            for i, later in enumerate(rows):
                earlier = [at for at in rows[:i] if self.may_compare(at, later)]
                if earlier:
                    yield earlier[-1], later

    def successions(self) -> Iterator[tuple[int, int]]:
        """Each first report of a year with the body's latest before it, years between or not."""
        years: dict[str, list[int]] = {}
        for body, year in self.of:
            years.setdefault(body, []).append(year)
        for body, known in years.items():
            for before, after in pairwise(sorted(known)):
                yield self.of[body, before][-1], self.of[body, after][0]

    def gaps(self) -> Iterator[tuple[int, list[int]]]:
        """The first report after years without one, and these years."""
        for last, this in self.successions():
            before, after = self.years[last], self.years[this]
            if before is not None and after is not None and after > before + 1:
                yield this, list(range(before + 1, after))


def body_keys(index: pd.DataFrame) -> list[str | None]:
    """What tells bodies apart: the agency, and the division where an agency's name has several.

    None for a report whose body is not known, or of which it is open which namesake it is.
    """
    agency, division = index["agency"], index["division"]
    several = (division.groupby(agency).transform("nunique") > 1).fillna(False).astype(bool)
    keys = agency.where(~several, agency + "|" + division)
    return [None if pd.isna(key) else str(key) for key in keys]
