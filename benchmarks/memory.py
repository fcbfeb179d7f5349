"""The most memory that a program and all its workers hold together.

ru_maxrss does not tell it: a process begins with the figure of the one that started it.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

EVERY = 0.05  # seconds


def watched(command: Sequence[str], cwd: Path | None = None) -> tuple[str, float]:
    """What a command printed, and the most MB that it and its workers held at one moment (Linux;
    pages that several of them share count each time). Raises CalledProcessError where it fails."""
    most = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=cwd) as process:
        while process.poll() is None:
            most = max(most, sum(map(_held, _family(process.pid))))
            time.sleep(EVERY)
        told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, told)
    return told, most


def _family(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(thread).split():
            yield from _family(int(child))


def _held(pid: int) -> float:
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""
