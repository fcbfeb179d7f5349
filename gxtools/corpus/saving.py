"""Frames of Reports -> a corpus, some thousand reports at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from ..errors import InputError
from .batch import PLACES, Batch, Ints, of_frames
from .columns import ORDER, from_frame
from .corpus import LARGEST, Change, Corpus
from .ledger import Entry, entries_of, now


class Frames(Protocol):
    """What is saved: Reports, by itself or in portions."""

    @property
    def index(self) -> pd.DataFrame: ...
    @property
    def cells(self) -> pd.DataFrame: ...
    @property
    def sections(self) -> pd.DataFrame: ...
    @property
    def problems(self) -> pd.DataFrame: ...
    def only(self, reports: Any) -> Frames: ...


def save(reports: Frames, where: str | os.PathLike[str]) -> None:
    """Replace the corpus there, or make one.

    Raises InputError for frames that are not those of Reports, FileError where it cannot be
    written: then what was there before is still there.
    """
    _refuse_strangers(reports)
    corpus = Corpus.open(where, create=True)
    change = Change(corpus)
    change.drop(corpus.manifest.parts)
    entries: dict[tuple[str, str | None], Entry] = {}
    for batch in _batches(reports):
        change.add(batch)
        for entry in entries_of(batch.index):
            known = entries.setdefault((entry.file, entry.sha256), entry)
            known.reports += entry.reports if known is not entry else []
    problems = reports.problems
    free = np.flatnonzero(~problems["report"].isin(reports.index["report"]))
    loose = from_frame("problems", problems.iloc[free]).append_column(ORDER, pa.array(free))
    unread = problems.iloc[free].loc[problems["severity"] == "error", "file"].dropna().unique()
    files = [*entries.values(), *(Entry(file, None, since=now()) for file in unread)]
    change.commit(files, loose, len(reports.index))


def _batches(reports: Frames) -> Iterator[Batch]:
    index, problems = reports.index, reports.problems
    places = index[["year", *PLACES]].reset_index(drop=True)
    order = places.sort_values(["year", *PLACES], kind="stable").index.to_numpy()
    for first in range(0, len(order), LARGEST):
        rows: Ints = np.sort(order[first : first + LARGEST])
        ids = index["report"].iloc[rows]
        part = reports.only(ids)
        theirs = np.flatnonzero(problems["report"].isin(ids))
        frames = {
            "index": index.iloc[rows],
            "cells": part.cells,
            "sections": part.sections,
            "problems": problems.iloc[theirs],
        }
        yield of_frames(frames, {"index": rows, "problems": theirs})


def _refuse_strangers(reports: Frames) -> None:
    """Rows of a report that the index lacks would be lost."""
    known = set(reports.index["report"])
    if len(known) < len(reports.index):
        raise InputError("a report stands twice in the index", advice="Use gx.concat to join.")
    for name in ("cells", "sections"):
        strange = set(getattr(reports, name)["report"].unique()) - known
        if strange:
            what = f"`{name}` has rows of {sorted(map(str, strange))[0]}, which the index has not"
            raise InputError(what, advice="Use reports.only or reports.select to cut Reports.")
