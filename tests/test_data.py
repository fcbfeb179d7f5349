"""data/ holds published figures set again: one catalogue row a file, the README in step."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from gxtools.forms import editions, load_form
from tests.set_data import COLUMNS, DATA, FIGURES, load_figures, set_all, skipped
from tests.set_readme import fill_readme, glossary

README = (DATA / "README.md").read_text(encoding="utf-8")

needs_figures = pytest.mark.skipif(
    not FIGURES.is_dir(), reason="the noted figures (../shared/figures) are not here"
)


def rows() -> list[dict[str, str]]:
    text = (DATA / "catalog.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def files() -> list[str]:
    return sorted(path.name for path in (DATA / "reports").iterdir() if path.name[0] != ".")


def test_the_catalogue_has_its_columns_and_opens_in_excel() -> None:
    raw = (DATA / "catalog.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())


def test_the_catalogue_has_one_row_a_file() -> None:
    assert [row["file"] for row in rows()] == files()


def test_each_catalogue_row_says_whose_figures_they_are_and_how_sure() -> None:
    for row in rows():
        assert row["agency"]
        assert row["source"]
        assert re.fullmatch(r"\d{6}|", row["division"])
        assert re.fullmatch(r"20\d\d", row["year"])
        assert row["level"] in {"province", "city", "district", "department"}
        assert row["scope"] in {"own", "aggregate"}
        assert row["certainty"] in {"read", "derived"}
        assert {part.rpartition("=")[2] for part in row["edition"].split()} <= set(editions())


def test_each_format_holds_several_reports_and_names_are_ascii() -> None:
    formats = [Path(name).suffix for name in files()]
    assert all(name.isascii() for name in files())
    assert {suffix: formats.count(suffix) >= 3 for suffix in set(formats)} == {
        ".html": True,
        ".docx": True,
        ".xlsx": True,
        ".txt": True,
    }


@pytest.mark.parametrize("series", ["pingtan", "suqian", "hongze"])
def test_each_series_of_years_is_spread_over_formats(series: str) -> None:
    formats = {Path(name).suffix for name in files() if name.startswith(series)}
    assert len(formats) >= 2


def test_the_glossary_of_the_readme_is_that_of_the_forms() -> None:
    assert "\n".join(glossary()) in README


def test_the_glossary_covers_every_code_in_chinese_and_english() -> None:
    text = "\n".join(glossary())
    for edition in editions(compiled=True):
        form = load_form(edition)
        labels = [
            label for table in form.tables for label in (*table.groups, *table.rows, *table.columns)
        ]
        for label in (*labels, *(heading for _, heading in form.sections)):
            assert re.search(rf"^\| `{re.escape(label.code)}` \| \S.* \| \S.* \|", text, re.M)


def test_the_readme_names_every_file() -> None:
    assert [name for name in files() if f"| {name} |" not in README] == []


def test_filling_the_readme_leaves_what_was_written_by_hand() -> None:
    empty = fill_readme(README, [], [])
    part = re.compile(r"<!-- generated: \w+ -->.*?<!-- end -->", re.S)
    assert part.split(empty) == part.split(README)
    assert "（无）" in empty


@needs_figures
def test_setting_the_figures_again_gives_the_same_bytes() -> None:
    made = set_all(load_figures(), README)
    assert sorted(made) == sorted(
        ["README.md", "catalog.csv", *(f"reports/{name}" for name in files())]
    )
    changed = [name for name, data in made.items() if (DATA / name).read_bytes() != data]
    assert changed == [], "run `python -m tests.set_data`"


@needs_figures
def test_every_body_whose_form_is_known_is_set() -> None:
    bodies = load_figures()
    known = [body["report"] for body in bodies if not skipped(body)]
    assert [Path(name).stem for name in files()] == known
    assert len(known) >= 17


def test_a_body_whose_form_is_not_known_is_left_out_with_the_reason() -> None:
    why = skipped({"editions": {"annex": "local_nowhere"}})
    assert why is not None
    assert "local_nowhere" in why
    assert f"- `some_report`：{why}" in fill_readme(README, [], [("some_report", why)])


@needs_figures
def test_the_sums_named_as_broken_are_those_that_were_noted_as_broken() -> None:
    noted = {body["report"]: len(body["broken"]) for body in load_figures() if body["broken"]}
    named = re.findall(r"^- `(\w+)\.\w+`：.*≠", README, re.M)
    assert {report: named.count(report) for report in named} == noted
