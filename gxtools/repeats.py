"""The same report twice among those that are read together: told, with what differs.

Two files of one body, year and scope are never merged; which of them counts is for the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

# What is asked of the index of each report.
KEYS = ("report", "file", "agency", "division", "scope", "year", "published")
UNSURE = "unknown"
# So many of the differing cells are named.
NAMED = 6

Index = Mapping[str, Any]
Cells = dict[tuple[str, str, str], tuple[float | None, str]]  # value and kind


def repeats(index: Sequence[Index], cells_of: Callable[[str], Cells]) -> list[tuple[Any, ...]]:
    """A row of `problems` for each report that an earlier one of the same body, year and scope is
    beside: info where all figures that both give are equal, a warning where some differ.

    Of several the one that was published last before it is taken.
    """
    return [
        _problem(one, other, _read(cells_of(one["report"])), _read(cells_of(other["report"])))
        for one, other in _pairs(index)
    ]


def _read(cells: Cells) -> Cells:
    return {key: cell for key, cell in cells.items() if cell[1] != "missing"}


def _pairs(index: Sequence[Index]) -> Iterator[tuple[Index, Index]]:
    """Each report that is there again: the earlier, then the later published."""
    known: dict[tuple[str, int], list[Index]] = {}
    for row in sorted(index, key=lambda row: row["published"] or ""):
        if not row["agency"] or row["year"] is None:
            continue
        before = known.setdefault((row["agency"], row["year"]), [])
        alike = next((other for other in reversed(before) if _may_be_one(other, row)), None)
        if alike:
            yield alike, row
        before.append(row)


def _may_be_one(one: Index, other: Index) -> bool:
    """Whether no two different places and no two different scopes are known."""
    scopes = {one["scope"], other["scope"]} - {None, UNSURE}
    return len({one["division"], other["division"]} - {None}) < 2 and len(scopes) < 2


def _problem(one: Index, other: Index, first: Cells, second: Cells) -> tuple[Any, ...]:
    both = [key for key in first if key in second]
    differing = [key for key in both if first[key][0] != second[key][0]]
    alone = len(first) + len(second) - 2 * len(both)
    told = f"the same report (body, year, scope) as {one['file']}: "
    if differing:
        named = "; ".join(_shown(key, first, second) for key in differing[:NAMED])
        more = "; …" if len(differing) > NAMED else ""
        told += f"{len(differing)} of {len(both)} cells that both give differ ({named}{more})"
    else:
        told += f"all {len(both)} cells that both give are equal" if both else "no cell is in both"
    if alone:
        told += f"; {alone} cells are read from one of them only"
    severity = "warning" if differing else "info"
    advice = "Both are kept, and both count: keep the one that is valid, or select it by `report`."
    where = f"{one['file']}; {other['file']}"
    return (other["file"], other["report"], severity, told, where, advice)


def _shown(key: tuple[str, str, str], first: Cells, second: Cells) -> str:
    sides = (kind if value is None else f"{value:g}" for value, kind in (first[key], second[key]))
    return f"{' / '.join(key)} {' → '.join(sides)}"
