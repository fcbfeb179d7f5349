"""CPU time of rivals, side by side: each round times all of them on the same input, in turn.

CPU time of this process, not the clock's: other programs on the machine hardly disturb it. The
ratio is the median over the rounds.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

REPEATS = 3  # on consecutive inputs, within one round
Job = Callable[[Any], object]


def rounds(jobs: Mapping[str, Job], inputs: Sequence[Any], n: int) -> dict[str, list[float]]:
    """Seconds of each job in each of n rounds, behind a first one in which caches fill."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(n + 1):
        chosen = [inputs[(number + i) % len(inputs)] for i in range(REPEATS)]
        for name, job in jobs.items():
            gc.collect(0)
            start = time.process_time()
            for one in chosen:
                job(one)
            times[name].append((time.process_time() - start) / REPEATS)
    return {name: found[1:] for name, found in times.items()}


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def fresh(statement: str) -> float:
    """CPU seconds of a new process that runs a statement."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
