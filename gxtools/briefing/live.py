"""The sheet of live sums: formulas over the sheet of figures, each with the value it has now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from ..finding import BROKEN, HOLDS, UNKNOWN
from .columns import COUNT, TEXT, Column, sides, who
from .frames import Measures
from .words import check_name, say, value_name

_EXACT = "0.000000001"


class Formula(NamedTuple):
    """A formula, and its value for programs that do not compute."""

    text: str
    value: float | str


def live_columns(measures: Measures, figures: tuple[str, str], lang: str) -> list[Column]:
    """The columns of the sheet 核对, a row a report and sum.

    `figures` are the name of the sheet of figures and the letter of its column of counted values;
    a cell stands there in the order of `measures.cells`, from the second row on.
    """
    frame = measures.sums
    letters = _letters(measures, lang)
    counted = measures.cells["counted"].astype("Float64").tolist()
    rows = [
        _row(i, left, right, verdict, counted, figures, letters, lang)
        for i, (left, right, verdict) in enumerate(
            zip(frame["left"], frame["right"], frame["verdict"], strict=True), start=2
        )
    ]
    told = list(zip(*rows, strict=True)) or [()] * 5
    heads = ("recomputed", "printed_total", "gap", "verdict", "same_verdict")
    live = [
        Column(f"live_{name}", say(f"live_{name}", lang), COUNT, values)
        for name, values in zip(heads, told, strict=True)
    ]
    verdicts = [value_name(verdict, lang) for verdict in frame["verdict"]]
    ours = Column("verdict", say("our_verdict", lang), TEXT, verdicts)
    return [*_named(measures, lang), *live[:4], ours, live[4]]


def _named(measures: Measures, lang: str) -> list[Column]:
    frame = measures.sums
    what = [check_name(str(check), str(check), lang) for check in frame["check"]]
    return [
        *who(frame, lang),
        Column("check", say("check", lang), TEXT, frame["check"].tolist()),
        Column("check_label", say("check_what", lang), TEXT, what),
        *sides(frame, lang),
    ]


def _letters(measures: Measures, lang: str) -> tuple[str, str, str, str, str]:
    """The columns of the sheet that the formulas of a row refer to."""
    first = len(_named(measures, lang))
    return tuple(chr(ord("A") + first + i) for i in range(5))  # type: ignore[return-value]


def _row(
    at: int,
    left: Sequence[int],
    right: Sequence[int],
    verdict: str,
    counted: Sequence[Any],
    figures: tuple[str, str],
    letters: tuple[str, str, str, str, str],
    lang: str,
) -> tuple[Formula, ...]:
    """Left, right, gap, verdict, and whether it is ours."""
    one, other = (_side(cells, counted, figures) for cells in (left, right))
    a, b, gap, found, ours = (f"{letter}{at}" for letter in letters)
    words = {name: value_name(name, lang) for name in (HOLDS, BROKEN, UNKNOWN)}
    known = isinstance(one.value, float) and isinstance(other.value, float)
    difference = one.value - other.value if known else ""  # type: ignore[operator]
    judged = f'IF(ABS({gap})<{_EXACT},"{words[HOLDS]}","{words[BROKEN]}")'
    yes, no = say("yes", lang), say("no", lang)
    return (
        one,
        other,
        Formula(f'=IF(OR({a}="",{b}=""),"",{a}-{b})', difference),
        Formula(f'=IF({gap}="","{words[UNKNOWN]}",{judged})', words[verdict]),
        Formula(f'=IF({found}={ours},"{yes}","{no}")', yes),
    )


def _side(cells: Sequence[int], counted: Sequence[Any], figures: tuple[str, str]) -> Formula:
    """The sum of a side; empty where one of its cells is not known."""
    there = [cell for cell in cells if cell >= 0]
    values = [counted[cell] for cell in there]
    if len(there) < len(cells):
        return Formula('=""', "")  # the report does not have all the cells
    sheet, column = figures
    ranges = ",".join(
        f"{sheet}!{column}{first}" + (f":{column}{last}" if last > first else "")
        for first, last in _runs(cell + 2 for cell in there)
    )
    known = not any(pd.isna(value) for value in values)
    return Formula(
        f'=IF(COUNT({ranges})<{len(cells)},"",SUM({ranges}))',
        float(sum(values)) if known else "",
    )


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The rows as runs of neighbours: first and last."""
    listed = sorted(rows)
    ends = [i for i, (one, other) in enumerate(pairwise(listed)) if other != one + 1]
    starts = [0, *(i + 1 for i in ends)]
    for start, end in zip(starts, [*ends, len(listed) - 1], strict=True):
        yield listed[start], listed[end]
