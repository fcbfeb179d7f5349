"""Many files into the store: `python -m benchmarks.many 10000 [FOLDER]`.

Times of one and of two workers in turn, the most memory that the program and its workers held
together, and 1 % garbage among the files (synthetic pages of the tests' press): every good report
must be there and every bad file listed, else it stops. `gx.update` writes to the store as it reads;
on a busy machine look at CPU seconds as well.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.memory import watched
from tests.garbage import fill_folder

CODE = """
import os, resource, sys, time
import gxtools as gx, gxtools.store
folder, corpus, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
begun = time.perf_counter()
reports = gx.update(corpus, folder, jobs=jobs, progress=False)
wall = time.perf_counter() - begun
own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
errors = int((reports.problems["severity"] == "error").sum())
print(wall, own.ru_utime + own.ru_stime, below.ru_utime + below.ru_stime, len(reports), errors)
"""


def main(count: int, where: str) -> None:
    folder = Path(where) / "files"
    good, bad = fill_folder(folder, count, random.Random(1))
    size = sum(path.stat().st_size for path in folder.iterdir()) / count / 1000
    print(f"{count:,} files of {size:.0f} kB, {len(bad)} of them garbage; {os.cpu_count()} cores\n")
    print("| workers | s | ms a file | own CPU s | workers' CPU s | peak MB of all |")
    print("|---|---|---|---|---|---|")
    for jobs in (1, 2):
        corpus = Path(where) / f"corpus{jobs}"
        command = [sys.executable, "-c", CODE, str(folder), str(corpus), str(jobs)]
        printed, peak = watched(command)
        told = printed.split()
        wall, own, below = map(float, told[:3])
        assert (int(told[3]), int(told[4])) == (len(good), len(bad)), told
        print(
            f"| {jobs} | {wall:.1f} | {wall / count * 1000:.1f} | {own:.1f} | {below:.1f} "
            f"| {peak:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    place = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
    main(int(sys.argv[1]), place)
    shutil.rmtree(place, ignore_errors=True)
