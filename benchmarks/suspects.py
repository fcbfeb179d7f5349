"""How well suspects() finds misprints, and how long it takes: `python -m benchmarks.suspects`.

Figures whose sums hold (drawn, and the published ones of data/reports) are misprinted in a known
way; the first proposal is held against what was printed before. Times are CPU times of one
process. The output is the table of docs/suspects.md.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

import gxtools as gx
from gxtools.forms import Table, load_form
from gxtools.suspects import suspects
from tests.misprint import (
    MOVES,
    SLIPS,
    Figures,
    misprint_cells,
    printed_reports,
    slip_once,
    table_figures,
)
from tests.press_draw import draw_figures

SEED = 20240131
ALONE = 50  # so many reports are also timed one by one
Draw = Callable[[random.Random], Figures]
Spoil = Callable[[random.Random, Figures], Figures | None]


@dataclass
class Score:
    """What became of one kind of misprint, in reports."""

    right: int = 0
    listed: int = 0
    named: int = 0
    unique: int = 0
    wrong: int = 0
    silent: int = 0
    longest: int = 0
    seconds: float = 0.0
    slowest: float = 0.0


def drawn(edition: str, table: str) -> Draw:
    return lambda draw: table_figures(draw_figures(draw, {table: edition}), table)


def published(edition: str, table: str) -> Draw:
    """The tables of data/reports of this edition that are printed whole and whose sums hold."""
    reports = gx.read_all(Path(__file__).parents[1] / "data/reports", progress=False)
    cells = reports.cells.loc[reports.cells["table"] == table]
    broken = set(suspects(reports)["report"])
    told = reports.index.set_index("report")["editions"]
    tables = [
        {(row, column): str(int(value)) for row, column, value in part.itertuples(index=False)}
        for report, part in cells.groupby("report")[["row", "column", "value"]]
        if report not in broken
        and f"{table}={edition}" in told[report].split()
        and part["value"].notna().all()
        and part["value"].sum() > 0
    ]
    return lambda draw: draw.choice(tables)


def spoiled(source: Draw, spoil: Spoil, n: int) -> list[tuple[Figures, Figures]]:
    """Up to n pairs of figures before and after; fewer where hardly any figures can suffer it."""
    draw, pairs = random.Random(SEED), []
    for _ in range(40 * n):
        before = source(draw)
        after = spoil(draw, before)
        if after is not None and after != before:
            pairs.append((before, after))
        if len(pairs) == n:
            break
    return pairs


def measure(pairs: list[tuple[Figures, Figures]], table: str, edition: str, name: str) -> Score:
    """The first proposal for each against the figures before; all in one call, some alone."""
    reports = printed_reports([{table: after} for _, after in pairs], {table: edition})
    start = time.process_time()
    found = suspects(reports)
    score = Score(seconds=time.process_time() - start)
    parts = dict(list(found.groupby("report")))
    for i, (before, after) in enumerate(pairs):
        _add(score, parts.get(f"drawn-{i:05d}"), before, after, name)
    score.slowest = max(map(partial(alone, table, edition), pairs[:ALONE]), default=0.0)
    return score


def alone(table: str, edition: str, pair: tuple[Figures, Figures]) -> float:
    """Seconds for one report in a call of its own, without garbage collection as timeit does it."""
    one = printed_reports([{table: pair[1]}], {table: edition})
    gc.collect()
    gc.disable()
    start = time.process_time()
    suspects(one)
    gc.enable()
    return time.process_time() - start


def _add(
    score: Score, found: pd.DataFrame | None, before: Figures, after: Figures, name: str
) -> None:
    if found is None:
        score.silent += 1
        return
    true = {(place, float(before[place])) for place in before if before[place] != after[place]}
    sets = [
        set(zip(zip(part["row"], part["column"], strict=True), part["proposed"], strict=True))
        for _, part in found.groupby("set", sort=False)
    ]
    first = set().union(*(s for s, r in zip(sets, _ranks(found), strict=True) if r == 1))
    right, unique = first == true, bool(found["unique"].any())
    edits = {edit.removeprefix("total_") for edit in found.loc[found["rank"] == 1, "edit"]}
    score.right += right
    score.listed += right or true in sets
    score.named += right and edits == {name}
    score.unique += unique
    score.wrong += unique and not right
    score.longest = max(score.longest, len(sets))


def _ranks(found: pd.DataFrame) -> list[int]:
    ranks: list[int] = found.groupby("set", sort=False)["rank"].first().tolist()
    return ranks


def kinds(table: Table) -> Iterator[tuple[str, Spoil]]:
    for cells in (1, 2, 3, 4, 5, 6) if table.section == 3 else (1,):
        yield f"{cells} cell{'s' * (cells > 1)}", partial(_cells, cells)
    for name in SLIPS:
        yield name, partial(_slip, name)
    for name in MOVES if table.section == 3 else ("swapped_cells", "split_number"):
        yield name, partial(_move, name, table)


def _cells(cells: int, draw: random.Random, figures: Figures) -> Figures | None:
    return misprint_cells(draw, figures, cells)


def _slip(name: str, draw: random.Random, figures: Figures) -> Figures | None:
    return slip_once(draw, figures, name)


def _move(name: str, table: Table, draw: random.Random, figures: Figures) -> Figures | None:
    return MOVES[name](draw, table, figures)


HEAD = (
    "figures", "misprint", "reports", "right", "listed", "named", "unique", "wrong unique",
    "not broken", "longest list", "ms", "slowest",
)  # fmt: skip


def line(figures: str, name: str, n: int, score: Score) -> str:
    shares = [score.right, score.listed, score.named, score.unique]
    shown = [f"{100 * share / max(n - score.silent, 1):.1f} %" for share in shares]
    if name not in (*SLIPS, *MOVES):
        shown[2] = ""
    times = [f"{1000 * score.seconds / max(n, 1):.1f}", f"{1000 * score.slowest:.0f}"]
    cells = [figures, name, n, *shown, score.wrong, score.silent, score.longest, *times]
    return f"| {' | '.join(map(str, cells))} |"


def main(n: int = 1000) -> None:
    print(f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}", sep="\n")
    for table, edition in (
        ("applications", "2021"),
        ("applications", "2019"),
        ("disputes", "2021"),
    ):
        form = load_form(edition).table(table)
        for source in (drawn, published):
            figures = source(edition, table)
            for name, spoil in kinds(form):
                few = 1 if name in ("1 cell", "2 cells") else 5 if name[0].isalpha() else 20
                pairs = spoiled(figures, spoil, max(n // few, 1))
                score = measure(pairs, table, edition, name)
                told = f"{table} {edition}, {source.__name__}"
                print(line(told, name, len(pairs), score), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
