"""update(): a corpus brought up to date with its files, in steps that each leave it whole."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from typing import Any

from ..arguments import is_several, path_of
from ..corpus import Corpus
from ..corpus.ledger import CURRENT, WITHDRAWN, now, place_of
from ..errors import GxError, ReadingInterrupted
from ..readers import load
from ..reading import plan, read_each
from .pending import Pending
from .stored import StoredReports

Where = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Task = tuple[str, dict[str, Any]]
# What a killed program loses at most: the reading of so many seconds.
PACE = 60.0


def update(
    dir: str | os.PathLike[str],
    where: Where,
    *,
    catalog: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> StoredReports:
    """Bring a corpus up to date with a folder (or list) of files, and open it.

    Only files that are new, whose content (SHA-256) or row of the catalogue has changed, or that
    could not be read before, are read; `where` and the other arguments are those of `read_all`.
    What was read goes to the corpus as it comes, so that neither memory nor a stop limits the run:
    after Ctrl-C or a crash the corpus holds what was done until then (after a crash, up to a
    minute less), and the next update does the rest. The earlier version of a changed report is
    kept (see `gx.history`); a changed file that cannot be read leaves the earlier one current. A
    file that is no longer there leaves its report in the corpus, with a row of `problems`. `dir`
    may be absent. Raises GxError as `read_all` and `open_reports` do, and where the corpus cannot
    be written: nothing that was in it is lost.
    """
    names = [path_of(path) for path in (where if is_several(where) else [where])]
    pending = Pending(Corpus.open(dir, create=True))
    tasks, unused = plan(names if is_several(where) else names[0], catalog)
    tasks = list({place_of(file): (file, given) for file, given in tasks}.values())
    _note_withdrawn(pending, names, tasks)
    todo = list(_changed(pending, tasks))
    try:
        _read(pending, todo, jobs, executor, progress)
    except KeyboardInterrupt:
        told = f"{pending.done:,} of {len(todo):,} files had been read: they are in the corpus"
        raise ReadingInterrupted(told, StoredReports(pending.commit())) from None
    for row in unused:
        pending.note(row[0], [row])
    return StoredReports(pending.finish())


def _read(
    pending: Pending, todo: list[Task], jobs: int | None, executor: Executor | None, progress: bool
) -> None:
    last = time.monotonic()
    with closing(read_each(todo, jobs, executor, progress)) as found:
        for (file, given), rows in zip(todo, found, strict=True):
            pending.add(file, _told(given), rows)
            if time.monotonic() - last > PACE:
                pending.commit()
                last = time.monotonic()


def _note_withdrawn(pending: Pending, wanted: list[str], tasks: list[Task]) -> None:
    """Mark the files of the corpus that should be among these, and are not."""
    here = {place_of(file) for file, _ in tasks}
    roots = [place_of(path) for path in wanted]
    folders = tuple(root.rstrip("/\\") + mark for root in roots for mark in ("/", os.sep, "!"))
    for place, entry in pending.known.items():
        ours = place in roots or place.startswith(folders)
        if ours and entry.status == CURRENT and place not in here:
            entry.status, entry.until = WITHDRAWN, now()


def _changed(pending: Pending, tasks: list[Task]) -> Iterator[Task]:
    """The tasks whose file is not in the corpus as it is now."""
    known = {file: pending.known.get(place_of(file)) for file, _ in tasks}
    same = [
        (file, given)
        for file, given in tasks
        if (entry := known[file]) and entry.sha256 and entry.given == _told(given)
    ]
    with ThreadPoolExecutor() as pool:
        hashes = dict(zip([file for file, _ in same], pool.map(_hash, same), strict=True))
    for file, given in tasks:
        entry = known[file]
        if entry and file in hashes and hashes[file] == entry.sha256:
            entry.status, entry.until = CURRENT, None
        else:
            yield file, given


def _hash(task: Task) -> str | None:
    try:
        return hashlib.sha256(load(task[0])).hexdigest()
    except GxError:
        return None  # reading it tells what is wrong


def _told(given: dict[str, Any]) -> str:
    """What the catalogue said of a file, to see whether it says something else next time."""
    said = {name: value for name, value in given.items() if value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""
