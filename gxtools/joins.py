"""How the rows of an older form join on to today's codes, and how well: A, B or C (joins.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .errors import FormError
from .forms import Table, editions, load_form
from .formulas import Sets, Term

GRADES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Join:
    """A term in an older edition: the cells it stands in there, its grade, and why."""

    edition: str
    term: Term
    cells: tuple[Term, ...]
    grade: str
    zh: str
    en: str


def cells_of(table: Table, term: Term) -> list[int]:
    """The cells of a table that give a term: its own, or those that join on to it; [] if none."""
    own = term.cells(table)
    if own:
        return own
    for join in _joins().values():
        found = [part.cells(table) for part in join.cells] if join.term == term else []
        if found and all(found):
            return [cell for part in found for cell in part]
    return []


def grade_of(term: Term, edition: str) -> tuple[str, Join | None]:
    """How well a term of an edition joins on to the newest form; C where it has none."""
    join = _joins().get((edition, term))
    if join:
        return join.grade, join
    there = any(term.cells(table) for table in load_form(edition).tables)
    return ("A" if there else "C"), None


@cache
def row_sets() -> Sets:
    """Names of several rows, from measures.toml."""
    return {name: tuple(entry["codes"]) for name, entry in toml("measures.toml")["rows"].items()}


@cache
def toml(name: str) -> dict[str, Any]:
    """A data file of the package."""
    return tomllib.loads((resources.files(__package__) / name).read_text(encoding="utf-8"))


@cache
def _joins() -> dict[tuple[str, Term], Join]:
    found = [parse_join(entry) for entry in toml("joins.toml")["joins"]]
    return {(join.edition, join.term): join for join in found}


def parse_join(entry: dict[str, Any]) -> Join:
    """A Join from its section of the file. Raises FormError where the section is wrong."""
    try:
        term = Term.parse(entry["term"], row_sets())
        cells = tuple(Term.parse(text) for text in entry.get("is", ()))
        join = Join(entry["edition"], term, cells, entry["grade"], entry["zh"], entry["en"])
    except KeyError as error:
        raise FormError(f"the join lacks {error}", where=str(entry.get("term"))) from None
    if join.grade not in GRADES or join.edition not in editions():
        raise FormError("grade or edition is unknown", where=entry["term"])
    there = load_form(join.edition).tables
    if not all(any(part.cells(table) for table in there) for part in cells or (term,)):
        raise FormError(f"edition {join.edition} has no such cells", where=entry["term"])
    return join
