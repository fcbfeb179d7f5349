"""The ledger: every version of every file that a corpus has seen, and what became of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..places import is_url
from .storage import Storage

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"
_SHEET = "#"


@dataclass
class Entry:
    """One version of one file: the reports read from it, and what the catalogue said of it."""

    file: str
    sha256: str | None
    reports: list[str] = field(default_factory=list)
    given: str = ""
    status: str = CURRENT
    since: str = ""
    until: str | None = None


_TYPES = dict.fromkeys((part.name for part in fields(Entry)), pa.string())
_TYPES["reports"] = pa.list_(pa.string())
_SCHEMA = pa.schema(list(_TYPES.items()))


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def place_of(file: str) -> str:
    """What tells a file from all others: the address, or the whole path."""
    return file if is_url(file) else os.path.abspath(file)


def read_entries(storage: Storage, name: str) -> list[Entry]:
    """The entries of a ledger; none where there is no ledger."""
    if not name:
        return []
    with storage.telling(name):
        table = pq.read_table(storage.open(name), partitioning=None)
    columns = [table.column(part).to_pylist() for part in _TYPES]
    return [Entry(*values) for values in zip(*columns, strict=True)]


def write_entries(storage: Storage, name: str, entries: Iterable[Entry]) -> None:
    """Write a ledger."""
    rows = [[getattr(entry, name) for name in _TYPES] for entry in entries]
    columns: Iterable[Any] = zip(*rows, strict=True) if rows else [()] * len(_TYPES)
    arrays = [pa.array(c, kind) for c, kind in zip(columns, _TYPES.values(), strict=True)]
    with storage.writing(name) as file:
        pq.write_table(pa.table(arrays, schema=_SCHEMA), file, compression="zstd")


def entries_of(index: pa.Table) -> list[Entry]:
    """What the index tells of the files that its reports were read from."""
    found: dict[tuple[str, str | None], Entry] = {}
    columns = [index.column(name).to_pylist() for name in ("file", "report", "sha256")]
    for file, report, sha256 in zip(*columns, strict=True):
        if file is not None:
            name = _without_sheet(file, report)
            entry = found.setdefault((name, sha256), Entry(name, sha256, since=now()))
            entry.reports.append(report)
    return list(found.values())


def _without_sheet(file: str, report: str) -> str:
    """The workbook `a#b.xlsx` of the report `a#b#2023-1f3c5d`, whose file is `a#b.xlsx#2023`."""
    place = file.find(_SHEET)
    while place > 0:
        if f"{file[place:]}-" in report:
            return file[:place]
        place = file.find(_SHEET, place + 1)
    return file
