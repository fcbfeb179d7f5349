"""The header above rows of figures: its cells, and what they say of the columns under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .document import Cell, Grid
from .text import squash

Place = tuple[int, int]  # of a cell in its row: column, colspan


@dataclass(eq=False)
class Header:
    """Header cells with their grid. What they say is worked out once for all rows under them."""

    cells: list[Cell] = field(default_factory=list)
    grid: Grid | None = None
    _paths: dict[Place, str | None] = field(default_factory=dict, repr=False)
    _told: dict[tuple[object, tuple[Place, ...]], tuple[Any, ...] | None] = field(
        default_factory=dict, repr=False
    )

    def fits(self, grid: Grid) -> bool:
        """Whether the header's columns are those of a grid: its own, or as wide a continuation."""
        own = self.grid
        if own is None or not own.ruled or not grid.ruled:
            return False
        return own is grid or own.width == grid.width

    def path(self, cell: Cell) -> str | None:
        """The headings over a cell from top to bottom, joined; None where two stand side by side,
        or the cell is wider than its heading."""
        place = cell.column, cell.colspan
        if place not in self._paths:
            self._paths[place] = self._joined(*place)
        return self._paths[place]

    def told(
        self, cells: list[Cell], asked: object, tell: Callable[[str], Any]
    ) -> tuple[Any, ...] | None:
        """What `tell` says of the headings over each cell; None where one has no heading, one that
        says nothing, or the same as another. `asked` names what is told, for the next row."""
        name = asked, tuple([(cell.column, cell.colspan) for cell in cells])
        if name not in self._told:
            found = [tell(path) if path else None for path in map(self.path, cells)]
            whole = None not in found and len(set(found)) == len(found)
            self._told[name] = tuple(found) if whole else None
        return self._told[name]

    @cached_property
    def covered(self) -> frozenset[int]:
        """The columns under a heading, without captions, which stand over all columns."""
        alone = Counter(head.row for head in self.cells)
        heads = [
            head for head in self.cells if head.column or head.colspan == 1 or alone[head.row] > 1
        ]
        return frozenset(head.column + step for head in heads for step in range(head.colspan))

    @cached_property
    def end(self) -> int:
        """The column behind the last heading."""
        return max((head.column + head.colspan for head in self.cells), default=0)

    @cached_property
    def longest(self) -> int:
        """Where the longest of its rows ends in the grid, whatever stands there."""
        ends = self.grid.ends if self.grid else {}
        return max((ends[head.row] for head in self.cells), default=0)

    def _joined(self, column: int, colspan: int) -> str | None:
        width = self.grid.width if self.grid else 0
        end, last_row = column + colspan, -1
        path: list[str] = []
        for head in self._ordered:
            if head.column >= end or head.column + head.colspan <= column:
                continue
            if head.column == 0 and head.colspan >= width:
                continue  # a caption over the whole table heads no column
            if head.row == last_row:
                return None
            if (head.column > column or head.column + head.colspan < end) and colspan > 1:
                return None  # the cell is wider than its heading
            last_row = head.row
            path.append(squash(head.text))
        return "".join(path)

    @cached_property
    def _ordered(self) -> list[Cell]:
        return sorted(self.cells, key=lambda head: (head.row, head.column))
