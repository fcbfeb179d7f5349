"""What a person has to look at: findings in words, with printed text, suspects and verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .checklist import catalogue
from .checks import examine, named, reviews
from .claims import claims
from .claims.listed import TEXT, listed, reviewed_claims, where_said
from .finding import BROKEN, HOLDS, UNKNOWN
from .forms import editions, label, load_form
from .reports import Reports
from .review import DISMISSED, printed
from .suspects import suspects
from .traces import basis_in_words, place_in_words

SEVERITIES = {"error": "必须相符", "warning": "通常相符", "info": "提示"}
OPEN = "待评定"
# How many proposals a finding shows.
PROPOSALS = 3
# Broken first: the order of the list.
_RANK = {(BROKEN, "error"): 0, (BROKEN, "warning"): 1, (UNKNOWN, "warning"): 2}
_LAST = 9


@dataclass(frozen=True, eq=False)
class Worklist:
    """`open`: a row a finding to look at, in the order of work; `unjudged`: sums that cannot be
    judged; `clean`: a line a report without any finding.

    `original` is what is printed and nothing else; `printed`, which a verdict is tied to, has what
    was seen where nothing is. `unit` is that of a figure of the text.
    """

    open: pd.DataFrame
    unjudged: pd.DataFrame
    clean: pd.DataFrame


def worklist(reports: Reports, reviewed: pd.DataFrame | None = None) -> Worklist:
    """The findings of the reports as a list of work, with the verdicts given so far."""
    found = examine(reports)
    made = named(found, reports)
    made = made.join(reviews(found, made, reports, reviewed))
    made["sha256"] = reports.index["sha256"].take(found["at"].to_numpy(int)).array
    seen = made["check"].map({id: check.seen for id, check in catalogue().items()}).astype(bool)
    shown = (made["verdict"] == BROKEN) | ((made["verdict"] == UNKNOWN) & seen)
    made["printed"] = made["original"] = made["unit"] = ""
    cells, notes = found.loc[shown, "cells"], found.loc[shown, "note"]
    made.loc[shown, "printed"] = printed(reports, cells, notes)
    made.loc[shown, "original"] = printed(reports, cells, [None] * len(cells))
    said = _said(reports, reviewed)
    open_ = pd.concat([made.loc[shown], said.loc[said["verdict"] == BROKEN]], ignore_index=True)
    unjudged = pd.concat([made.loc[~shown], said]).query("verdict == @UNKNOWN")
    return Worklist(
        _ordered(_worded(open_, suspects(reports))),
        _worded(unjudged, None),
        _clean(reports, pd.concat([made, said]), set(open_["report"])),
    )


def _said(reports: Reports, reviewed: pd.DataFrame | None) -> pd.DataFrame:
    """What the text states, as findings, with the verdicts given so far."""
    said = claims(reports)
    told = listed(said, reports).assign(original=said["sentence"], unit=said["unit"])
    return told.join(reviewed_claims(said, reports, reviewed))


def _worded(findings: pd.DataFrame, proposed: pd.DataFrame | None) -> pd.DataFrame:
    """The findings with title, place of the cell, verdict and proposals in Chinese."""
    known, names = catalogue(), _names()
    titles = {id: check.zh for id, check in known.items()}
    cells = zip(findings["table"], findings["row"], findings["column"], strict=True)
    told = findings.assign(
        title=findings["check"].map(titles).astype("string"),
        where=pd.array([_where(names, *cell) for cell in cells], dtype="string"),
        told=findings["verdict"].map({BROKEN: "不符", HOLDS: "相符", UNKNOWN: "待核"}),
        weight=findings["severity"].map(SEVERITIES),
        note=findings["note"].str.replace("; ", "；").str.replace(" %", "%"),
        place=findings["place"].map(lambda place: place_in_words(place, "zh"), na_action="ignore"),
        basis=findings["basis"].map(lambda basis: basis_in_words(basis, "zh"), na_action="ignore"),
    )
    texts = [""] * len(told) if proposed is None else _proposals(told, proposed)
    return told.assign(suspects=pd.array(texts, dtype="string"))


def _where(names: dict[tuple[str, str], str], *cell: object) -> str:
    """第四部分 行政复议 总计, in the words of the form."""
    table, row, column = (str(code) if isinstance(code, str) else "" for code in cell)
    if table == TEXT:
        return where_said(row, column)
    parts = [names.get(("", table), table), names.get((table, row), row)]
    return " · ".join(filter(None, [*parts, names.get((table, f"/{column}"), column)]))


def _names() -> dict[tuple[str, str], str]:
    """The words of the form for tables, and for rows and (after a slash) columns of each."""
    found: dict[tuple[str, str], str] = {}
    for edition in editions():
        for table in load_form(edition).tables:
            found.setdefault(("", table.id), label(table.id, axis="section"))
            for row in table.rows:
                found.setdefault((table.id, row.code), row.zh)
            for column in table.columns:
                found.setdefault((table.id, f"/{column.code}"), column.zh)
    return found


def _proposals(findings: pd.DataFrame, proposed: pd.DataFrame) -> list[str]:
    """For each finding the corrections that would make it hold, the likeliest first."""
    names = _names()
    of: dict[tuple[str, str], list[str]] = {}
    rows: Iterable[Any] = proposed.sort_values("rank", kind="stable").itertuples()
    for row in rows:
        was = "空白" if pd.isna(row.printed) else f"{row.printed:g}"
        new = "？" if pd.isna(row.proposed) else f"{row.proposed:g}"
        place = _where(names, row.table, row.row, row.column).partition(" · ")[2]
        for sum_ in str(row.restores).split("; "):
            told = of.setdefault((str(row.report), sum_), [])
            told.append(f"{row.rank}. {place}：{was} → {new}（{row.why}）")
    at = findings["row"].fillna(findings["column"]).fillna("")
    keys = zip(findings["report"], findings["check"] + " " + at, strict=True)
    return ["\n".join(of.get(key, [])[:PROPOSALS]) for key in keys]


def _ordered(findings: pd.DataFrame) -> pd.DataFrame:
    """Reports with the gravest findings first, by body and year; what is set aside last."""
    kinds = zip(findings["verdict"], findings["severity"], strict=True)
    rank = pd.Series([_RANK.get(kind, 3) for kind in kinds], index=findings.index, dtype=int)
    rank = rank.mask((findings["review"] == DISMISSED).fillna(False).astype(bool), _LAST)
    worst = rank.groupby(findings["report"]).transform("min")
    keys = findings.assign(_worst=worst, _rank=rank)
    by = ["_worst", "agency", "year", "report", "_rank"]
    ordered = keys.sort_values(by, kind="stable", na_position="last")
    return ordered.drop(columns=["_worst", "_rank"]).reset_index(drop=True)


def _clean(reports: Reports, made: pd.DataFrame, with_findings: set[str]) -> pd.DataFrame:
    """agency, year, report and a sentence for each report of which nothing has to be looked at."""
    index = reports.index.loc[~reports.index["report"].isin(with_findings)]
    said = made["verdict"].mask((made["table"] == TEXT).fillna(False), TEXT + made["verdict"])
    counts = said.groupby(made["report"]).value_counts().unstack(fill_value=0)
    names = [HOLDS, UNKNOWN, TEXT + HOLDS]
    counts = counts.reindex(index["report"]).reindex(columns=names).fillna(0).astype(int)
    lines = [
        f"核对 {held} 项相符，没有不符和待核的"
        + (f"；{open_} 项无法判断" if open_ else "")
        + (f"；正文 {agreeing} 处与表相符" if agreeing else "")
        for held, open_, agreeing in counts.itertuples(index=False, name=None)
    ]
    frame = index[["agency", "year", "report"]].assign(note=pd.array(lines, dtype="string"))
    return frame.sort_values(["agency", "year"], kind="stable", ignore_index=True)
