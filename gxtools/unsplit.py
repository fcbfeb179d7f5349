"""Figures that a compiled sheet gives unsplit: suits of both routes in one, groups of outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def with_own_routes(disputes: pd.DataFrame, keys: list[str], routes: Sequence[str]) -> pd.DataFrame:
    """Report x route: every one of `routes`, and those that only a report's own sheet has."""
    every = disputes[keys].drop_duplicates("report")
    forms = every.merge(pd.DataFrame({"route": list(routes)}, dtype="str"), how="cross")
    own = disputes.loc[~disputes["route"].isin(list(routes)), [*keys, "route"]].drop_duplicates()
    if own.empty:
        return forms
    rank = {report: at for at, report in enumerate(every["report"])}
    both = pd.concat([forms, own]).sort_values(
        "report", key=lambda ids: ids.map(rank), kind="stable"
    )
    return both.reset_index(drop=True)


def without_group_totals(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of report, outcome, value without totals of groups (`denied`) whose rows
    (`denied.internal`) the same report gives: nobody counts both."""
    rows = outcomes.loc[outcomes["outcome"].str.contains(".", regex=False)].dropna(subset=["value"])
    groups = rows["outcome"].str.split(".").str[0]
    given = set(zip(rows["report"], groups, strict=True))
    pairs = zip(outcomes["report"], outcomes["outcome"], strict=True)
    return outcomes.loc[[pair not in given for pair in pairs]]
