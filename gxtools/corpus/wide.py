"""The cells of a batch side by side, a row a report: `figures` for everybody, `packed` for us.

In `figures` a column `applications/received/total` holds the figure, null where none was read. Two
hundred columns take long to open: `packed` has the figures (`values`, eight bytes each) and their
kinds (`kinds`, one byte) of each report in one piece, in the order of the cells that
`layouts[layout]` lists; the lists are in the file's metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
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
    """The figures of the rows of some packed tables (each with its metadata), put in an order.

    The columns are in the order in which the long table names them first.
    """
    told = [json.loads(table.schema.metadata[META]) for table in tables]
    place = np.empty(sum(table.num_rows for table in tables), dtype=np.int64)
    place[order] = np.arange(len(place))
    names = list(dict.fromkeys(kind for one in told for kind in one["kinds"]))
    counts = np.zeros(len(place), dtype=np.int64)
    blocks, first = list[_Block](), 0
    for table, one in zip(tables, told, strict=True):
        rows = place[first : first + table.num_rows]
        blocks += _blocks(table, one, rows, names)
        first += table.num_rows
    for block in blocks:
        counts[block.rows] = len(block.cells)
    begin = np.cumsum(counts) - counts
    keys = _as_seen(blocks, begin)
    shape = (len(place), len(keys))
    wide = Wide(
        keys,
        np.full(shape, np.nan),
        np.full(shape, NOT_THERE, np.uint8),
        names,
        np.full(shape, -1, dtype=np.int64),
    )
    for block in blocks:
        at = np.ix_(block.rows, np.array([keys[key] for key in block.cells], dtype=np.int64))
        wide.values[at], wide.kinds[at] = block.values, block.kinds
        wide.position[at] = begin[block.rows, None] + np.arange(len(block.cells))
    return wide


@dataclass(frozen=True, eq=False)
class _Block:
    """The rows of a packed table that have the same cells, in the same order."""

    rows: npt.NDArray[np.int64]  # where they stand in the end
    cells: list[Key]
    values: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.uint8]


def _blocks(table: pa.Table, told: dict[str, Any], rows: Any, names: list[str]) -> Iterator[_Block]:
    known = np.full(256, NOT_THERE, dtype=np.uint8)
    known[: len(told["kinds"])] = [*map(names.index, told["kinds"])]
    layout = table.column("layout").to_numpy()
    for number, cells in enumerate(told["layouts"]):
        these = np.flatnonzero(layout == number)
        if len(these) and cells:
            some = table if len(these) == table.num_rows else table.take(pa.array(these))
            kinds, values = (
                np.frombuffer(b"".join(some.column(name).to_pylist()), dtype=kind)
                for name, kind in (("kinds", np.uint8), ("values", "<f8"))
            )
            yield _Block(
                rows[these],
                [tuple(told["keys"][cell]) for cell in cells],
                values.reshape(len(these), -1),
                known[kinds].reshape(len(these), -1),
            )


def _as_seen(blocks: list[_Block], begin: Any) -> dict[Key, int]:
    """The columns by the place in the long table where each stands first."""
    seen: dict[Key, int] = {}
    for block in blocks:
        first = int(begin[block.rows.min()])
        for step, key in enumerate(block.cells):
            seen[key] = min(seen.get(key, first + step), first + step)
    return {key: column for column, key in enumerate(sorted(seen, key=seen.__getitem__))}
