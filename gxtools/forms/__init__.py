"""The law's own knowledge as data: one TOML file an edition of the statutory form.

A new edition is one new file in this folder; nothing here names a label, a row or a sum.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..arguments import language
from ..errors import FormError

_NUMBERING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.、．])\s*"
)
_REMARK = re.compile(r"（[^）]*）\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """One printed label: a row, a column, a group or a section of the form.

    `printed` is the form's own wording, `zh` and `en` are short names for charts, `aliases` are
    other wordings seen in published reports. `unit` and `type` (count, decimal, signed) are given
    for columns. `confidence` says what the label rests on: source (an official text), sample (a
    published report), corroborated, general_knowledge. `no` is the number that a table prints in a
    column beside the label, `above` are the headings without figures printed over the row.
    """

    code: str
    printed: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    type: str = "count"
    unit_printed: bool = True
    confidence: str = ""
    no: str = ""
    above: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.printed, *self.aliases)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one header. `layout` is `rows` (a label, then a value for each column) or
    `one_row` (all cells in one unlabelled row, the form's rows side by side). `header_order` names
    the columns as the rows of the header do, where that is not their order."""

    id: str
    printed: str
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    stubs: tuple[str, ...] = ()
    layout: str = "rows"
    header_order: tuple[str, ...] = ()

    def cells(self) -> list[tuple[str, str]]:
        return [(row.code, column.code) for row in self.rows for column in self.columns]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that the form implies: the `left` codes added up equal the `right` ones.

    `per` is `column` (codes are rows, checked in every column) or `row` (codes are columns).
    `denied.*` stands for every code below `denied`.
    """

    id: str
    family: str
    per: str
    zh: str
    en: str
    basis: str
    source: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One statutory table: `row_axis` and `column_axis` name what its codes are."""

    id: str
    section: int
    row_axis: str
    column_axis: str
    blocks: tuple[Block, ...]
    groups: tuple[Label, ...] = ()
    sums: tuple[Sum, ...] = ()
    whole_counts: str = ""  # the id of the check that counts are whole and not negative
    counts_zh: str = ""  # and that check in words
    counts_en: str = ""

    @property
    def rows(self) -> tuple[Label, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[Label, ...]:
        seen = {column.code: column for block in self.blocks for column in block.columns}
        return tuple(seen.values())

    def cells(self) -> list[tuple[str, str]]:
        """(row, column) of every cell of the table in printed order."""
        return [cell for block in self.blocks for cell in block.cells()]

    def members(self, codes: tuple[str, ...], axis: tuple[Label, ...]) -> list[str]:
        """The codes of `axis` that `codes` name, `denied.*` unfolded."""
        return [
            label.code
            for code in codes
            for label in axis
            if label.code == code or (code.endswith(".*") and label.code.startswith(code[:-1]))
        ]


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the statutory form.

    A `compiled` one is no printed form but the headings under which offices gather the figures of
    many reports in a sheet: it is never sought in a document.
    """

    edition: str
    name: str
    authority: str
    source: str
    first_year: int
    last_year: int | None
    sections: tuple[tuple[int, Label], ...]
    tables: tuple[Table, ...]
    confidence: str = ""
    compiled: bool = False
    short: str = ""  # how charts and tables call it
    short_en: str = ""

    def table(self, id: str) -> Table:
        for table in self.tables:
            if table.id == id:
                return table
        raise FormError(
            f"edition {self.edition} has no table {id!r}",
            advice=f"It has {', '.join(table.id for table in self.tables)}.",
        )


@cache
def _forms() -> dict[str, Form]:
    folder = resources.files(__name__)
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    forms = [parse_form(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    ordered = sorted(forms, key=lambda form: (form.compiled, -form.first_year, form.edition))
    return {form.edition: form for form in ordered}


def editions(*, compiled: bool = False) -> list[str]:
    """The editions that gxtools knows, newest first; each is a file of this folder.

    With `compiled=True` also those under which offices compile figures, behind the printed ones.
    """
    return [name for name, form in _forms().items() if compiled or not form.compiled]


def load_form(edition: str) -> Form:
    """The form of one edition (`"2021"`, `"2019"`). Raises FormError when there is none."""
    if edition not in _forms():
        raise FormError(
            f"no form of edition {edition!r}",
            advice=f"Known: {', '.join(editions(compiled=True))}.",
        )
    return _forms()[edition]


@cache
def units(edition: str, table: str) -> dict[tuple[str, str], str]:
    """The unit that a form prints for each cell of a table, by (row, column): its row's own before
    its column's, empty where it prints none."""
    return {
        (row.code, column.code): row.unit or (column.unit if column.unit_printed else "")
        for block in load_form(edition).table(table).blocks
        for row in block.rows
        for column in block.columns
    }


def parse_form(data: dict[str, Any]) -> Form:
    """A Form from the content of a form file."""
    confidence = data.get("confidence", "")
    try:
        return Form(
            edition=data["edition"],
            name=data["name"],
            authority=data["authority"],
            source=data["source"],
            first_year=data["first_year"],
            last_year=data.get("last_year"),
            sections=tuple((entry["no"], _label(entry)) for entry in data["sections"]),
            tables=tuple(_table(entry, confidence) for entry in data["tables"]),
            confidence=confidence,
            compiled=data.get("compiled", False),
            short=data.get("short", data["edition"]),
            short_en=data.get("short_en", data["edition"]),
        )
    except KeyError as error:
        raise FormError(
            f"the form file lacks {error}", where=f"edition {data.get('edition')}"
        ) from None


def _table(data: dict[str, Any], confidence: str) -> Table:
    blocks = tuple(
        Block(
            id=block["id"],
            printed=block["printed"],
            columns=tuple(_label(entry, confidence) for entry in block["columns"]),
            rows=tuple(_label(entry, confidence) for entry in block["rows"]),
            stubs=tuple(block.get("stubs", ())),
            layout=block.get("layout", "rows"),
            header_order=tuple(block.get("header_order", ())),
        )
        for block in data["blocks"]
    )
    sums = tuple(
        Sum(**{**entry, "left": tuple(entry["left"]), "right": tuple(entry["right"])})
        for entry in data.get("sums", ())
    )
    groups = tuple(_label(entry, confidence) for entry in data.get("groups", ()))
    axes = data["row_axis"], data["column_axis"]
    whole = data.get("whole_counts", {})
    counts = (whole.get("id", ""), whole.get("zh", ""), whole.get("en", ""))
    return Table(data["id"], data["section"], *axes, blocks, groups, sums, *counts)


def _label(data: dict[str, Any], confidence: str = "") -> Label:
    printed = data["printed"]
    short = _REMARK.sub("", _NUMBERING.sub("", printed))
    return Label(
        code=data["code"],
        printed=printed,
        zh=data.get("zh", short),
        en=data["en"],
        aliases=tuple(data.get("aliases", ())),
        unit=data.get("unit", ""),
        type=data.get("type", "count"),
        unit_printed=data.get("unit_printed", True),
        confidence=data.get("confidence", confidence),
        no=data.get("no", ""),
        above=tuple(data.get("above", ())),
    )


def _axes(form: Form) -> Iterator[tuple[str, Label]]:
    for table in form.tables:
        for group in table.groups:
            yield table.row_axis, group
        for row in table.rows:
            yield table.row_axis, row
        for column in table.columns:
            yield table.column_axis, column
    for _, section in form.sections:
        yield "section", section


@cache
def _labels() -> dict[tuple[str, str], Label]:
    found: dict[tuple[str, str], Label] = {}
    for edition in editions(compiled=True):
        for axis, entry in _axes(load_form(edition)):
            found.setdefault((axis, entry.code), entry)
    return found


def label(code: str, lang: str = "zh", *, axis: str | None = None, printed: bool = False) -> str:
    """The name of a code in Chinese (`zh`) or English (`en`).

    A code may stand on several axes (`other` is an outcome, an applicant and a result): `axis` says
    which (`outcome applicant route result item measure section`); without it the first of this
    order that has the code answers. `printed=True` gives the form's own wording.
    Raises FormError for an unknown code, InputError for another language.
    """
    order = ("outcome", "applicant", "route", "result", "item", "measure")
    axes = (axis,) if axis else (*order, *sorted({a for a, _ in _labels()} - set(order)))
    for name in axes:
        if entry := _labels().get((name, str(code))):
            return entry.printed if printed else str(getattr(entry, language(lang)))
    raise FormError(f"no form knows the code {code!r}" + (f" as {axis}" if axis else ""))
