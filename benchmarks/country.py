"""A country of made-up reports as a corpus: `python -m benchmarks.country 500000 FOLDER`.

Every figure is synthetic and every body is called so (合成数据). The press of the tests draws some
hundred reports, in which every sum of the form holds; they are dealt out over provinces and years.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from gxtools.corpus import LARGEST, Change, Corpus
from gxtools.corpus.batch import Batch
from gxtools.corpus.columns import ORDER, from_columns, from_rows
from gxtools.forms import load_form
from gxtools.schema import CELLS, INDEX
from gxtools.text import number
from tests.press_draw import TABLES, draw_figures

YEARS = range(2019, 2025)
PROVINCES = 31
DRAWN = 300  # reports an edition that are drawn; the others repeat their figures
TEXT = "合成数据，仅供测试。" * 40


def edition_of(year: int) -> str:
    return "2019" if year < 2021 else "2021"


def drawn_cells(edition: str) -> tuple[pa.Table, int]:
    """The cells of the drawn reports of an edition, and how many each has."""
    draw = random.Random(edition)
    keys = [(id, *cell) for id in TABLES for cell in load_form(edition).table(id).cells()]
    rows = []
    for _ in range(DRAWN):
        figures = draw_figures(draw, dict.fromkeys(TABLES, edition), draw.random() < 0.3)
        for place, key in enumerate(keys):
            raw = figures[key]
            told = number(raw, "万元" if key[2].endswith("wan") else "")
            value = None if told.value is None else float(told.value)
            where = f"table {TABLES.index(key[0]) + 1}, row {place // 7 + 2}, column {place % 7}"
            rows.append(("", *key, value, told.kind, raw, where, "exact", "件"))
    return from_rows("cells", rows), len(keys)


def drawn_batch(first: int, count: int, year: int, cells: pa.Table, each: int) -> Batch:
    """So many reports of a year, numbered from `first`."""
    numbers = range(first, first + count)
    ids = [f"synthetic_{n:06d}-{hashlib.sha256(str(n).encode()).hexdigest()[:6]}" for n in numbers]
    chosen = np.array([n * 7919 % DRAWN for n in numbers])
    rows = (chosen[:, None] * each + np.arange(each)).ravel()
    owner = pa.DictionaryArray.from_arrays(np.repeat(np.arange(count, dtype=np.int32), each), ids)
    taken = cells.take(pa.array(rows)).set_column(0, "report", owner)
    index = pa.table(_index(list(numbers), ids, year, each))
    told = [(id, section, "合成", TEXT) for id in ids for section in (1, 5, 6)]
    problems = from_rows("problems", []).append_column(ORDER, pa.array([], pa.int64()))
    assert taken.column_names == CELLS
    return Batch(index, taken, from_rows("sections", told), problems)


def _index(numbers: list[int], ids: list[str], year: int, each: int) -> dict[str, pa.Array]:
    county = [n // len(YEARS) for n in numbers]
    edition = edition_of(year)
    columns: dict[str, list[object]] = {name: [None] * len(numbers) for name in INDEX}
    columns |= {
        "report": list(ids),
        "agency": [f"合成数据第{c}机关" for c in county],
        "province": [f"合成省{c % PROVINCES:02d}" for c in county],
        "city": [f"合成市{c % PROVINCES:02d}{c // PROVINCES % 12:02d}" for c in county],
        "district": [f"合成区{c % 3000:04d}" for c in county],
        "level": ["county"] * len(numbers),
        "scope": ["own"] * len(numbers),
        "year": [year] * len(numbers),
        "title": [f"合成数据第{c}机关{year}年政府信息公开工作年度报告" for c in county],
        "file": [f"synthetic/{year}/{id}.html" for id in ids],
        "sha256": [hashlib.sha256(str(n).encode()).hexdigest() for n in numbers],
        "format": ["html"] * len(numbers),
        "editions": [" ".join(f"{table}={edition}" for table in sorted(TABLES))] * len(numbers),
        "found": [each] * len(numbers),
        "expected": [each] * len(numbers),
    }
    table = from_columns("index", columns).append_column(ORDER, pa.array(numbers, pa.int64()))
    return dict(zip(table.column_names, table.columns, strict=True))


def batches(reports: int) -> Iterator[Batch]:
    drawn = {edition: drawn_cells(edition) for edition in {edition_of(year) for year in YEARS}}
    first = 0
    for place, year in enumerate(YEARS):
        here = reports // len(YEARS) + (place < reports % len(YEARS))
        for begin in range(0, here, LARGEST):
            count = min(LARGEST, here - begin)
            yield drawn_batch(first, count, year, *drawn[edition_of(year)])
            first += count


def make(reports: int, where: str) -> Corpus:
    """A corpus of so many made-up reports."""
    corpus = Corpus.open(where, create=True)
    change = Change(corpus)
    change.drop(corpus.manifest.parts)
    for batch in batches(reports):
        change.add(batch)
    return change.commit([], corpus.loose().slice(0, 0), reports)


if __name__ == "__main__":
    begun = time.perf_counter()
    made = make(int(sys.argv[1]), sys.argv[2])
    cells = sum(part.cells for part in made.manifest.current)
    print(f"{sys.argv[1]} synthetic reports, {cells:,} cells, {time.perf_counter() - begun:.0f} s")
