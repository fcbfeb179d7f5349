"""write_sheet(): Reports -> a compiled sheet that reads back equal."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from ..arguments import path_of
from ..errors import InputError
from ..forms import editions, load_form
from ..places import writing
from ..reports import Reports, need_reports
from ..schema import INDEX
from ..text import number
from .cells import UNREAD
from .headings import Key, code_of

# Of the file that a report was read from, nothing is told of the sheet.
_OWN = ("evidence", "file", "sha256", "format", "found", "expected")
IDENTITY = [name for name in INDEX if name not in _OWN]
ALWAYS = ("report", "agency", "year", "editions")
# A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SIGNS = {"blank": "", "slash": "/", "dash": "—", "none": "无"}
_UTF8_WITH_MARK = "utf-8-sig"
# A workbook cannot hold them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_sheet(reports: Reports, path: str | os.PathLike[str]) -> Path:
    """Write one row a report with a column for each cell that any report has; returns the path.

    `.xlsx` writes a workbook, `.csv` UTF-8 with a byte-order mark. Columns are headed by codes.
    Figures are numbers; 22（其中修订16件）, 251000元, `/`, 无 stand as printed, a dash as —; a
    blank cell is empty, one that could not be read says 未读 or the characters that were printed.
    No text becomes a formula. `read_sheet` gives back the same cells (values and kinds). Sections,
    problems and places are not kept. Raises InputError for another suffix, FileError where the
    file cannot be written.
    """
    need_reports(reports)
    target = Path(path_of(path))
    if target.suffix.lower() not in (".xlsx", ".csv"):
        raise InputError(
            f"{target.name} is neither .xlsx nor .csv",
            where=str(target),
            advice="Name it .xlsx or .csv.",
        )
    identity = [
        name for name in IDENTITY if name in ALWAYS or bool(reports.index[name].notna().any())
    ]
    keys = _keys(reports)
    header = [*identity, *map(code_of, keys)]
    rows = _rows(reports, identity, keys)
    with writing(target):
        if target.suffix.lower() == ".csv":
            _write_csv(target, header, rows)
        else:
            _write_xlsx(target, header, rows)
    return target


def _keys(reports: Reports) -> list[Key]:
    """The cells that some report has, in the order of the forms."""
    cells = reports.cells.loc[reports.cells["kind"] != "missing", ["table", "row", "column"]]
    unread = reports.cells["kind"].eq("missing") & reports.cells["raw"].fillna("").ne("")
    cells = pd.concat([cells, reports.cells.loc[unread, ["table", "row", "column"]]])
    found = {(str(t), str(r), str(c)) for t, r, c in cells.itertuples(index=False)}
    tables = [table for name in editions(compiled=True) for table in load_form(name).tables]
    tables.sort(key=lambda table: table.section)
    order = dict.fromkeys((table.id, *cell) for table in tables for cell in table.cells())
    return [key for key in order if key in found]


def _rows(reports: Reports, identity: list[str], keys: list[Key]) -> Iterator[list[Any]]:
    cells = reports.cells
    places = list(zip(cells["table"], cells["row"], cells["column"], strict=True))
    by_report: dict[str, dict[Key, Any]] = {}
    values = zip(cells["value"], cells["kind"], cells["raw"], cells["unit"], strict=True)
    for report, key, told in zip(cells["report"], places, values, strict=True):
        by_report.setdefault(str(report), {})[key] = told
    for row in reports.index.itertuples():
        own, compiled = by_report.get(str(row.report), {}), _compiled(row.editions)
        who = [_plain(getattr(row, name)) for name in identity]
        yield [*who, *(_shown(own.get(key), key[0] in compiled) for key in keys)]


def _compiled(told: object) -> set[str]:
    """The tables of a report that follow a compiled form, where empty means not known."""
    parts = (part.split("=", 1) for part in str(told).split() if "=" in part)
    return {table for table, edition in parts if load_form(edition).compiled}


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return ""
    return value if isinstance(value, str) else int(value)


def _shown(told: tuple[Any, ...] | None, compiled: bool) -> Any:
    """A cell as a number or the characters from which its value and kind are read again."""
    if told is None:
        return ""
    value, kind, raw, unit = told
    raw = "" if pd.isna(raw) else str(raw)
    if kind in _SIGNS:
        return _SIGNS[kind]
    if kind == "missing":
        return _unread(raw, compiled)
    figure = Decimal(repr(float(value)))
    if kind == "number":
        return int(figure) if figure == figure.to_integral_value() else float(figure)
    unit = "" if pd.isna(unit) else str(unit)
    text = _safe(raw)
    again = number(text, unit)
    if again.kind == kind and again.value == figure:
        return text
    return f"{_digits(figure)}{unit}" if kind == "unit" else f"{_digits(figure)}（含注）"


def _unread(raw: str, compiled: bool) -> str:
    if raw and number(raw).kind == "missing" and not raw.startswith(_FORMULA):
        return raw
    return "" if compiled and not raw else UNREAD


def _safe(raw: str) -> str:
    """Characters that no spreadsheet takes for a formula and that read the same."""
    text = raw.strip()
    return "−" + text[1:] if text.startswith("-") else text.removeprefix("+")


def _digits(figure: Decimal) -> str:
    return f"{figure:f}"


def _write_csv(target: Path, header: list[str], rows: Iterator[list[Any]]) -> None:
    with target.open("w", encoding=_UTF8_WITH_MARK, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([_plain_text(value) for value in row])


def _plain_text(value: Any) -> Any:
    if isinstance(value, float):
        return _digits(Decimal(repr(value)))  # never 1e-05
    risky = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if risky else value


def _write_xlsx(target: Path, header: list[str], rows: Iterator[list[Any]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=False)
    sheet: Any = book.active
    sheet.title = "汇总表"
    sheet.append(header)
    for at, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            if value == "":
                continue
            text = isinstance(value, str)
            cell = sheet.cell(at, column, _CONTROL.sub("", value) if text else value)
            if text:
                cell.data_type = "s"  # = at its head is a character, no formula
    sheet.freeze_panes = "C2"
    book.save(target)
