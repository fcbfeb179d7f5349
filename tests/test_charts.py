"""What the charts promise, asked of their artists: bars, lines, texts, and the room they take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("Agg")

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from gxtools.charts import plot_disputes, plot_outcomes, plot_volumes, save_figure, style
from gxtools.charts.lettering import text_width, wrap
from gxtools.charts.words import formula_text
from gxtools.errors import InputError, MissingExtraError
from gxtools.forms import label
from gxtools.metrics import disputes, outcomes, volumes
from tests.artists import bars, box, outside, row_labels, rows, said, texts, touching, words
from tests.published import (
    HONGZE_2023,
    HUAIAN_2024,
    PUBLISHED,
    SUQIAN_2023,
    SUQIAN_2024,
    Published,
    drawn,
    tables,
)

CHARTS: dict[str, tuple[Callable[..., pd.DataFrame], Callable[..., Axes]]] = {
    "volumes": (volumes, plot_volumes),
    "outcomes": (outcomes, plot_outcomes),
    "disputes": (disputes, plot_disputes),
}
PINGTAN = [
    drawn("平潭综合实验区管委会", year, n)
    for year, n in ((2019, 23), (2021, 70), (2022, 74), (2023, 81), (2024, 218), (2025, 154))
]


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    yield
    pyplot.close("all")


def plot(name: str, *reports: Published, **options: Any) -> Axes:
    measure, draw = CHARTS[name]
    ax = draw(measure(tables(*reports)), **options)
    ax.get_figure(root=True).draw_without_rendering()
    return ax


def many(n: int, *years: int, name: str = "测试{:02d}区人民政府") -> list[Published]:
    """Invented bodies of very different size."""
    return [
        drawn(name.format(i), year, 3 + (i * i * 37 + year) % 4000)
        for i in range(n)
        for year in years or (2024,)
    ]


# Volumes.


def test_a_missing_year_is_a_gap_and_never_a_line_across() -> None:
    line = plot("volumes", *PINGTAN).lines[0]
    known = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert list(known) == [2019, 2020, 2021, 2022, 2023, 2024, 2025]
    assert pd.isna(known.pop(2020))
    assert list(known.values()) == [23, 70, 74, 81, 218, 154]


def test_of_many_gaps_the_first_four_are_named_and_all_counted() -> None:
    holes = [drawn(f"{body}县", year, 50) for body in "甲乙丙丁戊" for year in (2020, 2022, 2025)]
    text = said(plot("volumes", *holes))
    assert "甲县 2021、甲县 2023–2024、乙县 2021、乙县 2023–2024等10处" in text


def test_a_gap_is_named_and_a_lone_year_has_a_marker() -> None:
    ax = plot("volumes", *PINGTAN)
    assert "不连线的缺口：平潭综合实验区管委会 2020。" in said(ax)
    assert ax.lines[0].get_marker() not in ("", "None", None)


def test_a_single_body_has_every_figure_at_its_point_and_its_name_in_the_title() -> None:
    ax = plot("volumes", *PINGTAN)
    assert sorted(words(ax, "value"), key=int) == ["23", "70", "74", "81", "154", "218"]
    assert ax.get_title(loc="left").startswith("平潭综合实验区管委会：")


def test_several_bodies_are_named_at_the_ends_of_their_lines() -> None:
    reports = [*many(3, 2021, 2022, 2023), *PINGTAN]
    ax = plot("volumes", *reports)
    last = {r.agency: r.totals[0] for r in reports}
    assert sorted(words(ax, "end")) == sorted(f"{name}  {n:,}" for name, n in last.items())
    colours = {line.get_label(): line.get_color() for line in ax.lines}
    assert {t.get_color() for t in ax.texts if t.get_gid() == "end"} == set(colours.values())


def test_a_log_scale_is_used_only_when_it_helps_and_says_so() -> None:
    near = [drawn("甲县", y, 100 + y - 2020) for y in (2021, 2022, 2023)]
    far = [drawn("乙市", y, 4000) for y in (2021, 2022, 2023)]
    zero = [drawn("丙局", y, 0) for y in (2021, 2022, 2023)]
    for reports, scale in (
        (near, "linear"),
        (near + far, "log"),
        (near + far + zero, "linear"),
    ):
        ax = plot("volumes", *reports)
        assert ax.get_yscale() == scale
        assert ("对数刻度" in said(ax)) == (scale == "log")
        assert scale == "log" or ax.get_ylim()[0] == 0


def test_one_year_is_bars_ranked_by_their_figure() -> None:
    ax = plot("volumes", HONGZE_2023, SUQIAN_2023, drawn("某局", 2023, 500))
    assert rows(ax) == ["宿迁市人民政府", "某局", "淮安市洪泽区人民政府"]
    assert [bar.get_width() for bar in bars(ax)] == [3511, 500, 21]
    assert words(ax, "value") == ["3,511", "500", "21"]
    assert not ax.lines


def test_two_years_stand_under_one_name_in_their_order() -> None:
    ax = plot("volumes", SUQIAN_2024, SUQIAN_2023, HONGZE_2023)
    assert rows(ax) == ["2023", "2024", "2023"]
    assert [bar.get_width() for bar in bars(ax)] == [3511, 3525, 21]
    assert {"宿迁市人民政府", "淮安市洪泽区人民政府"} <= set(words(ax))


def test_an_unread_figure_is_words_and_not_a_bar_of_nought() -> None:
    unread = replace(drawn("某局", 2023, 9), totals=[None] * 25)
    ax = plot("volumes", unread, drawn("零局", 2023, 0), SUQIAN_2023)
    assert rows(ax) == ["宿迁市人民政府", "零局", "某局"]
    assert words(ax, "value") == ["3,511", "0", "未填或未读到"]


def test_many_bodies_of_several_years_are_drawn_for_the_latest_year_most_have() -> None:
    reports = [r for r in many(16, 2021, 2022, 2023) if not r.agency.startswith("测试07区")]
    early = [drawn(f"测试9{i}区人民政府", 2024, 5000) for i in range(7)]
    ax = plot("volumes", *reports, *early)
    assert "2023" in ax.get_title(loc="left")
    assert len(bars(ax)) == 15
    assert "只画2023年" in said(ax)
    assert "7个机关无该年报告" in said(ax)


def test_of_sixty_bodies_the_largest_forty_are_drawn_and_the_rest_counted() -> None:
    reports = many(60)
    ax = plot("volumes", *reports, lang="en")
    largest = sorted((r.totals[0] or 0 for r in reports), reverse=True)[:40]
    assert [bar.get_width() for bar in bars(ax)] == largest
    assert "Other bodies not drawn: 20" in said(ax)


def test_a_report_of_unknown_year_is_not_put_on_the_time_axis_in_silence() -> None:
    ax = plot("volumes", *PINGTAN, drawn("平潭综合实验区管委会", None, 50))
    assert "1份报告年份不明，未画" in said(ax)


# Outcomes.


def test_the_segments_of_a_bar_are_the_shares_end_to_end_in_the_forms_order() -> None:
    frame = outcomes(tables(SUQIAN_2023))
    ax = plot("outcomes", SUQIAN_2023)
    assert [bar.get_width() for bar in bars(ax)] == pytest.approx(frame["share"].tolist())
    assert [group.get_label() for group in ax.containers] == frame["outcome"].tolist()
    ends = [bar.get_x() + bar.get_width() for bar in bars(ax)]
    assert [bar.get_x() for bar in bars(ax)][1:] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(1)


def test_each_bar_names_its_denominator() -> None:
    ax = plot("outcomes", SUQIAN_2023, SUQIAN_2024, HUAIAN_2024)
    assert words(ax, "n") == ["n=3,486", "n=3,521", "n=3,050"]


def test_shares_from_six_per_cent_are_labelled_where_they_stand() -> None:
    ax = plot("outcomes", SUQIAN_2023)
    labels = {t.get_text(): t for t in ax.texts if t.get_gid() == "share"}
    assert set(labels) == {"34%", "9%", "31%", "12%", "10%"}
    for text in labels.values():
        assert any(bar.get_window_extent().contains(*box(text).min) for bar in bars(ax))


def test_the_legend_reads_in_the_forms_order_row_by_row() -> None:
    for lang in ("zh", "en"):
        legend = plot("outcomes", SUQIAN_2023, lang=lang).get_legend()
        assert legend is not None
        entries = list(zip(legend.get_patches(), legend.get_texts(), strict=True))
        corners = {text.get_text(): patch.get_window_extent() for patch, text in entries}
        read = sorted(corners, key=lambda name: (-round(corners[name].y0, -1), corners[name].x0))
        assert read == [label(code, lang, axis="outcome") for code in style.OUTCOME_COLOURS]
        colours = {text.get_text(): to_rgb(patch.get_facecolor()) for patch, text in entries}
        assert [colours[name] for name in read] == [*map(to_rgb, style.OUTCOME_COLOURS.values())]


def test_fewer_than_thirty_applications_are_grey_pale_and_counted() -> None:
    ax = plot("outcomes", HONGZE_2023, SUQIAN_2023)
    assert words(ax, "n") == ["n=21", "n=3,486"]
    few, enough = row_labels(ax)
    assert (few.get_color(), enough.get_color()) == (style.GREY, style.INK)
    assert {bar.get_alpha() for bar in bars(ax)} == {0.6, None}
    assert {"4件", "3件", "13件"} <= set(words(ax, "share"))
    assert "n<30" in said(ax)


def test_no_denominator_is_an_empty_bar_that_says_why() -> None:
    unread = replace(drawn("某局", 2023, 90), totals=[None] * 25)
    ax = plot("outcomes", unread, drawn("零局", 2023, 0), SUQIAN_2023)
    assert words(ax, "empty") == ["未填或未读到", "无申请可计"]
    assert words(ax, "n") == ["n=3,486"]
    empty = bars(ax, "_empty")
    assert [bar.get_width() for bar in empty] == [1, 1]
    assert not any(bar.get_facecolor()[3] for bar in empty)


def test_an_unread_outcome_leaves_the_rest_of_its_bar_hatched() -> None:
    totals = list(SUQIAN_2023.totals)
    totals[2] = None
    ax = plot("outcomes", replace(SUQIAN_2023, totals=totals))
    known = sum(bar.get_width() for bar in bars(ax) if bar.get_hatch() is None)
    (rest,) = bars(ax, "_rest")
    assert rest.get_x() == pytest.approx(known)
    assert known + rest.get_width() == pytest.approx(1)
    assert words(ax, "rest") == ["其余未填或未读到"]


def test_a_printed_total_that_is_not_the_sum_of_the_outcomes_is_noted_at_n() -> None:
    totals = list(SUQIAN_2023.totals)
    totals[-2] = 3500
    assert words(plot("outcomes", replace(SUQIAN_2023, totals=totals)), "n") == [
        "n=3,500（分项3,486）"
    ]
    totals[-2] = 0
    assert words(plot("outcomes", replace(SUQIAN_2023, totals=totals)), "empty") == [
        "原表总计0，分项3,486"
    ]


def test_another_denominator_is_named_and_needs_no_full_bar() -> None:
    handled = plot_outcomes(outcomes(tables(SUQIAN_2023), of="handled"))
    handled.get_figure(root=True).draw_without_rendering()
    assert words(handled, "n") == ["n=3,607"]
    assert "各项结果 / (新收申请 + 上年结转)" in said(handled)
    assert sum(bar.get_width() for bar in bars(handled)) == pytest.approx(3486 / 3607)
    substantive = plot_outcomes(outcomes(tables(SUQIAN_2023), of="substantive"), lang="en")
    substantive.get_figure(root=True).draw_without_rendering()
    assert not bars(substantive, "_rest")
    assert "n=2,739" in words(substantive, "n")


def test_outcomes_beyond_their_denominator_are_noted_at_n() -> None:
    totals = list(SUQIAN_2023.totals)
    totals[0] = 2000
    reports = tables(replace(SUQIAN_2023, totals=totals, received=()))
    ax = plot_outcomes(outcomes(reports, of="handled"))
    ax.get_figure(root=True).draw_without_rendering()
    assert words(ax, "n") == ["n=2,096（分项3,486）"]


def test_bodies_stand_in_the_order_of_the_frame_with_their_years_together() -> None:
    ax = plot("outcomes", SUQIAN_2024, HONGZE_2023, SUQIAN_2023)
    assert rows(ax) == ["2023", "2024", "2023"]
    assert words(ax, "n") == ["n=3,486", "n=3,521", "n=21"]


# Disputes.


def test_each_route_is_one_bar_of_its_results() -> None:
    ax = plot("disputes", SUQIAN_2023)
    assert rows(ax) == ["行政复议", "未经复议直接起诉", "复议后起诉"]
    assert [bar.get_width() for bar in bars(ax, "upheld")] == [309, 1, 13]
    assert [bar.get_width() for bar in bars(ax, "pending")] == [26, 6, 9]
    assert words(ax, "sum") == ["440", "24", "89"]


def test_a_printed_total_that_its_parts_contradict_stands_behind_the_sum() -> None:
    assert words(plot("disputes", HONGZE_2023), "sum") == ["11（原表0）", "0", "5（原表0）"]
    assert words(plot("disputes", HONGZE_2023, lang="en"), "sum")[0] == "11 (printed 0)"


def test_a_rate_shows_its_fraction_and_per_cent_only_from_thirty_cases() -> None:
    ax = plot("disputes", SUQIAN_2024)
    assert words(ax, "rate") == [
        "18/134 = 13.4%（8.7%–20.2%）",
        "0/18",
        "0/39 = 0.0%（0.0%–9.0%）",
    ]
    assert "结果纠正 / (结果维持 + 结果纠正 + 其他结果)" in said(ax)


def test_unread_results_are_said_beside_what_was_read() -> None:
    partly = replace(drawn("某厅", 2019, 60), blocks=((5, None, None, 2, 7), *[[None] * 5] * 2))
    ax = plot("disputes", partly)
    assert words(ax, "sum") == ["原表总计7，分项未全", "未填或未读到", "未填或未读到"]
    assert not words(ax, "rate")


def test_bodies_and_years_are_named_once_for_their_three_routes() -> None:
    ax = plot("disputes", SUQIAN_2023, SUQIAN_2024, HUAIAN_2024)
    names = ["宿迁市人民政府 2023", "宿迁市人民政府 2024", "淮安市人民政府 2024"]
    assert [w for w in words(ax) if w in names] == names
    assert len(rows(ax)) == 9


def test_of_sixty_bodies_those_with_most_cases_are_drawn() -> None:
    reports = many(60)
    ax = plot("disputes", *reports)
    assert len(rows(ax)) == 48
    most = sorted(reports, key=lambda r: -(r.blocks[0][-1] or 0))[:16]
    assert {word for word in words(ax) if word.startswith("测试")} == {r.agency for r in most}
    assert "另有44个机关未画（按案件数只画前16个）" in said(ax)


# All charts.


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(("lang", "text"), [("zh", "没有可画的数据"), ("en", "nothing to draw")])
def test_without_data_a_chart_says_that_there_is_nothing_to_draw(
    name: str, lang: str, text: str
) -> None:
    unread = replace(SUQIAN_2023, totals=[None] * 25, received=(), blocks=[[None] * 5] * 3)
    assert words(plot(name, lang=lang), "nothing") == [text]
    assert words(plot(name, unread, lang=lang), "nothing")[0].startswith(text)


@pytest.mark.parametrize("name", CHARTS)
def test_all_zeros_are_drawn_as_zeros(name: str) -> None:
    for reports in ([drawn("零局", 2024, 0)], [drawn("零局", y, 0) for y in (2022, 2023, 2024)]):
        ax = plot(name, *reports)
        assert not words(ax, "nothing")
        assert any(word in ("0", "无申请可计") for word in words(ax))


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_footnote_gives_formula_reports_and_source(name: str, lang: str) -> None:
    ax = plot(name, *PUBLISHED, lang=lang)
    (note,) = words(ax, "note")
    start, count = (
        ("口径：", "n=4份报告，3个机关") if lang == "zh" else ("Measure: ", "n = 4; bodies: 3")
    )
    assert note.startswith(start)
    assert count in note
    assert ("年度报告“" if lang == "zh" else "annual reports") in note


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_agency_name_in_two_districts_is_two_bodies(name: str) -> None:
    two = [
        replace(drawn("朝阳区科技局", 2024, 40 + n), district=d, report=f"r{n}")
        for n, d in enumerate(("北京市朝阳区", "长春市朝阳区"))
    ]
    text = said(plot(name, *two))
    assert "朝阳区科技局（北京市朝阳区）" in text
    assert "朝阳区科技局（长春市朝阳区）" in text


@pytest.mark.parametrize("name", CHARTS)
def test_two_reports_of_one_body_and_year_are_both_drawn_under_their_ids(name: str) -> None:
    two = [replace(drawn("某局", 2024, 40 + n), report=f"r{n}") for n in (1, 2)]
    text = said(plot(name, *two))
    assert "某局〔r1〕" in text
    assert "某局〔r2〕" in text


@pytest.mark.parametrize("name", CHARTS)
def test_a_wrong_frame_or_language_is_refused(name: str) -> None:
    measure, draw = CHARTS[name]
    frame = measure(tables(SUQIAN_2023))
    with pytest.raises(InputError, match=rf"no column formula.*gx\.{name}"):
        draw(frame.drop(columns="formula"))
    with pytest.raises(InputError, match=r"lang is 'fr'\. Possible: zh, en"):
        draw(frame, lang="fr")


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_leaves_its_frame_as_it_was(name: str) -> None:
    measure, draw = CHARTS[name]
    frame = measure(tables(*PUBLISHED))
    before = frame.copy()
    draw(frame)
    pd.testing.assert_frame_equal(frame, before)


LONG = "虚构维吾尔自治区测试哈萨克自治州某某经济技术开发区第{:02d}管理委员会办公室"
YEARS = (2022, 2023, 2024)
CORPORA: dict[str, list[Published]] = {
    "one report": [SUQIAN_2024],
    "one body": PINGTAN,
    "published": [*PUBLISHED, *PINGTAN],
    "five, three years": many(5, 2022, 2023, 2024),
    "sixteen": many(16),
    "sixty": many(60),
    "ends that meet": [drawn(f"{b}县", y, 20 + n) for n, b in enumerate("甲乙丙丁") for y in YEARS],
    "ends that meet below": [
        *(drawn("甲市", y, 150) for y in YEARS),
        *(drawn(f"{b}县", y, 10 + n) for n, b in enumerate("乙丙丁") for y in YEARS),
    ],
    "long names": many(5, name=LONG),
    "long names, years": many(4, 2021, 2022, 2024, name=LONG),
}
ENGLISH = [(corpus, "en") for corpus in ("one report", "published", "sixteen")]


@pytest.mark.parametrize(("corpus", "lang"), [*((c, "zh") for c in CORPORA), *ENGLISH])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_touches_another_or_leaves_the_figure(name: str, corpus: str, lang: str) -> None:
    ax = plot(name, *CORPORA[corpus], lang=lang)
    assert outside(ax) == []
    assert touching(ax) == []


@pytest.mark.parametrize(("near", "top"), [(8, 150), (1000, 1004)])
def test_names_moved_apart_stay_beside_the_chart(near: int, top: int) -> None:
    ends = [drawn(f"{b}县", y, near + n) for n, b in enumerate("甲乙丙丁戊") for y in YEARS]
    ax = plot("volumes", *ends, *(drawn("己市", y, top) for y in YEARS))
    names = [box(text) for text in texts(ax) if text.get_gid() == "end"]
    assert len(names) == 6
    assert all(ax.bbox.y0 - 10 <= b.y0 and b.y1 <= ax.bbox.y1 + 15 for b in names)
    assert not any(a.overlaps(b) for a, b in combinations(names, 2))


@pytest.mark.parametrize("name", CHARTS)
def test_a_given_axes_is_drawn_on_and_decides_how_many_rows_there_are(name: str) -> None:
    _, ax = pyplot.subplots(figsize=(8, 3))
    assert plot(name, *many(60), ax=ax) is ax
    assert len(rows(ax)) < 20
    assert "未画" in said(ax)


# Fonts, and the settings of the user.


def test_the_bundled_font_comes_without_importing_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("zhplot", reason="zhplot is not installed")
    for module in [module for module in sys.modules if module.split(".")[0] == "zhplot"]:
        monkeypatch.delitem(sys.modules, module)
    style.families.cache_clear()
    assert style.families()[0] == "Noto Sans SC"
    assert style.families()[-1] == "DejaVu Sans"
    assert "zhplot" not in sys.modules


def test_without_the_package_an_installed_font_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style, "find_spec", lambda name: None)
    monkeypatch.setattr(style, "SYSTEM_FONTS", ("No Such Font", "STIXGeneral"))
    style.families.cache_clear()
    assert style.families() == ("STIXGeneral", "DejaVu Sans")
    style.families.cache_clear()


def test_without_any_chinese_font_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(style, "find_spec", lambda name: None)
    monkeypatch.setattr(style, "SYSTEM_FONTS", ("No Such Font",))
    style.families.cache_clear()
    with pytest.raises(MissingExtraError, match="pip install zhplot") as error:
        plot("volumes", SUQIAN_2023)
    assert "\n" not in str(error.value)
    style.families.cache_clear()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_changes_no_setting_of_the_user(name: str, tmp_path: Path) -> None:
    with mpl.rc_context({"font.family": ["monospace"], "text.parse_math": True}):
        before = dict(mpl.rcParams)
        save_figure(plot(name, SUQIAN_2023), tmp_path / "chart.svg")
        assert dict(mpl.rcParams) == before
        assert pyplot.figure().text(0, 0, "x").get_fontfamily() == ["monospace"]


@pytest.mark.parametrize("name", CHARTS)
def test_every_text_keeps_its_font_on_an_axes_made_under_other_settings(name: str) -> None:
    _, ax = pyplot.subplots()
    plot(name, *PUBLISHED, ax=ax)
    assert {tuple(text.get_fontfamily()) for text in texts(ax)} == {style.families()}


@pytest.mark.parametrize("name", CHARTS)
def test_a_dollar_in_a_name_is_a_character_and_not_a_formula(name: str) -> None:
    for reports in (
        [drawn("甲$x^2$局", 2024, 50)],
        [drawn(f"甲$x^2$局{i}", 2024, 50) for i in "ab"],
    ):
        _, given_before = pyplot.subplots()
        ax = plot(name, *reports, ax=given_before)
        assert "甲$x^2$局" in said(ax)
        assert not any("$" in t.get_text() and t.get_parse_math() for t in ax.findobj(Text))


def test_a_character_that_no_font_has_is_not_drawn_in_silence() -> None:
    with pytest.raises(UserWarning, match="missing from font"):
        plot("volumes", drawn("私用\ue123区", 2024, 5), drawn("某区", 2024, 6))


def lightness(colour: str) -> float:
    """CIE L* of a colour: what a grey print keeps of it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16


@pytest.mark.parametrize("palette", [style.OUTCOME_COLOURS, style.RESULT_COLOURS])
def test_neighbours_in_a_stack_stay_apart_in_grey_print(palette: dict[str, str]) -> None:
    grey = [lightness(colour) for colour in palette.values()]
    assert min(abs(a - b) for a, b in pairwise(grey)) > 12


@pytest.mark.parametrize(
    "colour", [*style.OUTCOME_COLOURS.values(), *style.RESULT_COLOURS.values()]
)
def test_the_text_on_a_fill_can_be_read(colour: str) -> None:
    def luminance(c: str) -> float:
        return ((lightness(c) + 16) / 116) ** 3

    light, dark = sorted((luminance(colour), luminance(style.ink_on(colour))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# Words.


def test_formulas_are_said_with_the_labels_of_the_form() -> None:
    review = "corrected / (upheld + corrected + other)"
    assert formula_text([review], "zh", "result") == "结果纠正 / (结果维持 + 结果纠正 + 其他结果)"
    assert formula_text(["granted / concluded"], "en", "outcome") == "disclosed / concluded, total"
    several = ["granted / concluded", "denied / concluded"]
    assert formula_text(several, "zh", "outcome") == "各项结果 / 办结总计"


def test_a_long_name_is_wrapped_and_then_shortened_so_that_its_ends_stay() -> None:
    name = LONG.format(7)
    assert wrap(name, 200, 9).replace("\n", "") == name
    assert all(text_width(line, 9) <= 200 for line in wrap(name, 200, 9).split("\n"))
    two = wrap(name, 150, 9, lines=2).split("\n")
    assert len(two) == 2
    assert name.startswith(two[0])
    assert two[1].startswith("…")
    assert name.endswith(two[1][1:])
    one = wrap(name, 150, 9, lines=1)
    assert one.startswith("虚构")
    assert one.endswith("办公室")


# Files.


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".PNG"])
def test_the_same_chart_is_saved_as_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    first = save_figure(plot("outcomes", SUQIAN_2023).figure, tmp_path / f"new/folder/a{suffix}")
    second = save_figure(plot("outcomes", SUQIAN_2023).figure, tmp_path / f"b{suffix}")
    assert first == tmp_path / f"new/folder/a{suffix}"
    assert first.read_bytes() == second.read_bytes()


def test_a_saved_picture_has_300_dots_an_inch(tmp_path: Path) -> None:
    ax = plot("volumes", SUQIAN_2023)
    picture = pyplot.imread(save_figure(ax, tmp_path / "a.png"))
    assert picture.shape[1] == round(300 * ax.figure.get_figwidth())


def test_an_svg_holds_its_letters_as_outlines_and_no_date(tmp_path: Path) -> None:
    text = save_figure(plot("volumes", SUQIAN_2023), tmp_path / "a.svg").read_text()
    assert "<text" not in text
    assert "<path" in text
    assert "<dc:date>" not in text


def test_a_pdf_brings_its_font_and_no_date(tmp_path: Path) -> None:
    content = save_figure(plot("volumes", SUQIAN_2023), tmp_path / "a.pdf").read_bytes()
    assert b"/FontFile2" in content
    assert b"CreationDate" not in content


def test_labels_beside_an_axes_without_a_layout_are_not_cut_off(tmp_path: Path) -> None:
    figure, ax = pyplot.subplots(figsize=(6, 3))
    plot("outcomes", *PUBLISHED, ax=ax)
    width = pyplot.imread(save_figure(figure, tmp_path / "a.png")).shape[1] / 300
    figure.draw_without_rendering()
    edges = [box(text) for text in texts(ax)]
    needed = (max(b.x1 for b in edges) - min(b.x0 for b in edges)) / figure.dpi
    assert width >= needed


@pytest.mark.parametrize("name", ["chart.docx", "chart"])
def test_another_suffix_is_refused_with_the_possible_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Possible: \.png, \.svg, \.pdf"):
        save_figure(plot("volumes", SUQIAN_2023), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"cannot be written: .*\(.*file.a\.png\)"):
        save_figure(plot("volumes", SUQIAN_2023), tmp_path / "file/a.png")
