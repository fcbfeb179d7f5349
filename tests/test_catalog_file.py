"""catalog.csv is written by people in Excel: what it says is heeded exactly, or its slip is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxtools as gx
from gxtools.catalog import Catalog, load_catalog


def catalog_of(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Catalog:
    path = tmp_path / "catalog.csv"
    path.write_bytes(text.encode(encoding))
    return load_catalog(path, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two counties' reports under one name, as counties hand them in."""
    data = Path(__file__).parents[1] / "data/reports"
    for county, name in (("甲县", "shuyang_2025.docx"), ("乙县", "hongze_2023.docx")):
        (tmp_path / county).mkdir()
        (tmp_path / county / "年报.docx").write_bytes((data / name).read_bytes())
    return tmp_path


def test_a_row_that_fits_two_reports_is_never_given_to_both(folder: Path) -> None:
    catalog_of(folder, "file,agency\n年报.docx,沭阳县人民政府\n")
    with pytest.raises(
        gx.GxError, match=r"names 2 files: .*甲县/年报.docx.*folder before the name"
    ):
        gx.read_all(folder, progress=False)


@pytest.mark.parametrize("mark", ["/", "\\"])
def test_files_of_one_name_are_told_apart_by_their_folder(folder: Path, mark: str) -> None:
    catalog_of(folder, f"file,agency\n甲县{mark}年报.docx,甲局\n乙县{mark}年报.docx,乙局\n")
    reports = gx.read_all(folder, progress=False)
    told = {Path(row.file).parent.name: row.agency for row in reports.index.itertuples()}
    assert told == {"甲县": "甲局", "乙县": "乙局"}
    assert not reports.problems["what"].str.contains("not among").any()


def test_a_copy_of_the_same_file_may_lie_in_two_folders(folder: Path) -> None:
    (folder / "乙县/年报.docx").write_bytes((folder / "甲县/年报.docx").read_bytes())
    catalog_of(folder, "file,agency\n年报.docx,某局\n")
    assert gx.read_all(folder, progress=False).index["agency"].tolist() == ["某局"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-8"])
def test_what_excel_saves_is_read(tmp_path: Path, encoding: str) -> None:
    text = 'file,agency ,source\r\n某县.html,某县人民政府,"第一行\n第二行"\r\n,,\r\n'
    found = catalog_of(tmp_path, text, encoding)
    assert found.rows == {"某县.html": {"agency": "某县人民政府", "source": "第一行\n第二行"}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("文件,机关\na.html,甲\n", "its headings are: 文件, 机关"),
        ("", "its headings are: none"),
        ("agency,file\n甲\n", "names no file .*row 2"),
        ("file,agency\na.html,甲\na.html,乙\n", "names a.html twice"),
        ("file,scope\na.html,汇总\n", "'汇总' is no scope .*own, aggregate"),
        ("file,level\na.html,市级\n", "'市级' is no level .*city"),
        ("file,year\na.html,2024年\n", "'2024年' is not a year .*four digits"),
        ("file,year\na.html,24\n", "'24' is not a year"),
        ("file,year\na.html,²\n", "'²' is not a year"),
    ],
)
def test_a_slip_is_told_where_it_stands(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(gx.GxError, match=told):
        catalog_of(tmp_path, text)


def test_a_misspelt_heading_is_listed_and_not_passed_over(tmp_path: Path) -> None:
    notes = catalog_of(tmp_path, "file,agancy,remark\na.html,甲,x\n").unused(["a.html"])
    assert [what for _, what, _, _ in notes] == [
        "the catalogue's column 'agancy' is not read: agency is meant?"
    ]


def test_catalogues_of_several_folders_are_not_passed_over_in_silence(folder: Path) -> None:
    (folder / "甲县/catalog.csv").write_text("file,agency\n年报.docx,某局\n", "utf-8")
    counties = (path for path in (folder / "甲县", folder / "乙县"))
    found = gx.read_all(counties, progress=False)
    assert len(found) == 2 and "某局" not in set(found.index["agency"])
    (told,) = found.problems.query("what.str.contains('catalogue is not used')")["file"]
    assert told == str(folder / "甲县/catalog.csv")


def test_a_catalogue_of_another_name_is_no_report(folder: Path) -> None:
    given = folder / "目录.csv"
    given.write_text("file,year\n甲县/年报.docx,2025\n", "utf-8")
    problems = gx.read_all(folder, catalog=given, progress=False).problems
    assert not problems["file"].str.endswith("目录.csv").any()
