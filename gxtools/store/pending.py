"""Pending: what an update has read and not yet made part of the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from ..corpus import LARGEST, Change, Corpus
from ..corpus.batch import Batch, grouped, joined
from ..corpus.columns import ORDER, from_pile, from_rows
from ..corpus.ledger import CURRENT, REPLACED, WITHDRAWN, Entry, now, place_of
from ..pile import Pile
from ..schema import INDEX, PROBLEMS

# Rows of Python objects take five times the memory of Arrow tables: so many files at a time.
STEP = 200
_SPACE = 10_000  # more than the problems of one report: where those of an update begin
Rows = Any  # what `reading` gives for a file: index, cells, sections, problems
Problem = Sequence[Any]
_GONE = "the file is no longer there; the report that was read from it is kept"
_SAME = "the same report as in {file}: counted once"
_KEPT = "the file has changed and cannot be read: its earlier version is kept"


class Pending:
    """A corpus, what is known of its files (`known`, by place), and what was read since."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self.done = corpus, 0
        self._next = corpus.manifest.next
        self._place = self._next * _SPACE  # of the next problem, in the order of all
        self._entries = corpus.ledger()
        self.known = {place_of(e.file): e for e in self._entries if e.status != REPLACED}
        self._holders = {id: entry for entry in self.known.values() for id in entry.reports}
        self._loose: dict[str, list[tuple[int, Problem]]] = {}
        files = {entry.file for entry in self._entries}
        for row in corpus.loose().to_pylist():
            # The catalogue is no file of the corpus: what it lacks is told anew by each update.
            if row["what"] != _GONE and row["file"] in files:
                told = row[ORDER], [row[name] for name in PROBLEMS]
                self._loose.setdefault(row["file"], []).append(told)
        self._begin()

    def _begin(self) -> None:
        self._change, self._replaced = Change(self.corpus), set[str]()
        self._rows: list[tuple[int, int, Rows]] = []
        self._batches: list[Batch] = []

    def add(self, file: str, given: str, rows: Rows) -> None:
        """Take what was read from a file, in place of what was known of it."""
        self.done += 1
        self._loose.pop(file, None)
        before = self.known.get(place_of(file))
        if before and before.reports and not rows.index:
            before.status, before.until = CURRENT, None
            self.note(file, [*rows.problems, (file, None, "warning", _KEPT, file, "Look at it.")])
            return
        sha256 = rows.index[0]["sha256"] if rows.index else None
        entry = Entry(file, sha256, given=given, since=now())
        self._replace(before, entry)
        self._take(rows, [row for row in rows.index if self._is_new(row["report"], entry)])
        self._entries.append(entry)
        self.known[place_of(file)] = entry

    def note(self, file: str, problems: Iterable[Problem]) -> None:
        """Problems that belong to a file and to no report of it."""
        for row in problems:
            self._loose.setdefault(file, []).append((self._place, row))
            self._place += 1

    def _replace(self, before: Entry | None, entry: Entry) -> None:
        if before is not None:
            before.status, before.until = REPLACED, entry.since
            self._replaced |= set(before.reports)
            for id in before.reports:
                self._holders.pop(id, None)

    def _is_new(self, report: str, entry: Entry) -> bool:
        """Whether no other file holds the report, but for one that was moved away."""
        holder = self._holders.get(report)
        if holder is not None and holder.status != WITHDRAWN:
            told = (entry.file, report, "info", _SAME.format(file=holder.file), entry.file, "")
            self.note(entry.file, [told])
            return False
        self._replace(holder, entry)
        self._holders[report] = entry
        entry.reports.append(report)
        return True

    def _take(self, rows: Rows, index: list[dict[str, Any]]) -> None:
        ours, read = {row["report"] for row in index}, {row["report"] for row in rows.index}
        loose = [row for row in rows.problems if row[1] not in read]
        for row in loose:
            self.note(row[0], [row])
        rows.index, rows.problems = index, [row for row in rows.problems if row[1] in ours]
        rows.sent = [packed for packed in rows.sent if packed.report in ours]
        if index:
            self._rows.append((self._next, self._place, rows))
            self._next += len(index)
            self._place += len(rows.problems)
        if len(self._rows) >= STEP:
            self._pack()

    def _pack(self) -> None:
        """Make the rows an Arrow batch, and write batches that are large enough."""
        if self._rows:
            self._batches.append(_batch(self._rows))
            self._rows = []
        if sum(map(len, self._batches)) >= LARGEST // 2:
            self._write()

    def _write(self) -> None:
        if self._batches:
            self._change.add(joined(self._batches))
            self._batches = []

    def commit(self) -> Corpus:
        """Make what was read part of the corpus."""
        self._pack()
        self._write()
        self._change.replace_reports(self._replaced)
        self.corpus = self._change.commit(self._entries, self._loose_table(), self._next)
        self._begin()
        return self.corpus

    def finish(self) -> Corpus:
        """Commit, and join the small parts that many steps have left."""
        self.commit()
        if self._change.compact():
            self.corpus = self._change.commit(self._entries, self._loose_table(), self._next)
        return self.corpus

    def _loose_table(self) -> pa.Table:
        told = [one for several in self._loose.values() for one in several]
        for entry in self._entries:
            if entry.status == WITHDRAWN:
                for id in entry.reports:
                    row = (entry.file, id, "warning", _GONE, entry.file, "See gx.history.")
                    told.append((self._place + len(told), row))
        table = from_rows("problems", [row for _, row in told])
        return table.append_column(ORDER, pa.array([place for place, _ in told], pa.int64()))


def _batch(taken: list[tuple[int, int, Rows]]) -> Batch:
    index, pile, sections, problems = [], Pile(), [], []
    orders: dict[str, list[int]] = {"index": [], "problems": []}
    for first, place, rows in taken:
        index += [[row.get(name) for name in INDEX] for row in rows.index]
        for packed in rows.sent:
            pile.add(packed)
        sections += rows.sections
        problems += rows.problems
        orders["index"] += range(first, first + len(rows.index))
        orders["problems"] += range(place, place + len(rows.problems))
    tables = {
        name: from_rows(name, rows)
        for name, rows in (("index", index), ("sections", sections), ("problems", problems))
    }
    for name, places in orders.items():
        tables[name] = tables[name].append_column(ORDER, pa.array(places, pa.int64()))
    return grouped(tables.pop("index"), tables | {"cells": from_pile(pile)})
