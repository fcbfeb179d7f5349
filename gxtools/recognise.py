"""Document x forms -> Filling: form cells matched to printed cells, each with its place.

A cell is filled only where the printed label and the column are beyond doubt; everything else is
named in `notes`. No sum is consulted: what is read does not depend on what would add up. Only
figures that OCR saw on a picture count where their sums hold, and nowhere else (`scans`); and in
text whose cells only blanks part, sums tell which rows may be believed (`spaced`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .assign import Assigned, assign_all
from .cells import OCR, Key, Reading
from .document import Cell, Document, Note
from .errors import FormError, InputError
from .forms import Table, editions, load_form, units
from .labels import Entry, label_rows
from .likeness import editions_with, likeness, shape
from .rows import place, printed_rows
from .scans import keep_proven
from .sections import FOREWORD, Section, find_sections
from .spaced import unproven as unproven_rows
from .text import Number, fold, number
from .vocabulary import vocabulary

_UNTOLD = Number(None, "missing")


@dataclass(frozen=True)
class Filling:
    """The cells of the form as the document fills them.

    `editions` names the edition of each table, told from its labels; `expected` are all cells of
    these tables in printed order; `cells` those that were matched; `notes` what was not.
    """

    document: Document
    editions: dict[str, str]
    expected: tuple[Key, ...]
    cells: dict[Key, Reading]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


@dataclass
class _Found:
    cells: dict[Key, Reading] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    conflicts: set[Key] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)  # rows whose label is printed

    def add(self, key: Key, reading: Reading) -> None:
        """Keep a reading; the same cell printed twice with different figures is not read at all."""
        before = self.cells.setdefault(key, reading)
        if before is reading:
            return
        if (before.value, before.kind) == (reading.value, reading.kind) or key in self.conflicts:
            return
        self.conflicts.add(key)
        raw = f"{before.raw} / {reading.raw}"
        self.cells[key] = Reading(None, "missing", raw, before.place, before.match)
        self.notes.append(
            Note(
                f"{_name(key)} is printed twice with different figures: {raw}",
                f"{before.place}; {reading.place}",
                "Read the document and enter the right one by hand; both are kept in `raw`.",
                "error",
            )
        )


def recognise(document: Document) -> Filling:
    """The form cells that the document prints.

    Raises FormError where it prints no table of any known form, InputError for no Document.
    """
    if not isinstance(document, Document):
        what = f"a Document is needed, not {type(document).__name__}"
        raise InputError(what, advice="Write gx.recognise(gx.read_document(path)).")
    words = vocabulary()
    entries, strays = label_rows(list(printed_rows(document, words)), words)
    found = _Found(notes=[*document.notes, *strays])
    # A row without a figure (a spare row, an empty form behind the filled one) says nothing of a
    # cell that another row fills.
    entries.sort(key=lambda entry: not entry.row.filled)
    assigned = list(zip(entries, assign_all(entries), strict=True))
    for entry, cells in assigned:
        _fill(found, entry, cells)
    told = _tell_editions(found)
    sections = find_sections(document, words)
    if not told:
        told = _named_only(document, sections)
    tables = _tables(told)
    expected = [(table.id, row, column) for table in tables for row, column in table.cells()]
    _drop_strangers(found, expected)
    _count_as_told(found, told)
    _note_missing(found, expected, told)
    found.cells, unproven = keep_proven(found.cells, tables)
    found.notes += unproven
    _drop_parted(found, assigned, tables)
    return Filling(
        document, told, tuple(expected), found.cells, tuple(sections), tuple(found.notes)
    )


def _fill(found: _Found, entry: Entry, assigned: Assigned | str) -> None:
    """Read the cells of one labelled row."""
    block, grid = entry.block, entry.row.grid
    rows = [entry.code] if entry.code else block.row_order
    found.named |= {(block.table, row) for row in rows}
    if isinstance(assigned, str):
        found.notes.append(_refused(entry, assigned))
        return
    unparted = grid.ocr and not grid.ruled  # a picture on which no lines part a row's cells
    for (row, column), (cell, match) in assigned.items():
        key = (block.table, row, column)
        if not entry.row.filled and key in found.cells:
            continue
        unit, _, printed = block.units[column]
        unit = block.row_units.get((row, column), unit)
        told = _UNTOLD if unparted else number(cell.text, unit)
        match, where = OCR if grid.ocr else match, place(grid, cell)
        shown = told.unit if told.kind == "unit" and not printed else unit if printed else ""
        found.add(key, Reading(told.value, told.kind, cell.text, where, match, shown))
        if told.kind == "missing" and match != OCR:  # of those all are listed in the end
            found.notes.append(_unread(key, cell, where))
    if entry.match == "close":
        found.notes.append(_damaged(entry))


def _refused(entry: Entry, why: str) -> Note:
    return Note(
        f"the row {_show(entry.text)} is printed but its figures cannot be tied to columns: {why}",
        entry.place,
        "Open the document at this place and enter the row by hand.",
        "error",
    )


def _damaged(entry: Entry) -> Note:
    return Note(
        f"the damaged label {_show(entry.text)} was read as {entry.wording}",
        entry.place,
        "Compare it with the document; `match` is close for these cells.",
        "info",
    )


def _unread(key: Key, cell: Cell, place: str) -> Note:
    return Note(
        f"{_show(cell.text)} is not a number that can be read beyond doubt ({_name(key)})",
        place,
        "Read the document at this place and enter the figure by hand.",
        "error",
    )


def _drop_parted(
    found: _Found, assigned: list[tuple[Entry, Assigned | str]], tables: list[Table]
) -> None:
    """Forget the figures of rows that blanks part and nothing proves; their characters stay."""
    for entry, cells in unproven_rows(assigned, found.cells, tables):
        for key, cell in cells.items():
            reading = found.cells.get(key)
            if reading and reading.place == entry.row.place(cell):
                found.cells[key] = reading._replace(value=None, kind="missing")
        why = "only blanks part its figures, and no sum proves that none of them is cut or lost"
        found.notes.append(_refused(entry, why))


def _show(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat[:60]}…'" if len(flat) > 60 else f"'{flat}'"


def _name(key: Key) -> str:
    return " / ".join(key)


def _tell_editions(found: _Found) -> dict[str, str]:
    """The edition of each table: the one that has most of the rows printed and of the cells read
    together, then most of the rows, and lacks fewest."""
    rows: dict[str, set[str]] = {}
    cells: dict[str, set[tuple[str, str]]] = {}
    for table, row in found.named:
        rows.setdefault(table, set()).add(row)
    for table, row, column in found.cells:
        cells.setdefault(table, set()).add((row, column))
    ranks = {
        id: likeness(id, frozenset(named), frozenset(cells.get(id, ())))
        for id, named in sorted(rows.items())
    }
    told = {id: max(rank, key=rank.__getitem__) for id, rank in ranks.items()}
    _drop_chance_rows(found, told, rows)
    # Where a table is alike in two editions, take the edition that the report's others have.
    for id, edition in told.items():
        ties = [name for name, rank in ranks[id].items() if rank == ranks[id][edition]]
        others = Counter(name for other, name in told.items() if other != id and name in ties)
        if len(ties) > 1 and others:
            told[id] = others.most_common(1)[0][0]
    return told


def _drop_chance_rows(found: _Found, told: dict[str, str], rows: dict[str, set[str]]) -> None:
    """Forget a few rows that look like a table of another form than the rest of the report."""
    weight = Counter[str]()
    for id in told:
        weight.update(dict.fromkeys(editions_with(id), len(rows[id])))
    common = max(editions(), key=weight.__getitem__)
    for id in list(told):
        whole = shape(told[id], id)[0]
        if common not in editions_with(id) and 2 * len(rows[id]) < len(whole):
            del told[id]
            for key in [key for key in found.cells if key[0] == id]:
                del found.cells[key]


def _named_only(document: Document, sections: list[Section]) -> dict[str, str]:
    """Editions for a report that prints the form but in a shape from which no cell can be read."""
    text = fold(document.text() + "".join(c.text for grid in document.grids() for c in grid.cells))
    newest = editions()[0]
    tables = load_form(newest).tables
    wordings = [row.printed for table in tables for row in table.rows if len(row.printed) > 6]
    named = sum(fold(word)[2:] in text for word in wordings)
    if named < 3 and sum(part.number != FOREWORD for part in sections) < 3:
        raise FormError(
            "the document holds no table of the statutory form",
            where=document.path,
            advice="Check that it is the annual report itself, not its cover letter or a list of "
            "links; tables that are pictures are not read.",
        )
    return {table.id: newest for table in tables}


def _tables(told: dict[str, str]) -> list[Table]:
    """The tables to expect: those told, and the others of the same editions."""
    chosen = dict(told)
    common = Counter(told.values())
    for edition, _ in common.most_common():
        for table in load_form(edition).tables:
            chosen.setdefault(table.id, edition)
    told.update(chosen)
    tables = [load_form(edition).table(id) for id, edition in chosen.items()]
    return sorted(tables, key=lambda table: table.section)


def _drop_strangers(found: _Found, expected: list[Key]) -> None:
    """Cells that the told edition does not have (a subtotal of its split rows) are not kept."""
    known = set(expected)
    for key in [key for key in found.cells if key not in known]:
        reading = found.cells.pop(key)
        if reading.kind == "blank":
            continue
        found.notes.append(
            Note(
                f"{_name(key)} ({reading.raw}) is not a cell of the edition of this table",
                reading.place,
                "It is left out; look at the document if it should count.",
            )
        )


def _count_as_told(found: _Found, told: dict[str, str]) -> None:
    """Give each figure the unit that its edition prints: another may count the same code in 件."""
    printed = {table: units(edition, table) for table, edition in told.items()}
    for (table, row, column), reading in found.cells.items():
        unit = printed[table][row, column]
        if reading.kind != "unit" and reading.unit != unit:
            found.cells[table, row, column] = reading._replace(unit=unit)


def _note_missing(found: _Found, expected: list[Key], told: dict[str, str]) -> None:
    """One note a table, or a row, that the form has and the document does not give."""
    missing = [key for key in expected if key not in found.cells]
    if not missing:
        return
    for table, edition in told.items():
        absent = [key for key in missing if key[0] == table]
        if not absent:
            continue
        size = sum(key[0] == table for key in expected)
        rows = list(dict.fromkeys(row for _, row, _ in absent))
        whole = len(absent) == size
        what = "no cell" if whole else f"not the cells of {', '.join(rows)}"
        found.notes.append(
            Note(
                f"of the table {table} (edition {edition}) {what} could be read"
                f" ({len(absent)} of {size} cells missing)",
                f"table {table}",
                "Compare with the document; these cells are <NA>.",
                "error",
            )
        )
