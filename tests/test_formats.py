"""Every format in which a report is handed on: read like the others, or refused with a way out."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import gxtools as gx
from gxtools.errors import FileError, FormatError
from gxtools.readers import office
from tests.press import (
    Key,
    Noise,
    Sheet,
    drawn_sheet,
    noises,
    print_docx,
    print_html,
    print_xlsx,
    sheets,
    values,
)
from tests.press_saved import ADDRESS, bind_mht, pack, print_csv, print_mht
from tests.press_xls import bind, cell, compound, lay_cells, print_xls, record

MIXED = {"proactive": "2021", "applications": "2019", "disputes": "2019"}
PRINTERS: dict[str, Callable[..., bytes]] = {
    "xls": print_xls,
    "mht": print_mht,
    "comma": print_csv,
    "semicolon": partial(print_csv, delimiter=";", encoding="gbk"),
    "tab": partial(print_csv, delimiter="\t", encoding="utf-8", padded=False),
}
every_printer = pytest.mark.parametrize("name", PRINTERS)
needs_office = pytest.mark.skipif(
    not any(map(shutil.which, office.PROGRAMS)), reason="LibreOffice is not on the PATH"
)


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file and give its path."""

    def put(name: str, data: bytes) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    return put


Put = Callable[[str, bytes], Path]


def drawn(seed: int = 6, blank_zeros: bool = False) -> Sheet:
    return drawn_sheet(random.Random(seed), MIXED, blank_zeros)


def figures(reports: gx.Reports) -> dict[Key, float | None]:
    """What was read, by (table, row, column); None where nothing was."""
    cells = reports.cells.set_index(["table", "row", "column"])["value"]
    return {key: None if pd.isna(value) else float(value) for key, value in cells.items()}  # type: ignore[misc]


def printed(sheet: Sheet) -> dict[Key, float | None]:
    return {key: None if value is None else float(value) for key, value in values(sheet).items()}


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def altered(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An Office package with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target.getvalue()


def read_back(
    printer: Callable[..., bytes], sheet: Sheet, folder: Path, **more: object
) -> gx.Reports:
    file = folder / "report"
    file.write_bytes(printer(sheet, **more))
    return gx.read(file)


@every_printer
def test_reading_gives_back_exactly_what_was_printed(name: str, tmp_path: Path) -> None:
    @given(sheets())
    @settings(phases=[Phase.generate], max_examples=6, deadline=None, derandomize=True)
    def test(sheet: Sheet) -> None:
        assert figures(read_back(PRINTERS[name], sheet, tmp_path)) == printed(sheet)

    test()


@every_printer
def test_blank_cells_stay_blank_and_in_their_columns(name: str, tmp_path: Path) -> None:
    reports = read_back(PRINTERS[name], drawn(blank_zeros=True), tmp_path)
    assert figures(reports) == printed(drawn(blank_zeros=True))
    assert set(reports.cells.loc[reports.cells["value"].isna(), "kind"]) == {"blank"}


@every_printer
def test_every_figure_has_a_place_of_its_own(name: str, tmp_path: Path) -> None:
    assert read_back(PRINTERS[name], drawn(), tmp_path).cells["place"].is_unique


@pytest.mark.parametrize("name", ["xls", "mht", "comma"])
def test_noise_around_the_figures_changes_none_of_them(name: str, tmp_path: Path) -> None:
    @given(sheets(), noises())
    @settings(phases=[Phase.generate], max_examples=6, deadline=None, derandomize=True)
    def test(sheet: Sheet, noise: Noise) -> None:
        assert figures(read_back(PRINTERS[name], sheet, tmp_path, noise=noise)) == printed(sheet)

    test()


class TestMarkdown:
    TABLE = (
        "# 示例局2024年政府信息公开工作年度报告\n\n"
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n"
        "| 规章 | {} |\n| 行政规范性文件 | 2 | 1 | 9 |\n\n"
        "| 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政处罚 | 3 |\n| 行政强制 | 0 |\n"
    )

    def cells(self, put: Put, row: str) -> pd.Series[float]:
        file = put("a.md", self.TABLE.format(row).encode())
        return gx.read(file).cells.set_index(["row", "column"])["value"]

    def test_a_blank_cell_in_the_middle_leaves_the_others_in_their_columns(self, put: Put) -> None:
        cells = self.cells(put, "4 |  | 5")
        assert (cells["regulation", "issued"], cells["regulation", "in_force"]) == (4, 5)
        assert pd.isna(cells["regulation", "repealed"])

    def test_a_row_that_ends_early_may_have_lost_a_cell_and_is_not_read(self, put: Put) -> None:
        cells = self.cells(put, "4 | 5 | ")
        assert cells["regulation"].isna().all()
        assert cells["normative_document", "in_force"] == 9


class TestOldExcel:
    def test_a_formula_without_a_result_and_an_error_are_no_figures(self, put: Put) -> None:
        formula = record(
            0x0006, struct.pack("<3H", 5, 2, 0) + b"\3" + b"\0" * 5 + b"\xff\xff" + b"\0" * 8
        )
        error = record(0x0205, struct.pack("<3HBB", 5, 3, 0, 0x17, 1))
        texts = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
        heads = b"".join(cell(4, column, text) for column, text in enumerate(texts))
        rows = cell(5, 0, "规章") + cell(5, 1, 4.0) + formula + error + cell(6, 0, "行政规范性文件")
        rows += b"".join(cell(6, column, float(column)) for column in (1, 2, 3))
        cells = gx.read(put("a.xls", bind({"表": heads + rows}))).cells.set_index(["row", "column"])
        assert list(cells.loc["regulation", "raw"]) == ["4", "=", "#REF!"]
        assert list(cells.loc["regulation", "kind"]) == ["number", "missing", "missing"]

    def test_a_hidden_sheet_is_told_and_not_read(self, put: Put) -> None:
        file = put(
            "a.xls", bind({"年报": lay_cells(drawn()), "旧": lay_cells(drawn(7))}, hidden="旧")
        )
        reports = gx.read(file)
        assert figures(reports) == printed(drawn())
        assert "sheet 旧" in set(reports.problems["where"])

    def test_a_cell_at_the_far_end_does_not_fill_the_memory(self, put: Put) -> None:
        with pytest.raises(FormatError, match="as far as row 65,535"):
            gx.read(put("a.xls", bind({"表": cell(0, 0, "规章") + cell(65534, 250, 1.0)})))

    @pytest.mark.parametrize(
        "data",
        [
            bind({"表": cell(0, 0, "规章")}, extra=record(0x002F, b"\0" * 6)),
            compound({"EncryptionInfo": b"", "EncryptedPackage": b""}),
            compound({"WordDocument": b"\xec\xa5" + b"\0" * 8 + b"\0\1" + b"\0" * 20}),
        ],
        ids=["xls", "xlsx", "doc"],
    )
    def test_a_locked_file_is_told(self, put: Put, data: bytes) -> None:
        with pytest.raises(FileError, match=r"locked by a password.*save it without one"):
            gx.read(put("a", data))

    @pytest.mark.parametrize("share", [0.01, 0.05, 0.3, 0.6, 0.9, 0.96])
    def test_a_workbook_cut_short_is_told(self, put: Put, share: float) -> None:
        whole = print_xls(drawn())
        with pytest.raises(FormatError, match="cut short"):
            gx.read(put("a.xls", whole[: int(len(whole) * share)]))

    def test_a_presentation_is_told(self, put: Put) -> None:
        with pytest.raises(FormatError, match="this is a presentation"):
            gx.read(put("a.ppt", compound({"PowerPoint Document": b"1"})))


class TestWorkbooks:
    """XLSX: what the file itself says of its cells is held against what is read."""

    def test_errors_and_formulas_never_calculated_are_no_blanks(self, put: Put) -> None:
        book = openpyxl.Workbook()
        texts = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
        for row in (texts, ["规章", "=1+1", "#REF!", 3], ["行政规范性文件", 1, 0, 7]):
            book.active.append(row)
        cells = gx.read(put("a.xlsx", saved(book))).cells.set_index(["row", "column"])
        assert list(cells.loc["regulation", "raw"]) == ["=1+1", "#REF!", "3"]
        assert list(cells.loc["regulation", "kind"]) == ["missing", "missing", "number"]

    def test_a_cell_at_the_far_end_does_not_fill_the_memory(self, put: Put) -> None:
        book = openpyxl.Workbook()
        book.active["A1"], book.active["XFD1048576"] = "规章", 1
        with pytest.raises(FormatError, match=r"as far as row 1,048,576.*Delete"):
            gx.read(put("a.xlsx", saved(book)))

    def test_a_raised_or_struck_digit_does_not_join_the_figure_beside_it(self, put: Put) -> None:
        book = openpyxl.Workbook()
        for row in (
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", 1, 2, 3],
        ):
            book.active.append(row)
        book.active.append(["行政规范性文件", 4, 5, 6])
        for cell_, font in (("B2", {"vertAlign": "superscript"}), ("C2", {"strike": True})):
            book.active[cell_] = CellRichText("7", TextBlock(InlineFont(**font), "1"))
        cells = gx.read(put("a.xlsx", saved(book))).cells.set_index(["row", "column"])
        assert list(cells.loc["regulation", "raw"]) == ["7^1", "7~1~", "3"]
        assert list(cells.loc["regulation", "kind"]) == ["missing", "missing", "number"]

    def test_a_styled_but_empty_cell_at_the_far_end_is_nothing(self, put: Put) -> None:
        book = openpyxl.load_workbook(io.BytesIO(print_xlsx(drawn())))
        book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
        assert figures(gx.read(put("a.xlsx", saved(book)))) == printed(drawn())

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    def test_an_entity_is_never_expanded(self, put: Put, part: str) -> None:
        entity = b'<!DOCTYPE a [<!ENTITY b "1">]>'
        data = altered(
            print_xlsx(drawn()), part, lambda xml: entity + xml.replace(b">1<", b">&b;<")
        )
        with pytest.raises(FormatError):
            gx.read(put("a.xlsx", data))


class TestSeveralSheets:
    ONE = Sheet("示例一局（合成数据）", 2023, MIXED, drawn(1).figures)
    TWO = Sheet("示例二局（合成数据）", 2024, MIXED, drawn(2).figures)

    def test_one_report_a_sheet_gives_several_reports(self, put: Put) -> None:
        file = put("book.xls", bind({"一": lay_cells(self.ONE), "二": lay_cells(self.TWO)}))
        reports = gx.read_all(file, progress=False)
        assert [Path(name).name for name in reports.index["file"]] == ["book.xls#一", "book.xls#二"]
        assert list(reports.index["agency"]) == [self.ONE.agency, self.TWO.agency]
        assert list(reports.index["year"]) == [2023, 2024]
        for name, sheet in zip(reports.index["report"], (self.ONE, self.TWO), strict=True):
            assert figures(reports.only([name])) == printed(sheet)

    def test_read_says_how_many_there_are_and_reads_one_by_its_name(self, put: Put) -> None:
        file = put("book.xls", bind({"一": lay_cells(self.ONE), "二": lay_cells(self.TWO)}))
        with pytest.raises(FormatError, match=r"2 reports.*一, 二.*read_all.*book\.xls#一"):
            gx.read(file)
        assert figures(gx.read(f"{file}#二")) == printed(self.TWO)
        with pytest.raises(FileError, match=r"book\.xls#三"):
            gx.read(f"{file}#三")

    def test_one_report_over_several_sheets_stays_one(self, put: Put) -> None:
        parts = {f"表{n}": lay_cells(self.ONE, only=[n]) for n in (2, 3, 4)}
        cover = {"封面": cell(0, 0, self.ONE.heading)}
        reports = gx.read(put("book.xls", bind(cover | parts)))
        assert figures(reports) == printed(self.ONE)
        assert len(gx.read_all(put("book.xls", bind(parts)), progress=False)) == 1

    def test_a_blank_form_beside_a_filled_one_is_no_report_of_its_own(self, put: Put) -> None:
        blank = dict.fromkeys(self.ONE.figures, "")
        empty = lay_cells(Sheet("", 2023, MIXED, blank, title="填报说明"))
        reports = gx.read(put("book.xls", bind({"表": lay_cells(self.ONE), "空表": empty})))
        assert figures(reports) == printed(self.ONE)

    def test_tables_of_two_bodies_are_never_joined_though_they_share_no_cell(
        self, put: Put
    ) -> None:
        parts = {"甲": lay_cells(self.ONE, only=[2]), "乙": lay_cells(self.TWO, only=[3])}
        reports = gx.read_all(put("book.xls", bind(parts)), progress=False)
        assert list(reports.index["agency"]) == [self.ONE.agency, self.TWO.agency]

    def test_sheets_of_several_reports_are_joined_by_their_titles(self, put: Put) -> None:
        parts = {
            f"{sheet.year}-{n}": lay_cells(sheet, only=[n])
            for n in (2, 3, 4)
            for sheet in (self.ONE, self.TWO)
        }
        reports = gx.read_all(put("book.xls", bind(parts)), progress=False)
        for name, sheet in zip(reports.index["report"], (self.ONE, self.TWO), strict=True):
            assert figures(reports.only([name])) == printed(sheet)

    def test_sheets_without_titles_are_not_joined_by_guess(self, put: Put) -> None:
        parts = {"封面": cell(0, 0, "两个年度")}
        for n in (2, 3):
            for sheet in (self.ONE, self.TWO):
                untitled = replace(sheet, title="表")
                parts[f"{n}-{sheet.year}"] = lay_cells(untitled, only=[n])
        reports = gx.read_all(put("book.xls", bind(parts)), progress=False)
        assert len(reports) == 4
        assert reports.problems["what"].str.contains("holds no table of the form").any()

    def test_the_catalogue_names_a_sheet_like_a_file(self, put: Put) -> None:
        file = put("book.xls", bind({"一": lay_cells(self.ONE), "二": lay_cells(self.TWO)}))
        put("catalog.csv", "file,agency,year\nbook.xls#二,示例三局,2020\n".encode())
        reports = gx.read_all(file.parent, progress=False)
        assert list(reports.index["agency"]) == [self.ONE.agency, "示例三局"]
        assert not reports.problems["what"].str.contains("names book").any()


class TestWebArchives:
    FRAME = b'<html><body><iframe src="%s"></iframe></body></html>'

    def test_the_address_from_which_it_was_saved_is_the_source(self, put: Put) -> None:
        assert list(gx.read(put("a.mht", print_mht(drawn()))).index["source"]) == [ADDRESS]

    @pytest.mark.parametrize("packing", ["quoted-printable", "base64"])
    def test_a_page_in_gbk_that_says_utf8_is_read(self, put: Put, packing: str) -> None:
        page = print_html(drawn(), Noise(encoding="gbk", charset="lying"))
        assert figures(gx.read(put("a.mht", bind_mht({ADDRESS: page}, packing)))) == printed(
            drawn()
        )

    @pytest.mark.parametrize(
        "source", [b"inner/report.html", ADDRESS.encode() + b"/inner/report.html"]
    )
    def test_the_page_within_a_frame_is_read(self, put: Put, source: bytes) -> None:
        pages = {ADDRESS: self.FRAME % source, f"{ADDRESS}/inner/report.html": print_html(drawn())}
        assert figures(gx.read(put("a.mht", bind_mht(pages)))) == printed(drawn())

    def test_a_page_that_is_not_shown_is_left_alone(self, put: Put) -> None:
        pages = {ADDRESS: print_html(drawn()), f"{ADDRESS}/ad.html": print_html(drawn(7))}
        assert figures(gx.read(put("a.mht", bind_mht(pages)))) == printed(drawn())

    def test_an_archive_without_a_page_is_told(self, put: Put) -> None:
        data = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a--\r\n"
        with pytest.raises(FormatError, match="holds no page"):
            gx.read(put("a.mht", data))

    def test_parts_without_end_are_refused(self, put: Put) -> None:
        head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
        with pytest.raises(FormatError, match="thousands of parts"):
            gx.read(put("a.mht", head + b"--a\r\n\r\n" * 3000))

    @pytest.mark.parametrize("folder", ["年报_files", "年报.files", "年报_FILES"])
    def test_what_is_saved_beside_a_page_is_no_report(self, put: Put, folder: str) -> None:
        put("年报.html", print_html(drawn()))
        put(f"{folder}/frame.html", print_html(drawn(7)))
        file = put(f"{folder}/jquery.js", b"var a = 1;")
        reports = gx.read_all(file.parent.parent, progress=False)
        assert [Path(name).name for name in reports.index["file"]] == ["年报.html"]
        assert set(reports.problems["report"]) == set(reports.index["report"])

    def test_a_folder_of_that_kind_without_its_page_is_read(self, put: Put) -> None:
        file = put("2024_files/a.html", print_html(drawn()))
        assert len(gx.read_all(file.parent.parent, progress=False)) == 1


class TestArchives:
    def test_every_member_is_a_report_named_with_its_archive(self, put: Put) -> None:
        files = {"东区/a.html": print_html(drawn(1)), "b.docx": print_docx(drawn(2))}
        reports = gx.read_all(put("all.zip", pack(files)), progress=False)
        assert [Path(name).name for name in reports.index["file"]] == ["all.zip!b.docx", "a.html"]
        assert reports.index["file"].str.endswith("all.zip!东区/a.html").any()
        assert figures(reports.only(reports.index["report"][1:])) == printed(drawn(1))

    def test_names_packed_in_gbk_are_read_as_written(self, put: Put) -> None:
        file = put("all.zip", pack({"乗法区/二〇二四.html": print_html(drawn())}, "gbk"))
        (name,) = gx.read_all(file, progress=False).index["file"]
        assert name.endswith("all.zip!乗法区/二〇二四.html")

    def test_read_takes_an_archive_of_one_report_and_refuses_several(self, put: Put) -> None:
        one = put("one.zip", pack({"a.html": print_html(drawn())}))
        assert figures(gx.read(one)) == printed(drawn())
        assert gx.read_document(one).path == f"{one}!a.html"
        two = put("two.zip", pack({name: print_html(drawn()) for name in ("a.html", "b.html")}))
        with pytest.raises(FormatError, match=r"holds 2 files.*read_all.*two\.zip!a\.html"):
            gx.read(two)
        assert figures(gx.read(f"{two}!b.html")) == printed(drawn())
        with pytest.raises(FileError, match=r"has no c\.html"):
            gx.read(f"{two}!c.html")

    def test_bad_members_are_listed_and_the_others_read(self, put: Put) -> None:
        files = {"a.html": print_html(drawn()), "b.pdf": b"%PDF-1.7 nothing", "c.html": b""}
        file = put("all.zip", locked(pack({**files, "d.html": print_html(drawn())}), "d.html"))
        reports = gx.read_all(file, progress=False)
        assert len(reports) == 1
        listed = reports.problems.loc[reports.problems["report"].isna()].set_index("file")["what"]
        names = [Path(name).name for name in listed.index]
        assert names == ["all.zip!b.pdf", "all.zip!c.html", "all.zip!d.html"]
        assert "locked by a password" in listed.iloc[2]

    def test_an_archive_within_an_archive_is_opened_and_one_within_that_is_not(
        self, put: Put
    ) -> None:
        inner = pack({"deep.html": print_html(drawn())})
        file = put("a.zip", pack({"b.zip": inner, "c.zip": pack({"d.zip": inner})}))
        reports = gx.read_all(file, progress=False)
        assert [Path(n).name for n in reports.index["file"]] == ["a.zip!b.zip!deep.html"]
        assert figures(gx.read(f"{file}!b.zip!deep.html")) == printed(drawn())
        (deep,) = reports.problems.loc[reports.problems["report"].isna(), "what"]
        assert "an archive within an archive within an archive" in deep

    def test_hidden_files_and_what_browsers_save_beside_a_page_are_left_alone(
        self, put: Put
    ) -> None:
        page = print_html(drawn())
        names = ["年报.html", "年报_files/x.html", "__MACOSX/年报.html", ".DS_Store", "~$a.docx"]
        reports = gx.read_all(put("a.zip", pack(dict.fromkeys(names, page))), progress=False)
        assert [Path(name).name for name in reports.index["file"]] == ["a.zip!年报.html"]
        assert reports.problems["report"].notna().all()

    def test_a_file_on_disk_may_have_the_mark_in_its_name(self, put: Put) -> None:
        assert figures(gx.read(put("a!b#c.html", print_html(drawn())))) == printed(drawn())

    def test_the_catalogue_names_a_member_like_a_file(self, put: Put) -> None:
        file = put("all.zip", pack({"东区/a.html": print_html(drawn())}))
        put("catalog.csv", b"file,year\na.html,2020\n")
        reports = gx.read_all(file.parent, progress=False)
        assert list(reports.index["year"]) == [2020]
        assert not reports.problems["what"].str.contains("names a.html").any()

    def test_the_same_file_again_is_told_and_counted_once(self, put: Put) -> None:
        page = print_html(drawn())
        file = put("all.zip", pack({"x/a.html": page}))
        put("z/a.html", page)
        reports = gx.read_all(file.parent, progress=False)
        assert len(reports) == 1 and len(reports.applications) == 23 * 7
        (told,) = reports.problems.loc[reports.problems["severity"] == "info", "what"]
        assert told.endswith("all.zip!x/a.html: counted once")

    @pytest.mark.parametrize(
        ("files", "complaint"),
        [
            ({}, "holds no file"),
            ({"OFD.xml": b"<a/>"}, "an OFD document"),
            ({"mimetype": b"application/epub+zip"}, "not read"),
            ({f"{n}.txt": b"1" for n in range(10_001)}, "over 10000 members"),
            ({"a.html": b"0" * 60_000_000}, "unpacks to 60000000 bytes"),
        ],
        ids=["empty", "ofd", "epub", "many", "bomb"],
    )
    def test_an_archive_of_something_else_is_told(
        self, put: Put, files: dict[str, bytes], complaint: str
    ) -> None:
        file = put("a.zip", pack(files))
        with pytest.raises(FormatError, match=complaint):
            gx.read(file)
        reports = gx.read_all(file, progress=False)
        assert len(reports) == 0 and complaint in reports.problems["what"].iloc[0]

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
    def test_an_archive_cut_short_is_told(self, put: Put, share: float) -> None:
        whole = pack({"a.html": print_html(drawn()), "b.html": print_html(drawn())})
        reports = gx.read_all(put("a.zip", whole[: int(len(whole) * share)]), progress=False)
        assert "cut short" in reports.problems["what"].iloc[0]

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [(b"Rar!\x1a\x07\x01\x00" + b"1" * 99, "RAR"), (b"7z\xbc\xaf\x27\x1c" + b"1" * 99, "7z")],
    )
    def test_other_archives_are_told_with_what_to_do(
        self, put: Put, data: bytes, complaint: str
    ) -> None:
        with pytest.raises(FormatError, match=rf"a {complaint} archive.*Unpack it"):
            gx.read(put("a", data))


class TestWord:
    def test_the_main_part_is_found_by_the_relations_of_the_package(self, put: Put) -> None:
        data = moved(print_docx(drawn()), "word/document.xml", "word/document2.xml")
        assert figures(gx.read(put("online.docx", data))) == printed(drawn())

    @needs_office
    @pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
    def test_other_word_processors_are_read_through_libreoffice(self, put: Put, kind: str) -> None:
        file = put("report.docx", print_docx(drawn(blank_zeros=True)))
        reports = gx.read(convert(file, kind))
        assert figures(reports) == printed(drawn(blank_zeros=True))
        assert list(reports.index["format"]) == [kind]

    @needs_office
    def test_a_workbook_that_libreoffice_wrote_is_read(self, put: Put) -> None:
        file = convert(put("report.xlsx", print_xlsx(drawn())), "xls")
        assert figures(gx.read(file)) == printed(drawn())

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            (compound({"WordDocument": b"\xec\xa5" + b"\0" * 40}), "an old Word or WPS file"),
            (b"{\\rtf1\\ansi 1}", "an RTF file"),
            (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', "Word 2003"),
            (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><a/>', "Excel 2003"),
        ],
    )
    def test_without_libreoffice_the_way_out_is_told(
        self, put: Put, monkeypatch: pytest.MonkeyPatch, data: bytes, complaint: str
    ) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(FormatError, match=rf"{complaint}.*Install LibreOffice.*\.docx"):
            gx.read(put("a.doc", data))

    def test_libreoffice_that_hangs_is_ended(
        self, put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        program = put("bin/soffice", b"#!/bin/sh\nsleep 60 &\nwait\n")
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        monkeypatch.setattr(office, "SECONDS", 1)
        with pytest.raises(FormatError, match="within 1 s"):
            gx.read(put("a.rtf", b"{\\rtf1 1}"))

    def test_libreoffice_that_makes_nothing_is_told(
        self, put: Put, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = put("bin/soffice", b"#!/bin/sh\necho no filter\n")
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        with pytest.raises(FormatError, match="cannot read this file: no filter"):
            gx.read(put("a.rtf", b"{\\rtf1 1}"))


def convert(file: Path, kind: str) -> Path:
    """The file as LibreOffice saves it in another format."""
    profile = (file.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    folder = ["--outdir", str(file.parent), str(file)]
    subprocess.run([*command, *folder], check=True, capture_output=True, timeout=60)
    return file.with_suffix(f".{kind}")


def moved(data: bytes, part: str, to: str) -> bytes:
    """An Office package whose part has another name, in its relations too."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(part.encode(), to.encode())
            new.writestr(name.replace("/document.xml", "/document2.xml"), text)
    return target.getvalue()


def locked(data: bytes, name: str) -> bytes:
    """A ZIP in which one member is marked as encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            head = {b"PK\x03\x04": 30, b"PK\x01\x02": 46}[mark]
            if data[place + head :].startswith(name.encode()):
                changed[place + offset] |= 1
    return bytes(changed)
