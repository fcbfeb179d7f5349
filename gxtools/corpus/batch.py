"""Batch: some reports as Arrow tables, in which every report's rows stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from ..errors import InputError
from ..schema import FRAMES
from .columns import ORDER, codes, from_frame

Ints = npt.NDArray[np.int64]
OWNED = ("cells", "sections", "problems")  # tables with several rows a report
# Neighbours stand together, so that a province is read without the others.
PLACES = ("province", "city", "district", "agency")


@dataclass(frozen=True, eq=False)
class Batch:
    """The rows of some reports: `index` with a row each, the others in the order of the index."""

    index: pa.Table
    cells: pa.Table
    sections: pa.Table
    problems: pa.Table

    def __len__(self) -> int:
        return int(self.index.num_rows)

    @property
    def ids(self) -> list[str]:
        return list(self.index.column("report").to_pylist())

    def take(self, rows: Ints) -> Batch:
        """These reports, in this order."""
        return grouped(self.index.take(pa.array(rows)), {n: getattr(self, n) for n in OWNED})

    def years(self) -> dict[int | None, Ints]:
        """The rows of each year; None for reports whose year is not known."""
        found: dict[int | None, list[int]] = {}
        for row, year in enumerate(self.index.column("year").to_pylist()):
            found.setdefault(year, []).append(row)
        return {year: np.array(rows, dtype=np.int64) for year, rows in found.items()}

    def by_place(self) -> Batch:
        """The same reports, neighbours together."""
        keys = {name: self.index.column(name).to_pylist() for name in PLACES}
        order = pd.DataFrame(keys, dtype=object).fillna("").sort_values(list(PLACES), kind="stable")
        return self.take(order.index.to_numpy(dtype=np.int64))


def of_frames(frames: dict[str, pd.DataFrame], order: dict[str, Ints]) -> Batch:
    """A batch of the frames of Reports; `order` gives the place of each row of index and problems.

    Raises InputError for a report that stands twice in the index, or rows of one that does not.
    """
    tables = {name: from_frame(name, frames[name]) for name in FRAMES}
    for name, places in order.items():
        tables[name] = tables[name].append_column(ORDER, pa.array(places, pa.int64()))
    return grouped(tables.pop("index"), tables)


def joined(batches: Iterable[Batch]) -> Batch:
    """One batch of several."""
    parts = list(batches)
    if len(parts) == 1:
        return parts[0]
    return Batch(*(_concat([getattr(part, name) for part in parts]) for name in FRAMES))


def grouped(index: pa.Table, tables: dict[str, pa.Table]) -> Batch:
    """The reports of an index with the rows that are theirs, in the order of the index."""
    places = {id: row for row, id in enumerate(index.column("report").to_pylist())}
    if len(places) < index.num_rows:
        raise InputError("a report stands twice in the index", advice="Use gx.concat to join.")
    return Batch(index, **{name: _sorted(table, places) for name, table in tables.items()})


def _sorted(table: pa.Table, places: dict[str, int]) -> pa.Table:
    owner = owners(table, places)
    if (owner < 0).any():
        table, owner = table.filter(pa.array(owner >= 0)), owner[owner >= 0]
    if len(owner) < 2 or (np.diff(owner) >= 0).all():
        return table
    return table.take(pa.array(np.argsort(owner, kind="stable")))


def owners(table: pa.Table, places: dict[str, int]) -> Ints:
    """The place of each row's report; -1 for rows of a report that is not among them."""
    numbers, ids = codes(table.column("report"))
    known = np.array([*(places.get(id, -1) for id in ids), -1], dtype=np.int64)
    found: Ints = known[numbers]
    return found


def _concat(tables: list[Any]) -> pa.Table:
    return pa.concat_tables(tables).unify_dictionaries()
