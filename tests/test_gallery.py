"""The gallery shows every chart, and what stands on its page is what made its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PIL")

import gxtools as gx
from gxtools import charts
from tests.artists import page_of, said
from tests.set_gallery import ENTRIES, PAGE, PICTURES, SETUP, drawn, page

ROOT = Path(__file__).parents[1]
KILOBYTES = 120


def test_the_page_is_the_one_that_the_command_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make gallery"


def test_every_chart_is_in_the_gallery_and_every_picture_on_the_page() -> None:
    code = "\n".join(entry.code for entry in ENTRIES)
    missing = [name for name in charts.__all__ if name.startswith("plot_") and name not in code]
    assert missing == []
    assert {path.stem for path in PICTURES.glob("*.png")} == {entry.name for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.name))
def test_a_picture_is_small_and_its_code_five_lines_at_most(entry: Any) -> None:
    assert len(entry.code.split("\n")) <= 5
    assert (PICTURES / f"{entry.name}.png").stat().st_size < KILOBYTES * 1000


def test_the_code_of_the_page_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import pyplot

    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec(SETUP.replace('"data/reports"', '"data/reports", progress=False'), names)
    assert names["gx"] is gx
    for entry in ENTRIES:
        chart = drawn(entry.code, dict(names))
        assert "没有可画的数据" not in said(chart), entry.name
        assert page_of(chart).get_figwidth() > 5
        pyplot.close("all")
