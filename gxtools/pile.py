"""Pile: the cells of many reports as columns of numbers, and the texts that they count in."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .packing import TEXTS, Column, Packed
from .schema import CELLS, dtype

Numbers = npt.NDArray[np.int32]
Texts = list[str]
Figures = dict[Any, tuple[float | None, str]]  # by table, row and column
NONE = -1  # the number of a missing text
_FIGURES = ("table", "row", "column", "kind")
_KEPT = 500  # columns that were just seen


class _Numbers(dict[str | None, int]):
    """Texts and their numbers; a new text has the next."""

    def __init__(self) -> None:
        super().__init__({None: NONE})
        self.texts: Texts = []

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self.texts)
        self.texts.append(text)
        return number


class Pile:
    """Packed reports on top of one another: forty bytes a cell, where frames have two hundred."""

    def __init__(self) -> None:
        self.reports: Texts = []
        self._ends = array("q")  # the cells up to and with each report
        self._values = array("d")
        self._numbers = [array("i") for _ in TEXTS]
        self._known = [_Numbers() for _ in TEXTS]
        self._order: dict[str, int] = {}
        # By its id, which is its own as long as the column itself is kept here too.
        self._seen: dict[tuple[int, int], tuple[Column, bytes]] = {}

    def __len__(self) -> int:
        return len(self._values)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_seen": {}, "_order": {}}  # elsewhere objects have other ids

    def add(self, packed: Packed) -> None:
        self._values.extend(packed.values)
        self.reports.append(packed.report)
        self._ends.append(len(self._values))
        for numbers, known, column in zip(self._numbers, self._known, packed.texts, strict=True):
            numbers.frombytes(self._counted(known, column))

    def _counted(self, known: _Numbers, column: Column) -> bytes:
        """The numbers of a column, in the texts of the pile. Many reports have the same object."""
        key = (id(known), id(column))
        if key not in self._seen:
            codes, texts = column
            places = np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))
            found = places[np.frombuffer(codes, codes.typecode)]
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            self._seen[key] = column, found.tobytes()
        return self._seen[key][1]

    def values(self) -> npt.NDArray[np.float64]:
        """The value of each cell, NaN where there is none."""
        return np.frombuffer(self._values)

    def texts(self, column: str) -> tuple[Numbers, Texts]:
        """A column as numbers into a list of texts, NONE for a missing one."""
        if column == "report":
            ends = np.frombuffer(self._ends, np.int64)
            sizes = ends - np.insert(ends, 0, 0)[:-1]
            return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), self.reports
        at = TEXTS.index(column)
        return np.frombuffer(self._numbers[at], np.int32), self._known[at].texts

    def figures_of(self, report: str) -> Figures:
        """The value (None where there is none) and the kind of each cell of a report."""
        if len(self._order) < len(self.reports):
            self._order = {report: place for place, report in enumerate(self.reports)}
        place = self._order[report]
        cells = slice(self._ends[place - 1] if place else 0, self._ends[place])
        *keys, kinds = (
            [known.texts[number] for number in numbers[cells]]
            for name, known, numbers in zip(TEXTS, self._known, self._numbers, strict=True)
            if name in _FIGURES
        )
        values = (None if value != value else value for value in self._values[cells])
        return dict(zip(zip(*keys, strict=True), zip(values, kinds, strict=True), strict=True))

    def frame(self) -> pd.DataFrame:
        """The frame `cells`."""
        made = {
            name: self._nullable() if name == "value" else _strings(*self.texts(name))
            for name in CELLS
        }
        return pd.DataFrame(made, copy=False)

    def _nullable(self) -> Any:
        values = self.values()
        missing = np.isnan(values)
        return pd.arrays.FloatingArray(np.where(missing, 0.0, values), missing)


def _strings(numbers: Numbers, texts: Texts) -> Any:
    """A column of texts in the type of the house."""
    kind: Any = pd.api.types.pandas_dtype(dtype("kind"))
    if kind.storage != "pyarrow":
        return pd.array(np.array([*texts, pd.NA], dtype=object)[numbers], dtype=kind)
    import pyarrow as pa

    places = pa.array(numbers, mask=numbers == NONE)
    told = pa.DictionaryArray.from_arrays(places, pa.array(texts, pa.large_string()))
    return kind.__from_arrow__(told.cast(pa.large_string()))
