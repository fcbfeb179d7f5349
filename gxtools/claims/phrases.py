"""How the figures of a report are said in words: the phrases of claims.toml, ready to search."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from ..errors import FormError

_NAME = re.compile(r"\{([a-z_]+)\}")
_NEVER = re.compile(r"(?!)")
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase may mean in a table: rows and columns to add up.

    `beside` and `without` name another figure that must, or must not, be said in the sentence.
    """

    rows: str
    columns: str
    beside: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of figure and the phrases before, after or in place of its number."""

    id: str
    table: str
    readings: tuple[Reading, ...]
    before: Patterns
    after: Patterns = ()
    zero: Patterns = ()
    joint: Patterns = ()
    around: tuple[Patterns, ...] = ()
    unless: re.Pattern[str] = _NEVER
    never: re.Pattern[str] = _NEVER
    weak: re.Pattern[str] = _NEVER
    context: re.Pattern[str] | None = None
    any_time: bool = False


@dataclass(frozen=True, slots=True)
class PartsOf:
    """Figures that should add up to a whole that the text names; `form` is the form's own sum."""

    id: str
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True)
class Phrases:
    """All phrases. The other fields are compiled tables of claims.toml, by their names there."""

    figures: tuple[Figure, ...]
    sums: tuple[PartsOf, ...]
    flow: Mapping[str, tuple[str, ...]]
    counter: re.Pattern[str]
    neutral: re.Pattern[str]
    range: re.Pattern[str]
    channels: Mapping[str, re.Pattern[str]]
    shares: Mapping[str, Any]
    growth: Mapping[str, Any]
    period: Mapping[str, re.Pattern[str]]
    stray_year: Mapping[str, re.Pattern[str]]
    fee: Mapping[str, Any]
    scope: Mapping[str, Any]
    notes: Mapping[str, Mapping[str, str]] = field(repr=False)

    def figure(self, id: str) -> Figure:
        return next(figure for figure in self.figures if figure.id == id)


@cache
def load_phrases() -> Phrases:
    """The phrases of claims.toml. Raises FormError where a phrase is not a regular expression."""
    file = resources.files(__package__) / "claims.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    words = _Words(data["words"])
    figures = [_figure(entry, words, data["column"]) for entry in data["figures"]]
    crossed = [figure for entry in data["crossings"] for figure in _crossed(entry, words)]
    return Phrases(
        figures=(*crossed, *figures),
        sums=tuple(_sum(entry) for entry in data["sums"]),
        flow={key: tuple(value) for key, value in data["flow"].items()},
        counter=words.compiled("^{counter}"),
        neutral=words.compiled(data["neutral"]),
        range=words.compiled(data["range"]),
        channels=words.table(data["channels"]),
        shares=words.table(data["shares"], plain=("of", "denominators")),
        growth=words.table(data["growth"], plain=("of",)),
        period=words.table(data["period"]),
        stray_year=words.table(data["stray_year"]),
        fee=words.table(data["fee"], plain=("unit",)),
        scope=words.table(data["scope"], plain=("plain",)),
        notes=data["notes"],
    )


class _Words:
    """The named word groups: `{noun}` in a phrase stands for the group `noun`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def expanded(self, phrase: str, more: Mapping[str, str] | None = None) -> str:
        known = {**self._words, **(more or {})}

        def word(found: re.Match[str]) -> str:
            return f"(?:{self.expanded(known[found[1]], more)})" if found[1] in known else found[0]

        return _NAME.sub(word, phrase)

    def compiled(self, phrase: str, more: Mapping[str, str] | None = None) -> re.Pattern[str]:
        try:
            return re.compile(self.expanded(phrase, more))
        except re.error as error:
            raise FormError(f"{phrase!r} is not a phrase: {error}", where="claims.toml") from None

    def maybe(self, phrase: str | None) -> re.Pattern[str]:
        return _NEVER if phrase is None else self.compiled(phrase)

    def all(self, phrases: Iterable[str]) -> Patterns:
        return tuple(self.compiled(phrase) for phrase in phrases)

    def table(self, entries: Mapping[str, Any], plain: tuple[str, ...] = ()) -> dict[str, Any]:
        """A table of the file, its phrases compiled; `plain` and numbers stay as they are."""
        own = {key: value for key, value in entries.items() if isinstance(value, str)}
        made: dict[str, Any] = {}
        for key, value in entries.items():
            if key in plain or isinstance(value, int):
                made[key] = tuple(value) if isinstance(value, list) else value
            elif isinstance(value, list):
                made[key] = tuple(self.compiled(phrase, own) for phrase in value)
            else:
                made[key] = self.compiled(value, own)
        return made


def _figure(entry: Mapping[str, Any], words: _Words, total: str) -> Figure:
    return Figure(
        id=entry["id"],
        table=entry["table"],
        readings=tuple(_reading(reading, total) for reading in entry["readings"]),
        before=words.all(entry["before"]),
        after=words.all(entry.get("after", ())),
        zero=words.all(entry.get("zero", ())),
        joint=words.all(entry.get("joint", ())),
        around=tuple(words.all(pair) for pair in entry.get("around", ())),
        unless=words.maybe(entry.get("unless")),
        never=words.maybe(entry.get("never")),
        weak=words.maybe(entry.get("weak")),
        context=words.compiled(entry["context"]) if "context" in entry else None,
        any_time=entry.get("any_time", False),
    )


def _reading(entry: str | Mapping[str, str], total: str) -> Reading:
    """`rows @ columns`; the column `total` where none is named."""
    given = {"of": entry} if isinstance(entry, str) else entry
    rows, _, columns = given["of"].partition("@")
    named = (rows.strip(), columns.strip() or total)
    return Reading(*named, given.get("beside", ""), given.get("without", ""))


def _crossed(entry: Mapping[str, Any], words: _Words) -> list[Figure]:
    """A figure for every row and column of a crossing: each route with each result."""
    found = []
    for row in entry["rows"]:
        for column in entry["columns"]:
            more = {"route": row["words"], "result": column["words"], "gap": entry["gap"]}
            found.append(
                Figure(
                    id=f"{row['code']}.{column['code']}",
                    table=entry["table"],
                    readings=(Reading(row["code"], column["code"]),),
                    before=(words.compiled(entry["before"], more),),
                    unless=words.maybe(entry.get("unless")),
                    never=words.maybe(entry.get("never")),
                    context=words.compiled(entry["context"]),
                )
            )
    return found


def _sum(entry: Mapping[str, Any]) -> PartsOf:
    lists = tuple(entry["whole"]), tuple(entry["parts"])
    return PartsOf(entry["id"], *lists, entry.get("form", ""))
