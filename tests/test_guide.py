"""The guide: its examples run, its dictionary names every column, its errors are real ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

import gxtools as gx
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS

from . import set_functions

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SAMPLES = ROOT / "data/reports"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
# The gallery's code is run by test_gallery.
WITH_CODE = [
    page
    for page in PAGES
    if "```python" in page.read_text(encoding="utf-8") and page.stem != "gallery"
]


@pytest.fixture
def beside_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    pyplot.close("all")  # those of other tests too: too many are a warning
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def samples() -> gx.Reports:
    return gx.read_all(SAMPLES, progress=False)


@pytest.mark.usefixtures("beside_the_data")
@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page: Path, samples: gx.Reports) -> None:
    document = Sybil(parsers=[PythonCodeBlockParser()]).parse(page)
    document.namespace.update(gx=gx, reports=samples)  # as every page has them at its beginning
    examples = list(document.examples())
    assert examples
    for example in examples:
        example.evaluate()


def test_every_column_of_the_frames_of_reports_is_explained() -> None:
    page = (DOCS / "frames.md").read_text(encoding="utf-8")
    columns = {*INDEX, *CELLS, *PROBLEMS, *SECTIONS}
    assert [name for name in sorted(columns) if f"`{name}`" not in page] == []


FRAMES: list[Callable[[gx.Reports], pd.DataFrame]] = [
    gx.volumes, gx.outcomes, gx.applicants, gx.disputes, gx.proactive,
    gx.check, gx.claims, gx.suspects, gx.similarity,
    lambda reports: gx.crosswalk(),
]  # fmt: skip
OF_A_MEASURE: list[Callable[[pd.DataFrame], pd.DataFrame]] = [
    gx.compare, gx.trend, gx.rank, gx.funnel, gx.shrink,
    lambda frame: gx.compare(frame, by="district"),
]  # fmt: skip


def test_every_column_of_the_frames_that_functions_give_is_explained(samples: gx.Reports) -> None:
    page = (DOCS / "frames.md").read_text(encoding="utf-8")
    # left and right of two years, of a body and another: a and b are explained once
    own = {"report_a", "report_b", "year_a", "year_b", "edition_a", "edition_b"}
    own |= {f"{name}_{side}" for name in ("numerator", "denominator") for side in "ab"}
    own |= {"difference_low", "difference_high"}
    rate = gx.measure(samples.select(year=2024), "disclosure_rate")
    frames = [make(samples) for make in FRAMES] + [make(rate) for make in OF_A_MEASURE]
    frames.append(gx.peers(samples, "宿迁市人民政府"))
    columns = {name for frame in frames for name in frame.columns} - own
    assert [name for name in sorted(columns) if f"`{name}`" not in page] == []


def _named(pattern: str) -> list[str]:
    """The messages that the table of errors begins its rows with."""
    rows = re.findall(r"^\| `([^`]+)` \|", (DOCS / "faq.md").read_text(encoding="utf-8"), re.M)
    return [row for row in rows if re.search(pattern, row)]


def _bad_files(folder: Path) -> list[Path]:
    book = next(SAMPLES.glob("*.xlsx")).read_bytes()
    contents = {
        "empty.html": b"",
        "photo.pdf": b"\xff\xd8\xff\xe0" + b"0" * 500,
        "list.html": "<table><tr><td>通知</td><td>1</td></tr></table>".encode(),
        "cut.xlsx": book[:3000],
        "cut.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in contents]


def _two_of_one_name(folder: Path) -> Path:
    """Two reports of one name in two folders, and a catalogue that does not say which it means."""
    for county, text in (("east", "a"), ("west", "b")):
        (folder / "counties" / county).mkdir(parents=True)
        (folder / "counties" / county / "report.txt").write_text(text)
    (folder / "counties/catalog.csv").write_text("file,year\nreport.txt,2024\n")
    return folder / "counties"


def _with_a_verdict(reports: gx.Reports, folder: Path) -> Path:
    path = gx.write_findings(reports, folder / "findings.csv")
    head, row, *rest = path.read_text("utf-8-sig").splitlines()
    judged = [*row.split(",")[:-2], "确认", ""]
    path.write_text("\n".join([head, ",".join(judged), *rest]), "utf-8-sig")
    return path


def test_the_errors_of_the_page_are_errors_that_users_meet(
    samples: gx.Reports, tmp_path: Path
) -> None:
    calls: list[Callable[[], object]] = [
        *(lambda path=path: gx.read(path) for path in _bad_files(tmp_path)),
        lambda: gx.read_all(tmp_path / "none"),
        lambda: gx.totals(samples),
        lambda: gx.measure(samples, "公开率"),
        lambda: gx.why(samples, "无此机关", 2023, 2024),
        lambda: gx.load_form("2020"),
        lambda: gx.write_briefing(samples, tmp_path / "brief.wps"),
        lambda: gx.read_all(_two_of_one_name(tmp_path), progress=False),
        lambda: gx.write_sheet(samples, tmp_path / "empty.html" / "sheet.csv"),
        lambda: gx.write_findings(samples, _with_a_verdict(samples, tmp_path)),
    ]
    met = []
    for call in calls:
        with pytest.raises(gx.GxError) as caught:
            call()
        met.append(caught.value.what)
    told = [name for name in _named("") if "password" not in name]
    assert [name for name in told if not any(what.startswith(name) for what in met)] == []
    assert [what for what in met if not any(what.startswith(name) for name in told)] == []


def test_every_public_name_has_its_entry_in_step_with_its_docstring() -> None:
    assert set_functions.PAGE.read_text(encoding="utf-8") == set_functions.page()
    assert [name for name in gx.__all__ if not (getattr(gx, name).__doc__ or "").strip()] == []
