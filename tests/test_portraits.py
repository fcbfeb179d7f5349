"""A page on each body in one call, and the notebook that writes the whole set for others."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document

import gxtools as gx
from gxtools.errors import InputError
from gxtools.reports import Reports

from .filled import filled
from .test_briefing import HONGZE, SUQIAN, copies, one

if sys.platform == "win32":
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def reports() -> Reports:
    folder = ROOT / "data" / "reports"
    files = [folder / name for name in ("hongze_2024.xlsx", "suqian_2024.html")]
    return gx.read_all(files, progress=False)


def pages(path: Path) -> list[str]:
    with pdfplumber.open(path) as book:
        return [page.extract_text() for page in book.pages]


def test_one_pdf_has_a_page_for_each_body_with_its_figures(
    reports: Reports, tmp_path: Path
) -> None:
    (path,) = gx.write_portraits(reports, tmp_path / "a" / "all.pdf")
    found = pages(path)
    assert [body in text for body, text in zip([HONGZE, SUQIAN], found, strict=True)] == [True] * 2
    concluded = gx.volumes(reports).set_index("agency")["concluded"]
    for body, text in zip((HONGZE, SUQIAN), found, strict=True):
        assert f"n={concluded[body]:,.0f}" in text


def test_a_folder_has_a_file_for_each_body_of_the_focus_under_a_name_that_any_system_takes(
    reports: Reports, tmp_path: Path
) -> None:
    part = copies(one(reports, HONGZE, 2024), ['甲:县/"1"', '甲?县/"1"'], division="")
    written = gx.write_portraits(part, tmp_path / "out", kind=".svg")
    assert [path.name for path in written] == ["甲_县__1_.svg", "甲_县__1_-2.svg"]
    (only,) = gx.write_portraits(reports, tmp_path / "one", focus="洪泽区", kind=".svg", lang="en")
    assert only == tmp_path / "one" / f"{HONGZE}.svg" and only.stat().st_size > 10_000


def test_a_panel_without_figures_still_says_what_it_is_about(tmp_path: Path) -> None:
    """A report without section 四, its number of applications not read."""
    unread = {("applications", "received", "total"): "?"}
    part = filled("x", unread, editions={"applications": "2021"})
    (path,) = gx.write_portraits(part, tmp_path / "a.pdf")
    (text,) = pages(path)
    assert all(f"{number}" in text for number in "①②③④⑤")
    assert "新收申请" in text and "复议、诉讼结果" in text


def test_the_same_reports_give_the_same_pages(reports: Reports, tmp_path: Path) -> None:
    first, again = (
        gx.write_portraits(reports, tmp_path / f"{name}.pdf", focus="洪泽区")[0].read_bytes()
        for name in "ab"
    )
    assert first == again and b"CreationDate" not in first


def test_another_kind_is_refused(reports: Reports, tmp_path: Path) -> None:
    for options in ({"path": tmp_path / "a.docx"}, {"path": tmp_path, "kind": "png"}):
        with pytest.raises(InputError, match="cannot be written as"):
            gx.write_portraits(reports, **options)  # type: ignore[arg-type]


@pytest.mark.filterwarnings("default")  # the kernel's and papermill's own libraries, not ours
def test_the_notebook_writes_the_set_for_other_bodies_years_and_language(tmp_path: Path) -> None:
    papermill: Any = pytest.importorskip("papermill", reason="papermill is not installed")
    given = {"bodies": ["宿迁市"], "years": [2024], "language": "en", "out": str(tmp_path / "out")}
    papermill.execute_notebook(
        str(ROOT / "notebooks" / "06-briefing.ipynb"), str(tmp_path / "run.ipynb"),
        parameters=given, cwd=str(ROOT / "notebooks"), kernel_name="python3", progress_bar=False,
    )  # fmt: skip
    names = {"briefing.pptx", "briefing.docx", "briefing.html", "figures.xlsx", "portraits.pdf"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    document = Document(str(tmp_path / "out" / "briefing.docx"))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"{SUQIAN} received 3,525 applications in 2024" in said and "2023" not in said
