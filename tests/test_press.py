"""The press prints what it is given: every figure, in the form's own order, the same each time."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from lxml import html

from gxtools.forms import editions, load_form
from tests.press import (
    CLEAN,
    MISPRINTS,
    STYLES,
    Noise,
    Sheet,
    broken_sums,
    drawn_sheet,
    figures_sheet,
    lay_tables,
    noises,
    print_docx,
    print_html,
    print_text,
    print_xlsx,
    sheets,
    values,
)

MIXED = {"proactive": "2021", "applications": "2019", "disputes": "2021"}
PRINTERS = {"html": print_html, "docx": print_docx, "xlsx": print_xlsx, "text": print_text}
DIRTY = Noise(
    numbering="（{}）",
    half_width=True,
    space="\u3000",
    line_breaks=True,
    furniture=True,
    nested=True,
    extra_rows=1,
    extra_columns=1,
)


@pytest.fixture
def sheet() -> Sheet:
    return drawn_sheet(random.Random(2021), MIXED)


def whole(edition: str) -> dict[str, str]:
    """Every table of one edition."""
    return {table.id: edition for table in load_form(edition).tables}


def figures_of(sheet: Sheet) -> list[list[str]]:
    """The figures of each table in the order of the form."""
    found: dict[str, list[str]] = {}
    for (table, _, _), text in sheet.cells():
        found.setdefault(table, []).append(text)
    return list(found.values())


@pytest.mark.parametrize("name", PRINTERS)
@pytest.mark.parametrize("noise", [CLEAN, DIRTY], ids=["clean", "dirty"])
def test_the_same_sheet_gives_the_same_bytes(name: str, noise: Noise, sheet: Sheet) -> None:
    print_ = PRINTERS[name]
    assert print_(sheet, noise=noise) == print_(sheet, noise=noise)


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_office_files_do_not_hold_the_time_of_printing(name: str, sheet: Sheet) -> None:
    with zipfile.ZipFile(io.BytesIO(PRINTERS[name](sheet))) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {2020}
        core = package.read("docProps/core.xml")
    assert core.count(b"2020-01-01T00:00:00Z") == 2


@given(sheets())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_every_sum_of_the_form_holds_in_a_drawn_sheet(sheet: Sheet) -> None:
    assert broken_sums(sheet) == []
    assert None not in values(sheet).values()


def test_changing_one_count_breaks_a_sum(sheet: Sheet) -> None:
    key = ("applications", "granted", "natural_person")
    changed = str(int(sheet.figures[key]) + 1)
    broken = broken_sums(replace(sheet, figures={**sheet.figures, key: changed}))
    assert {(sum_, line) for _, sum_, line, _, _ in broken} == {
        ("T3-RES", "natural_person"),
        ("T3-ROW", "granted"),
    }


@pytest.mark.parametrize("edition", editions())
def test_every_cell_of_the_form_is_laid_once_and_none_overlap(edition: str) -> None:
    drawn = drawn_sheet(random.Random(7), whole(edition))
    for laid, figures in zip(lay_tables(drawn), figures_of(drawn), strict=True):
        assert [box.text for row in laid.rows() for box in row if box.figure] == figures
        taken = [
            (box.row + i, box.column + j)
            for box in laid.boxes
            for i in range(box.height)
            for j in range(box.width)
        ]
        assert len(set(taken)) == len(taken) == laid.width * laid.height


@pytest.mark.parametrize("edition", editions())
def test_every_label_of_the_form_is_printed_in_the_forms_own_words(edition: str) -> None:
    form = load_form(edition)
    drawn = drawn_sheet(random.Random(7), whole(edition))
    page = print_html(drawn).decode()
    for table in form.tables:
        for label in (*table.groups, *table.rows, *table.columns):
            assert f"{label.printed}</td>" in page
    assert [heading.printed for _, heading in drawn.headings()] == [
        heading.printed for _, heading in form.sections
    ]


def test_the_outcome_group_cells_span_exactly_their_rows(sheet: Sheet) -> None:
    laid = next(laid for laid in lay_tables(sheet) if laid.id == "applications")
    table = load_form("2019").table("applications")
    spans = {box.text: box.height for box in laid.boxes}
    for group in table.groups[1:]:
        members = [row for row in table.rows if row.code.startswith(f"{group.code}.")]
        assert spans[group.printed] == len(members)
    # All rows but 一, 二 and 四 stand under 三、本年度办理结果.
    assert spans[table.groups[0].printed] == len(table.rows) - 3


def test_a_web_page_shows_each_tables_figures_in_order(sheet: Sheet) -> None:
    page = html.fromstring(print_html(sheet))
    printed = [[cell.text_content() for cell in table.iter("td")] for table in page.iter("table")]
    for texts, figures in zip(printed, figures_of(sheet), strict=True):
        assert [text for text in texts if text[:1].isdigit() and text in figures] == figures


def test_a_word_document_opens_with_each_figure_in_its_cell(sheet: Sheet) -> None:
    document = docx.Document(io.BytesIO(print_docx(sheet)))
    assert document.paragraphs[0].text == sheet.heading
    for table, laid in zip(document.tables, lay_tables(sheet), strict=True):
        cells = [row.cells for row in table.rows]
        for box in laid.boxes:
            assert cells[box.row][box.column].text == box.text
            corner = cells[box.row + box.height - 1][box.column + box.width - 1]
            assert corner.text == box.text


@pytest.mark.parametrize("as_text", [False, True])
def test_a_workbook_opens_with_all_sections_below_one_another(as_text: bool, sheet: Sheet) -> None:
    book = openpyxl.load_workbook(io.BytesIO(print_xlsx(sheet, Noise(as_text=as_text))))
    (page,) = book.worksheets
    assert page["A1"].value == sheet.heading
    texts = [
        str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    for figures in figures_of(sheet):
        assert " ".join(figures) in " ".join(text for text in texts if text in figures)
    kinds = {type(cell) for row in page.iter_rows(values_only=True) for cell in row}
    assert (int in kinds) is not as_text


@pytest.mark.parametrize("style", STYLES)
def test_text_holds_every_figure_in_order(style: str, sheet: Sheet) -> None:
    text = print_text(sheet, style).decode()
    words = text.replace("|", " ").split()
    for figures in figures_of(sheet):
        assert " ".join(figures) in " ".join(word for word in words if word in figures)


def test_in_cell_layout_each_row_is_padded_to_the_tables_width_but_for_the_last(
    sheet: Sheet,
) -> None:
    text = print_text(sheet, "cells").decode()
    headings = [f"\n{label.printed}\n" for _, label in sheet.headings()]
    parts = dict(zip(headings, re.split("|".join(headings), text)[1:], strict=True))
    for laid in lay_tables(sheet):
        part = parts[headings[laid.section - 1]]
        lost = laid.width - len(laid.rows()[-1])
        assert part.count("|") == laid.width * laid.height - lost


def test_noise_changes_labels_and_never_figures(sheet: Sheet) -> None:
    for clean, dirty in zip(lay_tables(sheet), lay_tables(sheet, DIRTY), strict=True):
        plain = [box.text for row in clean.rows() for box in row if box.figure]
        assert [box.text for row in dirty.rows() for box in row if box.figure] == plain
        labels = {box.text for box in clean.boxes if not box.figure}
        assert not labels & {box.text for box in dirty.boxes if not box.figure and box.text}


@given(noises())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_noise_keeps_the_table_whole(noise: Noise) -> None:
    drawn = drawn_sheet(random.Random(3), MIXED)
    for laid in lay_tables(drawn, noise):
        area = sum(box.height * box.width for box in laid.boxes)
        assert area == laid.width * laid.height


def test_each_misprint_is_one_of_a_wording_that_a_form_prints() -> None:
    printed = " ".join(
        label.printed
        for edition in editions()
        for table in load_form(edition).tables
        for label in (*table.rows, *table.columns)
    )
    assert [right for right in MISPRINTS if right not in printed] == []


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
@pytest.mark.parametrize(
    ("charset", "labelled"), [("right", True), ("absent", False), ("lying", False)]
)
def test_the_label_of_the_encoding_is_right_absent_or_a_lie(
    encoding: str, charset: str, labelled: bool, sheet: Sheet
) -> None:
    page = print_html(sheet, Noise(encoding=encoding, charset=charset))
    assert sheet.heading in page.decode(encoding)
    assert (f'charset="{encoding}"'.encode() in page) is labelled
    assert (b"charset" in page) is (charset != "absent")


def test_blank_cells_stay_blank_and_zeros_stay_zeros() -> None:
    zero = drawn_sheet(random.Random(4), MIXED)
    blank = drawn_sheet(random.Random(4), MIXED, blank_zeros=True)
    zeros = [key for key, text in zero.cells() if text == "0"]
    assert zeros
    assert [key for key, text in blank.cells() if text == ""] == zeros
    assert [key for key, value in values(blank).items() if value is None] == zeros


def test_noted_figures_are_printed_with_all_their_digits_and_the_unit_the_form_lacks() -> None:
    noted = {
        "agency": "示例市（合成数据）人民政府",
        "year": "2019",
        "editions": {"proactive": "2019", "applications": "2021"},
        "proactive": {"procurement": {"projects": "6", "amount": "251000"}},
        "disputes": {"review": {"upheld": "1", "total": None}},
        "unsure": [["disputes", "review", "upheld"]],
    }
    printed = figures_sheet(noted)
    assert printed.figure("proactive", "procurement", "amount") == "251000元"
    assert printed.figure("proactive", "procurement", "projects") == "6"
    assert printed.figure("disputes", "review", "upheld") == ""
    assert printed.figure("disputes", "review", "total") == ""
    assert printed.editions["disputes"] == "2019"
    noted = {
        **noted,
        "editions": {"proactive": "2021"},
        "proactive": {"fees": {"amount_wan": "5949.088667"}},
    }
    assert figures_sheet(noted).figure("proactive", "fees", "amount_wan") == "5949.088667"
