"""Whatever goes wrong, nothing that was good is lost, and everything bad is listed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import gxtools as gx
from gxtools.errors import FileError, ReadingInterrupted

from .garbage import GARBAGE, fill_folder
from .test_store import FRAMES, PAGE, SAMPLES, same

pytest.importorskip("pyarrow")
from gxtools.corpus import Corpus
from gxtools.store import updating

from . import faulty_store

unix = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")


def loaded(corpus: Path) -> gx.Reports:
    """A corpus with all of its frames read."""
    stored = gx.open_reports(corpus)
    return gx.Reports(*(getattr(stored, name) for name in FRAMES))


def is_same(one: gx.Reports, other: gx.Reports) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in FRAMES)


@pytest.fixture(scope="module")
def old(samples: gx.Reports, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two reports of two years, read from a folder that has changed since."""
    root = tmp_path_factory.mktemp("old")
    (root / "in").mkdir()
    for name in ("suqian_2024.html", "pingtan_2014.txt"):
        shutil.copy(SAMPLES / name, root / "in")
    gx.update(root / "corpus", root / "in", progress=False)
    page = root / "in/suqian_2024.html"
    page.write_bytes(page.read_bytes() + b"<p>.</p>")
    shutil.copy(SAMPLES / "pingtan_2022.xlsx", root / "in/new.html")
    samples.select(year=2024).save(root / "other")
    return root


def killed(task: Callable[..., None], step: int, corpus: Path, source: Path) -> bool:
    """Whether the task, done by a process of its own, was killed at this step."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.faulty_store"])
    process = context.Process(
        target=faulty_store.die_at, args=(step, task, str(corpus), str(source))
    )
    process.start()
    process.join(100)
    assert process.exitcode in (0, -9)
    return process.exitcode == -9


@unix
@pytest.mark.parametrize(
    ("task", "source", "pace"), [(faulty_store.save, "other", 1), (faulty_store.update, "in", 4)]
)
def test_a_corpus_whose_writer_is_killed_is_the_old_one_or_the_new_one(
    task: Callable[[str, str], None], source: str, pace: int, old: Path, tmp_path: Path
) -> None:
    corpus, before = tmp_path / "corpus", loaded(old / "corpus")
    shutil.copytree(old / "corpus", corpus)
    task(str(corpus), str(old / source))
    after, seen, step = loaded(corpus), set(), 0
    while True:
        shutil.rmtree(corpus)
        shutil.copytree(old / "corpus", corpus)
        was_killed = killed(task, step, corpus, old / source)
        found = loaded(corpus)
        assert is_same(found, before) or is_same(found, after)
        seen.add(is_same(found, after))
        if not was_killed:
            break
        step += pace
    assert step > 10 and seen == {False, True}


@unix
def test_what_a_killed_writer_left_is_swept_away(old: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(old / "corpus", corpus)
    assert killed(faulty_store.save, 9, corpus, old / "other")
    assert set(faulty_store.files(corpus)) > Corpus.open(corpus).manifest.names
    faulty_store.save(str(corpus), str(old / "other"))
    assert set(faulty_store.files(corpus)) == Corpus.open(corpus).manifest.names


@unix
def test_an_update_that_was_killed_is_finished_by_the_next(old: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(old / "corpus", corpus)
    assert killed(faulty_store.update, 12, corpus, old / "in")
    after = gx.update(corpus, old / "in", progress=False)
    plain = gx.read_all(old / "in", progress=False)
    assert set(after.index["report"]) == set(plain.index["report"])


@unix
def test_small_parts_that_are_joined_lose_nothing_when_the_writer_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, parts, corpus = tmp_path / "in", tmp_path / "parts", tmp_path / "corpus"
    pages.mkdir()
    for number in range(4):
        (pages / f"{number}.html").write_bytes(PAGE.read_bytes() + b"<p>." * number)
    monkeypatch.setattr(updating, "PACE", -1.0)  # a part a file, and no joining at the end
    monkeypatch.setattr(updating.Pending, "finish", updating.Pending.commit)
    gx.update(parts, pages, progress=False)
    monkeypatch.undo()
    before, step = loaded(parts), 0
    assert len(before) == len(Corpus.open(parts).manifest.parts) == 4
    while True:
        shutil.rmtree(corpus, ignore_errors=True)
        shutil.copytree(parts, corpus)
        was_killed = killed(faulty_store.update, step, corpus, pages)
        assert is_same(loaded(corpus), before)
        if not was_killed:
            break
        step += 3
    assert step > 10
    assert len(Corpus.open(corpus).manifest.parts) == 1
    assert set(faulty_store.files(corpus)) == Corpus.open(corpus).manifest.names


class Mortal(ProcessPoolExecutor):
    """An executor whose only worker is killed when it has been given the first chunk."""

    victim = 0

    def submit(self, *task: Any) -> Any:
        future = super().submit(*task)
        if self.victim:
            os.kill(self.victim, signal.SIGKILL)
        self.victim = 0
        return future


@unix
def test_an_executor_that_is_lost_in_an_update_costs_no_report(tmp_path: Path) -> None:
    good, bad = fill_folder(tmp_path / "in", 120, random.Random(5))
    with Mortal(1, get_context("forkserver")) as pool:
        pool.victim = pool.submit(os.getpid).result()
        with pytest.warns(UserWarning, match=r"the executor lost files \(BrokenProcessPool\)"):
            reports = gx.update(tmp_path / "corpus", tmp_path / "in", executor=pool, progress=False)
    assert set(reports.index["file"]) == good
    errors = reports.problems.loc[reports.problems["severity"] == "error"]
    assert set(errors["file"]) == bad


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_corpus_and_says_so(
    small_disk: Path, samples: gx.Reports
) -> None:
    corpus = small_disk / "corpus"
    samples.select(year=2024).save(corpus)
    before, files = loaded(corpus), faulty_store.files(corpus)
    (small_disk / "ballast").write_bytes(b"\1" * (shutil.disk_usage(small_disk).free - 60_000))
    with pytest.raises(FileError, match=r"cannot be written: No space left.*nothing is lost"):
        samples.save(corpus)
    same(loaded(corpus), before)
    (small_disk / "ballast").unlink()
    same(gx.open_reports(samples.save(corpus)), samples)
    assert files != faulty_store.files(corpus)


def test_a_disk_that_fills_up_in_an_update_leaves_the_old_corpus(
    small_disk: Path, old: Path
) -> None:
    corpus = small_disk / "corpus"
    shutil.copytree(old / "corpus", corpus)
    before = loaded(corpus)
    (small_disk / "ballast").write_bytes(b"\1" * (shutil.disk_usage(small_disk).free - 60_000))
    with pytest.raises(FileError, match="No space left"):
        gx.update(corpus, old / "in", progress=False)
    same(loaded(corpus), before)
    (small_disk / "ballast").unlink()
    assert len(gx.update(corpus, old / "in", progress=False)) == 3


def test_control_c_leaves_what_was_read_in_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = updating.read_each

    def stopped(tasks: list[Any], *how: Any) -> Iterator[Any]:
        yield from read(tasks[:4], *how)
        raise KeyboardInterrupt

    monkeypatch.setattr(updating, "read_each", stopped)
    with pytest.raises(ReadingInterrupted, match="4 of 19 files had been read") as stop:
        gx.update(tmp_path, SAMPLES, progress=False)
    assert len(stop.value.reports) == 4
    monkeypatch.undo()
    after = gx.update(tmp_path, SAMPLES, progress=False)
    same(after, gx.read_all(SAMPLES, progress=False))


def test_a_file_that_goes_while_others_are_read_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_bytes(PAGE.read_bytes() + name.encode())
    plan = updating.plan

    def losing(*given: Any) -> Any:
        tasks = plan(*given)
        (tmp_path / "b.html").unlink()
        return tasks

    monkeypatch.setattr(updating, "plan", losing)
    after = gx.update(tmp_path.parent / f"{tmp_path.name}-corpus", tmp_path, progress=False)
    assert len(after) == 2
    (problem,) = after.problems.loc[after.problems["severity"] == "error"].to_dict("records")
    assert problem["file"] == str(tmp_path / "b.html") and "cannot be opened" in problem["what"]


def test_one_bad_file_in_a_hundred_costs_nothing_but_itself(tmp_path: Path) -> None:
    good, bad = fill_folder(tmp_path / "in", 1_000, random.Random(7))
    reports = gx.update(tmp_path / "corpus", tmp_path / "in", progress=False)
    assert len(good) == 990 and len(bad) == 10 and len(GARBAGE) > 5
    assert set(reports.index["file"]) == good
    assert (reports.index["found"] == reports.index["expected"]).all()
    errors = reports.problems.loc[reports.problems["severity"] == "error"]
    assert set(errors["file"]) == bad
