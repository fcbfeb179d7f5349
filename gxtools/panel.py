"""Panel: the form cells of many reports side by side, a row a report and a column a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .forms import Table, load_form
from .reports import Reports, need_reports

Key = tuple[str, str, str]  # table, row, column
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
# A dash, a slash or 无 stands for nothing as a blank does: tried as zero, never replaced.
NOTHING = ("blank", "slash", "dash", "none")


@dataclass(frozen=True, eq=False)
class Panel:
    """Every figure of the reports as arrays, so that a check is one step for all of them.

    `values` is NaN where no figure was read; `nothing` tells cells printed empty, `/`, `-` or 无;
    `position` is the row in `reports.cells`, -1 where the report's form has no such cell.
    """

    reports: Reports
    keys: dict[Key, int]
    values: Floats
    nothing: Bools
    position: Ints
    editions: tuple[dict[str, str], ...]
    doubles: bool = False  # whether some cell stands twice, and the last of them here

    @property
    def ids(self) -> list[str]:
        return [str(report) for report in self.reports.index["report"].to_numpy(object)]

    @property
    def years(self) -> list[int | None]:
        return [None if year is pd.NA else int(year) for year in self.reports.index["year"]]

    @classmethod
    def of(cls, reports: Reports) -> Panel:
        need_reports(reports)
        told = tuple(_editions(text) for text in reports.index["editions"].fillna(""))
        if wide := reports.wide:
            nothing: Bools = np.isin(
                wide.kinds, [wide.names.index(k) for k in NOTHING if k in wide.names]
            )
            return cls(reports, wide.keys, wide.values, nothing, wide.position, told)
        cells = reports.cells
        rows = pd.Index(reports.index["report"]).get_indexer(pd.Index(cells["report"]))
        known = rows >= 0
        columns, keys = _columns(cells)
        rows, columns = rows[known], columns[known]
        shape = (len(reports), len(keys))
        values, nothing = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        position = np.full(shape, -1, dtype=np.int64)
        values[rows, columns] = cells["value"].to_numpy(dtype=float, na_value=np.nan)[known]
        nothing[rows, columns] = cells["kind"].isin(NOTHING).to_numpy(dtype=bool)[known]
        position[rows, columns] = np.flatnonzero(known)
        doubles = int((position >= 0).sum()) < len(rows)
        return cls(reports, keys, values, nothing, position, told, doubles)

    def tables(self) -> Iterator[tuple[Table, Ints]]:
        """Each table of each edition, in the order of the sections, and the rows that print it."""
        alike: dict[int, list[int]] = {}  # reports of the same editions share what tells them
        for row, told in enumerate(self.editions):
            alike.setdefault(id(told), []).append(row)
        found: dict[tuple[str, str], list[int]] = {}
        for rows in alike.values():
            for form in self.editions[rows[0]].items():
                found.setdefault(form, []).extend(rows)
        named = [(load_form(edition).table(id), rows) for (id, edition), rows in found.items()]
        for table, rows in sorted(named, key=lambda pair: pair[0].section):
            if any((table.id, *cell) in self.keys for cell in table.cells()):
                yield table, np.array(sorted(rows), dtype=np.int64)

    def columns(self, table: Table) -> Ints:
        """The panel's column of each cell of the form; -1 where no report has that cell."""
        found = [self.keys.get((table.id, *cell), -1) for cell in table.cells()]
        return np.array(found, dtype=np.int64)

    def with_values(self, values: Floats) -> Panel:
        """The same cells with other values."""
        return Panel(self.reports, self.keys, values, self.nothing, self.position, self.editions)


def _columns(cells: pd.DataFrame) -> tuple[Ints, dict[Key, int]]:
    """The column of each cell, and the columns by (table, row, column)."""
    codes: Any = np.zeros(len(cells), dtype=np.int64)
    for name in ("table", "row", "column"):
        part, distinct = pd.factorize(cells[name])
        codes = codes * len(distinct) + part
    number, first = pd.factorize(codes)[0], ~pd.Series(codes).duplicated().to_numpy()
    named = cells.loc[first, ["table", "row", "column"]]
    keys = list(zip(named["table"], named["row"], named["column"], strict=True))
    return number.astype(np.int64), {key: i for i, key in enumerate(keys)}


@cache
def _editions(told: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in str(told).split() if "=" in part)
