"""The information-handling fee: the sums that a report states, and whether it states any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .counts import find_counts
from .findings import STATED, Finding, Notes
from .phrases import Phrases, load_phrases
from .sentences import Sentence, find_sentences

WHAT = "information_fee"


def fees(sentences: Iterable[Sentence], phrases: Phrases, notes: Notes) -> Iterator[Finding]:
    """The fees that a report states, in 元.

    No table of the form has the fee (行政事业性收费 of section 二 is another thing), so the verdict
    is `stated`. Whether the fee is stated at all is a check of its own, TX-FEE of `gx.check`.
    """
    for sentence in sentences:
        if not phrases.fee["words"].search(sentence.relative):
            continue
        amount = _amount(sentence, phrases)
        if amount is not None or _is_zero(sentence, phrases):
            note = notes.say("words" if amount is None else "")
            yield Finding(
                "TX-FEE", sentence, amount or 0.0, phrases.fee["unit"], WHAT, None, STATED, note
            )


def is_fee_stated(own: str, others: Iterable[str], year: int | None) -> bool:
    """Whether the fee is stated in the section for it (`own`), in looser words too, or elsewhere.

    A section that says of itself that its text is left out states as much as can be asked.
    """
    phrases = load_phrases()
    if phrases.fee["left_out"].search(own):
        return True
    loosely = find_sentences(phrases.fee["section"], own, year)
    if any(_is_loose(sentence, phrases) for sentence in loosely):
        return True
    notes = Notes(phrases.notes["en"])
    strictly = (one for text in others for one in find_sentences(0, text, year))
    return any(True for _ in fees(strictly, phrases, notes))


def _is_loose(sentence: Sentence, phrases: Phrases) -> bool:
    """Whether a sentence of the fee's own section states it, named in full or just as a fee."""
    said = phrases.fee["loosely"].search(sentence.relative)
    return said is not None and (
        _amount(sentence, phrases, "loosely") is not None or _is_zero(sentence, phrases)
    )


def _amount(sentence: Sentence, phrases: Phrases, named: str = "words") -> float | None:
    """The sum of money behind the words for the fee: the one really taken, else the first."""
    text, words = sentence.relative, phrases.fee[named].search(sentence.relative)
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
