"""Files -> Reports: one file (`read`), or every file of a folder (`read_all`)."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from .arguments import is_several, path_of, year_of
from .bodies import GIVEN, Identity, identify
from .catalog import load_catalog
from .caveats import caveats
from .crew import run
from .document import Note
from .errors import GxError, InputError, ReadingInterrupted
from .gathering import Gathered, Rows
from .recognise import Filling
from .repeats import repeats
from .sources import Source, find_files, open_source, open_sources, own_name
from .workers import Outcome, attempt

# Workers read files by this module, and are ready ten times sooner without pandas.
if TYPE_CHECKING:
    from .reports import Reports


def read(
    path: str | os.PathLike[str],
    *,
    agency: str | None = None,
    year: int | None = None,
    division: str | None = None,
) -> Reports:
    """The report printed in one file, as Reports of length one.

    The file may be a ZIP of one report, a member of a ZIP (`all.zip!east.html`) or a sheet
    (`book.xlsx#2023`), as `file` names them in Reports; one with several reports is for `read_all`.
    `agency`, `year` and `division` (GB/T 2260) override what the document says. Raises GxError
    where the file is no report that can be read; a cell that cannot be read is `<NA>` and listed
    in `problems`. Reads in this process: what a file may hold is limited, time and memory are not
    (`read_all` limits both, also for one file).
    """
    file = path_of(path, "Give one path as text; read_all takes a folder or a list of files.")
    for name, told in (("agency", agency), ("division", division)):
        if told is not None and not isinstance(told, str):
            raise InputError(f"{name}={told!r} is no text", where=file)
    told_year = None if year is None else year_of(year, file)
    given = {"agency": agency, "year": told_year, "division": division}
    return _rows(file, attempt(_read_one, (file, given)), "raise").reports()


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

    A ZIP gives all its members (`all.zip!east.html`), a workbook of several reports all of them
    (`book.xlsx#2023`); what a browser saved beside a page (`page_files`) is no report.
    A file that cannot be read becomes a row of `problems` and stops nothing (`errors="raise"`
    stops at it); so does one that takes over 20 s or 400 MB, or ends the process that reads it.
    The same report (body, year, scope) in two files is kept twice; `problems` tells what differs.
    `catalog` is a CSV whose columns (file, agency, division, level, scope, year,
    source) override what documents say; without it, `catalog.csv` in the folder or beside it is
    used. `file` may have folders before the name (`east/2024.pdf`), and must where files of one
    name lie in several. `jobs` is the number of processes (all cores for a larger folder),
    `executor` any `concurrent.futures.Executor`, which is given chunks of files. The order is that
    of the files. `~` in a path is the home folder. Raises FileError where there is no such folder
    or catalogue, InputError for a catalogue that says something impossible.
    Ctrl-C raises ReadingInterrupted, whose `reports` hold what had been read.
    """
    if errors not in ("collect", "raise"):
        raise InputError(f"errors={errors!r} is unknown", advice='Use "collect" or "raise".')
    tasks, unused = plan(where, catalog)
    rows, seen, done = Gathered(), dict[str, str](), 0
    try:
        with closing(read_each(tasks, jobs, executor, progress, errors)) as found:
            for part in found:
                rows.add(_once(part, seen))
                done += 1
    except KeyboardInterrupt:
        raise _interrupted(rows, [file for file, _ in tasks], done) from None
    rows.last.problems += [*unused, *repeats(rows.index, rows.pile.figures_of)]
    return rows.reports()


def plan(
    where: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    catalog: str | os.PathLike[str] | None,
) -> tuple[list[tuple[str, dict[str, Any]]], list[tuple[Any, ...]]]:
    """The files to read, each with what the catalogue says of it; and its rows of no file."""
    if is_several(where):
        where = list(where)
    overrides = load_catalog(catalog, where)
    files = [file for file in find_files(where) if not overrides.is_at(file)]
    tasks = [(file, {**overrides.of(file), "sheets": overrides.sheets_of(file)}) for file in files]
    sheets = [sheet for _, given in tasks for sheet in given["sheets"]]
    return tasks, [
        (overrides.path or note[2], None, *note) for note in overrides.unused(files, sheets)
    ]


def read_each(
    tasks: list[tuple[str, dict[str, Any]]],
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
    errors: str = "collect",
) -> Generator[Rows, None, None]:
    """The rows of each file in order, as soon as they are read; see `read_all`."""
    outcomes = run(_read, tasks, jobs=jobs, executor=executor)
    with _bar(len(tasks), progress) as bar, closing(outcomes):
        for (file, _), outcome in zip(tasks, outcomes, strict=True):
            yield _rows(file, outcome, errors)
            bar.update(1)


def _interrupted(rows: Gathered, files: list[str], done: int) -> ReadingInterrupted:
    what, advice = "not read: reading was interrupted", "Read it anew."
    rows.last.problems += [(file, None, "error", what, file, advice) for file in files[done:]]
    told = f"{done:,} of {len(files):,} files had been read: they are in `reports` of this error"
    return ReadingInterrupted(told, rows.reports())


def _once(rows: Rows, seen: dict[str, str]) -> Rows:
    """The rows without those of reports that an earlier file, kept in `seen`, holds too."""
    again = {row["report"]: row["file"] for row in rows.index if row["report"] in seen}
    seen.update({row["report"]: row["file"] for row in rows.index if row["report"] not in again})
    if not again:
        return rows
    advice = "Nothing is lost; remove one of the two files."
    kept = rows.without(set(again))
    kept.problems += [
        (file, report, "info", f"the same file as {seen[report]}: counted once", file, advice)
        for report, file in again.items()
    ]
    return kept


def _bar(total: int, progress: bool) -> Any:
    from tqdm.auto import tqdm

    return tqdm(total=total, unit="file", desc="reading", disable=not progress, leave=False)


def _rows(file: str, outcome: Outcome, errors: str) -> Rows:
    """The rows of a file that was read, or the problem that it is. Raises it for errors="raise"."""
    if isinstance(outcome, Rows):
        return outcome
    assert isinstance(outcome, GxError)
    where = outcome.where or file
    if errors == "raise":
        raise (
            outcome
            if outcome.where
            else type(outcome)(outcome.what, where=where, advice=outcome.advice)
        ) from outcome.__cause__
    problem = (file, None, "error", outcome.what, where, outcome.advice)
    return Rows([], [], [], [problem])


def _read_one(task: tuple[str, dict[str, Any]]) -> Rows:
    file, given = task
    return _report(open_source(file), given)


def _read(task: tuple[str, dict[str, Any]]) -> Rows:
    file, given = task
    rows = Rows([], [], [], [])
    sheets = given["sheets"]
    whole = {name: value for name, value in given.items() if name != "sheets"}
    for source in open_sources(file):
        rows.add(_report(source, whole | sheets.get(own_name(source.file), {})).packed())
    return rows


def _report(source: Source, given: dict[str, Any]) -> Rows:
    filling, report = source.filling, source.report
    known = {name: given.get(name) for name in ("agency", "year", "division")}
    identity = identify(filling.document, **known)
    notes = [*filling.notes, *caveats(filling, identity.year), *identity.notes]
    return Rows(
        [_index_row(source, identity, given)],
        _cell_rows(report, filling),
        [(report, part.number, part.title, part.text) for part in filling.sections],
        [_problem(source, note) for note in notes],
    )


def _index_row(source: Source, identity: Identity, given: dict[str, Any]) -> dict[str, Any]:
    filling = source.filling
    told = " ".join(f"{table}={edition}" for table, edition in filling.editions.items())
    given = {name: value for name, value in given.items() if value}
    row = {
        **{part.name: getattr(identity, part.name) for part in fields(identity)},
        "evidence": _together(identity.evidence | dict.fromkeys(given, GIVEN)),
        "report": source.report,
        "file": source.file,
        "sha256": source.sha256,
        "format": filling.document.format,
        "editions": told,
        "found": sum([cell.kind != "missing" for cell in filling.cells.values()]),
        "expected": len(filling.expected),
    }
    return row | given


def _together(evidence: dict[str, str]) -> str | None:
    """What each field rests on, the same words once."""
    fields_by_words: dict[str, list[str]] = {}
    for name, words in evidence.items():
        fields_by_words.setdefault(words, []).append(name)
    return "; ".join(f"{', '.join(n)}: {words}" for words, n in fields_by_words.items()) or None


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


def _problem(source: Source, note: Note) -> tuple[str, ...]:
    return (source.file, source.report, note.severity, note.what, note.where, note.advice)
