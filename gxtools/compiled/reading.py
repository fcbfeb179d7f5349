"""read_sheet(): a compiled sheet, one row a body and year -> Reports."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import Any

from ..arguments import path_of
from ..document import Note
from ..errors import FormatError
from ..reports import Reports
from ..schema import CELLS, INDEX, PROBLEMS, SECTIONS, frame
from ..text import Number
from .cells import Cell, cell_rows, read_cell, tell_editions
from .headings import Key
from .identity import Row, identify, is_total, year_of
from .pages import load_pages
from .table import Table, find_table

# Where the received figure is worded so, it is not the row 新收 of the form, or not surely.
_NOT_RECEIVED = {
    "includes_carried": "holds the applications carried in as well",
    "handled_wording": "is worded as handled, not as received",
}
_PLAIN = ("", "received")
_RECEIVED = ("applications", "received", "total")
# What a sheet's own column identity_check says where the four flow figures agree.
HOLDS = "holds"


@dataclass
class _Sheet:
    """What is gathered from a file: the rows of each frame, and the ids given so far."""

    file: str
    sha256: str
    format: str
    index: list[tuple[Any, ...]] = field(default_factory=list)
    cells: list[tuple[Any, ...]] = field(default_factory=list)
    problems: list[tuple[Any, ...]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    seen: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def tell(self, note: Note, report: str | None = None) -> None:
        row = (self.file, report, note.severity, note.what, note.where, note.advice)
        self.problems.append(row)


def read_sheet(path: str | os.PathLike[str]) -> Reports:
    """The figures that an office compiled of many reports, as Reports: one row a body and year.

    The file is a workbook or a CSV; its columns are headed by codes (`received`,
    `denied.internal`, `review_total`), by the form's labels or by short forms of them, under one
    or several rows of headings. An outcome without applicant is its total. A group that the form
    does not print as a row (不予公开) is kept as a row of its own (`denied`). A cell without a
    column is `missing`; so is a blank one under the edition `headline` (main figures only), where
    it tells nothing. A column that names no cell, several, or the same as another is listed in
    `problems` and not read. `received_basis` other than `received` keeps the figure from being
    compared: `includes_carried` and `handled_wording` leave it <NA> with its characters in `raw`.
    Raises GxError where the file is no such sheet.
    """
    pages, data, format = load_pages(path)
    sheet = _Sheet(path_of(path), hashlib.sha256(data).hexdigest(), format)
    tables = [(page, find_table(page)) for page in pages]
    if not any(table and table.columns for _, table in tables):
        raise FormatError(
            "no row of headings names a body (机关, agency) and figures of the form",
            where=os.fspath(path),
            advice="Head the columns with 机关, 年度 and the form's codes or labels.",
        )
    for page, table in tables:
        if table is None or not table.columns:
            what = "the sheet is no table of bodies and figures, and is not read"
            sheet.tell(Note(what, page.name, "Look at it, if it should count.", "info"))
            continue
        for note in table.notes:
            sheet.tell(note)
        for row in table.rows():
            _add(sheet, table, row)
    return Reports(
        frame(sheet.index, INDEX),
        frame(sheet.cells, CELLS),
        frame([], SECTIONS),
        frame(sheet.problems, PROBLEMS),
    )


def _add(sheet: _Sheet, table: Table, at: int) -> None:
    """Add the report of one row."""
    notes: list[Note] = []
    columns = {name: column for column, name in reversed(table.identity.items())}

    def tell(what: str, name: str, advice: str, severity: str = "warning") -> None:
        place = table.page.place(at, columns.get(name, 0), name)
        notes.append(Note(what, place, advice, severity))

    row = Row(table.cells(at), tell)
    _read_year(row, table)
    who = identify(row)
    if who["agency"] is None or is_total(who["agency"]):
        what = "a row that names no body is not read"
        if who["agency"]:
            what = f"the row {who['agency']!r} adds up other rows and is not read"
        tell(what, "agency", "Give a body and a year to each row.")
    else:
        _add_report(sheet, table, at, row, who, notes)
        return
    for note in notes:
        sheet.tell(note)


def _read_year(row: Row, table: Table) -> None:
    text = row.text("year")
    row.year = year_of(text) if text else None
    if row.year is None:
        told = [year for word in (table.title, table.page.name) if (year := _in_words(word))]
        row.year = told[0] if told and not text else None
        what = f"{text!r} is no year" if text else "the row gives no year"
        advice = f"Read as {row.year}, the sheet's." if row.year else "Give it in a column 年度."
        row.tell(what, "year", advice)


def _in_words(text: str) -> int | None:
    """The one year that a title or a sheet's name has (2023年度汇总表)."""
    years = {text[i : i + 4] for i in range(len(text)) if text[i : i + 4].isdecimal()}
    found = {year for year in map(year_of, years) if year}
    return found.pop() if len(found) == 1 else None


def _add_report(
    sheet: _Sheet, table: Table, at: int, row: Row, who: dict[str, Any], notes: list[Note]
) -> None:
    report = _id(sheet, table, at, row, who, notes)
    cells = {
        key: read_cell(table, at, column, table.figures[column], notes)
        for key, column in table.columns.items()
    }
    _qualify(cells, row, notes)
    told = who.pop("editions") or tell_editions(cells, row.year)
    rows = list(cell_rows(report, told, cells, notes))
    sheet.cells += rows
    found = sum(kind != "missing" for *_, kind, _, _, _, _ in rows)
    index = who | {
        "report": report, "file": sheet.file, "sha256": sheet.sha256, "format": sheet.format,
        "editions": " ".join(f"{id}={edition}" for id, edition in told.items()),
        "found": found, "expected": len(rows),
    }  # fmt: skip
    sheet.index.append(tuple(index.get(name) for name in INDEX))
    checked = row.text("identity_check")
    if checked and checked != HOLDS:
        what = f"the sheet says of received + carried_in = concluded + carried_out: {checked}"
        notes.append(Note(what, table.page.place(at, 0), "Look at the source.", "warning"))
    if row.text("notes"):
        notes.append(
            Note(f"the sheet notes: {row.text('notes')}", table.page.place(at, 0), "", "info")
        )
    for note in notes:
        sheet.tell(note, report)


def _id(
    sheet: _Sheet, table: Table, at: int, row: Row, who: dict[str, Any], notes: list[Note]
) -> str:
    """The report's id: its own, or body and year; a second of the same body is said to be one."""
    key = (who["agency"], who["division"], who["year"], who["scope"])
    base = row.text("report") or "-".join(
        str(part) for part in (who["agency"], who["year"]) if part
    )
    place = table.page.place(at, 0)
    if key in sheet.seen:
        what = f"{who['agency']} stands twice for {who['year']} ({who['scope']})"
        advice = "Keep one of them: reports.only([...])."
        notes.append(Note(what, f"{sheet.seen[key]}; {place}", advice, "error"))
    sheet.seen.setdefault(key, place)
    names = [base, f"{base}-{who['scope']}", f"{base}-{who['division'] or ''}"]
    free = next((name for name in names if name not in sheet.ids), f"{base}-row{at + 1}")
    sheet.ids.add(free)
    return free


def _qualify(cells: dict[Key, Cell], row: Row, notes: list[Note]) -> None:
    """Keep a received figure that counts something else from being compared."""
    basis, cell = row.text("received_basis"), cells.get(_RECEIVED)
    if basis in _PLAIN or cell is None or cell.told.value is None:
        return
    if basis in _NOT_RECEIVED:
        what = f"the received figure {cell.raw} {_NOT_RECEIVED[basis]} ({basis}): it is not read"
        cells[_RECEIVED] = Cell(Number(None, "missing"), cell.raw, cell.place)
        notes.append(Note(what, cell.place, "Its characters are in `raw`.", "warning"))
        return
    what = f"the received figure {cell.raw} is no plain one: {basis}"
    notes.append(Note(what, cell.place, "Look at the source before comparing it.", "warning"))
