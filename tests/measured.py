"""What reading one file takes: for a process that does nothing else (see tests/hostile.py)."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass, field

from gxtools.bodies import identify
from gxtools.errors import GxError
from gxtools.readers import read_document
from gxtools.recognise import Key, recognise


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
        document = read_document(file)
        cells = recognise(document).cells
        identify(document)
        found.values = {k: float(c.value) for k, c in cells.items() if c.value is not None}
    except GxError as error:
        found.error = f"{type(error).__name__}: {error.what}"
    found.seconds = time.process_time()
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # bytes or kilobytes
    found.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return found
