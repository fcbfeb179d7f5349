"""suspects(): where the misprint is. The smallest correction that would make the sums hold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..convention import settle_all
from ..forms import label
from ..lines import Line
from ..panel import Panel
from ..reports import Reports
from .corrections import Correction
from .edits import WORDS, write
from .equations import Equations, broken_tables
from .ranking import Candidate, Case, cases

SUSPECTS = {
    "report": "string",
    "table": "string",
    "row": "string",
    "column": "string",
    "printed": "Float64",
    "proposed": "Float64",
    "why": "string",
    "rank": "Int64",
    "set": "string",
    "cells": "Int64",
    "unique": "boolean",
    "alike": "Int64",
    "edit": "string",
    "restores": "string",
    "place": "string",
    "raw": "string",
}
_PRINTED = ["report", "table", "place", "raw"]  # taken over from the cells
# A longer list says no more than that the sums cannot tell.
LISTED = 8
# So many sums are spelled out in `why`.
SPELLED = 3


def suspects(reports: Reports) -> pd.DataFrame:
    """The cells that are probably misprinted and the figure each would take: a row a cell.

    For each table with broken sums, its blanks taken as `check` takes them: the smallest sets of
    cells whose correction makes every sum hold that can be judged. It proposes and changes
    nothing. A clean report has no row; neither has a table in which more than six cells would have
    to change.

    Columns: report table row column printed proposed why rank set cells unique alike edit restores
    place raw. `printed` is `<NA>` for a blank, `proposed` where the sums leave several figures
    open; both in 件. Cells corrected together share `set` and `rank`, 1 the most plausible; sums
    that share no cell are ranked apart. `cells` is the size of the set, `unique` says that no other
    correction changes as few cells or supposes as few acts of typing, `alike` counts the
    corrections of the same kind. `edit` names the typing edit (see docs/suspects.md), `restores`
    the broken sums that would hold; `why` says it in Chinese.
    """
    rows: list[tuple[Any, ...]] = []
    for settled in settle_all(Panel.of(reports)):
        for at, equations in broken_tables(settled):
            for number, case in enumerate(cases(equations), start=1):
                rows += _rows(at, equations, case, number)
    columns = ["at", "cell", *(name for name in SUSPECTS if name not in _PRINTED)]
    made = pd.DataFrame(rows, columns=columns).sort_values("at", kind="stable", ignore_index=True)
    printed = reports.cells[_PRINTED].take(made["cell"].to_numpy()).reset_index(drop=True)
    return pd.concat([made, printed], axis=1)[list(SUSPECTS)].astype(SUSPECTS)


def _rows(at: int, equations: Equations, case: Case, number: int) -> Iterator[tuple[Any, ...]]:
    """`at` and `cell` are rows of the index and of the cells."""
    table, codes = equations.table.id, equations.table.cells()
    for rank, candidate in enumerate(case.candidates[:LISTED], start=1):
        found = candidate.correction
        of_set = (
            rank, f"{table}-{number}-{rank}", candidate.size, rank == 1 and case.unique,
            case.alike(candidate),
        )  # fmt: skip
        lines = _restored(equations, found)
        restores = "; ".join(f"{line.sum.id} {line.at}" for line in lines)
        sums, choice = _spelled(equations, lines), _choice(case, candidate)
        for cell, figure, edit in zip(found.cells, found.figures, candidate.edits, strict=True):
            printed = None if equations.blank[cell] else equations.figures[cell]
            proposed = None if math.isnan(figure) else figure
            why = "；".join(
                filter(None, [f"{_change(figure, candidate)}后{sums}成立", WORDS[edit], choice])
            )
            yield (
                at, equations.position[cell], *codes[cell], printed, proposed, why, *of_set, edit,
                restores,
            )  # fmt: skip


def _restored(equations: Equations, found: Correction) -> list[Line]:
    """The broken sums that the correction makes hold."""
    broken = np.flatnonzero(equations.broken)
    return [equations.lines[i] for i in broken if equations.groups[i] in found.groups]


def _change(figure: float, candidate: Candidate) -> str:
    change = "改正" if math.isnan(figure) else f"改为 {write(figure)}"
    return change + (f"（连同另外 {candidate.size - 1} 格）" if candidate.size > 1 else " ")


def _choice(case: Case, candidate: Candidate) -> str:
    """What else there is, said of each candidate."""
    others = len(case.candidates) - 1
    if case.unique and candidate is case.candidates[0]:
        return "别无同样简单的改法"
    if others and case.alone(candidate):
        return f"另有 {others} 种改法，都不是常见的录入错误"
    return f"另有 {others} 种改法" if others else ""


def _spelled(equations: Equations, lines: list[Line]) -> str:
    """“各类申请人之和 = 总计”（予以公开）、…… 等 5 项"""
    axes = {"row": equations.table.row_axis, "column": equations.table.column_axis}
    told = [f"“{line.sum.zh}”（{label(line.at, axis=axes[line.sum.per])}）" for line in lines]
    more = f"等 {len(told)} 项" if len(told) > SPELLED else ""
    return "、".join(told[:SPELLED]) + more
