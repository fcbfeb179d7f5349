"""Bodies beside each other: totals that count nobody twice, aggregates against their parts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import gxtools as gx
from gxtools.errors import InputError, ScopeError
from gxtools.overlaps import overlaps
from gxtools.totals import totals
from tests.filled import applications, filled, route

HUAIAN = ("清江浦区", "淮安区", "淮阴区", "洪泽区", "涟水县", "盱眙县", "金湖县")
CODES = ("320812", "320803", "320804", "320813", "320826", "320830", "320831")


def district(i: int, received: int, **identity: Any) -> gx.Reports:
    known = {"agency": f"{HUAIAN[i]}人民政府", "division": CODES[i], "level": "district"}
    return filled(identity.pop("id", f"d{i}"), applications(received), **{**known, **identity})


def city(received: int, **identity: Any) -> gx.Reports:
    known = {"agency": "淮安市人民政府", "division": "320800", "level": "city"}
    return filled("city", applications(received), **{**known, **identity})


def department(received: int, agency: str = "淮安市教育局", **identity: Any) -> gx.Reports:
    known = {"division": "320800", "level": "department", "scope": "own"}
    return filled(agency, applications(received), agency=agency, **{**known, **identity})


# Totals.


def test_counts_are_added_over_the_bodies_of_a_year() -> None:
    reports = gx.concat([district(i, 10 + i) for i in range(3)])
    frame = totals(reports).set_index("measure")
    assert list(totals(reports)) == ["year", "measure", "value", "bodies", "missing", "basis"]
    assert (frame["value"]["received"], frame["bodies"]["received"]) == (33, 3)
    assert frame["missing"].tolist() == [""] * 5 and set(frame["basis"]) == {"printed"}


def test_an_outcome_a_reason_and_a_route_can_be_added_too() -> None:
    disputed = filled("a", applications(9) | route("review", 2, 1, 0, 0, 3))
    frame = totals(disputed, ["granted", "denied.internal", "review"]).set_index("measure")
    assert frame["value"].tolist() == [9, 0, 3]


@pytest.mark.parametrize("measure", ["rate", "share", "received_total"])
def test_what_is_no_count_is_refused(measure: str) -> None:
    with pytest.raises(InputError, match="Rates are never added"):
        totals(city(9), measure)


def test_a_figure_that_is_not_known_leaves_no_total_and_names_its_body() -> None:
    torn = filled(
        "t", applications(9) | {("applications", "received", "total"): "?"}, agency="乙局"
    )
    frame = totals(gx.concat([district(0, 5), torn]), "received")
    assert frame["value"].isna().all()
    assert frame["missing"].tolist() == ["乙局（数未知）"]


def test_a_body_without_a_report_of_the_year_is_named_beside_the_total() -> None:
    later = filled("x", applications(7), agency="清江浦区人民政府", division="320812", year=2024)
    frame = totals(gx.concat([district(0, 5), district(1, 6), later]), "received")
    assert frame["value"].tolist() == [11, 7]
    assert frame["missing"].tolist() == ["", "淮安区人民政府"]


def test_one_body_read_twice_is_refused() -> None:
    twice = gx.concat([district(0, 5), district(0, 6, id="again")])
    with pytest.raises(InputError, match=r"清江浦区人民政府 .* stands twice"):
        totals(twice)


# Never a body together with its part.


@pytest.mark.parametrize(
    "part",
    [district(0, 5), department(3), department(3, "洪泽区教育局", division="320813")],
    ids=["district", "department", "department of a district"],
)
def test_an_aggregate_and_its_part_are_never_in_one_total(part: gx.Reports) -> None:
    with pytest.raises(ScopeError) as error:
        totals(gx.concat([city(90), part]))
    assert "淮安市人民政府 (2023, aggregate) holds" in error.value.what
    assert str(part.index["agency"].iloc[0]) in error.value.what
    assert 'reports.select(scope="own")' in error.value.advice


def test_choosing_a_scope_is_the_way_out() -> None:
    reports = gx.concat([city(90), department(3), department(4, "淮安市公安局")])
    assert totals(reports.select(scope="own"), "received")["value"].tolist() == [7]
    assert totals(reports.select(scope="aggregate"), "received")["value"].tolist() == [90]


def test_the_samples_cannot_be_added_up_as_they_are(samples: gx.Reports) -> None:
    with pytest.raises(ScopeError, match=r"淮安市人民政府 .* holds 淮安市洪泽区人民政府"):
        totals(samples)
    assert len(totals(samples.select(scope="own"), "received")) == 4


def test_a_body_and_its_part_of_different_years_are_no_overlap() -> None:
    assert not list(overlaps(gx.concat([city(90, year=2022), district(0, 5)]).index))


def test_a_body_that_gb_t_2260_does_not_list_holds_those_that_bear_its_name() -> None:
    zone = filled("z", agency="平潭综合实验区管委会", level="district")
    part = department(3, "平潭综合实验区教育局", division=None)
    with pytest.raises(ScopeError, match="平潭综合实验区教育局"):
        totals(gx.concat([zone, part]))


def test_a_government_of_unknown_scope_may_hold_its_departments() -> None:
    with pytest.raises(ScopeError):
        totals(gx.concat([city(90, scope="unknown"), department(3)]))


def test_own_figures_beside_the_aggregate_of_the_same_body_are_an_overlap() -> None:
    both = gx.concat(
        [city(90), filled("own", agency="淮安市人民政府", division="320800", scope="own")]
    )
    with pytest.raises(ScopeError):
        totals(both)


@pytest.mark.parametrize(
    "other",
    [
        filled("x", agency="宿迁市人民政府", division="321300"),
        department(3, "宿迁市教育局", division="321300"),
        department(3, "沭阳县教育局", division="321322", scope="aggregate"),
    ],
    ids=["another city", "its department", "a system's aggregate elsewhere"],
)
def test_bodies_of_another_place_are_no_part(other: gx.Reports) -> None:
    assert not list(overlaps(gx.concat([city(90), other]).index))


def test_two_departments_are_no_part_of_each_other() -> None:
    reports = gx.concat([department(3, scope="aggregate"), department(4, "淮安市公安局")])
    assert totals(reports, "received")["value"].tolist() == [7]


# An aggregate against the sum of its parts.


def findings(reports: gx.Reports, check: str) -> pd.DataFrame:
    found = gx.check(reports)
    return found.loc[found["check"] == check]


def all_districts(received: int = 10) -> list[gx.Reports]:
    return [district(i, received) for i in range(len(CODES))]


def test_an_aggregate_is_held_against_its_parts_when_all_are_there() -> None:
    found = findings(gx.concat([city(73), department(3), *all_districts()]), "HI-SUM")
    row = found.set_index(["table", "row"]).loc[("applications", "received")]
    assert (row["left"], row["right"], row["verdict"]) == (73, 73, "holds")
    assert "7 个区划" in row["note"]


def test_an_aggregate_that_differs_from_its_parts_is_a_warning() -> None:
    for printed in (72, 74):
        found = findings(gx.concat([city(printed), department(3), *all_districts()]), "HI-SUM")
        row = found.loc[found["row"] == "received"].iloc[0]
        assert (row["verdict"], row["severity"], abs(row["gap"])) == ("broken", "warning", 1)


def test_a_rest_that_may_be_the_own_levels_is_not_judged() -> None:
    more = findings(gx.concat([city(80), *all_districts()]), "HI-SUM")
    assert more.loc[more["row"] == "received", "verdict"].tolist() == ["unknown"]
    less = findings(gx.concat([city(60), *all_districts()]), "HI-SUM")
    assert less.loc[less["row"] == "received", "verdict"].tolist() == ["broken"]


def test_missing_parts_are_named_and_nothing_is_judged() -> None:
    reports = gx.concat([city(70), *all_districts()[1:]])
    assert findings(reports, "HI-SUM").empty
    cover = findings(reports, "HI-COVER").iloc[0]
    assert (cover["left"], cover["right"]) == (6, 7) and "清江浦区" in cover["note"]


def test_what_says_of_itself_that_it_is_no_aggregate_is_not_held_against_anything() -> None:
    reports = gx.concat([city(70, scope="own"), *all_districts()])
    assert findings(reports, "HI-SUM").empty and findings(reports, "HI-COVER").empty


def test_the_districts_of_a_municipality_lie_directly_below_it() -> None:
    from gxtools.aggregates import divisions_below

    assert {d.code for d in divisions_below("110000")} >= {"110101", "110105"}
    assert {d.code for d in divisions_below("320800")} == set(CODES)


# Twins.


def test_two_bodies_with_one_table_are_marked() -> None:
    cells = gx.load_form("2021").table("applications").cells()[:20]
    busy = {("applications", *cell): i + 1 for i, cell in enumerate(cells)}
    same = gx.concat([filled("a", busy, agency="甲局"), filled("b", busy, agency="乙局")])
    twin = findings(same, "HI-TWIN")
    assert twin["agency"].tolist() == ["乙局"] and "甲局" in twin["note"].iloc[0]
    other = gx.concat(
        [filled("a", busy, agency="甲局", year=2022), filled("b", busy, agency="乙局")]
    )
    assert findings(other, "HI-TWIN").empty


# What is not printed and can be derived.


def test_shanghais_outcomes_of_2019_are_derived_and_say_so(samples: gx.Reports) -> None:
    office = samples.select(agency="上海市人民政府办公厅", year=2019)
    shares = gx.outcomes(office).set_index("outcome")
    assert shares.loc[["granted", "partial"], "numerator"].tolist() == [272, 3]
    assert set(shares["denominator"]) == {805} and set(shares["basis"]) == {"derived"}
    assert round(float(shares.loc[["granted", "partial"], "share"].sum()), 3) == 0.342
    assert shares.loc["unavailable", "numerator"] == 337
    assert shares["numerator"].sum() == 805
    assert gx.volumes(office)["basis"].tolist() == ["printed"]


def test_printed_figures_are_never_called_derived(samples: gx.Reports) -> None:
    huaian = samples.select(agency="淮安市人民政府")
    for frame in (
        gx.outcomes(huaian),
        gx.volumes(huaian),
        gx.applicants(huaian),
        gx.disputes(huaian),
    ):
        assert set(frame["basis"]) == {"printed"}


def test_blanks_that_cannot_be_shown_to_be_zero_stay_unknown() -> None:
    torn = applications(9) | {("applications", "granted", "total"): "?"}
    granted = gx.outcomes(filled("a", torn)).set_index("outcome").loc["granted"]
    assert granted["numerator"] is pd.NA
