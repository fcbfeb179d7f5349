"""The measures of a briefing, gathered once: which reports it is about, and what they say."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from .. import metrics
from ..charts.rows import body_names
from ..checks import check
from ..errors import InputError
from ..rates import is_share, wilson
from ..reports import Reports, need_reports
from .ledger import ledger

Years = int | Iterable[int] | None
Focus = str | Iterable[str] | None
# What counts as disclosed (公开率): all or part of what was asked for.
DISCLOSED = ("granted", "partial")
_GOVERNMENT = "人民政府"
_NAMED = 20  # names that an error lists


@dataclass(frozen=True, eq=False)
class Measures:
    """The frames of a briefing; every one has `body`, the name that a chart gives to a body.

    `index` and `problems` are those of the reports; `volumes`, `outcomes`, `details`,
    `applicants`, `disputes`, `proactive` are the measures of gxtools.metrics; `disclosed` has a
    row a report: numerator denominator share low high formula basis; `checks` are the findings of
    `check`; `sums` are the sums of the form with the rows of `cells` on their sides, and `counted`
    in `cells` is what a cell counts as in them. `focus` names the bodies that the briefing is
    about; empty: all of them.
    """

    index: pd.DataFrame
    cells: pd.DataFrame
    problems: pd.DataFrame
    volumes: pd.DataFrame
    outcomes: pd.DataFrame
    details: pd.DataFrame
    applicants: pd.DataFrame
    disputes: pd.DataFrame
    proactive: pd.DataFrame
    disclosed: pd.DataFrame
    checks: pd.DataFrame
    sums: pd.DataFrame
    focus: tuple[str, ...]

    @property
    def bodies(self) -> list[str]:
        """Every body, those of the focus first."""
        return list(dict.fromkeys([*self.focus, *self.index["body"]]))

    @property
    def shown(self) -> list[str]:
        """The bodies that the briefing is about."""
        return list(self.focus) or self.bodies

    def about(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame of the bodies that the briefing is about."""
        return frame.loc[frame["body"].isin(self.shown)]


def gather(reports: Reports, focus: Focus = None, years: Years = None) -> Measures:
    """The measures of the reports of these years. Raises InputError where nothing is left, or where
    `focus` names no body of them, and says what there is."""
    chosen, focused = chosen_reports(reports, focus, years)
    index = chosen.index.assign(body=body_names(chosen.index))
    first = ~index["agency"].isin(focused)
    index = index.iloc[first.argsort(kind="stable")].reset_index(drop=True)
    chosen = Reports(index, chosen.cells, chosen.sections, chosen.problems)
    outcomes = metrics.outcomes(chosen)
    cells, sums = _summed(chosen)
    made = {
        "cells": cells,
        "volumes": metrics.volumes(chosen),
        "outcomes": outcomes,
        "details": metrics.outcomes(chosen, level="detail"),
        "applicants": metrics.applicants(chosen),
        "disputes": metrics.disputes(chosen),
        "proactive": metrics.proactive(chosen),
        "disclosed": _disclosed(outcomes),
        "checks": check(chosen),
        "sums": sums,
    }
    own = chosen.problems["report"].isin(index["report"]) | chosen.problems["report"].isna()
    return Measures(
        index=index,
        problems=chosen.problems.loc[own],
        focus=tuple(dict.fromkeys(index.loc[index["agency"].isin(focused), "body"])),
        **{name: _named(frame, index) for name, frame in made.items()},
    )


def chosen_reports(reports: Reports, focus: Focus, years: Years) -> tuple[Reports, list[str]]:
    """The reports of these years, and the agencies that `focus` names."""
    need_reports(reports)
    if not isinstance(focus, str | Iterable | None):
        raise InputError(f"focus is {focus!r}", advice="Give a name or a list of names.")
    if not len(reports):
        raise InputError("there is no report to brief on", advice="Read some with read_all().")
    chosen = _of_years(reports, years)
    return chosen, _focused(chosen, focus)


def _named(frame: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """The frame with body and scope of each row, bodies in the order of the index."""
    who = index.set_index("report")
    place = pd.Series(range(len(index)), index["report"])
    order = frame["report"].map(place).argsort(kind="stable")
    ordered = frame.iloc[order].reset_index(drop=True)
    named = {name: ordered["report"].map(who[name]) for name in ("body", "scope")}
    if "agency" in ordered:  # a finding about several bodies belongs to no report
        named["body"] = named["body"].fillna(ordered["agency"])
    return ordered.assign(**named)


def _summed(chosen: Reports) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells in the order of the index with what they count as, and the sums over them."""
    place = pd.Series(range(len(chosen.index)), chosen.index["report"])
    order = chosen.cells["report"].map(place).argsort(kind="stable")
    cells = chosen.cells.iloc[order].reset_index(drop=True)
    sums, counted = ledger(replace(chosen, cells=cells))
    years = chosen.index.set_index("report")["year"]
    return cells.assign(counted=counted), sums.assign(year=sums["report"].map(years))


def _of_years(reports: Reports, years: Years) -> Reports:
    if years is None:
        return reports
    wanted = _wanted(years)
    index = reports.index
    kept = index.loc[index["year"].isin(wanted).fillna(False).astype(bool)]
    if kept.empty:
        known = ", ".join(str(year) for year in sorted(index["year"].dropna().unique()))
        raise InputError(f"no report is of {years!r}", advice=f"There are: {known or 'none'}.")
    problems = reports.problems
    # A file that could not be read has no year: it stays on the list of what is missing.
    own = problems["report"].isin(kept["report"]) | problems["report"].isna()
    part = reports.only(kept["report"])
    return Reports(part.index, part.cells, part.sections, problems.loc[own])


def _wanted(years: int | Iterable[int]) -> list[int]:
    """The years meant: one, a range (first, last), or a list."""
    if isinstance(years, str | bool):
        raise InputError(f"years is {years!r}", advice="Give 2024, (2021, 2024) or [2021, 2024].")
    if not isinstance(years, Iterable):
        return [int(years)]
    given = [int(year) for year in years]
    if isinstance(years, tuple) and len(given) == 2:
        if given[0] > given[1]:
            raise InputError(f"years {years!r} end before they begin", advice="Give (first, last).")
        return list(range(given[0], given[1] + 1))
    return given


def _focused(reports: Reports, focus: Focus) -> list[str]:
    """The agencies that `focus` names, in full or by what they govern."""
    given = [focus] if isinstance(focus, str) else list(focus or ())
    known = sorted(reports.index["agency"].dropna().unique())
    return list(dict.fromkeys(_agency(name, known) for name in given))


def _agency(name: str, known: list[str]) -> str:
    """The one agency of this name: 洪泽区 is 淮安市洪泽区人民政府, not its bureaus."""
    for fits in (
        lambda agency: agency == name,
        lambda agency: bool(name) and agency.removesuffix(_GOVERNMENT).endswith(name),
        lambda agency: bool(name) and name in agency,
    ):
        found = [agency for agency in known if fits(agency)]
        if len(found) == 1:
            return found[0]
        if found:
            advice = f"Give one: {', '.join(found[:_NAMED])}."
            raise InputError(f"{name!r} names {len(found)} bodies", where="focus", advice=advice)
    near = difflib.get_close_matches(name, known, n=_NAMED, cutoff=0.3)
    listed = list(dict.fromkeys([*near, *known]))
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    advice = f"There are: {', '.join(listed[:_NAMED]) or 'none'}{more}."
    raise InputError(f"no report is of {name!r}", where="focus", advice=advice)


def _disclosed(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Report: the share disclosed in whole or in part, of the concluded, with its interval."""
    parts = outcomes.loc[outcomes["outcome"].isin(DISCLOSED)]
    keys = ["report", "agency", "district", "year"]
    rows = parts[[*keys, "denominator"]].drop_duplicates("report").reset_index(drop=True)
    sums = parts.groupby("report", sort=False)["numerator"].agg(lambda v: v.sum(skipna=False))
    rows["numerator"] = rows["report"].map(sums).astype("Float64")
    derived = set(parts.loc[parts["basis"] == "derived", "report"])
    rows["basis"] = ["derived" if report in derived else "printed" for report in rows["report"]]
    n = rows["denominator"]
    rows["share"] = (rows["numerator"] / n).where(is_share(rows["numerator"], n))
    rows["low"], rows["high"] = wilson(rows["numerator"], n)
    over = parts["formula"].iloc[0].partition(" / ")[2] if len(parts) else ""
    formula = f"({' + '.join(DISCLOSED)}) / {over}"
    order = [*keys, "numerator", "denominator", "share", "low", "high"]
    return rows[order].assign(formula=formula, basis=rows["basis"])
