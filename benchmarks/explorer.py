"""What a click in the explorer costs, as computing time: `python -m benchmarks.explorer [BODIES]`.

Drawn bodies (synthetic) over seven years. Each line is one kind of click: from the choice to the
words and the table, and to the picture; in milliseconds of processor time of one process, and as
the share of the 300 ms within which a panel feels immediate.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from gxtools.explorer import Model
from gxtools.explorer.chart_list import chart_list
from gxtools.explorer.display import cells_behind, shown
from gxtools.explorer.files import close, screen_png
from gxtools.explorer.model import MOST_BODIES, Choice
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame
from tests.press_draw import draw_figures

EDITIONS = {"proactive": "2021", "applications": "2021", "disputes": "2021"}
YEARS = range(2019, 2026)
ENOUGH = 0.3


def corpus(bodies: int) -> Reports:
    """Reports of so many drawn bodies of one level, seven years each."""
    draw = random.Random(20240131)
    drawn = [_cells(draw_figures(draw, EDITIONS)) for _ in range(40)]
    told = " ".join(f"{table}={edition}" for table, edition in EDITIONS.items())
    index, cells = [], []
    for body in range(bodies):
        division = 110101 + body % 89 + 100 * (body // 89)
        name = f"合成{body:04d}区"
        for year in YEARS:
            known: dict[str, Any] = {
                "report": f"{body}-{year}", "agency": f"{name}人民政府", "district": name,
                "division": str(division), "city": f"合成市{body // 20}", "year": year,
                "level": "district", "scope": "aggregate", "editions": told, "sha256": "",
            }  # fmt: skip
            index.append([known.get(column) for column in INDEX])
            cells.append(drawn[len(index) % 40].assign(report=known["report"]))
    joined = pd.concat(cells, ignore_index=True).astype({"report": "string"})
    return Reports(frame(index, INDEX), joined, frame([], SECTIONS), frame([], PROBLEMS))


def _cells(figures: dict[tuple[str, str, str], str]) -> pd.DataFrame:
    place = "table 1, row 1, column 1"
    rows = [("", *key, float(text), "number", text, place, "exact", "件")
            for key, text in figures.items()]  # fmt: skip
    return frame(rows, CELLS)


def seconds(task: Callable[[], Any], tries: int = 5) -> float:
    """The least computing time of a few tries."""
    found = []
    for _ in range(tries):
        start = time.process_time()
        task()
        found.append(time.process_time() - start)
    return min(found)


def main() -> int:
    bodies = int(sys.argv[1]) if len(sys.argv) > 1 else MOST_BODIES
    reports = corpus(bodies)
    print(f"{bodies} bodies x {len(YEARS)} years: {len(reports.cells):,} cells")
    start = time.process_time()
    model = Model(reports)
    first = model.first()
    print(f"open: {1000 * (time.process_time() - start):.0f} ms")
    keys = tuple(model.bodies.table["key"])[:MOST_BODIES]
    whole = Choice(keys, tuple(YEARS), "disclosure_rate")
    _tell("search", seconds(lambda: model.bodies.search("合成 0042")))
    _tell("two other bodies", seconds(lambda: _other(model, first.bodies[:2])))
    _tell("all of them", seconds(lambda: _other(model, keys)))
    _tell("another measure, table", seconds(lambda: shown(model.view(whole))))
    view = model.view(whole)
    _tell("cells behind a figure", seconds(lambda: cells_behind(view, 3, "value")))
    for chart in chart_list().values():
        measure = next(iter(chart.measures), "denial_reasons" if chart.coded else "disclosure_rate")
        wanted = replace(
            whole,
            bodies=keys[: chart.most_bodies],
            years=tuple(YEARS)[-chart.most_years :],
            measure=measure,
            chart=chart.id,
        )
        _tell(f"{chart.id}: words and table", seconds(lambda c=wanted: shown(model.view(c))))
        _tell(f"{chart.id}: picture", seconds(lambda c=wanted: _picture(model, c), 3))
    return 0


def _other(model: Model, keys: tuple[str, ...]) -> None:
    model.bodies.select(keys, YEARS)


def _picture(model: Model, choice: Choice) -> None:
    figure = model.view(choice).draw()
    if figure is not None:
        screen_png(figure)
        close(figure)


def _tell(what: str, took: float) -> None:
    print(f"{what}: {1000 * took:.0f} ms, {took / ENOUGH:.2f} of {1000 * ENOUGH:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
