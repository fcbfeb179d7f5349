"""Numbers in Chinese text: where they stand, what they say, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Stands in folded text for a space or a line break between two digits: one number, or two?
GAP = "␣"
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# A full-width comma may group digits or part two figures: a number with it is not sure.
_WIDE = "，"
_ARABIC = rf"(?:\d{{1,3}}(?:[,{_WIDE}]\d{{3}})+(?![\d%])|\d+(?:{GAP}\d+)*)(?:\.\d+)?"
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
_GROUPING = str.maketrans("", "", f",{_WIDE}{GAP}")
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.\-~—第])(?P<about>约|近|逾|超)?"
    rf"(?:(?P<arabic>{_ARABIC})(?P<scale>[万亿]?)|(?P<chinese>{_CHINESE}))(?P<more>[余多几])?"
)
# More digits than this are two figures run together.
_MAX_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a text: `value`, where it stands, and what is not sure about it.

    `step` is 0 for an exact number; 3.6万余 has the step 1000 (its last printed digit). `gap` says
    that a space or a full-width comma stood between its digits.
    """

    value: Decimal
    start: int
    end: int
    step: Decimal
    gap: bool
    arabic: bool

    def says(self, figure: float) -> bool:
        """Whether the number, as exactly as it is printed, is `figure`."""
        low = float(self.value)
        return low == figure if not self.step else low <= figure < low + float(self.step)


def find_counts(text: str) -> Iterator[Count]:
    """The numbers of a folded text in their order, Arabic and Chinese."""
    for found in _NUMBER.finditer(text):
        value = _value(found)
        if value is None:
            continue
        rough = bool(found["about"] or found["more"])
        step = _last_digit(found) if rough else Decimal(0)
        arabic = found["arabic"] is not None
        gap = GAP in found[0] or _WIDE in found[0]
        yield Count(value, found.start(), found.end(), step, gap, arabic)


def chinese_number(text: str) -> int | None:
    """The number that Chinese numerals say (一百零五, 二〇二三, 三万六千); None where none."""
    if len(text) > 2 * _MAX_DIGITS:
        return None
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = part = digit = 0
    last = 10**9
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            if _PLACES[sign] >= last:
                return None
            last = _PLACES[sign]
            part += (digit or 1) * last
            digit = 0
        else:
            here, myriad = part + digit, _MYRIADS[sign]
            total = total + here * myriad if total > myriad else (total + here) * myriad
            part = digit = 0
            last = 10**9
    return total + part + digit


def _value(found: re.Match[str]) -> Decimal | None:
    if found["chinese"]:
        said = chinese_number(found["chinese"])
        return None if said is None else Decimal(said)
    digits = found["arabic"].translate(_GROUPING)
    if len(digits) > _MAX_DIGITS:
        return None
    return Decimal(digits) * _MYRIADS.get(found["scale"], 1)


def _last_digit(found: re.Match[str]) -> Decimal:
    """What one more in the last printed digit that is not zero would be worth."""
    if found["chinese"]:
        value = str(chinese_number(found["chinese"]))
        return Decimal(10) ** (len(value) - len(value.rstrip("0")))
    digits = found["arabic"].translate(_GROUPING)
    scale = Decimal(_MYRIADS.get(found["scale"], 1))
    if "." in digits:
        return scale.scaleb(-len(digits.split(".")[1]))
    return scale if scale > 1 else Decimal(1).scaleb(len(digits) - len(digits.rstrip("0")))
