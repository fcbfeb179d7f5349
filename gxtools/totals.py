"""totals(): counts added up over bodies, and never an aggregate together with its part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from .errors import InputError, ScopeError
from .metrics import disputes, outcomes, volumes
from .overlaps import overlaps
from .reports import Reports, need_reports
from .series import Series

TOTALS = ["year", "measure", "value", "bodies", "missing", "basis"]
# How many bodies a message names.
NAMED = 5
_VOLUMES = ("received", "carried_in", "handled", "concluded", "carried_out")


def totals(reports: Reports, measure: str | Iterable[str] = _VOLUMES) -> pd.DataFrame:
    """Counts added up over the bodies of each year.

    Grain: year x measure. Columns: year measure value bodies missing basis. `measure` names counts:
    received, carried_in, handled, concluded, carried_out; a group or a row of outcomes (granted,
    denied.internal); a route of disputes (review: its total). Unit: 件. `bodies` is how many have a
    report of the year; `missing` names those whose figure is not known, which makes `value` <NA>,
    and those that have a report of other years only. `basis` is `derived` where a figure is.
    Raises ScopeError where an aggregate and a part of it would be added, InputError for a body
    that stands twice in a year, and for a measure that is no count: rates are never added up.
    """
    need_reports(reports)
    refuse_overlap(reports)
    refuse_repeats(reports)
    names = [measure] if isinstance(measure, str) else list(measure)
    figures = {name: _figures(reports, name) for name in names}
    rows = [row for name, frame in figures.items() for row in _rows(reports, name, frame)]
    made = pd.DataFrame(rows, columns=TOTALS)
    types = {"year": "Int64", "value": "Float64", "bodies": "Int64"}
    return made.astype({name: types.get(name, "string") for name in TOTALS})


def refuse_overlap(reports: Reports) -> None:
    """Raises ScopeError where a report holds the figures of another of the same year."""
    found = list(overlaps(reports.index))
    if not found:
        return
    told = "; ".join(
        f"{_named(reports, whole)} holds {_named(reports, part)}" for whole, part in found[:NAMED]
    )
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    raise ScopeError(
        f"a body would be added to its part: {told}{more}",
        advice='Choose one side: reports.select(scope="own"), select(scope="aggregate", '
        "level=...) or select(agency=[...]).",
    )


def refuse_repeats(reports: Reports) -> None:
    """Raises InputError where two reports are of one body, year and scope."""
    for one, other in Series.read(reports.index).repeats():
        ids = reports.index["report"]
        raise InputError(
            f"{_named(reports, one)} stands twice",
            where=f"{ids.iat[one]}, {ids.iat[other]}",
            advice="Keep one of them: reports.only([...]).",
        )


def _named(reports: Reports, at: int) -> str:
    row = reports.index.iloc[at]
    scope = "" if row["scope"] == "unknown" else f", {row['scope']}"
    return f"{row['agency']} ({row['year']}{scope})"


def _figures(reports: Reports, measure: str) -> pd.DataFrame:
    """report, value, basis of one count."""
    if measure in _VOLUMES:
        return _values(volumes(reports), measure)
    for frame in (outcomes(reports), outcomes(reports, level="detail")):
        part = frame.loc[frame["outcome"] == measure]
        if len(part):
            return _values(part, "numerator")
    routes = disputes(reports)
    part = routes.loc[routes["route"] == measure]
    if len(part):
        return _values(part, "total")
    raise InputError(
        f"{measure!r} is no count that can be added up",
        advice=f"Counts: {', '.join(_VOLUMES)}, an outcome, a route. Rates are never added.",
    )


def _values(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame[["report", column, "basis"]].rename(columns={column: "value"})


def _rows(reports: Reports, measure: str, figures: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    index = reports.index.merge(figures, on="report", how="left")
    everyone = set(index["agency"].dropna())
    for year, part in index.dropna(subset=["year"]).groupby("year"):
        unknown = list(part.loc[part["value"].isna(), "agency"].fillna("?"))
        absent = sorted(everyone - set(part["agency"].dropna()))
        missing = "、".join([*(f"{name}（数未知）" for name in unknown), *absent])
        value = part["value"].sum(skipna=False)
        basis = "derived" if (part["basis"] == "derived").any() else "printed"
        yield year, measure, value, len(part), missing, basis
