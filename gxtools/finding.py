"""A finding: one row of `check`, with the cells it rests on, before it is given its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

HOLDS, BROKEN, UNKNOWN = "holds", "broken", "unknown"
AS_PRINTED, BLANK_ZERO = "as printed", "blank = 0"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: `at` is the report's row in the index, `cells` rows of `Reports.cells`.

    A finding that only marks something for a look has the verdict `unknown` and says in `note`
    what was seen.
    """

    at: int
    check: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    left: float = float("nan")
    right: float = float("nan")
    verdict: str = UNKNOWN
    convention: str = AS_PRINTED
    note: str | None = None
    cells: tuple[int, ...] = ()


_FIELDS = [field.name for field in fields(Finding)]
# `position`: the row of `Reports.cells` whose place a finding gives, -1 for none.
RAW = [*_FIELDS, "position"]
_TEXT = ("check", "table", "row", "column", "verdict", "convention", "note")


def frame_of(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as rows, typed as `raw_frame` types them."""
    rows = list(map(attrgetter(*_FIELDS), findings))
    columns = list(zip(*rows, strict=True)) or [()] * len(_FIELDS)
    given = dict(zip(_FIELDS, columns, strict=True))
    positions = [cells[-1] if cells else -1 for cells in given["cells"]]
    return raw_frame(**given, position=positions)


def raw_frame(**columns: Any) -> pd.DataFrame:
    """A frame of the columns of Finding, all of one length; a column not given is empty."""
    n = len(columns["at"])
    made: dict[str, Any] = {"at": np.asarray(columns["at"], dtype=np.int64)}
    for name in RAW[1:]:
        given = columns.get(name)
        if name in _TEXT:
            made[name] = pd.array(given if given is not None else [None] * n, dtype="string")
        elif name == "cells":
            made[name] = _objects(given if given is not None else [()] * n)
        elif name == "position":
            made[name] = np.asarray(given if given is not None else np.full(n, -1), dtype=np.int64)
        else:
            made[name] = np.asarray(given if given is not None else np.full(n, np.nan), dtype=float)
    return pd.DataFrame(made, columns=RAW)


def _objects(tuples: Any) -> np.ndarray[Any, Any]:
    made = np.empty(len(tuples), dtype=object)
    made[:] = list(tuples)
    return made
