"""Rows of text whose cells only blanks part: which of them may count.

One converter drops blank cells, another parts the digits of a number (`3 4` for 34). Where both did
so, the pieces may be as many as the form has columns, and each figure stands in a wrong one. So the
count alone is believed only where no two pieces can be one number, where the row's sums hold, or
where the text shows elsewhere that it keeps its blanks and its numbers whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .assign import Assigned
from .cells import Key, Reading
from .document import Cell
from .forms import Table
from .labels import Entry
from .lines import lines_of
from .scans import total
from .text import fold

# So many rows, each with all its cells, show that a text drops no blank ones.
ENOUGH = 5

# What may be the first piece of a number, and the next: no number begins with a lone 0.
_FIRST = re.compile(r"[+\-]?(0\.\d*|[1-9][\d,.]*)|[+\-]")
_NEXT = re.compile(r"[\d.,]")

Told = tuple[Entry, Assigned | str]


@dataclass(frozen=True)
class _Row:
    """A row parted by blanks: its cells in printed order, and whether its sums hold (None: it has
    none)."""

    entry: Entry
    cells: dict[Key, Cell]
    holds: bool | None

    @property
    def is_open(self) -> bool:
        """Whether two of its pieces may be one number."""
        return any(
            left.row == right.row
            and _FIRST.fullmatch(fold(left.text))
            and _NEXT.match(fold(right.text))
            for left, right in pairwise(self.cells.values())
        )

    @property
    def shows_whole(self) -> bool:
        """Whether its sums prove a number of several digits."""
        return bool(self.holds) and any(len(fold(c.text)) > 1 for c in self.cells.values())


def unproven(
    told: Sequence[Told], cells: Mapping[Key, Reading], forms: Iterable[Table]
) -> list[tuple[Entry, dict[Key, Cell]]]:
    """The rows that were tied to columns by their count alone, where it proves nothing, each with
    its cells. Sums that fail where the text is whole are as published, and no reason to doubt."""
    tables = {table.id: table for table in forms}
    parted = [
        (entry, given)
        for entry, given in told
        if entry.row.grid.number == 0 and entry.block.table in tables
    ]
    if not parted:
        return []
    sums = _sums(cells, tables.values())
    rows = [
        _row(entry, given, sums)
        for entry, given in parted
        if not isinstance(given, str) and len(given) > 1
    ]
    lost = any(isinstance(given, str) for _, given in parted)
    keeps_blanks = not lost and len(rows) >= ENOUGH
    keeps_numbers = any(row.shows_whole for row in rows)
    return [
        (row.entry, row.cells)
        for row in rows
        if row.is_open
        and not row.holds
        and not (keeps_blanks and (keeps_numbers or row.holds is None))
    ]


def _row(entry: Entry, given: Assigned, sums: Mapping[tuple[str, str], bool]) -> _Row:
    table = entry.block.table
    cells = {(table, *place): cell for place, (cell, _) in given.items()}
    told = [sums[key[:2]] for key in cells if key[:2] in sums]
    return _Row(entry, cells, all(told) if told else None)


def _sums(cells: Mapping[Key, Reading], tables: Iterable[Table]) -> dict[tuple[str, str], bool]:
    """Whether the sums along a row hold, by table and row, where the form has any."""
    found: dict[tuple[str, str], bool] = {}
    for table in tables:
        for line in lines_of(table):
            if line.row is None:
                continue
            sides = ([(table.id, *place) for place in side] for side in (line.left, line.right))
            left, right = (total(cells, side) for side in sides)
            name = table.id, line.row
            found[name] = found.get(name, True) and left is not None and left == right
    return found
