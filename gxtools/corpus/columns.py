"""The frames of Reports as Arrow tables: types, dictionaries, and back to the house's types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from ..errors import InputError
from ..pile import NONE, Pile
from ..schema import FRAMES, dtype

# Texts that repeat are kept once, as categories. A file says so itself: readers need not know.
_CATEGORY = pa.dictionary(pa.int32(), pa.string())
_TEXTS = {
    "index": {"report", "title", "published", "index_no", "file", "sha256"},
    "sections": {"text"},
}
_NUMBERS = {"Int64": pa.int64(), "Float64": pa.float64()}
ORDER = "_order"  # the place of a row in the frame that was saved


def arrow_type(table: str, column: str) -> pa.DataType:
    """The Arrow type of a column of a frame."""
    name = dtype(column)
    if name in _NUMBERS:
        return _NUMBERS[name]
    return pa.string() if column in _TEXTS.get(table, ()) else _CATEGORY


def from_columns(table: str, columns: dict[str, Sequence[Any]]) -> pa.Table:
    """A table from lists of Python values."""
    made = {}
    for name in FRAMES[table]:
        kind = arrow_type(table, name)
        if kind == _CATEGORY:
            made[name] = pa.array(columns[name], pa.string()).dictionary_encode()
        else:
            made[name] = pa.array(columns[name], kind)
    return pa.table(made)


def from_rows(table: str, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """A table from rows whose values are in the order of the frame's columns."""
    names = FRAMES[table]
    values: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return from_columns(table, dict(zip(names, values, strict=True)))


def from_pile(pile: Pile) -> pa.Table:
    """The table `cells` of a pile."""
    values = pile.values()
    made = {"value": pa.array(values, mask=np.isnan(values))}
    for name in FRAMES["cells"]:
        if name != "value":
            numbers, texts = pile.texts(name)
            places = pa.array(numbers, mask=numbers == NONE)
            made[name] = pa.DictionaryArray.from_arrays(places, pa.array(texts, pa.string()))
    return pa.table(made).select(FRAMES["cells"])


def from_frame(table: str, frame: pd.DataFrame) -> pa.Table:
    """A table from a frame of Reports. Raises InputError where it has other columns."""
    names = FRAMES[table]
    if list(frame.columns) != names:
        other = ", ".join(map(str, set(frame.columns) ^ set(names))) or "their order"
        what = f"the frame `{table}` has not the columns of Reports: {other}"
        raise InputError(what, advice=f"Columns: {', '.join(names)}.")
    made = {}
    for name in names:
        kind = arrow_type(table, name)
        values = frame[name].astype(dtype(name))
        plain = pa.array(values, pa.string() if kind == _CATEGORY else kind, from_pandas=True)
        made[name] = plain.dictionary_encode() if kind == _CATEGORY else plain
    return pa.table(made)


def to_frame(table: str, data: pa.Table) -> pd.DataFrame:
    """The frame of Reports that a table holds, in the house's types."""
    made = {}
    for name in FRAMES[table]:
        column = data.column(name)
        kind: Any = pd.api.types.pandas_dtype(dtype(name))
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.large_string())
        made[name] = kind.__from_arrow__(column)
    return pd.DataFrame(made)


def codes(column: pa.ChunkedArray) -> tuple[Any, list[Any]]:
    """A column of categories as numbers (numpy, -1 for none) and the list that they count in."""
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # no chunk at all, or one
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    numbers = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return numbers, whole.dictionary.to_pylist()
