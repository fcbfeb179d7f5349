"""What the press prints: the figures of one report, as the characters that stand in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gxtools.forms import Label, Table, load_form

REPORT_NAME = "政府信息公开工作年度报告"

Key = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True)
class Sheet:
    """One report to print.

    `editions` says which form each table follows; `figures` maps (table, row, column) to the
    printed characters, "" for a blank cell; `sections` maps the number of a section to its text.
    """

    agency: str
    year: int
    editions: Mapping[str, str]
    figures: Mapping[Key, str]
    sections: Mapping[int, str] = field(default_factory=dict)
    title: str = ""

    @property
    def heading(self) -> str:
        return self.title or f"{self.agency}{self.year}年{REPORT_NAME}"

    def tables(self) -> Iterator[Table]:
        """The tables of the sheet in the order of their sections."""
        tables = (load_form(edition).table(id) for id, edition in self.editions.items())
        return iter(sorted(tables, key=lambda table: table.section))

    def headings(self) -> list[tuple[int, Label]]:
        """Number and heading of each section; a section with a table takes its table's edition."""
        first, *_ = self.editions.values()
        found = dict(load_form(first).sections)
        for id, edition in self.editions.items():
            form = load_form(edition)
            number = form.table(id).section
            found[number] = dict(form.sections)[number]
        return sorted(found.items())

    def figure(self, table: str, row: str, column: str) -> str:
        return self.figures.get((table, row, column), "")

    def cells(self) -> Iterator[tuple[Key, str]]:
        """Every cell of the sheet's forms with what is printed in it."""
        for table in self.tables():
            for row, column in table.cells():
                yield (table.id, row, column), self.figure(table.id, row, column)


def figures_sheet(data: Mapping[str, Any], sections: Mapping[int, str] | None = None) -> Sheet:
    """The sheet of a published report whose figures were noted as JSON (numbers read as text).

    A null, an absent cell and a cell named in `unsure` are blank. Load the file with
    `parse_float=str, parse_int=str`, so that an amount keeps the digits that were printed.
    """
    editions = dict(data["editions"])
    if data.get("disputes"):
        editions.setdefault("disputes", editions["proactive"])
    unsure = {tuple(cell) for cell in data.get("unsure", ())}
    figures: dict[Key, str] = {}
    for id, edition in editions.items():
        table = load_form(edition).table(id)
        units = {column.code: column for column in table.columns}
        for row, column in table.cells():
            value = data.get(id, {}).get(row, {}).get(column)
            if (id, row, column) in unsure:
                value = None
            figures[id, row, column] = _printed(value, units[column])
    return Sheet(data["agency"], int(data["year"]), editions, figures, sections or {})


def _printed(value: object, column: Label) -> str:
    """A figure with its unit where the form's own header prints none (采购总金额)."""
    if value is None:
        return ""
    return str(value) + ("" if column.unit_printed else column.unit)


def value_of(printed: str, column: Label) -> Decimal | None:
    """The figure that a cell set by the press stands for; None for a blank one."""
    return Decimal(printed.removesuffix(column.unit)) if printed else None


def values(sheet: Sheet) -> dict[Key, Decimal | None]:
    """Every cell of the sheet as a number, None where blank: what reading it must give back."""
    columns = {
        (table.id, row.code, column.code): column
        for table in sheet.tables()
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    }
    return {key: value_of(printed, columns[key]) for key, printed in sheet.cells()}


def broken_sums(sheet: Sheet) -> list[tuple[str, str, str, Decimal, Decimal]]:
    """The sums of the form that the sheet breaks: (table, sum, row or column, left, right).

    A sum with a blank cell is left out: it can be neither kept nor broken.
    """
    known = values(sheet)
    found = []
    for table in sheet.tables():
        for sum_ in table.sums:
            axis = table.rows if sum_.per == "column" else table.columns
            for line in table.columns if sum_.per == "column" else table.rows:
                sides = []
                for codes in (sum_.left, sum_.right):
                    members = table.members(codes, axis)
                    pairs = [
                        (code, line.code) if sum_.per == "column" else (line.code, code)
                        for code in members
                    ]
                    sides.append([known[table.id, *pair] for pair in pairs])
                left, right = sides
                if None not in left + right and sum(left) != sum(right):
                    found.append((table.id, sum_.id, line.code, sum(left), sum(right)))
    return found
