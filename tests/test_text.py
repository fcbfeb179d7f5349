"""How printed labels are compared and printed figures counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.text import fold, number, squash

FIGURES = [
    # printed, unit of the column, value, kind
    ("0", "件", "0", "number"),
    ("０", "件", "0", "number"),
    ("1,234", "件", "1234", "number"),
    ("１，２３４", "件", "1234", "number"),
    ("1 234", "件", "1234", "number"),
    ("+2", "项", "2", "number"),
    ("-1", "项", "-1", "number"),
    ("12.5", "件", "12.5", "number"),
    ("5949.088667", "万元", "5949.088667", "number"),
    ("", "件", None, "blank"),
    ("\xa0", "件", None, "blank"),
    ("\u3000\u3000", "件", None, "blank"),
    ("/", "件", None, "slash"),
    ("／", "件", None, "slash"),
    ("-", "件", None, "dash"),
    ("—", "件", None, "dash"),
    ("——", "件", None, "dash"),
    ("无", "件", None, "none"),
    ("22（其中修订16件）", "件", "22", "annotated"),
    ("55（含自然失效29件)", "件", "55", "annotated"),
    ("5件", "件", "5", "unit"),
    ("251000元", "万元", "25.1", "unit"),
    ("251000元", "元", "251000", "unit"),
    ("3.2万元", "万元", "3.2", "unit"),
    ("3.2万元", "元", "32000", "unit"),
    ("共0元", "万元", None, "missing"),
    ("约100", "件", None, "missing"),
    ("近百件", "件", None, "missing"),
    ("3.6万余", "件", None, "missing"),
    ("5元", "件", None, "missing"),
    ("5件", "万元", None, "missing"),
    ("--253", "件", None, "missing"),
    ("1,23", "件", None, "missing"),
    ("1 2 3", "件", None, "missing"),
    ("12\n3", "件", None, "missing"),
    ("1O", "件", None, "missing"),
    ("5^1", "件", None, "missing"),
    ("一", "件", None, "missing"),
    ("9" * 16, "件", None, "missing"),
]


@pytest.mark.parametrize(("printed", "unit", "value", "kind"), FIGURES)
def test_a_printed_cell_says_exactly_this(
    printed: str, unit: str, value: str | None, kind: str
) -> None:
    told = number(printed, unit)
    assert (told.value, told.kind) == (None if value is None else Decimal(value), kind)


def test_blank_slash_dash_none_and_zero_are_five_different_things() -> None:
    kinds = [number(printed).kind for printed in ("", "/", "-", "无", "0")]
    assert len(set(kinds)) == 5


@given(st.integers(min_value=0, max_value=10**12))
def test_every_whole_number_reads_as_itself_with_and_without_separators(value: int) -> None:
    for printed in (str(value), f"{value:,}", f" {value}\n", f"{value:,}".replace(",", " ")):
        assert number(printed, "件").value == value


@given(st.text(max_size=30))
def test_no_text_makes_number_fail(text: str) -> None:
    assert number(text).kind


@pytest.mark.parametrize(
    "printed",
    [
        "1.属于国家秘密",
        "1、属于国家秘密",
        "1．属于国家秘密",
        "（1）属于国家秘密",
        "(1) 属于\n国家秘密",
        "屬於國家秘密",
        "⼀、属于国家秘密",
    ],
)
def test_numbering_width_spaces_and_variants_do_not_change_a_label(printed: str) -> None:
    assert squash(printed) == squash("1.属于国家秘密")


def test_quotes_of_every_kind_are_one_label() -> None:
    assert (
        squash("3.危及“三安全一稳定”")
        == squash('3.危及"三安全一稳定"')
        == squash("危及三安全一稳定")
    )


def test_radicals_that_a_browser_prints_for_characters_are_those_characters() -> None:
    assert squash("⼀、⾃然⼈") == squash("一、自然人")
    assert fold("淮安市⼈⺠政府 ⻔⼾⽹站 ⻓⻛⻢⻚") == "淮安市人民政府门户网站长风马页"
