"""The dictionary of measures is sound data, and the worked numbers come out to the hundredth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.errors import FileError, FormError, InputError
from gxtools.forms import editions, load_form
from gxtools.formulas import Term, tables
from gxtools.groups import RATE, WHO
from gxtools.joins import cells_of, join
from gxtools.measures import KINDS, find, formula, measures, parse_measure, title
from gxtools.measuring import measure
from gxtools.population import read_population
from gxtools.reading import read_all
from gxtools.reports import Reports, concat, empty
from tests.drawn_measures import reports_of
from tests.published import HONGZE_2023, HUAIAN_2024, PUBLISHED, SUQIAN_2023, SUQIAN_2024, drawn
from tests.set_measures import PAGE, page

REPORTS = Path(__file__).parents[1] / "data" / "reports"
IDS = measures()["id"].tolist()


@pytest.fixture(scope="module")
def printed() -> Reports:
    return read_all(REPORTS, jobs=1, progress=False)


def one(reports: Reports, id: str, file: str) -> pd.Series:
    rows = measure(reports, id)
    found = rows[rows["report"].str.startswith(file)]
    assert len(found) == 1
    return found.iloc[0]


# The worked numbers: one report, many denominators.

WORKED = {
    "suqian_2023": (3486, 43.57, 42.11, 34.17, 55.46, 3.86, 4.11, 5.21, 3.35),
    "suqian_2024": (3521, 54.02, 52.17, 40.64, 64.80, 10.59, 13.43, 16.98, 3.43),
    "huaian_2024": (3050, 59.54, 57.60, 44.66, 65.44, 18.23, 20.38, 47.06, 3.27),
    "hongze_2023": (21, 19.05, 19.05, 0.00, 20.00, None, 9.09, 9.09, 0.00),
    "hongze_2024": (95, 62.11, 62.11, 52.63, 62.77, 50.00, 50.00, 50.00, 0.00),
    "shanghai_office_2019": (805, 34.16, 31.36, 33.79, 42.50, 0.00, 0.00, 0.00, 8.21),
}
COLUMNS = (
    "disclosure_rate",
    "disclosure_rate_accepted",
    "full_disclosure_rate",
    "disclosure_rate_substantive",
    "review_correction_rate_total",
    "review_correction_rate",
    "review_correction_rate_decided",
    "carry_rate",
)


@pytest.mark.parametrize("file", WORKED)
def test_the_worked_numbers_follow_their_denominators(printed: Reports, file: str) -> None:
    total, *percents = WORKED[file]
    assert one(printed, "answered_volume", file)["value"] == total
    found = [one(printed, id, file)["value"] for id in COLUMNS]
    assert [None if pd.isna(v) else round(100 * v, 2) for v in found] == percents


@pytest.mark.parametrize(
    ("file", "percent"),
    [
        ("suqian_2023", 96.9),
        ("suqian_2024", 97.6),
        ("huaian_2024", 96.2),
        ("hongze_2023", 100.0),
        ("hongze_2024", 100.0),
        ("shanghai_office_2019", 95.6),
    ],
)
def test_natural_persons_are_a_share_of_what_was_received(
    printed: Reports, file: str, percent: float
) -> None:
    rows = measure(printed, "applicant_share")
    row = rows[rows["report"].str.startswith(file) & (rows["code"] == "natural_person")].iloc[0]
    assert round(100 * row["value"], 1) == percent


def test_of_the_handled_volume_of_suqian_2023_natural_persons_are_3493_of_3607(
    printed: Reports,
) -> None:
    rows = measure(printed, "applicant_share_handled")
    row = rows[rows["report"].str.startswith("suqian_2023")].set_index("code")
    assert (row.loc["natural_person", "numerator"], row["denominator"].iloc[0]) == (3493, 3607)
    assert row["numerator"].drop("natural_person").sum() == 114


def test_the_growth_of_suqian_in_2024_is_0_40_per_cent_on_received_and_1_08_on_handled(
    printed: Reports,
) -> None:
    found = [one(printed, id, "suqian_2024")["value"] for id in ("yoy_received", "yoy_handled")]
    assert [round(100 * value, 2) for value in found] == [0.40, 1.08]


def test_four_of_21_is_19_per_cent_between_7_7_and_40_0(printed: Reports) -> None:
    row = one(printed, "disclosure_rate", "hongze_2023")
    assert [round(100 * row[name], 1) for name in ("value", "low", "high")] == [19.0, 7.7, 40.0]


def test_a_total_left_blank_is_added_up_and_labelled_derived(printed: Reports) -> None:
    rows = measure(printed, "disclosure_rate").set_index("report")["basis"]
    derived = rows[rows == "derived"].index.tolist()
    assert len(derived) == 1
    assert derived[0].startswith("shanghai_office_2019")


# The shape of what measure gives.


def test_a_measure_is_one_row_a_report_with_its_columns_in_order(printed: Reports) -> None:
    rows = measure(printed, "disclosure_rate")
    assert rows.columns.tolist() == [*WHO, *RATE]
    assert rows["report"].tolist() == printed.index["report"].tolist()
    assert rows["code"].isna().all()


def test_several_measures_come_in_the_order_asked_for() -> None:
    rows = measure(reports_of(SUQIAN_2023), ["denial_rate", "new_applications"])
    assert rows["measure"].tolist() == ["denial_rate", "new_applications"]
    assert rows["unit"].tolist() == ["%", "件"]


@pytest.mark.parametrize("id", ["outcome_share", "applicant_share", "denial_reasons"])
def test_shares_of_a_mix_add_up_to_one_and_leave_the_total_out(id: str) -> None:
    rows = measure(reports_of(SUQIAN_2023, SUQIAN_2024, HUAIAN_2024), id)
    assert "total" not in set(rows["code"])
    assert rows.groupby("report")["value"].sum().tolist() == pytest.approx([1, 1, 1])
    assert rows["formula"].nunique() == rows["code"].nunique()


def test_reasons_that_a_form_does_not_split_are_unknown() -> None:
    rows = measure(reports_of(HONGZE_2023), "other_reasons")
    assert rows["value"].isna().all()
    assert measure(reports_of(HONGZE_2023), "other_rate")["numerator"].tolist() == [0]


def test_both_editions_give_the_same_measure_in_one_corpus() -> None:
    rows = measure(reports_of(SUQIAN_2023, HONGZE_2023), "other_rate")
    assert rows["edition"].tolist() == ["2021", "2019"]
    assert rows["numerator"].tolist() == [341, 0]


def test_a_printed_total_is_taken_as_printed_even_where_its_parts_contradict_it() -> None:
    row = measure(reports_of(HONGZE_2023), "review_correction_rate_total").iloc[0]
    assert (row["numerator"], row["denominator"]) == (1, 0)
    assert pd.isna(row["value"])


def test_a_figure_that_rests_on_a_total_that_is_not_the_sum_of_its_parts_says_so(
    printed: Reports,
) -> None:
    assert one(printed, "review_cases", "hongze_2023")["basis"] == "contradicted"
    assert one(printed, "review_correction_rate", "hongze_2023")["basis"] == "printed"
    assert one(printed, "review_cases", "hongze_2024")["basis"] == "printed"


def test_nothing_under_the_line_is_no_rate() -> None:
    everything = [id for id in IDS if find(id).kind in ("share", "per") and id != "per_100k"]
    rows = measure(reports_of(drawn("某局", 2024, 0)), everything)
    assert rows[["value", "low", "high"]].isna().all(axis=None)


def test_a_figure_that_was_not_read_leaves_the_rate_unknown() -> None:
    reports = reports_of(SUQIAN_2023)
    gone = reports.cells["row"] == "partial"
    cells = reports.cells.assign(value=reports.cells["value"].mask(gone))
    row = measure(replace(reports, cells=cells), "disclosure_rate").iloc[0]
    assert pd.isna(row["numerator"])
    assert row["denominator"] == 3486
    assert pd.isna(row["value"])


def test_a_part_larger_than_its_whole_is_no_share() -> None:
    reports = reports_of(SUQIAN_2023)
    granted = (reports.cells["row"] == "granted") & (reports.cells["column"] == "total")
    cells = reports.cells.assign(value=reports.cells["value"].mask(granted, 9999.0))
    row = measure(replace(reports, cells=cells), "full_disclosure_rate").iloc[0]
    assert row["numerator"] == 9999
    assert pd.isna(row["value"])


@given(counts=st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_every_share_lies_within_its_interval_and_between_0_and_1(counts: list[int]) -> None:
    reports = reports_of(*(drawn(f"第{i}局", 2024, n) for i, n in enumerate(counts)))
    rows = measure(reports, ["outcome_share", "carry_rate", "review_correction_rate"])
    rows = rows[rows["value"].notna()]
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()
    assert (rows["low"] >= 0).all()
    assert (rows["high"] <= 1).all()


def test_no_reports_are_an_empty_frame_with_every_column() -> None:
    rows = measure(empty(), ["disclosure_rate", "outcome_share", "yoy_received"])
    assert rows.empty
    assert rows.columns.tolist() == [*WHO, *RATE]


# Growth.


def test_growth_needs_the_report_of_the_year_before() -> None:
    rows = measure(reports_of(drawn("甲局", 2021, 60), drawn("甲局", 2023, 90)), "yoy_received")
    assert rows["value"].isna().all()


def test_growth_from_nothing_is_no_rate_but_the_count_stays() -> None:
    rows = measure(reports_of(drawn("甲局", 2022, 0), drawn("甲局", 2023, 9)), "yoy_received")
    assert rows["numerator"].tolist()[1] == 9
    assert pd.isna(rows["value"].iloc[1])


def test_growth_is_never_from_own_figures_to_those_of_an_aggregate() -> None:
    own = reports_of(drawn("甲区政府", 2022, 60), scope="own")
    whole = reports_of(drawn("甲区政府", 2023, 90), scope="aggregate")
    assert measure(concat([own, whole]), "yoy_received")["value"].isna().all()
    same = reports_of(drawn("甲区政府", 2022, 60), drawn("甲区政府", 2023, 90))
    assert measure(same, "yoy_received")["value"].tolist()[1] == 0.5


# Population.


def people(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_applications_per_100000_people_take_the_population_of_division_and_year(
    tmp_path: Path,
) -> None:
    table = read_population(
        people(tmp_path, "division,year,population,source\n321300,2023,4990000,年鉴\n")
    )
    reports = reports_of(SUQIAN_2023, SUQIAN_2024, division="321300")
    rows = measure(reports, "per_100k", population=table)
    assert round(rows["value"].iloc[0], 2) == 70.36
    assert rows["low"].iloc[0] < rows["value"].iloc[0] < rows["high"].iloc[0]
    assert pd.isna(rows["value"].iloc[1])
    assert rows["formula"].iloc[0] == "received / population × 100000"


def test_a_measure_per_head_says_that_it_needs_a_population() -> None:
    with pytest.raises(InputError, match="per_100k needs a population"):
        measure(reports_of(SUQIAN_2023), "per_100k")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("division,year,population\n321300,2023,1\n", "no column source"),
        ("division,year,population,source\n321300,2023,五百万,x\n", "is no population"),
        ("division,year,population,source\n321300,2023,-5,x\n", "is no population"),
        ("division,year,population,source\n321300,2023.5,5,x\n", "is no year"),
        ("division,year,population,source\n宿迁,2023,5,x\n", "is no division"),
        ("division,year,population,source\n321300,2023,5,\n", "is no source"),
        ("division,year,population,source\n321300,2023,5,x\n321300,2023,6,x\n", "stands twice"),
        ("", "no CSV table"),
    ],
)
def test_a_population_table_that_is_wrong_is_refused_by_name(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_population(people(tmp_path, text))


def test_a_population_table_that_is_not_there_is_a_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot open"):
        read_population(tmp_path / "none.csv")


# The dictionary.


def test_every_measure_is_told_in_both_languages_with_unit_source_and_caveat() -> None:
    shown = measures()
    assert shown["id"].is_unique
    assert set(shown["kind"]) == set(KINDS)
    required = shown.drop(columns=["denominator_zh", "denominator_en"])
    assert required.notna().all(axis=None)
    assert (required != "").all(axis=None)
    rates = shown["kind"].isin(["share", "per", "ratio", "change"])
    assert (shown.loc[rates, ["denominator_zh", "denominator_en"]] != "").all(axis=None)


@pytest.mark.parametrize("id", IDS)
def test_the_editions_of_a_measure_are_those_whose_form_has_its_figures(id: str) -> None:
    spec = find(id)
    terms = {term for code in spec.codes() for side in spec.terms(code) for term in side}
    able = [
        edition
        for edition in editions()
        if all(any(cells_of(table, t) for table in load_form(edition).tables) for t in terms)
    ]
    assert list(spec.editions) == able


def joined(text: str, edition: str) -> tuple[str, list[tuple[str, str]]]:
    """The grade of a term in an edition, and the rows and columns that give it."""
    sets = {"litigation": ("litigation_direct", "litigation_after_review")}
    term = Term.parse(text, sets)
    cells = [(t.cells()[i]) for t in load_form(edition).tables for i in cells_of(t, term)]
    return join(term, edition).grade, cells


@pytest.mark.parametrize(
    ("term", "edition", "grade", "cells"),
    [
        ("received", "2014", "A", [("received", "value")]),
        ("received", "local_fujian", "A", [("received", "year")]),
        ("received", "local_dingxi", "B", [("received", "year_to_date")]),
        ("concluded", "2014", "B", [("answered", "value")]),
        ("granted", "2014", "B",
         [("answered.already_public", "value"), ("answered.granted", "value")]),
        ("granted", "local_putian_2009", "B", [("answered.granted", "year")]),
        ("denied.third_party", "2014", "B",
         [("answered.denied.trade_secret", "value"), ("answered.denied.privacy", "value")]),
        ("denied", "2014", "C", []),
        ("denied", "local_dingxi", "C", []),
        ("carried_in", "2014", "C", []),
        ("litigation[total]", "2014", "B", [("litigation_total", "value")]),
        ("litigation[total]", "headline", "B", [("litigation", "total")]),
        ("litigation_direct[total]", "2014", "C", []),
        ("review[upheld + corrected]", "2014", "B",
         [("review.upheld", "value"), ("review.corrected", "value")]),
        ("review[total]", "local_putian_2009", "B", [("review_total", "year")]),
        ("review[pending]", "2014", "C", []),
        ("regulation[issued]", "2019", "B", [("regulation", "made")]),
        ("normative_document[in_force]", "2019", "C", []),
        ("fees[amount_wan]", "2019", "C", []),
        ("licensing[decisions]", "2019", "B", [("licensing", "decisions")]),
        ("other", "2019", "A", [("other", "total")]),
        ("other.misc", "2019", "C", []),
    ],
)  # fmt: skip
def test_an_older_form_gives_a_term_by_the_cells_that_compare_with_it_and_by_no_others(
    term: str, edition: str, grade: str, cells: list[tuple[str, str]]
) -> None:
    assert joined(term, edition) == (grade, cells)


@pytest.mark.parametrize("edition", editions(compiled=True))
def test_every_join_that_is_not_of_grade_a_says_why_in_both_languages(edition: str) -> None:
    terms = {t for id in IDS for code in find(id).codes() for side in find(id).terms(code)
             for t in side}  # fmt: skip
    for told in (join(term, edition) for term in terms):
        assert told.grade == "A" or (told.zh and told.en)
        assert told.grade != "C" or not told.cells


def test_an_older_table_gives_the_measures_that_join_on_to_it(printed: Reports) -> None:
    ids = [
        "new_applications",
        "answered_volume",
        "disclosure_rate",
        "review_cases",
        "handled_volume",
    ]
    rows = measure(printed, ids)
    old = rows[rows["report"].str.startswith("pingtan_2014")].set_index("measure")
    assert old["value"].drop("handled_volume").tolist() == [1, 1, 1, 0]
    assert pd.isna(old["value"]["handled_volume"])
    assert old["edition"].drop("handled_volume").tolist() == ["local_fujian"] * 4


def test_a_group_of_rows_and_its_single_row_are_the_same_term() -> None:
    cells = {len(Term.parse("other").cells(table)) for table in tables() if table.section == 3}
    assert cells == {1, 3}


def test_formulas_are_told_in_codes_and_in_the_words_of_the_form() -> None:
    assert formula("disclosure_rate_substantive") == (
        "(granted + partial) / (concluded - declined - other)"
    )
    assert formula("review_correction_rate", lang="zh") == (
        "行政复议（结果纠正） / 行政复议（结果维持 + 结果纠正 + 其他结果）"
    )
    assert formula("applicant_share", "business", "en").startswith("received in the year (busin")
    assert title("carry_rate") == "结转率"


def test_an_unknown_measure_is_refused_with_its_neighbours() -> None:
    with pytest.raises(InputError, match="disclosure_rate_accepted"):
        measure(reports_of(SUQIAN_2023), "disclosure_share")


@pytest.mark.parametrize(
    "wrong",
    [
        {"numerator": ["recieved"]},
        {"numerator": ["received["]},
        {"numerator": ["review[granted]"]},
        {"kind": "index"},
        {"over": "nothing"},
        {"forms": ["2030"]},
        {"denominator": []},
    ],
)
def test_a_section_of_the_dictionary_that_is_wrong_is_refused(wrong: dict[str, object]) -> None:
    right = {
        "id": "x", "zh": "某率", "en": "a rate", "kind": "share", "unit": "%", "source": "s",
        "numerator": ["granted"], "denominator": ["concluded"], "over": "all", "forms": ["2021"],
        "caveat_zh": "慎", "caveat_en": "care",
    }  # fmt: skip
    over = {"all": {"zh": "办结", "en": "concluded"}}
    assert parse_measure(right, over).formula() == "granted / concluded"
    with pytest.raises(FormError):
        parse_measure(right | wrong, over)


def test_the_page_of_measures_is_in_step_with_the_dictionary() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.set_measures"


def test_published_figures_have_every_measure_that_their_form_gives() -> None:
    rows = measure(reports_of(*PUBLISHED), "disclosure_rate")
    assert rows["value"].notna().all()
