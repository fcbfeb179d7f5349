"""Corpora of any size, synthetic: drawn figures whose sums hold, of made-up bodies over six years.

A few hundred drawn reports are copied under new names and years, with other figures of the same
sums: every report's figures are multiplied by its own small number.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.samples import EDITIONS, SEED
from gxtools.corpus import Change, Corpus
from gxtools.corpus.batch import of_frames
from gxtools.forms import load_form
from gxtools.reports import Reports
from gxtools.schema import CELLS, FRAMES, INDEX, PROBLEMS, SECTIONS, frame
from tests.press import draw_figures

DRAWN = 200
YEARS = range(2020, 2026)
AT_ONCE = 5_000  # reports that are in memory while a corpus is written
DIGIT_SLIP = 50  # one report in so many has a figure with a digit too many


def drawn_reports(n: int, first: int = 0) -> Reports:
    """Reports as reading gives them, numbered from `first`; one in fifty has a misprint."""
    kinds = _kinds()
    one, size = kinds[0], len(kinds[0])
    numbers = np.arange(first, first + n)
    values = np.stack([kind["value"].to_numpy(float) for kind in kinds])[numbers % len(kinds)]
    values = values * (1 + (numbers // len(kinds)) % 7)[:, None]
    slips = np.flatnonzero(numbers % DIGIT_SLIP == 0)
    place = one.index[(one["table"] == "applications").to_numpy()][3]
    values[slips, place] = values[slips, place] * 10 + 1
    names = np.array([f"drawn-{number:06d}" for number in numbers])
    flat = values.ravel()
    cells = pd.DataFrame({
        "report": _text(np.repeat(names, size)),
        **{name: _text(np.tile(one[name].to_numpy(str), n)) for name in ("table", "row", "column")},
        "value": pd.array(flat, dtype="Float64"),
        "kind": _text(np.full(n * size, "number")),
        "raw": _text(np.char.mod("%g", flat)),
        "place": _text(np.tile(one["place"].to_numpy(str), n)),
        "match": _text(np.full(n * size, "exact")),
        "unit": _text(np.tile(one["unit"].fillna("").to_numpy(str), n)),
    })[CELLS]  # fmt: skip
    return Reports(_index(numbers, names), cells, _sections(numbers, names), frame([], PROBLEMS))


def save(n: int, where: Path) -> None:
    """The same reports as a corpus, written some thousand at a time."""
    corpus = Corpus.open(where, create=True)
    change = Change(corpus)
    for first in range(0, n, AT_ONCE):
        part = drawn_reports(min(AT_ONCE, n - first), first)
        order = np.arange(first, first + len(part))
        frames = {name: getattr(part, name) for name in FRAMES}
        change.add(of_frames(frames, {"index": order, "problems": order[:0]}))
    change.commit([], corpus.loose().slice(0, 0), n)


def _text(values: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(values.astype(object), dtype="string")


@cache
def _kinds() -> list[pd.DataFrame]:
    draw = random.Random(SEED)
    return [_cells(draw_figures(draw, EDITIONS)) for _ in range(DRAWN)]


def _cells(figures: dict[tuple[str, str, str], str]) -> pd.DataFrame:
    rows = [
        (table, row, column, _value(figures[table, row, column]), f"table 1, cell {i}", "件")
        for table, edition in EDITIONS.items()
        for i, (row, column) in enumerate(load_form(edition).table(table).cells())
    ]
    return pd.DataFrame(rows, columns=["table", "row", "column", "value", "place", "unit"])


def _value(text: str) -> float:
    digits = "".join(char for char in text if char in "0123456789.-")
    return float(digits or 0)


def _index(numbers: np.ndarray, names: np.ndarray) -> pd.DataFrame:
    told = " ".join(f"{table}={edition}" for table, edition in EDITIONS.items())
    bodies = [f"合成第{i // len(YEARS):05d}局" for i in numbers]
    known = {
        "report": names, "agency": bodies, "district": bodies, "province": ["合成省"] * len(names),
        "level": ["department"] * len(names), "scope": ["own"] * len(names),
        "year": [YEARS[i % len(YEARS)] for i in numbers],
        "file": names, "sha256": names, "format": ["html"] * len(names),
        "editions": [told] * len(names), "found": [0] * len(names), "expected": [0] * len(names),
    }  # fmt: skip
    columns = [known.get(name, [None] * len(names)) for name in INDEX]
    return frame(zip(*columns, strict=True), INDEX)


def _sections(numbers: np.ndarray, names: np.ndarray) -> pd.DataFrame:
    """Text of six sentences a report, drawn from some thousand, a few of them shared by all."""
    draw = random.Random(SEED)
    known = [
        "".join(draw.choices("合成数据仅供测试之用不是任何机关的报告文字内容如有雷同纯属", k=30))
        for _ in range(2000)
    ]
    rows = [
        (name, 1, "", "。".join(random.Random(int(number)).sample(known, 6)) + "。")
        for number, name in zip(numbers, names, strict=True)
    ]
    return frame(rows, SECTIONS)
