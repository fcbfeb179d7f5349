"""Reading on a cluster: Dask's executor, of which a worker is killed in the middle."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gxtools as gx

from .garbage import fill_folder

distributed = pytest.importorskip("distributed")
pytest.importorskip("pyarrow")
FILES = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cluster") / "in"
    fill_folder(made, FILES, random.Random(3))
    return made


@pytest.fixture(scope="module")
def plain(folder: Path) -> gx.Reports:
    return gx.read_all(folder, progress=False)


@pytest.fixture
def client() -> Iterator[Any]:
    """Three worker processes; what Dask says on losing one is not ours to judge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cluster = distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None,
            silence_logs="CRITICAL",
        )  # fmt: skip
        with cluster, distributed.Client(cluster) as made:
            yield made


def same(corpus: gx.Reports, read: gx.Reports) -> None:
    for name in ("index", "cells", "sections"):
        pd.testing.assert_frame_equal(getattr(corpus, name), getattr(read, name))
    # That two files are the same report is told by read_all; of a corpus, gx.check tells it.
    twice = read.problems["what"].str.startswith("the same report (body, year, scope)")
    pd.testing.assert_frame_equal(corpus.problems, read.problems.loc[~twice].reset_index(drop=True))


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
def test_every_report_is_read_once_though_a_worker_is_killed(
    client: Any, folder: Path, plain: gx.Reports, tmp_path: Path
) -> None:
    victim = next(iter(client.run(os.getpid).values()))
    killed = threading.Event()

    def kill_when_busy() -> None:
        while not any(client.processing().values()):
            time.sleep(0.01)
        time.sleep(0.3)
        os.kill(victim, signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill_when_busy)
    killer.start()
    reports = gx.update(tmp_path / "corpus", folder, executor=client.get_executor(), progress=False)
    killer.join()
    assert killed.is_set() and victim not in client.run(os.getpid).values()
    same(reports, plain)


def test_read_all_takes_files_from_a_storage_on_a_cluster(
    client: Any, folder: Path, plain: gx.Reports
) -> None:
    files = [f"file://{path}" for path in sorted(folder.iterdir())[:60]]
    reports = gx.read_all(files, executor=client.get_executor(), progress=False)
    ids = set(plain.index["report"][:59]) & set(reports.index["report"])
    assert len(reports) == len(ids) == 59
    assert reports.index["file"].str.startswith("file://").all()
