"""Hostile files: each ends in seconds and below 500 MB, as an error of the house or read rightly."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

import gxtools as gx
from gxtools import workers
from gxtools.workers import Worker

from .conftest import ROOT
from .hostile_saved import EVERY, FIGURES, TABLE, TITLE
from .measured import Measure, measure

SECONDS = 20  # of computing
MEGABYTES = 500
# Nothing is wrong with these but their looks: the table that they print must be read.
HARMLESS = {"nested.html", "colspan.html", "spans.html", "entities.html", "comment.html"}
# A folder as a hoaxer would send it.
FOLDER = (
    *("deep.html", "colspan.html", "attributes.html", "entities.docx", "text_node.docx"),
    *("lying_size.docx", "far_cell.xlsx", "lying_styles.xlsx", "merges.xlsx", "strings.xlsx"),
    *("frames.mht", "field.mht", "wide.xls", "looped.xls", "white.png"),
    *("stream_twice.pdf", "huge_page.pdf", "locked.pdf", "broken.pdf", "quotes.csv", "spaces.txt"),
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux")


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that leave it to the readers to protect themselves, as `gx.read` does."""
    monkeypatch.setattr(workers, "SECONDS", 60.0)
    monkeypatch.setattr(workers, "MEGABYTES", 3000)


@linux
@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("name", EVERY)
def test_a_hostile_file_ends_in_seconds_and_below_500_mb(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(EVERY[name]())
    found = measured(file)
    assert found.seconds < SECONDS and found.megabytes < MEGABYTES, found
    assert found.values.items() <= FIGURES.items()
    assert found.error or found.values == FIGURES
    assert not (found.error and name in HARMLESS)


@linux
@pytest.mark.usefixtures("unlimited")
def test_a_long_text_of_one_cell_a_line_is_not_searched_anew_for_each_cell(tmp_path: Path) -> None:
    heads = (
        "申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |"
    )
    row = "一、本年新收政府信息公开申请数量 |  | 1 | 2 | 3 |  | 4 | 5 |"
    lines = "三、收到和处理政府信息公开申请情况\n" + (heads + row * 1500).replace("| ", "|\n")
    (tmp_path / "flowing.txt").write_text(lines.replace("|一", "|\n一"), encoding="utf-8")
    found = measured(tmp_path / "flowing.txt")
    assert found.seconds < SECONDS and found.megabytes < MEGABYTES, found


def measured(file: Path) -> Measure:
    """What reading a file in a process of its own takes and gives."""
    worker = Worker()
    try:
        (found,) = worker.outcomes(measure, [str(file)])
    finally:
        worker.end()
    assert isinstance(found, Measure), found
    return found


def test_a_folder_of_hostile_files_loses_no_good_one(tmp_path: Path) -> None:
    for name in FOLDER:
        (tmp_path / name).write_bytes(EVERY[name]())
        (tmp_path / f"{name}-good.html").write_text(f"<h1>{TITLE}</h1>{TABLE}", "utf-8")
    reports = gx.read_all(tmp_path, jobs=2, progress=False)
    good = reports.index.loc[reports.index["file"].str.endswith("-good.html"), "report"]
    values = reports.cells.loc[reports.cells["report"].isin(good), "value"].dropna()
    assert len(good) == len(FOLDER) and len(values) == len(FOLDER) * len(FIGURES)
    listed = set(reports.index["file"]) | set(reports.problems["file"])
    assert {Path(file) for file in listed} == set(tmp_path.iterdir())


LIMIT = re.compile(r"^\| `([\w.]+)\.([A-Z_]+)` \| ([\d,.]+) \|", re.M)
LISTED = LIMIT.findall((ROOT / "docs/limits.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("module", "name", "value"), LISTED)
def test_the_page_of_limits_gives_each_as_it_is(module: str, name: str, value: str) -> None:
    assert getattr(importlib.import_module(f"gxtools.{module}"), name) == float(
        value.replace(",", "")
    )


def test_the_page_of_limits_lists_all_of_the_readers() -> None:
    listed = {(module, name) for module, name, _ in LISTED}
    for file in sorted((ROOT / "gxtools/readers").glob("*.py")):
        module = "readers" if file.stem == "__init__" else f"readers.{file.stem}"
        names = re.findall(r"^(MAX_[A-Z_]+)\b", file.read_text(encoding="utf-8"), re.M)
        assert {(module, name) for name in names if name != "MAX_LEVELS"} <= listed
