"""A share that is not all never reads 100%, and one that is not none never 0%; one word a thing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot
from pptx import Presentation

import gxtools as gx
from gxtools.briefing.words import scope_name, value_name
from gxtools.charts.words import say as chart_says
from gxtools.explorer.words import say as explorer_says
from gxtools.finding import BROKEN, HOLDS, UNKNOWN
from gxtools.measures import find
from gxtools.percentages import cell_format, percentage, tick
from gxtools.traces import place_in_words
from gxtools.traces import say as trace_says
from gxtools.worklist import SEVERITIES
from tests.artists import words
from tests.filled import applications, filled

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def test_a_share_has_its_decimals_and_more_only_where_it_would_read_as_none_or_as_all() -> None:
    assert [percentage(k / n, 0) for k, n in ((217, 218), (1, 500), (1, 3), (0, 5), (5, 5))] == [
        "99.5%", "0.2%", "33%", "0%", "100%",
    ]  # fmt: skip
    assert [percentage(k / n) for k, n in ((2999, 3000), (1, 9999), (1, 3), (0, 5), (5, 5))] == [
        "99.97%", "0.01%", "33.3%", "0.0%", "100.0%",
    ]  # fmt: skip
    assert (
        percentage(-0.9996, signed=True) == "-99.96%" and percentage(0.5, signed=True) == "+50.0%"
    )
    assert percentage(0.1 + 0.2 + 0.7) == "100.0%"  # a sum of shares, a hair off


@given(st.integers(1, 10**6), st.data(), st.integers(0, 1))
def test_no_part_of_any_whole_reads_as_none_or_as_all(n: int, data: Any, decimals: int) -> None:
    k = data.draw(st.integers(0, n))
    shown = float(percentage(k / n, decimals).rstrip("%"))
    assert (shown == 0) == (k == 0) and (shown == 100) == (k == n)


def test_an_axis_shorter_than_a_per_cent_has_no_two_ticks_alike() -> None:
    assert [tick(value) for value in (0, 0.005, 0.01, 0.1, 1)] == [
        "0%",
        "0.5%",
        "1%",
        "10%",
        "100%",
    ]


def test_a_format_of_office_has_the_same_decimals_and_a_count_none() -> None:
    assert cell_format([217 / 218, 0.5], "0%") == "0.0%" and cell_format([0.5, 1], "0%") == "0%"
    assert cell_format([0.0001], "0.0%") == "0.00%" and cell_format([5], "#,##0") == "#,##0"


def nearly_all() -> gx.Reports:
    """217 of 218 applications granted, one partly."""
    counts = {("applications", row, column): 0 for row in ("granted", "partial", "concluded")
              for column in ("natural_person", "total")}  # fmt: skip
    for column in ("natural_person", "total"):
        counts |= {("applications", "granted", column): 217, ("applications", "partial", column): 1,
                   ("applications", "concluded", column): 218,
                   ("applications", "received", column): 218}  # fmt: skip
    return filled("a", applications(0) | counts, agency="甲局", scope="own")


def test_217_of_218_is_no_100_per_cent_in_any_chart_slide_page_or_cell(tmp_path: Path) -> None:
    reports = nearly_all()
    ax = gx.plot_outcomes(gx.outcomes(reports))
    assert words(ax, "share") == ["99.5%"]
    pyplot.close("all")
    deck = Presentation(str(gx.write_briefing(reports, tmp_path / "b.pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    formats = {
        f.get("formatCode") for chart in charts for f in chart._chartSpace.iter(f"{C}numFmt")
    }
    assert '[<0.055]"";[<0.99]0%;0.0%' in formats
    book = gx.write_briefing(reports, tmp_path / "b.xlsx")
    with zipfile.ZipFile(book) as archive:
        drawn = "".join(archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n)
    assert "[&lt;0.99]0%;0.0%" in drawn
    page = gx.write_briefing(reports, tmp_path / "b.html").read_text("utf-8")
    assert "217 (99.5%)" in page and "1 (0.5%)" in page and "217 (100" not in page


def test_a_cell_of_the_workbook_keeps_the_share_and_shows_what_it_is_not(tmp_path: Path) -> None:
    figures = {("applications", row, column): n for column in ("natural_person", "total")
               for row, n in (("granted", 29999), ("partial", 1), ("concluded", 30000),
                              ("received", 30000))}  # fmt: skip
    reports = filled("a", applications(0) | figures)
    sheet = openpyxl.load_workbook(gx.write_briefing(reports, tmp_path / "b.xlsx"))["办理结果"]
    heads = [cell.value for cell in sheet[1]]
    granted = sheet.cell(2, heads.index("比例") + 1)
    assert granted.value == 29999 / 30000 and granted.number_format == "0.000%"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_verdict_has_one_word_in_the_portrait_the_briefing_and_the_trace(lang: str) -> None:
    said = {v: value_name(v, lang) for v in (HOLDS, BROKEN, UNKNOWN)}
    assert {v: trace_says(v, lang) for v in (HOLDS, BROKEN)} == {
        v: said[v] for v in (HOLDS, BROKEN)
    }
    assert trace_says(UNKNOWN, lang).startswith(said[UNKNOWN])
    charts = {v: chart_says(f"verdict_{v}", lang).rstrip("s") for v in said}
    assert charts == {v: word.rstrip("s") for v, word in said.items()}  # hold, holds


def test_the_worklist_the_explorer_and_the_dictionary_use_the_words_of_the_briefing() -> None:
    assert {name: value_name(name, "zh") for name in SEVERITIES} == SEVERITIES
    for scope in ("own", "aggregate"):
        assert explorer_says(f"scope_{scope}", "zh") == scope_name(scope, "zh")
        assert chart_says(f"scope_{scope}", "zh") == scope_name(scope, "zh")
    for basis in ("printed", "derived"):
        assert explorer_says(basis, "zh") == value_name(basis, "zh")
    assert value_name("disclosed_share", "zh") == find("disclosure_rate").zh
    assert value_name("disclosed_share", "en") == find("disclosure_rate").en
    assert find("review_correction_rate").zh.endswith(value_name("rate", "zh"))


def test_the_worklist_says_in_chinese_where_a_figure_stands_and_shows_the_print_alone(
    samples: gx.Reports, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(gx.write_findings(samples, tmp_path / "f.xlsx"))
    codes, heads, *rows = book["发现"].iter_rows(values_only=True)
    found = [dict(zip(codes, row, strict=True)) for row in rows]
    places = [str(row["place"]) for row in found if row["place"]]
    english = re.compile("page|table|row|column|line|sheet|cell")
    assert places and not [place for place in places if english.search(place)]
    assert place_in_words("table 1, row 5, column 2; line 9", "zh") == "第1表第5行第2列；第9行"
    assert "原文" in heads and "印出的字" not in heads
    assert any(row["original"] for row in found)
    assert not [row for row in found if row["original"] and row["original"] == row["note"]]
    # What was seen still tells one mark from another, out of sight.
    assert all(row["printed"] for row in found if row["told"])
    letter = book["发现"].cell(1, codes.index("printed") + 1).column_letter
    assert book["发现"].column_dimensions[letter].hidden


def test_a_chinese_workbook_has_no_english_places_and_kinds(
    samples: gx.Reports, tmp_path: Path
) -> None:
    one = samples.select(agency="淮安市洪泽区人民政府")
    sheet = openpyxl.load_workbook(gx.write_briefing(one, tmp_path / "b.xlsx"))["figures"]
    heads, *rows = sheet.iter_rows(values_only=True)
    told = {name: {row[heads.index(name)] for row in rows} for name in ("格的内容", "标签对应")}
    assert "数" in told["格的内容"] and "一致" in told["标签对应"]
    words = {
        *told["格的内容"],
        *told["标签对应"],
        *(row[heads.index("在文件中的位置")] for row in rows),
    }
    assert not [word for word in words if word and re.search("[a-z]{3}", str(word))]
