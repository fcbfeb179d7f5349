"""The small language of formulas: sums of figures of the form over sums of figures.

A term is a row of the form (`received`), a group of its rows (`denied`), or one or several columns
of a row (`review[upheld + corrected]`); without columns it is the row's total. `-` before a term
takes it away, `*` stands for each code of a measure in turn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from .errors import FormError
from .forms import Table, editions, label, load_form

TOTAL = "total"
POPULATION = "population"
Sets = Mapping[str, tuple[str, ...]]
Names = Mapping[str, tuple[tuple[str, ...], str]]
_TERM = re.compile(r"(?P<sign>-?)(?P<row>[a-z_]+(?:\.[a-z_]+)?)(?:\[(?P<columns>[a-z_ +]+)\])?")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a formula: the figures in these rows and columns of one table, added up."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    sign: int = 1

    @classmethod
    def parse(cls, text: str, sets: Sets | None = None) -> Term:
        """Raises FormError where the text is no term, or no form has the row with the columns.
        `sets` are names of several rows."""
        found = _TERM.fullmatch(text)
        if not found:
            raise FormError(f"{text!r} is no term", advice="Write row, row[column] or -row.")
        rows = (sets or {}).get(found["row"], (found["row"],))
        columns = tuple((found["columns"] or TOTAL).split(" + "))
        term = cls(rows, columns, -1 if found["sign"] else 1)
        if not any(term.cells(table) for table in tables()):
            raise FormError(f"no form has {text!r}")
        return term

    def of(self, column: str) -> Term:
        """The same rows in another column."""
        return replace(self, columns=(column,))

    def cells(self, table: Table) -> list[int]:
        """The cells of a table that the term adds up; [] where the table has not all of them."""
        number = {cell: i for i, cell in enumerate(table.cells())}
        parts = [_members(table, row) for row in self.rows]
        wanted = [(row, column) for part in parts for row in part for column in self.columns]
        whole = all(parts) and all(cell in number for cell in wanted)
        return [number[cell] for cell in wanted] if whole else []


@cache
def tables() -> tuple[Table, ...]:
    """Every table of every edition, newest edition first."""
    return tuple(table for edition in editions() for table in load_form(edition).tables)


def _members(table: Table, row: str) -> list[str]:
    """The rows of a table that a code names: itself, or every row below it."""
    codes = [entry.code for entry in table.rows]
    return [row] if row in codes else [code for code in codes if code.startswith(f"{row}.")]


@cache
def applicants(term: Term) -> list[str]:
    """The columns that add up to the total of a term's rows, in the form's order; [] if none."""
    for table in tables():
        codes = [entry.code for entry in table.columns if entry.code != TOTAL]
        sums = [total for total in table.sums if total.family == "applicants"]
        if sums and term.cells(table):
            return [code for code in codes if code in sums[0].left]
    return []


def unfold(text: str) -> list[str]:
    """`denied.*` as its rows, `received[*]` as its columns without the total; else the text."""
    seen: dict[str, None] = {}
    for table in tables():
        rows = [entry.code for entry in table.rows]
        columns = [entry.code for entry in table.columns]
        if text.endswith(".*"):
            seen |= dict.fromkeys(code for code in rows if code.startswith(text[:-1]))
        elif text.endswith("[*]") and text[:-3] in rows and TOTAL in columns:
            seen |= dict.fromkeys(code for code in columns if code != TOTAL)
    return list(seen) or [text]


def added(terms: list[str]) -> str:
    """The terms as a sum, in brackets where there are several."""
    text = " + ".join(terms).replace("+ -", "- ").replace("+ −", "− ")
    return f"({text})" if len(terms) > 1 else text


def in_words(text: str, lang: str, names: Names) -> str:
    """A term with the names of the form: `review[upheld]` is 行政复议（结果维持）.

    `names` are the codes and names of what no form names: sets of rows, population, `*`.
    """
    found = _TERM.fullmatch(text.replace("[*]", ""))
    if text in names or not found:
        return names[text][1]
    codes, row = names.get(found["row"]) or ((found["row"],), label(found["row"], lang))
    columns = (found["columns"] or TOTAL).split(" + ")
    named = [_column(codes[0], code, lang) for code in columns if code != TOTAL]
    named += [names["*"][1]] if text.endswith("[*]") else []
    sign = "−" if found["sign"] else ""
    if not named:
        return f"{sign}{row}"
    inside = " + ".join(named)
    return f"{sign}{row}（{inside}）" if lang == "zh" else f"{sign}{row} ({inside})"


def _column(row: str, column: str, lang: str) -> str:
    """The name of a column on the axis of the table that has the row."""
    for table in tables():
        if any(entry.code == column for entry in table.columns) and _members(table, row):
            return label(column, lang, axis=table.column_axis)
    return label(column, lang)
