"""TX-FEE: whether section 六 states the information-handling fee of the year, and how much."""

from __future__ import annotations

from collections.abc import Iterator

from .counts import find_counts
from .findings import NOT_STATED, STATED, Finding, Notes, Told
from .phrases import Phrases
from .sentences import Sentence

WHAT = "information_fee"
# Section 六 may say no more than 无。
_ONLY_NONE = 3


def fees(
    sections: dict[int, list[Sentence]], told: Told, phrases: Phrases, notes: Notes
) -> Iterator[Finding]:
    """The fees that a report states, in 元; or that its section for them states none.

    No table of the form has the fee (行政事业性收费 of section 二 is another thing), so the verdict
    is `stated` or `not_stated`, the latter from the year on in which the form asks for it. A fee
    stated in another section is stated.
    """
    unit = phrases.fee["unit"]
    stated = False
    for sentence in (sentence for found in sections.values() for sentence in found):
        if not phrases.fee["words"].search(sentence.relative):
            continue
        amount = _amount(sentence, phrases)
        if amount is not None or _is_zero(sentence, phrases):
            stated = True
            note = notes.say("words" if amount is None else "")
            yield Finding("TX-FEE", sentence, amount or 0.0, unit, WHAT, None, STATED, note)
    asked = told.year is not None and told.year >= phrases.fee["from_year"]
    whole = sections.get(phrases.fee["section"])
    left_out = whole and any(phrases.fee["left_out"].search(one.text) for one in whole)
    if whole and asked and not stated and not left_out:
        only_none = len(whole) == 1 and len(whole[0].text) <= _ONLY_NONE
        note = notes.say("fee_only_none" if only_none else "fee_missing")
        yield Finding("TX-FEE", whole[0], None, unit, WHAT, None, NOT_STATED, note)


def _amount(sentence: Sentence, phrases: Phrases) -> float | None:
    """The sum of money behind the words for the fee: the one really taken, else the first."""
    text, words = sentence.relative, phrases.fee["words"].search(sentence.relative)
    last = words.end() if words else 0
    found: list[tuple[bool, int, float]] = []
    for count in find_counts(text):
        if count.start < last or not phrases.fee["amount"].match(text[count.end :]):
            continue
        actual = phrases.fee["actual"].search(text[last : count.start]) is not None
        found.append((not actual, len(found), float(count.value)))
        last = count.end
    return min(found)[2] if found else None


def _is_zero(sentence: Sentence, phrases: Phrases) -> bool:
    return any(phrase.search(sentence.relative) for phrase in phrases.fee["zero"])
