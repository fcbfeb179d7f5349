"""update(): only what is new or changed is read, and nothing that was known is lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gxtools as gx
from gxtools.errors import FileError

from .test_store import FRAMES, PAGE, SAMPLES, same

pytest.importorskip("pyarrow")
from gxtools.store import updating


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for path in sorted(SAMPLES.iterdir())[:6]:
        shutil.copy(path, made)
    return made


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    found: list[str] = []
    read = updating.read_each

    def noting(tasks: Any, *how: Any) -> Any:
        found.extend(Path(file).name for file, _ in tasks)
        return read(tasks, *how)

    monkeypatch.setattr(updating, "read_each", noting)
    return found


def refresh(folder: Path, **how: Any) -> gx.Reports:
    made = gx.update(folder.parent / "corpus", folder, progress=False, **how)
    assert all(len(getattr(made, name).columns) for name in FRAMES)  # read before the next update
    return made


def first(folder: Path, suffix: str = ".html") -> Path:
    return next(path for path in sorted(folder.iterdir()) if path.suffix == suffix)


def test_the_first_update_gives_what_read_all_gives(folder: Path) -> None:
    same(refresh(folder), gx.read_all(folder, progress=False))


def test_an_update_without_changes_reads_nothing(folder: Path, read_files: list[str]) -> None:
    before = refresh(folder)
    read_files.clear()
    same(refresh(folder), before)
    assert read_files == []


def test_only_new_and_changed_files_are_read(folder: Path, read_files: list[str]) -> None:
    refresh(folder)
    read_files.clear()
    shutil.copy(PAGE, folder / "new.html")
    changed = first(folder)
    changed.write_bytes(changed.read_bytes() + b"<p>.</p>")
    os.utime(first(folder, ".txt"))  # touched, not changed
    after = refresh(folder)
    assert sorted(read_files) == sorted(["new.html", changed.name])
    assert len(after) == 7


def test_a_saved_corpus_is_updated_without_reading_it_again(
    folder: Path, read_files: list[str]
) -> None:
    gx.read_all(folder, progress=False).save(folder.parent / "corpus")
    refresh(folder)
    assert read_files == []


def test_the_earlier_version_of_a_changed_report_is_kept(folder: Path) -> None:
    before, changed = refresh(folder), first(folder)
    old = before.index.loc[before.index["file"] == str(changed), "report"].item()
    earlier = before.only([old])
    assert all(len(getattr(earlier, name).columns) for name in FRAMES)
    changed.write_bytes(changed.read_bytes() + b"<p>.</p>")
    after = refresh(folder)
    assert old not in set(after.index["report"]) and len(after) == len(before)
    same(gx.earlier_reports(folder.parent / "corpus"), earlier)
    told = gx.history(folder.parent / "corpus")
    assert list(told.loc[told["file"] == str(changed), "status"]) == ["replaced", "current"]


def test_a_file_that_is_gone_is_noted_and_its_report_kept(folder: Path) -> None:
    before, gone = refresh(folder), first(folder)
    gone.unlink()
    after = refresh(folder)
    assert len(after) == len(before)
    note = after.problems.loc[after.problems["file"] == str(gone)].iloc[-1]
    assert note["severity"] == "warning" and "no longer there" in note["what"]
    assert "withdrawn" in set(gx.history(folder.parent / "corpus")["status"])


def test_a_file_that_comes_back_is_noted_no_more(folder: Path, read_files: list[str]) -> None:
    before, gone = refresh(folder), first(folder)
    gone.rename(folder.parent / "aside")
    refresh(folder)
    (folder.parent / "aside").rename(gone)
    read_files.clear()
    same(refresh(folder), before)
    assert read_files == []


def test_a_file_that_was_moved_is_one_report_at_its_new_place(folder: Path) -> None:
    before, moved = refresh(folder), first(folder)
    (folder / "below").mkdir()
    moved.rename(folder / "below" / moved.name)
    after = refresh(folder)
    assert len(after) == len(before)
    assert str(folder / "below" / moved.name) in set(after.index["file"])
    assert not after.problems["what"].str.contains("no longer there").any()


def test_files_elsewhere_are_not_taken_for_withdrawn(folder: Path, tmp_path: Path) -> None:
    refresh(folder)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(PAGE, other / "new.html")
    after = gx.update(tmp_path / "corpus", other, progress=False)
    assert len(after) == 7
    assert not after.problems["what"].str.contains("no longer there").any()


def test_the_same_report_in_two_files_is_counted_once(folder: Path) -> None:
    before = refresh(folder)
    (folder / "copy").mkdir()
    shutil.copy(first(folder), folder / "copy")
    after = refresh(folder)
    assert len(after) == len(before)
    assert after.problems["what"].str.contains("the same report as in").sum() == 1


def test_a_changed_file_that_cannot_be_read_leaves_its_earlier_version(folder: Path) -> None:
    before, spoilt = refresh(folder), first(folder)
    spoilt.write_bytes(b"<html>404</html>")
    after = refresh(folder)
    pd.testing.assert_frame_equal(after.cells, before.cells)
    told = after.problems.loc[after.problems["file"] == str(spoilt), "severity"]
    assert "error" in set(told)


def test_a_file_that_could_not_be_read_is_tried_again(folder: Path) -> None:
    bad = folder / "bad.html"
    bad.write_bytes(b"<html>404</html>")
    assert (refresh(folder).problems["file"] == str(bad)).sum() == 1
    assert (refresh(folder).problems["file"] == str(bad)).sum() == 1
    shutil.copy(PAGE, bad)
    after = refresh(folder)
    assert str(bad) in set(after.index["file"])
    assert not (after.problems["severity"] == "error").any()


def test_another_row_of_the_catalogue_reads_the_file_again(
    folder: Path, read_files: list[str]
) -> None:
    refresh(folder)
    read_files.clear()
    name = first(folder).name
    (folder / "catalog.csv").write_text(f"file,level\n{name},township\nnone.html,city\n", "utf-8")
    after = refresh(folder)
    assert read_files == [name]
    assert "township" in set(after.index["level"])
    assert after.problems["what"].str.contains("names none.html").sum() == 1
    (folder / "catalog.csv").unlink()
    assert not refresh(folder).problems["what"].str.contains("names none.html").any()


def test_files_and_corpus_lie_on_any_storage(folder: Path) -> None:
    where = f"file://{folder}"
    after = gx.update("memory://gxtools-test/updated", where, progress=False)
    plain = gx.read_all(folder, progress=False)
    pd.testing.assert_frame_equal(after.cells, plain.cells)
    assert after.index["file"].str.startswith("file://").all()


def test_two_programs_that_change_a_corpus_at_once_do_not_mix(folder: Path) -> None:
    corpus = folder.parent / "corpus"
    before = refresh(folder)
    late = updating.Pending(updating.Corpus.open(corpus))
    refresh(folder)
    with pytest.raises(FileError, match="another program has changed the corpus"):
        late.commit()
    same(gx.open_reports(corpus), before)


def test_small_parts_are_joined(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updating, "PACE", 0.0)  # every file is a step of its own
    after = refresh(folder)
    years = after.index["year"].nunique()
    assert len(after.files("index")) == years
    same(after, gx.read_all(folder, progress=False))
