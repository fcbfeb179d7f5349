"""Compiled sheets: an office's own table of many reports is read as figures of the form, and what
it does not say beyond doubt is asked about."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gxtools as gx
from gxtools.compiled import read_sheet, write_sheet
from gxtools.compiled.headings import code_of, understand
from gxtools.forms import editions, load_form
from tests import set_headline
from tests.press import drawn_sheet
from tests.test_round_trip import read_back

ROOT = Path(__file__).parents[1]
HEADLINE = ROOT / "data/headline.csv"
SUFFIXES = (".csv", ".xlsx")
every_format = pytest.mark.parametrize("suffix", SUFFIXES)
needs_panel = pytest.mark.skipif(
    not set_headline.PANEL.exists(), reason="the panel of headline figures is not beside this"
)


def write(path: Path, rows: list[list[Any]], encoding: str = "utf-8-sig") -> Path:
    """A sheet as an office would keep it, in the format of the suffix."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def sheet(tmp_path: Path, *rows: list[Any], suffix: str = ".csv", **more: Any) -> gx.Reports:
    return read_sheet(write(tmp_path / f"汇总表{suffix}", list(rows), **more))


def value(reports: gx.Reports, table: str, row: str, column: str = "total") -> Any:
    cells = reports.cells
    found = cells.loc[
        (cells["table"] == table) & (cells["row"] == row) & (cells["column"] == column)
    ]
    assert len(found) == 1, f"{len(found)} cells of {table} {row} {column}"
    return found.iloc[0]


def errors(reports: gx.Reports) -> list[str]:
    return reports.problems.loc[reports.problems["severity"] == "error", "what"].tolist()


def content(reports: gx.Reports) -> pd.DataFrame:
    """What a sheet keeps of the cells, in one order."""
    keys = ["report", "table", "row", "column"]
    return reports.cells[[*keys, "value", "kind"]].sort_values(keys).reset_index(drop=True)


# Headings.


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("received", "received"),
        ("denied.internal", "denied.internal"),
        ("received.natural_person", "received.natural_person"),
        ("review_total", "review.total"),
        ("review.upheld", "review.upheld"),
        ("litigation_total", "litigation.total"),
        ("normative_document.in_force", "normative_document.in_force"),
        ("licensing_decisions", "licensing.decisions"),
        ("annex.received.year", "annex.received.year"),
        ("other", "other"),
        ("一、本年新收政府信息公开申请数量", "received"),
        ("新收申请", "received"),
        ("新收（件）", "received"),
        ("上年结转", "carried_in"),
        ("不予公开", "denied"),
        ("（三）不予公开", "denied"),
        ("无法提供", "unavailable"),
        ("其他处理", "other"),
        ("办结总计", "concluded"),
        ("结转下年度继续办理", "carried_out"),
        ("5.属于三类内部事务信息", "denied.internal"),
        ("三类内部事务信息", "denied.internal"),
        ("新收申请（自然人）", "received.natural_person"),
        ("科研机构新收", "received.research"),
        ("行政复议总计", "review.total"),
        ("复议维持", "review.upheld"),
        ("行政诉讼结果纠正", "litigation.corrected"),
        ("未经复议直接起诉 结果维持", "litigation_direct.upheld"),
        ("规章制发", "regulation.issued"),
        ("行政规范性文件现行有效件数", "normative_document.in_force"),
        ("行政许可", "licensing.decisions"),
        ("行政处罚处理决定数", "penalty.decisions"),
        ("收费金额（万元）", "fees.amount_wan"),
        ("其他处理 其他", "other.misc"),
        ("received in the year", "received"),
        ("disclosed", "granted"),
        ("state secret", "denied.state_secret"),
    ],
)
def test_a_heading_names_a_cell_by_code_label_or_short_form(heading: str, code: str) -> None:
    key = understand([heading], [2022, 2024]).key
    assert key is not None and code_of(key) == code


@pytest.mark.parametrize(
    "heading",
    ["其他", "总计", "合计", "total", "自然人", "行政复议", "规章", "结果维持", "现行有效件数"],
)
def test_a_heading_of_several_cells_names_none(heading: str) -> None:
    found = understand([heading], [2024])
    assert found.key is None
    assert len(found.several) > 1
    assert found.advice.startswith("Name the cell: ")


@pytest.mark.parametrize("heading", ["联系人", "备选", "2024", "同比增长", "denied.nothing"])
def test_a_heading_of_no_cell_names_none(heading: str) -> None:
    found = understand([heading], [2024])
    assert (found.key, found.several) == (None, ())


def test_a_label_means_what_the_forms_in_force_mean_by_it() -> None:
    # 行政许可 heads decisions only since 2021; before, it could head items or decisions.
    assert understand(["行政许可"], [2021, 2025]).key == ("proactive", "licensing", "decisions")
    assert len(understand(["行政许可"], [2020, 2021]).several) == 3
    assert len(understand(["收到申请数"], [2016, 2022]).several) > 1
    assert understand(["采购总金额"], [2024]).key == ("proactive", "procurement", "amount")


@pytest.mark.parametrize("name", editions(compiled=True))
def test_every_cell_of_every_edition_has_a_code_that_names_it_alone(name: str) -> None:
    for table in load_form(name).tables:
        for row, column in table.cells():
            key = (table.id, row, column)
            assert understand([code_of(key)], []).key == key


def test_other_handling_is_never_taken_for_a_kind_of_applicant() -> None:
    assert understand(["其他处理", "其他"], [2024]).key == ("applications", "other.misc", "total")
    assert understand(["其他处理其他"], [2020, 2024]).key is None


# Sheets as offices keep them.


@every_format
def test_a_row_is_a_body_and_a_year(tmp_path: Path, suffix: str) -> None:
    reports = sheet(
        tmp_path,
        ["机关", "年度", "新收", "上年结转", "不予公开"],
        ["宿迁市人民政府", "2023年", 3511, 96, 128],
        ["宿迁市人民政府", 2024, 3525, 121, 115],
        suffix=suffix,
    )
    assert reports.index["year"].tolist() == [2023, 2024]
    assert reports.index["agency"].unique().tolist() == ["宿迁市人民政府"]
    assert reports.index["division"].tolist() == ["321300", "321300"]
    assert gx.volumes(reports)["handled"].tolist() == [3607, 3646]
    assert len(reports.problems) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_the_encoding_is_told_by_the_bytes(tmp_path: Path, encoding: str) -> None:
    rows = [["机关", "年度", "新收政府信息公开申请"], ["宿迁市人民政府", 2023, 3511]]
    rows[0][2] = "新收申请"
    assert value(sheet(tmp_path, *rows, encoding=encoding), "applications", "received")["value"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_columns(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(
        mark.join(["agency", "year", "received"]) + "\n" + mark.join("甲局 2023 7".split())
    )
    assert value(read_sheet(path), "applications", "received")["value"] == 7


def test_a_cell_without_a_column_is_missing_and_one_that_is_blank_is_blank(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path,
        ["机关", "年度", "新收申请", "国家秘密", "重复申请", "新收 自然人"],
        ["示例局", 2024, 5, None, 0, 5],
    )
    assert reports.index["editions"].tolist() == ["applications=2021"]
    told = reports.cells.set_index(["row", "column"])["kind"]
    assert told["denied.state_secret", "total"] == "blank"
    assert told["declined.repeat", "total"] == "number"
    assert told["denied.internal", "total"] == "missing"
    assert len(reports.cells) == 175 and set(reports.cells["table"]) == {"applications"}


def test_main_figures_alone_follow_the_headline_edition_where_blank_tells_nothing(
    tmp_path: Path,
) -> None:
    reports = sheet(
        tmp_path,
        ["agency", "year", "received", "concluded", "denied", "review_total"],
        ["示例局", 2024, 0, 0, None, None],
    )
    assert set(reports.index["editions"].iat[0].split()) == {
        "applications=headline",
        "disputes=headline",
    }
    assert value(reports, "applications", "denied")["kind"] == "missing"
    assert set(gx.check(reports)["verdict"]) <= {"unknown"}


@pytest.mark.parametrize(
    ("printed", "kind", "number"),
    [
        ("１２", "number", 12),
        ("1,234", "number", 1234),
        ("22（其中修订16件）", "annotated", 22),
        ("7件", "unit", 7),
        ("/", "slash", None),
        ("—", "dash", None),
        ("无", "none", None),
        ("约20", "missing", None),
        ("12 34", "missing", None),
        ("=A1+1", "missing", None),
    ],
)
def test_a_value_is_read_as_in_a_report(
    tmp_path: Path, printed: str, kind: str, number: float | None
) -> None:
    reports = sheet(
        tmp_path, ["机关", "年度", "新收申请", "重复申请"], ["示例局", 2024, printed, 1]
    )
    cell = value(reports, "applications", "received")
    assert (cell["kind"], cell["raw"], cell["place"]) == (kind, printed, "row 2, column 新收申请")
    assert (None if pd.isna(cell["value"]) else cell["value"]) == number
    assert len(errors(reports)) == (kind == "missing")


def test_the_place_in_a_workbook_is_sheet_and_cell(tmp_path: Path) -> None:
    reports = sheet(tmp_path, ["机关", "年度", "新收"], ["示例局", 2024, 3], suffix=".xlsx")
    assert value(reports, "applications", "received")["place"] == "sheet Sheet, cell C2"


def test_a_unit_in_the_heading_counts(tmp_path: Path) -> None:
    rows = [["机关", "年度", "行政事业性收费（元）", "新收（件）"], ["示例局", 2024, 251000, 3]]
    fee = value(sheet(tmp_path, *rows), "proactive", "fees", "amount_wan")
    assert (fee["value"], fee["kind"], fee["unit"]) == (25.1, "unit", "万元")
    rows[0][2] = "行政事业性收费（万元）"
    assert value(sheet(tmp_path, *rows), "proactive", "fees", "amount_wan")["value"] == 251000


def test_an_uncalculated_formula_is_no_blank(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path, ["机关", "年度", "新收"], ["示例局", 2024, "=SUM(A1:A2)"], suffix=".xlsx"
    )
    cell = value(reports, "applications", "received")
    assert (cell["kind"], cell["raw"]) == ("missing", "=SUM(A1:A2)")
    assert len(errors(reports)) == 1


def test_headings_may_stand_in_several_rows_with_merged_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["2024年度政府信息公开申请汇总表"])
    page.append(["机关", "年度", "新收申请", None, None, "三、本年度办理结果", None, "行政诉讼"])
    page.append([None, None, "自然人", "法人或其他组织", "总计", "不予公开", None, "总计"])
    page.append([None, None, None, "商业企业", None, "国家秘密", "小计", None])
    page.append(["宿迁市司法局", 2024, 6, 2, 8, 1, 4, 3])
    for area in ("A1:H1", "A2:A4", "B2:B4", "C2:E2", "F2:G2", "F3:G3", "C3:C4", "E3:E4"):
        page.merge_cells(area)
    book.save(tmp_path / "book.xlsx")
    reports = read_sheet(tmp_path / "book.xlsx")
    read = reports.cells.dropna(subset=["value"]).set_index(["row", "column"])["value"]
    assert read.to_dict() == {
        ("received", "natural_person"): 6,
        ("received", "business"): 2,
        ("received", "total"): 8,
        ("denied.state_secret", "total"): 1,
        ("denied", "total"): 4,
        ("litigation", "total"): 3,
    }
    assert len(reports.problems) == 0


def test_a_body_merged_over_its_years_is_that_of_each(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["机关", "年度", "新收"], ["示例局", 2023, 6], [None, 2024, 8]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "book.xlsx")
    assert read_sheet(tmp_path / "book.xlsx").index["agency"].tolist() == ["示例局", "示例局"]


def test_each_visible_sheet_is_read_and_its_name_may_give_the_year(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year, received in ((2023, 5), (2024, 7)):
        page = book.create_sheet(f"{year}年")
        page.append(["机关", "新收"])
        page.append(["示例局", received])
    book.create_sheet("说明").append(["本表由办公室汇总"])
    hidden = book.create_sheet("旧")
    hidden.append(["机关", "新收"])
    hidden.append(["示例局", 1])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    reports = read_sheet(tmp_path / "book.xlsx")
    assert reports.index["year"].tolist() == [2023, 2024]
    told = reports.problems["what"]
    assert told.str.contains("the row gives no year").sum() == 2
    assert told.str.contains("no table of bodies and figures").sum() == 1
    assert errors(reports) == []


def test_what_is_not_understood_is_listed_and_not_read(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path,
        ["机关", "年度", "新收", "其他", "总计", "联系电话"],
        ["宿迁市司法局", 2024, 6, 2, 8, "0527-1"],
    )
    assert reports.cells["value"].sum() == 6
    asked = reports.problems.loc[reports.problems["severity"] == "error"]
    assert asked["what"].str.contains("could be one of several").sum() == 2
    assert asked["advice"].str.startswith("Name the cell").all()
    (unknown,) = reports.problems.loc[reports.problems["severity"] == "warning", "what"]
    assert "联系电话" in unknown


def test_two_columns_of_one_cell_are_neither_read(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path, ["机关", "年度", "新收", "received", "办结"], ["示例局", 2024, 6, 7, 5]
    )
    assert reports.cells["value"].dropna().tolist() == [5]
    assert "name the same cell" in errors(reports)[0]


def test_rows_that_add_up_others_are_not_bodies(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path, ["机关", "年度", "新收"], ["甲局", 2024, 6], ["乙局", 2024, 7], ["合计", 2024, 13]
    )
    assert reports.index["agency"].tolist() == ["甲局", "乙局"]
    assert reports.problems["what"].str.contains("'合计' adds up other rows").sum() == 1


def test_the_same_body_twice_is_said_to_be_so_and_both_are_kept(tmp_path: Path) -> None:
    reports = sheet(tmp_path, ["机关", "年度", "新收"], ["甲局", 2024, 6], ["甲局", 2024, 7])
    assert reports.index["report"].is_unique and len(reports) == 2
    assert "stands twice for 2024" in errors(reports)[0]


def test_the_region_tells_where_a_body_is_and_a_zone_has_no_code(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path,
        ["地区", "机关", "年度", "层级", "口径", "新收"],
        ["北京市朝阳区", "朝外街道办事处", 2024, "乡镇", "本级", 6],
        ["山东省泰安市", "泰安高新区管委会", 2024, None, None, 7],
        ["上海市宝山区", "宝山区人民政府（全区）", 2024, "区级", None, 8],
        ["某地", "某局", 2024, "高级", None, 9],
    )
    index = reports.index
    assert index["division"].astype(object).where(index["division"].notna(), None).tolist() == [
        "110105", None, "310113", None,
    ]  # fmt: skip
    assert index["level"].tolist()[:3] == ["township", index["level"].iat[1], "district"]
    assert index["scope"].tolist() == ["own", "unknown", "aggregate", "unknown"]
    assert index["agency"].iat[2] == "宝山区人民政府"
    assert reports.problems["what"].str.contains("'高级' is no level").sum() == 1
    assert reports.problems["what"].str.contains("泰安高新区").sum() == 1


def test_the_form_of_a_row_is_that_of_its_year(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path,
        ["机关", "年度", "新收", "重复申请", "other", "other.misc", "规章 本年新制作数量"],
        ["甲局", 2020, 6, 1, 2, None, 4],
        ["甲局", 2021, 7, 1, None, 3, None],
        ["甲局", 2022, 7, 1, None, 3, 5],
    )
    assert reports.index["editions"].str.extract(r"applications=(\w+)")[0].tolist() == [
        "2019", "2021", "2021",
    ]  # fmt: skip
    assert reports.problems["what"].str.contains("made .* is not a cell of the form").sum() == 1


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(gx.GxError, match="no row of headings names a body"):
        sheet(tmp_path, ["姓名", "电话"], ["甲", 1])
    with pytest.raises(gx.GxError, match="no row of headings names a body"):
        sheet(tmp_path, ["机关", "年度", "联系人"], ["甲局", 2024, "乙"])
    for name, data in (("a.csv", b""), ("b.xlsx", b"PK\x03\x04broken"), ("c.csv", b"%PDF-1.7 x")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(gx.GxError):
            read_sheet(tmp_path / name)
    with pytest.raises(gx.GxError, match="cannot be opened"):
        read_sheet(tmp_path / "nowhere.csv")


# Measures.


def test_measures_take_the_group_totals_that_a_sheet_gives(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path,
        [
            "机关",
            "年度",
            "办结",
            "予以公开",
            "部分公开",
            "不予公开",
            "无法提供",
            "不予处理",
            "其他处理",
        ],
        ["甲局", 2024, 20, 5, 1, 4, 6, 3, 1],
    )
    frame = gx.outcomes(reports).set_index("outcome")
    assert frame["numerator"].to_dict() == {
        "granted": 5, "partial": 1, "denied": 4, "unavailable": 6, "declined": 3, "other": 1,
    }  # fmt: skip
    assert frame.loc["denied", "share"] == 0.2
    assert set(gx.check(reports).query("check == 'T3-RES'")["verdict"]) == {"holds"}


def test_a_group_total_beside_its_rows_is_not_counted_twice(tmp_path: Path) -> None:
    rows = [r.code for r in load_form("2021").table("applications").rows]
    groups = ["denied", "unavailable"]
    figures = [40, 0, *[1] * (len(rows) - 4), 21, 19]
    reports = sheet(tmp_path, ["agency", "year", *rows, *groups], ["甲局", 2024, *figures, 8, 4])
    detail = gx.outcomes(reports, level="detail")["outcome"].tolist()
    assert "denied" not in detail and "denied.internal" in detail
    group = gx.outcomes(reports).set_index("outcome")["numerator"]
    assert group["denied"] == 8
    assert pd.isna(group["unavailable"])  # 3 rows, but the sheet says 4: neither is the right one


def test_suits_that_are_not_split_are_a_route_of_their_own(tmp_path: Path) -> None:
    reports = sheet(
        tmp_path,
        ["agency", "year", "litigation.upheld", "litigation.corrected", "litigation.other"],
        ["甲局", 2024, 6, 3, 1],
    )
    frame = gx.disputes(reports).set_index("route")
    assert frame.loc["litigation", "rate"] == 0.3
    assert frame["concluded"].notna().sum() == 1


# Writing.


@pytest.fixture(scope="module")
def corpus(samples: gx.Reports) -> gx.Reports:
    """Reports of every edition, with figures, blanks and cells that were not read."""
    drawn = [
        read_back(layout, drawn_sheet(random.Random(7), {"annex": edition}))
        for edition, layout in (("2014", "html"), ("local_dingxi", "lines"))
    ]
    return gx.concat([samples, *drawn])


@every_format
def test_a_written_sheet_reads_back_equal(corpus: gx.Reports, tmp_path: Path, suffix: str) -> None:
    again = read_sheet(write_sheet(corpus, tmp_path / f"all{suffix}"))
    pd.testing.assert_frame_equal(content(again), content(corpus))
    who = ["report", "agency", "year", "division", "level", "scope"]
    pd.testing.assert_frame_equal(again.index[who], corpus.index[who])
    assert errors(again) == []
    assert gx.volumes(again).equals(gx.volumes(corpus))


@every_format
def test_it_reads_back_equal_a_second_time(corpus: gx.Reports, tmp_path: Path, suffix: str) -> None:
    first = read_sheet(write_sheet(corpus, tmp_path / f"one{suffix}"))
    second = read_sheet(write_sheet(first, tmp_path / f"two{suffix}"))
    pd.testing.assert_frame_equal(content(second), content(first))


SIGNS = st.sampled_from(
    ["7", "", "/", "-", "—", "无", "约3", "3/5", "１２", "1,234", "22（其中修订16件）", "7件",
     "0.00001", "+2", "=1+1", "@x", "-", "－1", "0.5", "12 34", "\t"]
)  # fmt: skip


@every_format
@given(signs=st.lists(SIGNS, min_size=4, max_size=4), name=st.sampled_from(["甲局", "=甲局", "@a"]))
@settings(max_examples=12, deadline=None, derandomize=True)
def test_whatever_was_printed_reads_back_with_its_value_and_kind(
    suffix: str, signs: list[str], name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    codes = ["received", "denied.internal", "declined.repeat", "regulation.issued"]
    path = write(folder / "in.csv", [["agency", "year", *codes], [f"'{name}", 2024, *signs]])
    known = read_sheet(path)
    written = write_sheet(known, folder / f"out{suffix}")
    again = read_sheet(written)
    pd.testing.assert_frame_equal(content(again), content(known))
    texts = [cell for row in _texts(written) for cell in row]
    assert not any(text.startswith(("=", "@", "+", "\t")) for text in texts)


def _texts(path: Path) -> list[list[str]]:
    """Every text that a spreadsheet would take for a formula if it began like one."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    page = openpyxl.load_workbook(path).active
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    return [["" for _ in row] for row in page.iter_rows()]


def test_figures_are_numbers_in_the_workbook_and_unread_cells_say_so(
    samples: gx.Reports, tmp_path: Path
) -> None:
    page = openpyxl.load_workbook(write_sheet(samples, tmp_path / "all.xlsx")).active
    header = [cell.value for cell in page[1]]
    received = header.index("received") + 1
    kinds = {type(page.cell(row, received).value) for row in range(2, page.max_row + 1)}
    assert kinds == {int, type(None)}
    assert page.max_row == len(samples) + 1


def test_no_column_is_written_that_no_report_has(tmp_path: Path) -> None:
    drawn = read_back("html", drawn_sheet(random.Random(3), {"annex": "local_fujian"}))
    page = write_sheet(drawn, tmp_path / "one.csv").read_text(encoding="utf-8-sig")
    codes = [name for name in page.splitlines()[0].split(",") if "." in name]
    assert len(codes) == 32 and all(code.startswith("annex.") for code in codes)


def test_another_suffix_is_refused(samples: gx.Reports, tmp_path: Path) -> None:
    with pytest.raises(gx.GxError, match=r"all\.ods is neither \.xlsx nor \.csv"):
        write_sheet(samples, tmp_path / "all.ods")


def test_no_reports_are_a_sheet_of_headings(tmp_path: Path) -> None:
    path = write_sheet(gx.concat([]), tmp_path / "none.csv")
    assert path.read_text(encoding="utf-8-sig").startswith("report,agency")


# data/headline.csv.


@pytest.fixture(scope="module")
def headline() -> gx.Reports:
    return read_sheet(HEADLINE)


def table() -> list[dict[str, str]]:
    text = HEADLINE.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_row_of_the_headline_figures_is_read_without_an_error(headline: gx.Reports) -> None:
    assert len(headline) == len(table()) >= 189
    assert errors(headline) == []
    assert headline.index["report"].is_unique
    assert headline.index[["agency", "year", "level", "source"]].notna().all().all()


def test_every_headline_figure_is_that_of_the_sheet(headline: gx.Reports) -> None:
    cells = headline.cells.assign(
        code=[code_of(key) for key in zip(
            headline.cells["table"], headline.cells["row"], headline.cells["column"], strict=True
        )]
    ).set_index(["report", "code"])["value"]  # fmt: skip
    checked = 0
    for report, row in zip(headline.index["report"], table(), strict=True):
        for code in set_headline.FIGURES:
            plain = row["received_basis"] in ("received", "sum_of_printed_parts")
            known = float(row[code]) if row[code] and (plain or code != "received") else None
            read = cells[report, code]
            assert (None if pd.isna(read) else read) == known, (report, code)
            checked += known is not None
    assert checked > 750


def test_a_received_figure_that_is_no_plain_one_is_not_compared_in_silence(
    headline: gx.Reports,
) -> None:
    basis = [row["received_basis"] for row in table()]
    received = headline.cells.query("row == 'received' and column == 'total'")
    told = headline.problems.loc[headline.problems["severity"] == "warning"]
    for report, how, cell in zip(
        headline.index["report"], basis, received.itertuples(), strict=True
    ):
        own = told.loc[told["report"] == report, "what"]
        assert own.str.contains("received figure").sum() == (how != "received")
        if how in ("includes_carried", "handled_wording"):
            assert pd.isna(cell.value) and cell.raw and cell.kind == "missing"
    assert sum(how != "received" for how in basis) == 17


def test_a_blank_headline_figure_is_unknown_and_never_zero(headline: gx.Reports) -> None:
    assert set(headline.cells["kind"]) == {"number", "missing"}
    findings = gx.check(headline).query("check == 'T3-BAL'")
    assert set(findings["convention"]) == {"as printed"}
    broken = findings.loc[findings["verdict"] == "broken", ["agency", "year"]]
    assert sorted(map(tuple, broken.to_numpy())) == [
        ("江宁区人民政府", 2022),
        ("硚口区人民政府办公室", 2025),
    ]


def test_all_measures_work_on_the_headline_figures(headline: gx.Reports) -> None:
    volumes = gx.volumes(headline)
    assert len(volumes) == len(headline)
    assert volumes["carried_in"].notna().sum() == 61
    groups = gx.outcomes(headline).dropna(subset=["numerator"])["outcome"].unique()
    assert set(groups) == {"granted", "partial", "denied", "unavailable", "declined", "other"}
    totals = gx.disputes(headline).dropna(subset=["total"])["route"].value_counts().to_dict()
    assert totals == {"review": 67, "litigation": 61}
    assert gx.proactive(headline)["value"].notna().sum() > 100


@every_format
def test_the_headline_figures_are_written_and_read_back_equal(
    headline: gx.Reports, tmp_path: Path, suffix: str
) -> None:
    again = read_sheet(write_sheet(headline, tmp_path / f"again{suffix}"))
    pd.testing.assert_frame_equal(content(again), content(headline))


def test_the_notes_are_our_own_words() -> None:
    words = set(set_headline.WARNINGS.values())
    for row in table():
        assert set(filter(None, row["notes"].split("；"))) <= words


def test_the_sheet_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    assert HEADLINE.read_bytes().startswith(b"\xef\xbb\xbfregion,agency,level,scope,year")
    for row in table():
        assert not any(text.startswith(("=", "+", "-", "@")) for text in row.values())


@needs_panel
def test_the_headline_figures_are_in_step_with_the_panel() -> None:
    panel = set_headline.PANEL.read_text(encoding="utf-8")
    assert HEADLINE.read_bytes() == set_headline.sheet(panel), "run `python -m tests.set_headline`"


def test_every_way_to_word_a_received_figure_is_known() -> None:
    known = {"received", "includes_carried", "handled_wording", "sum_of_printed_parts"}
    assert {row["received_basis"] for row in table()} <= known


def test_reports_and_compiled_figures_stand_in_one_frame(
    headline: gx.Reports, samples: gx.Reports
) -> None:
    both = gx.concat([samples, headline])
    assert len(both) == len(samples) + len(headline)
    assert len(gx.volumes(both)) == len(gx.volumes(samples)) + len(headline)
    alone = gx.outcomes(samples)
    joined = gx.outcomes(both)
    part = joined.loc[joined["report"].isin(alone["report"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, alone)


def test_a_name_that_begins_like_a_formula_comes_back_as_it_was(tmp_path: Path) -> None:
    known = sheet(tmp_path, ["agency", "year", "received"], ["=甲局", 2024, 3])
    for suffix in SUFFIXES:
        again = read_sheet(write_sheet(known, tmp_path / f"out{suffix}"))
        assert again.index["agency"].tolist() == ["=甲局"]
