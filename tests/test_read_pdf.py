"""PDF -> Document: what is printed is read, twice; what is doubtful is no figure and is noted."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.document import Document, Grid, Note, Paragraph
from gxtools.errors import FileError, FormatError
from gxtools.readers import docx, pdf

from .typeset import Sheet, typeset

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")


def read(*sheets: Sheet, title: str = "") -> Document:
    return pdf.read("report.pdf", typeset(*sheets, title=title))


def texts(document: Document) -> list[str | list[list[str]]]:
    """The blocks in order: a line as its text, a table as the texts of its rows."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row] for row in block.rows()]
        for block in document.blocks
    ]


def rows(sheet: Sheet) -> list[list[str]]:
    (grid,) = read(sheet).grids()
    return [[cell.text for cell in row] for row in grid.rows()]


def doubts(document: Document) -> list[tuple[str, str]]:
    return [(note.severity, note.where) for note in document.notes]


MERGED = [
    ["项目", "数量", "<", "总计"],
    ["甲", "1", "20", "21"],
    ["^", "", "3", "1234"],
]


class TestTables:
    def test_a_merged_cell_is_one_cell_with_its_spans(self) -> None:
        (grid,) = read(Sheet().table(MERGED)).grids()
        spans = {
            cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells
        }
        assert spans["数量"] == (0, 1, 1, 2)
        assert spans["甲"] == (1, 0, 2, 1)
        assert spans["1234"] == (2, 3, 1, 1)
        assert len(grid.cells) == 10 and grid.ruled and grid.page == 1

    def test_a_blank_cell_is_a_cell(self) -> None:
        assert rows(Sheet().table([["甲", "", "3"]])) == [["甲", "", "3"]]

    def test_lines_within_a_cell_stay_lines(self) -> None:
        sheet = Sheet().table([["", "1"], ["乙", "2"]])
        sheet.text(64, 108, "商业", 7).text(64, 117, "企业", 7)
        assert rows(sheet)[0][0] == "商业\n企业"

    def test_blocks_stand_in_reading_order_on_their_pages(self) -> None:
        first = Sheet().text(60, 60, "一、总体情况").table([["甲", "1"]]).text(60, 200, "二、其他")
        second = Sheet().table([["乙", "2"]]).text(60, 400, "完")
        document = read(first, second)
        assert texts(document) == ["一、总体情况", [["甲", "1"]], "二、其他", [["乙", "2"]], "完"]
        assert [block.page for block in document.blocks] == [1, 1, 1, 2, 2]
        assert [grid.number for grid in document.grids()] == [1, 2]

    def test_two_tables_side_by_side_stay_two(self) -> None:
        page = Sheet()
        for left, table in ((40, [["项目", "数量"], ["甲", "1"]]), (320, MERGED)):
            page.table(table, x=left, width=60)
        assert [len(grid.cells) for grid in read(page).grids()] == [4, 10]

    def test_a_header_over_two_rows_stands_over_its_columns(self) -> None:
        head = [["项目", "组织", "<", "总计"], ["^", "企业", "机构", "^"], ["甲", "1", "2", "3"]]
        (grid,) = read(Sheet().table(head)).grids()
        places = {cell.text: (cell.row, cell.column, cell.rowspan) for cell in grid.cells}
        assert places["项目"] == (0, 0, 2) and places["总计"] == (0, 3, 2)
        assert places["机构"] == (1, 2, 1) and places["2"] == (2, 2, 1)

    def test_two_tables_on_one_page_stay_two(self) -> None:
        sheet = (
            Sheet().table([["甲", "1"]] * 4).text(60, 210, "二、").table([["乙", "2"]] * 4, y=220)
        )
        assert [len(grid.rows()) for grid in read(sheet).grids()] == [4, 4]

    @pytest.mark.parametrize("rotate", [0, 90, 180, 270])
    @pytest.mark.parametrize("origin", [(0, 0), (30, -50)])
    def test_a_turned_or_shifted_page_reads_as_it_is_shown(
        self, rotate: int, origin: tuple[float, float]
    ) -> None:
        sheet = Sheet(rotate=rotate, origin=origin).text(60, 60, "标题").table(MERGED)
        document = read(sheet.text(60, 300, "后 2 3"))
        assert document.notes == ()
        assert texts(document) == texts(
            read(Sheet().text(60, 60, "标题").table(MERGED).text(60, 300, "后 2 3"))
        )

    def test_a_table_cut_by_the_end_of_the_page_keeps_its_last_row(self) -> None:
        sheet = Sheet().table([["甲", "1", "2"], ["乙", "3", "4"]])
        for x in (60, 180, 240, 300):
            sheet.line(x, 140, x, 160)
        sheet.text(64, 154, "丙").text(184, 154, "5").text(244, 154, "6")
        assert rows(sheet)[-1] == ["丙", "5", "6"]

    def test_a_table_without_a_right_side_keeps_its_last_column(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", "3"], ["丙", "5"]])
        for y in (100, 120, 140, 160):
            sheet.line(240, y, 300, y)
        sheet.text(244, 114, "2").text(244, 134, "4").text(244, 154, "6")
        assert rows(sheet) == [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]

    def test_text_where_a_rectangle_is_missing_gets_a_cell_of_its_own(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", "2"]]).line(240, 100, 300, 100)
        sheet.line(300, 100, 300, 120).line(240, 120, 300, 120).text(244, 114, "3")
        sheet.text(244, 134, "4")
        assert rows(sheet) == [["甲", "1", "3"], ["乙", "2", "4"]]

    def test_an_oblique_watermark_is_not_printed_text(self) -> None:
        sheet = Sheet().table([["甲", "1"]])
        sheet.drawn.append(f"BT /F 10 Tf .7 .7 -.7 .7 190 {sheet.height - 112} Tm <0039> Tj ET")
        assert rows(sheet)[0][0] == "甲"
        assert rows(sheet)[0][1] != "19"


class TestFrames:
    def test_white_rectangles_behind_prose_are_no_table(self) -> None:
        sheet = Sheet()
        for number, line in enumerate(["二〇二四年，", "本机关受理申请。", "二、主动公开"]):
            sheet.fill(60, 40 + 20 * number, 300, 60 + 20 * number)
            sheet.text(64, 54 + 20 * number, line)
        sheet.table([["第一项", "<", "<"], ["规章", "0", "3"]])
        assert texts(read(sheet)) == [
            *("二〇二四年，", "本机关受理申请。", "二、主动公开"),
            [["第一项"], ["规章", "0", "3"]],
        ]

    def test_prose_in_a_ruled_frame_around_the_table_is_paragraphs(self) -> None:
        sheet = Sheet().table(
            [
                *(["一、总体情况", "<", "<"], ["本年受理申请 2 件。", "<", "<"]),
                *(["二、主动公开", "<", "<"], ["第一项", "<", "<"], ["规章", "0", "3"]),
                *(["第五项", "<", "<"], ["许可", "<", "9"], ["五、问题", "<", "<"]),
                ["仍有不足。", "<", "<"],
            ]
        )
        assert texts(read(sheet)) == [
            *("一、总体情况", "本年受理申请 2 件。", "二、主动公开"),
            [["第一项"], ["规章", "0", "3"], ["第五项"], ["许可", "9"]],
            *("五、问题", "仍有不足。"),
        ]

    def test_a_caption_at_the_end_of_the_page_stays_with_its_table(self) -> None:
        assert rows(Sheet().table([["规章", "0"], ["第五项", "<"]])) == [["规章", "0"], ["第五项"]]

    def test_a_table_of_one_column_is_paragraphs(self) -> None:
        assert texts(read(Sheet().table([["甲 1"], ["乙 2"]]))) == ["甲 1", "乙 2"]

    def test_a_border_around_the_page_hides_nothing(self) -> None:
        sheet = Sheet().box(20, 20, 575, 822).text(60, 60, "一、总体").table([["甲", "1"]])
        assert texts(read(sheet)) == ["一、总体", [["甲", "1"]]]

    def test_white_cells_on_a_dark_ground_are_a_table(self) -> None:
        sheet = Sheet().fill(60, 100, 203, 143, grey=0.2)
        for x, y, text in ((61, 101, "甲"), (132, 101, "1"), (61, 122, "乙"), (132, 122, "2")):
            sheet.fill(x, y, x + 70, y + 20).text(x + 4, y + 14, text)
        assert rows(sheet) == [["甲", "1"], ["乙", "2"]]


class TestLines:
    def test_without_rulings_a_row_of_figures_is_a_line_with_spaces(self) -> None:
        sheet = Sheet().text(60, 100, "（一）予以公开")
        for number, figure in enumerate(["12", "0", "0", "3", "15"]):
            sheet.text(200 + 40 * number, 100, figure)
        document = read(sheet)
        assert texts(document) == ["（一）予以公开 12 0 0 3 15"] and document.notes == ()

    @pytest.mark.parametrize("number", ["- 2 -", "— 12 —", "－3－"])
    def test_page_numbers_between_dashes_are_dropped(self, number: str) -> None:
        assert texts(read(Sheet().text(60, 60, "甲").text(300, 800, number))) == ["甲"]

    def test_a_bare_number_is_never_taken_for_a_page_number(self) -> None:
        assert texts(read(Sheet().text(60, 60, "甲").text(300, 800, "1"))) == ["甲", "1"]

    def test_a_digit_that_only_one_engine_reads_is_shown_as_unreadable(self) -> None:
        document = read(Sheet().spoken(60, 100, "25", "26").text(60, 130, "7"))
        assert texts(document) == ["2\ufffd", "7"]
        assert doubts(document) == [("error", "page 1")]


class TestSecondReading:
    def test_a_cell_that_the_engines_read_differently_is_no_figure(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", ""]]).spoken(184, 134, "5", "6")
        document = read(sheet)
        assert texts(document) == [[["甲", "1"], ["乙", "5 ≠ 6"]]]
        assert doubts(document) == [("error", "page 1, table 1, row 2, column 2")]
        assert "'5 ≠ 6'" in document.notes[0].what and document.notes[0].advice

    def test_a_figure_that_only_the_second_engine_sees_is_not_blank(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", ""]]).spoken(184, 134, "x", "6")
        assert rows(sheet)[1][1] == "x ≠ 6"

    def test_a_sign_or_point_that_differs_is_a_difference(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", ""]]).spoken(184, 134, "1.5", "1,5")
        assert "≠" in rows(sheet)[1][1]

    def test_digits_set_apart_by_thin_spaces_are_one_number(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", ""]])
        for number, digit in enumerate("123"):
            sheet.text(184 + 5.5 * number, 134, f"{digit} ")
        assert rows(sheet)[1][1] == "123"

    def test_digits_set_wide_apart_stay_apart(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", ""]])
        sheet.text(184, 134, "1 2 3")
        assert rows(sheet)[1][1] == "1 2 3"

    def test_a_number_over_two_lines_keeps_its_line_break(self) -> None:
        sheet = Sheet().table([["甲", "1"], ["乙", ""]])
        sheet.text(184, 128, "9876", 7).text(184, 137, "5", 7)
        assert rows(sheet)[1][1] == "9876\n5"

    def test_bold_made_by_printing_twice_is_read_once(self) -> None:
        sheet = Sheet().table([["甲", "21"]]).text(184.3, 114, "21")
        assert rows(sheet) == [["甲", "21"]]

    def test_a_number_across_a_ruling_is_a_figure_of_neither_cell(self) -> None:
        sheet = Sheet().table([["甲", "", ""]]).text(230, 114, "1234")
        document = read(sheet)
        assert [["甲", "12 ≠ 23", "34 ≠ 23"]] in texts(document)
        assert len(document.notes) == 2

    def test_a_raised_mark_does_not_become_a_digit(self) -> None:
        sheet = Sheet().table([["甲", "12"]]).text(194.2, 111, "3", 6)
        assert rows(sheet) == [["甲", "123 ≠ 12"]]

    def test_a_number_may_not_go_on_over_the_end_of_the_page_unnoticed(self) -> None:
        first = Sheet().table([["甲乙丙丁", "12", "0"]], width=24)
        second = Sheet().table([["戊", "3", ""]], width=24)
        document = read(first, second)
        assert texts(document) == [[["甲乙丙丁", "12 ≠ 123", "0"]], [["戊", "3 ≠ 123", ""]]]
        assert [where for _, where in doubts(document)] == [
            "page 1, table 1, row 1, column 2",
            "page 2, table 2, row 1, column 2",
        ]

    def test_a_full_row_after_the_end_of_the_page_is_a_row_of_its_own(self) -> None:
        first = Sheet().table([["甲", "12", "0"]], width=24)
        second = Sheet().table([["乙", "3", "0"]], width=24)
        assert read(first, second).notes == ()

    def test_a_figure_in_a_font_that_does_not_name_its_characters_is_refused(self) -> None:
        document = pdf.read("x.pdf", typeset(Sheet().table([["甲", "12"]]), named=False))
        assert texts(document) == [[["\ufffd", "\ufffd\ufffd ≠ 12"]]]
        assert doubts(document)[0] == ("warning", "page 1")

    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def test_any_figures_printed_are_read_back(self, data: st.DataObject) -> None:
        width = data.draw(st.integers(1, 6))
        figure = st.one_of(st.integers(0, 99_999).map(str), st.sampled_from(["", "/", "-", "1.5"]))
        row = st.lists(figure, min_size=width, max_size=width)
        table = [["甲乙", *cells] for cells in data.draw(st.lists(row, min_size=1, max_size=12))]
        document = read(Sheet().table(table))
        assert texts(document) == [table] and document.notes == ()


class TestFaults:
    def test_a_locked_file_is_told(self) -> None:
        with pytest.raises(FileError, match=r"locked by a password \(report.pdf\)"):
            pdf.read("report.pdf", typeset(Sheet().text(60, 60, "甲"), locked=True))

    @pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
    def test_a_file_cut_short_is_told(self, share: float) -> None:
        whole = typeset(Sheet().table(MERGED), Sheet().table(MERGED))
        with pytest.raises(FormatError, match="cut short or damaged"):
            pdf.read("report.pdf", whole[: int(len(whole) * share)])

    def test_a_file_that_is_no_pdf_is_told(self) -> None:
        with pytest.raises(FormatError):
            pdf.read("report.pdf", b"%PDF-1.7\n" + b"garbage" * 90 + b"%%EOF")

    def test_a_scan_is_told_with_what_to_do(self) -> None:
        scan = typeset(Sheet().picture(0, 0, 595, 842), Sheet().picture(0, 0, 595, 842))
        with pytest.raises(FormatError, match=r"is a scan.*original.*OCR"):
            pdf.read("report.pdf", scan)

    def test_a_scanned_page_among_others_is_noted(self) -> None:
        document = read(Sheet().text(60, 60, "甲"), Sheet().picture(0, 0, 595, 842), Sheet())
        assert doubts(document) == [("error", "page 2")]

    def test_text_over_a_scan_is_noted_as_guessed(self) -> None:
        document = read(Sheet().picture(0, 0, 595, 842).text(60, 60, "甲"))
        assert doubts(document) == [("warning", "page 1")] and "OCR" in document.notes[0].what

    @pytest.mark.parametrize(
        ("limit", "value", "complaint"),
        [("MAX_PAGES", 1, "2 pages"), ("MAX_SIDE", 800, "larger"), ("MAX_CHARS", 3, "characters")],
    )
    def test_a_file_beyond_the_limits_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, complaint: str
    ) -> None:
        monkeypatch.setattr(pdf, limit, value)
        with pytest.raises(FormatError, match=complaint):
            read(Sheet().text(60, 60, "甲乙丙丁"), Sheet())

    def test_nothing_is_logged_or_warned_about(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        level = logging.getLogger("pdfminer").level
        data = typeset(Sheet().table(MERGED)).replace(b"/StemV 80", b"/StemV /X")
        pdf.read("report.pdf", data)
        assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
        assert capfd.readouterr() == ("", "")
        assert logging.getLogger("pdfminer").level == level

    def test_the_title_is_kept_as_the_file_states_it(self) -> None:
        assert read(Sheet().text(60, 60, "甲"), title="年度报告").metadata == {"title": "年度报告"}
        assert read(Sheet().text(60, 60, "甲")).metadata == {}


def _value_rows(document: Document, width: int) -> Iterator[list[float]]:
    """The last cells of each row, where as many stand alone at its end and are figures."""
    for grid in document.grids():
        for row in grid.rows():
            last = [cell.text for cell in row[-width:]]
            if len(last) == width and all(text.replace(".", "").isdigit() for text in last):
                yield [float(text) for text in last]


@pytest.mark.parametrize("name", ["hongze_2023", "hongze_2024"])
class TestPublishedReports:
    @pytest.fixture
    def document(self, shared: Path, name: str) -> Document:
        path = shared / "reports" / f"{name}.pdf"
        return pdf.read(str(path), path.read_bytes())

    @pytest.fixture
    def figures(self, shared: Path, name: str) -> dict[str, dict[str, dict[str, float]]]:
        loaded: dict[str, dict[str, dict[str, float]]] = json.loads(
            (shared / "figures" / f"{name}.json").read_text(encoding="utf-8")
        )
        return loaded

    def test_every_row_of_applications_is_there_in_order(
        self, document: Document, figures: dict[str, dict[str, dict[str, float]]]
    ) -> None:
        wanted = [list(row.values()) for row in figures["applications"].values()]
        tables = [grid for grid in document.grids() if grid.width == 10]
        found = list(_value_rows(Document("", "pdf", tuple(tables)), 7))
        assert found == wanted

    def test_the_fifteen_results_are_there_in_order(
        self, document: Document, figures: dict[str, dict[str, dict[str, float]]]
    ) -> None:
        wanted = [value for route in figures["disputes"].values() for value in route.values()]
        assert list(_value_rows(document, 15)) == [wanted]

    def test_every_proactive_figure_stands_in_a_cell_of_its_own(
        self, document: Document, figures: dict[str, dict[str, dict[str, float]]]
    ) -> None:
        wanted = [value for item in figures["proactive"].values() for value in item.values()]
        narrow = [grid for grid in document.grids() if grid.width <= 4]
        cells = (cell.text for grid in narrow for cell in grid.cells)
        assert [float(text) for text in cells if text.replace(".", "").isdigit()] == wanted

    def test_both_readings_agree_everywhere(self, document: Document, name: str) -> None:
        assert document.notes == ()

    def test_the_prose_is_lines_not_tables(self, document: Document, name: str) -> None:
        headings = [
            p.text
            for p in document.paragraphs()
            if p.text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、")
        ]
        assert [heading[0] for heading in headings] == list("一二三四五六")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_word_table_printed_by_an_office_is_the_same_table(shared: Path, tmp_path: Path) -> None:
    source = shared / "reports/template.docx"
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, env=dict(os.environ))
    printed = tmp_path / "template.pdf"
    document = pdf.read(str(printed), printed.read_bytes())
    word = docx.read(str(source), source.read_bytes())
    shapes = [_shape(grid) for grid in word.grids()]
    assert _shape(next(document.grids())) == shapes[0]
    assert _shape(list(document.grids())[-1]) == shapes[-1]


def _shape(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def test_every_note_says_what_where_and_what_to_do() -> None:
    notes: tuple[Note, ...] = read(Sheet().table([["甲", "", ""]]).text(230, 114, "1234")).notes
    assert notes and all(note.what and note.where and note.advice for note in notes)
