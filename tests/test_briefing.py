"""A briefing says what the frames say, in native charts and safe cells, byte for byte the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

import gxtools as gx
from gxtools import metrics
from gxtools.briefing import write_briefing
from gxtools.briefing.archive import clean, put_text
from gxtools.briefing.findings import findings
from gxtools.briefing.frames import gather
from gxtools.briefing.lettering import FACE
from gxtools.briefing.words import say
from gxtools.checks import check
from gxtools.errors import FileError, InputError
from gxtools.forms import label
from gxtools.reports import Reports

DATA = Path(__file__).parents[1] / "data" / "reports"
PINGTAN, HONGZE, SUQIAN = "平潭综合实验区管委会", "淮安市洪泽区人民政府", "宿迁市人民政府"
NOTHING_APPLIED = "朝阳区科技局"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
GROUPS = ("granted", "partial", "denied", "unavailable", "declined", "other")


@pytest.fixture(scope="module")
def reports() -> Reports:
    return gx.read_all(DATA, progress=False)


@pytest.fixture(scope="module")
def deck(reports: Reports, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """All sample bodies."""
    path = write_briefing(reports, tmp_path_factory.mktemp("deck") / "all.pptx")
    return Presentation(str(path))


@pytest.fixture(scope="module")
def book(reports: Reports, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = write_briefing(reports, tmp_path_factory.mktemp("book") / "all.xlsx")
    return openpyxl.load_workbook(path)


def one(reports: Reports, agency: str, year: int) -> Reports:
    return reports.select(agency=agency, year=year)


def copies(reports: Reports, names: list[str], **changes: str) -> Reports:
    """One report once for each name, as that of another body."""
    assert len(reports) == 1
    parts = []
    for i, name in enumerate(names):
        report = f"copy-{i}"
        index = reports.index.assign(report=report, agency=name, **changes)
        frames = (reports.cells, reports.sections, reports.problems)
        parts.append(Reports(index, *(frame.assign(report=report) for frame in frames)))
    return gx.concat(parts)


def edited(
    reports: Reports, where: dict[tuple[str, str], float | None], report: str = ""
) -> Reports:
    """The reports with cells of section 三 changed: (row, column) -> value, None as not read."""
    cells = reports.cells.copy()
    for (row, column), value in where.items():
        at = (cells["row"] == row) & (cells["column"] == column)
        at &= cells["report"].eq(report) if report else True
        assert at.any(), (row, column)
        cells.loc[at, "value"] = pd.NA if value is None else value
        cells.loc[at, "kind"] = "missing" if value is None else "number"
    return replace(reports, cells=cells)


def brief(reports: Reports, folder: Path, **options: Any) -> Any:
    return Presentation(str(write_briefing(reports, folder / "briefing.pptx", **options)))


def title(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def slides(deck: Any, start: str) -> list[Any]:
    found = [slide for slide in deck.slides if title(slide).startswith(start)]
    assert found, [title(slide) for slide in deck.slides]
    return found


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def chart_of(deck: Any, start: str) -> Any:
    return charts(slides(deck, start)[0])[0]


def rows_of(slide: Any) -> list[list[str]]:
    """The rows of a slide's table without its header."""
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]


def named(slide: Any, name: str) -> str:
    texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame and s.name == name]
    return "\n".join(texts)


def series(chart: Any) -> dict[str, list[float | None]]:
    return {one.name: list(one.values) for one in chart.plots[0].series}


def all_text(deck: Any) -> str:
    parts = []
    for slide in deck.slides:
        for shape in slide.shapes:
            parts += [shape.text_frame.text] if shape.has_text_frame else []
            if shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def close(left: float | None, right: Any) -> bool:
    """Equal to the sixteen digits that a workbook keeps, or both missing."""
    if left is None or pd.isna(right):
        return left is None and bool(pd.isna(right))
    return bool(abs(left - right) < 1e-12)


# What may be asked for


def test_another_suffix_is_refused_and_what_is_possible_is_named(
    reports: Reports, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"\.pptx, \.docx, \.xlsx, \.html"):
        write_briefing(reports, tmp_path / "briefing.odp")


def test_no_reports_make_no_briefing(reports: Reports, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no report"):
        write_briefing(reports.only([]), tmp_path / "briefing.pptx")


def test_an_unknown_body_is_refused_and_the_nearest_name_comes_first(
    reports: Reports, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=f"There are: {HONGZE}, "):
        write_briefing(reports, tmp_path / "briefing.pptx", focus="淮安市洪泽区政府")


@pytest.mark.parametrize("name", ["洪泽区", "洪泽区人民政府", HONGZE])
def test_a_body_may_be_named_by_what_it_governs(reports: Reports, name: str) -> None:
    assert gather(reports, focus=name).focus == (HONGZE,)


def test_a_name_that_fits_several_bodies_is_refused_and_they_are_listed(reports: Reports) -> None:
    with pytest.raises(InputError, match=r"names 2 bodies.*上海市人民政府办公厅, 上海市科学技术"):
        gather(reports, focus="上海市")


def test_years_without_a_report_are_refused_and_those_there_are_named(
    reports: Reports, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"2023, 2024, 2025\."):
        write_briefing(reports, tmp_path / "briefing.pptx", years=1999)


@pytest.mark.parametrize("years", ["2024", True, (2024, 2021)])
def test_years_that_mean_nothing_are_refused(reports: Reports, tmp_path: Path, years: Any) -> None:
    with pytest.raises(InputError):
        write_briefing(reports, tmp_path / "briefing.pptx", years=years)


@pytest.mark.parametrize(
    ("years", "meant"),
    [
        (2024, {2024}),
        ((2021, 2023), {2021, 2022, 2023}),
        ([2021, 2023], {2021, 2023}),
        (range(2023, 2025), {2023, 2024}),
    ],
)
def test_years_are_one_a_range_or_a_list(reports: Reports, years: Any, meant: set[int]) -> None:
    assert set(gather(reports, years=years).index["year"]) == meant


def test_another_language_is_refused(reports: Reports, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="zh, en"):
        write_briefing(reports, tmp_path / "briefing.xlsx", lang="fr")


def test_a_template_that_is_absent_or_no_presentation_is_refused(
    reports: Reports, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match="no such template"):
        write_briefing(reports, tmp_path / "b.pptx", template=tmp_path / "none.pptx")
    text = tmp_path / "text.pptx"
    text.write_text("no archive", encoding="utf-8")
    with pytest.raises(InputError, match="no presentation"):
        write_briefing(reports, tmp_path / "b.pptx", template=text)


def test_folders_are_made_and_the_path_comes_back(reports: Reports, tmp_path: Path) -> None:
    path = write_briefing(one(reports, HONGZE, 2024), str(tmp_path / "a" / "b" / "x.PPTX"))
    assert path == tmp_path / "a" / "b" / "x.PPTX"
    assert path.stat().st_size > 10_000


# The same bytes


def members(content: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Every file of an Office archive, those of the workbooks in it too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            inner = archive.read(info)
            yield info, inner
            if info.filename.endswith(".xlsx"):
                yield from members(inner)


@pytest.mark.parametrize("suffix", [".pptx", ".xlsx"])
def test_the_same_reports_give_the_same_bytes_and_no_date_of_today(
    reports: Reports, tmp_path: Path, suffix: str
) -> None:
    part = reports.select(agency=HONGZE)
    first = write_briefing(part, tmp_path / f"a{suffix}").read_bytes()
    assert first == write_briefing(part, tmp_path / f"b{suffix}").read_bytes()
    inside = list(members(first))
    assert {info.date_time for info, _ in inside} == {(1980, 1, 1, 0, 0, 0)}
    cores = [text.decode() for info, text in inside if info.filename == "docProps/core.xml"]
    assert cores
    for core in cores:
        assert core.count("2000-01-01T00:00:00Z") == 2


# Slides


def test_slides_are_wide_and_in_the_order_of_a_briefing(deck: Any) -> None:
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9)
    wanted = ["主要数字", "申请量", "办理结果", "行政复议", "比较", "核对", "来源", "口径"]
    titles = [title(slide) for slide in deck.slides][1:]
    places = [next(i for i, t in enumerate(titles) if t.startswith(w)) for w in wanted]
    assert places == sorted(places)


def test_all_text_has_its_east_asian_typeface_in_slides_and_charts(deck: Any) -> None:
    roots = [slide._element for slide in deck.slides]
    roots += [chart._chartSpace for slide in deck.slides for chart in charts(slide)]
    seen = 0
    for root in roots:
        for run in root.iter(f"{A}r", f"{A}fld"):
            assert run.find(f"{A}rPr") is not None
        for properties in root.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
            for tag in ("latin", "ea", "cs"):
                assert properties.find(A + tag).get("typeface") == FACE
            seen += 1
    assert seen > 100


def test_the_outcomes_are_a_native_chart_of_100_per_cent_with_the_shares_of_the_frame(
    reports: Reports, tmp_path: Path
) -> None:
    chart = chart_of(brief(reports.select(agency=SUQIAN), tmp_path), "办理结果")
    assert chart.chart_type == XL_CHART_TYPE.BAR_STACKED_100
    drawn = series(chart)
    frame = metrics.outcomes(reports.select(agency=SUQIAN)).set_index(["year", "outcome"])["share"]
    assert list(drawn) == [label(group, axis="outcome") for group in GROUPS]
    for group in GROUPS:
        values = drawn[label(group, axis="outcome")]
        for year, value in zip((2023, 2024), values, strict=True):
            assert close(value, frame[year, group])


def test_every_chart_can_be_edited_from_the_workbook_that_it_carries(deck: Any) -> None:
    count = 0
    for slide in deck.slides:
        for chart in charts(slide):
            blob = chart.part.chart_workbook.xlsx_part.blob
            sheet = openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]
            rows = list(sheet.iter_rows(min_row=2, values_only=True))
            assert [row[0] for row in rows] == list(chart.plots[0].categories)
            for i, (name, values) in enumerate(series(chart).items(), start=1):
                assert sheet.cell(1, i + 1).value == name
                assert all(close(row[i], v) for row, v in zip(rows, values, strict=True))
            count += 1
    assert count >= 6


def test_one_body_has_a_column_a_year_and_a_gap_where_a_year_is_missing(
    reports: Reports, tmp_path: Path
) -> None:
    part = reports.select(agency=PINGTAN, year=[2019, 2021, 2022, 2023, 2024, 2025])
    chart = chart_of(brief(part, tmp_path), "申请量")
    assert chart.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = metrics.volumes(part).set_index("year")
    assert list(chart.plots[0].categories)[:3] == ["2019", "2020 无数据", "2021"]
    for code in ("received", "concluded", "carried_out"):
        values = series(chart)[label(code, axis="outcome")]
        assert values[1] is None
        known = [value for i, value in enumerate(values) if i != 1]
        assert all(close(v, w) for v, w in zip(known, frame[code], strict=True))
    assert chart._chartSpace.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_the_table_under_a_chart_has_the_figures_of_the_frame(
    reports: Reports, tmp_path: Path
) -> None:
    part = reports.select(agency=SUQIAN)
    rows = rows_of(slides(brief(part, tmp_path), "申请量")[0])
    frame = metrics.volumes(part)
    codes = ["received", "carried_in", "handled", "concluded", "carried_out"]
    wanted = [[str(row["year"]), *(f"{row[c]:,.0f}" for c in codes)] for _, row in frame.iterrows()]
    assert rows == wanted


def test_a_few_bodies_are_lines_that_do_not_cross_missing_years(
    reports: Reports, tmp_path: Path
) -> None:
    part = reports.select(agency=[PINGTAN, HONGZE], year=[2019, 2021, 2022, 2023, 2024])
    chart = chart_of(brief(part, tmp_path), "申请量")
    assert chart.chart_type == XL_CHART_TYPE.LINE_MARKERS
    frame = metrics.volumes(part).set_index(["agency", "year"])["received"]
    for body, values in series(chart).items():
        for year, value in zip(range(2019, 2025), values, strict=False):
            assert close(value, frame.get((body, year), pd.NA))
    assert series(chart)[PINGTAN][1] is None


def test_reviews_and_suits_are_a_panel_of_counts_for_each_route(
    reports: Reports, tmp_path: Path
) -> None:
    part = reports.select(agency=SUQIAN)
    panels = charts(slides(brief(part, tmp_path), "行政复议")[0])
    frame = metrics.disputes(part).set_index(["route", "year"])
    routes = list(dict.fromkeys(metrics.disputes(part)["route"]))
    assert len(panels) == len(routes) == 3
    for route, chart in zip(routes, panels, strict=True):
        assert chart.chart_type == XL_CHART_TYPE.BAR_STACKED
        for code in ("upheld", "corrected", "other", "pending"):
            values = series(chart)[label(code, axis="result")]
            assert values == frame.loc[route, code].tolist()


def test_a_bar_is_as_long_for_a_case_in_every_panel(reports: Reports, tmp_path: Path) -> None:
    slide = slides(brief(reports.select(agency=SUQIAN), tmp_path), "行政复议")[0]
    lengths = []
    for shape in slide.shapes:
        if shape.has_chart:
            inner = float(shape.chart._chartSpace.find(f".//{C}manualLayout/{C}w").get("val"))
            lengths.append(shape.width * inner / shape.chart.value_axis.maximum_scale)
    assert lengths == pytest.approx([lengths[0]] * 3, rel=0.01)


def test_a_printed_total_stays_beside_the_sum_of_its_parts(
    reports: Reports, tmp_path: Path
) -> None:
    rows = rows_of(slides(brief(one(reports, HONGZE, 2023), tmp_path), "行政复议")[0])
    assert rows == [["2023", "1/11", "0（分项11）", "0/0", "0", "0/5", "0（分项5）"]]


def test_a_body_without_applications_has_words_and_no_empty_chart(
    reports: Reports, tmp_path: Path
) -> None:
    made = brief(reports.select(agency=NOTHING_APPLIED), tmp_path)
    for start, why in (("申请量", "均为0"), ("办理结果", "分母"), ("行政复议", "均为0")):
        slide = slides(made, start)[0]
        assert not charts(slide)
        assert why in named(slide, "Lead")


def test_below_thirty_the_bars_show_counts(reports: Reports, tmp_path: Path) -> None:
    chart = chart_of(brief(one(reports, HONGZE, 2023), tmp_path), "办理结果")
    texts = [run.text for run in chart._chartSpace.iter(f"{A}t")]
    frame = metrics.outcomes(one(reports, HONGZE, 2023))
    shown = frame.loc[frame["share"] >= 0.055, "numerator"]
    assert texts == [f"{value:.0f}" for value in shown]
    assert list(chart.plots[0].categories) == ["2023 (n=21)"]


def test_what_was_not_read_is_a_part_of_its_own_and_stretches_nothing(
    reports: Reports, tmp_path: Path
) -> None:
    part = edited(one(reports, SUQIAN, 2024), {("granted", "total"): None})
    made = brief(part, tmp_path)
    drawn = series(chart_of(made, "办理结果"))
    assert drawn[label("granted", axis="outcome")] == [None]
    shares = metrics.outcomes(part).set_index("outcome")["share"]
    assert close(drawn[label("partial", axis="outcome")][0], shares["partial"])
    assert sum(values[0] or 0 for values in drawn.values()) == pytest.approx(1)
    assert len(drawn) == 7
    assert "不计算公开率" in all_text(made)


def test_parts_that_exceed_their_total_are_named_and_not_drawn(
    reports: Reports, tmp_path: Path
) -> None:
    part = reports.select(agency=SUQIAN)
    report = part.index.loc[part.index["year"] == 2024, "report"].iloc[0]
    total = metrics.outcomes(part).set_index("report").loc[report, "denominator"].iloc[0]
    made = brief(edited(part, {("granted", "total"): total}, report), tmp_path)
    slide = slides(made, "办理结果")[0]
    assert all(values[1] is None for values in series(charts(slide)[0]).values())
    assert "分项之和大于总计，未画：2024" in named(slide, "Footer")


def test_every_measure_names_its_formula_its_n_and_its_source(deck: Any) -> None:
    for start in ("申请量", "办理结果", "行政复议"):
        footer = named(slides(deck, start)[0], "Footer")
        assert "口径：" in footer
        assert "n=17份报告，9个机关" in footer
        assert "来源：年度报告" in footer


# Comparison


def interval(chart: Any, side: str) -> list[float]:
    return [float(v.text) for v in chart._chartSpace.iterfind(f".//{C}errBars/{C}{side}//{C}v")]


def test_bodies_are_compared_within_one_scope_by_number_with_their_intervals(
    reports: Reports, deck: Any
) -> None:
    chart = chart_of(deck, "比较：公开率，汇总")
    frame = gather(reports.select(year=2024, scope="aggregate")).disclosed
    frame = frame.loc[frame["denominator"] >= 30].sort_values("denominator", ascending=False)
    assert len(frame) >= 3
    names = [name.split(" ")[0] for name in chart.plots[0].categories]
    assert names == frame["agency"].tolist()
    assert series(chart) == {"公开率": frame["share"].tolist()}
    assert interval(chart, "minus") == (frame["share"] - frame["low"]).tolist()
    assert interval(chart, "plus") == (frame["high"] - frame["share"]).tolist()


def test_the_interval_of_a_sum_of_groups_is_the_one_of_the_measures(reports: Reports) -> None:
    frame = gather(one(reports, HONGZE, 2023)).disclosed.iloc[0]
    assert (frame["numerator"], frame["denominator"]) == (4, 21)
    partial = metrics.outcomes(one(reports, HONGZE, 2023)).set_index("outcome").loc["partial"]
    assert partial["numerator"] == 4  # nothing was granted whole: the two shares are the same
    for name in ("share", "low", "high"):
        assert frame[name] == pytest.approx(partial[name])


def test_a_body_below_thirty_is_not_drawn_beside_others_and_has_counts_in_the_table(
    reports: Reports, tmp_path: Path
) -> None:
    made = brief(reports.select(year=2023), tmp_path)
    frame = gather(reports.select(year=2023)).disclosed
    small = frame.loc[frame["denominator"] < 30]
    assert len(small) >= 2
    compared = [
        c for slide in made.slides if title(slide).startswith("比较：公开率") for c in charts(slide)
    ]
    drawn = [name for chart in compared for name in chart.plots[0].categories]
    rows = {row[0]: row for slide in slides(made, "比较：各机关") for row in rows_of(slide)}
    for _, row in small.iterrows():
        assert not any(row["agency"] in name for name in drawn)
        assert rows[row["agency"]][2:4] == [
            f"{row['numerator']:.0f}/{row['denominator']:.0f}",
            "n<30",
        ]


def test_the_body_of_the_focus_stands_out_among_those_it_is_compared_with(
    reports: Reports, tmp_path: Path
) -> None:
    made = brief(reports, tmp_path, focus=HONGZE)
    assert title(slides(made, "申请量")[0]).startswith(f"申请量（件）：{HONGZE}")
    chart = chart_of(made, "比较：公开率，汇总")
    names = list(chart.plots[0].categories)
    marked = [int(i.get("val")) for i in chart._chartSpace.iterfind(f".//{C}dPt/{C}idx")]
    assert [names[i].split(" ")[0] for i in marked] == [HONGZE]
    assert rows_of(slides(made, "比较：各机关")[0])[0][0] == HONGZE
    assert "对照：其余8个机关" in all_text(made)


def test_sixty_bodies_are_drawn_to_a_readable_number_and_listed_whole(
    reports: Reports, tmp_path: Path
) -> None:
    names = [f"示例省第{i}市人民政府" for i in range(60)]
    made = brief(copies(one(reports, SUQIAN, 2024), names), tmp_path)
    for start in ("申请量", "办理结果", "行政复议", "比较：公开率"):
        slide = slides(made, start)[0]
        assert all(len(chart.plots[0].categories) == 20 for chart in charts(slide))
        assert "另有40个机关未画" in named(slide, "Footer").replace(" ", "")
    tables = slides(made, "比较：各机关")
    assert len(tables) > 1
    assert title(tables[-1]).endswith(f"（{len(tables)}/{len(tables)}）")
    listed = [row[0] for slide in tables for row in rows_of(slide)]
    assert sorted(listed) == sorted(names)


def test_names_that_are_cut_in_a_chart_can_still_be_told_apart(
    reports: Reports, tmp_path: Path
) -> None:
    names = [
        f"示例省示例自治州示例自治县第{i}镇人民政府（知识产权局、无线电管理局）" for i in range(9)
    ]
    chart = chart_of(brief(copies(one(reports, SUQIAN, 2024), names), tmp_path), "办理结果")
    drawn = list(chart.plots[0].categories)
    assert len(set(drawn)) == 9
    assert all(len(name) < 40 for name in drawn)


# Checks, sources, findings


def test_broken_sums_are_listed_with_both_sides_and_the_gap(reports: Reports, deck: Any) -> None:
    found = check(reports)
    broken = found.loc[found["verdict"] == "broken"].sort_values("severity", kind="stable")
    rows = [row for slide in slides(deck, "核对") for row in rows_of(slide)]
    assert len(rows) == len(broken) >= 2
    for row, (_, finding) in zip(rows, broken.iterrows(), strict=True):
        assert row[:2] == [finding["agency"], str(finding["year"])]
        assert row[5:] == [f"{finding[name]:.0f}" for name in ("left", "right", "gap")]
        assert re.findall(r"\d+", finding["place"]) == re.findall(r"\d+", row[4])
        assert not re.search(r"table|row|column|line|sheet|cell", row[4])
    hard = found.loc[found["severity"] == "error", "verdict"].value_counts()
    lead = named(slides(deck, "核对")[0], "Lead")
    assert f"共核对合计{hard.sum()}项：相符{hard['holds']}项，不符{hard['broken']}项" in lead


def test_a_clean_set_says_so_in_a_line(reports: Reports, tmp_path: Path) -> None:
    slide = slides(brief(reports.select(agency=NOTHING_APPLIED), tmp_path), "核对")[0]
    assert "没有发现不符的合计" in named(slide, "Lead")
    assert "不符0项" in named(slide, "Lead")
    assert not rows_of(slide)


def test_every_report_is_listed_with_its_source_and_the_cells_found(
    reports: Reports, deck: Any
) -> None:
    rows = [row for slide in slides(deck, "来源") for row in rows_of(slide)]
    index = reports.index
    assert len(rows) == len(index)
    for row, (_, report) in zip(rows, index.iterrows(), strict=True):
        assert row[0] == report["agency"]
        assert row[4] == report["source"]
        assert row[5] == f"{report['found']}/{report['expected']}"


def test_without_a_source_the_name_of_the_file_is_given_without_its_folders(
    reports: Reports, tmp_path: Path
) -> None:
    part = one(reports, HONGZE, 2024)
    index = part.index.assign(
        source=pd.Series([pd.NA], dtype="str"), file="/home/someone/a b/x.docx"
    )
    made = brief(replace(part, index=index), tmp_path)
    assert rows_of(slides(made, "来源")[0])[0][4] == "x.docx"
    assert "someone" not in all_text(made)


def test_the_findings_say_the_figures_with_n_and_formula(reports: Reports) -> None:
    told = findings(gather(reports.select(agency=SUQIAN)), "zh")
    volumes = metrics.volumes(reports.select(agency=SUQIAN)).set_index("year")
    now, last = (int(volumes.loc[year, "received"]) for year in (2024, 2023))
    assert told[0].text == (
        f"2024年，{SUQIAN}新收申请{now:,}件，比2023年（{last:,}件）增加{now - last}件，"
        f"同比增长{(now - last) / last:.1%}。"
    )
    share = gather(reports.select(agency=SUQIAN)).disclosed.set_index("year").loc[2024]
    assert (
        f"占{share['share']:.1%}（95%区间{share['low']:.1%}–{share['high']:.1%}）" in told[2].text
    )
    assert all("n = " in finding.basis for finding in told)
    assert all("口径" in finding.basis for finding in told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_findings_give_no_cause_and_no_rank(reports: Reports, lang: str) -> None:
    words = ("因为", "由于", "导致", "排名", "第一名", "最差", "because", "due to", "rank", "worst")
    for options in ({}, {"focus": PINGTAN}, {"focus": HONGZE}):
        for finding in findings(gather(reports, **options), lang):
            assert not any(word in finding.text.lower() for word in words)


def test_below_thirty_a_finding_gives_counts_and_no_share(reports: Reports) -> None:
    told = findings(gather(one(reports, HONGZE, 2023)), "zh")
    assert "4件；不足30件，不作比例比较" in told[2].text
    about_body = [finding.text for finding in told if HONGZE in finding.text]
    assert len(about_body) >= 4
    assert not any("%" in text for text in about_body)


def test_a_change_against_a_small_number_is_not_given_in_per_cent(reports: Reports) -> None:
    text = findings(gather(reports.select(agency=HONGZE)), "zh")[0].text
    assert "比2023年（21件）增加74件" in text
    assert "%" not in text


def test_a_missing_year_is_not_bridged_by_a_change(reports: Reports) -> None:
    told = findings(gather(reports.select(agency=PINGTAN, year=[2019, 2021])), "zh")
    assert "没有2020年的数字，不作同比" in told[0].text


def test_figures_that_were_not_read_are_said_to_be_missing(reports: Reports) -> None:
    part = edited(one(reports, SUQIAN, 2024), {("received", "total"): None})
    told = findings(gather(part), "zh")
    assert told[0].text == f"2024年，{SUQIAN}的新收申请数未填或未读到。"
    assert "新收申请未填或未读到" in told[1].text


def test_figures_that_are_not_printed_as_they_stand_are_marked_as_derived(
    reports: Reports, tmp_path: Path
) -> None:
    part = one(reports, "上海市人民政府办公厅", 2019)  # leaves zeros and totals blank
    assert (metrics.outcomes(part)["basis"] == "derived").all()
    made = brief(part, tmp_path)
    assert "推算（表内留空，由合计关系得出）：2019" in named(slides(made, "办理结果")[0], "Footer")
    told = {finding.topic: finding.basis for finding in findings(gather(part), "zh")}
    assert "含推算数" in told["disclosed"] and "含推算数" in told["routes"]
    book = openpyxl.load_workbook(write_briefing(part, tmp_path / "b.xlsx"))
    assert {row["basis"] for row in values(book, "办理结果")} == {"推算"}
    blank = [row for row in values(book, "figures") if row["kind"] == "空白"]
    assert blank and all(row["value"] is None for row in blank)  # as printed, not as derived


def test_a_body_whose_form_has_no_table_of_applications_is_briefed_all_the_same(
    reports: Reports, tmp_path: Path
) -> None:
    old = reports.index.loc[reports.index["editions"].str.contains("local"), "report"]
    assert len(old)
    made = brief(reports.only(old), tmp_path)
    assert "没有可比的申请情况表" in all_text(made)
    write_briefing(reports.only(old), tmp_path / "old.xlsx")


# The look of a page


def apart(one_box: Any, other: Any) -> bool:
    return bool(
        one_box.top + one_box.height <= other.top + 1
        or other.top + other.height <= one_box.top + 1
        or one_box.left + one_box.width <= other.left + 1
        or other.left + other.width <= one_box.left + 1
    )


@pytest.mark.parametrize("options", [{}, {"lang": "en"}, {"focus": PINGTAN}, {"template": True}])
def test_nothing_overlaps_and_nothing_leaves_the_page(
    reports: Reports, tmp_path: Path, options: dict[str, Any]
) -> None:
    if "template" in options:  # narrower, with its titles lower
        Presentation().save(str(tmp_path / "template.pptx"))
        options = {"template": tmp_path / "template.pptx", "focus": PINGTAN}
    made = brief(reports, tmp_path, **options)
    for slide in made.slides:
        boxes = [s for s in slide.shapes if s.name in ("Title", "Lead", "Table", "Chart", "Footer")]
        for i, box in enumerate(boxes):
            assert box.left >= 0 and box.top >= 0
            assert box.left + box.width <= made.slide_width
            assert box.top + box.height <= made.slide_height
            for other in boxes[i + 1 :]:
                assert apart(box, other), (title(slide), box.name, other.name)


def test_in_english_every_heading_is_english(reports: Reports, tmp_path: Path) -> None:
    made = brief(reports, tmp_path, lang="en")
    assert all(title(slide).isascii() or "–" in title(slide) for slide in list(made.slides)[1:])
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_table:
                assert all(cell.text.isascii() for cell in shape.table.rows[0].cells)
        assert not set(named(slide, "Footer")) & set("口径来源汇总件个")
    assert next(iter(series(chart_of(made, "Outcomes")))) == label("granted", "en", axis="outcome")


def test_a_template_gives_its_size_and_layouts_and_not_its_slides(
    reports: Reports, tmp_path: Path
) -> None:
    template = Presentation()  # 4:3
    template.slide_master.name = "house style"
    template.slides.add_slide(template.slide_layouts[0]).shapes.title.text = "the template's own"
    template.save(str(tmp_path / "template.pptx"))
    made = brief(one(reports, SUQIAN, 2024), tmp_path, template=tmp_path / "template.pptx")
    assert made.slide_width / made.slide_height == pytest.approx(4 / 3)
    assert made.slide_master.name == "house style"
    assert "the template's own" not in all_text(made)
    assert {slide.slide_layout.name for slide in made.slides} == {"Title Slide", "Title Only"}
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= made.slide_width


def test_a_template_without_places_for_text_loses_none(reports: Reports, tmp_path: Path) -> None:
    template = Presentation()
    for layout in template.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    template.save(str(tmp_path / "template.pptx"))
    part = one(reports, SUQIAN, 2024)
    bare = brief(part, tmp_path, template=tmp_path / "template.pptx").slides
    plain = brief(part, tmp_path).slides
    first, wanted = ([s.text_frame.text for s in own[0].shapes] for own in (bare, plain))
    assert [text for text in wanted if text] == first
    titles = {named(slide, "Title").partition("（")[0] for slide in list(bare)[1:]}
    assert titles == {named(slide, "Title").partition("（")[0] for slide in list(plain)[1:]}


# The workbook


def values(book: Any, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the codes of its columns, which the workbook lists itself."""
    codes = {
        (row[0], row[1]): row[2]
        for row in book["表头与代码"].iter_rows(min_row=2, values_only=True)
    }
    rows = list(book[sheet].iter_rows(values_only=True))
    names = [codes[sheet, heading] for heading in rows[0]]
    return [dict(zip(names, row, strict=True)) for row in rows[1:]]


MEASURES = {
    "申请量": (metrics.volumes, ["received", "carried_in", "handled", "concluded", "carried_out"]),
    "办理结果": (metrics.outcomes, ["numerator", "denominator", "share", "low", "high"]),
    "申请人": (metrics.applicants, ["numerator", "denominator", "share", "low", "high"]),
    "复议诉讼": (
        metrics.disputes,
        ["upheld", "corrected", "other", "pending", "total", "concluded", "rate", "low", "high"],
    ),
    "主动公开": (metrics.proactive, ["value"]),
    "核对结果": (check, ["left", "right", "gap"]),
}


@pytest.mark.parametrize("sheet", MEASURES)
def test_every_figure_of_a_sheet_is_that_of_the_frame_and_na_is_empty(
    reports: Reports, book: Any, sheet: str
) -> None:
    measure, columns = MEASURES[sheet]
    frame = measure(reports)
    rows = values(book, sheet)
    assert len(rows) == len(frame)
    empty = 0
    for row, (_, wanted) in zip(rows, frame.iterrows(), strict=True):
        assert row["report"] == wanted["report"]
        assert row["agency"] == wanted["agency"]
        for column in columns:
            assert close(row[column], wanted[column])
            empty += row[column] is None
    assert empty == int(frame[columns].isna().sum().sum())


def test_outcomes_in_detail_are_a_sheet_too(reports: Reports, book: Any) -> None:
    frame = metrics.outcomes(reports, level="detail")
    rows = values(book, "办理结果明细")
    assert [row["outcome"] for row in rows] == frame["outcome"].tolist()
    assert all(close(r["numerator"], n) for r, n in zip(rows, frame["numerator"], strict=True))


def test_figures_has_a_row_for_every_form_cell_with_label_code_and_place(
    reports: Reports, book: Any
) -> None:
    rows = values(book, "figures")
    assert len(rows) == len(reports.cells)
    for row, (_, cell) in zip(rows, reports.cells.iterrows(), strict=True):
        assert (row["table"], row["row"], row["column"]) == (
            cell["table"],
            cell["row"],
            cell["column"],
        )
        assert close(row["value"], cell["value"])
        assert row["kind"] == say(f"kind_{cell['kind']}", "zh")
    assert sum(row["place"] is not None for row in rows) == reports.cells["place"].notna().sum()
    assert all(row["row_label"] and row["column_label"] for row in rows)


def test_sheets_filter_freeze_and_count_in_thousands(book: Any) -> None:
    wanted = ["说明", "图表", *MEASURES, "办理结果明细", "figures", "未读清单"]
    assert set(wanted) <= set(book.sheetnames)
    for name in [*MEASURES, "figures", "未读清单"]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    assert book["申请量"]["D5"].number_format == "#,##0"
    shares = {cell.number_format for cell in book["办理结果"]["H"][1:] if cell.value is not None}
    assert shares == {"0.0%"}
    assert book["申请量"].column_dimensions["A"].width > 20  # a Chinese name needs two a character


def test_the_workbook_has_native_charts_whose_axes_are_shown(book: Any) -> None:
    drawn = book["图表"]._charts
    assert len(drawn) == 2
    assert [chart.grouping for chart in drawn] == ["clustered", "percentStacked"]
    for chart in drawn:
        assert not chart.x_axis.delete and not chart.y_axis.delete
        assert chart.x_axis.txPr.p[0].pPr.defRPr.ea.typeface == FACE


def test_the_chart_sheet_has_the_shares_that_its_chart_draws(reports: Reports, book: Any) -> None:
    frame = metrics.outcomes(reports).set_index(["agency", "year", "outcome"])["share"]
    rows = [row for row in book["图表"].iter_rows(values_only=True) if "(n=" in str(row[0])]
    assert len(rows) == 17
    row = next(row for row in rows if str(row[0]).startswith(f"{SUQIAN}（汇总） 2024"))
    assert all(close(v, frame[SUQIAN, 2024, g]) for v, g in zip(row[1:7], GROUPS, strict=True))


def test_files_that_could_not_be_read_are_on_the_list_whatever_the_years(
    reports: Reports, tmp_path: Path
) -> None:
    unread = reports.problems.iloc[:1].assign(
        file="/somewhere/broken.pdf", report=pd.Series([pd.NA], dtype="str"), what="truncated"
    )
    both = pd.concat([reports.problems, unread.set_axis([10_000])])
    part = replace(reports, problems=both)
    path = write_briefing(part, tmp_path / "b.xlsx", years=2024)
    rows = values(openpyxl.load_workbook(path), "未读清单")
    assert {"file": "broken.pdf", "what": "truncated"}.items() <= rows[-1].items()
    assert "1个文件没有读成报告" in all_text(brief(part, tmp_path, years=2024))


# Hostile text


OURS = re.compile(
    r'=(IF|COUNT|SUM|OR|ABS|figures!K\d+|[A-Z]\d+|[\d.]+|"[是否相符不无法判断]*"|[-(),:<=]|K\d+)+'
)
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|'/c calc'!A0",
    "#N/A",
    "12",
    "<&>\"'",
    "a\x07b\x0bc",
]


def test_text_is_never_a_formula_in_the_workbook_nor_behind_a_chart(
    reports: Reports, tmp_path: Path
) -> None:
    part = copies(one(reports, SUQIAN, 2024), HOSTILE)
    path = write_briefing(part, tmp_path / "b.xlsx")
    made = Presentation(str(write_briefing(part, tmp_path / "b.pptx")))
    blobs = [chart.part.chart_workbook.xlsx_part.blob for s in made.slides for chart in charts(s)]
    assert len(blobs) >= 6
    for blob in [path.read_bytes(), *blobs]:
        for sheet in openpyxl.load_workbook(io.BytesIO(blob)):
            formulas = {"f"} if sheet.title == "核对" else set()  # ours, none of a report's
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
            assert kinds <= {"s", "n"} | formulas
            for cell in (cell for row in sheet.iter_rows() for cell in row if formulas):
                assert cell.data_type != "f" or OURS.fullmatch(cell.value)
    agencies = [row["agency"] for row in values(openpyxl.load_workbook(path), "申请量")]
    assert agencies == [clean(name) for name in HOSTILE]
    assert clean(HOSTILE[-1]) == "abc"


@given(st.text(max_size=200))
@example("\u202e\ud800\x00")
@example("=" + "长" * 40_000)
def test_any_text_comes_back_from_a_cell_as_text(text: str) -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0].cell(1, 1)
    put_text(cell, text)
    saved = io.BytesIO()
    book.save(saved)
    again = openpyxl.load_workbook(saved).worksheets[0].cell(1, 1)
    kept = clean(text)
    assert (again.value or "") == (kept if len(kept) <= 32_767 else kept[:32_766] + "…")
    assert again.data_type == ("s" if kept else "n")
