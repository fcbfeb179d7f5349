"""The sums that the form implies, on real reports and on drawn ones."""

from __future__ import annotations

import pandas as pd
import pytest

import gxtools as gx
from tests.filled import applications, filled, route


@pytest.fixture(scope="module")
def everything(originals: gx.Reports) -> pd.DataFrame:
    return gx.check(originals)


@pytest.fixture(scope="module")
def findings(everything: pd.DataFrame) -> pd.DataFrame:
    """What cannot lawfully fail: the form's own sums and counts."""
    return everything.loc[everything["severity"] == "error"]


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
        "severity",
        "note",
    ]


def test_check_of_nothing_is_an_empty_frame_with_its_columns() -> None:
    assert len(gx.check(gx.concat([]))) == 0
    assert list(gx.check(gx.concat([]))) == list(gx.check(filled("a")))


# Real reports beside their sums.


def seen(findings: pd.DataFrame, report: str) -> dict[str, list[str]]:
    marks = of(findings, report).query("verdict != 'holds' and severity != 'error'")
    return {id: part["note"].tolist() for id, part in marks.groupby("check")}


def test_what_the_real_reports_show_beside_their_sums(everything: pd.DataFrame) -> None:
    assert seen(everything, "pingtan_2023") == {}
    assert set(seen(everything, "hongze_2023")) == {"ST-EDITION"}
    assert set(seen(everything, "hongze_2024")) == {"ST-EDITION", "XY-JUMP"}
    assert set(seen(everything, "chaoyang_science_2024")) == {"TX-FEE", "TX-SECTIONS"}
    assert set(seen(everything, "shanghai_office_2019")) == {"TX-SECTIONS", "T2-UNIT"}


def test_only_the_table_that_differs_between_editions_is_called_old(
    everything: pd.DataFrame,
) -> None:
    old = of(everything, "hongze_2023").query("check == 'ST-EDITION'")
    assert old["table"].tolist() == ["applications"]
    assert "2019 年版" in old["note"].iloc[0]


def test_the_share_of_blanks_and_their_meaning_is_told(everything: pd.DataFrame) -> None:
    told = of(everything, "shanghai_office_2019").query("check == 'ST-BLANK'").set_index("table")
    row = told.loc["applications"]
    assert (row["left"], row["right"], row["verdict"]) == (126, 161, "holds")
    assert (
        "78%" in row["note"] and "17 个合计式成立" in row["note"] and "11 个总计未印" in row["note"]
    )


def test_a_total_that_is_not_printed_says_what_its_parts_make(findings: pd.DataFrame) -> None:
    rows = of(findings, "shanghai_office_2019").query("check == 'T3-ROW'").set_index("row")
    assert rows["note"]["granted"] == "总计未印，由各部分相加得 272"


def test_unread_cells_and_missing_sections_are_told(everything: pd.DataFrame) -> None:
    told = seen(everything, "shanghai_science_2024")
    assert any("缺“五、存在的主要问题及改进情况”" in note for note in told["TX-SECTIONS"])
    assert any("次序" in note for note in told["TX-SECTIONS"])
    assert any("77 格没有读出" in note for note in told["ST-SHAPE"])
    assert "TX-FEE" not in told  # it says that nothing was charged


# Invented reports, one defect each.


def marks(reports: gx.Reports, check: str) -> pd.DataFrame:
    found = gx.check(reports)
    return found.loc[(found["check"] == check) & (found["verdict"] != "holds")]


def test_a_clean_report_has_its_sums_and_nothing_else() -> None:
    found = gx.check(filled("a", applications(9, 2, 1) | route("review", 1, 2, 0, 1, 4)))
    assert set(found["verdict"]) == {"holds"}
    assert set(found["check"]) == {
        "T2-NUM", "T3-BAL", "T3-RES", "T3-ROW", "T3-INT", "T4-SUM", "T4-INT",
    }  # fmt: skip
    assert len(found) == 7 + 7 + 25 + 3 + 3


def test_a_part_above_its_total_is_pointed_at() -> None:
    wrong = applications(9) | {("applications", "granted", "business"): 11}
    found = marks(filled("a", wrong), "T3-DOM")
    assert set(zip(found["row"], found["column"], strict=True)) == {("granted", "business")}
    assert set(zip(found["left"], found["right"], strict=True)) == {(11, 9), (11, 0)}


def test_more_concluded_than_came_in_is_broken() -> None:
    wrong = {
        key: 12 if key[1] in ("granted", "concluded") else value
        for key, value in applications(9).items()
    }
    found = marks(filled("a", wrong), "T3-DOM")
    assert set(found["column"]) == {"natural_person", "total"}
    assert set(found["left"]) == {12} and set(found["right"]) == {9}


def test_a_total_without_outcomes_and_outcomes_without_intake_are_told_apart() -> None:
    without = {key: 0 if key[1] == "granted" else v for key, v in applications(9).items()}
    assert "全为 0" in marks(filled("a", without), "T3-EMPTYOUT")["note"].iloc[0]
    nothing = {key: 0 if key[1] == "received" else v for key, v in applications(9).items()}
    assert "没有新收" in marks(filled("a", nothing), "T3-EMPTYOUT")["note"].iloc[0]
    assert marks(filled("a", applications(9)), "T3-EMPTYOUT").empty


def test_two_kinds_of_applicants_with_the_same_column_are_marked() -> None:
    def twin(cells: int) -> gx.Reports:
        rows = [row.code for row in gx.load_form("2021").table("applications").rows][:cells]
        columns = ("business", "research")
        return filled("a", {("applications", row, c): 3 for row in rows for c in columns})

    assert marks(twin(5), "T3-DUPCOL")["column"].tolist() == ["research"]
    assert marks(twin(3), "T3-DUPCOL").empty  # so few may well agree


def test_a_unit_typed_into_an_amount_is_told_and_into_a_count_is_not() -> None:
    fees = ("proactive", "fees", "amount_wan")
    note = marks(filled("a", {fees: "251000元"}), "T2-UNIT")["note"].iloc[0]
    assert "251000元" in note and "25.1 万元" in note
    assert marks(filled("a", {("proactive", "licensing", "decisions"): "13件"}), "T2-UNIT").empty


@pytest.mark.parametrize(
    ("printed", "name"), [("", "空白"), ("/", "斜杠"), ("—", "横杠"), ("无", "无")]
)
def test_what_stands_for_a_number_is_counted_by_its_kind(printed: str, name: str) -> None:
    found = gx.check(filled("a", {("disputes", "review", "upheld"): printed}))
    row = found.loc[found["check"] == "ST-BLANK"].iloc[0]
    assert (row["left"], row["right"], row["table"]) == (1, 15, "disputes")
    assert f"{name} 1 格（7%）" in row["note"]


def test_blanks_that_do_not_close_the_sums_are_not_shown_to_be_zero() -> None:
    torn = applications(9) | {("applications", "granted", "natural_person"): ""}
    row = marks(filled("a", torn), "ST-BLANK").iloc[0]
    assert row["verdict"] == "unknown" and "不能证明" in row["note"]


def test_a_table_that_is_not_there_is_told() -> None:
    without = filled("a", editions={"proactive": "2021", "applications": "2021"})
    assert marks(without, "ST-SHAPE")["table"].tolist() == ["disputes"]


def test_the_edition_of_2019_is_in_order_for_the_years_it_was_in_force() -> None:
    assert marks(filled("a", year=2020, edition="2019"), "ST-EDITION").empty
    assert len(marks(filled("a", year=2021, edition="2019"), "ST-EDITION")) == 2


@pytest.mark.parametrize("text", ["", "无", "无。", "/", "本年度无其他需要报告的事项"])
def test_a_section_without_content_is_told(text: str) -> None:
    told = dict.fromkeys(range(1, 6), "已有文字，收取信息处理费 0 元。") | {6: text}
    notes = marks(filled("a", sections=told), "TX-SECTIONS")["note"].tolist()
    assert len(notes) == 1 and "六、其他需要报告的事项" in notes[0]


def test_section_five_may_not_be_empty_either() -> None:
    told = dict.fromkeys(range(1, 7), "收取信息处理费 0 元。") | {5: "无"}
    assert "五、" in marks(filled("a", sections=told), "TX-SECTIONS")["note"].iloc[0]


@pytest.mark.parametrize(
    ("text", "stated"),
    [("未收取信息处理费。", True), ("收取费用0元", True), ("未发生收费事项", True),
     ("信息处理费为0。", True), ("信息处理费：无", True), ("行政事业性收费3元", False),
     ("执行《政府信息公开信息处理费管理办法》。", False),
     ("没有其他事项需要说明。", False), ("无", False)],
)  # fmt: skip
def test_the_fee_is_stated_in_section_six_or_missed(text: str, stated: bool) -> None:
    told = dict.fromkeys(range(1, 6), "文字") | {6: text}
    assert marks(filled("a", sections=told), "TX-FEE").empty == stated


def test_a_fee_stated_in_another_section_is_stated_and_one_in_the_foreword_is_not() -> None:
    for section, missing in ((1, 0), (0, 1)):
        said = {section: "未收取信息处理费。", 6: "没有别的事项。"}
        told = dict.fromkeys(range(7), "文字") | said
        assert len(marks(filled("a", sections=told), "TX-FEE")) == missing


def test_the_foreword_is_no_section_that_could_be_missing_or_out_of_order() -> None:
    told = {0: "前言"} | dict.fromkeys(range(1, 7), "未收取信息处理费。")
    assert marks(filled("a", sections=told), "TX-SECTIONS").empty


def test_the_fee_is_never_inferred_from_table_two() -> None:
    told = dict.fromkeys(range(1, 6), "文字") | {6: "没有别的事项。"}
    fees = {("proactive", "fees", "amount_wan"): "3.5"}
    for figures in ({}, fees):
        assert len(marks(filled("a", figures, sections=told), "TX-FEE")) == 1
    assert marks(filled("a", sections=told, year=2019, edition="2019"), "TX-FEE").empty


def test_doubts_about_body_and_year_are_findings_too() -> None:
    doubtful = filled("a", problems=(("year", "the title says 2023, the text 2022"),))
    assert marks(doubtful, "ST-IDENT")["note"].tolist() == [
        "年度存疑：the title says 2023, the text 2022"
    ]
    assert "2019" in marks(filled("a", file="某局2019年报.html"), "ST-IDENT")["note"].iloc[0]
    assert marks(filled("a", file="某局2024.html"), "ST-IDENT").empty  # published in 2024


def test_a_thousand_reports_are_checked_in_a_second_or_so() -> None:
    from time import perf_counter

    one = gx.concat(filled(f"r{i}", applications(i)) for i in range(20))
    parts = []
    for k in range(20):
        index = one.index.assign(report=one.index["report"] + f"-{k}", agency=f"第{k}局")
        cells = one.cells.assign(report=one.cells["report"] + f"-{k}")
        sections = one.sections.assign(report=one.sections["report"] + f"-{k}")
        parts.append(gx.Reports(index, cells, sections, one.problems))
    reports = gx.concat(parts)
    began = perf_counter()
    gx.check(reports)
    assert (perf_counter() - began) / len(reports) < 0.01  # ten times what it takes
