"""docs/performance.md: the parts between markers are measured, the rest is written by hand."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/performance.md"
_LIBRARIES = ("pandas", "lxml", "pdfplumber", "pypdfium2", "openpyxl")


def set_part(name: str, text: str) -> None:
    """Put measured text, with where it was measured, between the markers of a part."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{PAGE.name} has no place for {name}")
    whole = f"{before}{begin}\n{_where()}\n\n{text}\n{end}{after}"
    PAGE.write_text(whole, encoding="utf-8", newline="\n")


def _where() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"Measured with Python {platform.python_version()}, {libraries}, on {os.cpu_count()} cores "
        f"({platform.system()} {platform.machine()})."
    )
