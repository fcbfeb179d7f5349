"""A folder of files becomes one Reports: nothing lost, nothing twice, the catalogue heeded."""

from __future__ import annotations

import os
import pickle
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gxtools as gx
from gxtools import reading
from gxtools.errors import InputError

from .conftest import ROOT
from .press import drawn_sheet, print_html
from .press_saved import print_csv
from .press_xls import print_xls

REPORTS = ROOT / "data/reports"


def test_a_relative_path_with_dots_is_no_hidden_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "tests")
    reports = gx.read_all(os.path.join("..", "data", "reports"), progress=False)
    assert len(reports) == len(list(REPORTS.iterdir()))


def test_every_sample_is_read_completely(samples: gx.Reports) -> None:
    assert (samples.index["found"] == samples.index["expected"]).all()
    assert not (samples.problems["severity"] == "error").any()


def test_hidden_and_lock_files_are_left_alone(tmp_path: Path) -> None:
    source = (REPORTS / "suqian_2024.html").read_bytes()
    for name in ("a.html", ".b.html", "~$c.html", ".git/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(source)
    assert len(gx.read_all(tmp_path, progress=False)) == 1


def test_other_processes_or_an_executor_read_the_same(samples: gx.Reports) -> None:
    files = sorted(REPORTS.iterdir())
    catalog = ROOT / "data/catalog.csv"
    two = gx.read_all(files, catalog=catalog, jobs=2, progress=False)
    with ThreadPoolExecutor(2) as pool:
        three = gx.read_all(files, catalog=catalog, executor=pool, progress=False)
    for other in (two, three):
        pd.testing.assert_frame_equal(other.cells, samples.cells)


def test_control_c_leaves_what_was_read_and_lists_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (REPORTS / "suqian_2024.html").read_bytes()
    for number in range(9):
        (tmp_path / f"{number}.html").write_bytes(source + b"<!-- %d -->" % number)

    class Bar(nullcontext[Any]):
        def __enter__(self) -> Bar:
            return self

        def update(self, _: int) -> None:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(reading, "_bar", lambda *_: Bar())
    # A shell that started the tests in the background has Ctrl-C ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(gx.ReadingInterrupted, match="1 of 9 files") as caught:
            gx.read_all(tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)
    reports = caught.value.reports
    assert [Path(file).name for file in reports.index["file"]] == ["0.html"]
    assert reports.cells["value"].notna().all()
    lost = reports.problems.loc[reports.problems["what"] == "not read: reading was interrupted"]
    assert [Path(file).name for file in lost["file"]] == [f"{n}.html" for n in range(1, 9)]


def test_a_large_folder_is_gathered_in_batches_without_a_difference(
    samples: gx.Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gxtools.gathering.BATCH", 300)
    again = gx.read_all(REPORTS, progress=False)
    for name in ("index", "cells", "sections", "problems"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(samples, name))


def test_frames_that_nobody_has_looked_at_survive_a_pickle() -> None:
    file = sorted(REPORTS.iterdir())[0]
    again = pickle.loads(pickle.dumps(gx.read(file)))
    pd.testing.assert_frame_equal(again.cells, gx.read(file).cells)


def test_reports_have_no_other_frames(samples: gx.Reports) -> None:
    with pytest.raises(AttributeError, match="appeals"):
        _ = samples.appeals  # type: ignore[attr-defined]


def test_the_catalogue_overrides_and_names_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes((REPORTS / "chaoyang_science_2024.html").read_bytes())
    catalog = tmp_path / "catalog.csv"
    catalog.write_text(
        "file,agency,division,year\na.html,北京市朝阳区科技局,110105,\nb.html,某局,,2024\n", "utf-8"
    )
    reports = gx.read_all(tmp_path, progress=False)
    row = reports.index.iloc[0]
    assert (row["agency"], row["division"], row["year"]) == ("北京市朝阳区科技局", "110105", 2024)
    assert reports.problems["what"].str.contains("names b.html").any()


def test_select_narrows_by_agency_year_and_level(samples: gx.Reports) -> None:
    one = samples.select(agency="宿迁市人民政府", year=2024)
    assert len(one) == 1 and set(one.cells["report"]) == set(one.index["report"])
    assert (
        len(samples.select(year=[2023, 2024])) == (samples.index["year"].isin([2023, 2024])).sum()
    )


def test_select_of_nothing_says_what_there_is(samples: gx.Reports) -> None:
    with pytest.raises(InputError, match=r"no report has year 1999.*There are: 2014"):
        samples.select(year=1999)


def test_concat_is_closed_and_keeps_a_report_once(samples: gx.Reports) -> None:
    parts = [samples.select(year=year) for year in samples.index["year"].unique()]
    joined = gx.concat([*parts, parts[0]])
    assert len(joined) == len(samples)
    assert len(joined.cells) == len(samples.cells)


def test_the_views_have_the_documented_columns(samples: gx.Reports) -> None:
    who = ["report", "agency", "district", "year"]
    assert list(samples.applications) == [*who, "outcome", "applicant", "value"]
    assert list(samples.disputes) == [*who, "route", "result", "value"]
    assert list(samples.proactive) == [*who, "item", "measure", "value", "unit"]
    assert list(samples.cells)[:9] == ("report table row column value kind raw place match".split())


def test_importing_gxtools_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    code = "import sys, gxtools; print([m for m in ('matplotlib','pptx','openpyxl','pdfplumber','lxml') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_the_index_keeps_the_words_that_each_field_rests_on(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "示例区人民政府2024年政府信息公开工作年度报告（全区）\n"
        "二、主动公开政府信息情况\n"
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "规章 | 1 | 0 | 3 |\n行政规范性文件 | 2 | 1 | 9 |\n",
        encoding="utf-8",
    )
    told = gx.read(page).index.iloc[0]
    assert told["scope"] == "aggregate"
    title = "示例区人民政府2024年政府信息公开工作年度报告（全区）"
    assert title in told["evidence"] and "scope" in told["evidence"]
    given = gx.read(page, agency="示范区人民政府").index.iloc[0]
    assert "agency: given in the catalogue or as an argument" in given["evidence"]


# The same report twice.

NEWEST = dict.fromkeys(("proactive", "applications", "disputes"), "2021")
PRINTED = replace(drawn_sheet(random.Random(4), NEWEST), agency="江苏省宿迁市人民政府")


def repeated(folder: Path, **files: bytes) -> list[dict[str, Any]]:
    """What `problems` says of repeated reports among these files (`east_html` is east.html)."""
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    problems = gx.read_all(folder, progress=False).problems
    return problems.loc[problems["what"].str.startswith("the same report")].to_dict("records")


def test_one_report_in_two_formats_is_told_with_how_many_cells_agree(tmp_path: Path) -> None:
    (told,) = repeated(tmp_path, a_html=print_html(PRINTED), b_xls=print_xls(PRINTED))
    assert told["severity"] == "info" and "all 200 cells that both give are equal" in told["what"]
    assert {Path(file).name for file in told["where"].split("; ")} == {"a.html", "b.xls"}
    assert Path(told["file"]).name == "b.xls" and told["report"].startswith("b-")


def test_a_report_published_again_with_other_figures_is_warned_of_cell_by_cell(
    tmp_path: Path,
) -> None:
    key = ("proactive", "penalty", "decisions")
    changed = replace(PRINTED, figures={**PRINTED.figures, key: "77"})
    (told,) = repeated(tmp_path, a_html=print_html(PRINTED), b_csv=print_csv(changed))
    before = PRINTED.figures[key]
    assert told["severity"] == "warning"
    assert (
        f"1 of 200 cells that both give differ (proactive / penalty / decisions {before} → 77)"
        in (told["what"])
    )
    reports = gx.read_all(tmp_path, progress=False)
    assert len(reports) == 2 and len(reports.cells) == 400  # never merged
    assert "XY-REVISED" in set(gx.check(reports)["check"])


def test_cells_that_only_one_of_the_files_gives_are_counted_and_are_no_difference(
    tmp_path: Path,
) -> None:
    part = {key: value for key, value in PRINTED.editions.items() if key != "applications"}
    (told,) = repeated(
        tmp_path, a_html=print_html(PRINTED), b_html=print_html(replace(PRINTED, editions=part))
    )
    assert told["severity"] == "info"
    assert "all 25 cells that both give are equal; 175 cells are read from one" in told["what"]


@pytest.mark.parametrize(
    "change",
    [{"agency": "江苏省宿迁市财政局"}, {"year": PRINTED.year - 1}, {"title": "own"}],
    ids=["another body", "another year", "another scope"],
)
def test_another_body_year_or_scope_is_no_repetition(
    change: dict[str, Any], tmp_path: Path
) -> None:
    if "title" in change:
        heading = PRINTED.heading
        sheets = [replace(PRINTED, title=f"{heading}（{scope}）") for scope in ("全市", "本级")]
    else:
        sheets = [PRINTED, replace(PRINTED, **change)]
    files = {f"{name}_html": print_html(sheet) for name, sheet in zip("ab", sheets, strict=True)}
    assert repeated(tmp_path, **files) == []
