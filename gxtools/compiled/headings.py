"""Headings of a compiled sheet -> cells of the form: by code, by label, or by a short form of it.

A heading that could name two cells names none: it is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..forms import Form, Label, Table, editions, load_form
from ..text import squash

Key = tuple[str, str, str]  # table, row, column
# The column of all applicants stands for an outcome that names no applicant.
MAIN = "total"
APPLICATIONS = "applications"
_UNIT = re.compile(r"[（(【\[](?:单位)?[:：]?(件|条|项|个|次|人|万元|元|亿元)[)）】\]]\s*$")
# How many cells a message names.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading names: one cell of a form (`key`), or `several` it could be; `unit` is the
    unit that it states."""

    text: str
    key: Key | None = None
    several: tuple[Key, ...] = ()
    unit: str = ""

    @property
    def advice(self) -> str:
        """Headings that would name the cells that this one could mean."""
        names = [code_of(key) for key in self.several[:NAMED]]
        return f"Name the cell: {', '.join(names)}{' …' * (len(self.several) > NAMED)}."


def understand(texts: Sequence[str], years: Iterable[int]) -> Heading:
    """The heading that the texts over a column are, from top to bottom.

    A label is looked up in the forms in force in the `years` of the sheet, and in the others only
    where these do not have it.
    """
    found = _UNIT.search(texts[-1])
    unit = found[1] if found else ""
    parts = [*texts[:-1], _UNIT.sub("", texts[-1])] if found else list(texts)
    text = " ".join(texts)
    for words in _readings(parts):
        code = _codes().get(words)
        keys = frozenset([code]) if code else _named(words, frozenset(years))
        if len(keys) == 1:
            return Heading(text, next(iter(keys)), unit=unit)
        if keys:
            return Heading(text, None, tuple(sorted(keys)), unit)
    return Heading(text, unit=unit)


def code_of(key: Key) -> str:
    """The shortest code that names a cell: denied.internal, received.business, review.upheld."""
    table, row, column = key
    if table == APPLICATIONS and column == MAIN:
        return row
    return f"{row}.{column}" if table != "annex" else f"{table}.{row}.{column}"


def forms_of(year: int | None) -> list[str]:
    """The editions in force in a year (all where it is not known), and the compiled ones."""
    return [
        name
        for name in editions(compiled=True)
        if year is None or load_form(name).compiled or _in_force(load_form(name), year)
    ]


def _in_force(form: Form, year: int) -> bool:
    return form.first_year <= year and (form.last_year is None or year <= form.last_year)


def _readings(parts: Sequence[str]) -> list[str]:
    """The heading as one word: whole, then without the texts that only say which part it is of,
    one after the other from the top."""
    words = [word for word in map(_word, parts) if word]
    found = ["".join(words)]
    while any(word in _context() for word in words[:-1]):
        words.remove(next(word for word in words if word in _context()))
        found.append("".join(words))
    return [word for word in found if word]


def _word(text: str) -> str:
    return squash(text).casefold()


@cache
def _context() -> frozenset[str]:
    """Words that stand over headings: groups, stubs and sections of the forms."""
    found: set[str] = set()
    for name in editions():
        form = load_form(name)
        labels = [label for _, label in form.sections]
        for table in form.tables:
            labels += table.groups
            found |= {
                _word(stub) for block in table.blocks for stub in (*block.stubs, block.printed)
            }
        found |= {word for label in labels for word in _words(label)}
    return frozenset(found - {""})


@cache
def _codes() -> dict[str, Key]:
    """Codes as headings, with a dot or an underline: review.upheld, litigation_total."""
    found: dict[str, Key] = {}
    for name in editions(compiled=True):
        for table in load_form(name).tables:
            for row, column in table.cells():
                key = (table.id, row, column)
                found.setdefault(_word(f"{table.id}.{row}.{column}"), key)
                if table.id != "annex":
                    found.setdefault(_word(f"{row}.{column}"), key)
                if table.id == APPLICATIONS and column == MAIN:
                    found.setdefault(_word(row), key)
    return found


@cache
def _named(word: str, years: frozenset[int]) -> frozenset[Key]:
    """The cells that a label can name in the forms in force, or else in any."""
    known = {name for year in years for name in forms_of(year)} or set(editions(compiled=True))
    for names in (known, set(editions(compiled=True)) - known):
        found = frozenset(key for name in names for key in _labels(name).get(word, ()))
        if found:
            return found
    return frozenset()


@cache
def _labels(edition: str) -> dict[str, frozenset[Key]]:
    """Every wording that can head a column, with the cells of an edition that it can name."""
    found: dict[str, set[Key]] = {}
    for table in load_form(edition).tables:
        rows, columns = _wordings(table.id)
        groups = {group.code: _words(group) for group in table.groups}
        for row, column in table.cells():
            for one in rows[row]:
                for other in columns[column]:
                    for word in (one + other, other + one):
                        found.setdefault(word, set()).add((table.id, row, column))
            if column == MAIN:  # 其他处理 over 其他 is a row of that group, no kind of applicant
                for one in groups.get(row.rpartition(".")[0], ()):
                    for other in rows[row]:
                        found.setdefault(one + other, set()).add((table.id, row, column))
        for words, keys in _alone(table):
            for word in words:
                found.setdefault(word, set()).update(keys)
    return {word: frozenset(keys) for word, keys in found.items()}


def _alone(table: Table) -> Iterable[tuple[frozenset[str], list[Key]]]:
    """Rows and columns by themselves: an outcome is its total, anything else all that it can be."""
    rows, columns = _wordings(table.id)
    for block in table.blocks:
        for row in block.rows:
            codes = [column.code for column in block.columns]
            only = [MAIN] if table.id == APPLICATIONS and MAIN in codes else codes
            yield rows[row.code], [(table.id, row.code, column) for column in only]
    for column in table.columns:
        keys = [(table.id, *cell) for cell in table.cells() if cell[1] == column.code]
        yield columns[column.code], keys


@cache
def _wordings(table: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The words for each row and each column code of a table, of whatever edition."""
    rows: dict[str, frozenset[str]] = {}
    columns: dict[str, frozenset[str]] = {}
    for name in editions(compiled=True):
        for entry in (entry for entry in load_form(name).tables if entry.id == table):
            for found, labels in ((rows, entry.rows), (columns, entry.columns)):
                for label in labels:
                    found[label.code] = found.get(label.code, frozenset()) | _words(label)
    return rows, columns


def _words(label: Label) -> frozenset[str]:
    names = (*label.wordings, label.zh, label.en, label.code)
    return frozenset(word for word in map(_word, names) if word)
