"""Parts: some thousand reports of one year, as one Parquet file a table.

    index/year=2023/1f3c.parquet     a row a report
    cells/year=2023/1f3c.parquet     a row a form cell
    sections/…, problems/…           their rows of those reports
    figures/year=2023/1f3c.parquet   a row a report, a column a form cell
    packed/year=2023/1f3c.parquet    the same for gxtools itself (see wide.py)

All six have the reports in the same order, GROUP of them a row group.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from ..schema import FRAMES
from .batch import OWNED, Batch, owners
from .columns import codes
from .storage import Storage
from .wide import widen

Wanted = dict[str, list[Any]]  # column of the index -> the values that are wanted
Ints = npt.NDArray[np.int64]
GROUP = 500  # reports a row group: the least that is read for one report
TABLES = (*FRAMES, "figures", "packed")
ROW = "_row"  # the place of a report in its part
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # how DuckDB, Polars and pyarrow call a partition of nulls


@dataclass(frozen=True)
class Part:
    """A part by its name; `earlier` parts hold versions that were replaced."""

    id: str
    year: int | None
    reports: int
    cells: int
    earlier: bool = False

    def name(self, table: str) -> str:
        """The file of a table, within the corpus."""
        year = UNKNOWN if self.year is None else self.year
        folder = f"earlier/{table}" if self.earlier else table
        return f"{folder}/year={year}/{self.id}.parquet"

    @property
    def names(self) -> list[str]:
        return [self.name(table) for table in TABLES]


def write_part(storage: Storage, year: int | None, batch: Batch, earlier: bool = False) -> Part:
    """Write the reports of one year. Raises FileError where there is no room for them."""
    batch = batch.by_place()
    part = Part(uuid.uuid4().hex[:12], year, len(batch), batch.cells.num_rows, earlier)
    places = {id: row for row, id in enumerate(batch.ids)}
    rows = pa.array(np.arange(len(batch)), pa.int64())
    index = batch.index.append_column(ROW, rows)
    figures, packed = widen(batch)
    for name, table in (("index", index), ("figures", figures), ("packed", packed)):
        with storage.writing(part.name(name)) as file:
            pq.write_table(table, file, compression="zstd", row_group_size=GROUP)
    for name in OWNED:
        table = getattr(batch, name)
        with storage.writing(part.name(name)) as file:
            _write_groups(file, table, owners(table, places), len(batch))
    return part


def _write_groups(file: Any, table: pa.Table, owner: Ints, reports: int) -> None:
    """Write a table with the rows of GROUP reports a row group."""
    cuts = np.searchsorted(owner, np.arange(0, reports + GROUP, GROUP))
    with pq.ParquetWriter(file, table.schema, compression="zstd") as writer:
        for first, last in pairwise(cuts):
            writer.write_table(
                table.slice(first, last - first), row_group_size=max(last - first, 1)
            )


def find_rows(storage: Storage, part: Part, wanted: Wanted | None = None) -> tuple[pa.Table, Ints]:
    """The index of a part (all of it, or the reports whose columns have one of the values wanted)
    and the rows in the part."""
    name = part.name("index")
    with storage.telling(name), pq.ParquetFile(storage.open(name)) as file:
        if not wanted:
            table = file.read()
        else:
            told = file.read(columns=list(wanted))
            masks = [_among(told.column(key), values) for key, values in wanted.items()]
            rows = np.flatnonzero(np.logical_and.reduce(masks))
            table = _picked(file, rows)
    return table.drop_columns(ROW), table.column(ROW).to_numpy()


def _among(column: pa.ChunkedArray, values: list[Any]) -> Any:
    if not pa.types.is_dictionary(column.type):
        return np.isin(np.array(column.to_pylist(), dtype=object), np.array(values, dtype=object))
    numbers, known = codes(column)
    return np.isin(numbers, [place for place, one in enumerate(known) if one in values])


def _picked(file: pq.ParquetFile, rows: Ints) -> pa.Table:
    """Rows of a table with a row a report, from the row groups in which they stand."""
    groups = np.unique(rows // GROUP)
    table = file.read_row_groups(groups.tolist())
    first = np.searchsorted(groups, rows // GROUP) * GROUP
    return table.take(pa.array(first + rows % GROUP))


def read_rows(storage: Storage, part: Part, name: str, rows: Ints) -> pa.Table:
    """The reports at these rows of a part: of `packed` just them, else what stands near too."""
    place = part.name(name)
    with storage.telling(place), pq.ParquetFile(storage.open(place)) as file:
        if name == "packed":
            return _picked(file, rows)
        return file.read_row_groups(np.unique(rows // GROUP).tolist())
