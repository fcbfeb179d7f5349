"""The rows of many files, gathered: in frames they take less memory than as tuples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .repeats import KEYS

# Workers make rows by this module, and are ready ten times sooner without pandas.
if TYPE_CHECKING:
    from .reports import Reports

BATCH = 100_000  # cells of which a frame is made at a time


@dataclass
class Rows:
    """The rows that a file contributes to each frame."""

    index: list[dict[str, Any]]
    cells: list[tuple[Any, ...]]
    sections: list[tuple[Any, ...]]
    problems: list[tuple[Any, ...]]

    def add(self, other: Rows) -> None:
        self.index += other.index
        self.cells += other.cells
        self.sections += other.sections
        self.problems += other.problems

    def reports(self) -> Reports:
        from .reports import Reports
        from .schema import INDEX

        return Reports.of_rows(
            index=[[row.get(name) for name in INDEX] for row in self.index],
            cells=self.cells,
            sections=self.sections,
            problems=self.problems,
        )


class Gathered:
    """The rows of file after file; those of a full batch become frames."""

    def __init__(self) -> None:
        self.parts: list[Reports] = []
        self.last = Rows([], [], [], [])
        self.index: list[dict[str, Any]] = []

    def add(self, rows: Rows) -> None:
        self.last.add(rows)
        self.index += [{name: row[name] for name in KEYS} for row in rows.index]
        if len(self.last.cells) > BATCH:
            self.parts.append(self.last.reports().made())
            self.last = Rows([], [], [], [])

    def cells_of(self, reports: set[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of cells of some reports."""
        for part in self.parts:
            rows = part.cells.loc[part.cells["report"].isin(reports)].astype(object)
            yield from rows.where(rows.notna(), None).itertuples(index=False, name=None)
        yield from (row for row in self.last.cells if row[0] in reports)

    def reports(self) -> Reports:
        from .reports import stack

        self.parts.append(self.last.reports())
        return stack(self.parts) if len(self.parts) > 1 else self.parts[0]
