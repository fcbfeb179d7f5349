"""Time and memory against the number of reports: `python -m benchmarks.growth [sizes]`.

Writes the second table of docs/performance.md and docs/images/growth.png. Every figure is that of
a process of its own; all figures are synthetic (`corpora`).
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gxtools as gx
from benchmarks import samples
from benchmarks.corpora import drawn_reports
from benchmarks.page import ROOT, set_part

SIZES = (100, 1_000, 10_000)
PAGES = 200  # of 100 KB; the larger folders have them under many names
WORK: Mapping[str, Callable[[gx.Reports], Any]] = {
    "check": gx.check,
    "outcomes": gx.outcomes,
    "measure": lambda reports: gx.measure(reports, "disclosure_rate"),
    "suspects": gx.suspects,
    "similarity": gx.similarity,
}
NAMES = {
    "reading": "gx.read_all, pages of 100 KB",
    **{name: f"gx.{name}" for name in WORK},
}
Found = dict[tuple[str, int], tuple[float, float]]  # name, reports -> CPU seconds, peak MB


def measure(name: str, where: str) -> None:
    """In a new process: do one thing once, and print CPU seconds and the peak of memory in MB."""
    if name == "reading":
        start = _cpu()
        reports = gx.read_all(where, progress=False)
        _tell(start, len(reports.cells))
        return
    WORK[name](drawn_reports(12))  # libraries and forms are loaded, caches filled
    reports = pickle.loads(Path(where).read_bytes())
    start = _cpu()
    _tell(start, len(WORK[name](reports)))


def _cpu() -> float:
    """CPU seconds of this process and of the workers that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _tell(start: float, size: int) -> None:
    seconds = _cpu() - start
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    # ru_maxrss of children is that of the largest: as many as there are cores ran beside it.
    print(json.dumps([seconds, own + workers * (os.cpu_count() or 1), size]))


def grown(sizes: tuple[int, ...]) -> Found:
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        pages = samples.printed(samples.page_of_100_kb, PAGES)
        for size in sizes:
            corpus = Path(folder) / f"{size}.pickle"
            corpus.write_bytes(pickle.dumps(drawn_reports(size)))
            files = _folder(Path(folder) / str(size), pages, size)
            for name in NAMES:
                found[name, size] = _in_process(name, files if name == "reading" else corpus)
                print(name, size, found[name, size], flush=True)
    return found


def _folder(path: Path, pages: list[bytes], size: int) -> Path:
    """As many files as wanted; each page is on the disk once."""
    path.mkdir()
    for number in range(size):
        file = path / f"{number:06d}.html"
        if number < len(pages):
            file.write_bytes(pages[number])
        else:
            os.link(path / f"{number % len(pages):06d}.html", file)
    return path


def _in_process(name: str, where: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.growth", "--measure", name, str(where)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, megabytes, _ = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def table(found: Found, sizes: tuple[int, ...]) -> str:
    head = ["what", *(f"{size:,} reports" for size in sizes), "ms a report at the end"]
    rows = [head, ["---"] * len(head)]
    for name, shown in NAMES.items():
        parts = [found[name, size] for size in sizes]
        cells = [f"{seconds:.2f} s, {megabytes:,.0f} MB" for seconds, megabytes in parts]
        rows.append([shown, *cells, f"{1000 * parts[-1][0] / sizes[-1]:.2f}"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def draw(found: Found, sizes: tuple[int, ...], path: Path) -> None:
    from matplotlib import pyplot

    from gxtools.charts import style

    with style.drawing():
        figure, axes = pyplot.subplots(1, 2, figsize=(style.WIDTH, 4.4), layout="constrained")
        for ax, part, title in zip(axes, (0, 1), ("CPU seconds", "peak memory, MB"), strict=True):
            style.canvas(ax, 4.4)
            looks = zip(NAMES, style.LINE_COLOURS, style.LINE_MARKERS, strict=True)
            for name, colour, marker in looks:
                values = [found[name, size][part] for size in sizes]
                ax.plot(sizes, values, color=colour, marker=marker, markersize=4, label=NAMES[name])
            ax.set(xscale="log", yscale="log", xlabel="reports")
            for axis in (ax.xaxis, ax.yaxis):
                axis.set_major_formatter(lambda value, _: f"{value:,g}")
                axis.set_minor_formatter(lambda *_: "")
            ax.set_title(title, loc="left", fontsize=style.TITLE)
            ax.grid(True, color=style.PALE, linewidth=0.5)
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
        figure.suptitle("Synthetic reports 合成数据", x=0.01, ha="left", fontsize=style.NOTE)
        style.save_figure(figure, path)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--measure"]:
        measure(*arguments[1:])
        return
    sizes = tuple(map(int, arguments)) or SIZES
    found = grown(sizes)
    print(table(found, sizes))
    set_part("growth", table(found, sizes))
    draw(found, sizes, ROOT / "docs/images/growth.png")


if __name__ == "__main__":
    main(sys.argv[1:])
