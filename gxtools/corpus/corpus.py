"""A corpus on storage: what is in it, and changes that are made whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .batch import Batch, joined
from .columns import ORDER, from_rows
from .ledger import Entry, read_entries, write_entries
from .manifest import LEDGER, LOOSE, Manifest, find_manifest, read_manifest, write_manifest
from .parts import TABLES, Part, find_rows, read_rows, write_part
from .storage import Storage

LARGEST = 10_000  # reports in a part: what is held in memory at a time


class Corpus:
    """The files of a corpus as they were when it was opened."""

    def __init__(self, storage: Storage, manifest: Manifest) -> None:
        self.storage, self.manifest = storage, manifest

    @classmethod
    def open(cls, where: str | os.PathLike[str], create: bool = False) -> Corpus:
        """The corpus there. Raises FileError, FormatError; with `create` there may be none yet."""
        storage = Storage(where)
        manifest = find_manifest(storage) if create else read_manifest(storage)
        return cls(storage, manifest)

    def files(self, table: str) -> list[str]:
        """The Parquet files of a table, for DuckDB, Polars and the like."""
        return [self.storage.address(part.name(table)) for part in self.manifest.current]

    def ledger(self) -> list[Entry]:
        return read_entries(self.storage, self.manifest.ledger)

    def loose(self) -> pa.Table:
        """Problems that are not those of one part's reports, with their order."""
        name = self.manifest.loose
        if not name:
            empty = from_rows("problems", [])
            return empty.append_column(ORDER, pa.array([], pa.int64()))
        with self.storage.telling(name):
            return pq.read_table(self.storage.open(name), partitioning=None)

    def batch(self, part: Part) -> Batch:
        """All reports of a part."""
        index, rows = find_rows(self.storage, part)
        named = {name: read_rows(self.storage, part, name, rows) for name in TABLES[1:4]}
        return Batch(index, **named)


class Change:
    """A change to a corpus: parts are added and dropped, and `commit` makes it so."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self._after = corpus, corpus.manifest

    def add(self, batch: Batch, earlier: bool = False) -> None:
        """Write reports into new parts, by year."""
        for year, rows in batch.years().items():
            for first in range(0, len(rows), LARGEST):
                some = batch.take(rows[first : first + LARGEST])
                part = write_part(self.corpus.storage, year, some, earlier)
                self._after = replace(self._after, parts=(*self._after.parts, part))

    def drop(self, parts: Iterable[Part]) -> None:
        """Leave these parts out."""
        self._after = self._after.without(list(parts))

    def replace_reports(self, gone: set[str]) -> None:
        """Move these reports from the current parts to the earlier ones."""
        for part in self.corpus.manifest.current if gone else ():
            index, rows = find_rows(self.corpus.storage, part)
            old = [id in gone for id in index.column("report").to_pylist()]
            if any(old):
                batch = self.corpus.batch(part)
                self.drop([part])
                self.add(batch.take(rows[np.array(old)]), earlier=True)
                self.add(batch.take(rows[~np.array(old)]))

    def commit(self, ledger: Iterable[Entry], loose: pa.Table, next: int) -> Corpus:
        """Make the change, and give back the corpus as it is then."""
        storage, number = self.corpus.storage, uuid.uuid4().hex[:12]
        names = {name: f"{name}/{number}.parquet" for name in (LEDGER, LOOSE)}
        write_entries(storage, names[LEDGER], ledger)
        with storage.writing(names[LOOSE]) as file:
            pq.write_table(loose, file, compression="zstd")
        after = replace(self._after, ledger=names[LEDGER], loose=names[LOOSE], next=next)
        return Corpus(storage, write_manifest(storage, after, self.corpus.manifest))

    def compact(self) -> bool:
        """Join small parts of a year, as many small steps leave them; whether there were any."""
        small: dict[int | None, list[Part]] = {}
        for part in self._after.current:  # earlier parts may have the same report twice
            if part.reports < LARGEST // 2:
                small.setdefault(part.year, []).append(part)
        found = [some for parts in small.values() for some in _bundles(parts)]
        for some in found:
            self.drop(some)
            self.add(joined(self.corpus.batch(part) for part in some))
        return bool(found)


def _bundles(parts: list[Part]) -> list[list[Part]]:
    """Parts that go together into one; a part that would stand alone is left as it is."""
    found: list[list[Part]] = [[]]
    for part in parts:
        if found[-1] and sum(one.reports for one in found[-1]) + part.reports > LARGEST:
            found.append([])
        found[-1].append(part)
    return [some for some in found if len(some) > 1]
