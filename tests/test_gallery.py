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


def test_the_code_of_the_page_draws(samples: gx.Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import pyplot

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(gx, "read_all", lambda where: samples)
    names: dict[str, Any] = {}
    exec(SETUP, names)
    for entry in ENTRIES:
        chart = drawn(entry.code, dict(names))
        assert "没有可画的数据" not in said(chart), entry.name
        assert page_of(chart).get_figwidth() > 5
        pyplot.close("all")


def test_the_long_series_of_pingtan_is_drawn_as_published(samples: gx.Reports) -> None:
    own = samples.select(agency="平潭综合实验区管委会")
    ax = gx.plot_trend(gx.trend(gx.measure(own, "new_applications")))
    drawn_points = dict(zip(ax.lines[0].get_xdata(), ax.lines[0].get_ydata(), strict=True))
    known = {int(year): value for year, value in drawn_points.items() if value == value}
    assert known == {2014: 1, 2016: 0, 2019: 23, 2021: 70, 2022: 74, 2023: 81, 2024: 218, 2025: 154}
    marks = [line.get_xdata()[0] for line in ax.lines if line.get_gid() == "edition"]
    assert marks == [2018.5, 2020.5]
    rate = gx.plot_trend(gx.trend(gx.measure(own, "disclosure_rate")))
    assert [line.get_xdata()[0] for line in rate.lines if line.get_gid() == "break"] == [2018.5]
