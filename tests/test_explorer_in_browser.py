"""gx.explore in a real browser, in JupyterLab and under Voilà, as an analyst uses it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx

from .labs import ROOT, browsing, lacking, run_all, serving, write_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("default"),  # of the browser's driver
    pytest.mark.skipif(
        bool(why := lacking("playwright", "jupyterlab", "ipywidgets", "anywidget")), reason=why
    ),
]
READ = "import gxtools as gx\n\nreports = gx.read_all('data/reports', progress=False)"
SHOW = "gx.explore(reports, folder='kept')"
TABLE = ".gx-explore .gx-table td.gx-link"


def test_an_analyst_explores_in_jupyterlab(tmp_path: Path) -> None:
    write_notebook(tmp_path, READ, SHOW)
    options = ["--ip=127.0.0.1", "--IdentityProvider.token=", "--allow-root",
               f"--ServerApp.root_dir={tmp_path}"]  # fmt: skip
    with serving(tmp_path, "jupyterlab", *options) as address, browsing() as page:
        page.goto(f"{address}/lab/tree/explore.ipynb")
        run_all(page, TABLE)
        choose_two_districts(page)
        choose_another_measure(page)
        walk_back_a_figure(page)
        if target := os.environ.get("GX_SCREENSHOT"):
            keep_picture(page, target)
        copy_the_code(page)
        save_files(page, tmp_path / "kept")
        speak_english(page)


@pytest.mark.skipif(bool(why := lacking("voila")), reason=why)
def test_a_colleague_uses_it_as_an_app_under_voila(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, READ, SHOW)
    options = ["--Voila.ip=127.0.0.1", f"--Voila.root_dir={tmp_path}", notebook.name]
    with serving(tmp_path, "voila", *options) as address, browsing() as page:
        page.goto(address)
        page.wait_for_selector(TABLE)
        choose_another_measure(page)
        with page.expect_download() as kept:
            page.get_by_role("button", name="CSV", exact=True).click()
            page.locator("a.gx-download").click()
        assert "公开率" not in kept.value.suggested_filename  # names of files are codes
        assert Path(kept.value.path()).read_bytes().startswith(b"\xef\xbb\xbfreport,agency")


def choose_two_districts(page: Any) -> None:
    """Found by a word of their name, chosen instead of the six that stand at first."""
    before, rows = picture(page), page.locator(TABLE).count()
    page.get_by_role("button", name="清空").click()
    page.wait_for_function("!document.querySelector('.gx-table td')")
    assert "请先选机关" in page.locator(".gx-told").first.inner_text()
    for word, name in (("洪泽", "淮安市洪泽区人民政府"), ("平潭", "平潭综合实验区管委会")):
        select(page, "input[type=text]", 0).fill(word)
        found = select(page, "select", 3)
        found.locator("option", has_text=name).wait_for(state="attached")
        page.wait_for_function(
            "n => document.querySelectorAll('.gx-explore select')[3].options.length < n", arg=4
        )
        found.select_option(label=name)
        page.locator(".gx-table td", has_text=name).first.wait_for()
    assert bodies(page) == {"淮安市洪泽区人民政府", "平潭综合实验区管委会"}
    assert picture(page) != before and page.locator(TABLE).count() < rows


def choose_another_measure(page: Any) -> None:
    """The formula, the table and the chart follow."""
    before = picture(page)
    measure = page.locator(".gx-explore select").filter(
        has=page.locator("option", has_text="公开率")
    )
    measure.first.select_option(label="公开率")
    page.locator(".gx-title", has_text="公开率 = ").wait_for()
    page.locator(".gx-table th", has_text="公开率（%）").wait_for()
    page.wait_for_function("old => document.querySelector('.gx-chart').src !== old", arg=before)
    variants = page.locator(".gx-explore select").filter(
        has=page.locator("option", has_text="新收加上年结转")
    )
    variants.first.select_option(label="新收加上年结转")
    page.locator(".gx-title", has_text="受理口径").wait_for()


def walk_back_a_figure(page: Any) -> None:
    """A click on a figure shows the printed table with its cell, and the checks."""
    row = page.locator(".gx-table tbody tr", has_text="洪泽").filter(has_text="2024")
    row.locator("td.gx-link").first.click()
    marked = page.locator(".gx-trace .gx-mark").first
    marked.wait_for()
    (granted,) = gx.read(ROOT / "data/reports/hongze_2024.xlsx").cells.query(
        "row == 'granted' and column == 'total'"
    )["raw"]
    assert marked.inner_text() == granted
    assert "hongze_2024.xlsx" in page.locator(".gx-trace").inner_text()
    assert "T3-ROW" in page.locator(".gx-trace").inner_text()


def copy_the_code(page: Any) -> None:
    page.get_by_role("button", name="复制代码").click()
    page.get_by_text("已复制").wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.strip() == page.locator(".gx-explore pre").inner_text().strip()
    assert 'gx.measure(chosen, "disclosure_rate_accepted")' in code


def save_files(page: Any, folder: Path) -> None:
    for name in ("SVG", "XLSX"):
        page.get_by_role("button", name=name, exact=True).click()
        page.locator("a.gx-download", has_text="下载").wait_for()
        page.get_by_text(f".{name.lower()} ·").wait_for()
    kept = {path.suffix: path.read_bytes() for path in folder.iterdir()}
    assert kept[".svg"].lstrip().startswith(b"<?xml") and kept[".xlsx"].startswith(b"PK")


def speak_english(page: Any) -> None:
    page.get_by_role("button", name="English").click()
    page.locator(".gx-table th", has_text="numerator").wait_for()


def keep_picture(page: Any, target: str) -> None:
    """The panel without the notebook around it: `GX_SCREENSHOT=docs/images/explore.png`."""
    page.wait_for_function("!document.querySelector('.gx-trace').innerText.includes('正在打开')")
    page.set_viewport_size({"width": 1500, "height": 3000})
    page.locator(".gx-explore").screenshot(path=target)


def select(page: Any, kind: str, number: int) -> Any:
    return page.locator(f".gx-explore {kind}").nth(number)


def bodies(page: Any) -> set[str]:
    return set(page.locator(".gx-table tbody td:first-child").all_inner_texts())


def picture(page: Any) -> str:
    page.wait_for_function("document.querySelector('.gx-chart')?.naturalWidth > 300")
    return str(page.locator(".gx-chart").get_attribute("src"))
