"""The comparability of editions is data: every code has its grade and its reason, both ways."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

import gxtools as gx
from gxtools.crosswalk import CROSSWALK, crosswalk, grade
from gxtools.errors import InputError
from gxtools.forms import editions, load_form

ALL = editions(compiled=True)


@pytest.fixture(scope="module")
def joined() -> pd.DataFrame:
    return crosswalk()


def row(joined: pd.DataFrame, code: str, one: str, other: str, column: str = "total") -> pd.Series:
    found = joined.loc[
        (joined["edition"] == one) & (joined["to_edition"] == other) & (joined["row"] == code)
    ]
    found = found.loc[found["column"].isna() | (found["column"] == column)]
    assert len(found) == 1, f"{code} of {one} has {len(found)} rows towards {other}"
    return found.iloc[0]


# The frame.


def test_its_columns_are_those_documented(joined: pd.DataFrame) -> None:
    assert list(joined.columns) == CROSSWALK
    assert set(joined.dtypes.astype(str)) == {"string"}


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(ALL, 2)))
def test_every_cell_of_every_edition_has_one_grade_towards_each_other(
    joined: pd.DataFrame, one: str, other: str
) -> None:
    part = joined.loc[(joined["edition"] == one) & (joined["to_edition"] == other)]
    graded = {}
    for entry in part.itertuples():
        graded.setdefault((entry.table, entry.row), []).append(entry.column)
    for table in load_form(one).tables:
        for code, column in table.cells():
            columns = graded[table.id, code]
            assert (len(columns) == 1 and pd.isna(columns[0])) or columns.count(column) == 1


def test_every_grade_has_a_reason_in_both_languages(joined: pd.DataFrame) -> None:
    assert set(joined["grade"]) == {"A", "B", "C"}
    assert joined["why_zh"].str.contains("[\u4e00-\u9fff]").all()
    assert joined["why_en"].str.contains(r"[a-z]").all()


def test_what_a_code_is_compared_with_exists_in_the_other_edition(joined: pd.DataFrame) -> None:
    for entry in joined.dropna(subset=["to_row"]).itertuples():
        table = load_form(entry.to_edition).table(entry.to_table)
        groups = {code.rpartition(".")[0] for code in (r.code for r in table.rows)} - {""}
        known = {r.code for r in table.rows} | groups
        assert set(entry.to_row.split(" + ")) <= known
        assert pd.isna(entry.to_column) or entry.to_column in {c.code for c in table.columns}


def test_a_code_without_counterpart_is_never_comparable(joined: pd.DataFrame) -> None:
    assert set(joined.loc[joined["to_row"].isna(), "grade"]) == {"C"}


def test_a_grade_is_the_same_from_either_side(joined: pd.DataFrame) -> None:
    single = joined.dropna(subset=["to_row"])
    single = single.loc[
        single["sum_with"].isna() & ~single["to_row"].str.contains("+", regex=False)
    ]
    back = {(e.edition, e.to_edition, e.table, e.row, e.column): e for e in joined.itertuples()}
    checked = 0
    for entry in single.itertuples():
        key = (entry.to_edition, entry.edition, entry.to_table, entry.to_row, entry.to_column)
        other = back.get(key)
        # Several codes may lead to one (办结 and 答复 to concluded): it leads back to the first.
        if other is None or pd.isna(other.to_row) or other.to_row != entry.row:
            continue
        assert other.grade == entry.grade, key
        checked += 1
    assert checked > 200


def test_changing_the_frame_changes_no_later_one() -> None:
    mine = crosswalk()
    mine["grade"] = "A"
    assert grade("closed.on_time", "2014", "2021") == "C"


# The judgements.


def test_applications_of_2019_and_2021_are_one_series_but_for_other_handling() -> None:
    rows = [r.code for r in load_form("2019").table("applications").rows]
    assert {grade(code, "2019", "2021") for code in rows} == {"A"}
    split = {f"other.{end}": grade(f"other.{end}", "2021", "2019")
             for end in ("no_correction", "unpaid_fee", "misc")}  # fmt: skip
    assert set(split.values()) == {"C"}


def test_dotted_codes_compare_by_their_sum(joined: pd.DataFrame) -> None:
    for group in ("denied", "unavailable", "declined", "other"):
        assert grade(group, "2021", "2019") == grade(group, "2019", "2021") == "A"
        assert grade(group, "2021", "headline") == grade(group, "headline", "2019") == "A"
    assert row(joined, "other", "2021", "2019")["to_row"] == "other"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("received", "A"),
        ("closed", "B"),
        ("answered", "B"),
        ("answered.partial", "A"),
        ("answered.denied.state_secret", "A"),
        ("answered.denied.safety_stability", "A"),
        ("answered.denied.other_law", "C"),
        ("answered.denied.not_gov_info", "C"),
        ("answered.told_to_amend", "C"),
        ("answered.other_channel", "C"),
        ("received.fax", "C"),
        ("closed.on_time", "C"),
        ("review.corrected", "B"),
        ("litigation_total", "B"),
    ],
)
def test_the_table_of_2014_compares_as_judged(code: str, expected: str) -> None:
    assert {grade(code, "2014", other) for other in ("2019", "2021")} == {expected}


@pytest.mark.parametrize(
    ("codes", "to_row"),
    [
        (("answered.already_public", "answered.granted"), "granted"),
        (("answered.denied.trade_secret", "answered.denied.privacy"), "denied.third_party"),
        (("answered.not_exist", "answered.not_this_body"), "unavailable.not_held"),
    ],
)
def test_two_rows_of_2014_that_became_one_compare_by_their_sum(
    joined: pd.DataFrame, codes: tuple[str, str], to_row: str
) -> None:
    for code, rest in (codes, codes[::-1]):
        found = row(joined, code, "2014", "2021", "value")
        assert (found["grade"], found["sum_with"], found["to_row"]) == ("B", rest, to_row)
    back = row(joined, to_row, "2021", "2014")
    assert set(back["to_row"].split(" + ")) == set(codes)


def test_suits_of_2014_compare_with_the_sum_of_the_two_routes(joined: pd.DataFrame) -> None:
    found = row(joined, "litigation.corrected", "2014", "2019", "value")
    assert found["to_row"] == "litigation_direct + litigation_after_review"
    back = row(joined, "litigation_direct", "2019", "2014", "corrected")
    assert (back["sum_with"], back["to_row"]) == ("litigation_after_review", "litigation.corrected")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("regulation.issued", "B"),
        ("regulation.in_force", "C"),
        ("normative_document.repealed", "C"),
        ("licensing.decisions", "B"),
        ("fees.amount_wan", "C"),
    ],
)
def test_section_two_compares_as_judged(code: str, expected: str) -> None:
    assert grade(code, "2021", "2019") == expected
    assert grade("procurement.amount", "2019", "2021") == "C"


def test_section_four_is_one_series_since_2019() -> None:
    for code, column in load_form("2019").table("disputes").cells():
        assert grade(f"{code}.{column}", "2019", "2021") == "A"


@pytest.mark.parametrize("edition", ["local_fujian", "local_putian_2009"])
def test_the_tables_of_fujian_compare_as_that_of_2014(edition: str, joined: pd.DataFrame) -> None:
    told = {c: grade(c, edition, "2021") for c in ("received", "answered", "answered.granted")}
    assert told == {"received": "A", "answered": "B", "answered.granted": "B"}
    assert row(joined, "answered", edition, "2021", "year")["why_en"].endswith(
        "(as for the table of 2014)"
    )
    assert row(joined, "received", edition, "2021", "cumulative")["grade"] == "C"


def test_numbered_scopes_are_never_joined(joined: pd.DataFrame) -> None:
    scopes = joined.loc[joined["row"].str.contains("exempt_")]
    assert len(scopes) and scopes["to_row"].isna().all()
    assert not joined["to_row"].str.contains("exempt_").any()


def test_refusals_that_hold_what_is_not_held_are_no_denials() -> None:
    for edition in ("local_dingxi", "local_putian_2009"):
        assert grade("answered.refused", edition, "2021") == "C"


# grade.


def test_a_code_can_name_its_table_and_column() -> None:
    assert grade("annex.received.cumulative", "local_fujian", "2021") == "C"
    assert grade("annex.received", "local_fujian", "2021") == "A"
    assert grade("applications.received.natural_person", "2021", "2014") == "C"
    assert grade("denied.internal", "2021", "2021") == "A"


def test_a_code_that_does_not_say_enough_is_asked_about() -> None:
    with pytest.raises(InputError, match=r"Say regulation\.issued, regulation\.repealed"):
        grade("regulation", "2021", "2019")
    with pytest.raises(InputError, match=r"edition 2019 has no code 'other\.misc'"):
        grade("other.misc", "2019", "2021")
    with pytest.raises(gx.GxError, match="no form of edition '1999'"):
        grade("received", "1999", "2021")


# The data file.


def test_the_lines_name_editions_and_codes_that_exist() -> None:
    from gxtools.crosswalk import _lines

    for line in _lines():
        for side in (line.left, line.right):
            assert set(side.editions) <= set(ALL)
        known = {r.code for e in line.left.editions for t in load_form(e).tables for r in t.rows}
        groups = {code.rpartition(".")[0] for code in known}
        for part in line.left.parts:
            literal = re.sub(r"\.?\*$", "", part)
            assert not literal or literal in known | groups | {"answered.refused.exempt_"}, part
