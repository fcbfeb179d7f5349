"""Bodies beside each other: an aggregate and its parts, and two bodies with one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from .checklist import catalogued
from .divisions import Division, all_divisions, find_division
from .finding import BROKEN, HOLDS, UNKNOWN, Finding
from .panel import Key, Panel
from .series import Series

# How many missing bodies a note names.
NAMED = 8


def twins(panel: Panel, series: Series) -> Iterator[Finding]:
    """Bodies whose table of a year has the figures of another body's."""
    check = catalogued("HI-TWIN")
    names, ids = panel.reports.index["agency"].tolist(), panel.ids
    for table in dict.fromkeys(key[0] for key in panel.keys):
        columns = [at for key, at in panel.keys.items() if key[0] == table]
        figures = np.nan_to_num(panel.values[:, columns])
        enough = (figures > 0).sum(axis=1) >= check.more["limits"]["cells"]
        seen: dict[tuple[int | None, bytes], int] = {}
        for at in np.flatnonzero(enough):
            first = seen.setdefault((series.years[at], figures[at].tobytes()), int(at))
            if series.bodies[first] != series.bodies[at]:
                note = f"与 {names[first]}（{ids[first]}）的表各格相同，待核"
                yield Finding(int(at), check.id, table, note=note)


@dataclass(frozen=True, slots=True)
class _Whole:
    """An aggregate of a year, the aggregates of its divisions and its own level's reports."""

    at: int
    below: dict[str, int]
    missing: tuple[Division, ...]
    own: tuple[int, ...]

    @property
    def parts(self) -> list[int]:
        return [*self.below.values(), *self.own]


def aggregates(panel: Panel, series: Series) -> Iterator[Finding]:
    """Each aggregate against the sum of its parts, where all divisions below it are there; else
    which are missing. An aggregate without any part among the reports has no finding."""
    index = panel.reports.index
    for whole in _wholes(index, series):
        if whole.missing:
            yield _uncovered(whole)
            continue
        for text in catalogued("HI-SUM").more["compared"]:
            table, row, column = text.split("/")
            yield from _sum(whole, panel, (table, row, column))


def _wholes(index: pd.DataFrame, series: Series) -> Iterator[_Whole]:
    division = index["division"].fillna("").tolist()
    year, scope = series.years, series.scopes
    aggregate = {
        (year[at], code): at
        for at, code in enumerate(division)
        if code and scope[at] == "aggregate"
    }
    own: dict[tuple[int | None, str], list[int]] = {}
    for at, code in enumerate(division):
        if code and scope[at] == "own":
            own.setdefault((year[at], code), []).append(at)
    for (of, code), at in aggregate.items():
        below = {d.code: aggregate.get((of, d.code)) for d in divisions_below(code)}
        there = {code: row for code, row in below.items() if row is not None}
        if of is not None and there:
            missing = tuple(d for d in divisions_below(code) if d.code not in there)
            yield _Whole(at, there, missing, tuple(own.get((of, code), ())))


@cache
def divisions_below(code: str) -> tuple[Division, ...]:
    """The divisions directly below; below a municipality its districts."""
    found: list[Division] = []
    above = find_division(code)
    for division in all_divisions():
        if division.parent == code:
            named_alike = above is not None and division.name == above.name
            found += divisions_below(division.code) if named_alike else (division,)
    return tuple(found)


def _uncovered(whole: _Whole) -> Finding:
    n = len(whole.below) + len(whole.missing)
    names = "、".join(d.name for d in whole.missing[:NAMED])
    more = f"等 {len(whole.missing)} 个" if len(whole.missing) > NAMED else ""
    note = f"所辖 {n} 个区划有 {len(whole.below)} 个有当年汇总报告，缺{names}{more}：不能与汇总相比"
    return Finding(whole.at, "HI-COVER", left=float(len(whole.below)), right=float(n), note=note)


def _sum(whole: _Whole, panel: Panel, key: Key) -> Iterator[Finding]:
    column = panel.keys.get(key)
    if column is None:
        return
    parts, printed = panel.values[whole.parts, column], panel.values[whole.at, column]
    left, cells = float(parts.sum()), panel.position[[*whole.parts, whole.at], column]
    told = f"所辖 {len(whole.below)} 个区划、本级 {len(whole.own)} 份报告"
    # Without any report of its own level the rest may be that level's.
    rest = printed > left and not whole.own
    known = not np.isnan(left - printed)
    verdict = HOLDS if known and left == printed else BROKEN if known and not rest else UNKNOWN
    words = "，余数可能是本级各单位的" if known and rest else "" if known else "，有的数没有读出"
    yield Finding(
        whole.at, "HI-SUM", *key, left, float(printed), verdict, note=f"{told}之和{words}",
        cells=tuple(int(cell) for cell in cells),
    )  # fmt: skip
