"""Which reports hold the figures of which others: an aggregate, and the bodies within it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from .divisions import area
from .series import UNSURE, body_keys

# What a government adds to the name of its place.
_ORGAN = re.compile(r"(?:人民政府|政府|行政公署|管理委员会|管委会)(?:办公[室厅])?$")
_AREA_LEVELS = ("province", "city", "district")


def overlaps(index: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Pairs of rows of one year: a report of a whole area, and one whose figures it holds.

    A report holds another when it is an aggregate (or the report of an area's government whose
    scope is not known) and the other's division lies in its own, or, where a division is not
    known, the other's name begins with the name of its place; and when both are reports of one
    body with different scopes.
    """
    rows = index.reset_index(drop=True)
    for _, year in rows.groupby(rows["year"].fillna(0), sort=False):
        found = dict.fromkeys([*_by_division(year), *_by_name(year), *_by_body(year)])
        yield from found


def _wholes(year: pd.DataFrame) -> Iterator[int]:
    """Rows that may hold other bodies' figures; a department's aggregate holds its own system's."""
    for at, scope, level in zip(year.index, year["scope"], year["level"], strict=True):
        of_area = level in _AREA_LEVELS if isinstance(level, str) else True
        unsure = scope == UNSURE and isinstance(level, str)
        if of_area and (scope == "aggregate" or unsure):
            yield int(at)


def _by_division(year: pd.DataFrame) -> Iterator[tuple[int, int]]:
    inside: dict[str, list[int]] = {}
    for at, code in zip(year.index, year["division"], strict=True):
        if isinstance(code, str):
            own = area(code)
            for size in range(2, len(own) + 1, 2):
                inside.setdefault(own[:size], []).append(int(at))
    wholes = [at for at in _wholes(year) if isinstance(year.at[at, "division"], str)]
    areas = {at: area(str(year.at[at, "division"])) for at in wholes}
    for whole, own in areas.items():
        for part in inside[own]:
            # Two reports of one area, each a whole: that is the same area twice, not a part of it.
            if part != whole and areas.get(part) != own:
                yield whole, part


def _by_name(year: pd.DataFrame) -> Iterator[tuple[int, int]]:
    known = year.loc[year["agency"].notna()]
    names = list(zip(known.index, known["agency"], known["division"], strict=True))
    places = {at: _ORGAN.sub("", str(known.at[at, "agency"])) for at in _wholes(known)}
    for whole, place in places.items():
        agency, division = str(known.at[whole, "agency"]), known.at[whole, "division"]
        if place == agency or len(place) < 2:
            continue
        for part, name, other in names:
            apart = isinstance(division, str) and isinstance(other, str)
            if part != whole and not apart and name != agency and name.startswith(place):
                yield whole, int(part)


def _by_body(year: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """One body's own figures beside its aggregate."""
    bodies: dict[str, list[int]] = {}
    for at, body in zip(year.index, body_keys(year), strict=True):
        if body is not None:
            bodies.setdefault(body, []).append(int(at))
    for rows in bodies.values():
        scopes = {at: str(year.at[at, "scope"]) for at in rows}
        for whole in (at for at in rows if scopes[at] == "aggregate"):
            yield from ((whole, part) for part in rows if scopes[part] == "own")
