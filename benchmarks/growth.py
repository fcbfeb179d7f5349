"""Time and memory against the number of reports: `python -m benchmarks.growth [sizes]`.

Writes the second table of docs/performance.md and docs/images/growth.png. Every figure is that of
a process of its own, which opens a corpus and does one thing; all figures are synthetic
(`corpora`, and pages of the tests' press for reading).
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gxtools as gx
from benchmarks.corpora import drawn_reports, save
from benchmarks.memory import watched
from benchmarks.page import ROOT, set_part
from tests.garbage import fill_folder

SIZES = (100, 1_000, 10_000)
WARM = 12  # reports on which everything is done once before: libraries and forms are loaded
WORK: Mapping[str, Callable[[gx.Reports], Any]] = {
    "check": gx.check,
    "outcomes": gx.outcomes,
    "measure": lambda reports: gx.measure(reports, "disclosure_rate"),
    "suspects": gx.suspects,
    "similarity": gx.similarity,
}
NAMES = {
    "reading": "gx.update, pages of 6 kB",
    **{name: f"gx.{name}" for name in WORK},
}
Found = dict[tuple[str, int], tuple[float, float]]  # name, reports -> CPU seconds, MB more


def measure(name: str, where: str) -> None:
    """In a new process: do one thing once, and print its CPU seconds and the MB held before."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "reading":
            fill_folder(Path(folder) / "few", WARM, random.Random(0))
            gx.update(Path(folder) / "warm", Path(folder) / "few", progress=False)
            start, before = _cpu(), _held()
            gx.update(Path(folder) / "corpus", where, progress=False)
        else:
            WORK[name](drawn_reports(WARM))
            start, before = _cpu(), _held()
            WORK[name](gx.open_reports(where))
        print(json.dumps([_cpu() - start, before]))


def _cpu() -> float:
    """CPU seconds of this process and of the workers that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _held() -> float:
    """MB that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def grown(sizes: tuple[int, ...]) -> Found:
    """Everything at every size, each in a process of its own."""
    found: Found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            corpus, files = Path(folder) / "corpus", Path(folder) / "files"
            save(size, corpus)
            fill_folder(files, size, random.Random(size))
            for name in NAMES:
                where = files if name == "reading" else corpus
                found[name, size] = in_process(name, where)
                print(name, size, found[name, size], flush=True)
    return found


def in_process(name: str, where: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.growth", "--measure", name, str(where)]
    printed, most = watched(command, ROOT)
    seconds, before = json.loads(printed.splitlines()[-1])
    return seconds, max(most - before, 0.0)


def table(found: Found, sizes: tuple[int, ...]) -> str:
    head = ["what", *(f"{size:,} reports" for size in sizes), "ms a report at the end"]
    rows = [head, ["---"] * len(head)]
    for name, shown in NAMES.items():
        done = [size for size in sizes if (name, size) in found]
        told = {
            size: f"{found[name, size][0]:.2f} s, {found[name, size][1]:,.0f} MB" for size in done
        }
        each = f"{1000 * found[name, done[-1]][0] / done[-1]:.2f}"
        rows.append([shown, *(told.get(size, "not run") for size in sizes), each])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def draw(found: Found, sizes: tuple[int, ...], path: Path) -> None:
    from matplotlib import pyplot

    from gxtools.charts import style

    with style.drawing():
        figure, axes = pyplot.subplots(1, 2, figsize=(style.WIDTH, 4.4), layout="constrained")
        titles = ("CPU seconds", "memory for the work, MB")
        for ax, part, title in zip(axes, (0, 1), titles, strict=True):
            style.canvas(ax, 4.4)
            looks = zip(NAMES, style.LINE_COLOURS, style.LINE_MARKERS, strict=True)
            for name, colour, marker in looks:
                done = [size for size in sizes if (name, size) in found]
                values = [found[name, size][part] for size in done]
                ax.plot(done, values, color=colour, marker=marker, markersize=4, label=NAMES[name])
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
    publish(grown(sizes), sizes)


def publish(found: Found, sizes: tuple[int, ...]) -> None:
    print(table(found, sizes))
    set_part("growth", table(found, sizes))
    draw(found, sizes, ROOT / "docs/images/growth.png")


if __name__ == "__main__":
    main(sys.argv[1:])
