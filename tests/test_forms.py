"""The form files as data: labels distinct, sums complete, codes stable."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

import gxtools as gx
from gxtools.errors import FormError
from gxtools.forms import Block, Table
from gxtools.text import squash

FORMS = Path(__file__).parents[2] / "shared/domain/forms.json"
STATUTORY = ["2021", "2019"]


def tables() -> list[tuple[str, Table]]:
    return [(edition, table) for edition in gx.editions() for table in gx.load_form(edition).tables]


def blocks() -> list[tuple[str, Block]]:
    return [(edition, block) for edition, table in tables() for block in table.blocks]


@pytest.mark.parametrize(("edition", "block"), blocks())
def test_labels_are_distinct_in_a_block(edition: str, block: Block) -> None:
    for axis in (block.rows, block.columns):
        words = [squash(wording) for label in axis for wording in dict.fromkeys(label.wordings)]
        seen: dict[str, str] = {}
        for label in axis:
            for wording in label.wordings:
                assert seen.setdefault(squash(wording), label.code) == label.code
        assert words and all(words)


@pytest.mark.parametrize(("edition", "table"), tables())
def test_every_code_stands_once_in_its_table(edition: str, table: Table) -> None:
    cells = table.cells()
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize(("edition", "table"), tables())
def test_every_code_of_a_sum_names_something(edition: str, table: Table) -> None:
    for total in table.sums:
        axis = table.rows if total.per == "column" else table.columns
        for code in (*total.left, *total.right):
            assert table.members((code,), axis), f"{total.id}: {code} names nothing"


@pytest.mark.parametrize(("edition", "table"), tables())
def test_every_total_is_reached_by_a_sum(edition: str, table: Table) -> None:
    totals = {label.code for label in (*table.rows, *table.columns) if "总计" in label.printed}
    reached = {code for total in table.sums for code in total.right}
    assert totals <= reached


@pytest.mark.parametrize("edition", STATUTORY)
def test_every_outcome_is_in_the_sum_of_outcomes(edition: str) -> None:
    table = gx.load_form(edition).table("applications")
    total = next(total for total in table.sums if total.family == "outcomes")
    flow = {"received", "carried_in", "concluded", "carried_out"}
    assert set(table.members(total.left, table.rows)) == {r.code for r in table.rows} - flow


def test_the_statutory_tables_have_the_cells_that_the_form_prints() -> None:
    sizes = {e: [len(t.cells()) for t in gx.load_form(e).tables] for e in STATUTORY}
    assert sizes == {"2021": [10, 175, 15], "2019": [22, 161, 15]}


def test_editions_differ_in_section_three_only_in_how_other_handling_is_split() -> None:
    new, old = ({r.code for r in gx.load_form(e).table("applications").rows} for e in STATUTORY)
    assert new ^ old == {"other", "other.no_correction", "other.unpaid_fee", "other.misc"}


@pytest.mark.parametrize("edition", STATUTORY)
def test_labels_are_those_of_the_official_form(edition: str) -> None:
    if not FORMS.exists():
        pytest.skip("the official forms as data are not beside this checkout")
    official = json.loads(FORMS.read_text(encoding="utf-8"))["editions"][edition]["sections"]
    printed = official[2]["table"]["rows"]
    ours = gx.load_form(edition).table("applications").rows
    assert [(r["key"], r["label"]) for r in printed] == [(r.code, r.printed) for r in ours]


def test_label_speaks_chinese_and_english() -> None:
    assert gx.label("denied.internal") == "三类内部事务信息"
    assert gx.label("denied.internal", printed=True) == "5.属于三类内部事务信息"
    assert gx.label("natural_person", lang="en") == "natural persons"
    assert [gx.label("other", axis=a) for a in ("outcome", "applicant", "result")] == [
        "其他处理",
        "其他组织",
        "其他结果",
    ]


def test_unknown_editions_and_codes_are_named_errors() -> None:
    with pytest.raises(FormError, match=r"no form of edition .1999.\. Known: 2021"):
        gx.load_form("1999")
    with pytest.raises(FormError, match="no form knows the code 'nothing'"):
        gx.label("nothing")


def test_short_names_are_distinct_so_that_a_chart_can_use_them() -> None:
    for _, table in tables():
        for axis in (table.rows, table.columns):
            for lang in ("zh", "en"):
                names = [getattr(label, lang) for label in axis]
                twice = [n for n, g in itertools.groupby(sorted(names)) if len(list(g)) > 1]
                assert not twice
