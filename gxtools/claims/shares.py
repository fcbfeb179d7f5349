"""TX-PCT: a percentage of a sentence, recomputed from the tables' cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from .findings import AGREES, DIFFERS, UNKNOWN, Finding, Notes, Told, shown
from .numbers import Note
from .phrases import Reading
from .said import Said, Token
from .tallies import Tally

ROUNDED, TRUNCATED = "rounded", "truncated"


@dataclass(frozen=True, slots=True)
class Shares:
    """What a percentage may be a share of: rows of the tables, and totals that the text states."""

    denominators: tuple[str, ...]
    stated: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of the tables: numerator and denominator, and how it gives the printed percentage."""

    numerator: Tally
    denominator: Tally
    way: str

    @property
    def what(self) -> str:
        return f"{self.numerator.what} / {self.denominator.what}"


def share(
    said: Said, token: Token, count: Finding, shares: Shares, told: Told, notes: Notes
) -> Finding | None:
    """The finding for the percentage said of a figure; `count` is the finding of the figure.

    Every documented denominator is tried; the note says which fits, and whether it is rounded or
    truncated. A percentage that fits none has the verdict of its figure, and the note says whether
    it follows from the text's own figures, or of which number it would be the share.
    """
    if count.tally is None or said.figure is None:
        return None
    wholes = list(_wholes(count.tally, said.figure.table, shares.denominators, told))
    ratios = [ratio for whole in wholes if (ratio := _ratio(count.tally, whole, token))]
    fitting = next((ratio for ratio in ratios if ratio.way), None)
    ratio = fitting or (ratios[0] if ratios else None)
    if ratio is None:
        return _finding(token, said, count.tally.what, None, UNKNOWN, notes.say(count.tally.lacks))
    places = decimals(token.count.value)
    exact = _percent(ratio.numerator.value, ratio.denominator.value)
    mode = ROUND_DOWN if ratio.way == TRUNCATED else ROUND_HALF_UP
    verdict = AGREES if fitting else count.verdict if count.verdict != AGREES else DIFFERS
    totals = [*shares.stated, *(whole.value for whole in wholes)]
    why = [] if fitting else [_explained(said, token, totals, wholes[0].value)]
    note = notes.say(_computed(ratio, exact, places), *why)
    return _finding(token, said, ratio.what, float(_cut(exact, places, mode)), verdict, note)


def way(percent: Decimal, numerator: float, denominator: float, decimals: int) -> str:
    """How a ratio gives a printed percentage: rounded, truncated, or "" where it does not."""
    exact = _percent(numerator, denominator)
    if percent in (_cut(exact, decimals, ROUND_HALF_UP), _cut(exact, decimals, ROUND_HALF_EVEN)):
        return ROUNDED
    return TRUNCATED if percent == _cut(exact, decimals, ROUND_DOWN) else ""


def _wholes(part: Tally, table: str, denominators: tuple[str, ...], told: Told) -> Iterator[Tally]:
    """The totals of which the part may be a share: first the one of its own row."""
    own = {row for row, _ in part.cells}
    found = []
    for rows in denominators:
        tally = told.tallies.tally(table, Reading(rows, "total"))
        if tally is not None and tally.value > 0:
            found.append(tally)
    yield from sorted(found, key=lambda tally: {row for row, _ in tally.cells} != own)


def _ratio(part: Tally, whole: Tally, token: Token) -> Ratio | None:
    if math.isnan(part.value):
        return None
    places = decimals(token.count.value)
    return Ratio(part, whole, way(token.count.value, part.value, whole.value, places))


def _explained(said: Said, token: Token, totals: list[float], whole: float) -> Note:
    """Where a percentage comes from that the tables do not give."""
    percent, places = token.count.value, decimals(token.count.value)
    value = float(said.count.value)
    for total in totals:
        if total > 0 and way(percent, value, total, places):
            return "follows", {"numerator": shown(value), "denominator": shown(total)}
    near = round(float(percent) / 100 * whole)
    fits = [n for n in (near - 1, near, near + 1) if way(percent, n, whole, places)]
    if len(fits) != 1:
        return ""
    values = {"numerator": fits[0], "denominator": shown(whole)}
    return "implied", {"said": f"{percent} %", **values}


def _computed(ratio: Ratio, exact: Decimal, places: int) -> Note:
    values = {
        "numerator": shown(ratio.numerator.value),
        "denominator": shown(ratio.denominator.value),
        "ratio": f"{exact:.{places + 2}f} %",
    }
    return ratio.way or "recomputed", values


def _finding(
    token: Token, said: Said, what: str, printed: float | None, verdict: str, note: str
) -> Finding:
    value = float(token.count.value)
    return Finding("TX-PCT", said.sentence, value, "%", what, printed, verdict, note)


def decimals(number: Decimal) -> int:
    """How many decimals a number is printed with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _percent(numerator: float, denominator: float) -> Decimal:
    return Decimal(str(numerator)) * 100 / Decimal(str(denominator))


def _cut(exact: Decimal, decimals: int, mode: str) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=mode)
