"""How much the rows and cells found of a table are like it in one edition or another."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from .forms import editions, load_form


@cache
def editions_with(id: str) -> list[str]:
    """The editions that have a table."""
    return [name for name in editions() if any(t.id == id for t in load_form(name).tables)]


# The reports of a folder print the same rows and cells.
@lru_cache(maxsize=1024)
def likeness(
    id: str, named: frozenset[str], read: frozenset[tuple[str, str]]
) -> dict[str, tuple[int, int, int]]:
    """How like a table is to each edition that has it."""
    return {edition: _likeness(edition, id, named, read) for edition in editions_with(id)}


def _likeness(
    edition: str, id: str, named: frozenset[str], read: frozenset[tuple[str, str]]
) -> tuple[int, int, int]:
    """Rows printed with cells read, rows printed, cells lacking (negative): the more, the liker."""
    rows, cells = shape(edition, id)
    lacking = sum(count for row, count in rows.items() if row not in named)
    printed = len(rows.keys() & named)
    # A row of another edition (政府集中采购) does not outweigh the cells that this one alone has.
    return printed + len(cells & read), printed, -lacking


@cache
def shape(edition: str, id: str) -> tuple[dict[str, int], frozenset[tuple[str, str]]]:
    """The rows of a table with the number of their cells, and its cells."""
    cells = load_form(edition).table(id).cells()
    return dict(Counter(row for row, _ in set(cells))), frozenset(cells)
