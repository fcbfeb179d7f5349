"""The findings as a list of work: written for a person, and the verdicts read back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import gxtools as gx
from gxtools.errors import FileError, InputError
from gxtools.findings import write_findings
from gxtools.review import REVIEW, review
from gxtools.worklist import worklist
from tests.filled import applications, filled, route

BROKEN = applications(9) | route("review", 10, 1, 0, 0, 0)


@pytest.fixture
def reports() -> gx.Reports:
    """One body that breaks a sum, one whose stock is off, one that is clean."""
    return gx.concat([
        filled("clean", applications(9), agency="丙局"),
        filled("marked", applications(9), agency="乙局", sections=dict.fromkeys(range(1, 7), "无")),
        filled("broken", BROKEN, agency="甲局"),
    ])  # fmt: skip


def sheet(path: Path) -> list[dict[str, object]]:
    """The list of the workbook, by the codes of its first row."""
    lines = openpyxl.load_workbook(path)["发现"].iter_rows(values_only=True)
    codes = next(lines)
    next(lines)
    return [dict(zip(codes, line, strict=True)) for line in lines]


def answer(path: Path, row: int, verdict: str | None, reason: str | None = None) -> None:
    """Write a verdict into the list, as a person does; rows count from the first finding."""
    book = openpyxl.load_workbook(path)
    codes = [cell.value for cell in book["发现"][1]]
    for code, words in (("review", verdict), ("reason", reason)):
        book["发现"].cell(row + 3, codes.index(code) + 1).value = words
    book.save(path)


# What is written.


def test_the_list_has_broken_sums_first_and_a_line_for_the_clean_report(
    reports: gx.Reports, tmp_path: Path
) -> None:
    rows = sheet(write_findings(reports, tmp_path / "f.xlsx"))
    assert rows[0]["agency"] == "甲局"
    assert [row["told"] for row in rows if row["told"]] == ["不符", *["待核"] * 3]
    assert rows[-1]["agency"] == "丙局" and "没有不符和待核的" in str(rows[-1]["note"])


def test_a_broken_sum_shows_both_sides_the_print_and_a_proposal(
    reports: gx.Reports, tmp_path: Path
) -> None:
    row = sheet(write_findings(reports, tmp_path / "f.xlsx"))[0]
    assert (row["left"], row["right"], row["gap"]) == (11, 0, 11)
    assert row["printed"] == "10｜1｜0｜0｜0"
    assert row["where"] == "政府信息公开行政复议、行政诉讼情况 · 行政复议"
    assert "总计：0 → 11" in str(row["suspects"])
    assert row["place"] == "table disputes, cell 5"


def test_hongzes_two_misprints_lead_the_list_of_the_samples(
    samples: gx.Reports, tmp_path: Path
) -> None:
    rows = sheet(write_findings(samples, tmp_path / "f.xlsx"))
    assert [(row["report"][:11], row["row"]) for row in rows[:2]] == [
        ("hongze_2023", "review"),
        ("hongze_2023", "litigation_after_review"),
    ]
    assert "0 → 11" in str(rows[0]["suspects"]) and "0 → 5" in str(rows[1]["suspects"])
    clean = [row["agency"] for row in rows if "没有不符" in str(row["note"])]
    assert clean.count("宿迁市人民政府") == 2


def test_the_verdict_is_chosen_from_a_list_of_two(reports: gx.Reports, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_findings(reports, tmp_path / "f.xlsx"))
    [choice] = book["发现"].data_validations.dataValidation
    assert choice.formula1 == '"确认,排除"' and choice.showErrorMessage
    codes = [cell.value for cell in book["发现"][1]]
    letter = openpyxl.utils.get_column_letter(codes.index("review") + 1)
    assert str(choice.sqref).startswith(f"{letter}3:")
    assert book["发现"].row_dimensions[1].hidden
    assert book.sheetnames == ["发现", "无法判断", "核对目录"]


def test_sums_that_cannot_be_judged_stand_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    torn = filled("t", applications(9) | {("applications", "granted", "total"): "?"})
    book = openpyxl.load_workbook(write_findings(torn, tmp_path / "f.xlsx"))
    titles = [row[2] for row in book["无法判断"].iter_rows(min_row=2, values_only=True)]
    assert sorted(titles) == ["办理结果之和为总计", "各类申请人之和为总计"]


HOSTILE = '=HYPERLINK("x","<script>alert(1)</script>")'


def test_text_is_never_a_formula_and_never_markup(tmp_path: Path) -> None:
    hostile = filled("h", BROKEN, agency=HOSTILE, problems=(("year", HOSTILE),))
    book = openpyxl.load_workbook(write_findings(hostile, tmp_path / "f.xlsx"))
    kinds = {c.data_type for s in book.worksheets for line in s.iter_rows() for c in line}
    assert "f" not in kinds
    page = write_findings(hostile, tmp_path / "f.html").read_text("utf-8")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    lines = write_findings(hostile, tmp_path / "f.csv").read_text("utf-8-sig")
    assert next(iter(csv.DictReader(lines.splitlines())))["agency"].startswith("'=")


def test_the_page_needs_no_network_and_can_be_filtered(reports: gx.Reports, tmp_path: Path) -> None:
    page = write_findings(reports, tmp_path / "f.html").read_text("utf-8")
    assert not re.search(r"(?:src|href)\s*=|https?://|@import|url\(", page)
    assert page.count("<tr class=") == 4
    assert "<option>甲局</option>" in page and '<select name="told">' in page
    assert page.index("甲局</td>") < page.index("乙局</td>")
    assert re.search(r'class="clean">丙局 2023：', page)


def test_the_same_reports_give_the_same_bytes(reports: gx.Reports, tmp_path: Path) -> None:
    for suffix in ("xlsx", "html", "csv"):
        one = write_findings(reports, tmp_path / f"a.{suffix}").read_bytes()
        assert one == write_findings(reports, tmp_path / f"b.{suffix}").read_bytes()


def test_nothing_to_find_is_a_list_with_one_line(tmp_path: Path) -> None:
    rows = sheet(write_findings(filled("a"), tmp_path / "f.xlsx"))
    assert len(rows) == 1 and "核对 45 项相符" in str(rows[0]["note"])
    assert sheet(write_findings(gx.concat([]), tmp_path / "g.xlsx")) == []


def test_another_kind_of_file_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.xlsx, \.html, \.csv"):
        write_findings(filled("a"), tmp_path / "f.docx")


# What a person says, and what becomes of it.


@pytest.fixture(params=["xlsx", "csv"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., pd.DataFrame]:
    """Verdicts on the first findings of reports, written down and read back."""

    def write(reports: gx.Reports, *verdicts: tuple[str, str]) -> pd.DataFrame:
        path = write_findings(reports, tmp_path / f"list.{request.param}")
        if request.param == "xlsx":
            for i, (verdict, reason) in enumerate(verdicts):
                answer(path, i, verdict, reason)
            return review(path)
        frame = pd.read_csv(path, dtype="string")
        for i, (verdict, reason) in enumerate(verdicts):
            frame.loc[i, ["review", "reason"]] = [verdict, reason]
        frame.to_csv(path, index=False, encoding="utf-8")
        return review(path)

    return write


Told = Callable[..., pd.DataFrame]


def test_verdicts_are_read_back(reports: gx.Reports, told: Told) -> None:
    frame = told(reports, ("确认", "原件如此"), ("排除", ""))
    assert list(frame) == REVIEW
    assert frame["review"].tolist() == ["确认", "排除"]
    assert frame["reason"].fillna("").tolist() == ["原件如此", ""]
    assert frame["printed"][0] == "10｜1｜0｜0｜0" and frame["year"][0] == 2023


def test_a_verdict_survives_a_new_run(reports: gx.Reports, told: Told, tmp_path: Path) -> None:
    reviewed = told(reports, ("确认", "原件如此"))
    again = write_findings(reports, tmp_path / "again.xlsx", reviewed=reviewed)
    row = sheet(again)[0]
    assert (row["review"], row["reason"]) == ("确认", "原件如此")
    pd.testing.assert_frame_equal(review(again), reviewed)


def test_check_tells_the_verdict_and_leaves_the_arithmetic(reports: gx.Reports, told: Told) -> None:
    findings = gx.check(reports, reviewed=told(reports, ("排除", "另有更正公告")))
    spoken = findings.loc[findings["review"].notna()]
    assert spoken[["report", "check", "verdict", "review", "reason"]].values.tolist() == [
        ["broken", "T4-SUM", "broken", "排除", "另有更正公告"]
    ]
    plain = gx.check(reports)
    pd.testing.assert_frame_equal(findings[list(plain)], plain)


def test_what_is_set_aside_goes_to_the_end(reports: gx.Reports, told: Told) -> None:
    reviewed = told(reports, ("排除", "已核"))
    assert worklist(reports).open["report"].iloc[0] == "broken"
    assert worklist(reports, reviewed).open["report"].iloc[-1] == "broken"


def test_a_verdict_opens_again_only_when_the_printed_value_changes(
    reports: gx.Reports, told: Told
) -> None:
    reviewed = told(reports, ("确认", "原件如此"))

    def verdict(figures: dict[object, object], **other: str) -> object:
        changed = filled("broken", figures, agency="甲局", **other)  # type: ignore[arg-type]
        found = gx.check(changed, reviewed=reviewed)
        return found.loc[found["verdict"] == "broken", "review"].iloc[0]

    assert verdict(BROKEN) == "确认"
    assert verdict(BROKEN, sha256="f" * 64) == "确认"  # fetched again, and prints the same
    assert verdict(BROKEN | route("review", 10, 2, 0, 0, 0)) is pd.NA
    assert verdict(BROKEN | route("review", 10, 1, 0, 0, 1)) is pd.NA
    assert verdict(BROKEN, year=2024) is pd.NA
    elsewhere = BROKEN | {("proactive", "licensing", "decisions"): 5}
    assert verdict(elsewhere) == "确认"


def test_a_mark_without_a_figure_is_known_by_what_was_seen(reports: gx.Reports, told: Told) -> None:
    frame = told(reports, ("确认", "x"), ("确认", "y"), ("确认", "z"))
    assert set(frame["check"]) == {"T4-SUM", "TX-FEE", "TX-SECTIONS"}
    assert frame["printed"].notna().all()


def test_another_word_than_the_two_is_refused_by_name(reports: gx.Reports, tmp_path: Path) -> None:
    path = write_findings(reports, tmp_path / "f.xlsx")
    answer(path, 0, "待定")
    with pytest.raises(InputError, match=r"'待定' is no verdict .*broken, T4-SUM.*确认 or 排除"):
        review(path)


def test_a_file_that_is_no_list_of_findings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no file of verdicts"):
        review(tmp_path / "none.xlsx")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    for name in ("other.csv", "torn.xlsx", "empty.xlsx"):
        with pytest.raises(InputError):
            review(tmp_path / name)
    with pytest.raises(InputError, match="the verdicts lack agency"):
        gx.check(filled("a", BROKEN), reviewed=pd.DataFrame({"report": ["a"]}))


def test_a_csv_that_a_spreadsheet_saved_in_gbk_is_read(reports: gx.Reports, tmp_path: Path) -> None:
    path = write_findings(reports, tmp_path / "f.csv")
    frame = pd.read_csv(path, dtype="string")
    frame.loc[0, "review"] = "确认"
    frame.to_csv(path, index=False, encoding="gbk")
    assert review(path)["printed"].tolist() == ["10｜1｜0｜0｜0"]
