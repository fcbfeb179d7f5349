"""TX-YOY: growth that a sentence states, held against last year's report of the same body."""

from __future__ import annotations

import math
from decimal import Decimal

from .findings import AGREES, DIFFERS, UNKNOWN, Finding, Notes, Told, readings, shown
from .numbers import Note
from .phrases import Phrases
from .said import Said, Token
from .shares import decimals, way
from .tallies import Tally

Pair = tuple[Tally, Tally]


def growth(
    said: Said, token: Token, told: Told, sole: bool, phrases: Phrases, notes: Notes
) -> Finding:
    """The finding for the growth said of a figure.

    Tried on every reading of the figure (received; received + carried_in): the note says on which
    it holds. `sole` says that the sentence has no other figure that the growth may be of.
    """
    stated = _signed(token, phrases)
    pairs = sorted(_pairs(said, told), key=lambda pair: not said.count.says(pair[0].value))
    fitting = next((pair for pair in pairs if _fits(stated, token, pair)), None)
    now, last = fitting or (pairs[0] if pairs else (None, None))
    verdict, why = _verdict(said, told, fitting is not None, sole, bool(pairs))
    printed = None if now is None or last is None else _grown(token, now, last)
    told_of = "" if now is None or last is None else _spans(now, last)
    change = "/ last year - 1" if token.unit == "%" else "- last year"
    what = f"{now.what if now else _plain(said, told)} {change}"
    note = notes.say(told_of, why)
    unit = token.unit or None
    return Finding("TX-YOY", said.sentence, float(stated), unit, what, printed, verdict, note)


def _signed(token: Token, phrases: Phrases) -> Decimal:
    found = phrases.growth["lead"].search(token.lead)
    down = found is not None and phrases.growth["down"].fullmatch(found["way"])
    return -token.count.value if down else token.count.value


def _pairs(said: Said, told: Told) -> list[Pair]:
    """Each reading of the figure in this year's and in last year's report, where both are known."""
    last = told.last_year
    if last is None or said.figure is None:
        return []
    table = said.figure.table
    found = []
    for reading in readings(said, set()):
        now, before = told.tallies.tally(table, reading), last.tallies.tally(table, reading)
        if now and before and not math.isnan(now.value) and not math.isnan(before.value):
            found.append((now, before))
    return found


def _fits(stated: Decimal, token: Token, pair: Pair) -> bool:
    now, last = pair
    if token.unit != "%":
        return now.value - last.value == float(stated)
    return last.value > 0 and bool(
        way(stated, now.value - last.value, last.value, decimals(stated))
    )


def _grown(token: Token, now: Tally, last: Tally) -> float | None:
    if token.unit != "%":
        return now.value - last.value
    if last.value <= 0:
        return None
    return round((now.value - last.value) / last.value * 100, decimals(token.count.value))


def _verdict(said: Said, told: Told, fits: bool, sole: bool, known: bool) -> tuple[str, Note]:
    if fits:
        return AGREES, ""
    if told.last_year is None:
        return UNKNOWN, "last_missing"
    if not known:
        return UNKNOWN, "unread"
    if told.last_year.scope != told.scope:
        return UNKNOWN, "last_scope"
    same = said.whose.is_of(told.scope)
    return (DIFFERS if same and sole and not said.weak else UNKNOWN), ""


def _spans(now: Tally, last: Tally) -> Note:
    return "growth", {"last": shown(last.value), "now": shown(now.value)}


def _plain(said: Said, told: Told) -> str:
    assert said.figure is not None
    for reading in said.figure.readings:
        tally = told.tallies.tally(said.figure.table, reading)
        if tally:
            return tally.what
    return said.id
