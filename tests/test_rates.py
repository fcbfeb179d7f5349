"""Rates are honest: intervals as published, small bodies apart, differences against chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom, binom, binomtest

from gxtools import rates
from gxtools.errors import InputError, ScopeError
from gxtools.funnel import FUNNEL, funnel, funnel_limits
from gxtools.groups import grouped, holders
from gxtools.ranking import RANK, rank
from gxtools.shrinkage import SHRINK, fit_prior, shrink
from tests.drawn_measures import counted


def column(*values: float | None) -> pd.Series:
    return pd.Series(values, dtype="Float64")


def bodies(counts: list[tuple[int, int]], **other: object) -> pd.DataFrame:
    return counted([(f"第{i}区", k, n) for i, (k, n) in enumerate(counts)], **other)


# Intervals and tests.


def test_the_interval_is_wilsons() -> None:
    low, high = rates.wilson(column(4, 0, 5), column(21, 10, 5))
    for i, (k, n) in enumerate([(4, 21), (0, 10), (5, 5)]):
        expected = binomtest(k, n).proportion_ci(method="wilson")
        assert (low[i], high[i]) == pytest.approx((expected.low, expected.high))
    assert (low[1], high[2]) == (0, 1)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
@settings(deadline=None)
def test_the_interval_is_scipys_for_any_counts(k: int, n: int) -> None:
    low, high = rates.wilson(column(min(k, n)), column(n))
    expected = binomtest(min(k, n), n).proportion_ci(method="wilson")
    found = pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-12)
    assert (low[0], high[0]) == found


def test_what_is_no_proportion_has_no_interval() -> None:
    low, high = rates.wilson(column(3, None, 5, -1), column(0, 4, 4, 4))
    assert low.isna().all()
    assert high.isna().all()


@given(st.integers(0, 400), st.integers(1, 400))
@settings(deadline=None)
def test_a_larger_sample_of_the_same_rate_has_a_narrower_interval(k: int, n: int) -> None:
    low, high = rates.wilson(column(min(k, n), 9 * min(k, n)), column(n, 9 * n))
    assert high[1] - low[1] < high[0] - low[0]


def test_events_per_unit_have_the_exact_poisson_interval() -> None:
    # Garwood's table: 0 events up to 3.689, 10 events from 4.795 to 18.390.
    low, high = rates.poisson(column(0, 10, 10), column(1, 1, 100))
    assert [round(v, 3) for v in low] == [0.0, 4.795, 0.048]
    assert [round(v, 3) for v in high] == [3.689, 18.39, 0.184]


def test_the_difference_of_two_shares_has_newcombes_interval() -> None:
    # Newcombe 1998, table II, method 10, examples a to h.
    low, high = rates.newcombe(
        column(48, 3, 2, 0, 0, 0, 0, 0),
        column(80, 10, 7, 29, 20, 10, 20, 10),
        column(56, 9, 6, 5, 0, 0, 10, 10),
        column(70, 10, 7, 56, 10, 10, 10, 10),
    )
    assert [round(v, 4) for v in low] == [
        0.0524, 0.1705, 0.0582, -0.0381, -0.1611, -0.2775, 0.6791, 0.6075
    ]  # fmt: skip
    assert [round(v, 4) for v in high] == [
        0.3339, 0.8090, 0.8062, 0.1926, 0.2775, 0.2775, 1.0, 1.0
    ]  # fmt: skip


def test_two_counts_are_compared_by_the_exact_conditional_test() -> None:
    p = rates.same_rate(
        column(21, 70, 0, 3), column(1, 1, 1, 0), column(95, 74, 0, 3), column(1, 1, 1, 1)
    )
    assert p[0] == pytest.approx(binomtest(21, 116).pvalue)
    assert p[1] == pytest.approx(binomtest(70, 144).pvalue)
    assert p[2] == 1
    assert pd.isna(p[3])


# The funnel.


def test_a_funnel_has_its_columns_and_the_pooled_target() -> None:
    made = funnel(bodies([(30, 100), (40, 100), (50, 100)]))
    assert made.columns.tolist() == FUNNEL
    assert made["target"].tolist() == pytest.approx([0.4] * 3)
    assert (made["lower998"] < made["lower95"]).all()
    assert (made["lower95"] < made["target"]).all()
    assert (made["target"] < made["upper95"]).all()
    assert (made["upper95"] < made["upper998"]).all()


def test_a_body_is_beyond_the_limits_of_its_own_size_only() -> None:
    # The same rate: chance in 12 cases, not in 1200.
    made = funnel(bodies([(9, 12), (900, 1200), (2000, 4000), (2300, 4000)])).set_index("agency")
    assert made["beyond"].tolist() == ["inside", "above", "below", "inside"]
    assert made["limit"]["第1区"] == "99.8"
    assert pd.isna(made["limit"]["第0区"])


@pytest.mark.parametrize("n", [30, 100, 1000])
@pytest.mark.parametrize("target", [0.05, 0.3, 0.5, 0.8])
def test_about_one_body_in_twenty_is_beyond_by_chance_alone(n: int, target: float) -> None:
    limits = funnel_limits(target, [n]).iloc[0]
    rate = np.arange(n + 1) / n
    outside = (rate > limits["upper95"]) | (rate < limits["lower95"])
    far = (rate > limits["upper998"]) | (rate < limits["lower998"])
    chance = binom.pmf(np.arange(n + 1), n, target)
    assert 0.02 < chance[outside].sum() < 0.09
    assert chance[far].sum() < 0.01


def test_the_limits_narrow_as_bodies_grow_and_stay_between_0_and_1() -> None:
    limits = funnel_limits(0.9, range(1, 2000, 7))
    width = limits["upper998"] - limits["lower998"]
    assert width.iloc[-1] < 0.05 < width.iloc[0]
    assert limits.drop(columns="denominator").min(axis=None) >= 0
    assert limits.drop(columns="denominator").max(axis=None) <= 1


def test_a_size_of_nothing_has_no_limits() -> None:
    with pytest.raises(InputError, match="not above 0"):
        funnel_limits(0.5, [10, 0])


def test_bodies_that_differ_by_chance_are_not_called_overdispersed_and_unlike_ones_are() -> None:
    draw = np.random.default_rng(7)
    alike = [(int(draw.binomial(200, 0.5)), 200) for _ in range(60)]
    unlike = [(int(draw.binomial(200, p)), 200) for p in draw.uniform(0.1, 0.9, 60)]
    even, uneven = funnel(bodies(alike)), funnel(bodies(unlike))
    assert not even["overdispersed"].any()
    assert even["dispersion"].iloc[0] < 1.5
    assert uneven["overdispersed"].all()
    assert uneven["dispersion"].iloc[0] > 5
    assert (even["beyond"] == "inside").mean() > 0.85


def test_a_small_body_keeps_its_limits_and_is_marked_apart() -> None:
    made = funnel(bodies([(4, 21), (50, 100), (40, 90)]))
    assert made["apart"].tolist() == [True, False, False]
    assert made["upper95"].notna().all()


def test_a_body_alone_or_without_a_rate_has_no_limits() -> None:
    assert funnel(bodies([(4, 21)]))["target"].isna().all()
    made = funnel(bodies([(4, 21), (0, 0), (9, 30)]))
    assert made["target"].isna().tolist() == [False, True, False]
    assert made["beyond"].isna().tolist() == [False, True, False]


def test_events_per_unit_have_a_funnel_in_the_unit_of_the_measure() -> None:
    frame = bodies([(70, 100_000), (700, 1_000_000), (2500, 1_000_000)], measure="per_100k")
    made = funnel(frame.assign(value=frame["value"] * 100_000))
    assert made["target"].iloc[0] == pytest.approx(100_000 * 3270 / 2_100_000)
    assert made["beyond"].tolist() == ["below", "below", "above"]


def test_counts_have_no_funnel() -> None:
    with pytest.raises(InputError, match="new_applications has no funnel"):
        funnel(bodies([(4, 0)], measure="new_applications"))


def test_a_frame_that_is_no_measure_is_refused_by_its_missing_columns() -> None:
    with pytest.raises(InputError, match="no column report"):
        rank(pd.DataFrame({"measure": ["disclosure_rate"]}))


# Who may stand side by side.


def one(agency: str, division: object, scope: str, level: str, k: int = 40) -> pd.DataFrame:
    return counted([(agency, k, 100)], division=division, scope=scope, level=level)


CITY = one("宿迁市人民政府", "321300", "aggregate", "city")
COUNTY = one("沭阳县人民政府", "321322", "aggregate", "district")
BUREAU = one("沭阳县发展和改革局", "321322", "own", "department")
OTHER = one("淮安市人民政府", "320800", "aggregate", "city")


def joined(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def test_each_body_names_the_smallest_aggregate_that_holds_it() -> None:
    found = holders(joined(CITY, COUNTY, BUREAU, OTHER), ["year"])
    assert found.fillna("").tolist() == ["", "宿迁市人民政府", "沭阳县人民政府", ""]


def test_an_aggregate_of_another_year_holds_nobody() -> None:
    later = CITY.assign(year=pd.array([2025], dtype="Int64"))
    assert holders(joined(later, COUNTY), ["year"]).isna().all()


def test_a_body_without_a_division_is_not_placed() -> None:
    assert holders(joined(CITY, one("某局", pd.NA, "own", "department")), ["year"]).isna().all()


def test_a_city_and_its_county_are_in_groups_of_their_own_by_default() -> None:
    made = funnel(joined(CITY, COUNTY, BUREAU, OTHER))
    assert made["group"].nunique() == 3
    assert made["bodies"].tolist() == [2, 1, 1, 2]
    assert made["part_of"].fillna("").tolist() == ["", "宿迁市人民政府", "沭阳县人民政府", ""]


@pytest.mark.parametrize("function", [funnel, rank, shrink])
def test_an_aggregate_is_never_compared_with_its_part(function: object) -> None:
    with pytest.raises(ScopeError, match="宿迁市人民政府 already holds 沭阳县人民政府"):
        function(joined(CITY, COUNTY, OTHER), group=("year", "scope"))  # type: ignore[operator]


@pytest.mark.parametrize("function", [funnel, rank, shrink])
def test_own_figures_and_aggregates_are_never_compared(function: object) -> None:
    far = one("南京市某局", "320100", "own", "department")
    with pytest.raises(ScopeError, match="own and aggregate"):
        function(joined(CITY, far), group=("year",))  # type: ignore[operator]


def test_a_body_that_stands_twice_in_a_year_is_refused() -> None:
    twice = joined(CITY, CITY.assign(report="another"))
    with pytest.raises(InputError, match="宿迁市人民政府 stands twice"):
        rank(twice)


def test_namesakes_of_two_divisions_are_two_bodies() -> None:
    two = joined(
        one("朝阳区人民政府", "110105", "aggregate", "district"),
        one("朝阳区人民政府", "220104", "aggregate", "district").assign(report="changchun"),
    )
    assert grouped(two)["bodies"].tolist() == [2, 2]


# Ranks.


def test_ranks_show_counts_and_set_the_small_apart() -> None:
    made = rank(bodies([(9, 10), (60, 100), (30, 100), (0, 0)]))
    assert made.columns.tolist() == RANK
    assert made["rank"].tolist() == [pd.NA, 1, 2, pd.NA]
    assert made["apart"].tolist() == [True, False, False, True]
    assert made["ranked"].tolist() == [2] * 4
    assert made["numerator"].tolist() == [9, 60, 30, 0]


def test_the_minimum_is_of_the_rates_own_denominator() -> None:
    frame = bodies([(9, 10), (60, 100)])
    assert rank(frame, 10)["apart"].tolist() == [False, False]
    assert rank(frame, 101)["rank"].isna().all()


def test_bodies_that_chance_may_swap_have_overlapping_places() -> None:
    made = rank(bodies([(50, 100), (49, 100), (5, 100)])).set_index("agency")
    assert (made.loc["第0区", "rank_low"], made.loc["第0区", "rank_high"]) == (1, 2)
    assert (made.loc["第1区", "rank_low"], made.loc["第1区", "rank_high"]) == (1, 2)
    assert (made.loc["第2区", "rank_low"], made.loc["第2区", "rank_high"]) == (3, 3)


def test_equal_rates_share_a_place_and_the_answer_is_the_same_twice() -> None:
    frame = bodies([(50, 100), (50, 100), (10, 100)])
    assert rank(frame)["rank"].tolist() == [1, 1, 3]
    pd.testing.assert_frame_equal(rank(frame), rank(frame))


def test_counts_are_ranked_by_their_number_and_nobody_is_apart() -> None:
    frame = counted([("甲区", 218, None), ("乙区", 95, None)], measure="new_applications")
    made = rank(frame)
    assert made["rank"].tolist() == [1, 2]
    assert made["rank_high"].tolist() == [1, 2]


def test_a_ratio_without_a_distribution_has_a_rank_without_an_interval() -> None:
    made = rank(bodies([(50, 100), (10, 100)], measure="licence_enforcement_ratio"))
    assert made["rank"].tolist() == [1, 2]
    assert made["rank_low"].isna().all()


# Shrinkage.


def test_shrunk_rates_name_their_prior_and_lie_between_the_raw_rate_and_its_mean() -> None:
    made = shrink(bodies([(4, 21), (50, 100), (40, 90), (300, 500)]))
    assert made.columns.tolist() == SHRINK
    mean = made["prior_alpha"] / (made["prior_alpha"] + made["prior_beta"])
    assert made["prior_mean"].tolist() == pytest.approx(mean.tolist())
    low = np.minimum(made["value"], made["prior_mean"])
    high = np.maximum(made["value"], made["prior_mean"])
    assert ((low <= made["estimate"]) & (made["estimate"] <= high)).all()
    assert ((made["low"] < made["estimate"]) & (made["estimate"] < made["high"])).all()


def test_the_smaller_the_body_the_more_it_is_drawn_in() -> None:
    made = shrink(bodies([(2, 10), (200, 1000), (60, 100), (450, 800), (55, 100)]))
    moved = (made["estimate"] - made["value"]).abs()
    assert moved.iloc[0] > 5 * moved.iloc[1]


def test_the_prior_that_made_the_counts_is_found_again() -> None:
    draw = np.random.default_rng(3)
    n = draw.integers(20, 400, 2000)
    k = draw.binomial(n, draw.beta(6, 4, 2000))
    alpha, weight = fit_prior(k.astype(float), n.astype(float))
    assert alpha / (alpha + weight) == pytest.approx(0.6, abs=0.02)
    assert alpha + weight == pytest.approx(10, rel=0.1)


def test_the_prior_is_the_likeliest() -> None:
    k, n = np.array([4.0, 50, 40, 300]), np.array([21.0, 100, 90, 500])
    a, b = fit_prior(k, n)
    best = betabinom.logpmf(k, n, a, b).sum()
    for factor in (0.8, 1.25):
        assert betabinom.logpmf(k, n, factor * a, b).sum() < best
        assert betabinom.logpmf(k, n, factor * a, factor * b).sum() < best


def test_bodies_alike_are_drawn_to_one_rate_and_none_at_all_stays_off_zero() -> None:
    alike = shrink(bodies([(50, 100)] * 5))
    assert alike["estimate"].tolist() == pytest.approx([0.5] * 5, abs=0.001)
    none = shrink(bodies([(0, 50)] * 4))
    assert ((none["estimate"] > 0) & (none["estimate"] < 0.02)).all()


def test_two_bodies_say_nothing_of_how_bodies_differ() -> None:
    made = shrink(bodies([(4, 21), (50, 100), (0, 0)]))
    assert made[["prior_alpha", "estimate", "low", "high"]].isna().all(axis=None)
    assert made["value"].notna().tolist() == [True, True, False]


def test_a_credible_interval_covers_the_rates_it_was_drawn_from() -> None:
    draw = np.random.default_rng(11)
    rate = draw.beta(6, 4, 300)
    n = draw.integers(5, 200, 300)
    made = shrink(
        bodies([(int(k), int(m)) for k, m in zip(draw.binomial(n, rate), n, strict=True)])
    )
    covered = (made["low"].to_numpy(float) <= rate) & (rate <= made["high"].to_numpy(float))
    assert 0.91 < covered.mean() < 0.985
    assert made["prior_alpha"].nunique() == 1
    assert beta.mean(*made[["prior_alpha", "prior_beta"]].iloc[0]) == pytest.approx(0.6, abs=0.05)


def test_only_shares_can_be_shrunk() -> None:
    with pytest.raises(InputError, match="cannot be shrunk"):
        shrink(bodies([(3, 100)], measure="review_rate"))
