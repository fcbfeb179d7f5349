"""What the frames of Reports look like: their columns in order, and the house's types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

# Workers know the columns by this module, and are ready ten times sooner without pandas.
if TYPE_CHECKING:
    import pandas as pd

INDEX = [
    "report",
    "agency",
    "division",
    "province",
    "city",
    "district",
    "level",
    "scope",
    "year",
    "title",
    "published",
    "index_no",
    "source",
    "evidence",
    "file",
    "sha256",
    "format",
    "editions",
    "found",
    "expected",
]
CELLS = ["report", "table", "row", "column", "value", "kind", "raw", "place", "match", "unit"]
SECTIONS = ["report", "section", "title", "text"]
PROBLEMS = ["file", "report", "severity", "what", "where", "advice"]
_NUMBERS = {"year": "Int64", "found": "Int64", "expected": "Int64", "section": "Int64"}

FRAMES = {"index": INDEX, "cells": CELLS, "sections": SECTIONS, "problems": PROBLEMS}


def dtype(column: str) -> Any:
    """The pandas type of a column, by its name."""
    return _NUMBERS.get(column, "Float64" if column == "value" else "string")


def frame(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame with the house's types: Int64 for years and counts, Float64 for values, else string.

    A missing value is <NA> in all of them.
    """
    import pandas as pd

    parts = list(zip(*rows, strict=True)) or [()] * len(columns)
    made = {
        name: pd.array(list(part), dtype=dtype(name))
        for name, part in zip(columns, parts, strict=True)
    }
    return pd.DataFrame(made, copy=False)
