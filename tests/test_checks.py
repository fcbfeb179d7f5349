"""The sums that the form implies, on real reports and on drawn ones."""

from __future__ import annotations

import pandas as pd
import pytest

import gxtools as gx


@pytest.fixture(scope="module")
def findings(originals: gx.Reports) -> pd.DataFrame:
    return gx.check(originals)


def of(findings: pd.DataFrame, report: str) -> pd.DataFrame:
    return findings.loc[findings["report"].str.startswith(report)]


def test_hongze_2023_breaks_exactly_the_two_sums_that_its_print_breaks(
    findings: pd.DataFrame,
) -> None:
    broken = of(findings, "hongze_2023").query("verdict == 'broken'")
    assert [tuple(row) for row in broken[["check", "row", "left", "right", "gap"]].values] == [
        ("T4-SUM", "review", 11, 0, 11),
        ("T4-SUM", "litigation_after_review", 5, 0, 5),
    ]
    assert broken["place"].str.startswith("page 4").all()


@pytest.mark.parametrize("report", ["hongze_2024", "pingtan_2023", "chaoyang_science_2024"])
def test_a_report_whose_print_adds_up_breaks_nothing(findings: pd.DataFrame, report: str) -> None:
    assert set(of(findings, report)["verdict"]) == {"holds"}


def test_blanks_that_close_the_sums_are_zero_and_the_finding_says_so(
    findings: pd.DataFrame,
) -> None:
    shanghai = of(findings, "shanghai_office_2019").query("table == 'applications'")
    sums = shanghai.loc[shanghai["check"] != "T3-INT"]
    held = sums.loc[sums["verdict"] == "holds", "check"].value_counts()
    assert held.to_dict() == {"T3-BAL": 7, "T3-RES": 6, "T3-ROW": 4}
    assert not (sums["verdict"] == "broken").any()
    assert (sums["convention"] == "blank = 0").any()


def test_a_total_that_is_not_printed_is_derived_and_not_failed(findings: pd.DataFrame) -> None:
    rows = of(findings, "shanghai_office_2019").query("check == 'T3-ROW' and verdict == 'unknown'")
    derived = rows.loc[rows["left"] > 0]
    assert len(derived) == 11
    assert derived["right"].isna().all()
    assert derived.set_index("row")["left"]["granted"] == 272


def test_unread_cells_make_a_sum_unknown_never_broken(findings: pd.DataFrame) -> None:
    assert set(of(findings, "pingtan_2022_runtogether")["verdict"]) == {"unknown"}
    assert "broken" not in set(of(findings, "shanghai_science_2024")["verdict"])


def test_the_findings_have_the_documented_columns(findings: pd.DataFrame) -> None:
    assert list(findings) == [
        "report",
        "agency",
        "year",
        "check",
        "table",
        "row",
        "column",
        "left",
        "right",
        "gap",
        "verdict",
        "convention",
        "basis",
        "place",
    ]


def test_check_of_nothing_is_an_empty_frame_with_its_columns() -> None:
    assert len(gx.check(gx.concat([]))) == 0
