"""How long reading and examining take, against the libraries they stand on: `make bench`.

`python -m benchmarks.core [rounds]` writes the first table of docs/performance.md.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gxtools as gx
from benchmarks import samples
from benchmarks.page import set_part
from benchmarks.timing import REPEATS, fresh, ratio, rounds
from gxtools.document import Document
from gxtools.readers import read_bytes

ROUNDS = 41
HEAD = ("what", "of", "ms", "against", "its ms", "ratio", "wanted")


@dataclass(frozen=True)
class Line:
    """One comparison: the median CPU time of both sides, and the median ratio of the rounds."""

    what: str
    of: str
    ours: Sequence[float]
    against: str
    theirs: Sequence[float]
    wanted: float | None = None

    def cells(self) -> list[str]:
        times = [f"{1000 * statistics.median(found):.2f}" for found in (self.ours, self.theirs)]
        wanted = f"≤ {self.wanted:g}" if self.wanted else ""
        share = f"{ratio(self.ours, self.theirs):.2f}"
        return [self.what, self.of, times[0], self.against, times[1], share, wanted]


def pages(n: int) -> Iterator[Line]:
    """Web pages against lxml, which builds a tree, and pandas.read_html, which finds tables."""
    import lxml.html
    import pandas as pd

    jobs: dict[str, Callable[[Any], object]] = {
        "lxml.html.fromstring": lambda page: lxml.html.fromstring(page[1]),
        "pandas.read_html": lambda page: pd.read_html(io.BytesIO(page[1]), encoding="utf-8"),
        "bytes → Document": lambda page: read_bytes(page[0], page[1]),
        "bytes → Filling": lambda page: gx.recognise(read_bytes(page[0], page[1])),
        "Document → Filling": lambda page: gx.recognise(next(page[2])),
        "gx.read": lambda page: gx.read(page[0]),
        "gx.read, all frames made": lambda page: _looked_at(gx.read(page[0])),
    }
    for name, data in samples.web_pages(n).items():
        with tempfile.TemporaryDirectory() as folder:
            times = rounds(jobs, [_page(folder, i, one) for i, one in enumerate(data)], n)
        bare, tables = times["lxml.html.fromstring"], times["pandas.read_html"]
        for what, wanted in (
            ("bytes → Document", None),
            ("Document → Filling", 3),
            ("bytes → Filling", None),
        ):
            yield Line(what, name, times[what], "lxml.html.fromstring", bare, wanted)
        for what in ("gx.read", "gx.read, all frames made"):
            yield Line(what, name, times[what], "pandas.read_html", tables, 0.6)


def _page(folder: str, number: int, data: bytes) -> tuple[str, bytes, Iterator[Document]]:
    """A page as a file, as bytes, and as Documents: each is read once, for it keeps what it was
    asked (a page is taken at most twice in all rounds, and then REPEATS times)."""
    path = Path(folder) / f"{number}.html"
    path.write_bytes(data)
    return str(path), data, iter([read_bytes(str(path), data) for _ in range(2 * REPEATS)])


def _looked_at(reports: gx.Reports) -> int:
    frames = (reports.index, reports.cells, reports.sections, reports.problems)
    return sum(map(len, frames))


def pdfs(n: int) -> Iterator[Line]:
    import pdfplumber

    def tables(data: bytes) -> list[Any]:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    jobs = {"pdfplumber": tables, "ours": lambda data: read_bytes("a.pdf", data)}
    for name, data in samples.pdfs(n).items():
        times = rounds(jobs, data, n)
        theirs = times["pdfplumber"]
        yield Line("bytes → Document", name, times["ours"], "pdfplumber, all tables", theirs, 0.5)


def others(n: int) -> Iterator[Line]:
    import openpyxl

    jobs: Mapping[str, Callable[[Any], object]] = {
        "openpyxl": lambda data: openpyxl.load_workbook(io.BytesIO(data)),
        "Document": lambda data: read_bytes("a.xlsx", data),
        "Filling": lambda data: gx.recognise(read_bytes("a.xlsx", data)),
    }
    times = rounds(jobs, samples.workbooks(n), n)
    for what in ("Document", "Filling"):
        of, theirs = "drawn workbook", times["openpyxl"]
        yield Line(f"bytes → {what}", of, times[what], "openpyxl.load_workbook", theirs)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{i}.txt" for i in range(n)]
        for file, data in zip(files, samples.texts(n), strict=True):
            file.write_bytes(data)
        times = rounds({"read": gx.read, "bytes": lambda path: path.read_bytes()}, files, n)
    yield Line("gx.read", "drawn text", times["read"], "reading the bytes", times["bytes"])


def imports(n: int) -> Iterator[Line]:
    ours, theirs = [], []
    for _ in range(n):
        theirs.append(fresh("import pandas"))
        ours.append(fresh("import gxtools"))
    yield Line("import gxtools", "a new process", ours, "import pandas", theirs, 1.3)


def table(lines: Sequence[Line]) -> str:
    rows = [HEAD, ["---"] * len(HEAD), *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main(n: int = ROUNDS) -> None:
    few = max(n // 4, 3)
    lines = [*pages(n), *pdfs(few), *others(n), *imports(few)]
    print(table(lines))
    set_part("core", table(lines))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
