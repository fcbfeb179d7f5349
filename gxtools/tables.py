"""Frames -> CSV that opens rightly in a Chinese Excel."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from .arguments import path_of
from .places import writing

# A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a frame as UTF-8 with a byte-order mark; text that looks like a formula is quoted by '.

    Numbers stay as they are (-5 is a number, not text). Returns the path. Raises FileError where it
    cannot be written.
    """
    target = Path(path_of(path))
    safe = table.copy()
    for name in safe.columns:
        if isinstance(safe[name].dtype, pd.StringDtype) or safe[name].dtype == object:
            risky = safe[name].str.startswith(_FORMULA).fillna(False).astype(bool)
            safe[name] = safe[name].where(~risky, "'" + safe[name].astype("str"))
    with writing(target):
        safe.to_csv(target, index=False, encoding="utf-8-sig", lineterminator="\n")
    return target
