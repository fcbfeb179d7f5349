"""trend(): a measure over the years of each body, gaps kept, breaks between forms marked."""

from __future__ import annotations

import pandas as pd

from .arguments import language, ordered_span
from .comparability import grades
from .groups import RATE, WHO, bodies_of, columns_of, require, sole

TREND = [
    "measure", "code", "agency", "division", "district", "level", "scope", "year", "report",
    "edition", "numerator", "denominator", "value", "low", "high", "grade", "why", "break",
    "segment", "formula", "basis", "unit",
]  # fmt: skip
_BODY = ["measure", "code", "agency", "division", "district", "level", "formula", "unit"]


def trend(
    frame: pd.DataFrame, *, years: tuple[int, int] | None = None, lang: str = "zh"
) -> pd.DataFrame:
    """The measure of each body in every year from its first to its last report, or of `years`.

    Give the frame of gx.measure. Grain: measure x code x body x year, years ascending. A year
    without a report is a row with `report`, `value` and `segment` <NA>: a line must not cross it.
    `grade` (A, B, C, with `why`) tells how far the figure may be joined to the body's report
    before it, over forms and scopes; `break` is True where that is not A; `segment` counts the
    stretches between breaks: draw a line only between consecutive years of one segment. A report
    without a year is left out. Raises InputError where a body stands twice in a year, and
    for years in the wrong order.
    """
    require(frame, [*WHO, *RATE])
    language(lang)
    years = ordered_span(years)
    dated = frame.dropna(subset=["year"])
    named = dated.assign(body=bodies_of(dated))
    sole(named, ["measure", "code", "body", "year"])
    series = named.groupby(["measure", "code", "body"], dropna=False, sort=False).ngroup()
    named = named.assign(series=series).sort_values(["series", "year"], kind="stable")
    named = _joined(named, lang)
    every = _every_year(named, years).merge(
        named.drop(columns=[*_BODY, "body"]), on=["series", "year"], how="left"
    )
    return every[TREND]


def _joined(named: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The reports with their grade against the body's report before, break and segment."""
    if named.empty:
        return columns_of(named, string=["grade", "why"], boolean=["break"], Int64=["segment"])
    before = named.groupby("series")[["edition", "scope"]].shift(1).add_suffix("_a")
    pairs = named[["measure", "code", "edition", "scope"]].rename(
        columns={"edition": "edition_b", "scope": "scope_b"}
    )
    made = named.join(grades(pairs.join(before), lang))
    made["break"] = (made["grade"].notna() & (made["grade"] != "A")).astype("boolean")
    made["segment"] = made["break"].astype("Int64").groupby(made["series"]).cumsum()
    return made


def _every_year(named: pd.DataFrame, years: tuple[int, int] | None) -> pd.DataFrame:
    """A row a series and year, with whose it is and what it measures."""
    told = named.drop_duplicates("series")[["series", *_BODY]]
    spans = named.groupby("series")["year"].agg(["min", "max"])
    if years is not None:
        spans["min"], spans["max"] = years
    listed = [
        (series, year)
        for series, first, last in spans.itertuples()
        for year in range(int(first), int(last) + 1)
    ]
    rows = pd.DataFrame(listed, columns=["series", "year"]).astype({"year": "Int64"})
    return rows.merge(told, on="series", how="left")
