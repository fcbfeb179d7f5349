"""Figures: the value of a term in every report, under the convention of its table.

A blank counts as zero only where the table's own sums show that it means zero, and a total that
is not printed is the sum of its parts where all of them are known; a printed total stays as it is,
whatever its parts say. The basis of a figure tells which of these it stands on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .convention import Settled, settle_all, sides
from .formulas import Term
from .joins import cells_of
from .panel import Bools, Floats, Panel
from .reports import Reports

# From the surest to the least sure: a figure that rests on several cells has the last of theirs.
# A printed total that is not the sum of its parts is taken as printed, and called contradicted.
BASES = ("printed", "blank = 0", "added up", "contradicted")
Codes = npt.NDArray[np.int8]
Sheet = tuple[Settled, Floats, Codes]  # a table in many reports, its figures, their place in BASES


@dataclass(frozen=True, eq=False)
class Figures:
    """The settled tables of some reports, to be asked term by term; a row a report of the index."""

    reports: Reports
    sheets: tuple[Sheet, ...]
    editions: tuple[dict[str, str], ...]
    doubts: dict[int, Bools] = field(default_factory=dict)  # _contradicted of a table, by its id

    @classmethod
    def of(cls, reports: Reports) -> Figures:
        return cls.of_panel(Panel.of(reports))

    @classmethod
    def of_panel(cls, panel: Panel, only: str | None = None) -> Figures:
        """The figures of all tables, or of only one (in every edition that has it)."""
        sheets = tuple((settled, *_completed(settled)) for settled in settle_all(panel, only))
        return cls(panel.reports, sheets, panel.editions)

    def value(self, term: Term) -> tuple[Floats, Codes]:
        """The figure of a term in every report (NaN where not known) and its place in BASES."""
        values = np.full(len(self.reports), np.nan)
        basis = np.zeros(len(self.reports), dtype=np.int8)
        for (settled, figures, bases), cells in self._places(term):
            values[settled.rows] = term.sign * figures[:, cells].sum(axis=1)
            if id(settled) not in self.doubts:
                self.doubts[id(settled)] = _contradicted(settled)
            doubtful = self.doubts[id(settled)][:, cells].any(axis=1)
            told = np.where(doubtful, BASES.index("contradicted"), bases[:, cells].max(axis=1))
            basis[settled.rows] = told
        return values, basis

    def _places(self, term: Term) -> list[tuple[Sheet, list[int]]]:
        """Where a term stands, the tables of older forms first: the statutory table has the last
        word in a report with both."""
        found = [(sheet, cells_of(sheet[0].table, term)) for sheet in self.sheets]
        told = [(sheet, cells) for sheet, cells in found if cells]
        return sorted(told, key=lambda place: bool(term.cells(place[0][0].table)))

    def total(self, terms: tuple[Term, ...]) -> tuple[Floats, Codes]:
        """The terms added up; NaN where one of them is not known."""
        found = [self.value(term) for term in terms]
        total: Floats = np.sum([values for values, _ in found], axis=0)
        basis: Codes = np.max([bases for _, bases in found], axis=0)
        return total, basis

    def behind(self, terms: tuple[Term, ...]) -> list[list[int]]:
        """The rows of `reports.cells` that the terms add up, for every report; without those of a
        form that has no such cell."""
        found: list[list[int]] = [[] for _ in range(len(self.reports))]
        for term in terms:
            # As in `value`: the table that has the last word.
            own: dict[int, list[int]] = {}
            for (settled, _, _), cells in self._places(term):
                for row, position in zip(settled.rows, settled.position, strict=True):
                    own[int(row)] = [int(position[c]) for c in cells if position[c] >= 0]
            for report, positions in own.items():
                found[report] += positions
        return found

    def editions_of(self, terms: tuple[Term, ...]) -> list[str | None]:
        """The edition of the tables that give these terms in each report, several joined by +."""
        found: list[dict[Term, str]] = [{} for _ in range(len(self.reports))]
        for term in terms:
            for (settled, _, _), _ in self._places(term):
                for row in settled.rows:
                    found[row][term] = self.editions[row][settled.table.id]
        return ["+".join(sorted(set(names.values()))) or None for names in found]


def _completed(settled: Settled) -> tuple[Floats, Codes]:
    """The table's values with the totals that are not printed added up, and how each is known."""
    values = settled.values.copy()
    basis = np.where(np.isnan(settled.printed) & ~np.isnan(values), 1, 0).astype(np.int8)
    # Twice: the total of all totals may rest on totals that were not printed either.
    for _ in range(2):
        found = _added_up(settled, values)
        new = np.isnan(values) & ~np.isnan(found)
        values[new], basis[new] = found[new], BASES.index("added up")
    return values, basis


def _contradicted(settled: Settled) -> Bools:
    """The printed totals that are not the sum of their parts, report x cell."""
    _, right = sides(settled.table)
    found, broken = np.zeros_like(settled.nothing), settled.known & ~settled.holds
    for i, line in enumerate(settled.lines):
        if line.total is not None:
            found[:, right[i, 0]] |= broken[:, i]
    return found


def _added_up(settled: Settled, values: Floats) -> Floats:
    """The sum of the parts of each total that is not printed; NaN where two sums disagree."""
    left, right = sides(settled.table)
    padded = np.hstack([values, np.zeros((len(values), 1))])
    found = np.full_like(values, np.nan)
    clash = np.zeros(values.shape, dtype=bool)
    for line, parts, totals in zip(settled.lines, left, right, strict=True):
        if line.total is None:
            continue
        at = totals[0]
        total = np.where(settled.not_printed[:, at], padded[:, parts].sum(axis=1), np.nan)
        clash[:, at] |= np.abs(found[:, at] - total) > 0
        found[:, at] = np.where(np.isnan(found[:, at]), total, found[:, at])
    found[clash] = np.nan
    return found
