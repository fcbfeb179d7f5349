"""history(): which files a corpus was read from, and what became of their versions."""

from __future__ import annotations

import os

import pandas as pd

from ..corpus import Corpus
from ..corpus.batch import Batch
from ..corpus.columns import to_frame
from ..reports import Reports, concat
from ..schema import FRAMES

HISTORY = ["file", "report", "sha256", "status", "since", "until"]


def history(dir: str | os.PathLike[str]) -> pd.DataFrame:
    """Every version of every file of a corpus.

    Grain: file x version x report (a file of which nothing was read has a row without report).
    Columns: file report sha256 status since until. `status` is `current`, `replaced` (there is a
    newer version) or `withdrawn` (the file is no longer there, its report still counts). `since`
    and `until` are times of gx.update, UTC; `until` is `<NA>` while the version is current.
    Raises as `gx.open_reports`.
    """
    rows = [
        (entry.file, report, entry.sha256, entry.status, entry.since, entry.until)
        for entry in Corpus.open(dir).ledger()
        for report in (*entry.reports, *([] if entry.reports else [None]))
    ]
    return pd.DataFrame(rows, columns=HISTORY).astype(dict.fromkeys(HISTORY, "string"))


def earlier_reports(dir: str | os.PathLike[str]) -> Reports:
    """The Reports of versions that were replaced; the same report replaced twice is there once."""
    corpus = Corpus.open(dir)
    parts = [corpus.batch(part) for part in corpus.manifest.parts if part.earlier]
    return concat(map(_reports, parts))


def _reports(batch: Batch) -> Reports:
    return Reports(**{name: to_frame(name, getattr(batch, name)) for name in FRAMES})
