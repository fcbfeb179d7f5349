"""trace(): where a figure was printed, as it looks there, and the checks that rest on it."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from lxml import html

import gxtools as gx
from gxtools.document import Cell, Grid
from gxtools.facsimile import facsimile
from gxtools.sighting import crop

from .conftest import ROOT
from .typeset import Sheet, typeset

DATA = ROOT / "data/reports"


@pytest.fixture(scope="module")
def reports() -> gx.Reports:
    return gx.read_all([DATA / "hongze_2023.docx", DATA / "huaian_2024.txt"], progress=False)


@pytest.fixture(scope="module")
def total(reports: gx.Reports) -> tuple[str, str, str, str]:
    """洪泽 2023, suits after review: the one total of section 四 that its parts contradict."""
    broken = gx.check(reports).query("check == 'T4-SUM' and verdict == 'broken'")
    return (broken["report"].iloc[0], "disputes", broken["row"].iloc[0], "total")


def marked(page: str) -> list[str]:
    return [str(e.text_content()) for e in html.fromstring(page).find_class("gx-mark")]


def test_a_figure_is_found_where_it_was_printed(reports: gx.Reports) -> None:
    cells = reports.cells.query("column == 'total' and row in ['received', 'concluded']")
    for _, cell in cells.iterrows():
        found = gx.trace(reports, cell)
        assert marked(found.html) == [cell["raw"]]
        assert found.raw == cell["raw"] and found.value == cell["value"]
        assert not found.note


def test_file_page_row_and_column_are_told(reports: gx.Reports, shared: Path) -> None:
    pdf = gx.read(shared / "reports/hongze_2023.pdf")
    cell = pdf.cells.query("row == 'received' and column == 'total'").iloc[0]
    found = gx.trace(pdf, cell)
    assert f"page {found.page}, " in cell["place"]
    assert cell["place"].endswith(f"row {found.printed_row}, column {found.printed_column}")
    assert found.file.endswith("hongze_2023.pdf")


def test_the_picture_of_a_pdf_marks_the_cell_and_no_other(shared: Path) -> None:
    from PIL import Image

    pdf = gx.read(shared / "reports/hongze_2023.pdf")
    seen = []
    for column in ("natural_person", "total"):
        key = (pdf.index["report"].iloc[0], "applications", "received", column)
        image = Image.open(io.BytesIO(gx.trace(pdf, key).png)).convert("RGB")
        pixels = image.load()
        assert pixels is not None
        places = ((x, y) for x in range(image.width) for y in range(image.height))
        at = [x for x, y in places if pixels[x, y] == (255, 213, 77)]
        seen.append((min(at), max(at), image.width))
    (left, right, width), (next_left, next_right, _) = seen
    assert 0 < left < right < next_left < next_right < width


def test_a_cell_stands_in_the_picture_where_it_stands_on_a_cropped_page() -> None:
    from PIL import Image

    sheet = Sheet().fill(100, 300, 160, 320, grey=0)
    image = Image.open(io.BytesIO(crop(typeset(sheet), 1, (100, 300, 160, 320)))).convert("L")
    dark = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y)) == 0
    ]
    assert dark  # the marked box covers the black rectangle: what is printed shows through
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    assert min(xs) == pytest.approx(100 * 1.8, abs=5) and max(xs) == pytest.approx(160 * 1.8, abs=5)
    assert min(ys) == pytest.approx(90 * 1.8, abs=5) and max(ys) == pytest.approx(110 * 1.8, abs=5)


def test_the_checks_that_rest_on_it_come_with_it(
    reports: gx.Reports, total: tuple[str, str, str, str]
) -> None:
    found = gx.trace(reports, total, picture=False).checks
    assert found["check"].iloc[0] == "T4-SUM" and found["verdict"].iloc[0] == "broken"
    part = gx.trace(reports, (*total[:3], "upheld"), picture=False).checks
    assert "T4-SUM" in set(part["check"])
    other = gx.trace(reports, (total[0], "applications", "received", "total"), picture=False)
    assert "T4-SUM" not in set(other.checks["check"])
    assert {"T3-BAL", "T3-ROW"} <= set(other.checks["check"])


def test_a_finding_leads_to_its_cell(reports: gx.Reports, total: tuple[str, str, str, str]) -> None:
    cell = reports.cells.loc[reports.cells["report"] == total[0]].query(
        f"row == '{total[2]}' and column == 'total'"
    )
    assert gx.trace(reports, cell.iloc[0], picture=False).row == total[2]
    with pytest.raises(gx.GxError, match="names no cell"):
        gx.trace(reports, {"report": "x"})
    with pytest.raises(gx.GxError, match="no cell"):
        gx.trace(reports, ("x", "applications", "received", "total"))


def test_a_finding_on_a_sum_leads_to_the_total_that_is_printed(
    reports: gx.Reports, total: tuple[str, str, str, str]
) -> None:
    findings = gx.check(reports)
    of_sum = findings.query("check == 'T4-SUM' and verdict == 'broken' and report == @total[0]")
    assert of_sum["column"].isna().all() and len(of_sum)
    found = [gx.trace(reports, row, picture=False) for _, row in of_sum.iterrows()]
    assert [one.column for one in found] == ["total"] * len(found)
    assert [one.value for one in found] == of_sum["right"].tolist()


def test_a_finding_on_a_whole_table_says_that_it_is_of_no_one_cell(reports: gx.Reports) -> None:
    findings = gx.check(reports)
    whole = findings.loc[findings["row"].isna() & findings["column"].isna()].iloc[0]
    with pytest.raises(gx.GxError, match=r"rests on several cells.*Give one of them"):
        gx.trace(reports, whole)


def test_a_file_that_is_gone_or_changed_is_told_and_the_rest_stays(tmp_path: Path) -> None:
    copy = tmp_path / "report.txt"
    shutil.copy(DATA / "huaian_2024.txt", copy)
    kept = gx.read(copy)
    key = (kept.index["report"].iloc[0], "applications", "received", "total")
    copy.write_text(copy.read_text(encoding="utf-8") + "\n后来添的一行\n", encoding="utf-8")
    changed = gx.trace(kept, key)
    copy.unlink()
    gone = gx.trace(kept, (*key[:3], "other"), lang="en")
    assert "changed" in changed.note and changed.raw and not changed.html
    assert "cannot be shown" in gone.note and "line" in gone.place


def test_a_cell_that_the_file_does_not_print_is_told(reports: gx.Reports) -> None:
    cells = reports.cells
    absent = cells.assign(place=cells["place"].where(cells["row"] != "received"))
    less = gx.Reports(reports.index, absent, reports.sections, reports.problems)
    key = (cells["report"].iloc[0], "applications", "received", "total")
    assert "没有找到" in gx.trace(less, key).note


def test_nothing_of_a_hostile_page_but_its_text_is_shown() -> None:
    bad = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    cells = (Cell(bad, 0, 0), Cell('"><svg onload=alert(3)>', 0, 1), Cell("7", 1, 0, 1, 2))
    page = facsimile(Grid(1, cells), [cells[2]])
    tags = {element.tag for element in html.fromstring(page).iter()}
    assert tags <= {"table", "tbody", "tr", "td", "br"}
    assert bad in html.fromstring(page).text_content()
    assert marked(page) == ["7"] and 'colspan="2"' in page


def test_it_shows_itself_with_every_text_escaped(tmp_path: Path) -> None:
    text = (DATA / "huaian_2024.txt").read_text(encoding="utf-8")
    odd = tmp_path / "a<b>&.txt"
    odd.write_text(text, encoding="utf-8")
    reports = gx.read(odd)
    key = (reports.index["report"].iloc[0], "applications", "received", "total")
    shown = gx.trace(reports, key)._repr_html_()
    assert "a&lt;b&gt;&amp;.txt" in shown and "a<b>" not in shown
    assert re.search(r"第\d+行", shown)


def test_a_long_table_is_shown_around_the_cell() -> None:
    cells = tuple(Cell(str(row), row, 0) for row in range(400))
    page = facsimile(Grid(1, cells), [cells[300]])
    assert marked(page) == ["300"] and page.count("<tr>") < 60


def test_lines_of_a_text_are_shown_with_their_numbers() -> None:
    cells = tuple(Cell(str(row), row, 0) for row in range(40))
    grid = Grid(0, cells, ruled=False, lines=tuple(range(1, 41)))
    page = facsimile(grid, [cells[20]])
    assert marked(page) == ["20"] and ">21<" in page and ">40<" not in page
