"""Cells right, wrong and unread against known figures: `python -m tests.accuracy [folder figures]`.

A wrong cell is named; the exit status is 1 when there is one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

import gxtools as gx

SHARED = Path(__file__).parents[2] / "shared"
TABLES = ("applications", "disputes", "proactive", "annex")
# Files whose figures have another name.
SUFFIXES = ("_runtogether", "_annex")


@dataclass
class Score:
    """What became of the known cells of one file."""

    file: str
    right: int = 0
    unread: int = 0
    wrong: list[str] = field(default_factory=list)
    format: str = ""


def figures(path: Path) -> dict[tuple[str, str, str], float | None]:
    """The known figures of one report by (table, row, column); None where the print is blank."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return {
        (table, row, column): value
        for table in TABLES
        for row, columns in data.get(table, {}).items()
        for column, value in columns.items()
    }


def figures_of(file: Path, folder: Path) -> Path | None:
    stem = file.stem
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    found = folder / f"{stem}.json"
    return found if found.exists() else None


def score(file: Path, known: Path) -> Score:
    """Read a file and hold it against its known figures."""
    found = Score(file.name)
    cells = pd.Series(dtype="Float64")
    try:
        reports = gx.read(file)
        cells = reports.cells.set_index(["table", "row", "column"])["value"]
        found.format = str(reports.index["format"].iat[0])
    except gx.GxError as error:
        print(f"{file.name}: {error}")
    for key, value in figures(known).items():
        read = cells.get(key)
        if value is None:
            continue
        if read is None or pd.isna(read):
            found.unread += 1
        elif float(read) == value:
            found.right += 1
        else:
            found.wrong.append(f"{file.name} {' '.join(key)}: read {read}, printed {value}")
    return found


def main(arguments: list[str]) -> int:
    reports = Path(arguments[0]) if arguments else SHARED / "reports"
    known = Path(arguments[1]) if len(arguments) > 1 else SHARED / "figures"
    files = [(f, figures_of(f, known)) for f in sorted(reports.iterdir()) if f.is_file()]
    scores = [score(file, figure) for file, figure in files if figure]
    for s in scores:
        print(
            f"{s.file:34} {s.format:5} {s.right:4} right {len(s.wrong):3} wrong {s.unread:4} unread"
        )
    formats = Counter[str]()
    for s in scores:
        formats[s.format] += s.right
    wrong = [line for s in scores for line in s.wrong]
    print("by format:", ", ".join(f"{name} {count} right" for name, count in formats.items()))
    print("\n".join(wrong) or "no wrong cell")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
