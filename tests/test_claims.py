"""gx.claims: figures that the text states, beside the figures of the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gxtools as gx
from gxtools.claims import CLAIMS, claims
from gxtools.claims.counts import chinese_number, find_counts
from gxtools.claims.phrases import load_phrases
from gxtools.errors import InputError
from gxtools.forms import editions, load_form
from gxtools.reports import SECTIONS, frame

Ask = Callable[..., pd.DataFrame]
# Rows of a pinned finding: section, check, said, what, printed, verdict.
Pinned = tuple[int, str, float | None, str, float | None, str]


@pytest.fixture(scope="module")
def city(samples: gx.Reports) -> gx.Reports:
    """Published figures of 宿迁市 2023 and 2024 (whole city); every sentence below is made up."""
    return samples.only(id for id in samples.index["report"] if id.startswith("suqian"))


@pytest.fixture(scope="module")
def ask(city: gx.Reports) -> Ask:
    """claims() on the city's 2024 report with a text that the test makes up."""

    def asked(text: str, section: int = 1, **index: Any) -> pd.DataFrame:
        report = city.index.loc[city.index["year"] == 2024, "report"].iat[0]
        told = replace(city, sections=frame([(report, section, "", text)], SECTIONS))
        if index:
            told = replace(told, index=told.index.assign(**index))
        return claims(told)

    return asked


def one(found: pd.DataFrame) -> Any:
    assert len(found) == 1, found[["check", "said", "what", "verdict"]].to_string()
    return found.iloc[0]


def figures(found: pd.DataFrame) -> list[tuple[float, str, str]]:
    counts = found.loc[found["check"] == "TX-NUM"]
    return list(zip(counts["said"], counts["what"], counts["verdict"], strict=True))


# Counts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "what"),
    [
        ("全市共收到政府信息公开申请3525件。", 3525, "applications[received, total]"),
        ("全市收到3525件政府信息公开申请。", 3525, "applications[received, total]"),
        (
            "接收通过网络、信函提交的各类申请共计３，５２５宗。",
            3525,
            "applications[received, total]",
        ),
        ("共收到申请三千五百二十五份。", 3525, "applications[received, total]"),
        ("上年结转申请121件。", 121, "applications[carried_in, total]"),
        ("答复申请时，含2023年度结转的121件。", 121, "applications[carried_in, total]"),
        ("全年办结依申请公开3521件。", 3521, "applications[concluded, total]"),
        ("结转下年度继续办理的申请125件。", 125, "applications[carried_out, total]"),
        (
            "另有125件申请按照《条例》规定顺延到2025年答复。",
            125,
            "applications[carried_out, total]",
        ),
        ("申请中，予以公开1431件。", 1431, "applications[granted, total]"),
        ("申请中，1431件予以公开。", 1431, "applications[granted, total]"),
        ("申请中，予以公开及部分公开1902件。", 1902, "applications[granted + partial, total]"),
        ("对申请作出部分公开答复471件。", 471, "applications[partial, total]"),
        ("申请答复中，不予公开92件。", 92, "applications[denied, total]"),
        ("申请中，因本机关不掌握等原因无法提供941件。", 941, "applications[unavailable, total]"),
        ("申请中，不予处理117件。", 117, "applications[declined, total]"),
        ("申请中，其他处理469件。", 469, "applications[other, total]"),
        ("申请人中自然人3440件。", 3440, "applications[received, natural_person]"),
        ("因政府信息公开引起行政复议170件。", 170, "disputes[review, total]"),
        ("有170件涉及政府信息公开的行政复议。", 170, "disputes[review, total]"),
        ("信息公开方面，未经复议直接起诉25件。", 25, "disputes[litigation_direct, total]"),
        ("信息公开案件复议后起诉52件。", 52, "disputes[litigation_after_review, total]"),
        ("本年制发行政规范性文件50件。", 50, "proactive[normative_document, issued]"),
        ("废止规范性文件227件。", 227, "proactive[normative_document, repealed]"),
        ("现行有效规范性文件420件。", 420, "proactive[normative_document, in_force]"),
    ],
)
def test_a_figure_is_found_in_its_usual_wordings(
    ask: Ask, text: str, said: float, what: str
) -> None:
    found = one(ask(text))
    assert (found["said"], found["what"]) == (said, what)
    assert (found["printed"], found["difference"], found["verdict"]) == (said, 0, "agrees")
    assert found["place"]


def test_a_figure_that_no_reading_fits_differs_and_says_by_how_much(ask: Ask) -> None:
    found = one(ask("全市共收到政府信息公开申请3520件。"))
    assert (found["printed"], found["difference"], found["verdict"]) == (3525, -5, "differs")
    assert found["sentence"] == "全市共收到政府信息公开申请3520件。"


def test_received_may_include_what_was_carried_in_and_the_note_says_so(ask: Ask) -> None:
    found = one(ask("全市共收到政府信息公开申请3646件。"))
    assert (found["verdict"], found["printed"]) == ("agrees", 3646)
    assert found["what"] == "applications[received + carried_in, total]"
    assert "received + carried_in" in found["note"]


def test_a_plain_reading_has_no_note(ask: Ask) -> None:
    assert one(ask("全市共收到政府信息公开申请3525件。"))["note"] == ""


def test_granted_may_hold_the_partly_granted_unless_these_are_given_apart(ask: Ask) -> None:
    assert one(ask("申请中予以公开1902件。"))["verdict"] == "agrees"
    apart = ask("申请中，予以公开1902件，部分公开471件。")
    assert list(apart["verdict"]) == ["differs", "agrees"]


def test_zero_in_words_is_zero(ask: Ask) -> None:
    found = ask("全年未收到政府信息公开申请，未发生因政府信息公开引起的行政复议、行政诉讼。")
    assert list(found["what"]) == [
        "applications[received, total]",
        "disputes[review, total]",
        "disputes[litigation_direct + litigation_after_review, total]",
    ]
    assert list(found["said"]) == [0, 0, 0]
    assert found["unit"].isna().all()


def test_one_number_may_be_said_of_both_reviews_and_suits(ask: Ask) -> None:
    each = ask("因政府信息公开被提起行政复议、行政诉讼各170件。")
    assert [verdict for *_, verdict in figures(each)] == ["agrees", "differs"]
    apart = ask("政府信息公开行政复议、行政诉讼分别为170件、77件。")
    assert [verdict for *_, verdict in figures(apart)] == ["agrees", "agrees"]


def test_results_belong_to_the_route_last_named(ask: Ask) -> None:
    text = (
        "信息公开行政复议170件，其中维持88件、纠正18件；行政诉讼77件，其中维持40件、尚未审结20件。"
    )
    assert figures(ask(text)) == [
        (170, "disputes[review, total]", "agrees"),
        (88, "disputes[review, upheld]", "agrees"),
        (18, "disputes[review, corrected]", "agrees"),
        (77, "disputes[litigation_direct + litigation_after_review, total]", "agrees"),
        (40, "disputes[litigation_direct + litigation_after_review, upheld]", "agrees"),
        (20, "disputes[litigation_direct + litigation_after_review, pending]", "agrees"),
    ]


def test_an_approximate_number_agrees_or_is_unknown_but_never_differs(ask: Ask) -> None:
    assert one(ask("收到政府信息公开申请3500余件。"))["verdict"] == "agrees"
    assert one(ask("收到政府信息公开申请近四千件。"))["verdict"] == "unknown"


def test_a_number_broken_by_a_space_agrees_or_is_unknown(ask: Ask) -> None:
    assert one(ask("收到政府信息公开申请35\n25件。"))["verdict"] == "agrees"
    assert one(ask("收到政府信息公开申请35 26件。"))["verdict"] == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "去年同期，全市收到政府信息公开申请3511件。",
        "2023年收到政府信息公开申请3511件，答复3486件。",
        "一季度收到政府信息公开申请800件。",
        "2024年1-6月收到政府信息公开申请1000件。",
        "2020年以来共收到政府信息公开申请20000件。",
        "通过网络收到政府信息公开申请3000件。",
        "全年收到涉及征地拆迁的政府信息公开申请800件。",
        "收到、办结政府信息公开申请分别为20件、18件。",
        "申请中属于国家秘密不予公开2件。",
        "收到申请。按期答复3000件，延期答复521件。",
        "收到网民留言5000条，答复5000条。办理建议提案50件，答复50件。",
        "全市办理行政复议案件2000件、行政诉讼案件300件，并做好信息公开。",
        "政府信息公开类行政复议和行政诉讼案件共247件。",
        "主动公开规范性文件35件，修订规范性文件3件。",
        "召开培训会3次，收到申请后3日内登记。",
        "全市主动公开政府信息13561条，发布政策解读117篇。",
        "收到政府信息公开申请3件至5件。",
        "未收到政府信息公开申请投诉。",
    ],
)
def test_words_that_leave_a_doubt_are_no_claim(ask: Ask, text: str) -> None:
    assert figures(ask(text)) == []


def test_a_number_in_the_remains_of_a_table_needs_its_counter(ask: Ask) -> None:
    assert len(ask("收到政府信息公开申请34", section=3)) == 0
    assert len(ask("收到政府信息公开申请34件", section=3)) == 1


def test_plans_of_section_five_are_no_figures_of_the_year(ask: Ask) -> None:
    assert len(ask("收到政府信息公开申请34件。", section=5)) == 0


# Whose figures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "市政府办公室代表市政府收到政府信息公开申请206件。",
        "市政府本级收到政府信息公开申请206件。",
        "我局收到政府信息公开申请206件。",
        "市住建局收到政府信息公开申请206件。",
        "宿城区共收到政府信息公开申请206件。",
    ],
)
def test_a_sentence_of_another_scope_does_not_differ(ask: Ask, text: str) -> None:
    found = one(ask(text))
    assert (found["verdict"], found["printed"]) == ("other_scope", 3525)


def test_the_scope_of_a_sentence_holds_for_the_next_one_of_its_block(ask: Ask) -> None:
    text = "市政府本级收到政府信息公开申请206件。其中，予以公开100件。\n（三）平台\n申请中，予以公开100件。"
    assert list(ask(text)["verdict"]) == ["other_scope", "other_scope", "differs"]


def test_two_scopes_in_one_sentence_are_told_apart(ask: Ask) -> None:
    found = ask("全市共收到政府信息公开申请3525件，市政府本级收到政府信息公开申请206件。")
    assert list(found["verdict"]) == ["agrees", "other_scope"]


def test_a_body_by_its_short_name_is_the_body_itself(ask: Ask) -> None:
    text = "市科委收到政府信息公开申请3520件。"
    found = one(ask(text, agency="甲市科学技术委员会", scope="own"))
    assert found["verdict"] == "differs"
    assert one(ask(text, agency="甲市教育局", scope="own"))["verdict"] == "other_scope"


def test_where_the_reports_scope_is_unknown_a_scope_word_leaves_it_open(ask: Ask) -> None:
    found = one(ask("市政府本级收到政府信息公开申请206件。", scope="unknown"))
    assert found["verdict"] == "unknown"


# Percentages, sums, growth --------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "how"),
    [("40.64", "四舍五入"), ("40.6", "四舍五入"), ("39.9", ""), ("41", "四舍五入")],
)
def test_a_percentage_is_recomputed(ask: Ask, percent: str, how: str) -> None:
    found = ask(f"办结申请3521件，其中予以公开1431件，占{percent}%。")
    share = one(found.loc[found["check"] == "TX-PCT"])
    assert share["what"] == "applications[granted, total] / applications[concluded, total]"
    assert share["verdict"] == ("agrees" if how else "differs")
    assert how in share["note"]


def test_a_percentage_may_be_cut_off(ask: Ask) -> None:
    found = ask("申请中，予以公开及部分公开1902件（54.01%），不予公开92件（2.612%）。")
    shares = found.loc[found["check"] == "TX-PCT"]
    assert list(shares["verdict"]) == ["agrees", "agrees"]
    assert shares["note"].str.contains("截尾").all()


def test_a_percentage_says_which_denominator_fits(ask: Ask) -> None:
    found = ask("申请中，予以公开1431件，占申请总数的40.596%。")
    share = one(found.loc[found["check"] == "TX-PCT"])
    assert share["what"] == "applications[granted, total] / applications[received, total]"


def test_a_wrong_percentage_of_a_wrong_count_follows_from_it(ask: Ask) -> None:
    found = ask("办结申请3521件，其中予以公开1400件，占39.76%。")
    share = one(found.loc[found["check"] == "TX-PCT"])
    assert share["verdict"] == "differs"
    assert "1400 / 3521" in share["note"]


def test_two_percentages_in_one_breath_are_left_alone(ask: Ask) -> None:
    found = ask("申请中，予以公开1431件、部分公开471件，占比分别为40%、13%。")
    assert set(found["check"]) == {"TX-NUM"}


PARTS = "予以公开1431件，部分公开471件，不予公开92件，无法提供941件，不予处理117件，其他处理{}件。"


@pytest.mark.parametrize(("other", "verdict"), [(469, "agrees"), (460, "differs")])
def test_outcomes_that_are_all_named_add_up_to_the_total(
    ask: Ask, other: int, verdict: str
) -> None:
    found = ask("办结政府信息公开申请3521件：" + PARTS.format(other))
    total = one(found.loc[found["check"] == "TX-SUM"])
    assert (total["said"], total["printed"]) == (3052 + other, 3521)
    assert total["verdict"] == verdict


def test_a_list_that_leaves_parts_out_is_silent(ask: Ask) -> None:
    found = ask("办结政府信息公开申请3521件，其中予以公开1431件，部分公开471件。")
    assert "TX-SUM" not in set(found["check"])


@pytest.mark.parametrize(("carried", "verdict"), [(125, "agrees"), (120, "differs")])
def test_the_texts_own_flow_balances(ask: Ask, carried: int, verdict: str) -> None:
    text = f"收到申请3525件，上年结转121件，办结3521件，结转下年{carried}件。"
    total = one(ask(text).query("check == 'TX-SUM'"))
    assert total["what"] == "received + carried_in = concluded + carried_out"
    assert (total["said"], total["printed"], total["verdict"]) == (3646, 3521 + carried, verdict)


def test_channels_add_up_or_are_unknown(ask: Ask) -> None:
    text = "收到申请3525件，其中网络申请3000件、信函申请500件、当面申请{}件。"
    assert one(ask(text.format(25)).query("check == 'TX-SUM'"))["verdict"] == "agrees"
    assert one(ask(text.format(20)).query("check == 'TX-SUM'"))["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("growth", "said", "what", "verdict"),
    [
        ("同比增长0.4%", 0.4, "received", "agrees"),
        ("较上年增加14件", 14, "received", "agrees"),
        ("比去年下降0.4%", -0.4, "received", "differs"),
        ("申请数量较上年上升3.0%", 3.0, "received", "differs"),
    ],
)
def test_growth_is_held_against_last_years_report(
    ask: Ask, growth: str, said: float, what: str, verdict: str
) -> None:
    found = one(ask(f"收到申请3525件，{growth}。").query("check == 'TX-YOY'"))
    assert (found["said"], found["verdict"]) == (said, verdict)
    assert what in found["what"]


def test_growth_may_be_of_received_and_carried_in_together(ask: Ask) -> None:
    found = ask("办理申请3646件（含上年结转121件），同比增长1.08%。")
    assert one(found.query("check == 'TX-YOY'"))["verdict"] == "agrees"
    wrong = one(ask("办理申请3646件，同比增长1.05%。").query("check == 'TX-YOY'"))
    assert (wrong["printed"], wrong["verdict"]) == (1.08, "differs")


def test_growth_without_last_years_report_is_unknown(city: gx.Reports) -> None:
    last = city.select(year=2023)
    text = frame([(last.index["report"].iat[0], 1, "", "收到申请3511件，同比增长9%。")], SECTIONS)
    found = one(claims(replace(last, sections=text)).query("check == 'TX-YOY'"))
    assert found["verdict"] == "unknown"
    assert pd.isna(found["printed"])


def test_growth_of_something_else_is_not_growth_of_applications(ask: Ask) -> None:
    found = ask("收到申请3525件，网站访问量同比增长30%，咨询量增加2件。")
    assert set(found["check"]) == {"TX-NUM"}


# Periods, years, fees -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        ("2024年1月1日起至2024年12月31日", "agrees"),
        ("2024 年 1 月 1 日至 12 月 31 日", "agrees"),
        ("2024年1月1日至2025年12月31日", "differs"),
        ("2023年1月1日至2023年12月31日", "differs"),
        ("2024年3月25日至2024年12月31日", "differs"),
    ],
)
def test_the_period_is_the_whole_year_of_the_report(ask: Ask, period: str, verdict: str) -> None:
    found = one(ask(f"本报告数据的统计期限自{period}止。"))
    assert (found["check"], found["verdict"]) == ("TX-PERIOD", verdict)


def test_part_of_a_year_may_be_lawful_and_the_note_says_when(ask: Ask) -> None:
    assert "当年成立" in one(ask("统计期限为2024年3月25日至2024年12月31日。"))["note"]


def test_a_sentence_that_opens_with_another_year_is_stray(ask: Ask) -> None:
    found = one(ask("2023年，某市扎实开展工作。"))
    assert (found["check"], found["said"], found["printed"]) == ("TX-YEAR", 2023, 2024)


@pytest.mark.parametrize(
    "text",
    [
        "2024年，某市扎实开展工作。",
        "2023年收到申请5件，2024年收到申请3525件。",
        "2023年以来持续推进。2020年起实行。2019年印发的办法继续有效。",
        "2025年，将进一步加强培训。",
        "按照〔2021〕30号文件要求，公开2023年部门决算、2022-2024年规划。",
        "与2023年相比有所增加。",
    ],
)
def test_comparisons_plans_and_document_numbers_are_not_stray(ask: Ask, text: str) -> None:
    assert "TX-YEAR" not in set(ask(text)["check"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024年收取政府信息公开信息处理费3940元。", 3940),
        ("信息处理费应收4000元，实际收取3940元。", 3940),
        ("收取信息处理费0.394万元。", 3940),
        ("依据《政府信息公开信息处理费管理办法》，全年未收取信息处理费。", 0),
        ("信息处理费收取情况：无。", 0),
        ("本年度未发生政府信息公开收费事项。", 0),
    ],
)
def test_the_information_handling_fee_is_stated_in_yuan(ask: Ask, text: str, said: float) -> None:
    found = one(ask(text, section=6))
    assert (found["check"], found["verdict"], found["unit"]) == ("TX-FEE", "stated", "元")
    assert found["said"] == said
    assert pd.isna(found["printed"])


@pytest.mark.parametrize("text", ["无。", "严格执行《政府信息公开信息处理费管理办法》。"])
def test_a_section_six_that_says_nothing_of_the_fee_claims_nothing(ask: Ask, text: str) -> None:
    assert len(ask(text, section=6)) == 0


def test_of_the_foreword_only_the_reporting_period_is_a_claim(ask: Ask) -> None:
    text = "2023年报告。收到申请5件，收取信息处理费5元。统计期限为{}年1月1日至{}年12月31日。"
    assert one(ask(text.format(2024, 2024), section=0))["verdict"] == "agrees"
    wrong = one(ask(text.format(2024, 2025), section=0))
    assert (wrong["section"], wrong["check"], wrong["verdict"]) == (0, "TX-PERIOD", "differs")


# A person's verdict ---------------------------------------------------------------------


def test_a_verdict_on_a_claim_is_honoured_until_the_sentence_changes(
    city: gx.Reports, tmp_path: Path
) -> None:
    report = city.index.loc[city.index["year"] == 2024, "report"].iat[0]

    def told(text: str) -> gx.Reports:
        return replace(city, sections=frame([(report, 1, "", text)], SECTIONS))

    wrong = told("收到政府信息公开申请3520件。")
    path = gx.write_findings(wrong, tmp_path / "f.csv")
    lines = pd.read_csv(path, dtype="string")
    at = lines["check"] == "TX-NUM"
    assert lines.loc[at, "printed"].tolist() == ["收到政府信息公开申请3520件。｜3525"]
    lines.loc[at, ["review", "reason"]] = ["排除", "另有口径"]
    lines.to_csv(path, index=False, encoding="utf-8")
    reviewed = gx.review(path)
    found = one(claims(wrong, reviewed=reviewed))
    assert (found["verdict"], found["review"], found["reason"]) == ("differs", "排除", "另有口径")
    again = gx.write_findings(wrong, tmp_path / "g.csv", reviewed=reviewed)
    pd.testing.assert_frame_equal(gx.review(again), reviewed)
    other = told("共收到政府信息公开申请3520件。")
    assert claims(other, reviewed=reviewed)["review"].isna().all()


# Shape ----------------------------------------------------------------------------------


def test_the_frame_has_the_documented_columns_and_types(ask: Ask) -> None:
    found = ask("收到政府信息公开申请3525件。")
    assert list(found) == CLAIMS
    assert found.dtypes.astype(str)[["year", "section", "said", "verdict"]].to_list() == [
        "Int64",
        "Int64",
        "Float64",
        "string",
    ]
    assert list(claims(gx.concat([]))) == CLAIMS


def test_notes_are_in_either_language_and_in_no_other(city: gx.Reports) -> None:
    report = city.index["report"].iat[0]
    told = replace(city, sections=frame([(report, 1, "", "未收到政府信息公开申请。")], SECTIONS))
    assert claims(told, lang="en")["note"].iat[0] == "zero in words"
    with pytest.raises(InputError, match="fr"):
        claims(told, lang="fr")  # type: ignore[arg-type]


def test_every_code_of_a_phrase_is_a_code_of_some_edition() -> None:
    forms = [load_form(edition) for edition in editions()]
    for figure in load_phrases().figures:
        tables = [t for form in forms for t in form.tables if t.id == figure.table]
        rows = {row.code for table in tables for row in table.rows}
        columns = {column.code for table in tables for column in table.columns}
        for reading in figure.readings:
            for codes, known in ((reading.rows, rows), (reading.columns, columns)):
                for code in codes.replace("-", "+").split("+"):
                    term = code.strip()
                    assert any(k == term or k.startswith(f"{term}.") for k in known), figure.id


def test_no_text_takes_long(ask: Ask) -> None:
    """Phrases with repetition must not backtrack: these would, without atomic groups."""
    hard = [
        "收到" + "共计" * 900,
        "因等" * 900 + "不予公开",
        "申请" * 900,
        "一" * 5000,
        "其中" * 900,
    ]
    for text in hard:
        assert len(ask(f"{text}5件申请。")) <= 1


# Numbers --------------------------------------------------------------------------------


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_chinese_numerals_are_read_back(value: int) -> None:
    assert chinese_number(spelt(value)) == value


def test_numerals_that_say_no_number_are_none() -> None:
    assert chinese_number("十四五") is None
    assert chinese_number("十百") is None
    assert chinese_number("一" * 50) is None
    assert chinese_number("二〇二四") == 2024


@given(st.integers(min_value=0, max_value=10**7))
def test_a_number_is_found_in_every_printing(value: int) -> None:
    for printed in (f"{value}", f"{value:,}", spelt(value)):
        assert [count.value for count in find_counts(f"收到{printed}件")] == [Decimal(value)]


def test_letters_ordinals_and_decimals_are_not_cut_into_numbers() -> None:
    assert [c.value for c in find_counts("H5作品、第36条、3.5万件")] == [Decimal(35000)]


def spelt(value: int) -> str:
    """A whole number below 10**8 in Chinese numerals, as the schoolbook writes it."""
    if value >= 10**4:
        high, low = divmod(value, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return spelt(high) + "万" + gap + (spelt(low) if low else "")
    if value == 0:
        return "零"
    text, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += ("零" if zero else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif text and value:
            zero = True
    return text


# The real reports -----------------------------------------------------------------------

A, D, P = "applications", "disputes", "proactive"
SUITS = "disputes[litigation_direct + litigation_after_review, total]"
PINNED: dict[str, list[Pinned]] = {
    "hongze_2023": [
        (0, "TX-PERIOD", 2023, "2023-01-01..2023-12-31", 2023, "agrees"),
        (1, "TX-NUM", 21, f"{A}[received, total]", 21, "agrees"),
        (6, "TX-FEE", 0, "information_fee", None, "stated"),
    ],
    "hongze_2024": [
        (0, "TX-PERIOD", 2024, "2024-01-01..2024-12-31", 2024, "agrees"),
        (1, "TX-NUM", 17, f"{A}[received, total]", 95, "other_scope"),
        (6, "TX-FEE", 0, "information_fee", None, "stated"),
    ],
    "pingtan_2023": [
        (0, "TX-PERIOD", 2023, "2023-01-01..2023-12-31", 2023, "agrees"),
        # 393 published and kept apart from the 77 of the year: together the 470 in force.
        (1, "TX-NUM", 393, f"{P}[normative_document, in_force - issued]", 393, "agrees"),
        (1, "TX-NUM", 77, f"{P}[normative_document, issued]", 77, "agrees"),
        (1, "TX-NUM", 81, f"{A}[received, total]", 81, "agrees"),
        (1, "TX-NUM", 80, f"{A}[received, natural_person]", 80, "agrees"),
        (1, "TX-NUM", 1, f"{A}[received, business]", 1, "agrees"),
        (1, "TX-NUM", 81, f"{A}[concluded, total]", 81, "agrees"),
        (1, "TX-NUM", 42, f"{A}[granted + partial, total]", 42, "agrees"),
        (1, "TX-PCT", 51.85, f"{A}[granted + partial, total]", 51.85, "agrees"),
        (1, "TX-NUM", 5, f"{A}[denied, total]", 5, "agrees"),
        (1, "TX-PCT", 6.17, f"{A}[denied, total]", 6.17, "agrees"),
        (1, "TX-NUM", 31, f"{A}[unavailable, total]", 31, "agrees"),
        (1, "TX-PCT", 38.27, f"{A}[unavailable, total]", 38.27, "agrees"),
        (1, "TX-NUM", 1, f"{A}[declined, total]", 1, "agrees"),
        (1, "TX-PCT", 1.23, f"{A}[declined, total]", 1.23, "agrees"),
        (1, "TX-NUM", 2, f"{A}[other, total]", 2, "agrees"),
        (1, "TX-PCT", 2.47, f"{A}[other, total]", 2.47, "agrees"),
        (1, "TX-NUM", 2, f"{D}[review, total]", 2, "agrees"),
        (1, "TX-NUM", 7, SUITS, 7, "agrees"),
        (1, "TX-SUM", 81, "natural_person + business = received", 81, "agrees"),
        (1, "TX-SUM", 81, "granted_partial + denied + unavailable + declined + other = concluded", 81, "agrees"),
        (6, "TX-FEE", 0, "information_fee", None, "stated"),
    ],
    "shanghai_office_2019": [
        (0, "TX-PERIOD", 2019, "2019-01-01..2019-12-31", 2019, "agrees"),
        (1, "TX-NUM", 13, f"{P}[regulation, newly_public]", 13, "agrees"),
        (1, "TX-NUM", 60, f"{P}[normative_document, newly_public]", 60, "agrees"),
        (1, "TX-NUM", 859, f"{A}[received, total]", 859, "agrees"),
        (1, "TX-YOY", -12.3, f"{A}[received, total]", None, "unknown"),
        (1, "TX-NUM", 805, f"{A}[concluded, total]", 805, "agrees"),
        (1, "TX-NUM", 18, f"{A}[carried_in, total]", 18, "agrees"),
        (1, "TX-NUM", 72, f"{A}[carried_out, total]", 72, "agrees"),
        (1, "TX-NUM", 258, f"{A}[granted + partial, total]", 275, "differs"),
        (1, "TX-PCT", 33.9, f"{A}[granted + partial, total]", 34.2, "differs"),
        (1, "TX-NUM", 35, f"{A}[denied, total]", 35, "agrees"),
        (1, "TX-PCT", 4.34, f"{A}[denied, total]", 4.34, "agrees"),
        (1, "TX-NUM", 265, f"{A}[unavailable, total]", 337, "differs"),
        (1, "TX-PCT", 32.9, f"{A}[unavailable, total]", 41.9, "differs"),
        (1, "TX-NUM", 158, f"{A}[declined, total]", 158, "agrees"),
        (1, "TX-PCT", 19.6, f"{A}[declined, total]", 19.6, "agrees"),
        (1, "TX-NUM", 0, f"{A}[other, total]", 0, "agrees"),
        (1, "TX-NUM", 7, f"{D}[review, total]", 7, "agrees"),
        (1, "TX-NUM", 9, SUITS, 9, "agrees"),
        (1, "TX-SUM", 716, "granted_partial + denied + unavailable + declined + other = concluded", 805, "differs"),
        (1, "TX-SUM", 877, "received + carried_in = concluded + carried_out", 877, "agrees"),
    ],
    "shanghai_science_2024": [
        (1, "TX-NUM", 1, f"{D}[review, total]", None, "unknown"),
        (1, "TX-NUM", 0, SUITS, None, "unknown"),
        (3, "TX-NUM", 34, f"{A}[received, total]", 34, "agrees"),
        (3, "TX-NUM", 2, f"{A}[carried_in, total]", 2, "agrees"),
        (3, "TX-NUM", 9, f"{A}[granted, total]", 9, "agrees"),
        (3, "TX-NUM", 0, f"{A}[partial, total]", None, "unknown"),
        (3, "TX-NUM", 2, f"{A}[denied, total]", None, "unknown"),
        (3, "TX-NUM", 10, f"{A}[unavailable, total]", None, "unknown"),
        (3, "TX-NUM", 0, f"{A}[declined, total]", None, "unknown"),
        (3, "TX-NUM", 14, f"{A}[other, total]", None, "unknown"),
        (3, "TX-NUM", 1, f"{A}[carried_out, total]", None, "unknown"),
        # 34 received and 2 carried in, 1 carried out: 35 concluded.
        (3, "TX-SUM", 35, "granted + partial + denied + unavailable + declined + other = received", 34, "agrees"),
        (6, "TX-FEE", 0, "information_fee", None, "stated"),
    ],
    # Section 六 says 无 only; the others have no sections, or are the blank form.
    "chaoyang_science_2024": [],
    "pingtan_2014_annex": [],
    "pingtan_2022_runtogether": [],
    "template": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def stated(originals: gx.Reports) -> pd.DataFrame:
    return claims(originals)


@pytest.mark.parametrize("report", PINNED)
def test_every_pair_of_a_real_report_is_the_one_found_by_hand(
    stated: pd.DataFrame, report: str
) -> None:
    found = stated.loc[stated["report"].str.rpartition("-")[0] == report]
    columns = ["section", "check", "said", "what", "printed", "verdict"]
    rows = found[columns].astype(object).to_numpy().tolist()
    got = [tuple(None if pd.isna(value) else value for value in row) for row in rows]
    shortened = [(*row[:3], row[3].split(" / ")[0], *row[4:]) for row in got]
    assert shortened == PINNED[report]


def test_the_samples_which_have_no_text_state_nothing(samples: gx.Reports) -> None:
    assert len(claims(samples)) == 0


def test_every_real_report_is_pinned(originals: gx.Reports) -> None:
    assert set(originals.index["report"].str.rpartition("-")[0]) == set(PINNED)


def test_totals_that_are_not_printed_are_added_up_and_the_note_says_so(
    stated: pd.DataFrame,
) -> None:
    found = one(stated.query("said == 258"))
    assert "总计未印" in found["note"]
    assert found["difference"] == -17
    share = one(stated.query("said == 33.9"))
    assert share["difference"] == pytest.approx(-0.3)
    assert "275 / 805" in share["note"]
    assert "273 / 805" in share["note"]
    assert "截尾" in one(stated.query("said == 4.34"))["note"]
    assert "265 / 805" in one(stated.query("said == 32.9"))["note"]
