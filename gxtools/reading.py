"""Files -> Reports: one file (`read`), or every file of a folder (`read_all`)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .bodies import Identity, identify
from .catalog import load_catalog
from .document import Note
from .errors import FileError, GxError, InputError
from .readers import read_document
from .recognise import Filling, recognise
from .reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame

# Files a worker takes at a time: below this the hand-over costs more than the reading.
CHUNK = 20
# Folders smaller than this are read in one process: starting others takes longer.
ALONE = 60


@dataclass
class _Rows:
    """The rows that a file contributes to each frame."""

    index: list[tuple[Any, ...]]
    cells: list[tuple[Any, ...]]
    sections: list[tuple[Any, ...]]
    problems: list[tuple[Any, ...]]

    def add(self, other: _Rows) -> None:
        self.index += other.index
        self.cells += other.cells
        self.sections += other.sections
        self.problems += other.problems

    def reports(self) -> Reports:
        return Reports(
            frame(self.index, INDEX),
            frame(self.cells, CELLS),
            frame(self.sections, SECTIONS),
            frame(self.problems, PROBLEMS),
        )


def read(
    path: str | os.PathLike[str],
    *,
    agency: str | None = None,
    year: int | None = None,
    division: str | None = None,
) -> Reports:
    """The report printed in one file, as Reports of length one.

    `agency`, `year` and `division` (GB/T 2260) override what the document says. Raises GxError
    where the file is no report that can be read; a cell that cannot be read is `<NA>` and listed
    in `problems`.
    """
    given = {"agency": agency, "year": year, "division": division}
    return _read(os.fspath(path), given).reports()


def read_all(
    where: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    catalog: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    errors: str = "collect",
    progress: bool = True,
) -> Reports:
    """Every report of a folder (with its subfolders) or of a list of files.

    A file that cannot be read becomes a row of `problems` and stops nothing (`errors="raise"`
    stops at it). `catalog` is a CSV whose columns (file, agency, division, level, scope, year,
    source) override what documents say; without it, `catalog.csv` in the folder or beside it is
    used. `jobs` is the number of processes, `executor` any `concurrent.futures.Executor`.
    """
    if errors not in ("collect", "raise"):
        raise InputError(f"errors={errors!r} is unknown", advice='Use "collect" or "raise".')
    files = list(_files(where))
    overrides = load_catalog(catalog, where)
    tasks = [(file, overrides.of(file), errors) for file in files]
    rows = _Rows([], [], [], [])
    with _bar(len(files), progress) as bar:
        for part in _run(tasks, jobs, executor):
            rows.add(part)
            bar.update(1)
    rows.problems += [(str(overrides.path), None, *note) for note in overrides.unused(files)]
    return rows.reports()


def _files(where: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    if not isinstance(where, str | os.PathLike):
        yield from (os.fspath(path) for path in where)
        return
    root = Path(where)
    if root.is_file():
        yield os.fspath(where)
        return
    if not root.is_dir():
        raise FileError(
            "there is no such file or folder", where=str(root), advice="Check the path."
        )
    found = sorted(path for path in root.rglob("*") if path.is_file())
    for path in found:
        inside = path.relative_to(root).parts
        hidden = any(part.startswith((".", "~$")) for part in inside)  # .git, Excel's lock files
        if not hidden and inside != ("catalog.csv",):
            yield str(path)


def _run(
    tasks: list[tuple[str, dict[str, Any], str]], jobs: int | None, executor: Executor | None
) -> Iterator[_Rows]:
    if executor is not None:
        yield from executor.map(_attempt, tasks, chunksize=CHUNK)
        return
    count = jobs or (os.cpu_count() or 1 if len(tasks) >= ALONE else 1)
    if count == 1:
        yield from map(_attempt, tasks)
        return
    with ProcessPoolExecutor(count) as pool:
        yield from pool.map(_attempt, tasks, chunksize=CHUNK)


def _bar(total: int, progress: bool) -> Any:
    from tqdm.auto import tqdm

    return tqdm(total=total, unit="file", desc="reading", disable=not progress, leave=False)


def _attempt(task: tuple[str, dict[str, Any], str]) -> _Rows:
    file, given, errors = task
    try:
        return _read(file, given)
    except GxError as error:
        if errors == "raise":
            raise
        where = error.where or file
        problem = (file, None, "error", error.what, where, error.advice)
        return _Rows([], [], [], [problem])


def _read(file: str, given: dict[str, Any]) -> _Rows:
    document = read_document(file)
    filling = recognise(document)
    known = {name: given.get(name) for name in ("agency", "year", "division")}
    identity = identify(document, **known)
    sha256 = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    report = f"{Path(file).stem}-{sha256[:6]}"
    return _Rows(
        [_index_row(report, file, sha256, filling, identity, given)],
        _cell_rows(report, filling),
        [(report, part.number, part.title, part.text) for part in filling.sections],
        [_problem(file, report, note) for note in (*filling.notes, *identity.notes)],
    )


def _index_row(
    report: str,
    file: str,
    sha256: str,
    filling: Filling,
    identity: Identity,
    given: dict[str, Any],
) -> tuple[Any, ...]:
    told = " ".join(f"{table}={edition}" for table, edition in filling.editions.items())
    row = {
        **{name: getattr(identity, name, None) for name in INDEX},
        "report": report,
        "file": file,
        "sha256": sha256,
        "format": filling.document.format,
        "editions": told,
        "found": sum(key in filling.cells for key in filling.expected),
        "expected": len(filling.expected),
    }
    row.update({name: value for name, value in given.items() if value and name in row})
    return tuple(row[name] for name in INDEX)


def _cell_rows(report: str, filling: Filling) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for key in filling.expected:
        cell = filling.cells.get(key)
        if cell is None:
            rows.append((report, *key, None, "missing", None, None, None, None))
            continue
        value = None if cell.value is None else float(cell.value)
        rows.append(
            (report, *key, value, cell.kind, cell.raw, cell.place, cell.match, cell.unit or None)
        )
    return rows


def _problem(file: str, report: str, note: Note) -> tuple[str, ...]:
    return (file, report, note.severity, note.what, note.where, note.advice)
