"""The cells of a batch side by side, a row a report: `figures` for everybody, `packed` for us.

In `figures` a column `applications/received/total` holds the figure, null where none was read. Two
hundred columns take long to open: `packed` has the figures (`values`, eight bytes each) and their
kinds (`kinds`, one byte) of each report in one piece, in the order of the cells that
`layouts[layout]` lists; the lists are in the file's metadata.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ..errors import InputError
from .batch import Batch, owners
from .columns import codes

Key = tuple[str, str, str]  # table, row, column
WHO = ["report", "agency", "province", "city", "district", "level", "scope", "year"]
META = b"gxtools"
_MARK = "/"
NOT_THERE = 255  # the kind of a cell that a report's form has not


@dataclass(frozen=True, eq=False)
class Wide:
    """Figures of some reports, a row a report: `values` is NaN where none was read; `kinds` are
    numbers into `names`; `position` counts the cells in the long table, -1 for a cell that the
    report's form has not."""

    keys: dict[Key, int]
    values: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.uint8]
    names: list[str]
    position: npt.NDArray[np.int64]


def widen(batch: Batch) -> tuple[pa.Table, pa.Table]:
    """`figures` and `packed` of a batch. Raises InputError for a cell that stands twice."""
    places = {id: row for row, id in enumerate(batch.ids)}
    report = owners(batch.cells, places)
    key, keys = _keys(batch.cells)
    there = np.zeros((len(batch), len(keys)), dtype=bool)
    there[report, key] = True
    if there.sum() < len(key):
        raise InputError("a cell stands twice in the cells", advice="Keep each report once.")
    values = np.full((len(batch), len(keys)), np.nan)
    values[report, key] = batch.cells.column("value").to_numpy()
    kinds, names = codes(batch.cells.column("kind"))
    counts = np.bincount(report, minlength=len(batch))
    layout, layouts = _layouts(key, counts)
    figures = {name: batch.index.column(name) for name in WHO}
    for place, cell in enumerate(keys):
        figures[_MARK.join(cell)] = pa.array(values[:, place], from_pandas=True)
    packed = {
        "report": batch.index.column("report"),
        "layout": pa.array(layout, pa.int32()),
        "kinds": _bytes(kinds.astype(np.uint8), counts),
        "values": _bytes(values[report, key].astype("<f8"), counts),
    }
    told = {"layouts": layouts, "kinds": names, "keys": [list(cell) for cell in keys]}
    return pa.table(figures), pa.table(packed).replace_schema_metadata({META: json.dumps(told)})


def _keys(cells: pa.Table) -> tuple[Any, list[Key]]:
    """The number of each row's form cell, and the form cells in order of their first row."""
    parts = [codes(cells.column(name)) for name in ("table", "row", "column")]
    flat, size = np.zeros(cells.num_rows, dtype=np.int64), 1
    for numbers, names in parts:
        if (numbers < 0).any():
            raise InputError("a cell has no table, row or column", advice="Look into `cells`.")
        flat, size = flat * max(len(names), 1) + numbers, size * max(len(names), 1)
    first = np.full(size, len(flat), dtype=np.int64)
    first[flat[::-1]] = np.arange(len(flat))[::-1]  # the first of several comes last, and stays
    order = np.argsort(first, kind="stable")[: (first < len(flat)).sum()]
    rank = np.empty_like(first)
    rank[order] = np.arange(len(order))
    named = [tuple(names[numbers[at]] for numbers, names in parts) for at in first[order]]
    return rank[flat], named


def _layouts(key: Any, counts: Any) -> tuple[list[int], list[list[int]]]:
    """Which cells each report has, in order: the number of that list, and the lists."""
    found: dict[bytes, int] = {}
    lists: list[list[int]] = []
    numbers = []
    for part in np.split(key, np.cumsum(counts)[:-1]) if len(counts) else []:
        name = part.tobytes()
        if name not in found:
            found[name] = len(lists)
            lists.append(part.tolist())
        numbers.append(found[name])
    return numbers, lists


def _bytes(data: Any, counts: Any) -> pa.Array:
    offsets = (np.concatenate([[0], np.cumsum(counts)]) * data.itemsize).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(counts), buffers)


def unfold(tables: list[pa.Table], order: Any) -> Wide:
    """The figures of the rows of some packed tables (each with its metadata), put in an order."""
    keys: dict[Key, int] = {}
    names: list[str] = []
    told = [json.loads(table.schema.metadata[META]) for table in tables]
    for one in told:
        for key in one["keys"]:
            keys.setdefault(tuple(key), len(keys))
        names += [kind for kind in one["kinds"] if kind not in names]
    shape = (sum(table.num_rows for table in tables), len(keys))
    place = np.empty(shape[0], dtype=np.int64)
    place[order] = np.arange(shape[0])
    wide = Wide(keys, np.full(shape, np.nan), np.full(shape, NOT_THERE, np.uint8), names, _none())
    steps = np.full(shape, -1, dtype=np.int16)
    counts = np.zeros(shape[0], dtype=np.int64)
    first = 0
    for table, one in zip(tables, told, strict=True):
        rows = place[first : first + table.num_rows]
        _put(wide, steps, counts, rows, table, one)
        first += table.num_rows
    begin = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts
    position = np.where(steps < 0, -1, begin[:, None] + steps)
    return _as_seen(replace(wide, position=position))


def _as_seen(wide: Wide) -> Wide:
    """The columns in the order in which the long table names them first."""
    if not len(wide.position):
        return wide
    seen = np.where(wide.position < 0, np.iinfo(np.int64).max, wide.position).min(axis=0)
    order = np.argsort(seen, kind="stable")
    order = order[seen[order] < np.iinfo(np.int64).max]
    names = list(wide.keys)
    arrays = (wide.values[:, order], wide.kinds[:, order], wide.names, wide.position[:, order])
    return Wide({names[at]: place for place, at in enumerate(order)}, *arrays)


def _none() -> npt.NDArray[np.int64]:
    return np.empty((0, 0), dtype=np.int64)


def _put(
    wide: Wide, steps: Any, counts: Any, rows: Any, table: pa.Table, told: dict[str, Any]
) -> None:
    """Fill in the rows of one table."""
    columns = np.array([wide.keys[tuple(key)] for key in told["keys"]], dtype=np.int64)
    known = np.full(256, NOT_THERE, dtype=np.uint8)
    known[: len(told["kinds"])] = [*map(wide.names.index, told["kinds"])]
    layout = table.column("layout").to_numpy()
    kinds, values = (table.column(name).to_pylist() for name in ("kinds", "values"))
    for number, cells in enumerate(told["layouts"]):
        these = np.flatnonzero(layout == number)
        if len(these) and cells:
            at = np.ix_(rows[these], columns[cells])
            data = np.frombuffer(b"".join(kinds[i] for i in these), dtype=np.uint8)
            wide.kinds[at] = known[data].reshape(len(these), -1)
            data = np.frombuffer(b"".join(values[i] for i in these), dtype="<f8")
            wide.values[at] = data.reshape(len(these), -1)
            steps[at] = np.arange(len(cells))
        counts[rows[these]] = len(cells)
