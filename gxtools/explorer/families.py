"""Measures by what they count: those of one numerator are one entry with its denominators."""

from __future__ import annotations

from functools import cache

from ..measures import Measure, find, measures


@cache
def families(population: bool = False) -> dict[str, list[Measure]]:
    """Measures of one numerator and kind together, under the id of the first, in the dictionary's
    order. Those per head of population only where a table of it is given."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Measure]] = {}
    for id in measures()["id"]:
        spec = find(id)
        if not spec.needs_population or population:
            per_head = ("population",) if spec.needs_population else ()
            found.setdefault((spec.kind, spec.numerator, spec.each + per_head), []).append(spec)
    return {members[0].id: members for members in found.values()}


def family_of(measure: str, population: bool = False) -> str:
    """The id under which a measure is listed."""
    groups = families(population)
    return next(first for first, group in groups.items() if measure in {m.id for m in group})
