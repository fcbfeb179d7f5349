"""What the bodies of one scope have between them: range and median, naming none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..charts.style import SMALL_N
from ..charts.words import formula_text
from ..forms import label
from .choice import common_year
from .frames import Measures
from .sentences import Finding, basis, sentence
from .words import count, percent, scope_name, years_of

MANY = 3  # bodies from which on a range and a median say something


def spread(measures: Measures, lang: str) -> Iterator[Finding]:
    """Range and median of the bodies of one scope in the year that most of them have reported."""
    index, absent = common_year(measures.index, measures.focus)
    scopes = set(measures.about(index)["scope"].fillna(""))
    year, row = years_of(index["year"], lang), label("received", lang, axis="outcome")
    for scope, group in index.groupby(index["scope"].fillna(""), sort=False):
        if scope not in scopes:
            continue
        ids = group["report"]
        words = {"year": year, "scope": scope_name(scope, lang, of=True), "small": SMALL_N}
        volumes = measures.volumes.loc[measures.volumes["report"].isin(ids), "received"].dropna()
        if len(volumes) >= MANY:
            told = {"low": volumes.min(), "high": volumes.max(), "median": volumes.median()}
            text = sentence("range", lang, n=len(volumes), **_each(told, count), **words)
            yield Finding(text, _over(len(volumes), row, lang), "received")
        yield from _shares(
            measures.disclosed.loc[measures.disclosed["report"].isin(ids)], words, lang
        )
        yield from _rates(measures.disputes.loc[measures.disputes["report"].isin(ids)], words, lang)
    if absent:
        text = sentence("absent", lang, n=absent, year=year)
        n = sentence("n_bodies", lang, n=measures.index["body"].nunique())
        yield Finding(text, sentence("basis_plain", lang, n=n))


def _shares(rows: pd.DataFrame, words: dict[str, Any], lang: str) -> Iterator[Finding]:
    enough = rows.loc[(rows["denominator"] >= SMALL_N).fillna(False).astype(bool), "share"].dropna()
    if len(enough) < MANY:
        return
    told = {"low": enough.min(), "high": enough.max(), "median": enough.median()}
    few = len(rows) - len(enough)
    rest = sentence("shares_few", lang, few=few, **words) if few else ""
    text = sentence("shares", lang, n=len(enough), rest=rest, **_each(told, percent), **words)
    yield Finding(
        text,
        _over(len(enough), formula_text(rows["formula"].iloc[:1], lang, "outcome"), lang),
        "disclosed",
    )


def _rates(rows: pd.DataFrame, words: dict[str, Any], lang: str) -> Iterator[Finding]:
    """The first route only: the table of the comparison has them all."""
    first = rows.loc[rows["route"] == rows["route"].iloc[0]] if len(rows) else rows
    large = (first["concluded"] >= SMALL_N).fillna(False).astype(bool)
    enough = first.loc[large, "rate"].dropna()
    if len(enough) < MANY:
        return
    told = _each({"low": enough.min(), "high": enough.max()}, percent)
    name = label(str(first["route"].iloc[0]), lang, axis="route")
    text = sentence("rates", lang, n=len(enough), route=name, **told, **words)
    formula = formula_text(first["formula"].iloc[:1], lang, "result")
    n = sentence("n_bodies", lang, n=len(enough))
    yield Finding(text, basis(n, formula, lang), "routes")


def _each(values: dict[str, Any], written: Any) -> dict[str, str]:
    return {name: written(value) for name, value in values.items()}


def _over(n: int, formula: str, lang: str) -> str:
    return basis(sentence("n_bodies", lang, n=n), sentence("median", lang, formula=formula), lang)
