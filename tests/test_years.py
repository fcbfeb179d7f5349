"""A report beside last year's, and beside another of the same year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import gxtools as gx
from tests.filled import applications, documents, filled, route, years


def found(reports: gx.Reports, check: str, report: str | None = None) -> pd.DataFrame:
    findings = gx.check(reports)
    kept = findings.loc[findings["check"] == check]
    return (kept if report is None else kept.loc[kept["report"] == report]).reset_index(drop=True)


def only(reports: gx.Reports, check: str) -> Any:
    findings = found(reports, check)
    assert len(findings) == 1, findings[["report", "note"]]
    return findings.iloc[0]


# Carried over.


def test_carried_over_is_held_against_last_year_in_every_column() -> None:
    findings = found(years(applications(9, 0, 4), applications(5, 4, 0)), "XY-CARRY")
    assert set(findings["report"]) == {"r2023"}
    assert findings["column"].tolist() == [
        "natural_person", "business", "research", "public_interest", "legal_service", "other",
        "total",
    ]  # fmt: skip
    assert (findings["verdict"] == "holds").all()
    assert findings["severity"].unique().tolist() == ["warning"]


def test_what_was_not_carried_over_is_a_gap() -> None:
    findings = found(years(applications(9, 0, 4), applications(5, 3, 0)), "XY-CARRY")
    broken = findings.loc[findings["verdict"] == "broken"].set_index("column")
    assert broken.index.tolist() == ["natural_person", "total"]
    assert tuple(broken.loc["total", ["left", "right", "gap"]]) == (4, 3, 1)
    assert broken["place"]["total"].startswith("table applications")


def test_years_apart_are_not_held_against_each_other() -> None:
    reports = gx.concat([
        filled("a", applications(9, 0, 4), year=2021), filled("b", applications(5, 0), year=2023)
    ])  # fmt: skip
    assert found(reports, "XY-CARRY").empty


def test_a_cell_that_was_not_read_makes_its_column_unknown() -> None:
    torn = {**applications(9, 0, 4), ("applications", "carried_out", "total"): "?"}
    findings = found(years(torn, applications(5, 4)), "XY-CARRY").set_index("column")
    assert findings["verdict"]["total"] == "unknown"
    assert findings["verdict"]["natural_person"] == "holds"


def test_blanks_count_as_zero_only_where_the_sums_show_it() -> None:
    def blanked(figures: dict[Any, int]) -> dict[Any, object]:
        cells = gx.load_form("2021").table("applications").cells()
        return {("applications", *cell): "" for cell in cells} | {
            key: value or "" for key, value in figures.items()
        }

    findings = found(years(applications(9), blanked(applications(5))), "XY-CARRY")
    assert (findings["verdict"] == "holds").all()
    assert set(findings["convention"]) == {"blank = 0"}
    alone = {("applications", "carried_in", "business"): ""}
    row = found(years(applications(), alone), "XY-CARRY").set_index("column").loc["business"]
    assert row["verdict"] == "holds"  # one blank, and the sums over it close


def test_figures_of_another_scope_are_not_judged_and_the_change_is_marked() -> None:
    reports = gx.concat([
        filled("a", applications(9, 0, 4), year=2022, scope="aggregate"),
        filled("b", applications(90, 0), year=2023, scope="own"),
    ])  # fmt: skip
    assert set(found(reports, "XY-CARRY")["verdict"]) == {"unknown"}
    mark = only(reports, "XY-JUMP")
    assert (mark["verdict"], mark["severity"]) == ("unknown", "info")
    assert "汇总变为本级" in mark["note"]


def test_a_scope_that_is_not_known_is_compared() -> None:
    reports = gx.concat([
        filled("a", applications(9, 0, 4), year=2022, scope="unknown"),
        filled("b", applications(9, 4), year=2023, scope="own"),
    ])  # fmt: skip
    assert set(found(reports, "XY-CARRY")["verdict"]) == {"holds"}


def test_of_two_reports_of_last_year_the_one_of_the_same_scope_is_taken() -> None:
    reports = gx.concat([
        filled("whole", applications(90, 0, 40), year=2022, scope="aggregate"),
        filled("own", applications(9, 0, 4), year=2022, scope="own"),
        filled("b", applications(9, 4), year=2023, scope="own"),
    ])  # fmt: skip
    assert set(found(reports, "XY-CARRY", "b")["verdict"]) == {"holds"}


def test_namesakes_of_two_places_are_two_bodies() -> None:
    def report(id: str, year: int, division: str | None) -> gx.Reports:
        figures = applications(9, 0, 4) if year == 2022 else applications(9, 1)
        name = {"agency": "朝阳区科技局", "level": "department", "scope": "own"}
        return filled(id, figures, year=year, division=division, **name)

    beijing, changchun = report("a", 2022, "110105"), report("b", 2023, "220104")
    assert found(gx.concat([beijing, changchun]), "XY-CARRY").empty
    assert found(gx.concat([beijing, changchun, report("c", 2023, None)]), "XY-CARRY").empty
    assert len(found(gx.concat([beijing, report("c", 2023, None)]), "XY-CARRY")) == 7


def test_applicants_that_were_classed_anew_are_told_from_a_lost_case() -> None:
    moved = applications(5, 4) | {
        ("applications", "carried_in", "natural_person"): 1,
        ("applications", "carried_in", "business"): 3,
    }
    mark = only(years(applications(9, 0, 4), moved), "XY-RECLASS")
    assert mark["severity"] == "info" and "自然人、商业企业" in mark["note"]
    assert found(years(applications(9, 0, 4), applications(5, 3)), "XY-RECLASS").empty


# The stock of documents.


def test_documents_in_force_follow_from_last_years() -> None:
    reports = years(documents(9, 1, 698), documents(77, 132, 470), documents(62, 33, 440))
    findings = found(reports, "T2-STOCK").query("row == 'normative_document'")
    assert findings["left"].tolist() == [643, 499]
    assert findings["right"].tolist() == [470, 440]
    assert set(findings["verdict"]) == {"broken"} and set(findings["severity"]) == {"warning"}
    assert findings["note"].iloc[0].startswith("698 + 77 − 132 = 643 ≠ 470")


def test_pingtan_breaks_its_stock_twice_and_suqian_and_hongze_hold(samples: gx.Reports) -> None:
    findings = found(samples, "T2-STOCK").query("row == 'normative_document'")
    told = {
        (row.report.split("-")[0], row.verdict, row.left, row.right)
        for row in findings.dropna(subset=["left", "right"]).itertuples()
    }
    assert told == {
        ("pingtan_2023", "broken", 643, 470),
        ("pingtan_2024", "broken", 499, 440),
        ("suqian_2024", "holds", 420, 420),
        ("hongze_2024", "holds", 8, 8),
    }


def test_no_more_documents_are_repealed_than_there_were() -> None:
    finding = only(years(documents(0, 0, 10), documents(2, 13, 0)), "T2-REPEAL")
    assert (finding["left"], finding["right"], finding["verdict"]) == (13, 12, "broken")
    assert found(years(documents(0, 0, 10), documents(3, 13, 0)), "T2-REPEAL").empty


def test_the_form_of_2019_has_its_own_links() -> None:
    def items(previous: int, change: int) -> dict[Any, object]:
        row = ("proactive", "licensing")
        return {(*row, "items_prev"): previous, (*row, "items_change"): change}

    reports = years(items(10, -2), items(9, 0), first=2019, edition="2019")
    finding = only(reports, "T2-2019")
    assert (finding["left"], finding["right"]) == (8, 9)
    more = {
        ("proactive", "regulation", c): v for c, v in (("newly_public", 5), ("public_total", 4))
    }
    assert only(years(more, first=2019, edition="2019"), "T2-2019")["note"] == "5 > 4"
    assert found(years(items(10, -2), items(8, 0), first=2019, edition="2019"), "T2-2019").empty


# Disputes.


def test_pending_cases_of_last_year_are_looked_for_this_year() -> None:
    mark = only(years(route("review", 0, 0, 0, 7, 7), route("review", 3, 0, 0, 0, 3)), "T4-PENDING")
    assert (mark["left"], mark["right"], mark["verdict"]) == (7, 3, "unknown")


def test_more_disputes_than_answers_in_two_years_are_marked() -> None:
    disputed = applications(2) | route("review", 9, 0, 0, 0, 9)
    mark = only(years(applications(3), disputed), "T4-LOAD")
    assert (mark["left"], mark["right"]) == (9, 5)
    assert found(years(applications(30), disputed), "T4-LOAD").empty


# Jumps, copies, gaps.


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [(550, 9487, True), (20, 100, True), (100, 20, True), (0, 12, True), (21, 95, False),
     (1, 6, False), (0, 5, False), (20, 99, False), (0, 0, False)],
)  # fmt: skip
def test_five_times_or_more_is_marked_where_chance_does_not_explain_it(
    before: int, after: int, marked: bool
) -> None:
    key = ("proactive", "licensing", "decisions")
    marks = found(years({key: before}, {key: after}), "XY-JUMP")
    assert len(marks) == int(marked)
    assert set(marks["verdict"]) <= {"unknown"} and set(marks["row"]) <= {"licensing"}


def test_hongzes_licences_are_marked_and_its_sums_are_not(samples: gx.Reports) -> None:
    marks = found(samples, "XY-JUMP").query("agency == '淮安市洪泽区人民政府'")
    assert marks[["row", "left", "right"]].values.tolist() == [["licensing", 550, 9487]]


def test_yuan_under_a_heading_of_ten_thousand_shows_from_year_to_year() -> None:
    key = ("proactive", "fees", "amount_wan")
    mark = only(years({key: 25.1}, {key: 251000}), "T2-UNIT")
    assert "万元" in mark["note"]
    assert found(years({key: 25.1}, {key: 500}), "T2-UNIT").empty


def test_a_table_like_last_years_is_marked_when_it_has_enough_figures() -> None:
    cells = gx.load_form("2021").table("applications").cells()
    busy = {("applications", *cell): i + 1 for i, cell in enumerate(cells[:40])}
    assert only(years(busy, busy), "XY-STALE")["left"] == 40
    other = busy | {("applications", *cell): 7 for cell in cells[:10]}
    assert found(years(busy, other), "XY-STALE").empty
    assert found(years(applications(1), applications(1)), "XY-STALE").empty


def test_years_without_a_report_are_named() -> None:
    reports = gx.concat([filled("a", year=2019), filled("b", year=2021), filled("c", year=2025)])
    marks = found(reports, "XY-GAP")
    assert marks["report"].tolist() == ["b", "c"]
    assert "2020" in marks["note"][0] and "2022—2024" in marks["note"][1]


def test_pingtans_missing_years_are_named(samples: gx.Reports) -> None:
    marks = found(samples, "XY-GAP").query("agency.str.startswith('平潭')")
    assert marks["year"].tolist() == [2016, 2019, 2021]


def test_a_new_edition_says_what_does_not_compare() -> None:
    reports = gx.concat([
        filled("a", year=2020, edition="2019"), filled("b", year=2021, edition="2021")
    ])  # fmt: skip
    notes = found(reports, "XY-EDITION").set_index("table")["note"]
    assert set(notes.index) == {"proactive", "applications"}
    assert "政府集中采购" in notes["proactive"] and "合并后可比" in notes["applications"]


# The same report again.


def test_a_report_published_again_with_other_figures_lists_the_changed_cells() -> None:
    reports = gx.concat([
        filled("new", applications(12), published="2024-03-01"),
        filled("old", applications(10), published="2024-01-20"),
    ])  # fmt: skip
    changed = found(reports, "XY-REVISED")
    assert set(changed["report"]) == {"new"}
    assert set(changed["row"]) == {"received", "granted", "concluded"}
    assert set(zip(changed["left"], changed["right"], strict=True)) == {(10, 12)}
    assert (changed["verdict"] == "broken").all()


def test_a_cell_that_was_not_read_is_no_revision() -> None:
    torn = applications(10) | {("applications", "granted", "total"): "?"}
    reports = gx.concat([filled("a", applications(10)), filled("b", torn)])
    assert found(reports, "XY-REVISED").empty


def test_two_formats_that_agree_prove_the_reading() -> None:
    reports = gx.concat([
        filled("a", applications(10), format="pdf"), filled("b", applications(10), format="html")
    ])  # fmt: skip
    proof = only(reports, "ST-READ")
    assert proof["verdict"] == "holds" and proof["left"] == 200


def test_one_file_under_two_names_is_told() -> None:
    reports = gx.concat([filled("a", sha256="0" * 64), filled("b", sha256="0" * 64)])
    assert "同一文件" in only(reports, "ST-IDENT")["note"]


def test_own_figures_beside_an_aggregate_are_no_revision() -> None:
    reports = gx.concat([
        filled("a", applications(10), scope="own"), filled("b", applications(90))
    ])  # fmt: skip
    assert found(reports, "XY-REVISED").empty


def test_reports_whose_files_are_not_known_are_held_against_each_other_all_the_same() -> None:
    twice = [
        filled(name, applications(received=count), agency="示例局", year=2024, sha256=None)
        for name, count in (("a", 3), ("b", 5))
    ]
    findings = gx.check(gx.concat(twice))
    assert not (findings["check"] == "ST-IDENT").any()
    assert (findings["check"] == "XY-REVISED").any()
