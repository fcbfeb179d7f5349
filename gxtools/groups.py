"""Which bodies may stand side by side: groups of one scope, no body beside one that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pandas as pd
from pandas.api.types import is_numeric_dtype

from .divisions import area
from .errors import InputError, ScopeError
from .series import body_keys

WHO = ["report", "agency", "division", "district", "level", "scope", "year", "edition"]
RATE = [
    "measure", "code", "numerator", "denominator", "value", "low", "high", "formula", "basis",
    "unit",
]  # fmt: skip
GROUP = ("year", "scope", "level")
# Under this many cases a rate says little: such bodies are set apart, never ranked.
MINIMUM = 30


def grouped(frame: pd.DataFrame, group: Sequence[str] = GROUP) -> pd.DataFrame:
    """The frame of `measure` with the columns `group` (text), `bodies` (how many of the group have
    a value) and `part_of` (an aggregate of the same year that already holds this body's figures).

    Raises ScopeError where a group holds own and aggregate figures, or a body and its part, and
    InputError for a column that is not there or a body that stands twice in a year.
    """
    require(frame, [*WHO, *RATE])
    require(frame, group)
    sole(frame.assign(body=bodies_of(frame)), ["measure", "code", "body", "scope", "year"])
    made = frame.assign(group=_joined(frame, group), part_of=holders(frame, ["year"]))
    _refuse_mixed(made)
    one = made.groupby(["measure", "code", "group"], dropna=False)
    made["bodies"] = one["value"].transform("count").astype("Int64")
    return made


def each_group(
    frame: pd.DataFrame, function: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """`function` of the bodies of each measure, code and group, in the order of the frame."""
    parts = [function(part) for part in groups_of(frame)]
    return pd.concat(parts).sort_index() if parts else function(frame)


def groups_of(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each measure, code and group of a grouped frame, one after the other."""
    for _, part in frame.groupby(["measure", "code", "group"], sort=False, dropna=False):
        yield part


def columns_of(frame: pd.DataFrame, **kinds: list[str]) -> pd.DataFrame:
    """The frame with these columns all <NA>: `Float64=["z"], string=["beyond"]`."""
    types = {name: kind for kind, names in kinds.items() for name in names}
    others = [name for name in frame.columns if name not in types]
    return frame[others].reindex(columns=[*others, *types]).astype(types)


def bodies_of(frame: pd.DataFrame) -> pd.Series[str]:
    """What tells the body of each row: see series.body_keys; a report of no known body is one."""
    keys = pd.Series(body_keys(frame), index=frame.index, dtype="string")
    return keys.fillna(frame["report"])


def require(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Raises InputError where a column is missing, or where years are text."""
    advice = "Give the frame of gx.measure."
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"a frame is needed, not {type(frame).__name__}", advice=advice)
    if isinstance(columns, str):
        what, given = f"group is the text {columns!r}", "Give a list of columns, such as"
        raise InputError(what, advice=f'{given} ["{columns}", "scope"].')
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise InputError(f"the frame has no column {', '.join(map(str, missing))}", advice=advice)
    if "year" in frame.columns and len(frame) and not is_numeric_dtype(frame["year"]):
        what = "the column year holds text, not numbers"
        raise InputError(what, advice='frame.astype({"year": "Int64"}) makes numbers of it.')


def sole(frame: pd.DataFrame, keys: Sequence[str]) -> None:
    """Raises InputError where two rows are equal in `keys`: taking one would be a guess."""
    twice = frame.duplicated(list(keys), keep=False)
    if twice.any():
        rows = frame.loc[twice].drop_duplicates("report").head(2)
        advice = "Keep one report a body, year and scope: reports.select(...) or only(...)."
        if "year" in rows and rows["year"].isna().all():
            advice = "Their years are not known: give them in a catalogue, or leave them out."
        raise InputError(
            f"{rows['agency'].iloc[0] if 'agency' in rows else 'a body'} stands twice",
            where=", ".join(rows["report"]),
            advice=advice,
        )


def holders(frame: pd.DataFrame, within: Sequence[str]) -> pd.Series[str]:
    """For each row the agency of the smallest aggregate that holds it; <NA> where there is none.

    An aggregate holds every body whose division lies in its own (GB/T 2260), bodies of its own
    division that are no aggregates among them; only rows equal in `within` are looked at. A body
    without a division cannot be placed and is <NA>.
    """
    keys = _joined(frame, within)
    division = frame["division"].astype("string")
    whole = (frame["scope"] == "aggregate").fillna(False).astype(bool)
    rows = list(zip(keys, division, whole, frame["agency"], strict=True))
    found: dict[tuple[str, str], str] = {}
    for key, code, is_whole, agency in rows:
        if is_whole and pd.notna(code):
            found.setdefault((key, area(code)), agency)
    held = [_holder(found, *row) for row in rows]
    return pd.Series(held, index=frame.index, dtype="string")


def _joined(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series[str]:
    """The columns as one text a row; ? where nothing is known."""
    parts = [frame[name].astype("string").fillna("?") for name in columns]
    text = parts[0] if parts else pd.Series("", index=frame.index, dtype="string")
    for part in parts[1:]:
        text = text + " · " + part
    return text


def _holder(
    found: dict[tuple[str, str], str], key: str, division: object, whole: bool, agency: str
) -> object:
    if not isinstance(division, str):
        return pd.NA
    own = area(division)
    lengths = [n for n in (6, 4, 2) if n < len(own) or (n == len(own) and not whole)]
    for n in lengths:
        if (key, own[:n]) in found:
            return found[key, own[:n]]
    return pd.NA


def _refuse_mixed(frame: pd.DataFrame) -> None:
    known = frame.loc[frame["scope"].isin(["own", "aggregate"])]
    scopes = known.groupby("group")["scope"].nunique()
    if (scopes > 1).any():
        raise ScopeError(
            f"own and aggregate figures would be compared in the group {scopes.idxmax()!r}",
            advice="Keep `scope` among the columns of `group`, or select one scope.",
        )
    holder = holders(frame, ["measure", "code", "group"])
    part = holder.notna()
    if part.any():
        row = frame.loc[part].iloc[0]
        raise ScopeError(
            f"{holder[part].iloc[0]} already holds {row['agency']}",
            where=f"group {row['group']}",
            advice="Keep `level` among the columns of `group`, or select one of the two.",
        )
