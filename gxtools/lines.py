"""The sums of a table written out cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .forms import Sum, Table

Place = tuple[str, str]  # row, column


@dataclass(frozen=True, slots=True)
class Line:
    """One sum in one column or row: the cells on its left and right side."""

    sum: Sum
    at: str
    left: tuple[Place, ...]
    right: tuple[Place, ...]

    @property
    def row(self) -> str | None:
        return None if self.sum.per == "column" else self.at

    @property
    def column(self) -> str | None:
        return self.at if self.sum.per == "column" else None

    @property
    def total(self) -> Place | None:
        """The cell that prints the total, where one cell does."""
        return self.right[0] if len(self.right) == 1 else None

    @property
    def kind(self) -> tuple[str, str] | None:
        """Totals of one kind are left out together: the total column, or the total row."""
        if self.total is None:
            return None
        return self.sum.per, self.total[1] if self.sum.per == "row" else self.total[0]


@cache
def lines_of(table: Table) -> tuple[Line, ...]:
    """The sums of a table written out: each once for every column, or for every row."""
    found: list[Line] = []
    for total in table.sums:
        for block in table.blocks:
            down = total.per == "column"
            codes, others = (block.rows, block.columns) if down else (block.columns, block.rows)
            left, right = table.members(total.left, codes), table.members(total.right, codes)
            for other in others if left and right else ():
                cells = [(c, other.code) if down else (other.code, c) for c in (*left, *right)]
                sides = tuple(cells[: len(left)]), tuple(cells[len(left) :])
                found.append(Line(total, other.code, *sides))
    return tuple(found)
