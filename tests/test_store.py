"""A corpus on disk: what was saved comes back equal, and measures of it are the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gxtools as gx
from gxtools.errors import FileError, FormatError, InputError, MissingExtraError

from .conftest import ROOT

pytest.importorskip("pyarrow")
from gxtools.store import StoredReports

FRAMES = ("index", "cells", "sections", "problems")
SAMPLES = ROOT / "data/reports"
PAGE = SAMPLES / "suqian_2024.html"


def same(one: gx.Reports, other: gx.Reports) -> None:
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@pytest.fixture(scope="module")
def corpus(samples: gx.Reports, tmp_path_factory: pytest.TempPathFactory) -> str:
    return samples.save(tmp_path_factory.mktemp("store") / "corpus")


@pytest.fixture
def stored(corpus: str) -> StoredReports:
    return gx.open_reports(corpus)


def test_every_frame_comes_back_equal(samples: gx.Reports, stored: StoredReports) -> None:
    same(stored, samples)


def test_problems_of_no_report_come_back_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(PAGE, tmp_path / "in/a.html")
    (tmp_path / "in/b.html").write_text("no report", "utf-8")
    reports = gx.read_all(tmp_path / "in", progress=False)
    assert len(reports.problems)
    same(gx.open_reports(reports.save(tmp_path / "corpus")), reports)


def test_no_report_at_all_is_a_corpus_too(samples: gx.Reports, tmp_path: Path) -> None:
    none = samples.only([])
    same(gx.open_reports(none.save(tmp_path / "corpus")), none)


@pytest.mark.parametrize(
    "given",
    [
        {"province": "江苏省"},
        {"province": "江苏省", "year": [2023, 2024]},
        {"agency": "宿迁市人民政府"},
        {"scope": "aggregate", "city": "淮安市"},
    ],
)
def test_what_is_selected_is_what_reports_in_memory_select(
    samples: gx.Reports, stored: StoredReports, given: dict[str, Any]
) -> None:
    same(stored.select(**given), samples.select(**given))


def test_a_selection_can_be_narrowed(samples: gx.Reports, stored: StoredReports) -> None:
    chosen = stored.select(province="江苏省").select(year=2024)
    same(chosen, samples.select(province="江苏省", year=2024))
    one = chosen.index["report"].iloc[0]
    same(chosen.only([one]), samples.only([one]))


def test_a_selection_of_nothing_says_what_there_is(stored: StoredReports) -> None:
    with pytest.raises(InputError, match=r"no report has year 1999.*There are: 2014"):
        stored.select(year=1999)


@pytest.mark.parametrize(
    "measured",
    [
        gx.outcomes,
        gx.volumes,
        gx.applicants,
        gx.disputes,
        gx.proactive,
        gx.check,
        lambda reports: gx.measure(reports, ["outcome_share", "yoy_received"]),
    ],
)
def test_measures_and_checks_of_a_corpus_are_those_of_its_reports(
    samples: gx.Reports, stored: StoredReports, measured: Any
) -> None:
    pd.testing.assert_frame_equal(measured(stored), measured(samples))


def test_measuring_never_reads_the_long_table(corpus: str) -> None:
    fresh = gx.open_reports(corpus).select(province="江苏省")
    gx.outcomes(fresh), gx.measure(fresh, "outcome_share")
    assert "cells" not in vars(fresh)


def test_a_saved_corpus_can_be_saved_elsewhere(
    samples: gx.Reports, stored: StoredReports, tmp_path: Path
) -> None:
    same(gx.open_reports(stored.save(tmp_path / "copy")), samples)


def test_saving_again_replaces_all_and_leaves_nothing_behind(
    samples: gx.Reports, tmp_path: Path
) -> None:
    samples.save(tmp_path)
    part = samples.select(year=2024)
    same(gx.open_reports(part.save(tmp_path)), part)
    told = gx.open_reports(tmp_path)
    kept = set(told.files("cells"))
    assert {str(path) for path in (tmp_path / "cells").rglob("*.parquet")} == kept


def test_a_corpus_lies_on_any_storage(samples: gx.Reports) -> None:
    where = samples.save("memory://gxtools-test/corpus")
    same(gx.open_reports(where), samples)
    assert all(name.startswith("memory://") for name in gx.open_reports(where).files("index"))


def test_the_corpus_is_partitioned_by_year_and_categories_are_dictionaries(corpus: str) -> None:
    import pyarrow.parquet as pq

    files = gx.open_reports(corpus).files("cells")
    assert all(f"year={year}" in "".join(files) for year in (2014, 2024))
    schema = pq.read_schema(files[0])
    assert all(str(schema.field(name).type).startswith("dictionary") for name in ("table", "kind"))


def test_a_corpus_of_a_newer_gxtools_is_refused(samples: gx.Reports, tmp_path: Path) -> None:
    samples.select(year=2024).save(tmp_path)
    manifest = tmp_path / "corpus.json"
    told = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(told | {"schema": 2}), "utf-8")
    for use in (gx.open_reports, samples.save):
        with pytest.raises(FormatError, match=r"newer gxtools \(schema 2.*Update gxtools"):
            use(tmp_path)


def test_a_folder_of_something_else_is_not_written_to(samples: gx.Reports, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(InputError, match=r"no corpus and not empty: it holds thesis\.docx"):
        samples.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_where_there_is_no_corpus_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no corpus"):
        gx.open_reports(tmp_path / "nothing")


def test_a_damaged_file_of_the_corpus_is_named(samples: gx.Reports, tmp_path: Path) -> None:
    stored = gx.open_reports(samples.save(tmp_path))
    for name in stored.files("cells"):
        Path(name).write_bytes(b"PAR1")
    with pytest.raises(FileError, match=r"a file of the corpus cannot be read.*parquet"):
        _ = stored.cells


def test_rows_of_a_report_that_the_index_lacks_are_not_lost_in_silence(
    samples: gx.Reports, tmp_path: Path
) -> None:
    short = gx.Reports(samples.index[1:], samples.cells, samples.sections, samples.problems)
    with pytest.raises(InputError, match="which the index has not"):
        short.save(tmp_path / "corpus")


def test_without_the_extra_the_message_says_what_to_install(
    samples: gx.Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("gxtools.corpus")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtraError, match=r'pip install "gxtools\[store\]"'):
        samples.save(tmp_path)


def test_duckdb_reads_the_same_files(samples: gx.Reports, stored: StoredReports) -> None:
    duckdb = pytest.importorskip("duckdb")
    files = stored.files("cells")
    ((total,),) = duckdb.sql(f"SELECT sum(value) FROM read_parquet({files})").fetchall()
    assert total == pytest.approx(samples.cells["value"].sum())
    figures = duckdb.sql(
        'SELECT province, sum("applications/received/total") AS received '
        f"FROM read_parquet({stored.files('figures')}, union_by_name=true) GROUP BY province"
    )
    theirs = dict(figures.fetchall())
    assert theirs["江苏省"] == gx.volumes(samples.select(province="江苏省"))["received"].sum()


def test_polars_reads_the_same_files(samples: gx.Reports, stored: StoredReports) -> None:
    polars = pytest.importorskip("polars")
    total = polars.scan_parquet(stored.files("cells")).select(polars.col("value").sum()).collect()
    assert total.item() == pytest.approx(samples.cells["value"].sum())
