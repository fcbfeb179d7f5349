"""The briefing as a document, as a page and as live sums says what the frames say."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

import gxtools as gx
from gxtools import metrics
from gxtools.briefing import write_all, write_briefing
from gxtools.briefing.appendix import definitions
from gxtools.briefing.comparison import comparison_sheets
from gxtools.briefing.docx import parted_rows
from gxtools.briefing.findings import findings
from gxtools.briefing.frames import Measures, gather
from gxtools.briefing.lettering import balanced, text_width
from gxtools.briefing.tables import Sheet
from gxtools.briefing.words import count, percent
from gxtools.checks import check
from gxtools.errors import FileError, InputError
from gxtools.reports import Reports
from gxtools.traces import place_in_words

from .filled import filled, route
from .look import bodies
from .test_briefing import HONGZE, SUQIAN, close, copies, edited, named, one, title, values

DATA = Path(__file__).parents[1] / "data" / "reports"
BODIES = [SUQIAN, HONGZE, "淮安市人民政府", "平潭综合实验区管委会"]
KINDS = ("docx", "html", "xlsx")
HOSTILE = "<script>alert(1)</script>&\"'=1+1"


@pytest.fixture(scope="module")
def reports() -> Reports:
    everything = gx.read_all(DATA, progress=False)
    return everything.select(agency=BODIES, year=[2023, 2024])


@pytest.fixture(scope="module")
def measures(reports: Reports) -> Measures:
    return gather(reports, focus="洪泽区")


@pytest.fixture(scope="module")
def written(measures: Measures, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One briefing about 洪泽区, compared with three bodies, in each kind."""
    folder = tmp_path_factory.mktemp("written")
    paths = [folder / f"briefing.{kind}" for kind in KINDS]
    return dict(zip(KINDS, write_all(measures, paths, "zh"), strict=True))


@pytest.fixture(scope="module")
def document(written: dict[str, Path]) -> Any:
    return Document(str(written["docx"]))


@pytest.fixture(scope="module")
def page(written: dict[str, Path]) -> Any:
    return lxml.html.fromstring(written["html"].read_bytes())


def styled(document: Any, *styles: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name in styles]


def grid(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def instructions(document: Any) -> list[str]:
    return [node.text.strip() for node in document.element.body.iter(qn("w:instrText"))]


def text_of(node: Any) -> str:
    return " ".join(node.text_content().split())


def unspaced(text: str) -> str:
    """Without the breaks of a heading and between a figure and its share."""
    return "".join(text.split())


# Figures in sentences

NUMBER = re.compile(r"[+−]?\d+(?:,\d{3})*(?:\.\d+)?%?")


def allowed(measures: Measures) -> Iterator[str]:
    """Every figure of the frames as it is written, and the sums of rows that sentences give."""
    for frame in (measures.volumes, measures.outcomes, measures.applicants, measures.disputes,
                  measures.disclosed, measures.index):  # fmt: skip
        for column in frame.select_dtypes("number"):
            yield from map(count, frame[column].dropna())
            yield from map(percent, frame[column].dropna())
    index, sums = measures.index, measures.checks.loc[measures.checks["severity"] == "error"]
    yield from map(count, (len(index), index["found"].sum(), index["expected"].sum(), len(sums)))
    yield from map(count, sums["verdict"].value_counts())
    yield from map(count, measures.checks["verdict"].value_counts())
    yield from map(count, measures.checks.groupby("severity")["verdict"].value_counts())
    yield from ("30", "95%")
    for _, own in measures.volumes.groupby("body"):
        received = own.set_index("year")["received"]
        for year in received.index.intersection(received.index + 1):
            now, last = received[year], received[year - 1]
            yield from (count(abs(now - last)), percent(abs(now - last) / last))
    for frame, column in ((measures.volumes, "received"), (measures.disclosed, "share")):
        for _, own in frame.groupby(["scope", "year"]):
            large = own if column == "received" else own.loc[own["denominator"] >= 30]
            yield from (
                str(len(large)),
                count(large[column].median()),
                percent(large[column].median()),
            )
    yield from map(str, {*range(len(measures.bodies) + 1), *index["year"], *(index["year"] - 1)})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("focus", [None, "洪泽区", "宿迁市"])
def test_every_number_in_a_sentence_is_a_figure_of_the_frames(
    reports: Reports, lang: str, focus: str | None
) -> None:
    gathered = gather(reports, focus=focus)
    known = set(allowed(gathered))
    told = findings(gathered, lang)
    assert len(told) >= 4
    for finding in told:
        assert set(NUMBER.findall(finding.text)) <= known, finding.text


# The document


def test_the_document_has_the_chapters_of_a_briefing(document: Any) -> None:
    assert styled(document, "Heading 1") == [
        "主要数字", "申请与办理", "行政复议、行政诉讼", "各机关比较", "数据质量", "来源与口径",
    ]  # fmt: skip
    assert styled(document, "Heading 2")[:3] == ["申请量", "办理结果", "申请人构成"]
    assert styled(document, "Title") == ["政府信息公开工作年度报告简报"]


def test_the_contents_are_a_field_that_already_lists_every_heading(document: Any) -> None:
    assert instructions(document)[0].startswith("TOC ")
    entries = [text.strip() for text in styled(document, "toc 1", "toc 2")]
    assert entries[:3] == ["一、主要数字", "二、申请与办理", "（一）申请量"]
    bare = [re.sub(r"^([一二三四五六]、|（[一二三]）)", "", entry) for entry in entries]
    assert bare == styled(document, "Heading 1", "Heading 2")
    marks = {node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))}
    links = [node.get(qn("w:anchor")) for node in document.element.iter(qn("w:hyperlink"))]
    assert len(links) == len(entries) and set(links) == marks


def test_headings_and_sentences_are_numbered_by_one_list(document: Any) -> None:
    levels = {
        node.find(qn("w:lvlText")).get(qn("w:val"))
        for node in document.part.numbering_part.element.iter(qn("w:lvl"))
    }
    assert {"%1、", "（%2）", "%3."} <= levels
    for depth in (1, 2):
        assert document.styles[f"Heading {depth}"].element.pPr.numPr.ilvl.val == depth - 1


def test_figures_and_tables_are_numbered_by_fields_from_one_on(document: Any) -> None:
    captions = styled(document, "Caption")
    for kind in ("图", "表"):
        numbers = [int(text[1]) for text in captions if text.startswith(kind)]
        assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 4
        assert instructions(document).count(f"SEQ {kind} \\* ARABIC") == len(numbers)
    assert len(document.inline_shapes) == sum(text.startswith("图") for text in captions)
    assert len(document.tables) == sum(text.startswith("表") for text in captions)


def test_pictures_are_sharp_and_described_and_fit_the_page(document: Any) -> None:
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for shape in document.inline_shapes:
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip
        image = document.part.related_parts[blip.embed].image
        assert image.px_width / (shape.width / 914400) >= 290
        assert shape.width <= room * 1.001
        assert shape._inline.docPr.get("descr")


def test_every_style_in_use_names_its_east_asian_typeface(document: Any) -> None:
    in_tables = [row.cells[0].paragraphs[0] for table in document.tables for row in table.rows]
    used = {paragraph.style.name for paragraph in [*document.paragraphs, *in_tables]}
    assert len(used) >= 10
    for style in (document.styles[name] for name in used):
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) in ("FangSong", "SimHei", "KaiTi", "SimSun")
        assert not [name for name in fonts.attrib if "Theme" in name]


def test_the_header_row_of_a_table_repeats_and_no_row_is_broken(document: Any) -> None:
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_tables_have_the_figures_of_the_frames(reports: Reports, document: Any) -> None:
    own = reports.select(agency=HONGZE)
    volumes, disputes = metrics.volumes(own), metrics.disputes(own)
    names = ["received", "carried_in", "handled", "concluded", "carried_out"]
    assert grid(document.tables[0])[1:] == [
        [str(row["year"]), *(count(row[name]) for name in names)] for _, row in volumes.iterrows()
    ]
    rows = grid(document.tables[3])[1:]
    names = ["upheld", "corrected", "other", "pending", "total"]
    for row, (_, wanted) in zip(rows, disputes.iterrows(), strict=True):
        assert row[2:7] == [count(wanted[name]) for name in names]
        assert row[7] == f"{count(wanted['corrected'])}/{count(wanted['concluded'])}"


def test_shares_stand_beside_their_numbers_from_thirty_on(reports: Reports, document: Any) -> None:
    frame = metrics.outcomes(reports.select(agency=HONGZE)).set_index(["year", "outcome"])
    few, many = grid(document.tables[1])[1:]
    assert few[1] == "21" and not any("%" in text for text in few)
    wanted = frame.loc[2024]
    assert many[2:] == [
        f"{count(row['numerator'])} ({percent(row['share'])})" for _, row in wanted.iterrows()
    ]


def test_the_sentences_of_the_document_and_the_page_are_the_findings(
    measures: Measures, document: Any, page: Any
) -> None:
    told = findings(measures, "zh")
    assert styled(document, "Brief Sentence")[: len(told)] == [finding.text for finding in told]
    assert styled(document, "Brief Basis") == [finding.basis for finding in told]
    listed = page.xpath('//section[@id="c1"]//li')
    assert [li.text for li in listed] == [finding.text for finding in told]
    assert [text_of(li[0]) for li in listed] == [" ".join(f.basis.split()) for f in told]


def test_the_styles_and_the_page_of_a_template_are_kept_and_its_text_is_not(
    reports: Reports, tmp_path: Path
) -> None:
    template = Document()
    template.sections[0].page_width = 5_000_000
    template.styles["Heading 1"].font.name = "House Face"
    template.add_paragraph("the template's own")
    template.save(str(tmp_path / "template.docx"))
    part = one(reports, HONGZE, 2024)
    path = write_briefing(part, tmp_path / "b.docx", template=tmp_path / "template.docx")
    made = Document(str(path))
    assert made.sections[0].page_width == pytest.approx(5_000_000, rel=1e-3)
    assert made.styles["Heading 1"].font.name == "House Face"
    assert "the template's own" not in "".join(p.text for p in made.paragraphs)
    room = (
        made.sections[0].page_width - made.sections[0].left_margin - made.sections[0].right_margin
    )
    assert all(shape.width <= room for shape in made.inline_shapes)


def test_a_template_that_cannot_be_used_is_refused(reports: Reports, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such template"):
        write_briefing(reports, tmp_path / "b.docx", template=tmp_path / "none.docx")
    (tmp_path / "text.docx").write_text("no archive", encoding="utf-8")
    with pytest.raises(InputError, match="no document"):
        write_briefing(reports, tmp_path / "b.docx", template=tmp_path / "text.docx")
    with pytest.raises(InputError, match="takes no template"):
        write_briefing(reports, tmp_path / "b.html", template=tmp_path / "text.docx")


def test_the_same_reports_give_the_same_document_page_and_workbook(
    measures: Measures, written: dict[str, Path], tmp_path: Path
) -> None:
    again = write_all(measures, [tmp_path / f"briefing.{kind}" for kind in KINDS], "zh")
    assert [path.read_bytes() for path in again] == [written[kind].read_bytes() for kind in KINDS]
    with zipfile.ZipFile(written["docx"]) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


# The page


def test_the_page_asks_the_network_for_nothing(page: Any) -> None:
    assert not page.xpath("//link | //iframe | //object | //script[@src]")
    assert all(src.startswith("data:image/svg+xml") for src in page.xpath("//img/@src"))
    assert all(href.startswith("#c") for href in page.xpath("//a/@href"))
    policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy and policy[0].startswith("default-src 'none'")


def test_the_tables_of_the_page_are_those_of_the_document(page: Any, document: Any) -> None:
    tables = page.xpath("//table")
    assert len(tables) == len(document.tables)
    for table, other in zip(tables, document.tables, strict=True):
        rows = [[unspaced(text_of(cell)) for cell in row] for row in table.iter("tr")]
        assert rows == [[unspaced(text) for text in row] for row in grid(other)]


def test_every_picture_of_the_page_has_words_for_who_cannot_see_it(page: Any) -> None:
    assert len(page.xpath("//figure/img[@alt != '']")) == len(page.xpath("//figure")) >= 4


def test_a_name_is_text_in_the_page_and_in_the_document(reports: Reports, tmp_path: Path) -> None:
    part = copies(one(reports, HONGZE, 2023), [HOSTILE, "甲县人民政府"])
    made = lxml.html.fromstring(write_briefing(part, tmp_path / "b.html").read_bytes())
    assert len(made.xpath("//script")) == 1
    cells = {text_of(cell) for cell in made.xpath("//td")}
    assert HOSTILE in cells
    document = Document(str(write_briefing(part, tmp_path / "b.docx", lang="en")))
    assert HOSTILE in {cell.text for row in document.tables[0].rows for cell in row.cells}


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
def test_the_tables_of_the_page_filter_and_sort(written: dict[str, Path], tmp_path: Path) -> None:
    steps = """<script>
    const last = [...document.querySelectorAll("table")].at(-1);
    last.tHead.querySelectorAll("button")[2].click();  // the year: first descending
    const field = last.parentNode.previousElementSibling.querySelector("input");
    field.value = "宿迁"; field.oninput(); document.title = [...last.tBodies[0].rows]
      .filter(row => !row.hidden).map(row => row.cells[0].textContent + row.cells[2].textContent);
    </script></body>"""
    content = written["html"].read_text(encoding="utf-8").replace("</body>", steps)
    (tmp_path / "page.html").write_text(content, encoding="utf-8")
    dumped = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
         f"--user-data-dir={tmp_path}/profile", (tmp_path / "page.html").as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    made = lxml.html.fromstring(dumped.stdout)
    shown = text_of(made.xpath("//title")[0]).split(",")
    assert sorted(shown) == [f"{SUQIAN}2023", f"{SUQIAN}2024"]
    assert len(made.xpath("//input[@type='search']")) == len(made.xpath("//table"))


# Live sums


def live(path: Path, *, data_only: bool) -> list[dict[str, Any]]:
    return values(openpyxl.load_workbook(path, data_only=data_only), "核对")


def test_every_sum_of_the_form_is_a_formula_over_the_figures_with_its_value(
    reports: Reports, written: dict[str, Path]
) -> None:
    rows, formulas = (live(written["xlsx"], data_only=kept) for kept in (True, False))
    found = check(reports)
    sums = found.loc[found["check"].isin({row["check"] for row in rows})]
    keys = ["report", "check", "table", "row", "column"]
    ids = {row["agency"] + str(row["year"]): row for row in rows}
    assert len(ids) == len(reports)
    told = sums.assign(who=sums["agency"] + sums["year"].astype("string"))
    wanted = told.fillna({"row": "", "column": ""}).set_index(["who", *keys[1:]])
    assert len(rows) == len(sums)
    for row, formula in zip(rows, formulas, strict=True):
        key = (row["agency"] + str(row["year"]), row["check"], row["table"])
        finding = wanted.loc[(*key, row["row"] or "", row["column"] or "")]
        assert row["live_verdict"] == row["verdict"]
        assert (
            row["verdict"]
            == {"holds": "相符", "broken": "不符", "unknown": "无法判断"}[finding["verdict"]]
        )
        assert row["live_same_verdict"] == "是"
        if finding["verdict"] != "unknown":
            assert close(row["live_recomputed"], finding["left"])
            assert close(row["live_printed_total"], finding["right"])
            assert close(row["live_gap"], finding["gap"])
        assert str(formula["live_recomputed"]).startswith("=IF(COUNT(figures!")
        assert str(formula["live_verdict"]).startswith("=IF(")


def test_a_cell_that_is_wrong_breaks_its_live_sum_and_one_not_read_leaves_it_open(
    reports: Reports, tmp_path: Path
) -> None:
    part = edited(
        one(reports, SUQIAN, 2024), {("received", "natural_person"): 1, ("granted", "total"): None}
    )
    rows = live(write_briefing(part, tmp_path / "b.xlsx"), data_only=True)
    of = {(row["check"], row["row"], row["column"]): row["live_verdict"] for row in rows}
    assert of["T3-BAL", None, "natural_person"] == "不符"
    assert of["T3-BAL", None, "business"] == "相符"
    assert {verdict for (_, row, _), verdict in of.items() if row == "granted"} == {"无法判断"}


SOFFICE = shutil.which("soffice")
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
def test_libreoffice_recomputes_every_sum_to_our_verdict(
    written: dict[str, Path], tmp_path: Path
) -> None:
    """The values kept in the file are first made worthless, so that what comes back was computed."""
    user = tmp_path / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    names = openpyxl.load_workbook(written["xlsx"], read_only=True).sheetnames
    emptied = tmp_path / "emptied.xlsx"
    member = f"xl/worksheets/sheet{names.index('核对') + 1}.xml"
    with zipfile.ZipFile(written["xlsx"]) as old, zipfile.ZipFile(emptied, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == member:
                text, n = re.subn(rb"(</f><v>)[^<]*(</v>)", rb"\g<1>7\g<2>", text)
                assert n > 500
            new.writestr(name, text)
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
         str(emptied)],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    again = live(tmp_path / "out" / "emptied.xlsx", data_only=True)
    before = live(written["xlsx"], data_only=True)
    for row, wanted in zip(again, before, strict=True):
        for name in ("live_recomputed", "live_printed_total", "live_gap"):
            assert close(
                row[name] if row[name] != "" else None,
                wanted[name] or pd.NA if wanted[name] != 0 else 0,
            )
        assert row["live_verdict"] == row["verdict"] == wanted["verdict"]
        assert row["live_same_verdict"] == "是"


def test_a_workbook_has_no_text_that_looks_like_a_number_gone_wrong(
    written: dict[str, Path],
) -> None:
    with zipfile.ZipFile(written["xlsx"]) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        texts = [archive.read(name).decode() for name in sheets]
        charts = [archive.read(n) for n in archive.namelist() if n.startswith("xl/charts/chart")]
    assert sum("numberStoredAsText" in text for text in texts) >= 9
    assert charts and all(b"<a:ea " in chart for chart in charts)
    assert io.BytesIO(written["xlsx"].read_bytes()).getbuffer().nbytes > 50_000


# What is looked at: `python -m tests.look` draws it, these hold what was found


@pytest.fixture(scope="module")
def sixty() -> Measures:
    return gather(bodies(60, range(2022, 2025)), focus="合成市东湖区人民政府")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_about_sixty_bodies_is_a_figure_of_the_frames(
    sixty: Measures, lang: str
) -> None:
    known = set(allowed(sixty))
    for finding in findings(sixty, lang):
        assert set(NUMBER.findall(finding.text)) <= known, finding.text


def test_no_space_parts_a_figure_from_the_chinese_around_it(sixty: Measures) -> None:
    for finding in findings(sixty, "zh"):
        assert not re.search(r"[一-龥，（] [\d]|\d [一-龥]", finding.text), finding.text


def test_fewer_than_last_year_is_a_fall_by_its_amount_and_never_a_negative_rise(
    reports: Reports,
) -> None:
    part = edited(
        reports.select(agency=SUQIAN), {("received", "total"): 1755.5}, report=_of(reports, 2024)
    )
    assert "减少1,755.5件，同比下降50.0%" in findings(gather(part), "zh")[0].text
    assert "1,755.5 fewer than in 2023 (3,511), down 50.0%" in findings(gather(part), "en")[0].text


def _of(reports: Reports, year: int) -> str:
    index = reports.index
    return str(index.loc[(index["agency"] == SUQIAN) & (index["year"] == year), "report"].iloc[0])


def test_updating_the_contents_takes_the_line_away_that_says_how(document: Any) -> None:
    """The line ends inside of the field, which an update replaces as a whole."""
    (line,) = [p for p in document.paragraphs if "更新整个目录" in p.text]
    kinds = [node.get(qn("w:fldCharType")) for node in line._p.iter(qn("w:fldChar"))]
    assert kinds == ["end"]
    assert not document.settings.element.findall(qn("w:updateFields"))  # Word would ask everyone


def test_a_short_table_stays_on_one_page_and_a_long_one_leaves_no_row_alone(
    document: Any, sixty: Measures, tmp_path: Path
) -> None:
    def kept(table: Any) -> list[bool]:
        rows = [row.tc_lst[0].p_lst[0].pPr.find(qn("w:keepNext")) for row in table._tbl.tr_lst]
        return [mark is not None for mark in rows]

    assert kept(document.tables[0]) == [True] * (len(document.tables[0].rows) - 1) + [False]
    (path,) = write_all(sixty, [tmp_path / "b.docx"], "zh")
    long = max(Document(str(path)).tables, key=lambda table: len(table.rows))
    marks = kept(long)
    # The last row holds on to the notes under the table.
    assert len(marks) > 40 and marks[:2] == [True, True] and marks[-2:] == [True, True]
    assert sum(marks) == 4


def test_headings_break_into_even_lines_after_a_colon_and_before_a_bracket() -> None:
    assert balanced("办结总计", 33, 10) == ["办结", "总计"]
    assert balanced("行政复议：纠正/审结", 60, 10) == ["行政复议：", "纠正/审结"]
    assert balanced("公开率（95%区间）", 65, 10) == ["公开率", "（95%区间）"]
    assert balanced("corrected / concluded", 70, 10) == ["corrected /", "concluded"]
    assert balanced("办结总计", 50, 10) == ["办结总计"]


def test_shares_stand_below_all_figures_of_a_column_that_is_too_narrow_for_one() -> None:
    sheet = Sheet(["机关", "自然人", "其他"], [["甲局", "1,120 (89.5%)", "3 (0.2%)"],
                  ["乙局", "7 (6.0%)", "4 (0.3%)"]], [1, 1, 1], range(1, 3))  # fmt: skip
    _, *rows = parted_rows(sheet, [60 * 20] * 3, 9.0)
    assert [row[1] for row in rows] == ["1,120\n(89.5%)", "7\n(6.0%)"]
    assert [row[2] for row in rows] == ["3 (0.2%)", "4 (0.3%)"]


def test_bodies_of_different_scopes_stand_in_tables_of_their_own(sixty: Measures) -> None:
    index = sixty.index.loc[sixty.index["year"] == 2024]
    tables = dict(comparison_sheets(sixty, index, "zh"))
    assert [name.split("，")[1] for name in tables] == ["汇总口径", "本级口径"]
    for name, sheet in tables.items():
        own = index.loc[index["scope"] == ("aggregate" if "汇总" in name else "own"), "body"]
        assert sorted(row[0] for row in sheet.rows) == sorted(own)
    assert next(iter(tables.values())).rows[0][0] == "合成市东湖区人民政府"  # the focus first


WORDS = st.text("区人民政府abc 0123,.%（）", max_size=60)


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=5)
    ),
    st.floats(200, 900),
)
def test_the_columns_of_any_table_fill_its_width(rows: list[list[str]], width: float) -> None:
    header, *body = rows
    sheet = Sheet(header, body, [1.0] * len(header), range(1, len(header)))
    across = sheet.across(width)
    assert sum(across) <= width * 1.0001 and min(across) > 0


def test_a_year_and_a_figure_stay_whole_and_a_name_has_the_rest() -> None:
    rows = [["合成市高新技术产业开发区管理委员会", "2024", "1,331 (63.4%)"]] * 3
    sheet = Sheet(["机关", "年度", "予以公开"], rows, [1, 1, 1], [2])
    name, year, figure = sheet.across(400)
    assert year > text_width("2024", 10) + 10 and figure > text_width("1,331 (63.4%)", 10) + 10
    assert name > text_width(rows[0][0], 10)


def test_a_place_in_a_file_is_said_in_chinese_and_what_is_no_such_place_is_left() -> None:
    said = {
        "page 2, table 1, row 3, column 2": "第2页第1表第3行第2列",
        "line 9, column 2": "第9行第2列",
        "sheet 年报, cell B7": "工作表“年报”B7格",
        "table proactive": "table proactive",
        "division": "division",
    }
    assert {place: place_in_words(place, "zh") for place in said} == said
    assert all(place_in_words(place, "en") == place for place in said)


def test_zeros_beside_a_figure_that_was_not_read_are_not_called_all_zero(tmp_path: Path) -> None:
    part = filled("x", {("applications", "received", "total"): "?"})
    (path,) = write_all(gather(part), [tmp_path / "b.pptx"], "zh")
    slide = next(s for s in Presentation(str(path)).slides if title(s).startswith("申请量"))
    assert "各数为0，或者未填、未读到" in named(slide, "Lead")


def test_a_measure_that_no_report_has_is_not_defined() -> None:
    told = definitions(gather(filled("x", editions={"applications": "2021"})), "zh")
    assert not any("纠错率" in text or "—" in text for text in told)
    assert any(text.startswith("公开率：") for text in told)


def test_of_no_concluded_case_nothing_is_said_to_have_been_corrected() -> None:
    part = filled("x", route("review", 3, 1, 0, 0, 4) | route("litigation_direct", 0, 0, 0, 2, 2))
    told = [finding.text for finding in findings(gather(part), "zh") if finding.topic == "routes"]
    assert "行政复议审结4件，其中结果纠正1件；未经复议直接起诉审结0件，另有2件尚未审结" in told[0]


def test_what_a_check_rests_on_is_said_in_chinese_in_the_chinese_files(
    reports: Reports, tmp_path: Path
) -> None:
    from gxtools.traces import basis_in_words

    told = gx.check(reports)["basis"].dropna().unique()
    assert {basis.partition(": ")[0] for basis in told} >= {"printed", "structure"}
    assert not any(": " in basis_in_words(basis, "zh") for basis in told)
    assert all(basis_in_words(basis, "en") == basis for basis in told)
    file = gx.write_findings(reports, tmp_path / "核对.xlsx")
    book = openpyxl.load_workbook(file)
    texts = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert any(text.startswith("表的结构：") for text in texts)
    assert not any(text.startswith(("structure: ", "printed: ")) for text in texts)
