"""TX-PERIOD and TX-YEAR: the period and years that the text names, against the report's year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .findings import AGREES, DIFFERS, Finding, Notes, Told
from .phrases import Phrases
from .sentences import Sentence


def period(sentence: Sentence, told: Told, phrases: Phrases, notes: Notes) -> Iterator[Finding]:
    """A finding for each reporting period: 1 January to 31 December of the report's year.

    `said` and `printed` are the year in which the period ends; the note gives the whole period
    that it should be.
    """
    if told.year is None or not phrases.period["words"].search(sentence.text):
        return
    for found in phrases.period["span"].finditer(sentence.text):
        first = _date(found["from_year"], found["from_month"], found["from_day"])
        year = found["to_year"] or found["from_year"]
        last = _date(year, found["to_month"], found["to_day"])
        if first is None or last is None:
            continue
        wanted = date(told.year, 1, 1), date(told.year, 12, 31)
        short = wanted[0] <= first <= last <= wanted[1]
        why = "period_short" if short else ("period", {"year": told.year})
        verdict = AGREES if (first, last) == wanted else DIFFERS
        note = notes.say("" if verdict == AGREES else why)
        what = f"{first.isoformat()}..{last.isoformat()}"
        yield Finding(
            "TX-PERIOD", sentence, float(last.year), None, what, float(told.year), verdict, note
        )


def stray_year(sentence: Sentence, told: Told, phrases: Phrases, notes: Notes) -> Iterator[Finding]:
    """A finding where a sentence opens with another year than the report's.

    Comparisons, plans for the next year, names in 《》 and spans of years are not stray.
    """
    found = phrases.stray_year["opening"].search(sentence.text)
    if told.year is None or found is None or int(found["year"]) == told.year:
        return
    rest = sentence.text[found.end() :]
    if f"{told.year}年" in rest or phrases.stray_year["exempt"].search(rest):
        return
    year = int(found["year"])
    if year > told.year and phrases.stray_year["planned"].search(rest):
        return
    yield Finding(
        "TX-YEAR", sentence, float(year), None, "year", float(told.year), DIFFERS,
        notes.say("stray_year"),
    )  # fmt: skip


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
