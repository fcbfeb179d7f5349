"""Corpora of any size, synthetic: drawn figures whose sums hold, of made-up bodies over six years.

A few hundred drawn reports are copied under new names and years, with other figures of the same
sums: every report's figures are multiplied by its own small number.
"""

from __future__ import annotations

import random

import numpy as np
import pandas as pd

from benchmarks.samples import EDITIONS, SEED
from gxtools.forms import load_form
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame
from tests.press import draw_figures

DRAWN = 200
YEARS = range(2020, 2026)
DIGIT_SLIP = 50  # one report in so many has a figure with a digit too many


def drawn_reports(n: int) -> Reports:
    """Reports as reading gives them; one in fifty has a misprint."""
    kinds = _kinds(min(n, DRAWN))
    size = len(kinds[0])
    which = np.arange(n) % len(kinds)
    factor = 1 + (np.arange(n) // len(kinds)) % 7
    values = np.stack([kind["value"].to_numpy(float) for kind in kinds])[which]
    values = values * factor[:, None]
    slips = np.arange(0, n, DIGIT_SLIP)
    place = kinds[0].index[(kinds[0]["table"] == "applications").to_numpy()][3]
    values[slips, place] = values[slips, place] * 10 + 1
    names = np.array([f"drawn-{i:06d}" for i in range(n)])
    flat = values.ravel()
    one = kinds[0]
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
    return Reports(_index(names), cells, _sections(names), frame([], PROBLEMS))


def _text(values: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(values.astype(object), dtype="string")


def _kinds(n: int) -> list[pd.DataFrame]:
    draw = random.Random(SEED)
    return [_cells(draw_figures(draw, EDITIONS)) for _ in range(n)]


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


def _index(names: np.ndarray) -> pd.DataFrame:
    told = " ".join(f"{table}={edition}" for table, edition in EDITIONS.items())
    bodies = [f"合成第{i // len(YEARS):05d}局" for i in range(len(names))]
    known = {
        "report": names, "agency": bodies, "district": bodies, "province": ["合成省"] * len(names),
        "level": ["department"] * len(names), "scope": ["own"] * len(names),
        "year": [YEARS[i % len(YEARS)] for i in range(len(names))],
        "file": names, "sha256": names, "format": ["html"] * len(names),
        "editions": [told] * len(names), "found": [0] * len(names), "expected": [0] * len(names),
    }  # fmt: skip
    columns = [known.get(name, [None] * len(names)) for name in INDEX]
    return frame(zip(*columns, strict=True), INDEX)


def _sections(names: np.ndarray) -> pd.DataFrame:
    """Text of six sentences a report, drawn from some thousand, a few of them shared by all."""
    draw = random.Random(SEED)
    known = [
        "".join(draw.choices("合成数据仅供测试之用不是任何机关的报告文字内容如有雷同纯属", k=30))
        for _ in range(2000)
    ]
    rows = [(name, 1, "", "。".join(draw.sample(known, 6)) + "。") for name in names]
    return frame(rows, SECTIONS)
