"""Two years, two districts: the difference, whether chance explains it, and whether it may be
compared at all."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.compare import BY_DISTRICT, BY_YEAR, compare
from gxtools.errors import InputError, ScopeError
from gxtools.measuring import measure
from gxtools.peer_group import PEERS, peers
from gxtools.reading import read_all
from gxtools.reports import Reports, concat
from gxtools.why import WHY, why
from tests.drawn_measures import counted, reports_of
from tests.published import HONGZE_2023, SUQIAN_2023, SUQIAN_2024, drawn

REPORTS = Path(__file__).parents[1] / "data" / "reports"


@pytest.fixture(scope="module")
def printed() -> Reports:
    return read_all(REPORTS, jobs=1, progress=False)


def years(*pairs: tuple[int, float | None, float | None], **other: object) -> pd.DataFrame:
    """One body's counts over years: (year, numerator, denominator)."""
    frames = [counted([("甲区", k, n)], year=year, **other) for year, k, n in pairs]
    return pd.concat(frames, ignore_index=True)


# By year.


def test_two_years_of_a_share_have_a_difference_with_newcombes_interval() -> None:
    made = compare(years((2023, 48, 80), (2024, 56, 70)))
    assert made.columns.tolist() == BY_YEAR
    row = made.iloc[0]
    assert (row["year_a"], row["year_b"]) == (2023, 2024)
    assert row["difference"] == pytest.approx(0.2)
    assert row["percent"] == pytest.approx(0.2 / 0.6)
    assert (round(row["low"], 4), round(row["high"], 4)) == (0.0524, 0.3339)
    assert row["beyond_chance"]
    assert (row["test"], row["grade"]) == ("newcombe", "A")


def test_the_same_rates_in_a_tenth_of_the_cases_are_within_chance() -> None:
    row = compare(years((2023, 5, 8), (2024, 6, 7))).iloc[0]
    assert not row["beyond_chance"]
    assert row["low"] < 0 < row["high"]


def test_the_disclosure_rate_of_suqian_rose_by_ten_points_beyond_chance(printed: Reports) -> None:
    frame = measure(printed.select(agency="宿迁市人民政府"), "disclosure_rate")
    row = compare(frame).iloc[0]
    assert round(100 * row["difference"], 2) == 10.44
    assert (round(100 * row["low"], 1), round(100 * row["high"], 1)) == (8.1, 12.8)
    assert row["beyond_chance"]


def test_counts_are_compared_by_the_poisson_test_and_without_an_interval() -> None:
    made = compare(
        years((2022, 70, None), (2023, 74, None), (2024, 218, None), measure="new_applications")
    )
    assert made["beyond_chance"].tolist() == [False, True]
    assert made["test"].tolist() == ["poisson", "poisson"]
    assert made[["low", "high"]].isna().all(axis=None)


def test_money_and_ratios_are_not_tested() -> None:
    for id in ("fees", "licence_enforcement_ratio"):
        made = compare(years((2023, 700, 100), (2024, 100, 100), measure=id))
        assert made[["beyond_chance", "test"]].isna().all(axis=None)
        assert made["difference"].notna().all()


def test_events_per_unit_are_tested_over_their_exposure() -> None:
    made = compare(
        years((2023, 10, 1000), (2024, 20, 2000), (2025, 60, 2000), measure="review_rate")
    )
    assert made["beyond_chance"].tolist() == [False, True]


def test_successive_reports_are_paired_even_over_a_year_without_one() -> None:
    made = compare(years((2025, 5, 50), (2021, 9, 50), (2023, 7, 50)))
    assert list(zip(made["year_a"], made["year_b"], strict=True)) == [(2021, 2023), (2023, 2025)]


def test_two_chosen_years_keep_a_body_that_has_only_one_of_them() -> None:
    frame = pd.concat(
        [years((2022, 9, 50), (2024, 20, 50)), counted([("乙区", 4, 40)], year=2024)]
    ).reset_index(drop=True)
    made = compare(frame, years=(2022, 2024))
    assert made["agency"].tolist() == ["甲区", "乙区"]
    assert made["value_a"].isna().tolist() == [False, True]
    assert made["year_a"].tolist() == [2022, 2022]
    assert made["beyond_chance"].isna().tolist() == [False, True]


def test_growth_from_nothing_has_a_difference_and_no_percentage() -> None:
    row = compare(years((2023, 0, 50), (2024, 10, 50))).iloc[0]
    assert row["difference"] == 0.2
    assert pd.isna(row["percent"])


def test_a_year_without_a_rate_is_not_tested() -> None:
    row = compare(years((2023, 0, 0), (2024, 10, 50))).iloc[0]
    assert row[["difference", "beyond_chance", "test"]].isna().all()


def test_own_figures_against_an_aggregate_have_grade_c_and_are_not_tested() -> None:
    frame = years((2023, 40, 100), (2024, 90, 100))
    frame["scope"] = pd.array(["own", "aggregate"], dtype="string")
    row = compare(frame, lang="en").iloc[0]
    assert (row["grade"], row["why"]) == (
        "C",
        "the scope went from own figures to aggregate figures: not comparable",
    )
    assert pd.isna(row["beyond_chance"])


def test_two_scopes_of_a_body_in_one_year_are_refused() -> None:
    two = years((2023, 40, 100), (2023, 90, 100))
    two["scope"] = pd.array(["own", "aggregate"], dtype="string")
    with pytest.raises(InputError, match="甲区 stands twice"):
        compare(two)


def test_a_derived_figure_on_either_side_labels_the_pair() -> None:
    frame = years((2023, 40, 100), (2024, 90, 100), (2025, 60, 90))
    frame["basis"] = pd.array(["derived", "printed", "printed"], dtype="string")
    assert compare(frame)["basis"].tolist() == ["derived", "printed"]
    frame["basis"] = pd.array(["contradicted", "derived", pd.NA], dtype="string")
    assert compare(frame)["basis"].tolist() == ["contradicted", "derived"]


def test_each_code_of_a_mix_is_compared_with_itself() -> None:
    frame = measure(reports_of(SUQIAN_2023, SUQIAN_2024), "outcome_share")
    made = compare(frame)
    assert made["code"].tolist() == [
        "granted", "partial", "denied", "unavailable", "declined", "other",
    ]  # fmt: skip
    assert made["difference"].sum() == pytest.approx(0)


def test_other_handling_compares_over_the_editions_by_its_sum() -> None:
    suqian = reports_of(SUQIAN_2023, agency="甲市", year=2020, report="a")
    hongze = reports_of(HONGZE_2023, agency="甲市", report="b")
    frame = measure(concat([suqian, hongze]), "other_rate")
    assert frame["edition"].tolist() == ["2021", "2019"]
    assert compare(frame)["grade"].tolist() == ["A"]


def test_another_way_to_compare_is_refused() -> None:
    with pytest.raises(InputError, match="by is 'city'"):
        compare(years((2023, 4, 9)), by="city")  # type: ignore[arg-type]


def test_nothing_to_compare_is_an_empty_frame_with_every_column() -> None:
    nothing = counted([])
    assert compare(nothing).columns.tolist() == BY_YEAR
    assert compare(nothing, years=(2023, 2024)).columns.tolist() == BY_YEAR
    assert compare(nothing, by="district").columns.tolist() == BY_DISTRICT


# By district.


def districts(**other: object) -> pd.DataFrame:
    rows = [("甲区", 30, 100), ("乙区", 50, 100), ("丙区", 60, 100), ("丁区", 4, 5)]
    return counted(rows, **other)


def test_bodies_are_set_against_the_quartiles_of_their_group() -> None:
    made = compare(districts(), by="district")
    assert made.columns.tolist() == BY_DISTRICT
    assert made[["q1", "median", "q3"]].iloc[0].tolist() == pytest.approx([0.45, 0.55, 0.65])
    assert made["from_median"].tolist() == pytest.approx([-0.25, -0.05, 0.05, 0.25])
    assert made["rank"].tolist() == [3, 2, 1, pd.NA]
    assert made["apart"].tolist() == [False, False, False, True]
    assert made["against"].isna().all()


def test_a_chosen_body_is_what_the_others_are_measured_by() -> None:
    made = compare(districts(), by="district", against="甲区").set_index("agency")
    assert made["difference"].tolist()[1:] == pytest.approx([0.2, 0.3, 0.5])
    assert made["beyond_chance"].tolist()[1:] == [True, True, True]
    assert made.loc["甲区", ["difference", "beyond_chance", "grade"]].isna().all()
    assert made["against_value"].tolist() == pytest.approx([0.3] * 4)


def test_a_body_of_another_group_is_no_measure() -> None:
    frame = pd.concat([districts(), districts(year=2023)]).reset_index(drop=True)
    frame = frame[~((frame["agency"] == "甲区") & (frame["year"] == 2023))]
    made = compare(frame, by="district", against="甲区")
    assert made.loc[made["year"] == 2023, ["against", "difference"]].isna().all(axis=None)


def test_a_body_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no body '戊区'"):
        compare(districts(), by="district", against="戊区")


def test_an_aggregate_and_its_part_stand_in_groups_of_their_own_and_are_named(
    printed: Reports,
) -> None:
    made = compare(measure(printed, "disclosure_rate"), by="district")
    part = made[made["part_of"].notna()]
    assert part["part_of"].tolist() == ["淮安市人民政府", "宿迁市人民政府"]
    with pytest.raises(ScopeError, match="already holds"):
        compare(measure(printed, "disclosure_rate"), by="district", group=("year", "scope"))


# Peers.


def test_peers_are_of_the_same_level_scope_and_year_nearest_in_size_first(
    printed: Reports,
) -> None:
    made = peers(printed, "宿迁市人民政府")
    assert made.columns.tolist() == PEERS
    assert made["agency"].tolist() == ["宿迁市人民政府", "淮安市人民政府"]
    assert made["same_province"].tolist() == [True, True]
    assert made["same_city"].tolist() == [True, False]
    assert round(made["ratio"][1], 3) == round(3119 / 3525, 3)


def test_size_is_told_by_ratio_and_the_count_of_peers_is_kept() -> None:
    sizes = {"甲局": 100, "乙局": 190, "丙局": 55, "丁局": 1000, "戊局": 0}
    reports = reports_of(*(drawn(agency, 2024, n) for agency, n in sizes.items()))
    assert peers(reports, "甲局", count=2)["agency"].tolist() == ["甲局", "丙局", "乙局"]
    assert peers(reports, "甲局")["agency"].tolist()[-1] == "戊局"
    assert peers(reports, "戊局")["ratio"].isna().all()


def test_a_body_of_unknown_size_has_no_peers() -> None:
    with pytest.raises(InputError, match="what 甲局 received in 2024 is not known"):
        peers(reports_of(drawn("甲局", 2024, 9), blank=[("received", "total")]), "甲局")


# Why it moved.


def test_the_change_of_a_rate_is_mix_and_change_within_and_nothing_is_left_over(
    printed: Reports,
) -> None:
    made = why(printed, "宿迁市人民政府", 2023, 2024)
    assert made.columns.tolist() == WHY
    assert made["change"].iloc[0] == pytest.approx(1902 / 3521 - 1519 / 3486)
    assert made["total"].sum() == pytest.approx(made["change"].iloc[0], abs=1e-12)
    assert made["within"].sum() == pytest.approx(0.102965, abs=1e-6)
    assert made["applicant"].tolist()[0] == "natural_person"
    assert made["weight_a"].sum() == pytest.approx(1)


def two_years(before: tuple[int, ...], after: tuple[int, ...]) -> Reports:
    """One body in two years: granted and concluded of natural persons, then of businesses."""
    return concat([_by_kind(2023, before), _by_kind(2024, after)])


def _by_kind(year: int, counts: tuple[int, ...]) -> Reports:
    reports = reports_of(drawn("甲局", year, 0))
    cells = reports.cells.copy()
    kinds = ["natural_person", "business", "research", "public_interest", "legal_service", "other"]
    granted = dict(zip(kinds, [counts[0], counts[2], 0, 0, 0, 0], strict=True))
    concluded = dict(zip(kinds, [counts[1], counts[3], 0, 0, 0, 0], strict=True))
    figures = {"granted": granted, "partial": dict.fromkeys(kinds, 0), "concluded": concluded}
    made = []
    for row, values in figures.items():
        template = cells[(cells["row"] == row) & (cells["column"] == "total")].iloc[0]
        for column, value in {**values, "total": sum(values.values())}.items():
            made.append({**template.to_dict(), "column": column, "value": float(value)})
    rest = cells[~((cells["table"] == "applications") & cells["row"].isin(figures))]
    filled = pd.concat([rest, pd.DataFrame(made).astype(cells.dtypes.to_dict())])
    return Reports(reports.index, filled.reset_index(drop=True), reports.sections, reports.problems)


def test_more_of_those_who_are_granted_more_is_all_mix() -> None:
    made = why(two_years((10, 100, 45, 50), (5, 50, 90, 100)), "甲局", 2023, 2024)
    assert made["within"].sum() == pytest.approx(0)
    assert made["mix"].sum() == pytest.approx(95 / 150 - 55 / 150)


def test_the_same_applicants_answered_otherwise_is_all_within() -> None:
    made = why(two_years((10, 100, 25, 50), (30, 100, 40, 50)), "甲局", 2023, 2024)
    assert made["mix"].sum() == pytest.approx(0)
    assert made["within"].sum() == pytest.approx(35 / 150)


def test_a_kind_that_is_new_changes_the_mix_only() -> None:
    made = why(two_years((10, 100, 0, 0), (10, 100, 50, 50)), "甲局", 2023, 2024)
    business = made.set_index("applicant").loc["business"]
    assert pd.isna(business["rate_a"])
    assert business["within"] == 0
    assert made["total"].sum() == pytest.approx(60 / 150 - 0.1)


@given(
    st.lists(st.integers(0, 300), min_size=4, max_size=4),
    st.lists(st.integers(0, 300), min_size=4, max_size=4),
)
@settings(max_examples=25, deadline=None)
def test_the_parts_always_add_up_to_the_change(before: list[int], after: list[int]) -> None:
    sides = [(min(s[:2]), max(s[:2]) + 1, min(s[2:]), max(s[2:])) for s in (before, after)]
    made = why(two_years(*sides), "甲局", 2023, 2024)
    assert made["total"].sum() == pytest.approx(made["change"].iloc[0], abs=1e-12)


def test_kinds_that_miss_the_printed_total_are_not_split() -> None:
    reports = two_years((10, 100, 25, 50), (30, 100, 40, 50))
    hit = (reports.cells["row"] == "concluded") & (reports.cells["column"] == "business")
    cells = reports.cells.assign(value=reports.cells["value"].mask(hit, 51.0))
    wrong = Reports(reports.index, cells, reports.sections, reports.problems)
    with pytest.raises(InputError, match="the applicants add up to 151, the total is 150"):
        why(wrong, "甲局", 2023, 2024)


@pytest.mark.parametrize("id", ["review_correction_rate", "new_applications", "outcome_share"])
def test_what_the_form_does_not_give_by_applicant_cannot_be_split(
    printed: Reports, id: str
) -> None:
    with pytest.raises(InputError, match="cannot be split by applicant"):
        why(printed, "宿迁市人民政府", 2023, 2024, id)


def test_a_year_without_a_report_is_named(printed: Reports) -> None:
    with pytest.raises(InputError, match="no report has year 2020"):
        why(printed, "宿迁市人民政府", 2020, 2024)
