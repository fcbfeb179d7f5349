"""Real reports as published, against their published figures: not one wrong cell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import gxtools as gx

from .accuracy import figures_of, score
from .conftest import SHARED

FILES = [
    (file, known)
    for file in sorted((SHARED / "reports").glob("*"))
    if (known := figures_of(file, SHARED / "figures"))
]
WHOLE = {
    "hongze_2023.pdf": 186,
    "hongze_2024.pdf": 186,
    "shanghai_office_2019.html": 198,
    "pingtan_2023.html": 200,
    "chaoyang_science_2024.txt": 200,
    "pingtan_2014_annex.txt": 32,
}
if not FILES:
    FILES = [pytest.param(Path(), Path(), marks=pytest.mark.skip("no real reports here"))]


@pytest.mark.parametrize(("file", "known"), FILES, ids=lambda path: path.name)
def test_no_cell_is_read_wrong(file: Path, known: Path) -> None:
    assert score(file, known).wrong == []


@pytest.mark.parametrize("name", WHOLE)
def test_clean_reports_are_read_completely(shared: Path, name: str) -> None:
    index = gx.read(shared / "reports" / name).index.iloc[0]
    assert (index["found"], index["expected"]) == (WHOLE[name], WHOLE[name])


@pytest.mark.parametrize("name", ["shanghai_science_2024.md", "pingtan_2022_runtogether.txt"])
def test_what_cannot_be_tied_to_a_label_is_unread_and_listed(shared: Path, name: str) -> None:
    reports = gx.read(shared / "reports" / name)
    missing = reports.cells.loc[reports.cells["kind"] == "missing"]
    assert len(missing) and missing["value"].isna().all()
    for table in missing["table"].unique():
        listed = reports.problems["what"].str.contains(f"of the table {table}")
        assert listed.any(), f"{table} has unread cells but no problem names it"


def test_a_blank_form_is_read_as_blank_not_as_zero(shared: Path) -> None:
    cells = gx.read(shared / "reports/template.docx").cells
    assert len(cells) == 175 + 15 + 10
    assert set(cells["kind"]) == {"blank"}
    assert cells["value"].isna().all()


def test_the_edition_is_told_table_by_table(originals: gx.Reports) -> None:
    told = originals.index.set_index("agency")["editions"]
    hongze = told["淮安市洪泽区人民政府"].iloc[0]
    assert "proactive=2021" in hongze and "applications=2019" in hongze


def test_a_damaged_label_is_read_closely_and_said_so(originals: gx.Reports) -> None:
    close = originals.cells.loc[originals.cells["match"] == "close"]
    rows = close.groupby("report")["row"].unique()
    assert {tuple(r) for r in rows} == {("denied.law_prohibited",), ("denied.internal",)}
    assert originals.problems["what"].str.contains("2.其他法律行政止公开", regex=False).any()


def test_a_unit_written_in_the_cell_is_kept(originals: gx.Reports) -> None:
    cells = originals.cells
    amount = cells.loc[(cells["row"] == "procurement") & (cells["column"] == "amount")].iloc[0]
    assert (amount["value"], amount["raw"], amount["kind"], amount["unit"]) == (
        251000,
        "251000元",
        "unit",
        "元",
    )


def test_every_figure_has_its_place_and_printed_characters(originals: gx.Reports) -> None:
    read = originals.cells.loc[originals.cells["value"].notna()]
    assert (
        read["place"]
        .str.contains(
            r"^(?:page \d+, )?table \d+, row \d+, column \d+$|^line \d+(?:, (?:row|column|cell) \d+)*$"
        )
        .all()
    )
    assert (read["raw"].str.len() > 0).all()


def test_agency_year_and_title_come_from_the_document(originals: gx.Reports) -> None:
    index = originals.index.set_index(originals.index["report"].str[:-7])
    assert index.loc["hongze_2024", "agency"] == "淮安市洪泽区人民政府"
    assert index.loc["shanghai_office_2019", "year"] == 2019
    assert index.loc["shanghai_office_2019", "published"] == "2020-01-31"
    assert index.loc["chaoyang_science_2024", "agency"] == "朝阳区科技局"
    assert pd.isna(index.loc["chaoyang_science_2024", "division"])
    assert index.loc["pingtan_2023", "title"] == "平潭综合实验区2023年度政府信息公开工作年度报告"


def test_sections_hold_the_text_without_the_tables(originals: gx.Reports) -> None:
    sections = originals.sections
    hongze = sections.loc[sections["report"].str.startswith("hongze_2023")]
    assert list(hongze["section"]) == [0, 1, 2, 3, 4, 5, 6]
    assert "统计期限" in hongze["text"].iloc[0] and hongze["title"].iloc[0] == ""
    assert hongze.loc[hongze["section"] == 6, "text"].iat[0].strip()
    assert not hongze.loc[hongze["section"] == 4, "text"].iat[0].strip()
