"""A finding of claims(), the report it is about, and the words of its note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .phrases import Reading
from .said import Said
from .sentences import Sentence
from .tallies import Tallies, Tally

AGREES, DIFFERS, OTHER_SCOPE, UNKNOWN = "agrees", "differs", "other_scope", "unknown"
STATED = "stated"


@dataclass(frozen=True)
class Told:
    """One report: who, when, whose figures, its tables and what its sentences say."""

    report: str
    agency: str
    division: str
    year: int | None
    scope: str
    tallies: Tallies
    last_year: Told | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of claims(), without the report's own columns; `tally` is what was compared."""

    check: str
    sentence: Sentence
    said: float | None
    unit: str | None
    what: str
    printed: float | None
    verdict: str
    note: str
    place: str | None = None
    tally: Tally | None = field(default=None, compare=False)

    @property
    def difference(self) -> float | None:
        if self.said is None or self.printed is None:
            return None
        # Printed decimals, not the tail that binary floats leave behind.
        return float(Decimal(str(self.said)) - Decimal(str(self.printed)))


class Notes:
    """The notes of findings in one language; said in the order in which they are added."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def say(self, *notes: tuple[str, Mapping[str, object]] | str) -> str:
        texts = [self._one(note) if isinstance(note, str) else self._one(*note) for note in notes]
        return "; ".join(text for text in texts if text)

    def _one(self, key: str, values: Mapping[str, object] | None = None) -> str:
        if not key:
            return ""
        named = {name: self._words.get(str(value), value) for name, value in (values or {}).items()}
        return self._words[key].format(**named)


def readings(said: Said, together: set[str]) -> Iterator[Reading]:
    """What the figure may mean in a sentence that also states the figures `together`."""
    for reading in said.figure.readings if said.figure else ():
        if reading.beside and reading.beside not in together:
            continue
        if reading.without and reading.without in together:
            continue
        yield reading


def shown(value: float | Decimal) -> str:
    """A figure as a person would print it: no decimals where it has none."""
    number = Decimal(str(value))
    return str(int(number)) if number == number.to_integral_value() else str(number.normalize())
