"""What the charts of measures promise, asked of their artists: marks, gaps, breaks, words, room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("Agg")

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import gxtools as gx
from gxtools.charts import style
from gxtools.charts.measured import Topic
from gxtools.errors import InputError
from gxtools.measures import find, measures
from gxtools.reports import Reports
from tests.artists import bars, outside, page_of, row_labels, rows, said, texts, touching, words
from tests.drawn_measures import counted, reports_of
from tests.published import HONGZE_2023, HUAIAN_2024, SUQIAN_2023, SUQIAN_2024, Published

LONG = "虚构维吾尔自治区测试哈萨克自治州某某经济技术开发区第{:02d}管理委员会办公室"
PINGTAN = "平潭综合实验区管委会"
VOLUMES = [(2014, 1, "local_fujian"), (2016, 0, "local_fujian"), (2019, 23, "2019")] + [
    (year, n, "2021") for year, n in zip(range(2021, 2026), (70, 74, 81, 218, 154), strict=True)
]
DISCLOSED = {2014: (1, 1), 2016: (0, 0), 2019: (8, 23), 2021: (35, 69), 2022: (30, 75)}
DISCLOSED |= {2023: (42, 81), 2024: (100, 218), 2025: (71, 148)}


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    yield
    pyplot.close("all")


def shown(chart: Any) -> Any:
    page_of(chart).draw_without_rendering()
    return chart


def report(name: str, year: int, n: int, disclosed: float) -> Published:
    """A report of an invented body whose table adds up."""
    granted = int(n * disclosed)
    rest = n - granted - n // 20
    outcomes = [granted, n // 20, *[rest // 20] * 8, rest // 4, 0, 0, rest // 10, *[0] * 6]
    outcomes.append(n - sum(outcomes))
    cases = ((n // 9, n // 30, n // 40, n // 50), (n // 40, n // 90, 0, 1), (n // 60, 0, 0, 0))
    blocks = [[*block, sum(block)] for block in cases]
    received = (n - n // 25 - n // 50, n // 25, n // 50, 0, 0, 0, n)
    totals = (n, 0, *outcomes, n, 0)
    return Published(f"{name}-{year}", name, year, totals, blocks, received)


@cache
def corpus(count: int, *years: int, name: str = "测试{:02d}区人民政府") -> Reports:
    """Reports of invented bodies of very different size, every fifth under thirty applications."""
    return reports_of(*(
        report(name.format(i), year, 8 + (i * i * 37 + year * 3) % 1500 if i % 5 else 9 + i % 20,
               0.25 + (i * 7 + year) % 10 / 20)
        for i in range(count)
        for year in years or (2024,)
    ))  # fmt: skip


def series(
    figures: list[tuple[int, Any, str]], measure: str, agency: str = PINGTAN
) -> pd.DataFrame:
    """The frame of a measure of one body from (year, figure or fraction, edition)."""
    parts = []
    for year, value, edition in figures:
        k, n = value if isinstance(value, tuple) else (value, None)
        parts.append(counted([(agency, k, n)], measure, year, edition=edition))
    return pd.concat(parts, ignore_index=True)


def received(lang: str = "zh") -> pd.DataFrame:
    return gx.trend(series(VOLUMES, "new_applications"), lang=lang)


def disclosed(lang: str = "zh") -> pd.DataFrame:
    figures = [(year, DISCLOSED[year], edition) for year, _, edition in VOLUMES]
    return gx.trend(series(figures, "disclosure_rate"), lang=lang)


def points(line: Any) -> dict[float, float]:
    return dict(zip(line.get_xdata(), line.get_ydata(), strict=True))


def line_of(ax: Axes, name: str) -> Any:
    (found,) = (line for line in ax.lines if line.get_label() == name)
    return found


# Series.


def test_a_long_series_joins_what_is_comparable_and_leaves_missing_years_open() -> None:
    ax = shown(gx.plot_trend(received()))
    drawn = points(line_of(ax, PINGTAN))
    gaps = {year for year, value in drawn.items() if pd.isna(value)}
    assert gaps == {2015, 2017, 2018, 2020}
    assert [drawn[year] for year, *_ in VOLUMES] == [1, 0, 23, 70, 74, 81, 218, 154]
    assert sorted(words(ax, "value"), key=int) == ["0", "1", "23", "70", "74", "81", "154", "218"]
    assert "不连线的缺口" in said(ax)


def test_a_form_that_changes_without_a_break_is_a_thin_mark_with_its_name() -> None:
    ax = shown(gx.plot_trend(received()))
    marks = [line for line in ax.lines if line.get_gid() == "edition"]
    assert [line.get_xdata()[0] for line in marks] == [2018.5, 2020.5]
    assert sorted(words(ax, "form")) == ["2019版", "2021版"]
    assert not [line for line in ax.lines if line.get_gid() == "break"]
    assert "2014–2016" in said(ax)


def test_a_break_cuts_the_line_and_says_from_which_year_on_which_form_and_why() -> None:
    figures = [(2018, (10, 40), "local_fujian"), (2019, (20, 40), "2019"), (2020, (9, 40), "2019")]
    frame = gx.trend(series(figures, "disclosure_rate"))
    ax = shown(gx.plot_trend(frame))
    drawn = points(line_of(ax, PINGTAN))
    assert pd.isna(drawn[2018.5])
    assert 2019.5 not in drawn
    (mark,) = (line for line in ax.lines if line.get_gid() == "break")
    assert mark.get_xdata()[0] == 2018.5
    assert words(ax, "form") == ["断点：2019版"]
    why = frame.loc[frame["year"] == 2019, "why"].iloc[0]
    assert f"断点2019年起（2019版，B）：{why}。" in said(ax)


def test_a_break_of_one_body_among_others_stays_at_its_own_line() -> None:
    own = series([(2018, (10, 40), "local_fujian"), (2019, (20, 40), "2019")], "disclosure_rate")
    other = series([(2018, (9, 40), "2019"), (2019, (9, 40), "2019")], "disclosure_rate", "甲县")
    ax = shown(gx.plot_trend(gx.trend(pd.concat([own, other], ignore_index=True))))
    (mark,) = (line for line in ax.lines if line.get_gid() == "break")
    assert list(mark.get_xdata()) == [2018.5]
    assert list(mark.get_ydata()) == pytest.approx([0.375])
    assert not words(ax, "form")


def test_a_rate_of_few_cases_is_hollow_grey_and_a_fraction() -> None:
    ax = shown(gx.plot_trend(disclosed()))
    hollow = line_of(ax, "_few")
    assert list(hollow.get_xdata()) == [2014, 2019]
    assert hollow.get_markerfacecolor() == "white"
    assert to_rgb(hollow.get_markeredgecolor()) == to_rgb(style.GREY)
    assert {"1/1", "8/23", "50.7%"} <= set(words(ax, "value"))
    assert "51" not in "".join(words(ax, "value")).replace("51.9%", "")


def test_a_rate_has_its_interval_and_a_scale_that_stops_at_a_hundred() -> None:
    frame = disclosed()
    ax = shown(gx.plot_trend(frame))
    (uprights,) = ax.collections
    ends = [end for path in uprights.get_paths() for end in path.vertices[:, 1]]
    known = frame[frame["value"].notna()]
    assert ends == pytest.approx(known[["low", "high"]].to_numpy(float).ravel().tolist())
    assert [tick for tick in ax.get_yticks() if tick > 1] == []


def test_of_many_bodies_six_are_named_and_the_others_grey() -> None:
    ax = shown(gx.plot_trend(gx.trend(gx.measure(corpus(16, 2022, 2023), "new_applications"))))
    assert len(words(ax, "end")) == 6
    colours = [to_rgb(line.get_color()) for line in ax.lines]
    assert colours.count(to_rgb("#BBBBBB")) == 10
    assert "其余10个机关" in said(ax)


def test_small_multiples_have_a_panel_a_body_over_the_same_years() -> None:
    frame = gx.trend(gx.measure(corpus(5, 2021, 2022, 2024), "disclosure_rate"))
    figure = shown(gx.plot_trends(frame))
    panels = [ax for ax in figure.axes if ax.axison]
    assert len(panels) == 5
    assert len({ax.get_xlim() for ax in panels}) == len({ax.get_ylim() for ax in panels}) == 1
    assert sorted(words(figure, "body")) == sorted(frame["agency"].unique())
    for ax in panels:
        assert pd.isna(points(ax.lines[0])[2023])


def test_counts_of_very_different_size_have_their_own_scales_and_the_chart_says_so() -> None:
    frame = gx.trend(gx.measure(corpus(16, 2023, 2024), "new_applications"))
    figure = shown(gx.plot_trends(frame))
    panels = [ax for ax in figure.axes if ax.axison]
    assert len({ax.get_ylim() for ax in panels}) > 5
    assert "各图纵轴不同" in said(figure)


def test_of_sixty_bodies_the_largest_twenty_four_have_a_panel() -> None:
    figure = shown(gx.plot_trends(gx.trend(gx.measure(corpus(60, 2024), "new_applications"))))
    assert len([ax for ax in figure.axes if ax.axison]) == 24
    assert "另有36个机关未画" in said(figure)


# Rankings, funnels, changes.


def rates(*pairs: tuple[int, int], measure: str = "disclosure_rate") -> pd.DataFrame:
    return counted([(f"{chr(0x7532 + i)}区", k, n) for i, (k, n) in enumerate(pairs)], measure)


def test_a_ranking_shows_dots_with_intervals_fractions_and_ranges_of_places() -> None:
    frame = gx.rank(rates((90, 100), (50, 100), (48, 100), (3, 7)))
    ax = shown(gx.plot_ranking(frame))
    dots = [line for line in ax.lines if line.get_label() == "_dot"]
    assert [float(x) for line in dots for x in line.get_xdata()] == [0.9, 0.5, 0.48]
    ends = [
        x for drawn in ax.collections for path in drawn.get_paths() for x in path.vertices[:, 0]
    ]
    known = frame.sort_values("value", ascending=False)
    known = pd.concat([known[~known["apart"]], known[known["apart"]]])
    assert ends == pytest.approx(known[["low", "high"]].to_numpy(float).ravel().tolist())
    assert words(ax, "figure")[0] == "90.0%  90/100   第1"
    assert words(ax, "figure")[1] == "50.0%  50/100   第2（2–3）"


def test_few_cases_stand_apart_grey_and_unranked_however_high_their_rate() -> None:
    ax = shown(gx.plot_ranking(gx.rank(rates((50, 100), (7, 7), (40, 100)))))
    assert rows(ax)[-1] == "男区" or rows(ax)[-1].endswith("区")
    assert words(ax, "figure")[-1] == "7/7"
    last = row_labels(ax)[-1]
    assert last.get_color() == style.GREY
    hollow = line_of(ax, "_few")
    assert hollow.get_markerfacecolor() == "white"
    before, last_y = (text.xy[1] for text in row_labels(ax)[-2:])
    gap = last_y - before
    assert gap > 1.5
    assert words(ax, "apart") == ["样本过小，不排位次（1个）"]


def test_counts_are_ranked_as_bars() -> None:
    frame = counted([("甲区", 5, None), ("乙区", 900, None)], "new_applications")
    ax = shown(gx.plot_ranking(gx.rank(frame)))
    assert [bar.get_width() for bar in bars(ax)] == [900, 5]
    assert words(ax, "value") == ["900", "5"]


def test_of_several_groups_one_is_ranked_and_the_chart_says_which() -> None:
    frame = pd.concat([rates((5, 50), (9, 50)), rates((4, 50), (3, 50)).assign(level="city",
                      agency=["丙市", "丁市"], report=["c", "d"])], ignore_index=True)  # fmt: skip
    ax = shown(gx.plot_ranking(gx.rank(frame), lang="en"))
    assert len(rows(ax)) == 2
    assert "Drawn: the group 2024, aggregate figures, districts; other groups not drawn: 1" in said(
        ax
    )


def test_a_funnel_draws_the_limits_of_the_groups_rate() -> None:
    frame = gx.funnel(rates((90, 100), (50, 100), (400, 800), (45, 100), (3, 7)))
    ax = shown(gx.plot_funnel(frame))
    target = float(frame["target"].iloc[0])
    upper = line_of(ax, "_upper998")
    sizes = list(upper.get_xdata())
    limits = gx.funnel_limits(target, sizes)
    assert list(upper.get_ydata()) == pytest.approx(limits["upper998"].tolist())
    assert sizes[0] <= 7 and sizes[-1] > 800
    assert words(ax, "target") == [f"全组{target:.1%}"]


def test_a_funnel_names_who_is_beyond_the_limits_and_never_the_small() -> None:
    pairs = [(50, 100)] * 8 + [(95, 100), (7, 7)]
    ax = shown(gx.plot_funnel(gx.funnel(rates(*pairs))))
    assert words(ax, "name") == [chr(0x7532 + 8) + "区"]
    assert list(line_of(ax, "_beyond998").get_xdata()) == [100]
    assert list(line_of(ax, "_few").get_xdata()) == [7]
    assert line_of(ax, "_few").get_markerfacecolor() == "white"


def test_one_body_has_no_limits_and_the_funnel_says_so() -> None:
    ax = shown(gx.plot_funnel(gx.funnel(rates((50, 100)))))
    assert "不足两个机关" in said(ax)
    assert [line.get_label() for line in ax.lines if "lower" in str(line.get_label())] == []


def two_years(a: tuple[int, int], b: tuple[int, int], edition: str = "2021") -> pd.DataFrame:
    return gx.compare(series([(2018, a, edition), (2021, b, "2021")], "disclosure_rate"))


def test_a_change_beyond_chance_is_dark_one_within_it_pale() -> None:
    for pair, name, colour in (
        (((20, 100), (60, 100)), "_sure", style.INK),
        (((48, 100), (50, 100)), "_pale", "#B5B5B5"),
    ):
        ax = shown(gx.plot_change(two_years(*pair)))
        joint = line_of(ax, name)
        assert to_rgb(joint.get_color()) == to_rgb(colour)
        assert list(joint.get_xdata()) == pytest.approx([k / n for k, n in pair])
    assert words(ax, "figure") == ["48.0% → 50.0%  +2.0个百分点"]


def test_a_change_over_forms_is_dashed_and_says_why() -> None:
    frame = two_years((20, 100), (60, 100), "local_fujian")
    ax = shown(gx.plot_change(frame))
    joint = next(line for line in ax.lines if line.get_label() in ("_sure", "_pale"))
    assert joint.get_linestyle() == "--"
    assert str(frame["why"].iloc[0]) in said(ax)


def test_few_cases_in_a_year_make_a_change_grey_and_fractions() -> None:
    ax = shown(gx.plot_change(two_years((4, 9), (60, 100))))
    assert words(ax, "figure") == ["4/9 → 60/100"]
    assert row_labels(ax)[0].get_color() == style.GREY
    assert [line for line in ax.lines if line.get_label() == "_sure"] == []


def test_a_year_without_a_figure_has_no_dot_and_no_line() -> None:
    frame = series([(2023, (40, 100), "2021")], "disclosure_rate")
    ax = shown(gx.plot_change(gx.compare(frame, years=(2023, 2024))))
    assert words(ax, "figure") == ["40.0% → 2024年无数"]
    assert [line.get_label() for line in ax.lines] == ["_a"]


# Heat maps, reasons, applicants, flows.


class Square(NamedTuple):
    """A cell of a heat map as it is drawn."""

    colour: tuple[float, ...]
    hatch: str | None


def squares(ax: Axes, gid: str) -> list[Square]:
    """The cells of one kind."""
    found = [drawn for drawn in ax.collections if drawn.get_gid() == gid]
    return [
        Square(tuple(colour[:3]), drawn.get_hatch())
        for drawn in found
        for _, colour in zip(drawn.get_paths(), drawn.get_facecolor(), strict=True)
    ]


def test_a_heat_map_prints_every_figure_and_hatches_what_is_blank() -> None:
    ax = shown(gx.plot_heatmap(disclosed()))
    assert len(squares(ax, "cell")) == 5
    assert len(squares(ax, "few")) == 2
    assert len(squares(ax, "zero")) == 1
    blank = squares(ax, "blank")
    assert len(blank) == 4
    assert {square.hatch for square in blank} == {"////"}
    assert {"1/1", "–", "8/23"} <= set(words(ax, "value"))
    assert [line.get_gid() for line in ax.lines] == ["break"]


def test_in_a_heat_map_darker_is_more_and_few_cases_are_white() -> None:
    pairs = [(10, 100), (50, 100), (90, 100), (9, 9)]
    ax = shown(gx.plot_heatmap(rates(*pairs)))
    shades = [sum(square.colour) for square in squares(ax, "cell")]
    assert shades == sorted(shades, reverse=True)
    assert len(shades) == 3
    (white,) = squares(ax, "few")
    assert white.colour == (1, 1, 1)


def test_a_measure_with_codes_has_them_as_columns() -> None:
    frame = gx.measure(reports_of(SUQIAN_2023, SUQIAN_2024), "outcome_share")
    ax = shown(gx.plot_heatmap(frame))
    heads = ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]
    assert sorted(words(ax, "head")) == sorted(heads)
    assert rows(ax) == ["2023", "2024"]
    assert len(squares(ax, "cell")) == 12


def test_reasons_are_bars_of_their_share_with_the_count() -> None:
    frame = gx.measure(reports_of(HUAIAN_2024), "denial_reasons")
    ax = shown(gx.plot_denials(frame))
    widths = [bar.get_width() for bar in bars(ax)]
    shares = frame["value"].astype(float).tolist()
    scale = max(widths) / max(shares)
    assert widths == pytest.approx([share * scale for share in shares])
    assert words(ax, "value")[-1] == "59.0%（105件）"
    assert rows(ax)[0] == "国家秘密"


def test_reasons_of_few_cases_are_grey_counts() -> None:
    ax = shown(gx.plot_denials(gx.measure(reports_of(HONGZE_2023), "denial_reasons")))
    assert {to_rgb(bar.get_facecolor()[:3]) for bar in bars(ax)} == {to_rgb("#BDBDBD")}
    assert set(words(ax, "value")) == {"0件", "1件"}


def test_applicants_are_shares_of_what_was_received() -> None:
    frame = gx.applicants(reports_of(SUQIAN_2023))
    ax = shown(gx.plot_applicants(frame, lang="en"))
    assert [bar.get_width() for bar in bars(ax)] == pytest.approx(frame["share"].tolist())
    assert words(ax, "n") == ["n=3,511"]
    assert "each kind of applicant / received in the year" in said(ax)


def patches(ax: Axes, gid: str) -> list[Any]:
    return [patch for patch in ax.patches if patch.get_gid() == gid]


def test_the_flow_of_a_year_is_drawn_to_scale() -> None:
    ax = shown(gx.plot_flow(gx.volumes(reports_of(SUQIAN_2023))))
    heights = {code: patches(ax, code)[0].get_height()
               for code in ("received", "carried_in", "concluded", "carried_out")}  # fmt: skip
    assert heights["received"] / heights["carried_in"] == pytest.approx(3511 / 96)
    assert heights["received"] + heights["carried_in"] == pytest.approx(
        heights["concluded"] + heights["carried_out"]
    )
    assert words(ax, "handled") == ["收办合计3,607"]
    assert not words(ax, "gap")


def test_a_flow_that_does_not_balance_is_drawn_as_printed_and_says_by_how_much() -> None:
    frame = gx.volumes(reports_of(SUQIAN_2023))
    frame["concluded"] -= 100
    ax = shown(gx.plot_flow(frame))
    assert words(ax, "gap") == ["两边相差100"]
    assert "不作修正" in said(ax)


def test_a_flow_figure_that_is_not_known_is_hatched_and_of_one_report_only() -> None:
    frame = gx.volumes(reports_of(SUQIAN_2023))
    frame.loc[0, "carried_in"] = pd.NA
    ax = shown(gx.plot_flow(frame))
    assert patches(ax, "carried_in")[0].get_hatch() == "////"
    assert "上年结转\n未填或未读到" in words(ax, "part")
    with pytest.raises(InputError, match="2 reports"):
        gx.plot_flow(gx.volumes(reports_of(SUQIAN_2023, SUQIAN_2024)))


# The portrait.


def portrait(reports: Reports, agency: str, lang: str = "zh") -> Figure:
    rate = gx.measure(reports, ["disclosure_rate", "denial_rate"])
    return gx.plot_portrait(
        agency,
        trend=gx.trend(gx.measure(reports, "new_applications"), lang=lang),
        outcomes=gx.outcomes(reports),
        disputes=gx.disputes(reports),
        checks=gx.check(reports),
        places=gx.compare(rate, by="district", lang=lang),
        lang=lang,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_portrait_has_five_panels_and_its_notes_at_the_foot(lang: str) -> None:
    figure = shown(portrait(corpus(5, 2022, 2024), "测试01区人民政府", lang))
    assert len(figure.axes) == 5
    (note,) = words(figure, "note")
    for number in "①②③④⑤":
        assert number in note
    assert outside(figure) == []
    assert touching(figure) == []


def test_a_portrait_places_the_body_among_its_group() -> None:
    reports = corpus(5, 2022, 2024)
    agency = "测试01区人民政府"
    figure = shown(portrait(reports, agency))
    frame = gx.compare(gx.measure(reports, "disclosure_rate"), by="district")
    own = frame[(frame["agency"] == agency) & (frame["year"] == 2024)].iloc[0]
    told = " ".join(words(figure, "place")).replace("\n", "")
    assert f"公开率 {own['value']:.1%}" in told
    assert f"第{own['rank']}/{own['ranked']}" in told
    with pytest.raises(InputError, match="no frame holds '无此区'"):
        portrait(reports, "无此区")


# All of them.


def ranked(reports: Reports, lang: str) -> Any:
    return gx.plot_ranking(gx.compare(of(reports, "disclosure_rate"), by="district"), lang=lang)


def of(reports: Reports, id: str) -> pd.DataFrame:
    return gx.measure(reports, id)


DRAWN: dict[str, Callable[[Reports, str], Any]] = {
    "trend": lambda r, g: gx.plot_trend(gx.trend(of(r, "disclosure_rate"), lang=g), lang=g),
    "trends": lambda r, g: gx.plot_trends(gx.trend(of(r, "new_applications"), lang=g), lang=g),
    "ranking": ranked,
    "counts": lambda r, g: gx.plot_ranking(gx.rank(of(r, "new_applications")), lang=g),
    "funnel": lambda r, g: gx.plot_funnel(gx.funnel(of(r, "disclosure_rate")), lang=g),
    "change": lambda r, g: gx.plot_change(gx.compare(of(r, "disclosure_rate")), lang=g),
    "years": lambda r, g: gx.plot_heatmap(gx.trend(of(r, "carry_rate")), lang=g),
    "codes": lambda r, g: gx.plot_heatmap(of(r, "denial_reasons"), lang=g),
    "denials": lambda r, g: gx.plot_denials(of(r, "denial_reasons"), lang=g),
    "applicants": lambda r, g: gx.plot_applicants(gx.applicants(r), lang=g),
    "coverage": lambda r, g: gx.plot_coverage(gx.coverage(r, lang=g), lang=g),
}
CORPORA: dict[str, tuple[Callable[[], Reports], str]] = {
    "one body, English": (lambda: corpus(1, 2022, 2024), "en"),
    "five, long names": (lambda: corpus(5, 2022, 2024, name=LONG), "zh"),
    "sixteen, English": (lambda: corpus(16, 2023, 2024), "en"),
    "sixty": (lambda: corpus(60, 2024), "zh"),
    "all zeros": (lambda: reports_of(*(report("零局", y, 0, 0) for y in (2023, 2024))), "zh"),
}


@pytest.mark.parametrize("size", CORPORA)
@pytest.mark.parametrize("name", DRAWN)
def test_texts_stand_apart_on_the_page_and_name_formula_number_and_source(
    name: str, size: str
) -> None:
    made, lang = CORPORA[size]
    chart = shown(DRAWN[name](made(), lang))
    assert outside(chart) == []
    assert touching(chart) == []
    assert {tuple(text.get_fontfamily()) for text in texts(chart)} == {style.families()}
    if name != "coverage" and not words(chart, "nothing"):
        (note,) = words(chart, "note")
        start, count = ("口径：", "n=") if lang == "zh" else ("Measure: ", "Reports: n = ")
        assert note.startswith(start)
        assert count in note


@pytest.mark.parametrize("name", DRAWN)
def test_without_a_figure_a_chart_says_that_there_is_nothing_to_draw(name: str) -> None:
    nothing = reports_of(Published("leer", "空局", 2024, [None] * 25, [[None] * 5] * 3))
    chart = shown(DRAWN[name](nothing, "zh"))
    expected = "报告覆盖情况" if name == "coverage" else "没有可画的数据"
    assert expected in said(chart)


@pytest.mark.parametrize("name", ["trend", "trends", "ranking", "funnel", "change", "codes"])
def test_a_rate_over_nought_is_not_said_to_be_unread(name: str) -> None:
    zeros = reports_of(*(report("零局", year, 0, 0) for year in (2023, 2024)))
    if name == "trends":
        chart = shown(gx.plot_trends(gx.trend(of(zeros, "disclosure_rate"))))
    else:
        chart = shown(DRAWN[name](zeros, "zh"))
    (text,) = words(chart, "nothing")
    assert "分母均为零" in text
    assert "未读到" not in text


def test_a_measure_too_many_is_refused_and_the_advice_says_how_to_keep_one() -> None:
    frame = gx.measure(corpus(5, 2023, 2024), ["disclosure_rate", "denial_rate"])
    for draw in (lambda: gx.plot_trend(gx.trend(frame)), lambda: gx.plot_heatmap(frame)):
        with pytest.raises(InputError, match=r"2 measures.*== 'disclosure_rate'"):
            draw()


def test_a_figure_resting_on_a_contradicted_total_is_marked() -> None:
    frame = rates((50, 100), (40, 100)).assign(basis=["contradicted", "printed"])
    frame["basis"] = frame["basis"].astype("string")
    ax = shown(gx.plot_ranking(gx.rank(frame)))
    assert [text.endswith("※") for text in words(ax, "figure")] == [True, False]
    assert "※所依原表合计与分项之和不符" in said(ax)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_measure_of_the_dictionary_can_be_named_on_a_chart(lang: str) -> None:
    for id in measures()["id"]:
        measure = find(id)
        frame = counted([("甲区", 40, 100)], id).assign(body="甲区")
        for code in measure.codes():
            about = Topic(measure, code, lang)
            assert about.name + about.unit_note
            formula, number, caveat = about.sentences(frame)
            assert about.name in formula
            assert ("n=1份报告，1个机关" if lang == "zh" else "n = 1; bodies: 1") in number
            assert caveat
