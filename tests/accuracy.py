"""Cells right, wrong and unread against known figures, by format:
`python -m tests.accuracy [folder [figures]]`.

Each file of the folder is held against the figures of its name (JSON, in a folder of their own). A
wrong cell is named, and the exit status is 1 when there is one; it is 2 when no file of the folder
has figures. A figure where the print is blank, or in a cell that the form printed does not have,
is wrong too; a cell that was noted as unsure is neither.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gxtools as gx

SHARED = Path(__file__).parents[2] / "shared"
TABLES = ("applications", "disputes", "proactive", "annex")
# Files whose figures have another name.
SUFFIXES = ("_runtogether", "_annex")

Key = tuple[str, str, str]  # table, row, column


@dataclass
class Score:
    """What became of the known cells of one file, or of the files of one format."""

    file: str
    right: int = 0
    unread: int = 0
    wrong: list[str] = field(default_factory=list)
    format: str = ""

    def __str__(self) -> str:
        counts = f"{self.right:5} right {len(self.wrong):3} wrong {self.unread:5} unread"
        return f"{self.file:34} {self.format:6} {counts}"


def figures(path: Path) -> dict[Key, float | None]:
    """The known figures of one report; None where the print is blank. Unsure cells are left out."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    unsure = {tuple(cell) for cell in data.get("unsure", ())}
    return {
        (table, row, column): value
        for table in TABLES
        for row, columns in data.get(table, {}).items()
        for column, value in columns.items()
        if (table, row, column) not in unsure
    }


def unsure_tables(path: Path) -> set[str]:
    """The tables of which a cell was noted as unsure: no figure of them is wrong for being more."""
    return {cell[0] for cell in json.loads(path.read_text(encoding="utf-8")).get("unsure", ())}


def figures_of(file: Path, folder: Path) -> Path | None:
    stem = file.stem
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    found = folder / f"{stem}.json"
    return found if found.exists() else None


def score(file: Path, known: Path) -> Score:
    """Read a file and hold it against its known figures."""
    found = Score(file.name, format="none")
    read: dict[Key, float] = {}
    try:
        reports = gx.read(file)
        cells = reports.cells.set_index(["table", "row", "column"])["value"].dropna()
        read = {key: float(value) for key, value in cells.items()}  # type: ignore[misc]
        found.format = str(reports.index["format"].iat[0])
    except gx.GxError as error:
        print(f"{file.name}: {error}")
    expected = figures(known)
    for key, value in expected.items():
        if key in read and read[key] == value:
            found.right += 1
        elif key in read:
            printed = "nothing" if value is None else value
            found.wrong.append(f"{file.name} {' '.join(key)}: read {read[key]}, printed {printed}")
        else:
            found.unread += value is not None
    whole = {key[0] for key in expected} - unsure_tables(known)
    found.wrong += [
        f"{file.name} {' '.join(key)}: read {value}, no such cell"
        for key, value in read.items()
        if key[0] in whole and key not in expected
    ]
    return found


def by_format(scores: list[Score]) -> Iterator[Score]:
    """The scores of the files of each format added up."""
    for name in sorted({score.format for score in scores}):
        same = [score for score in scores if score.format == name]
        right, unread = sum(s.right for s in same), sum(s.unread for s in same)
        wrong = [line for s in same for line in s.wrong]
        files = f"{len(same)} {'file' if len(same) == 1 else 'files'}"
        yield Score(files, right, unread, wrong, name)


def main(arguments: list[str]) -> int:
    reports = Path(arguments[0]) if arguments else SHARED / "reports"
    known = Path(arguments[1]) if len(arguments) > 1 else SHARED / "figures"
    if not reports.is_dir():
        print(f"{reports} is no folder")
        return 2
    files = [(f, figures_of(f, known)) for f in sorted(reports.rglob("*")) if f.is_file()]
    scores = [score(file, figure) for file, figure in files if figure not in (None, file)]
    if not scores:
        print(f"no file of {reports} has its figures in {known}")
        return 2
    print(*scores, "", "by format", *by_format(scores), sep="\n")
    wrong = [line for s in scores for line in s.wrong]
    print("\n".join(wrong) or "no wrong cell")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
