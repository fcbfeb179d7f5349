"""The smallest sets of cells whose correction makes every sum hold, found exactly."""

from __future__ import annotations

from dataclasses import dataclass

from .equations import Equations
from .program import fewest_cells
from .spans import several
from .systems import Chosen, System

# A table in which more cells would have to change was not mistyped: it was counted otherwise.
MOST_CELLS = 6
# Up to so many cells linear algebra is faster than HiGHS.
DIRECT = 5


@dataclass(frozen=True, slots=True)
class Correction:
    """Cells that are corrected together, and the figure each would take (NaN: any of several).

    `act` names the one act of typing that explains the whole set; empty where each cell has its
    own misprint, and `lost` says that the act also overwrote a figure. `groups` are the groups of
    sums that it makes hold. `proven` is False where the search was cut short, so that there may be
    others as small.
    """

    cells: tuple[int, ...]
    figures: tuple[float, ...]
    groups: frozenset[int]
    act: str = ""
    lost: bool = False
    proven: bool = True

    @property
    def acts(self) -> int:
        """How many acts of typing the correction supposes."""
        return 1 if self.act else len(self.cells)


def smallest(equations: Equations, group: int, *, most: int = MOST_CELLS) -> list[Correction]:
    """The corrections of a group of sums that change the fewest cells, up to `most`.

    All of one to five cells; of more cells up to three. Empty where more than `most` cells would
    have to change.
    """
    system = System.of(equations, group)
    found, proven = _smallest(system, most)
    return [_correction(system, chosen, group, proven) for chosen in found]


def _smallest(system: System, most: int) -> tuple[list[Chosen], bool]:
    """Directly while the sets are few; by HiGHS beyond, and where spans do not tell all."""
    fewest = system.fewest()
    for size in range(fewest, min(most, DIRECT) + 1):
        told = several(system, size)
        if told.found:
            return told.found, True
        if told.open:
            break
    else:
        fewest = max(fewest, DIRECT + 1)
    return fewest_cells(system, most) if fewest <= most else ([], True)


def _correction(system: System, chosen: Chosen, group: int, proven: bool) -> Correction:
    change = system.change(chosen)
    assert change is not None, "only sets that mend the sums are chosen"
    figures = system.figures[list(chosen)] + change
    cells = system.cells[list(chosen)]
    return Correction(
        tuple(cells.tolist()), tuple(figures.tolist()), frozenset({group}), proven=proven
    )
