"""What people get wrong in a call is told in words: no table without rows, no error of a library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gxtools as gx

DATA = Path(__file__).parents[1] / "data/reports"
SUQIAN = "宿迁市人民政府"
Call = Callable[[gx.Reports, pd.DataFrame], object]


@pytest.fixture(scope="module")
def reports() -> gx.Reports:
    files = ["suqian_2023.txt", "suqian_2024.html", "huaian_2024.txt", "shuyang_2025.docx"]
    return gx.read_all([DATA / name for name in files], progress=False)


@pytest.fixture(scope="module")
def rate(reports: gx.Reports) -> pd.DataFrame:
    return gx.measure(reports, "disclosure_rate")


WRONG: dict[str, tuple[Call, str]] = {
    "a list where one file is read": (lambda r, f: gx.read([DATA]), "is no path.*read_all"),  # type: ignore[arg-type]
    "a path for a Document": (
        lambda r, f: gx.recognise(DATA / "suqian_2024.html"), "gx.read_document",  # type: ignore[arg-type]
    ),
    "a year of two digits": (lambda r, f: gx.read(DATA / "suqian_2024.html", year=24), "not a year"),
    "a year as text": (lambda r, f: r.select(year="2024"), "Years are numbers"),  # type: ignore[arg-type]
    "a name cut short": (lambda r, f: r.select(agency="宿迁"), f"There are: {SUQIAN}."),
    "one misspelt name of two": (
        lambda r, f: r.select(agency=[SUQIAN, "淮安市人民政俯"]),
        "no report has agency '淮安市人民政俯'.*淮安市人民政府",
    ),
    "Reports joined with nothing": (lambda r, f: gx.concat(r), "a list of Reports"),  # type: ignore[arg-type]
    "a frame for Reports": (lambda r, f: gx.check(f), "Reports are needed, not DataFrame"),  # type: ignore[arg-type]
    "a folder for Reports": (lambda r, f: gx.outcomes("reports"), "Reports are needed, not str"),  # type: ignore[arg-type]
    "Reports for a frame": (lambda r, f: gx.compare(r), "a frame is needed, not Reports"),  # type: ignore[arg-type]
    "Reports for a drawn frame": (lambda r, f: gx.plot_outcomes(r), "a frame is needed"),  # type: ignore[arg-type]
    "another frame": (lambda r, f: gx.funnel(gx.outcomes(r)), "no column .*gx.measure"),
    "years as text in a frame": (
        lambda r, f: gx.trend(f.astype({"year": "string"})), "year holds text",
    ),
    "one year for two": (lambda r, f: gx.compare(f, years=2024), "Give two years"),  # type: ignore[arg-type]
    "a year of no report": (lambda r, f: gx.compare(f, years=(2030, 2031)), "no report is of 2030"),
    "years backwards": (lambda r, f: gx.coverage(r, years=(2025, 2014)), "the earlier year first"),
    "years that would not be heeded": (
        lambda r, f: gx.compare(f, by="district", years=(2023, 2024)), "Keep the year first",
    ),
    "a body that would not be heeded": (
        lambda r, f: gx.compare(f, against=SUQIAN), 'Give by="district"',
    ),
    "a list of bodies for one": (lambda r, f: gx.why(r, [SUQIAN], 2023, 2024), "one name as text"),  # type: ignore[arg-type]
    "a group that is text": (lambda r, f: gx.rank(f, group="year"), "Give a list of columns"),
    "a number as text": (lambda r, f: gx.peers(r, SUQIAN, count="3"), "count='3' is no number"),  # type: ignore[arg-type]
    "a measure by its Chinese name": (
        lambda r, f: gx.measure(r, "公开率"), "Its id is disclosure_rate",
    ),
    "a path for a population": (
        lambda r, f: gx.measure(r, "per_100k", population="x.csv"),  # type: ignore[arg-type]
        "is no table. Give read_population",
    ),
    "a percentage for a rate": (lambda r, f: gx.funnel_limits(54.0, [30]), "from 0 to 1"),
    "findings of something else": (lambda r, f: gx.coverage(r, findings=f), "frame of gx.check"),
    "a picture of nothing": (lambda r, f: gx.save_figure(None, "a.png"), "is no figure"),  # type: ignore[arg-type]
}  # fmt: skip
SPEAKING: tuple[Call, ...] = (
    lambda r, f: gx.label("granted", lang="cn"),
    lambda r, f: gx.compare(f, lang="cn"),
    lambda r, f: gx.trend(f, lang="cn"),
    lambda r, f: gx.coverage(r, lang="cn"),
    lambda r, f: gx.claims(r, lang="cn"),  # type: ignore[arg-type]
    lambda r, f: gx.trace(r, r.cells.iloc[0], lang="cn"),
)


@pytest.mark.parametrize("slip", WRONG)
def test_a_slip_is_told_in_words(slip: str, reports: gx.Reports, rate: pd.DataFrame) -> None:
    call, told = WRONG[slip]
    with pytest.raises(gx.GxError, match=told):
        call(reports, rate)


@pytest.mark.parametrize("call", SPEAKING)
def test_an_unknown_language_is_never_taken_for_english(
    call: Call, reports: gx.Reports, rate: pd.DataFrame
) -> None:
    with pytest.raises(gx.GxError, match=r"lang is 'cn'. Possible: zh, en"):
        call(reports, rate)


def test_two_reports_of_unknown_years_are_told_as_such(rate: pd.DataFrame) -> None:
    undated = rate[rate["agency"] == SUQIAN].assign(year=pd.array([pd.NA, pd.NA], dtype="Int64"))
    with pytest.raises(gx.GxError, match=r"stands twice .*Their years are not known"):
        gx.rank(undated)
    with pytest.raises(gx.GxError, match="no report with a figure has a year"):
        gx.plot_heatmap(undated)


def test_years_may_be_text_where_a_pair_is_given(rate: pd.DataFrame) -> None:
    pair: Any = ("2023", "2024")
    pd.testing.assert_frame_equal(
        gx.compare(rate, years=pair), gx.compare(rate, years=(2023, 2024))
    )


def test_some_years_of_several_may_be_absent(reports: gx.Reports) -> None:
    assert len(reports.select(year=range(2000, 2030))) == len(reports)


def test_a_corpus_refuses_the_same_slips(reports: gx.Reports, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    stored = gx.open_reports(reports.save(tmp_path / "corpus"))
    with pytest.raises(gx.GxError, match="'淮安市人民政俯'"):
        stored.select(agency=[SUQIAN, "淮安市人民政俯"])
    with pytest.raises(gx.GxError, match=r"no table 'figure'.*figures"):
        stored.files("figure")
    with pytest.raises(TypeError, match="years"):
        stored.select(years=2024)


WRITERS: dict[str, Callable[[gx.Reports, Path], object]] = {
    "write_sheet xlsx": lambda r, at: gx.write_sheet(r, at / "a.xlsx"),
    "write_sheet csv": lambda r, at: gx.write_sheet(r, at / "a.csv"),
    "write_findings xlsx": lambda r, at: gx.write_findings(r, at / "a.xlsx"),
    "write_findings html": lambda r, at: gx.write_findings(r, at / "a.html"),
    "write_findings csv": lambda r, at: gx.write_findings(r, at / "a.csv"),
    "save_figure": lambda r, at: gx.save_figure(gx.plot_volumes(gx.volumes(r)), at / "a.png"),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_target_that_cannot_be_written_is_told(
    writer: str, reports: gx.Reports, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(gx.GxError, match=r"cannot be written: .*Close it if another program"):
        WRITERS[writer](reports, tmp_path / "file")


def test_a_path_may_begin_with_the_home_folder(
    reports: gx.Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    gx.write_sheet(reports, "~/数据/汇总.csv")
    assert (tmp_path / "数据/汇总.csv").is_file() and not (tmp_path / "~").exists()
    assert len(gx.read_sheet("~/数据/汇总.csv")) == len(reports)


@pytest.mark.parametrize("verdict", ["确认", "同意"])  # the second is none, and yet someone's work
def test_verdicts_are_not_written_over(verdict: str, tmp_path: Path) -> None:
    reports = gx.read(DATA / "hongze_2023.docx")
    path = gx.write_findings(reports, tmp_path / "核对.csv")
    frame = pd.read_csv(path, dtype="string", encoding="utf-8-sig")
    assert len(frame)
    frame.loc[0, "review"] = verdict
    frame.to_csv(path, index=False, encoding="utf-8-sig")
    with pytest.raises(gx.GxError, match=r"1 verdicts that would be lost.*reviewed=gx.review"):
        gx.write_findings(reports, path)
    if verdict == "确认":
        gx.write_findings(reports, path, reviewed=gx.review(path))
        assert len(gx.review(path)) == 1


def test_a_population_saved_by_a_chinese_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "人口.csv"
    path.write_bytes(
        "division,year,population,source\n321300,2024,4980000,统计公报\n".encode("gbk")
    )
    assert gx.read_population(path)["source"].tolist() == ["统计公报"]
