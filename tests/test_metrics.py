"""What the measures promise: numerator, denominator, formula, and <NA> rather than a guess."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.errors import InputError
from gxtools.metrics import Basis, Level, applicants, disputes, outcomes, proactive, volumes
from tests.published import (
    HONGZE_2023,
    HUAIAN_2024,
    KEYS,
    PUBLISHED,
    SUQIAN_2023,
    SUQIAN_2024,
    Published,
    Tables,
    drawn,
    tables,
)

ORDER = ["granted", "partial", "denied", "unavailable", "declined", "other"]


def shares(report: Published, of: Basis = "concluded", level: Level = "group") -> pd.DataFrame:
    return outcomes(tables(report), level, of).set_index("outcome")


def edited(table: Tables, where: str, **codes: str) -> Tables:
    """The tables with the value of some cells taken out."""
    frame = getattr(table, where).copy()
    hit = pd.concat([frame[name] == code for name, code in codes.items()], axis=1).all(axis=1)
    assert hit.any()
    frame.loc[hit, "value"] = pd.NA
    return replace(table, **{where: frame})


# The worked numbers: one report, several denominators, each to the printed hundredth.


@pytest.mark.parametrize(
    ("report", "of", "percent"),
    [
        (SUQIAN_2023, "concluded", 43.57),
        (SUQIAN_2023, "handled", 42.11),
        (SUQIAN_2023, "substantive", 55.46),
        (SUQIAN_2024, "concluded", 54.02),
        (SUQIAN_2024, "handled", 52.17),
        (SUQIAN_2024, "substantive", 64.80),
        (HUAIAN_2024, "concluded", 59.54),
        (HUAIAN_2024, "handled", 57.60),
        (HUAIAN_2024, "substantive", 65.44),
        (HONGZE_2023, "concluded", 19.05),
        (HONGZE_2023, "handled", 19.05),
        (HONGZE_2023, "substantive", 20.00),
    ],
)
def test_the_disclosure_rate_follows_its_denominator(
    report: Published, of: Basis, percent: float
) -> None:
    share = shares(report, of)["share"]
    assert round(100 * (share["granted"] + share["partial"]), 2) == percent


@pytest.mark.parametrize(
    ("report", "percent"),
    [(SUQIAN_2023, 34.17), (SUQIAN_2024, 40.64), (HUAIAN_2024, 44.66), (HONGZE_2023, 0.00)],
)
def test_full_disclosure_is_the_share_of_granted(report: Published, percent: float) -> None:
    assert round(100 * shares(report)["share"]["granted"], 2) == percent


@pytest.mark.parametrize(
    ("report", "percent"),
    [(SUQIAN_2023, 4.11), (SUQIAN_2024, 13.43), (HUAIAN_2024, 20.38), (HONGZE_2023, 9.09)],
)
def test_the_correction_rate_of_reviews_is_over_concluded_cases(
    report: Published, percent: float
) -> None:
    review = disputes(tables(report)).set_index("route").loc["review"]
    assert round(100 * review["rate"], 2) == percent
    assert review["formula"] == "corrected / (upheld + corrected + other)"


@pytest.mark.parametrize(
    ("report", "percent"),
    [(SUQIAN_2023, 96.9), (SUQIAN_2024, 97.6), (HUAIAN_2024, 96.2), (HONGZE_2023, 100.0)],
)
def test_the_share_of_natural_persons_is_of_applications_received(
    report: Published, percent: float
) -> None:
    frame = applicants(tables(report)).set_index("applicant")
    assert round(100 * frame.loc["natural_person", "share"], 1) == percent
    assert frame["formula"]["natural_person"] == "received[natural_person] / received[total]"
    assert "total" not in frame.index


def test_four_of_21_has_a_wilson_interval_from_7_7_to_40_0_per_cent() -> None:
    partial = shares(HONGZE_2023).loc["partial"]
    assert (partial["numerator"], partial["denominator"]) == (4, 21)
    assert (round(100 * partial["low"], 1), round(100 * partial["high"], 1)) == (7.7, 40.0)


def test_the_volume_of_suqian_2023_is_3607_handled_of_which_3486_concluded() -> None:
    row = volumes(tables(SUQIAN_2023)).loc[0]
    assert row["handled"] == 3607
    printed = ["received", "carried_in", "concluded", "carried_out"]
    assert row[printed].tolist() == [3511, 96, 3486, 121]
    assert row["formula"] == "received; handled = received + carried_in"


# Groups and editions.


def test_other_is_one_row_in_2019_and_three_rows_in_2021() -> None:
    assert shares(HONGZE_2023)["numerator"]["other"] == 0
    assert shares(SUQIAN_2023)["numerator"]["other"] == 40 + 10 + 291


def test_editions_stand_side_by_side_in_one_corpus() -> None:
    frame = outcomes(tables(SUQIAN_2023, HONGZE_2023))
    assert frame["numerator"].notna().all()
    assert frame["outcome"].tolist() == ORDER * 2


def test_a_report_in_which_both_editions_were_read_has_other_only_if_they_agree() -> None:
    table = tables(SUQIAN_2023)
    row = table.applications[table.applications["outcome"] == "other.misc"]
    for value, expected in ((341, 341), (17, pd.NA)):
        extra = row.assign(outcome="other", value=value)
        both = replace(table, applications=pd.concat([table.applications, extra]))
        found = outcomes(both).set_index("outcome")["numerator"]["other"]
        assert (found is pd.NA) if expected is pd.NA else found == expected


@pytest.mark.parametrize("report", PUBLISHED, ids=lambda report: report.report)
def test_the_groups_add_up_to_the_printed_total(report: Published) -> None:
    frame = shares(report)
    assert frame["numerator"].sum() == frame["denominator"].iloc[0]
    assert frame["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize(("report", "rows"), [(SUQIAN_2023, 21), (HONGZE_2023, 19)])
def test_detail_has_every_printed_outcome_and_no_total(report: Published, rows: int) -> None:
    frame = outcomes(tables(report), level="detail")
    assert len(frame) == rows
    assert not set(frame["outcome"]) & {"concluded", "received", "carried_in", "carried_out"}
    groups = frame.groupby(frame["outcome"].str.split(".").str[0], sort=False)["numerator"].sum()
    assert groups.tolist() == shares(report)["numerator"].tolist()


def test_outcomes_follow_the_form_and_reports_their_own_order() -> None:
    table = tables(SUQIAN_2024, HONGZE_2023, HUAIAN_2024)
    shuffled = replace(
        table,
        applications=table.applications.sort_values("outcome", kind="stable").sort_values(
            "report", key=lambda ids: ids.map({"suqian_2024": 0, "hongze_2023": 1}).fillna(2)
        ),
    )
    frame = outcomes(shuffled)
    assert frame["report"].unique().tolist() == ["suqian_2024", "hongze_2023", "huaian_2024"]
    assert frame["outcome"].tolist() == ORDER * 3


# What is not known stays unknown.


def test_a_part_that_was_not_read_leaves_its_group_without_a_number() -> None:
    table = edited(tables(SUQIAN_2023), "applications", outcome="denied.internal")
    frame = outcomes(table).set_index("outcome")
    assert frame.loc["denied", ["numerator", "share", "low", "high"]].isna().all()
    assert frame["share"].drop("denied").notna().all()


def test_an_unread_total_leaves_every_share_unknown() -> None:
    table = edited(tables(SUQIAN_2023), "applications", outcome="concluded")
    frame = outcomes(table)
    assert frame["numerator"].notna().all()
    assert frame[["denominator", "share", "low", "high"]].isna().all(axis=None)


def test_handled_needs_what_was_carried_in() -> None:
    table = edited(tables(SUQIAN_2023), "applications", outcome="carried_in")
    assert volumes(table)["handled"].isna().all()
    assert volumes(table)["received"].tolist() == [3511]
    assert outcomes(table, of="handled")["share"].isna().all()


def test_a_report_whose_column_of_totals_is_absent_is_a_row_of_unknowns() -> None:
    table = tables(SUQIAN_2023, HONGZE_2023)
    gone = (table.applications["report"] == "suqian_2023") & (
        table.applications["applicant"] == "total"
    )
    frame = volumes(replace(table, applications=table.applications[~gone])).set_index("report")
    assert frame.loc["suqian_2023", ["received", "handled", "concluded"]].isna().all()
    assert frame.loc["hongze_2023", "received"] == 21


def test_nothing_concluded_is_no_rate_and_not_nought_per_cent() -> None:
    table = tables(drawn("某局", 2024, 0))
    for frame, rate in (
        (outcomes(table), "share"),
        (applicants(table), "share"),
        (disputes(table), "rate"),
    ):
        assert frame[[rate, "low", "high"]].isna().all(axis=None)
    assert (outcomes(table)["denominator"] == 0).all()


def test_a_part_larger_than_its_whole_has_no_share() -> None:
    table = tables(SUQIAN_2023)
    wrong = table.applications.copy()
    wrong.loc[wrong["outcome"] == "granted", "value"] = 9999
    frame = outcomes(replace(table, applications=wrong)).set_index("outcome")
    assert frame["numerator"]["granted"] == 9999
    assert frame.loc["granted", ["share", "low", "high"]].isna().all()


def test_what_the_substantive_denominator_leaves_out_has_no_share_of_it() -> None:
    frame = shares(SUQIAN_2023, "substantive")
    assert frame["share"].isna().tolist() == [False] * 4 + [True] * 2
    assert frame["share"].sum() == pytest.approx(1)
    assert frame["formula"]["granted"] == "granted / (concluded - declined - other)"
    detail = shares(SUQIAN_2023, "substantive", "detail")["share"]
    assert detail["declined.petition"] is pd.NA
    assert detail["other.misc"] is pd.NA


# Disputes.


def test_a_printed_total_that_its_parts_contradict_is_kept_beside_them() -> None:
    review = disputes(tables(HONGZE_2023)).set_index("route").loc["review"]
    assert (review["total"], review["concluded"], review["denominator"]) == (0, 11, 11)


def test_pending_cases_are_not_concluded() -> None:
    frame = disputes(tables(SUQIAN_2023)).set_index("route")
    assert frame["concluded"].tolist() == [414, 18, 80]
    pending = edited(tables(SUQIAN_2023), "disputes", route="review", result="pending")
    assert disputes(pending)["concluded"].tolist() == [414, 18, 80]


def test_an_unread_result_leaves_its_route_without_a_rate() -> None:
    table = edited(tables(SUQIAN_2023), "disputes", route="review", result="other")
    frame = disputes(table).set_index("route")
    assert frame.loc["review", ["concluded", "denominator", "rate"]].isna().all()
    assert frame["rate"].drop("review").notna().all()


def test_every_report_has_every_route_of_the_form() -> None:
    table = tables(SUQIAN_2023)
    without = table.disputes[table.disputes["route"] != "litigation_direct"]
    frame = disputes(replace(table, disputes=without))
    assert frame["route"].tolist() == ["review", "litigation_direct", "litigation_after_review"]
    assert frame["concluded"].isna().tolist() == [False, True, False]


# Frames.


def test_every_measure_has_the_documented_columns_in_order() -> None:
    table = tables(replace(SUQIAN_2023, proactive={("fees", "amount_wan"): 12.5}))
    rate = ["numerator", "denominator", "share", "low", "high", "formula"]
    results = ["upheld", "corrected", "other", "pending", "total", "concluded"]
    counts = ["received", "carried_in", "handled", "concluded", "carried_out"]
    assert list(volumes(table)) == [*KEYS, *counts, "formula", "basis"]
    assert list(outcomes(table)) == [*KEYS, "outcome", *rate, "basis"]
    assert list(applicants(table)) == [*KEYS, "applicant", *rate, "basis"]
    assert list(disputes(table)) == [
        *KEYS,
        "route",
        *results,
        *(name if name != "share" else "rate" for name in rate),
        "basis",
    ]
    assert list(proactive(table)) == [*KEYS, "item", "measure", "value", "unit"]
    assert proactive(table)["value"].tolist() == [12.5]


def test_an_empty_corpus_gives_empty_frames_of_the_same_columns() -> None:
    empty, full = tables(), tables(SUQIAN_2023)
    for measure in (volumes, outcomes, applicants, disputes, proactive):
        assert measure(empty).empty
        assert list(measure(empty)) == list(measure(full))
    assert outcomes(empty, level="detail").empty


def test_numbers_are_nullable_and_years_whole() -> None:
    frame = outcomes(tables(drawn("某局", None, 5)))
    assert {str(frame[name].dtype) for name in ("numerator", "denominator", "share")} == {"Float64"}
    assert str(frame["year"].dtype) == "Int64"
    assert frame["year"].isna().all()


def test_a_measure_leaves_the_reports_as_they_were() -> None:
    table, untouched = tables(*PUBLISHED), tables(*PUBLISHED)
    for measure in (volumes, outcomes, applicants, disputes, proactive):
        measure(table)
    for name in ("applications", "disputes", "proactive"):
        pd.testing.assert_frame_equal(getattr(table, name), getattr(untouched, name))


def test_one_report_read_twice_is_refused_by_name() -> None:
    table = tables(SUQIAN_2023, SUQIAN_2023)
    for measure in (volumes, outcomes, applicants, disputes):
        with pytest.raises(InputError, match=r"a figure stands twice \(suqian_2023"):
            measure(table)


def test_an_unknown_level_or_denominator_is_refused_with_the_possible_ones() -> None:
    with pytest.raises(InputError, match="Possible: group, detail"):
        outcomes(tables(), level="all")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Possible: concluded, handled, substantive"):
        outcomes(tables(), of="received")  # type: ignore[arg-type]


# The interval.


@settings(max_examples=25, deadline=None)
@given(n=st.integers(1, 5000), data=st.data())
def test_the_interval_holds_the_share_and_stays_a_share(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    table = tables(drawn("某局", 2024, n, blocks=((n - k, k, 0, 0, 0), *[(0,) * 5] * 2)))
    row = disputes(table).loc[0]
    assert 0 <= row["low"] <= row["rate"] + 1e-12
    assert row["rate"] - 1e-12 <= row["high"] <= 1


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 39), (18, 134), (1816, 3050)])
def test_the_interval_is_wilsons(k: int, n: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is not installed")
    expected = stats.binomtest(k, n).proportion_ci(method="wilson")
    row = disputes(tables(drawn("某局", 2024, n, blocks=((n - k, k, 0, 0, 0), *[(0,) * 5] * 2))))
    assert (row["low"][0], row["high"][0]) == pytest.approx((expected.low, expected.high))
