"""compare(): a measure between two years of each body, or between the bodies of a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from . import rates
from .arguments import language, name_of, span_of, whole
from .comparability import grades
from .errors import InputError
from .groups import GROUP, MINIMUM, RATE, WHO, bodies_of, each_group, require, sole
from .measures import find
from .ranking import rank

BY_YEAR = [
    "measure", "code", "agency", "division", "district", "level", "scope", "report_a", "report_b",
    "year_a", "year_b", "edition_a", "edition_b", "numerator_a", "denominator_a", "numerator_b",
    "denominator_b", "value_a", "value_b", "difference", "percent", "low", "high", "beyond_chance",
    "test", "grade", "why", "formula", "basis", "unit",
]  # fmt: skip
BY_DISTRICT = [
    *WHO, *RATE, "group", "bodies", "q1", "median", "q3", "from_median", "against", "against_value",
    "difference", "difference_low", "difference_high", "beyond_chance", "test", "grade", "why",
    "rank", "rank_low", "rank_high", "ranked", "apart", "part_of",
]  # fmt: skip
_SIDE = [
    "report", "year", "edition", "scope", "numerator", "denominator", "value", "basis",
]  # fmt: skip
_BODY = ["agency", "division", "district", "level"]
_SAME = ["measure", "code", "formula", "unit"]


def compare(
    frame: pd.DataFrame,
    by: Literal["year", "district"] = "year",
    *,
    years: tuple[int, int] | None = None,
    against: str | None = None,
    minimum: int = MINIMUM,
    group: Sequence[str] = GROUP,
    lang: str = "zh",
) -> pd.DataFrame:
    """A measure compared over the years of each body, or over the bodies of each group.

    Give the frame of gx.measure. `by="year"` (columns BY_YEAR): a row a body and two successive
    years it reported, or the two of `years` (a body with one of them has <NA> for the other).
    `difference` = value_b - value_a, `percent` = difference / value_a as a fraction. Shares have
    Newcombe's 95 % interval of the difference (`low`, `high`); `beyond_chance` says whether it
    leaves out 0, for counts and events per unit whether an exact conditional Poisson test has
    p < 0.05 (`test` names the test). Of a hundred bodies that did not change five are beyond
    chance, and more where one person files many applications.
    `grade` A, B or C over editions and scopes with `why`; at C nothing is tested.

    `by="district"` (columns BY_DISTRICT): a row a report with the quartiles of its `group`
    (default: bodies of one year, scope and level), its distance from the median, its rank (as
    gx.rank) and, with `against` an agency, the difference from that body (value - against_value).

    <NA> where a figure is not known. Raises InputError where a body stands twice in a year, no
    report is of either of `years`, or `against` is not in the frame, ScopeError where a group would
    hold a body beside its part.
    """
    require(frame, [*WHO, *RATE])
    language(lang)
    if by == "year" and against is None:
        return _by_year(frame, _years(frame, years), lang)
    if by not in ("year", "district"):
        raise InputError(f"by is {by!r}", advice="Possible: year, district.")
    if by == "year":
        what, advice = "against names a body, and by is 'year'", 'Give by="district".'
        raise InputError(what, advice=advice)
    if years is not None:
        what = "years are two years of each body, and by is 'district'"
        raise InputError(what, advice="Keep the year first: frame[frame.year == 2024].")
    if against is not None:
        name_of(against, "against")
    return _by_district(frame, against, whole(minimum, "minimum"), group, lang)


def _years(frame: pd.DataFrame, years: tuple[int, int] | None) -> tuple[int, int] | None:
    """The two years to compare. Raises InputError where no report is of either."""
    pair = span_of(years)
    known = sorted(int(year) for year in frame["year"].dropna().unique())
    if pair and known and not {*pair} & {*known}:
        told = ", ".join(map(str, known))
        raise InputError(f"no report is of {pair[0]} or {pair[1]}", advice=f"There are: {told}.")
    return pair


def _by_year(frame: pd.DataFrame, years: tuple[int, int] | None, lang: str) -> pd.DataFrame:
    dated = frame.dropna(subset=["year"])
    named = dated.assign(body=bodies_of(dated))
    sole(named, ["measure", "code", "body", "year"])
    series = named.groupby(["measure", "code", "body"], dropna=False, sort=False)
    named = named.assign(series=series.ngroup())
    pairs = _chosen(named, *years) if years else _successive(named)
    made = _differences(pairs)
    made["scope"] = made["scope_b"].fillna(made["scope_a"])
    made["basis"] = _least_sure(made["basis_a"], made["basis_b"])
    made = made.join(grades(made, lang))
    return _tested(made, "low", "high")[BY_YEAR]


def _least_sure(one: pd.Series[str], other: pd.Series[str]) -> pd.Series[str]:
    """Of two columns of bases the less sure one, row by row."""
    found = one.fillna(other)
    for basis in ("derived", "contradicted"):
        found = found.mask(((one == basis) | (other == basis)).fillna(False), basis)
    return found.astype("string")


def _successive(named: pd.DataFrame) -> pd.DataFrame:
    """Each report with the body's report before it, years between or not."""
    ordered = named.sort_values(["series", "year"], kind="stable")
    before = ordered.groupby("series")[_SIDE].shift(1)
    sides = ordered.rename(columns={name: f"{name}_b" for name in _SIDE})
    both = sides.join(before.add_suffix("_a"))
    return both.loc[both["year_a"].notna()].reset_index(drop=True)


def _chosen(named: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Each body's reports of two years; one side <NA> where it has one of them only."""
    told = named.drop_duplicates("series")[["series", *_BODY, *_SAME]]
    sides = [
        named.loc[named["year"] == year, ["series", *_SIDE]]
        .rename(columns={name: f"{name}_{side}" for name in _SIDE})
        for side, year in (("a", first), ("b", last))
    ]  # fmt: skip
    both = sides[0].merge(sides[1], on="series", how="outer")
    both["year_a"], both["year_b"] = both["year_a"].fillna(first), both["year_b"].fillna(last)
    return told.merge(both, on="series").reset_index(drop=True)


def _differences(pairs: pd.DataFrame) -> pd.DataFrame:
    difference = pairs["value_b"] - pairs["value_a"]
    base = pairs["value_a"].where(pairs["value_a"] != 0)
    return pairs.assign(difference=difference, percent=difference / base)


def _tested(made: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    """The pairs with the interval of the difference, the test and its verdict."""
    kinds = made["measure"].map({id: find(id).kind for id in made["measure"].unique()})
    sides = [made[f"{name}_{side}"] for side in "ab" for name in ("numerator", "denominator")]
    k_a, n_a, k_b, n_b = sides
    one = pd.Series(1.0, index=made.index, dtype="Float64")
    ok = (made["grade"] != "C").fillna(True)
    made[low], made[high] = rates.newcombe(*(s.where((kinds == "share") & ok) for s in sides))
    counted = (kinds == "count") & ok
    exposed = (kinds == "per") & ok
    p = rates.same_rate(
        k_a.where(counted | exposed),
        n_a.where(exposed, one),
        k_b.where(counted | exposed),
        n_b.where(exposed, one),
    )
    outside = ((made[low] > 0) | (made[high] < 0)).astype("boolean")
    made["beyond_chance"] = outside.fillna((p < 1 - rates.LEVEL).astype("boolean"))
    named = pd.Series(pd.NA, index=made.index, dtype="string")
    made["test"] = named.mask(made[low].notna(), "newcombe").mask(p.notna(), "poisson")
    return made


def _by_district(
    frame: pd.DataFrame, against: str | None, minimum: int, group: Sequence[str], lang: str
) -> pd.DataFrame:
    made = rank(frame, minimum, group=group)
    if against is not None and not (made["agency"] == against).any():
        raise InputError(
            f"no body {against!r} in the frame",
            advice=f"There are: {', '.join(made['agency'].dropna().unique()[:20])}.",
        )
    made = each_group(made, _spread)
    pairs = _beside(made, against)
    made["against"] = pairs["report_a"].notna().map({True: against, False: pd.NA}).astype("string")
    made["against_value"], made["difference"] = pairs["value_a"], pairs["difference"]
    pairs = _tested(pairs.join(grades(pairs, lang)), "difference_low", "difference_high")
    told = ["difference_low", "difference_high", "beyond_chance", "test", "grade", "why"]
    # A body is not compared with itself.
    itself = (made["agency"] == against).fillna(False).astype(bool)
    made = made.join(pairs[told])
    for name in ("difference", *told):
        made[name] = made[name].mask(itself)
    return made[BY_DISTRICT]


def _spread(part: pd.DataFrame) -> pd.DataFrame:
    """One group with its quartiles and each body's distance from the median."""
    q1, median, q3 = (part["value"].quantile(p) for p in (0.25, 0.5, 0.75))
    made = part.assign(q1=q1, median=median, q3=q3)
    made = made.astype({"q1": "Float64", "median": "Float64", "q3": "Float64"})
    return made.assign(from_median=made["value"] - made["median"])


def _beside(made: pd.DataFrame, against: str | None) -> pd.DataFrame:
    """Each row as side b with the chosen body of its group as side a."""
    keys = ["measure", "code", "group"]
    chosen = made.loc[(made["agency"] == against).fillna(False), [*keys, *_SIDE]]
    sole(chosen, keys)
    sides = chosen.rename(columns={name: f"{name}_a" for name in _SIDE})
    own = made[[*keys, *_SIDE]].rename(columns={name: f"{name}_b" for name in _SIDE})
    return _differences(own.merge(sides, on=keys, how="left").set_axis(made.index))
