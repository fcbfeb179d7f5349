"""coverage(): which bodies and years are loaded, and in what state, before anything is compared."""

from __future__ import annotations

import pandas as pd

from .arguments import LANGUAGES, language, ordered_span
from .checks import check
from .errors import InputError
from .groups import bodies_of
from .reports import Reports, need_reports

COVERAGE = [
    "agency", "division", "district", "level", "scope", "year", "status", "report", "reports",
    "editions", "found", "expected", "broken", "reasons",
]  # fmt: skip
# From the worst to the best: a report is in the first state that fits.
STATUSES = ("missing", "failed_checks", "incomplete", "other_edition", "loaded")
_WORDS = {
    "missing": ("没有该年度的报告", "no report of this year"),
    "broken": ("核对不符：{checks}", "checks broken: {checks}"),
    "cells": ("{expected} 格中读出 {found} 格", "{found} of {expected} cells were read"),
    "edition": ("表样不是当年版本：{editions}", "not the form in force: {editions}"),
    "twice": ("该年度有 {n} 份报告", "{n} reports of this year"),
    "joint": ("；", "; "),
}
_WHO = ["agency", "division", "district", "level", "scope"]


def coverage(
    reports: Reports,
    *,
    years: tuple[int, int] | None = None,
    findings: pd.DataFrame | None = None,
    lang: str = "zh",
) -> pd.DataFrame:
    """What is loaded of each body in each year: a row a body and year, no year left out.

    Columns: agency division district level scope year status report reports editions found expected
    broken reasons. Years go from the first to the last of all reports, or are those of `years`;
    bodies stand in the order of the reports. `status` is the worst that holds: `missing` (no
    report), `failed_checks` (a finding of severity error is broken), `incomplete` (cells that the
    form has were not read), `other_edition` (a table is of another form than the year's, or is
    missing), else `loaded`. `broken` is how many findings of severity error are broken, `reports`
    how many reports the body has in the year (with two, `report` is the first and `status` the
    worst of both), `reasons` says it in words. `findings` is the frame of `check`, which is
    computed where it is not given. A report without a year has no place here, and neither has a
    file that could not be read at all: see `reports.problems`. Raises InputError for years in the
    wrong order.
    """
    need_reports(reports)
    language(lang)
    years = ordered_span(years)
    if findings is not None and not {"report", "check", "verdict", "severity"} <= {*findings}:
        raise InputError("these are no findings", advice="Give the frame of gx.check.")
    told = check(reports) if findings is None else findings
    index = reports.index.assign(body=bodies_of(reports.index))
    states = _states(index, told, lang)
    dated = states[states["year"].notna()]
    if dated.empty and years is None:
        return _typed([])
    first, last = years or (int(dated["year"].min()), int(dated["year"].max()))
    rows = []
    for _, own in states.groupby("body", sort=False, dropna=False):
        for year in range(first, last + 1):
            rows.append(_cell(own, own[(own["year"] == year).fillna(False)], year, lang))
    return _typed(rows)


def _states(index: pd.DataFrame, findings: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The reports with status, number of broken checks, and reasons."""
    bad = findings[(findings["verdict"] == "broken") & (findings["severity"] == "error")]
    old = findings.loc[findings["check"] == "ST-EDITION", "report"]
    counted = bad.groupby("report").size()
    named = bad.groupby("report")["check"].agg(lambda ids: "、".join(dict.fromkeys(ids)))
    made = index.assign(
        broken=index["report"].map(counted).fillna(0).astype("Int64"),
        checks=index["report"].map(named),
        old=index["report"].isin(old),
        unread=(index["found"] < index["expected"]).fillna(False),
    )
    told = [_told(row, lang) for _, row in made.iterrows()]
    return made.assign(
        status=[status for status, _ in told], reasons=[reasons for _, reasons in told]
    )


def _told(row: pd.Series[str], lang: str) -> tuple[str, str]:
    """Status and reasons of one report."""
    reasons = {
        "failed_checks": _say("broken", lang, checks=row["checks"]) if row["broken"] else "",
        "incomplete": _say("cells", lang, found=row["found"], expected=row["expected"])
        if row["unread"]
        else "",
        "other_edition": _say("edition", lang, editions=row["editions"]) if row["old"] else "",
    }
    found = [status for status, reason in reasons.items() if reason]
    joint = _say("joint", lang)
    return (found or ["loaded"])[0], joint.join(reason for reason in reasons.values() if reason)


def _cell(own: pd.DataFrame, here: pd.DataFrame, year: int, lang: str) -> tuple[object, ...]:
    """The row of a body and year."""
    if here.empty:
        who = own.iloc[-1]
        reason = _say("missing", lang)
        nothing = (pd.NA, 0, pd.NA, pd.NA, pd.NA, pd.NA, reason)
        return (*(who[name] for name in _WHO), year, "missing", *nothing)
    first = here.iloc[0]
    status = min(here["status"], key=STATUSES.index)
    reasons = [reason for reason in here["reasons"] if reason]
    if len(here) > 1:
        reasons.insert(0, _say("twice", lang, n=len(here)))
    numbers = (first["editions"], *(here[name].sum() for name in ("found", "expected", "broken")))
    told = _say("joint", lang).join(reasons) or pd.NA
    named = (first[name] for name in _WHO)
    return (*named, year, status, first["report"], len(here), *numbers, told)


def _typed(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    numbers = dict.fromkeys(["year", "reports", "found", "expected", "broken"], "Int64")
    made = pd.DataFrame(rows, columns=COVERAGE)
    return made.astype({name: numbers.get(name, "string") for name in COVERAGE})


def _say(key: str, lang: str, **values: object) -> str:
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)
