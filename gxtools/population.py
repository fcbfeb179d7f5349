"""Population of divisions by year, from a table that the user gives."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pandas as pd

from .arguments import path_of
from .errors import FileError, InputError
from .readers.encoding import decode

COLUMNS = ["division", "year", "population", "source"]
_ADVICE = f"The table has the columns {', '.join(COLUMNS)}: GB/T 2260 code, year, people, source."


def read_population(path: str | os.PathLike[str]) -> pd.DataFrame:
    """A table of population from a CSV file, a row a division and year.

    Columns: division (GB/T 2260, six digits) year population (people, not 万人) source. Raises
    FileError where the file cannot be opened, InputError where a column is missing, a figure is
    no number above 0, or a division stands twice in a year.
    """
    file = path_of(path)
    try:
        text = io.StringIO(decode(Path(file).read_bytes()))
        frame = pd.read_csv(text, dtype="string")
    except OSError as error:
        what = f"cannot open the table: {error.strerror}"
        raise FileError(what, where=file, advice="Check the path.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError("no CSV table", where=file, advice=_ADVICE) from error
    return checked_population(frame, Path(file).name)


def checked_population(frame: pd.DataFrame, where: str = "population") -> pd.DataFrame:
    """The table with its types; raises InputError as `read_population`."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            f"{type(frame).__name__} is no table", advice="Give read_population(path)."
        )
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", where=where, advice=_ADVICE)
    made = frame[COLUMNS].reset_index(drop=True).astype({"division": "string", "source": "string"})
    for name in ("year", "population"):
        number = pd.to_numeric(made[name], errors="coerce")
        _refuse(made, ~(number > 0).fillna(False) | (number % 1 != 0).fillna(False), name, where)
        made[name] = number
    made = made.astype({"year": "Int64", "population": "Float64"})
    wrong = ~made["division"].str.fullmatch(r"\d{6}").fillna(False).astype(bool)
    _refuse(made, wrong, "division", where)
    _refuse(made, made["source"].isna() | (made["source"].str.strip() == ""), "source", where)
    twice = made.duplicated(["division", "year"])
    if twice.any():
        row = made.loc[twice].iloc[0]
        raise InputError(f"{row['division']} stands twice in {row['year']}", where=where)
    return made


def population_of(rows: pd.DataFrame, table: pd.DataFrame | None, measure: str) -> pd.Series[Any]:
    """The population of each row's division and year; <NA> where the table has none."""
    if table is None:
        raise InputError(f"{measure} needs a population", advice="population=read_population(path)")
    known = checked_population(table)[["division", "year", "population"]]
    joined = (
        rows[["division", "year"]]
        .astype({"division": "string"})
        .merge(known, on=["division", "year"], how="left")
    )
    return joined["population"].set_axis(rows.index)


def _refuse(frame: pd.DataFrame, wrong: Any, name: str, where: str) -> None:
    bad = wrong.to_numpy(dtype=bool, na_value=True)
    if bad.any():
        at = int(bad.argmax())
        raise InputError(
            f"{frame[name].iloc[at]!r} is no {name}", where=f"{where}, row {at + 2}", advice=_ADVICE
        )
