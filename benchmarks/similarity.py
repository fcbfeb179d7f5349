"""How long similarity() takes, and that it grows little faster than its input:
`python -m benchmarks.similarity`.

Synthetic reports: bodies in tens copy one another and most of last year's text, beside sentences
that everyone prints. The output has a line for 500 and one for 2,000 reports, and their ratio.
"""

from __future__ import annotations

import random
import resource
import time

import gxtools as gx
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame

SEED = 20240131
YEARS = range(2021, 2026)
SENTENCES = {1: 30, 5: 15, 6: 8}  # of each section's own
EVERYBODY = 8
COPYING = 10


def drawn(n: int) -> Reports:
    """About n reports, one a body and year, of a thousand characters a section."""
    draw = random.Random(SEED)
    signs = [chr(0x4E00 + i) for i in range(1500)]
    words = ["".join(draw.choices(signs, k=draw.choice((2, 2, 3, 4)))) for _ in range(4000)]

    def sentence() -> str:
        return "".join(draw.choices(words, k=draw.randint(8, 20))) + "。"

    common = [sentence() for _ in range(40)]
    own: list[str] = []
    index, texts = [], []
    for body in range(n // len(YEARS)):
        if body % COPYING == 0:
            own = [sentence() for _ in range(max(SENTENCES.values()))]
        for year in YEARS:
            own = [one if draw.random() < 0.9 else sentence() for one in own]
            name = f"r{body}-{year}"
            row = {"report": name, "agency": f"机关{body}", "year": year, "sha256": name}
            index.append([row.get(column) for column in INDEX])
            for section, count in SENTENCES.items():
                told = [*draw.sample(common, EVERYBODY), *own[:count]]
                texts.append((name, section, "", "".join(told)))
    parts = frame(index, INDEX), frame([], CELLS), frame(texts, SECTIONS), frame([], PROBLEMS)
    return Reports(*parts)


def seconds(n: int) -> float:
    reports = drawn(n)
    start = time.process_time()
    found = gx.similarity(reports)
    taken = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(reports)} reports: {taken:.1f} s, {len(found)} pairs, peak {peak} MB", flush=True)
    return taken


if __name__ == "__main__":
    few, many = seconds(500), seconds(2000)
    print(f"four times as many reports took {many / few:.1f} times as long")
