"""The tables of before 2019: read as printed, each row with what its label rests on, and never taken
for the tables of today's reports."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gxtools as gx
from tests.press import Noise, Sheet, drawn_sheet, noises, print_html
from tests.test_round_trip import LAYOUTS, figures, printed, read_back

FORMS = Path(__file__).parents[2] / "shared/domain/forms.json"
ANNEXES = ("2014", "local_dingxi", "local_fujian", "local_putian_2009")
NEW = {"proactive": "2021", "applications": "2021", "disputes": "2021"}
every_layout = pytest.mark.parametrize("layout", LAYOUTS)
every_annex = pytest.mark.parametrize("edition", ANNEXES)
needs_forms = pytest.mark.skipif(
    not FORMS.exists(), reason="the official forms as data are not beside this checkout"
)


def annex(edition: str, seed: int = 2014, **changes: Any) -> Sheet:
    return replace(drawn_sheet(random.Random(seed), {"annex": edition}), **changes)


def read_html(tmp_path: Path, page: str) -> gx.Reports:
    (tmp_path / "report").write_text(page, encoding="utf-8")
    return gx.read(tmp_path / "report")


def rows_of(edition: str) -> list[Any]:
    return list(gx.load_form(edition).table("annex").rows)


def noted(edition: str) -> list[dict[str, Any]]:
    """The rows with figures that the domain's notes give for an edition."""
    rows = json.loads(FORMS.read_text(encoding="utf-8"))["editions"][edition]["rows"]
    return [row for row in rows if row.get("key", row["label"])]


# The form files.


@needs_forms
@every_annex
def test_the_rows_and_units_are_those_that_are_known_in_their_order(edition: str) -> None:
    known = [(row["label"], row.get("unit", "")) for row in noted(edition)]
    assert [(row.printed, row.unit) for row in rows_of(edition)] == known


@needs_forms
def test_the_headings_without_figures_stand_over_the_rows_they_head() -> None:
    rows = json.loads(FORMS.read_text(encoding="utf-8"))["editions"]["2014"]["rows"]
    over: dict[str, tuple[str, ...]] = {}
    held: tuple[str, ...] = ()
    for row in rows:
        if row["key"] is None:
            held = (*held, row["label"])
        else:
            over[row["label"]], held = held, ()
    assert {row.printed: row.above for row in rows_of("2014")} == over


@needs_forms
def test_each_row_of_2014_says_what_its_label_rests_on() -> None:
    known = [row["confidence"].split(":")[0] for row in noted("2014")]
    assert [row.confidence for row in rows_of("2014")] == known
    assert set(known) == {"corroborated", "general_knowledge"}


@needs_forms
def test_the_numbers_beside_the_rows_of_dingxi_are_its_own() -> None:
    assert [row.no for row in rows_of("local_dingxi")] == [
        row["code"] for row in noted("local_dingxi")
    ]


@pytest.mark.parametrize("edition", gx.editions())
def test_every_label_of_every_edition_says_what_it_rests_on(edition: str) -> None:
    form = gx.load_form(edition)
    marks = {"source", "sample", "corroborated", "general_knowledge"}
    for table in form.tables:
        assert {label.confidence for label in (*table.rows, *table.columns)} <= marks


def test_numbered_scopes_are_local_and_share_no_code_with_another_edition() -> None:
    scopes = {row.code for row in rows_of("local_dingxi") if "公开范围" in row.printed}
    others = {row.code for edition in gx.editions() for t in gx.load_form(edition).tables
              for row in t.rows if edition != "local_dingxi"}  # fmt: skip
    assert len(scopes) == 6
    assert not scopes & others


def test_a_code_is_never_used_for_refusals_with_and_without_what_is_not_held() -> None:
    # 否决 counts 信息不存在 and 非本部门掌握 as well; 不予公开 does not.
    denied = {e: {row.code for row in rows_of(e)} for e in ANNEXES}
    assert "answered.denied" in denied["2014"] and "answered.denied" in denied["local_fujian"]
    assert "answered.denied" not in denied["local_dingxi"] | denied["local_putian_2009"]


# Reading them.


@every_annex
@every_layout
def test_a_table_of_before_2019_is_read_back_exactly(layout: str, edition: str) -> None:
    sheet = annex(edition)
    reports = read_back(layout, sheet)
    assert figures(reports) == printed(sheet)
    assert reports.index["editions"].tolist() == [f"annex={edition}"]
    assert not reports.problems["severity"].eq("error").any()


@every_annex
@pytest.mark.parametrize("layout", ["html", "lines", "markdown", "bare"])
@given(seed=st.integers(0, 10_000), noise=noises())
@settings(max_examples=6, deadline=None, derandomize=True)
def test_noise_around_it_changes_no_figure(
    edition: str, layout: str, seed: int, noise: Noise
) -> None:
    sheet = annex(edition, seed)
    noise = replace(noise, misprints={})  # those are of today's labels
    assert figures(read_back(layout, sheet, noise)) == printed(sheet)


@pytest.mark.parametrize("layout", ["html", "lines", "cells"])
def test_a_damaged_label_of_it_is_read_closely_and_said_so(layout: str) -> None:
    sheet = annex("local_dingxi")
    noise = Noise(misprints={"新增的行政规范性文件数": "新增的规范性文件数"})
    reports = read_back(layout, sheet, noise)
    assert figures(reports) == printed(sheet)
    assert set(reports.cells.loc[reports.cells["match"] == "close", "row"]) == {"normative_issued"}


@every_annex
@pytest.mark.parametrize("layout", ["html", "xlsx", "docx"])
def test_a_blank_cell_of_it_stays_blank(layout: str, edition: str) -> None:
    sheet = drawn_sheet(random.Random(9), {"annex": edition}, blank_zeros=True)
    assert figures(read_back(layout, sheet)) == printed(sheet)


@every_annex
@every_layout
@given(seed=st.integers(0, 10_000))
@settings(max_examples=3, deadline=None, derandomize=True)
def test_blank_cells_lost_in_text_never_shift_a_figure(
    layout: str, edition: str, seed: int
) -> None:
    sheet = drawn_sheet(random.Random(seed), {"annex": edition}, blank_zeros=True)
    known = printed(sheet)
    read = {key: value for key, value in figures(read_back(layout, sheet)).items() if value}
    assert {key: known.get(key) for key in read} == read


@every_annex
def test_each_figure_counts_in_the_unit_that_its_own_edition_prints(edition: str) -> None:
    cells = read_back("html", annex(edition)).cells
    form = {row.code: row.unit or None for row in rows_of(edition)}
    told = dict(zip(cells["row"], cells["unit"].astype(object), strict=True))
    if edition != "local_putian_2009":
        assert told == form
    else:  # its units were not seen
        assert cells["unit"].isna().all()


@every_layout
def test_two_rows_of_one_label_are_told_apart_by_the_rows_around_them(layout: str) -> None:
    sheet = annex("2014")
    twins = {("annex", f"{part}.{end}", "value"): str(n)
             for n, (part, end) in enumerate([(p, e) for p in ("review", "litigation")
                                              for e in ("corrected", "other")], 31)}  # fmt: skip
    read = figures(read_back(layout, replace(sheet, figures={**sheet.figures, **twins})))
    assert {key: read[key] for key in twins} == {key: float(v) for key, v in twins.items()}


def test_a_label_of_two_rows_is_not_assigned_where_its_neighbours_do_not_decide(
    tmp_path: Path,
) -> None:
    # Without the rows of suits above them, 被依法纠错数 and 其他情形数 could be those of reviews.
    page = print_html(annex("2014")).decode()
    rows = page.split("<tr>")
    kept = [row for row in rows if not any(
        words in row for words in ("四、行政复议数量", "维持具体行政行为", "五、行政诉讼数量"))]  # fmt: skip
    cells = read_html(tmp_path, "<tr>".join(kept)).cells.set_index("row")["value"]
    for row in ("review.corrected", "review.other", "litigation.corrected", "litigation.other"):
        assert cells.isna()[row]


def test_rows_read_on_general_knowledge_are_listed_for_each_report() -> None:
    problems = read_back("html", annex("2014")).problems
    (told,) = problems.loc[problems["what"].str.contains("general knowledge"), "what"]
    assert "answered.denied.state_secret" in told
    assert "proactive_total" not in told  # corroborated
    assert not read_back("html", annex("local_dingxi")).problems["what"].str.contains(
        "general knowledge"
    ).any()  # fmt: skip


def test_a_row_that_no_edition_has_is_listed_with_its_label(tmp_path: Path) -> None:
    page = print_html(annex("2014")).decode()
    spare = "<tr><td>（四）本地增加的指标数</td><td>件</td><td>7</td></tr>"
    marked = page.replace("<tr><td>四、行政复议数量", spare + "<tr><td>四、行政复议数量")
    reports = read_html(tmp_path, marked)
    (stray,) = reports.problems.loc[reports.problems["severity"] == "error", "what"]
    assert "（四）本地增加的指标数" in stray and "(7)" in stray
    assert figures(reports) == printed(annex("2014"))


def test_its_sums_are_checked_and_say_what_they_rest_on() -> None:
    sums = {sum_.id: sum_ for sum_ in gx.load_form("2014").table("annex").sums}
    assert {sum_.confidence for sum_ in sums.values()} == {"general_knowledge"}
    assert all("general_knowledge" in sum_.source for sum_ in sums.values())
    findings = gx.check(read_back("html", annex("2014"))).set_index("check")
    assert set(findings["verdict"].loc[list(sums)]) == {"holds"}
    local = gx.load_form("local_dingxi").table("annex").sums
    assert {sum_.confidence for sum_ in local} == {"source"}


# Beside today's reports.


@every_layout
def test_a_report_of_today_that_tells_of_channels_in_a_table_is_read_as_before(
    layout: str, tmp_path: Path
) -> None:
    sheet = drawn_sheet(random.Random(6), NEW)
    told = "\n".join(["1.当面申请数 3", "2.网络申请数 5", "政府网站 12", "申请总数 8"])
    sections = {**sheet.sections, 1: f"本年收到申请8件。\n{told}"}
    reports = read_back(layout, replace(sheet, sections=sections))
    assert figures(reports) == printed(sheet)
    assert set(reports.index["editions"].iat[0].split()) == {f"{t}={e}" for t, e in NEW.items()}


def test_a_table_of_channels_in_a_report_of_today_is_no_annex(tmp_path: Path) -> None:
    sheet = drawn_sheet(random.Random(6), NEW)
    rows = [("政府网站", 12), ("政府公报", 3), ("1.当面申请数", 3), ("2.传真申请数", 0)]
    table = "".join(f"<tr><td>{label}</td><td>{n}</td></tr>" for label, n in rows)
    page = print_html(sheet).decode().replace("<h2>二", f"<table>{table}</table><h2>二", 1)
    reports = read_html(tmp_path, page)
    assert figures(reports) == printed(sheet)
    assert "annex" not in reports.index["editions"].iat[0]


@pytest.mark.parametrize("layout", ["html", "xlsx", "docx", "lines", "cells"])
@pytest.mark.parametrize("period", ["第二季度", "上半年", "9月份", "1—6月"])
def test_a_return_of_a_part_of_a_year_is_not_taken_for_a_years_figures_in_silence(
    layout: str, period: str
) -> None:
    title = f"示例县2017年{period}政府信息公开情况统计表"
    reports = read_back(layout, annex("2014", year=2017, title=title))
    errors = reports.problems.loc[reports.problems["severity"] == "error", "what"]
    assert errors.str.contains("counts a part of a year").sum() == 1


@pytest.mark.parametrize("period", ["", "1—12月"])
def test_a_whole_year_is_no_part_of_one(period: str) -> None:
    title = f"示例县2017年{period}政府信息公开情况统计表"
    problems = read_back("html", annex("2014", year=2017, title=title)).problems
    assert not problems["what"].str.contains("part of a year").any()


def test_the_table_of_2014_in_a_document_of_2024_is_said_to_be_out_of_its_time() -> None:
    problems = read_back("html", annex("2014", year=2024)).problems
    assert problems["what"].str.contains(r"edition 2014 \(2014 to 2018\).* of 2024").sum() == 1
    known = read_back("html", annex("2014", year=2016)).problems
    assert not known["what"].str.contains("2014 to 2018").any()


def test_a_return_with_a_column_for_each_tier_is_refused_row_by_row(tmp_path: Path) -> None:
    head = ["序号", "统计指标", "单位", "区政府统计数", "区直单位统计数", "乡镇街道统计数"]
    rows = [head, *([str(i), row.printed, row.unit, "1", "2", "3"]
                    for i, row in enumerate(rows_of("2014"), 1))]  # fmt: skip
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    reports = read_html(
        tmp_path, f"<h1>示例镇2024年政府信息公开情况统计表</h1><table>{body}</table>"
    )
    assert reports.cells["value"].isna().all()
    assert reports.problems["what"].str.contains("cannot be tied to columns").sum() == 58
