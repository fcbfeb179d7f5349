"""gx.similarity: text repeated from last year or from another body."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gxtools as gx
from gxtools.errors import InputError
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame
from gxtools.similarity import SIMILARITY, similarity
from gxtools.similarity.corpus import MIN_BODIES, Corpus
from gxtools.similarity.passages import MIN_PASSAGE, passages, shared_letters
from gxtools.similarity.texts import LENGTH, Text, templates

# Characters of the invented prose: no word of them means anything, no template is among them.
SIGNS = [chr(0x5000 + at) for at in range(400)]
Page = tuple[str, int | None, str]  # agency, year, text


def prose(seed: int, sentences: int = 12) -> str:
    """Invented prose: the same for the same seed, unlike that of any other."""
    drawn = random.Random(seed)
    return "".join("".join(drawn.choices(SIGNS, k=18)) + "，" for _ in range(sentences)) + "。"


def told(pages: Sequence[Page], section: int = 1) -> Reports:
    """Reports of one section each."""
    index, sections = [], []
    for at, (agency, year, text) in enumerate(pages):
        named = {"report": f"r{at}", "agency": agency or pd.NA, "year": year or pd.NA}
        index.append([named.get(column, pd.NA) for column in INDEX])
        sections.append((f"r{at}", section, "", text))
    tables = frame([], CELLS), frame(sections, SECTIONS), frame([], PROBLEMS)
    return Reports(frame(index, INDEX), *tables)


def rows(found: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(found["report"], found["other_report"], found["kind"], strict=True))


# What is compared -----------------------------------------------------------------------


def test_the_same_text_scores_one_and_another_one_has_no_row() -> None:
    found = similarity(
        told([("甲局", 2024, prose(1)), ("乙局", 2024, prose(1)), ("丙局", 2024, prose(2))])
    )
    assert rows(found) == [("r0", "r1", "other_body"), ("r1", "r0", "other_body")]
    assert list(found["score"]) == [1, 1]


def test_last_years_report_is_compared_whatever_its_score() -> None:
    found = similarity(told([("甲局", 2023, prose(1)), ("甲局", 2024, prose(2))]))
    assert rows(found) == [("r1", "r0", "last_year")]
    assert found["score"].iat[0] == 0
    assert found["longest"].iat[0] == ""


def test_an_older_report_is_named_only_when_it_is_much_alike() -> None:
    pages = [("甲局", 2022, prose(1)), ("甲局", 2023, prose(2)), ("甲局", 2024, prose(1))]
    assert rows(similarity(told(pages))) == [
        ("r1", "r0", "last_year"),
        ("r2", "r1", "last_year"),
        ("r2", "r0", "earlier_year"),
    ]


def test_the_score_is_the_jaccard_index_of_five_character_sequences() -> None:
    one, other = prose(1, 20), prose(1, 10) + prose(2, 10)
    sets = [
        {text[at : at + LENGTH] for at in range(len(text) - LENGTH + 1)}
        for text in (Text(one).letters, Text(other).letters)
    ]
    found = similarity(told([("甲局", 2023, one), ("甲局", 2024, other)]))
    wanted = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert found["score"].iat[0] == pytest.approx(wanted)


def test_the_same_body_at_two_addresses_is_not_another_body() -> None:
    assert len(similarity(told([("甲局", 2024, prose(1)), ("甲局", 2024, prose(1))]))) == 0


def test_a_report_without_a_known_agency_is_a_body_of_its_own() -> None:
    found = similarity(told([("", 2024, prose(1)), ("", 2024, prose(1))]))
    assert set(found["kind"]) == {"other_body"}


def test_empty_and_short_sections_are_like_nothing() -> None:
    for text in ("", "无。", "本部分无其他需要报告的事项。"):
        pages = [("甲局", 2023, text), ("甲局", 2024, text), ("乙局", 2024, text)]
        assert len(similarity(told(pages, section=6))) == 0


@pytest.mark.parametrize("section", [2, 3, 4])
def test_only_the_sections_of_prose_are_compared(section: int) -> None:
    pages = [("甲局", 2024, prose(1)), ("乙局", 2024, prose(1))]
    assert len(similarity(told(pages, section))) == 0


def test_folded_figures_leave_the_same_text_and_kept_ones_do_not() -> None:
    numbered = "".join(f"{part}{{}}件，" for part in prose(1).split("，")[:12])
    pages = [
        ("甲局", 2023, numbered.format(*range(100, 112))),
        ("甲局", 2024, numbered.format(*range(5, 17))),
    ]
    assert similarity(told(pages))["score"].iat[0] == 1
    assert similarity(told(pages), figures=True)["score"].iat[0] < 0.8


def test_layout_width_and_punctuation_do_not_count() -> None:
    plain = prose(1) + "123"
    laid_out = plain.replace("，", " , \n").replace("123", "１２３ www.example.cn")
    found = similarity(told([("甲局", 2024, plain), ("乙局", 2024, laid_out)]))
    assert list(found["score"]) == [1, 1]


# What everyone prints -------------------------------------------------------------------


def test_template_phrases_do_not_make_two_texts_alike() -> None:
    template = (
        "按照《中华人民共和国政府信息公开条例》，以习近平新时代中国特色社会主义思想为指导。" * 20
    )
    pages = [("甲局", 2024, template + prose(1)), ("乙局", 2024, template + prose(2))]
    assert len(similarity(told(pages), least=0.05)) == 0


def test_a_phrase_of_many_bodies_does_not_count() -> None:
    everybodys = prose(0)
    pages = [(f"{at}局", 2024, everybodys + prose(at + 1)) for at in range(MIN_BODIES + 1)]
    assert len(similarity(told(pages), least=0.1)) == 0
    assert len(similarity(told(pages[: MIN_BODIES - 1]), least=0.1)) > 0


def test_a_phrase_of_one_body_in_many_years_counts() -> None:
    pages = [("甲局", 1990 + at, prose(1)) for at in range(MIN_BODIES + 5)]
    found = similarity(told(pages)).query("kind == 'last_year'")
    assert list(found["score"]) == [1] * (MIN_BODIES + 4)


def test_the_templates_are_folded_and_each_blanks_itself() -> None:
    phrases = templates().pattern.split("|")
    assert len(phrases) > 50
    for phrase in phrases:
        assert templates().fullmatch(phrase), phrase
        assert not Text(phrase, figures=True).shingles().any(), phrase


def test_the_samples_which_have_no_text_are_like_nothing(samples: gx.Reports) -> None:
    forms = samples.select(year=range(2019, 2026))  # older ones print their table in section six
    assert len(similarity(forms)) == 0


# Passages -------------------------------------------------------------------------------


def test_the_longest_passages_are_given_as_this_report_prints_them() -> None:
    shared = prose(1, 4)
    one = f"{prose(2, 4)}\n{shared[:30]}\n{shared[30:]}{prose(3, 4)}{shared[:20]}"
    found = similarity(told([("甲局", 2023, shared + prose(7)), ("甲局", 2024, one)]))
    longest = found["longest"].iat[0].splitlines()
    assert longest[0].rstrip("，") == shared[:-1].rstrip("，")
    assert longest[1] == shared[:20].rstrip("，")


def test_passages_have_their_numbers_back() -> None:
    parts = prose(1, 2).split("，")
    texts = [f"{prose(year)}{parts[0]}{year}年{parts[1]}1,234件" for year in (2023, 2024)]
    found = similarity(told([("甲局", 2023, texts[0]), ("甲局", 2024, texts[1])]))
    assert found["longest"].iat[0] == f"{parts[0]}2024年{parts[1]}1,234件"


def test_shared_characters_are_counted_in_this_report() -> None:
    shared = prose(1, 3)
    found = similarity(told([("甲局", 2023, shared + prose(2)), ("甲局", 2024, shared + prose(3))]))
    assert found["shared_chars"].iat[0] == len(Text(shared).letters)


@given(st.lists(st.integers(0, 6), max_size=40), st.lists(st.integers(0, 6), max_size=40))
def test_passages_are_in_both_texts_and_as_long_as_can_be(one: list[int], other: list[int]) -> None:
    here, there = np.array(one, dtype=np.int32), np.array(other, dtype=np.int32)
    found = passages(here, there, 3)
    assert len(found) <= 3
    runs = {tuple(other[at : at + size]) for at in range(len(other)) for size in range(1, 41)}
    for start, end in found:
        assert end - start >= MIN_PASSAGE
        assert tuple(one[start : end - LENGTH + 1]) in runs
    longest = max((b - a for a in range(len(one)) for b in range(a + 1, len(one) + 1)
                   if tuple(one[a:b]) in runs), default=0)  # fmt: skip
    if longest + LENGTH - 1 >= MIN_PASSAGE:
        assert found[0][1] - found[0][0] == longest + LENGTH - 1
    assert shared_letters(here, there) >= max((end - start for start, end in found), default=0)


# Many reports ---------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.2, 0.5, 0.8]))
def test_the_join_finds_exactly_the_pairs_that_comparing_all_would_find(
    seed: int, least: float
) -> None:
    drawn = random.Random(seed)
    parts = [prose(at, 4) for at in range(8)]
    texts = [Text("".join(drawn.sample(parts, k=drawn.randint(1, 5)))) for _ in range(24)]
    corpus = Corpus(texts, np.arange(24) // 2, 1.0)
    found = {
        (int(one), int(other)): float(score)
        for pairs in corpus.pairs(least)
        for one, other, score in zip(*pairs, strict=True)
    }
    wanted = {
        (one, other): score
        for one in range(24)
        for other in range(one + 1, 24)
        if one // 2 != other // 2 and (score := corpus.score(one, other)) >= least
    }
    assert found == pytest.approx(wanted)


def test_the_most_alike_bodies_are_given_first_and_no_more_than_asked() -> None:
    base = prose(0, 30)
    pages = [("甲局", 2024, base)]
    pages += [(f"乙{at}局", 2024, base + prose(at + 1, at + 1)) for at in range(8)]
    found = similarity(told(pages), top=3).query("report == 'r0'")
    assert list(found["other_report"]) == ["r1", "r2", "r3"]
    assert list(found["score"]) == sorted(found["score"], reverse=True)


def test_each_other_body_is_named_once_with_its_report_of_the_nearest_year() -> None:
    pages = [("甲局", 2024, prose(1)), *(("乙局", year, prose(1)) for year in (2021, 2023, 2022))]
    found = similarity(told(pages)).query("report == 'r0'")
    assert rows(found) == [("r0", "r2", "other_body")]


# Shape ----------------------------------------------------------------------------------


def test_the_frame_has_the_documented_columns_and_types() -> None:
    found = similarity(told([("甲局", 2023, prose(1)), ("甲局", 2024, prose(1))]))
    assert list(found) == SIMILARITY
    kinds = found.dtypes.astype(str)[["year", "other_year", "score", "longest", "shared_chars"]]
    assert kinds.to_list() == ["Int64", "Int64", "Float64", "string", "Int64"]
    nothing = similarity(gx.concat([]))
    assert list(nothing) == SIMILARITY
    assert nothing.dtypes.equals(found.dtypes)


@pytest.mark.parametrize(("name", "value"), [("least", 0), ("least", 1.5), ("common", -1)])
def test_a_share_that_is_none_is_refused(name: str, value: float) -> None:
    with pytest.raises(InputError, match=name):
        similarity(told([]), **{name: value})  # type: ignore[arg-type]


# The real reports -----------------------------------------------------------------------


def test_two_years_of_one_district_share_what_both_print(originals: gx.Reports) -> None:
    found = similarity(originals)
    hongze = found.loc[found["agency"].str.contains("洪泽", na=False)]
    assert list(hongze["kind"]) == ["last_year", "last_year"]
    assert list(hongze["section"]) == [1, 5]
    assert list(hongze["other_year"]) == [2023, 2023]
    texts = originals.sections.set_index(["report", "section"])["text"]
    for row in hongze.itertuples():
        assert 0.2 < row.score < 0.5
        for passage in row.longest.splitlines():
            for report in (row.report, row.other_report):
                assert Text(passage).letters in Text(texts[report, row.section]).letters


def test_no_other_real_report_is_like_another(originals: gx.Reports) -> None:
    found = similarity(originals)
    assert set(found["kind"]) == {"last_year"}
    assert len(found) == 2
