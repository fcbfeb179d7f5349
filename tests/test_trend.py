"""A series keeps its gaps, marks its breaks, and joins only what may be joined."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from gxtools.errors import InputError
from gxtools.measuring import measure
from gxtools.reading import read_all
from gxtools.reports import Reports
from gxtools.trend import TREND, trend
from tests.drawn_measures import counted

REPORTS = Path(__file__).parents[1] / "data" / "reports"
PINGTAN = "平潭综合实验区管委会"


@pytest.fixture(scope="module")
def printed() -> Reports:
    return read_all(REPORTS, jobs=1, progress=False)


def series(*years: int, agency: str = "甲区", **other: object) -> pd.DataFrame:
    frames = [counted([(agency, 30 + i, 100)], year=year, **other) for i, year in enumerate(years)]
    return pd.concat(frames, ignore_index=True)


def test_every_year_from_the_first_to_the_last_report_is_a_row() -> None:
    made = trend(series(2025, 2021, 2023))
    assert made.columns.tolist() == TREND
    assert made["year"].tolist() == [2021, 2022, 2023, 2024, 2025]
    assert made["value"].isna().tolist() == [False, True, False, True, False]
    assert made["agency"].tolist() == ["甲区"] * 5


def test_a_gap_has_no_report_no_segment_and_no_break() -> None:
    made = trend(series(2021, 2023))
    gap = made.loc[made["year"] == 2022].iloc[0]
    assert gap[["report", "edition", "value", "segment", "grade", "break", "basis"]].isna().all()


def test_chosen_years_reach_beyond_what_was_reported() -> None:
    made = trend(series(2021, 2023), years=(2020, 2024))
    assert made["year"].tolist() == [2020, 2021, 2022, 2023, 2024]
    assert made["report"].isna().tolist() == [True, False, True, False, True]
    assert trend(series(2021, 2023), years=(2021, 2022))["year"].tolist() == [2021, 2022]
    with pytest.raises(InputError, match="no years"):
        trend(series(2021), years=(2024, 2020))


def test_one_form_throughout_is_one_segment_of_grade_a() -> None:
    made = trend(series(2021, 2022, 2024))
    assert made["grade"].tolist() == [pd.NA, "A", pd.NA, "A"]
    assert made["segment"].tolist() == [0, 0, pd.NA, 0]
    assert not made["break"].any()


def test_a_change_of_scope_breaks_the_line() -> None:
    frame = series(2021, 2022, 2023)
    frame["scope"] = pd.array(["own", "aggregate", "aggregate"], dtype="string")
    made = trend(frame)
    assert made["grade"].tolist() == [pd.NA, "C", "A"]
    assert made["break"].tolist() == [False, True, False]
    assert made["segment"].tolist() == [0, 1, 1]
    assert made["why"][1] == "口径由本级变为汇总，不能直接比较"


def test_bodies_and_codes_are_series_of_their_own() -> None:
    frame = pd.concat([series(2021, 2022), series(2020, 2022, agency="乙区")], ignore_index=True)
    made = trend(frame)
    assert made["agency"].tolist() == ["甲区"] * 2 + ["乙区"] * 3
    two = pd.concat([frame.assign(code="granted"), frame.assign(code="partial")], ignore_index=True)
    assert len(trend(two.astype({"code": "string"}))) == 10


def test_a_report_without_a_year_is_left_out_and_none_at_all_is_an_empty_frame() -> None:
    frame = series(2021, 2022)
    frame.loc[0, "year"] = pd.NA
    assert trend(frame)["year"].tolist() == [2022]
    assert trend(frame.iloc[:1]).columns.tolist() == TREND
    assert trend(frame.iloc[:1]).empty


def test_two_reports_of_a_year_are_refused() -> None:
    frame = pd.concat([series(2021), series(2021).assign(report="b")], ignore_index=True)
    with pytest.raises(InputError, match="甲区 stands twice"):
        trend(frame)


def test_the_applications_of_pingtan_hold_over_three_forms_from_2014_to_2025(
    printed: Reports,
) -> None:
    made = trend(measure(printed.select(agency=PINGTAN), "new_applications"), years=(2008, 2025))
    made = made.set_index("year")
    known = made["value"].dropna()
    assert known.index.tolist() == [2014, 2016, 2019, 2021, 2022, 2023, 2024, 2025]
    assert known.tolist() == [1, 0, 23, 70, 74, 81, 218, 154]
    forms = made["edition"].dropna().tolist()
    assert forms == ["local_fujian"] * 2 + ["2019"] + ["2021"] * 5
    assert made["grade"].dropna().tolist() == ["A"] * 7
    assert set(made["segment"].dropna()) == {0}
    assert len(made) == 18


def test_the_disclosure_rate_of_pingtan_breaks_where_the_older_table_ends(
    printed: Reports,
) -> None:
    made = trend(measure(printed.select(agency=PINGTAN), "disclosure_rate"), lang="en")
    made = made.set_index("year")
    assert made["grade"][2019] == "B"
    assert "answers are about what is concluded now" in made["why"][2019]
    assert made.index[made["break"].fillna(False)].tolist() == [2019]
    assert made["segment"].dropna().tolist() == [0, 0, 1, 1, 1, 1, 1, 1]
    denial = trend(measure(printed.select(agency=PINGTAN), "denial_rate")).set_index("year")
    assert denial["grade"][2019] == "C"
    assert denial["value"].dropna().index.min() == 2019


def test_licensing_decisions_break_between_the_forms_of_2019_and_2021() -> None:
    frame = series(2020, 2021, measure="licensing_decisions")
    frame["edition"] = pd.array(["2019", "2021"], dtype="string")
    assert trend(frame)["grade"].tolist() == [pd.NA, "B"]


def test_what_a_form_does_not_have_is_grade_c() -> None:
    frame = series(2020, 2021, measure="fees")
    frame["edition"] = pd.array(["2019", "2021"], dtype="string")
    made = trend(frame)
    assert made["grade"].tolist() == [pd.NA, "C"]
    assert made["why"][1] == "一版数项目，一版数金额"
