"""Reports that lie on storage: frames are read when they are looked at, and only their rows."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from ..corpus import Corpus
from ..corpus.batch import owners
from ..corpus.columns import ORDER, to_frame
from ..corpus.parts import Part, Wanted, find_rows, read_rows
from ..corpus.wide import Wide, unfold
from ..errors import InputError
from ..reports import Reports, absent_from, listed

Ints = npt.NDArray[np.int64]
_SELECTABLE = {*(Reports.select.__kwdefaults__ or ())}
_TABLES = ("index", "cells", "sections", "problems", "figures")
_PART, _PLACE = "_part", "_place"


class StoredReports(Reports):
    """Reports of a corpus, as it was when it was opened.

    `select` reads only the index; `cells`, `sections` and `problems` are read when they are first
    looked at and then kept; measures read the figures side by side and never `cells`.
    """

    def __init__(
        self, corpus: Corpus, wanted: Wanted | None = None, ids: frozenset[str] | None = None
    ) -> None:
        for name, value in (("_corpus", corpus), ("_wanted", wanted), ("_ids", ids)):
            object.__setattr__(self, name, value)

    _corpus: Corpus
    _wanted: Wanted | None
    _ids: frozenset[str] | None

    def files(self, table: str) -> list[str]:
        """The Parquet files of a table of the whole corpus: `index`, `cells`, `sections`,
        `problems` (those of reports) or `figures` (a row a report, a column a form cell)."""
        if table not in _TABLES:
            raise InputError(f"no table {table!r}", advice=f"There are: {', '.join(_TABLES)}.")
        return self._corpus.files(table)

    @cached_property
    def index(self) -> pd.DataFrame:
        return to_frame("index", self._found)

    @cached_property
    def cells(self) -> pd.DataFrame:
        return to_frame("cells", self._rows("cells"))

    @cached_property
    def sections(self) -> pd.DataFrame:
        return to_frame("sections", self._rows("sections"))

    @cached_property
    def problems(self) -> pd.DataFrame:
        loose = self._corpus.loose()
        if not self._is_all:
            loose = loose.filter(pa.array(owners(loose, self._places) >= 0))
        table = pa.concat_tables([self._rows("problems"), loose])
        order = np.argsort(table.column(ORDER).to_numpy(), kind="stable")
        return to_frame("problems", table.take(pa.array(order)))

    @property
    def wide(self) -> Wide:
        """The figures side by side, in the order of the index."""
        tables = [
            read_rows(self._corpus.storage, part, "packed", rows) for part, rows, _ in self._chosen
        ]
        return unfold(tables, self._order)

    def select(self, **given: Any) -> Reports:
        """As `Reports.select`, by the index alone."""
        named = {name: listed(value) for name, value in given.items() if value is not None}
        if not named.keys() <= _SELECTABLE:
            super().select(**given)  # says which argument there is not
        wanted = dict(self._wanted or {})
        for name, values in named.items():
            wanted[name] = [one for one in values if one in wanted.get(name, values)]
        found = StoredReports(self._corpus, wanted, self._ids)
        short = any(absent_from(found.index[name], name, named[name]) for name in named)
        if short or not len(found):
            super().select(**named)  # type: ignore[arg-type]  # says what there is
        return found

    def only(self, reports: Iterable[str]) -> Reports:
        wanted = frozenset(reports)
        kept = wanted if self._ids is None else wanted & self._ids
        return StoredReports(self._corpus, self._wanted, kept)

    @property
    def _is_all(self) -> bool:
        return not self._wanted and self._ids is None

    @cached_property
    def _chosen(self) -> list[tuple[Part, Ints, pa.Table]]:
        """The parts with reports of ours, their rows in each, and their index."""
        found = []
        for part in self._corpus.manifest.current:
            index, rows = find_rows(self._corpus.storage, part, self._wanted)
            if self._ids is not None:
                ours = np.array(
                    [id in self._ids for id in index.column("report").to_pylist()], bool
                )
                index, rows = index.filter(pa.array(ours)), rows[ours]
            if len(rows):
                found.append((part, rows, index))
        return found

    @cached_property
    def _order(self) -> Ints:
        """Where each report of the index stands among the rows of the chosen parts."""
        tables = [index.column(ORDER).to_numpy() for _, _, index in self._chosen]
        return np.argsort(np.concatenate(tables)) if tables else np.zeros(0, dtype=np.int64)

    @cached_property
    def _found(self) -> pa.Table:
        tables = [index for _, _, index in self._chosen]
        if not tables:
            return _empty("index")
        return pa.concat_tables(tables).unify_dictionaries().take(pa.array(self._order))

    @cached_property
    def _places(self) -> dict[str, int]:
        ids = self._found.column("report").to_pylist()
        return {id: place for place, id in enumerate(ids)}

    def _rows(self, name: str) -> pa.Table:
        """The rows of a table, report by report in the order of the index."""
        tables = [self._of_part(name, part, rows) for part, rows, _ in self._chosen]
        if not tables:
            return _empty(name)
        table = pa.concat_tables(tables).unify_dictionaries()
        owner = owners(table, self._places)
        if (np.diff(owner) < 0).any():
            table = table.take(pa.array(np.argsort(owner, kind="stable")))
        return table

    def _of_part(self, name: str, part: Part, rows: Ints) -> pa.Table:
        table = read_rows(self._corpus.storage, part, name, rows)
        ours = owners(table, self._places) >= 0
        return table if ours.all() else table.filter(pa.array(ours))


def open_reports(dir: str | os.PathLike[str]) -> StoredReports:
    """The Reports of a corpus that `reports.save` or `gx.update` wrote, read when looked at.

    `dir` is a folder or an fsspec address (`s3://bucket/corpus`). `select(province=...)` reads the
    index alone; a measure of what was selected reads its figures and nothing else. Versions of
    reports that were replaced are not among them: see `gx.history`. Raises FileError where there
    is no corpus or a file of it is gone, FormatError for a corpus of a newer gxtools,
    MissingExtraError without gxtools[store].
    """
    return StoredReports(Corpus.open(dir))


def _empty(name: str) -> pa.Table:
    from ..corpus.columns import from_rows

    table = from_rows(name, [])
    return (
        table
        if name in ("cells", "sections")
        else table.append_column(ORDER, pa.array([], pa.int64()))
    )
