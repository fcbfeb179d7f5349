"""Bad input: what, where, what to do; and nothing else is lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

import gxtools as gx
from gxtools.__main__ import main
from gxtools.errors import FileError, FormatError, FormError

GOOD = "示例局2024年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n" + "\n".join(
    [
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "规章 | 1 | 0 | 3 |",
        "行政规范性文件 | 2 | 1 | 9 |",
    ]
)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "规章"  # type: ignore[index]
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return data.getvalue()


BAD = {
    "empty.html": (b"", FileError, "is empty"),
    "spaces.txt": (b" \n\n\t ", FileError, "is empty"),
    "photo.pdf": (b"\xff\xd8\xff\xe0" + b"\x00" * 500, FormatError, "a JPEG picture"),
    "page.html": (
        b"<html><body><p>hello</p></body></html>",
        FormError,
        "no table of the statutory",
    ),
    "half.xlsx": (workbook()[:900], FormatError, ""),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, FormatError, "old Office"),
    "bomb.xlsx": (bomb(), FormatError, ""),
    "broken.pdf": (b"%PDF-1.7\n" + b"garbage" * 50, FormatError, ""),
    "noise.txt": (bytes(range(1, 32)) * 40, FormatError, "neither text nor"),
    "deep.html": (b"<div>" * 5000 + b"<table>", FormatError, "nested or damaged"),
    "tag.html": (
        b"<table " + b" ".join(b"a%d=1" % i for i in range(20000)) + b">",
        FormatError,
        "thousands of attributes",
    ),
    "link.html": ("<p>我区2024年报告见附件</p>".encode(), FormError, "annual report itself"),
}


@pytest.mark.parametrize("name", BAD)
def test_read_says_what_where_and_what_to_do(tmp_path: Path, name: str) -> None:
    data, kind, words = BAD[name]
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(kind) as caught:
        gx.read(file)
    assert words in str(caught.value)
    assert name in caught.value.where
    assert caught.value.advice or kind is FormatError


def test_an_absent_file_is_named() -> None:
    with pytest.raises(FileError, match=r"no-such\.pdf"):
        gx.read("no-such.pdf")


def test_bad_files_are_listed_and_nothing_else_is_lost(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    for name, (data, *_) in BAD.items():
        (tmp_path / name).write_bytes(data)
    reports = gx.read_all(tmp_path, progress=False)
    assert list(reports.index["agency"]) == ["示例局"]
    listed = reports.problems.loc[reports.problems["report"].isna()]
    assert {Path(file).name for file in listed["file"]} == set(BAD)
    assert (listed["severity"] == "error").all() and (listed["what"].str.len() > 5).all()


def test_errors_can_be_raised_instead(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(FileError):
        gx.read_all(tmp_path, errors="raise", progress=False)


def test_a_wrong_argument_is_named(tmp_path: Path) -> None:
    with pytest.raises(gx.GxError, match="errors='ignore' is unknown"):
        gx.read_all(tmp_path, errors="ignore")


def test_the_exit_status_says_that_something_was_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "photo.pdf").write_bytes(BAD["photo.pdf"][0])
    assert main(["read", str(tmp_path), "--quiet"]) == 1
    assert "a JPEG picture" in capsys.readouterr().out
    assert main(["read", str(tmp_path / "nothing"), "--quiet"]) == 2
    assert "Check the path" in capsys.readouterr().err


def test_the_same_cell_printed_twice_with_other_figures_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "twice.txt"
    file.write_text(GOOD + "\n\n" + GOOD.replace("规章 | 1", "规章 | 7"), encoding="utf-8")
    reports = gx.read(file)
    cells = reports.cells.set_index(["row", "column"])
    assert cells["value"].isna()["regulation", "issued"]
    assert cells["raw"]["regulation", "issued"] == "1 / 7"
    assert cells["value"]["regulation", "in_force"] == 3
    assert reports.problems["what"].str.contains("printed twice").any()


def test_a_row_with_a_cell_too_few_is_refused_whole(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text(GOOD.replace("规章 | 1 | 0 | 3 |", "规章 | 1 | 3 |"), encoding="utf-8")
    reports = gx.read(file)
    cells = reports.cells.set_index(["row", "column"])["value"]
    assert cells["regulation"].isna().all()
    assert cells["normative_document", "in_force"] == 9
    assert reports.problems["what"].str.contains("3 cells are needed, 2 figures").any()


def test_a_label_that_a_text_prints_twice_is_not_read_though_one_row_would_fit(
    tmp_path: Path,
) -> None:
    file = tmp_path / "copied.txt"
    row = "行政规\n范性文件 |\n2 |\n{}9 |\n"  # a label broken in two parts the text into grids
    twice = row.format("") + "规章 |\n4 |\n5 |\n6 |\n" + row.format("1 |\n")
    file.write_text(GOOD.split("规章")[0] + twice, encoding="utf-8")
    cells = gx.read(file).cells.set_index(["row", "column"])["value"]
    assert cells["normative_document"].isna().all()
    assert cells["regulation", "in_force"] == 6
