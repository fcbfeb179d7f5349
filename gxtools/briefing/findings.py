"""Plain sentences made from the figures: what was counted, never why, and no ranking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..charts.style import SMALL_N
from ..charts.words import formula_text
from ..forms import label
from .frames import DISCLOSED, Measures
from .sentences import Finding, basis, cases, sentence
from .spread import MANY, spread
from .words import count, join, percent, say, years_of


def findings(measures: Measures, lang: str) -> list[Finding]:
    """What the figures say, most important first.

    Each body of the focus (or each of one or two bodies) is spoken of by its latest report and the
    year before it; more bodies by their range and median within one scope, naming none. Shares of
    fewer than 30 are not given. Figures that were not read are said to be missing.
    """
    told: list[Finding] = []
    if measures.focus or len(measures.bodies) < MANY:
        for body in measures.shown:
            told += _of_body(measures, body, lang)
    if len(measures.bodies) >= MANY:
        told += spread(measures, lang)
    return [*told, *_of_reading(measures, lang)]


def _of_body(measures: Measures, body: str, lang: str) -> Iterator[Finding]:
    if (measures.volumes["body"] == body).any():  # an older form may lack the tables
        yield _received(measures, body, lang)
        yield _flow(measures, body, lang)
        yield _disclosed(measures, body, lang)
        yield from _largest(measures, body, lang)
        yield from _applicant(measures, body, lang)
    else:
        yield Finding(sentence("no_table", lang, body=body), sentence("basis_plain", lang, n=0))
    if (measures.disputes["body"] == body).any():
        yield _routes(measures, body, lang)


def _latest(frame: pd.DataFrame, body: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of a body in its latest year, and in the year before."""
    own = frame.loc[frame["body"] == body]
    if not own["year"].notna().any():
        return own, own.iloc[:0]
    latest = own["year"].max()
    return own.loc[own["year"] == latest], own.loc[own["year"] == latest - 1]


def _who(rows: pd.DataFrame, body: str, lang: str) -> dict[str, str]:
    return {"year": years_of(rows["year"], lang), "body": body}


def _words(formula: str, lang: str, axis: str = "outcome") -> str:
    return formula_text([formula], lang, axis)


def _received(measures: Measures, body: str, lang: str) -> Finding:
    rows, before = _latest(measures.volumes, body)
    now, formula = rows["received"].iloc[0], label("received", lang, axis="outcome")
    if pd.isna(now):
        text = sentence("received_unread", lang, **_who(rows, body, lang))
        return Finding(text, basis("—", formula, lang), "received")
    earlier = measures.volumes.loc[measures.volumes["body"] == body, "year"]
    change = ""
    if len(before):
        last = before["received"].iloc[0]
        change = _change(now, last, before["year"].iloc[0], lang)
        if _in_per_cent(now, last):
            formula += ("；" if lang == "zh" else "; ") + sentence("yoy_formula", lang)
    elif earlier.nunique() > 1:
        change = sentence("no_last", lang, prev=years_of([rows["year"].iloc[0] - 1], lang))
    text = sentence("received", lang, n=count(now), change=change, **_who(rows, body, lang))
    return Finding(text, basis(cases(now, lang), formula, lang, rows), "received")


def _change(now: float, last: Any, year: int, lang: str) -> str:
    """More or fewer than last year; in per cent only where last year's number is not small."""
    prev = years_of([year], lang)
    if pd.isna(last):
        return sentence("last_unread", lang, prev=prev)
    if now == last:
        return sentence("same", lang, prev=prev)
    key, way = ("more", "up") if now > last else ("less", "down")
    per_cent = _in_per_cent(now, last)
    rate = sentence(way, lang, rate=percent(abs(now - last) / last)) if per_cent else ""
    return sentence(key, lang, prev=prev, p=count(last), d=count(abs(now - last)), rate=rate)


def _in_per_cent(now: float, last: Any) -> bool:
    return not pd.isna(last) and last >= SMALL_N and now != last


def _flow(measures: Measures, body: str, lang: str) -> Finding:
    rows, _ = _latest(measures.volumes, body)
    row = rows.iloc[0]
    names = ("received", "carried_in", "handled", "concluded", "carried_out")
    told = {name: cases(row[name], lang) for name in names}
    text = sentence("flow", lang, **told, **_who(rows, body, lang))
    formula = _words(row["formula"].partition("; ")[2], lang)
    return Finding(text, basis(told["handled"], formula, lang, rows))


def _disclosed(measures: Measures, body: str, lang: str) -> Finding:
    rows, before = _latest(measures.disclosed, body)
    row, formula = rows.iloc[0], _words(rows["formula"].iloc[0], lang)
    k, n = row["numerator"], row["denominator"]
    words = {"k": count(k), "n": count(n), "small": SMALL_N, **_who(rows, body, lang)}
    if not pd.isna(n) and n == 0:
        text = sentence("disclosed_none", lang, **words)
    elif pd.isna(row["share"]):
        text = sentence("disclosed_unread", lang, **words)
    elif n < SMALL_N:
        text = sentence("disclosed_few", lang, **words)
    else:
        shares = {name: percent(row[name]) for name in ("share", "low", "high")}
        text = sentence("disclosed", lang, last=_last_share(before, lang), **shares, **words)
    return Finding(text, basis(cases(n, lang), formula, lang, rows), "disclosed")


def _last_share(before: pd.DataFrame, lang: str) -> str:
    if before.empty or pd.isna(before["share"].iloc[0]):
        return ""
    row = before.iloc[0]
    key = "last_count" if row["denominator"] < SMALL_N else "last_share"
    words = {"k": count(row["numerator"]), "n": count(row["denominator"])}
    prev = years_of([row["year"]], lang)
    return sentence(key, lang, prev=prev, share=percent(row["share"]), **words)


def _largest(measures: Measures, body: str, lang: str) -> Iterator[Finding]:
    """The most frequent outcome that is no disclosure; nothing where a part was not read."""
    rows, _ = _latest(measures.outcomes, body)
    rest = rows.loc[~rows["outcome"].isin(DISCLOSED)]
    yield from _most(rest, "largest", "outcome", _who(rows, body, lang), lang)


def _applicant(measures: Measures, body: str, lang: str) -> Iterator[Finding]:
    rows, _ = _latest(measures.applicants, body)
    yield from _most(rows, "applicant", "applicant", _who(rows, body, lang), lang)


def _most(
    rows: pd.DataFrame, key: str, axis: str, who: dict[str, str], lang: str
) -> Iterator[Finding]:
    """The sentence about the code with the largest number; ties are named together.

    Nothing where a part was not read, or where so few were counted that one case would turn it.
    """
    if rows["numerator"].isna().any() or not (rows["denominator"] >= SMALL_N).fillna(False).all():
        return
    top = rows.loc[rows["numerator"] == rows["numerator"].max()]
    row = top.iloc[0]
    names = [label(code, lang, axis=axis) for code in top[axis]]
    words = {"n": count(row["denominator"]), "share": percent(row["share"])}
    each = "各" if len(names) > 1 and lang == "zh" else "each " if len(names) > 1 else ""
    text = sentence(
        key, lang, what=("、" if lang == "zh" else ", ").join(names),
        k=each + count(row["numerator"]),
        share="" if pd.isna(row["share"]) else sentence(f"of_{key}", lang, **words),
        **who,
    )  # fmt: skip
    formula = formula_text(top["formula"], lang, axis)
    yield Finding(text, basis(cases(row["denominator"], lang), formula, lang, top))


def _routes(measures: Measures, body: str, lang: str) -> Finding:
    """The reviews and suits of the latest year, each route apart: they are not to be added."""
    rows, _ = _latest(measures.disputes, body)
    who = _who(rows, body, lang)
    formula = _words(rows["formula"].iloc[0], lang, "result")
    numbers = rows[["concluded", "pending", "total"]]
    if numbers.notna().all(axis=None) and (numbers == 0).all(axis=None):
        text = sentence("routes_none", lang, **who)
    else:
        told = ("；" if lang == "zh" else "; ").join(
            _route(row, lang) for _, row in rows.iterrows()
        )
        text = sentence("routes", lang, told=told, **who)
    n = " / ".join(count(value) for value in rows["concluded"])
    return Finding(text, basis(n, formula, lang, rows), "routes")


def _route(row: pd.Series[Any], lang: str) -> str:
    route = label(row["route"], lang, axis="route")
    if pd.isna(row["concluded"]):
        return sentence("route_unread", lang, route=route)
    rate = ""
    if row["concluded"] >= SMALL_N and not pd.isna(row["rate"]):
        shares = {name: percent(row[name]) for name in ("rate", "low", "high")}
        rate = sentence("rate", lang, **shares)
    pending = row["pending"]
    more = sentence("pending", lang, n=count(pending)) if not pd.isna(pending) and pending else ""
    return sentence(
        "route" if row["concluded"] else "route_none", lang,
        route=route, n=count(row["concluded"]), k=count(row["corrected"]),
        corrected=label("corrected", lang, axis="result"), rate=rate, pending=more,
    )  # fmt: skip


def _of_reading(measures: Measures, lang: str) -> Iterator[Finding]:
    """Whether the printed sums hold, and how much of the form was read."""
    told = checked(measures.checks, lang)
    n = sentence("n_checks", lang, n=count((measures.checks["severity"] == "error").sum()))
    yield Finding(told, basis(n, sentence("sums", lang), lang))
    index = measures.index
    found, expected = int(index["found"].sum()), int(index["expected"].sum())
    words = {"found": count(found), "expected": count(expected)}
    text = sentence(
        "all_read", lang, reports=len(index), bodies=index["body"].nunique(),
        years=years_of(index["year"], lang), **words,
    )  # fmt: skip
    cells = sentence("n_cells", lang, n=count(expected))
    yield Finding(text, basis(cells, sentence("cells", lang), lang))
    unread = measures.problems.loc[measures.problems["report"].isna(), "file"].nunique()
    if unread:
        n = sentence("n_files", lang, n=unread)
        yield Finding(sentence("unread_files", lang, n=unread), sentence("basis_plain", lang, n=n))


def checked(checks: pd.DataFrame, lang: str) -> str:
    """How many sums hold, are broken or cannot be judged, and how many usual relations do not."""
    sums = checks.loc[checks["severity"] == "error", "verdict"]
    if sums.empty:
        return say("checks_none", lang)
    told = {name: count((sums == name).sum()) for name in ("holds", "broken", "unknown")}
    warned = (checks["severity"] == "warning") & (checks["verdict"] == "broken")
    more = say("checks_warned", lang, n=count(warned.sum())) if warned.any() else ""
    return join([say("checks_told", lang, n=count(len(sums)), **told), more], lang)
