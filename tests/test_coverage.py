"""What coverage promises: a row a body and year, and the worst that is to be said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("Agg")

import gxtools as gx
from gxtools.errors import InputError
from gxtools.reports import Reports
from tests.artists import page_of, said, words
from tests.drawn_measures import reports_of
from tests.published import HONGZE_2023, HUAIAN_2024, SUQIAN_2023, SUQIAN_2024


def covered(reports: Reports, **options: Any) -> pd.DataFrame:
    """The coverage with the sums of section 四 and the editions as its only checks: the drawn
    reports have no other applicants than natural persons."""
    findings = gx.check(reports)
    kept = findings[findings["check"].isin(["T4-SUM", "ST-EDITION"])]
    return gx.coverage(reports, findings=kept, **options)


def states(frame: Any) -> dict[tuple[str, int], str]:
    return {(row["agency"], int(row["year"])): row["status"] for _, row in frame.iterrows()}


def test_every_body_has_every_year_and_a_year_without_a_report_is_missing() -> None:
    frame = covered(reports_of(SUQIAN_2023, SUQIAN_2024, HUAIAN_2024))
    assert len(frame) == 4
    assert states(frame)["淮安市人民政府", 2023] == "missing"
    assert states(frame)["宿迁市人民政府", 2023] == "loaded"
    row = frame[frame["status"] == "missing"].iloc[0]
    assert row["reasons"] == "没有该年度的报告"
    assert row["reports"] == 0


def test_years_may_be_asked_for() -> None:
    frame = gx.coverage(reports_of(SUQIAN_2023), years=(2022, 2025))
    assert frame["year"].tolist() == [2022, 2023, 2024, 2025]
    with pytest.raises(InputError, match="no years from 2025 to 2022"):
        gx.coverage(reports_of(SUQIAN_2023), years=(2025, 2022))


def test_broken_sums_come_before_another_form_and_both_are_told() -> None:
    frame = gx.coverage(reports_of(HONGZE_2023), lang="en")
    row = frame.iloc[0]
    assert row["status"] == "failed_checks"
    assert row["broken"] == 2
    assert "checks broken: T4-SUM" in row["reasons"]
    assert "not the form in force" in row["reasons"]


def test_another_form_than_the_years_is_told() -> None:
    whole = ((10, 1, 0, 0, 11), (0, 0, 0, 0, 0), (5, 0, 0, 0, 5))
    frame = covered(reports_of(replace(HONGZE_2023, blocks=whole)))
    assert frame["status"].tolist() == ["other_edition"]


def test_cells_that_were_not_read_make_a_report_incomplete() -> None:
    frame = covered(reports_of(SUQIAN_2023, found=100, expected=200))
    assert frame["status"].tolist() == ["incomplete"]
    assert frame["reasons"].tolist() == ["200 格中读出 100 格"]


def test_two_reports_of_a_year_are_counted_and_the_worse_one_tells() -> None:
    second = replace(HONGZE_2023, report="second", edition="2019")
    whole = ((10, 1, 0, 0, 11), (0, 0, 0, 0, 0), (5, 0, 0, 0, 5))
    both = reports_of(replace(HONGZE_2023, blocks=whole), second)
    hashes = both.index.assign(sha256=both.index["report"])
    frame = covered(replace(both, index=hashes))
    assert frame["reports"].tolist() == [2]
    assert frame["status"].tolist() == ["failed_checks"]


def test_nothing_read_covers_nothing() -> None:
    assert gx.coverage(reports_of()).empty


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_map_has_a_cell_of_its_state_for_each_body_and_year(lang: str) -> None:
    frame = covered(reports_of(HONGZE_2023, SUQIAN_2023, SUQIAN_2024, HUAIAN_2024), lang=lang)
    ax = gx.plot_coverage(frame, lang=lang)
    page_of(ax).draw_without_rendering()
    assert [patch.get_gid() for patch in ax.patches] == frame["status"].tolist()
    assert words(ax, "state") == ["×2"]
    assert sorted(words(ax, "year")) == ["2023", "2024"]
    missing = [patch for patch in ax.patches if patch.get_gid() == "missing"]
    assert {patch.get_hatch() for patch in missing} == {"////"}
    assert ("无报告 2" if lang == "zh" else "no report: 2") in said(ax)
