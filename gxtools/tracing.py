"""trace(): where a figure was printed, how that place looks, and which checks rest on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import numpy as np
import pandas as pd

from .arguments import language
from .checks import examine, named
from .convention import settle_all, sides
from .crew import run
from .errors import GxError, InputError
from .names import name_of
from .panel import Panel
from .reports import Reports, need_reports
from .sighting import Sighting, Wanted, sight
from .traces import Trace, numbers_of, say

KEY = ("report", "table", "row", "column")
_LINE = ("check", "table", "row", "column")


def trace(
    reports: Reports,
    cell: Mapping[str, Any] | pd.Series[Any] | tuple[str, str, str, str],
    *,
    lang: str = "zh",
    picture: bool = True,
) -> Trace:
    """The Trace of one form cell: file, page, row, column, printed characters, picture, checks.

    `cell` is a row of `reports.cells` or of gx.check(reports) (of a sum, its printed total is
    shown), or (report, table, row, column). The file is read again, within the limits of a worker
    process, for the picture; without `picture`, or where the file is gone or has changed, all that
    was kept when it was read is still told. `value` is in 件 or 万元. Raises InputError where the
    reports have no such cell, for a finding that rests on no one cell, and for another language.
    """
    language(lang)
    key = _key(_printed_total(reports, cell))
    rows = reports.cells.loc[reports.cells["report"] == key[0]]
    found = rows.loc[(rows[list(KEY[1:])] == list(key[1:])).all(axis=1)]
    if found.empty:
        raise InputError(f"no cell {' / '.join(key)}", advice="See the columns of reports.cells.")
    entry = found.iloc[0]
    report = reports.index.loc[reports.index["report"] == key[0]].iloc[0]
    sighting, note = _seen(rows, entry, report, lang) if picture else (Sighting(), "")
    told = {name: _text(entry[name]) for name in ("kind", "raw", "place")}
    numbers = numbers_of(told["place"])
    return Trace(
        *key,
        agency=_text(report["agency"]),
        year=None if pd.isna(report["year"]) else int(report["year"]),
        name=name_of(*key[1:], lang),
        value=None if pd.isna(entry["value"]) else float(entry["value"]),
        kind=told["kind"],
        raw=told["raw"],
        file=_text(report["file"]),
        place=told["place"],
        page=numbers["page"],
        printed_row=numbers["row"],
        printed_column=numbers["column"],
        checks=_checks(reports, key),
        html=sighting.html,
        png=sighting.png,
        note=note,
        lang=lang,
    )


def _printed_total(reports: Reports, cell: Any) -> Any:
    """Of a finding on a whole row or column, the cell that it says is printed; else as given.

    Raises InputError for a finding that rests on no one printed cell.
    """
    need_reports(reports)
    names = KEY[1:]
    if not isinstance(cell, Mapping | pd.Series) or not {*KEY, "place"} <= {*cell.keys()}:
        return cell
    if not any(pd.isna(cell[name]) for name in names):
        return cell
    fits = reports.cells["report"] == cell["report"]
    for name in ("place", *(name for name in names if not pd.isna(cell[name]))):
        fits &= (reports.cells[name] == cell[name]).fillna(False)
    found = reports.cells.loc[fits]
    if len(found) == 1:
        return found.iloc[0]
    raise InputError(
        "the finding rests on several cells, or on one that is not printed",
        where=" / ".join(str(cell[name]) for name in KEY if not pd.isna(cell[name])),
        advice="Give one of them: a row of reports.cells.",
    )


def _key(cell: Any) -> tuple[str, str, str, str]:
    try:
        parts = cell if isinstance(cell, tuple) else tuple(cell[name] for name in KEY)
        report, table, row, column = (str(part) for part in parts)
    except (KeyError, TypeError, ValueError) as error:
        told = repr(cell) if isinstance(cell, tuple | str) else type(cell).__name__
        advice = f"Give {', '.join(KEY)}, or a row of reports.cells."
        raise InputError(f"{told} names no cell", advice=advice) from error
    return report, table, row, column


def _seen(
    rows: pd.DataFrame, entry: pd.Series[Any], report: pd.Series[Any], lang: str
) -> tuple[Sighting, str]:
    """What is to be seen of the cell, and what is to be said of that."""
    if pd.isna(entry["place"]):
        return Sighting(), say("absent", lang)
    same = rows.loc[(rows["place"] == entry["place"]) & (rows["raw"] == entry["raw"])]
    turn = list(same.index).index(entry.name)
    file, sha256 = _text(report["file"]), _text(report["sha256"])
    wanted = Wanted(file, sha256, _text(entry["place"]), _text(entry["raw"]), turn, len(same))
    try:
        found = _sighted(wanted)
    except GxError as error:
        return Sighting(), say("gone", lang, why=error.what)
    if not found.marked:
        return found, say("absent", lang)
    return found, say("several", lang, n=found.marked) if found.marked > 1 else ""


@lru_cache(maxsize=64)
def _sighted(wanted: Wanted) -> Sighting:
    """What a worker sees; a figure asked for again is not looked up again, a failure is."""
    (found,) = run(sight, [wanted], jobs=1)
    if isinstance(found, GxError):
        raise found
    return cast("Sighting", found)


def _checks(reports: Reports, key: tuple[str, str, str, str]) -> pd.DataFrame:
    """The findings that rest on the cell, those that do not hold first."""
    index = reports.index
    own = index.loc[index["report"] == key[0]].iloc[0]
    body = index["agency"] == own["agency"] if pd.notna(own["agency"]) else index["agency"].isna()
    same = (body & (index["division"].fillna("") == _text(own["division"]))).fillna(False)
    near = reports.only(index.loc[same | (index["report"] == key[0]), "report"])
    at = int((near.cells[list(KEY)] == list(key)).all(axis=1).to_numpy().argmax())
    found = examine(near)
    sums = _sums(near, at)
    names = zip(*(found[name].fillna("") for name in ("at", *_LINE)), strict=True)
    kept = [at in cells or name in sums for cells, name in zip(found["cells"], names, strict=True)]
    made = named(found.loc[kept].reset_index(drop=True), near)
    order = made["verdict"].map({"broken": 0, "unknown": 1, "holds": 2})
    return made.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _sums(near: Reports, position: int) -> set[tuple[Any, ...]]:
    """The sums that the cell takes part in, by report and line: those that hold name no cells."""
    found: set[tuple[Any, ...]] = set()
    for settled in settle_all(Panel.of(near)):
        at = np.argwhere(settled.position == position)
        if not len(at):
            continue
        row, cell = at[0]
        used = [(side == cell).any(axis=1) for side in sides(settled.table)]
        for line, has in zip(settled.lines, used[0] | used[1], strict=True):
            if has:
                name = (line.sum.id, settled.table.id, line.row or "", line.column or "")
                found.add((int(settled.rows[row]), *name))
    return found


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
