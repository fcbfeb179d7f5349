"""The dictionary of measures: what each is called, how it is computed, and what to beware of.

The measures are data (measures.toml); here they are only read, checked and shown.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from .errors import FormError, InputError
from .forms import editions
from .formulas import POPULATION, Sets, Term, added, in_words, unfold

KINDS = ("count", "amount", "share", "per", "ratio", "change")
COLUMNS = [
    "id", "zh", "en", "formula", "denominator_zh", "denominator_en", "unit", "kind", "editions",
    "source", "caveat_zh", "caveat_en",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the dictionary; `each` are the codes of a measure that has a row a code."""

    id: str
    zh: str
    en: str
    kind: str
    unit: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    each: tuple[str, ...]
    over_zh: str
    over_en: str
    needs_population: bool
    scale: float
    editions: tuple[str, ...]
    source: str
    caveat_zh: str
    caveat_en: str

    def codes(self) -> list[str | None]:
        """The codes that the measure has a row each for, in the form's order; [None] if it is one
        figure a report."""
        return [code for text in self.each for code in unfold(text)] or [None]

    def terms(self, code: str | None = None) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The terms of numerator and denominator, `*` being the code."""
        above, below = self._sides(code)
        parsed = [tuple(Term.parse(text, _row_sets()) for text in side) for side in (above, below)]
        return parsed[0], parsed[1]

    def formula(self, code: str | None = None, lang: str | None = None) -> str:
        """The formula in codes, `(granted + partial) / concluded`, or in the form's own words in
        Chinese (`zh`) or English (`en`)."""
        above, below = self._sides(code)
        if lang:
            above, below = ([_words(text, lang) for text in side] for side in (above, below))
        if self.kind == "change":
            now, before = (added([f"{text}[{t}]" for text in above]) for t in ("t", "t-1"))
            return f"({now} - {before}) / {before}"
        if self.needs_population:
            people = _words(POPULATION, lang) if lang else POPULATION
            return f"{added(above)} / {people} × {self.scale:.0f}"
        return f"{added(above)} / {added(below)}" if below else " + ".join(above)

    def _sides(self, code: str | None) -> tuple[list[str], list[str]]:
        """The texts of numerator and denominator with the code in place of `*`."""
        above, below = (
            [text.replace("*", code or "*") for text in side]
            for side in (self.numerator, self.denominator)
        )
        return above, below


def measures() -> pd.DataFrame:
    """The dictionary of measures: a row a measure, in the order of the file.

    Columns: id zh en formula denominator_zh denominator_en unit kind editions source caveat_zh
    caveat_en. `kind`: count, amount (money or a stock: not tested), share (the numerator is part of
    the denominator), per (events per unit of something else), ratio (no interval), change (year on
    year). `editions` are the forms that give all its figures; `*` in a formula is each code.
    """
    rows = [
        (
            m.id, m.zh, m.en, m.formula(), m.over_zh, m.over_en, m.unit, m.kind,
            " ".join(m.editions), m.source, m.caveat_zh, m.caveat_en,
        )
        for m in _dictionary().values()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS, dtype="string")


def find(id: str) -> Measure:
    """The measure of this id. Raises InputError for another, naming near ones."""
    if id in _dictionary():
        return _dictionary()[id]
    words = str(id)
    called = [name for name, one in _dictionary().items() if words in (one.zh, one.en)]
    near = [name for name in _dictionary() if words.split("_")[0] in name] or list(_dictionary())
    told = f"Its id is {called[0]}" if called else f"There are: {', '.join(near)}"
    raise InputError(f"no measure {id!r}", advice=f"{told}; see measures().")


def title(id: str, lang: str = "zh") -> str:
    """The name of a measure in Chinese (`zh`) or English (`en`)."""
    return find(id).zh if lang == "zh" else find(id).en


def formula(id: str, code: str | None = None, lang: str | None = None) -> str:
    """The formula of a measure in codes, or in words (`zh`, `en`) for the foot of a chart."""
    return find(id).formula(code, lang)


@cache
def _dictionary() -> dict[str, Measure]:
    data = _file()
    found = [parse_measure(entry, data["over"]) for entry in data["measures"]]
    return {measure.id: measure for measure in found}


@cache
def _file() -> dict[str, Any]:
    file = resources.files(__package__) / "measures.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _row_sets() -> Sets:
    """Names of several rows."""
    return {name: tuple(entry["codes"]) for name, entry in _file()["rows"].items()}


def _words(text: str, lang: str) -> str:
    """A term in words; `*` is each code."""
    data = _file()
    names = {name: (tuple(e["codes"]), e[lang]) for name, e in data["rows"].items()}
    names |= {
        "*": ((), {"zh": "各项", "en": "each"}[lang]),
        POPULATION: ((), data["over"][POPULATION][lang]),
    }
    return in_words(text, lang, names)


def parse_measure(entry: dict[str, Any], over: dict[str, dict[str, str]]) -> Measure:
    """A Measure from its section of the file. Raises FormError where the section is wrong."""
    try:
        below = over.get(entry.get("over", ""), {"zh": "", "en": ""})
        made = Measure(
            **{name: entry[name] for name in ("id", "zh", "en", "kind", "unit", "source")},
            numerator=tuple(entry["numerator"]),
            denominator=tuple(entry.get("denominator", ())),
            each=tuple(entry.get("each", ())),
            over_zh=below["zh"],
            over_en=below["en"],
            needs_population=entry.get("over") == POPULATION,
            scale=entry.get("scale", 1),
            editions=tuple(entry["forms"]),
            caveat_zh=entry["caveat_zh"],
            caveat_en=entry["caveat_en"],
        )
    except KeyError as error:
        raise FormError(f"the measure lacks {error}", where=str(entry.get("id"))) from None
    _check(made, entry.get("over", ""), over)
    return made


def _check(measure: Measure, over: str, known: dict[str, dict[str, str]]) -> None:
    """Kind, denominator and editions are known, and every term is on some form."""
    has_denominator = bool(measure.denominator) or measure.needs_population
    alone = measure.kind in ("count", "amount")
    if measure.kind not in KINDS or has_denominator == alone:
        raise FormError(f"{measure.kind!r} does not fit the formula", where=measure.id)
    if has_denominator != (over in known) or not set(measure.editions) <= set(editions()):
        raise FormError("denominator or edition has no name", where=measure.id)
    for code in measure.codes():
        measure.terms(code)
