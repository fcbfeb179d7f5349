"""why(): how much of a rate's change is who applied, and how much is how each kind was answered."""

from __future__ import annotations

import math

import pandas as pd

from .arguments import name_of, year_of
from .errors import InputError
from .figures import Figures
from .formulas import TOTAL, Term, applicants
from .measures import Measure, find
from .reports import Reports, need_reports

WHY = [
    "measure", "agency", "year_a", "year_b", "applicant", "numerator_a", "denominator_a",
    "numerator_b", "denominator_b", "weight_a", "weight_b", "rate_a", "rate_b", "mix", "within",
    "total", "change", "formula",
]  # fmt: skip
_EXACT = 1e-12


def why(
    reports: Reports, agency: str, year_a: int, year_b: int, measure: str = "disclosure_rate"
) -> pd.DataFrame:
    """The change of a rate from year_a to year_b, split into applicant mix and change within kinds.

    Grain: a row a kind of applicant in the form's order (no total). `weight` is its share of the
    denominator, `rate` its own rate (<NA> over 0). `mix` = change of weight x (mean of its two
    rates - mean of the two overall rates); `within` = change of its rate x mean of its weights;
    `total` = mix + within. A kind that nobody was of in one year has no change within: all of it
    is mix. The totals add up to `change` (repeated in each row), which is checked. Rates are
    fractions. Raises InputError where a report or figure is missing, the measure is no share of
    section 三, or the kinds do not add up to the printed total. Source: Kitagawa (1955).
    """
    need_reports(reports)
    name_of(agency, "agency")
    year_a, year_b = year_of(year_a), year_of(year_b)
    spec = find(measure)
    if not _splits(spec):
        raise InputError(
            f"{measure} cannot be split by applicant",
            advice="Shares of section 三 can: disclosure_rate, denial_rate, carry_rate and others.",
        )
    sides = [_side(reports, agency, year, spec) for year in (year_a, year_b)]
    made = _split(sides[0].add_suffix("_a").join(sides[1].add_suffix("_b")).reset_index())
    made = made.assign(measure=measure, agency=agency, year_a=year_a, year_b=year_b)
    made["formula"] = spec.formula()
    text = ["measure", "agency", "applicant", "formula"]
    years = {"year_a": "Int64", "year_b": "Int64"}
    return made.astype({**dict.fromkeys(text, "string"), **years})[WHY]


def _splits(spec: Measure) -> bool:
    """Whether numerator and denominator are totals of rows that the form splits by applicant."""
    if spec.kind != "share" or spec.each:
        return False
    above, below = spec.terms()
    return all(term.columns == (TOTAL,) and applicants(term) for term in (*above, *below))


def _side(reports: Reports, agency: str, year: int, spec: Measure) -> pd.DataFrame:
    """Numerator and denominator of one year by kind of applicant."""
    chosen = reports.select(agency=agency).select(year=year)
    if len(chosen) > 1:
        raise InputError(
            f"{agency} stands {len(chosen)} times in {year}",
            where=", ".join(chosen.index["report"]),
            advice="Keep one: reports.only(...).",
        )
    figures = Figures.of(chosen)
    report = str(chosen.index["report"].iloc[0])
    sides = {
        name: _by_applicant(figures, terms, report)
        for name, terms in zip(("numerator", "denominator"), spec.terms(), strict=True)
    }
    made = pd.DataFrame(sides, dtype="Float64").rename_axis("applicant")
    if not made["denominator"].sum() > 0:
        raise InputError(f"{agency} has nothing to take a share of in {year}", where=report)
    return made


def _by_applicant(figures: Figures, terms: tuple[Term, ...], report: str) -> dict[str, float]:
    """The terms' sum for each kind of applicant; they must add up to the total."""
    kinds = {
        code: float(figures.total(tuple(term.of(code) for term in terms))[0][0])
        for code in applicants(terms[0])
    }
    total = float(figures.total(terms)[0][0])
    if math.isnan(total) or any(math.isnan(value) for value in kinds.values()):
        raise InputError("a figure by applicant is not known", where=report)
    if sum(kinds.values()) != total:
        raise InputError(
            f"the applicants add up to {sum(kinds.values()):g}, the total is {total:g}",
            where=report,
            advice="A split would not be exact; see gx.check.",
        )
    return kinds


def _split(made: pd.DataFrame) -> pd.DataFrame:
    """The kinds with weights, rates and the two parts of the change."""
    for side in "ab":
        n, k = made[f"denominator_{side}"], made[f"numerator_{side}"]
        made[f"weight_{side}"] = n / n.sum()
        made[f"rate_{side}"] = k / n.where(n > 0)
    overall = [float(made[f"numerator_{s}"].sum() / made[f"denominator_{s}"].sum()) for s in "ab"]
    rate_a = made["rate_a"].fillna(made["rate_b"])
    rate_b = made["rate_b"].fillna(made["rate_a"])
    moved = made["weight_b"] - made["weight_a"]
    mix = moved * ((rate_a + rate_b) / 2 - sum(overall) / 2)
    within = (rate_b - rate_a) * (made["weight_a"] + made["weight_b"]) / 2
    made["mix"], made["within"] = mix.fillna(0.0), within.fillna(0.0)
    made["total"] = made["mix"] + made["within"]
    made["change"] = overall[1] - overall[0]
    gap = float(made["total"].sum()) - (overall[1] - overall[0])
    if abs(gap) > _EXACT:
        raise InputError(f"the parts miss the change by {gap:g}")
    return made
