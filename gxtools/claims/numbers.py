"""TX-NUM: the figure of a sentence beside the figure of the tables."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .findings import (
    AGREES,
    DIFFERS,
    OTHER_SCOPE,
    UNKNOWN,
    Finding,
    Notes,
    Told,
    readings,
)
from .said import Said
from .scope import BODY
from .tallies import Tally

Note = tuple[str, Mapping[str, object]] | str


def number(said: Said, together: set[str], told: Told, notes: Notes) -> Finding | None:
    """The finding for one figure; None where the report's edition prints no such figure."""
    tallies = _tallies(said, together, told)
    if not tallies:
        return None
    fitting = next((tally for tally in tallies if said.count.says(tally.value)), None)
    tally = fitting or tallies[0]
    verdict, why = (AGREES, _fits(tally, tallies)) if fitting else _against(said, tallies, told)
    printed = None if math.isnan(tally.value) else tally.value
    more = [
        "words" if said.words else "",
        "derived" if tally.derived and printed is not None else "",
        "blank" if tally.blank and printed is not None else "",
        "approximate" if said.count.step else "",
        "gap" if said.count.gap else "",
    ]
    return Finding(
        "TX-NUM",
        said.sentence,
        float(said.count.value),
        said.unit or None,
        tally.what,
        printed,
        verdict,
        notes.say(why, *more),
        tally.place,
        tally,
    )


def _tallies(said: Said, together: set[str], told: Told) -> list[Tally]:
    if said.figure is None:
        return []
    table = said.figure.table
    found = (told.tallies.tally(table, reading) for reading in readings(said, together))
    return [tally for tally in found if tally is not None]


def _fits(tally: Tally, tallies: list[Tally]) -> Note:
    """Which reading it is that fits, where it is not the plain one."""
    return "" if tally is tallies[0] else ("fits", {"what": tally.what})


def _against(said: Said, tallies: list[Tally], told: Told) -> tuple[str, Note]:
    """The verdict for a figure that no reading fits: a difference only where nothing excuses it."""
    same = said.whose.is_of(told.scope)
    if same is False:
        return OTHER_SCOPE, _other(said, told)
    if same is None:
        return UNKNOWN, _open(said)
    lacking = next((tally.lacks for tally in tallies if tally.lacks), "")
    if lacking:
        return UNKNOWN, lacking
    if said.weak:
        return UNKNOWN, "weak"
    if said.count.step or said.count.gap:
        return UNKNOWN, ""
    return DIFFERS, ""


def _open(said: Said) -> Note:
    """Why it cannot be told whose figure a sentence gives."""
    if said.whose.kind == BODY:
        return "other_body", {"body": said.whose.words}
    return ("two_scopes" if said.whose.two else "scope_unknown"), {"said": said.whose.kind}


def _other(said: Said, told: Told) -> Note:
    if said.whose.kind == BODY:
        return "other_body", {"body": said.whose.words}
    return "other_scope", {"said": said.whose.kind, "table": told.scope}
