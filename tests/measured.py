"""What reading one file takes: for a process that does nothing else (see tests/hostile.py)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from gxtools.bodies import identify
from gxtools.errors import GxError
from gxtools.recognise import Key
from gxtools.sources import open_source


@dataclass
class Measure:
    """Computing time, the most memory that the process ever held, and what was read."""

    seconds: float = 0.0
    megabytes: float = 0.0
    error: str = ""
    values: dict[Key, float] = field(default_factory=dict)


def measure(file: str) -> Measure:
    """Read a file as `gx.read` does, without its frames."""
    found = Measure()
    try:
        filling = open_source(file).filling
        identify(filling.document)
        cells = filling.cells
        found.values = {k: float(c.value) for k, c in cells.items() if c.value is not None}
    except GxError as error:
        found.error = f"{type(error).__name__}: {error.what}"
    found.seconds = time.process_time()
    found.megabytes = _most_memory()
    return found


def _most_memory() -> float:
    """Megabytes at the highest; getrusage would also count the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1_000
