"""The explorer without a browser: a choice gives table, chart, formula, messages and code."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.text import Text
from PIL import Image

import gxtools as gx
from gxtools import charts
from gxtools.charts.lettering import text_width
from gxtools.charts.screen import screen_png
from gxtools.errors import InputError
from gxtools.explorer import Choice, Model, name_in_notebook
from gxtools.explorer.bodies import MOST_LISTED, Bodies
from gxtools.explorer.chart_list import chart_list
from gxtools.explorer.display import cells_behind, shown
from gxtools.explorer.families import families, family_of
from gxtools.explorer.files import table_bytes
from gxtools.explorer.model import MOST_BODIES
from gxtools.explorer.refusals import why
from gxtools.measures import find

from .drawn_measures import reports_of
from .published import HUAIAN_2024, SUQIAN_2023, SUQIAN_2024

HONGZE, PINGTAN = "淮安市洪泽区人民政府", "平潭综合实验区管委会"


@pytest.fixture(scope="module")
def model(samples: gx.Reports) -> Model:
    return Model(samples)


@pytest.fixture(autouse=True)
def no_figure_stays_open() -> Iterator[None]:
    yield
    pyplot.close("all")


def many(count: int) -> gx.Reports:
    """Reports of so many drawn bodies (synthetic), with one figure each."""
    names = [f"合成{number:04d}区人民政府" for number in range(count)]
    index = pd.DataFrame({"report": names, "agency": names, "year": 2024})
    index = index.reindex(columns=list(reports_of(SUQIAN_2024).index.columns))
    whole = reports_of(SUQIAN_2024)
    index = index.assign(editions=whole.index["editions"].iloc[0]).astype(whole.index.dtypes)
    one = whole.cells.query("row == 'received' and column == 'total'")
    cells = pd.concat([one] * count, ignore_index=True).assign(report=index["report"])
    return gx.Reports(index, cells, whole.sections, whole.problems)


def choice(*bodies: str, years: tuple[int, ...] = (2023, 2024), **other: Any) -> Choice:
    return Choice(tuple(bodies), years, **other)


class TestBodies:
    def test_a_body_is_found_by_any_words_of_its_name_and_place(self, model: Model) -> None:
        assert list(model.bodies.search("洪泽")["name"]) == [HONGZE]
        assert list(model.bodies.search("淮安 洪泽")["name"]) == [HONGZE]
        assert model.bodies.search("没有这个地方").empty

    def test_bodies_are_found_by_province_and_city(self, model: Model) -> None:
        index = model.reports.index
        for province in model.bodies.places("province"):
            found = model.bodies.search(province=province)["agency"]
            assert set(found) == set(index.loc[index["province"] == province, "agency"])
        assert "宿迁市" in model.bodies.places("city", "江苏省")
        assert "宿迁市" not in model.bodies.places("city", "福建省")

    def test_two_bodies_of_one_name_are_two(self) -> None:
        one = reports_of(
            replace(SUQIAN_2023, agency="朝阳区人民政府", district="北京朝阳"), division="110105"
        )
        two = reports_of(
            replace(SUQIAN_2024, agency="朝阳区人民政府", district="长春朝阳"), division="220104"
        )
        model = Model(gx.concat([one, two]))
        keys = list(model.bodies.table["key"])
        assert sorted(map(model.bodies.name, keys)) == [
            "朝阳区人民政府（北京朝阳）",
            "朝阳区人民政府（长春朝阳）",
        ]
        view = model.view(choice(keys[1]))
        assert set(view.table["district"]) == {"长春朝阳"}
        assert set(run(view.code, model)["table"]["district"]) == {"长春朝阳"}

    def test_peers_are_those_of_gx_peers(self, model: Model) -> None:
        wanted = list(gx.peers(model.reports, "宿迁市人民政府")["agency"])
        assert [model.bodies.name(key) for key in model.peers_of("宿迁市人民政府")] == wanted

    def test_what_is_selected_is_what_reports_select_gives(self, model: Model) -> None:
        mine = model.bodies.select([HONGZE, PINGTAN], [2023, 2024])
        theirs = model.reports.select(agency=[HONGZE, PINGTAN], year=[2023, 2024])
        pd.testing.assert_frame_equal(mine.index, theirs.index)
        pd.testing.assert_frame_equal(mine.cells, theirs.cells)

    def test_cells_that_do_not_stand_together_are_selected_too(self, samples: gx.Reports) -> None:
        cells = samples.cells.sort_values(["table", "row"], kind="stable", ignore_index=True)
        mixed = gx.Reports(samples.index, cells, samples.sections, samples.problems)
        mine = Bodies.of_reports(mixed).select([HONGZE], [2024])
        assert len(mine.cells) == len(samples.select(agency=HONGZE, year=2024).cells)


class TestView:
    def test_the_table_is_that_of_the_measure(self, model: Model) -> None:
        view = model.view(choice(HONGZE, PINGTAN, measure="disclosure_rate"))
        chosen = model.reports.select(agency=[HONGZE, PINGTAN], year=[2023, 2024])
        pd.testing.assert_frame_equal(view.table, gx.measure(chosen, "disclosure_rate"))
        assert (
            view.formula == "公开率 = (予以公开 + 部分公开) / 办结总计"
            or "公开率 = " in view.formula
        )
        assert find("disclosure_rate").formula(None, "zh") in view.formula

    @pytest.mark.parametrize("id", [id for id in gx.measures()["id"] if id != "per_100k"])
    def test_every_measure_has_a_chart_or_says_why_not(self, model: Model, id: str) -> None:
        view = model.view(replace(model.first(), measure=id))
        assert view.chart is not None or view.messages
        assert len(shown(view).rows) == min(len(view.table), 450)

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_both_languages_are_spoken_throughout(self, model: Model, lang: str) -> None:
        view = model.view(choice(HONGZE, PINGTAN, measure="disclosure_rate", lang=lang))
        heads = " ".join(head for _, head, _ in shown(view).columns)
        assert ("numerator" in heads) == (lang == "en") and ("分子" in heads) == (lang == "zh")
        figure = view.draw()
        assert figure is not None
        text = " ".join(t.get_text() for t in figure.findobj(pyplot.Text))  # type: ignore[attr-defined]
        assert ("公开率" in text) == (lang == "zh")

    def test_another_choice_gives_another_chart_and_table(self, model: Model) -> None:
        one = model.view(choice(HONGZE, measure="disclosure_rate"))
        two = model.view(choice(PINGTAN, measure="denial_rate"))
        assert shown(one).rows != shown(two).rows and one.code != two.code

    def test_the_table_stands_in_the_order_of_the_chosen_bodies_and_years(
        self, model: Model
    ) -> None:
        rows = shown(model.view(choice(PINGTAN, HONGZE))).rows
        assert [row[:2] for row in rows] == [
            (PINGTAN, "2023"), (PINGTAN, "2024"), (HONGZE, "2023"), (HONGZE, "2024"),
        ]  # fmt: skip


class TestMissing:
    def test_nothing_chosen_is_told(self, model: Model) -> None:
        assert model.view(choice()).messages == ["请先选机关。"]
        assert model.view(choice(HONGZE, years=())).messages == ["请先选年度。"]
        assert "没有1999年的报告" in model.view(choice(HONGZE, years=(1999,))).messages[0]
        assert model.view(choice(lang="en")).messages == ["Choose bodies first."]

    def test_a_year_without_a_report_is_named(self, model: Model) -> None:
        told = model.view(choice(HONGZE, years=(2022, 2023, 2024))).messages
        assert any(HONGZE in text and "2022" in text and "2023" not in text for text in told)

    def test_a_measure_that_the_form_does_not_have_is_told(self, model: Model) -> None:
        years = tuple(model.bodies.years([PINGTAN]))
        told = model.view(
            choice(PINGTAN, years=years, measure="normative_documents_in_force")
        ).messages
        form = next(text for text in told if "表样没有" in text)
        assert f"{PINGTAN} 2014" in form and "2021" in form

    def test_figures_that_are_all_blank_are_told_instead_of_drawn(self) -> None:
        blank = [("received", "natural_person"), ("received", "total")]
        model = Model(reports_of(replace(SUQIAN_2024, received=()), blank=blank))
        view = model.view(Choice(("宿迁市人民政府",), (2024,), "new_applications"))
        assert view.chart is None and view.draw() is None
        assert "没有可画的数" in view.messages[0]
        assert any("未填或未读到：宿迁市人民政府 2024" in text for text in view.messages)

    def test_a_rate_over_nothing_is_told_apart_from_an_unread_one(self) -> None:
        nothing = replace(HUAIAN_2024, totals=[0] * len(HUAIAN_2024.totals), received=())
        view = Model(reports_of(nothing)).view(
            Choice((HUAIAN_2024.agency,), (2024,), "disclosure_rate")
        )
        assert any("分母为0" in text for text in view.messages)

    def test_a_chart_that_would_mislead_is_refused_with_its_reason(self) -> None:
        city = reports_of(SUQIAN_2024, division="321300", level="city", scope="aggregate")
        part = reports_of(
            replace(SUQIAN_2023, report="p", agency="沭阳县人民政府", year=2024),
            division="321322", level="city", scope="aggregate",
        )  # fmt: skip
        model = Model(gx.concat([city, part]))
        wanted = choice(SUQIAN_2024.agency, "沭阳县人民政府", years=(2024,), chart="ranking")
        view = model.view(wanted)
        assert view.chart is None and any("已包含" in text for text in view.messages)

    def test_more_bodies_than_a_chart_can_bear_are_cut_and_told(self) -> None:
        model = Model(many(80))
        keys = tuple(model.bodies.table["key"])
        view = model.view(Choice(keys, (2024,)))
        assert view.choice.bodies == keys[:MOST_BODIES]
        assert f"最多选{MOST_BODIES}个" in view.messages[0]


def run(code: str, model: Model, **more: Any) -> dict[str, Any]:
    names: dict[str, Any] = {"reports": model.reports, **more}
    exec(code, names)
    return names


def drawn_texts(figure: Any) -> list[str]:
    """Every text of a figure with its place, and the ends of its lines and bars."""
    found = []
    for axes in figure.axes:
        found += [(t.get_text(), *map(float, t.get_position())) for t in axes.texts]
        found += [("line", *map(float, xy)) for line in axes.lines for xy in line.get_xydata()]
        found += [
            ("bar", p.get_x(), p.get_width()) for p in axes.patches if hasattr(p, "get_width")
        ]
    return list(map(repr, found))


def choice_for(model: Model, chart: str, lang: str = "zh") -> Choice:
    """A choice that the chart can draw."""
    entry = chart_list()[chart]
    measure = next(
        m for m in [*entry.measures, "disclosure_rate", "denial_reasons"] if entry.draws(m)
    )
    first = model.first()
    bodies, years = first.bodies[: entry.most_bodies], first.years[-entry.most_years :]
    return Choice(bodies, years, measure, chart, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chart", list(chart_list()))
def test_the_copied_code_makes_the_same_figure(model: Model, chart: str, lang: str) -> None:
    view = model.view(choice_for(model, chart, lang))
    assert view.chart is not None and view.chart.id == chart, view.messages
    again = run(view.code, model)
    pd.testing.assert_frame_equal(again["table"], view.table)
    figure, other = view.draw(), again["drawn"]
    other = other if hasattr(other, "savefig") else other.get_figure(root=True)
    assert drawn_texts(figure) == drawn_texts(other) and drawn_texts(figure)


def test_the_code_names_the_reports_as_the_notebook_does(
    samples: gx.Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = SimpleNamespace(user_ns={"_": samples, "年报": samples})
    monkeypatch.setitem(
        __import__("sys").modules, "IPython", SimpleNamespace(get_ipython=lambda: shell)
    )
    assert name_in_notebook(samples) == "年报"
    assert "chosen = 年报.select(" in Model(samples, name="年报").view(choice(HONGZE)).code
    assert name_in_notebook(gx.concat([samples])) == "reports"


def test_the_code_quotes_names_that_would_break_out_of_it() -> None:
    name = '某"区\\人民政府") #'
    model = Model(reports_of(replace(SUQIAN_2024, agency=name)))
    (key,) = model.bodies.table["key"]
    view = model.view(Choice((key,), (2024,)))
    assert set(run(view.code, model)["table"]["agency"]) == {name}


class TestFigures:
    def test_the_cells_behind_a_rate_are_those_of_its_formula(self, model: Model) -> None:
        view = model.view(choice(HONGZE, years=(2024,), measure="disclosure_rate"))
        both = cells_behind(view, 0, "value")
        assert list(both["row"]) == ["granted", "partial", "concluded"]
        assert list(cells_behind(view, 0, "denominator")["row"]) == ["concluded"]
        above = cells_behind(view, 0, "numerator")["value"].sum()
        assert above == view.table["numerator"].iloc[0]

    @pytest.mark.parametrize(
        "id",
        ["denial_rate", "outcome_share", "litigation_loss_rate", "disclosure_rate_substantive"],
    )
    def test_the_cells_behind_a_figure_are_of_its_own_report(self, model: Model, id: str) -> None:
        view = model.view(replace(model.first(), measure=id))
        for row in range(len(view.table)):
            cells = cells_behind(view, row, "denominator")
            assert set(cells["report"]) <= {view.table["report"].iloc[row]}
            entry = view.table.iloc[row]
            if (
                entry.get("basis") is not pd.NA
                and entry["basis"] == "printed"
                and "_substantive" not in id
            ):
                assert cells["value"].sum() == entry["denominator"]

    def test_a_change_rests_on_both_years(self, model: Model) -> None:
        view = model.view(choice("宿迁市人民政府", measure="yoy_received"))
        at = list(view.table["year"]).index(2024)
        assert list(cells_behind(view, at, "value")["value"]) == [3525, 3511]

    def test_a_figure_of_another_form_has_the_cells_of_that_form(self, model: Model) -> None:
        view = model.view(choice(PINGTAN, years=(2014,), measure="new_applications"))
        assert list(cells_behind(view, 0, "value")["value"]) == list(view.table["value"])


class TestLists:
    def test_every_chart_of_the_table_is_one_of_gxtools(self) -> None:
        assert all(hasattr(charts, chart.plot) for chart in chart_list().values())

    def test_measures_of_one_numerator_are_one_entry_with_its_denominators(self) -> None:
        group = [m.id for m in families()["disclosure_rate"]]
        assert group == [
            "disclosure_rate",
            "disclosure_rate_accepted",
            "disclosure_rate_substantive",
        ]
        assert family_of("disclosure_rate_accepted") == "disclosure_rate"
        listed = [m.id for members in families(True).values() for m in members]
        assert sorted(listed) == sorted(gx.measures()["id"])

    def test_a_measure_per_head_is_offered_only_with_a_population(self, tmp_path: Path) -> None:
        assert "per_100k" not in families()
        people = tmp_path / "people.csv"
        people.write_text(
            "division,year,population,source\n321300,2024,4980000,x\n", encoding="utf-8"
        )
        population = gx.read_population(people)
        model = Model(reports_of(SUQIAN_2024, division="321300"), population)
        view = model.view(Choice((SUQIAN_2024.agency,), (2024,), "per_100k"))
        assert view.table["value"].iloc[0] == pytest.approx(70.78, abs=0.01)
        again = run(view.code, model, population=population)
        pd.testing.assert_frame_equal(again["table"], view.table)


def test_a_saved_table_gives_back_its_figures_and_runs_nothing(model: Model) -> None:
    view = model.view(choice(HONGZE, measure="disclosure_rate"))
    table = view.table.assign(agency="=cmd()")
    book = openpyxl.load_workbook(io.BytesIO(table_bytes(table, "xlsx")))
    rows = list(book.active.iter_rows())  # type: ignore[union-attr]
    heads = [cell.value for cell in rows[0]]
    at = {name: heads.index(name) for name in ("agency", "numerator", "value")}
    assert rows[1][at["agency"]].data_type == "s"
    assert [row[at["numerator"]].value for row in rows[1:]] == list(table["numerator"])
    back = pd.read_csv(io.BytesIO(table_bytes(table, "csv")))
    assert set(back["agency"]) == {"'=cmd()"}
    assert list(back["value"]) == pytest.approx(list(table["value"]))


class TestPanel:
    """The widgets, without a browser."""

    @pytest.fixture
    def panel(self, model: Model, tmp_path: Path) -> Any:
        pytest.importorskip("ipywidgets")
        pytest.importorskip("anywidget")
        from gxtools.explorer.panel import Panel

        return Panel(model, choice(HONGZE, PINGTAN), str(tmp_path))

    def test_chart_table_and_formula_follow_the_measure(self, panel: Any) -> None:
        image, rows = panel.image.value, panel.table.rows
        panel.chooser.measure.value = "disclosure_rate"
        assert panel.image.value != image and panel.table.rows != rows
        assert "公开率 = " in panel.formula.value and "disclosure_rate" in panel.copy.text
        panel.chooser.over.value = "disclosure_rate_accepted"
        assert "受理口径" in panel.formula.value

    def test_bodies_are_added_and_removed(self, panel: Any) -> None:
        panel.chooser.search.value = "宿迁"
        panel.chooser.found.value = ["宿迁市人民政府"]
        assert "宿迁市人民政府" in {row[0] for row in panel.table.rows}
        panel.chooser.buttons["clear"].click()
        assert "请先选机关" in panel.told.value and not panel.table.rows
        assert panel.image.layout.display == "none"

    def test_what_is_hidden_hides_nothing_else(self, panel: Any) -> None:
        assert panel.trace.layout.display == "none" and panel.table.layout.display is None

    def test_a_click_on_a_figure_shows_its_place(self, panel: Any) -> None:
        panel.table.selected = [3, 2, 1]  # 洪泽 2024 or 平潭 2024: the last row
        assert "gx-mark" in panel.trace.value and "T3-ROW" in panel.trace.value

    def test_files_are_written_beside_one_another(self, panel: Any, tmp_path: Path) -> None:
        for suffix in ("png", "svg", "pdf", "xlsx", "csv", "csv"):
            panel.save(suffix)
            assert "已保存" in panel.saved.value and "download=" in panel.saved.value
        names = sorted(path.name for path in tmp_path.iterdir())
        assert "new_applications.csv" in names and "new_applications-2.csv" in names
        assert len(names) == 6

    def test_what_a_report_names_itself_is_never_markup(self, tmp_path: Path) -> None:
        pytest.importorskip("anywidget")
        from gxtools.explorer.panel import Panel

        name = "<img src=x onerror=alert(1)>"
        model = Model(reports_of(replace(SUQIAN_2024, agency=name)))
        panel = Panel(model, Choice((name,), (2024, 2025)), str(tmp_path))
        panel.table.selected = [0, 2, 1]
        for part in (panel.told, panel.formula, panel.trace, panel.code):
            assert "<img src=x" not in part.value
        assert "&lt;img" in panel.trace.value

    def test_no_figure_stays_open_behind_the_panel(self, panel: Any) -> None:
        panel.chooser.measure.value = "denial_rate"
        panel.save("png")
        assert not pyplot.get_fignums()

    def test_thousands_of_bodies_are_listed_in_part_and_told(self, tmp_path: Path) -> None:
        pytest.importorskip("anywidget")
        from gxtools.explorer.panel import Panel

        model = Model(many(3000))
        panel = Panel(model, model.first(), str(tmp_path))
        assert len(panel.chooser.found.options) == MOST_LISTED
        assert "共3000个机关，只列前200个" in panel.chooser.titles["listed_bodies"].value
        panel.chooser.search.value = "合成2999"
        assert [name for name, _ in panel.chooser.found.options] == ["合成2999区人民政府"]


def test_explore_refuses_what_it_cannot_show(samples: gx.Reports) -> None:
    with pytest.raises(gx.GxError, match="lang is 'fr'"):
        gx.explore(samples, lang="fr")
    with pytest.raises(gx.GxError, match="no report to explore"):
        gx.explore(samples.only([]))


def test_without_its_libraries_the_line_to_install_them_is_told(
    samples: gx.Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("gxtools.explorer.panel")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("gxtools.explorer.panel", raising=False)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(gx.GxError, match=r"pip install \"gxtools\[explore\]\""):
        gx.explore(samples)


class TestRefusals:
    def test_a_chinese_panel_says_in_chinese_why_a_chart_is_refused(self) -> None:
        error = InputError("某区 stands twice", where="a.html, b.html", advice="Keep one.")
        assert why(error, "zh") == "“某区”同一年有不止一份报告，只能留一份（a.html, b.html）。"
        assert why(error, "en") == str(error)

    def test_an_error_of_no_pattern_is_told_within_a_sentence(self) -> None:
        assert why(InputError("something new"), "zh") == (
            "所选的数不合这张图的要求（something new）。"
        )

    def test_what_gxtools_refuses_itself_has_words_of_its_own(self) -> None:
        frame = gx.volumes(reports_of(SUQIAN_2023, SUQIAN_2024))
        with pytest.raises(InputError) as told:
            gx.plot_flow(frame)
        assert why(told.value, "zh").startswith("流向图一次只画一份报告，现在选了2份")
        with pytest.raises(InputError) as told:
            gx.funnel(gx.measure(reports_of(SUQIAN_2023), "new_applications"))
        assert why(told.value, "zh") == "这个指标不是率，没有漏斗图。"


class TestScope:
    def test_bodies_are_found_by_what_their_reports_count(self, model: Model) -> None:
        scopes = model.bodies.scopes()
        assert scopes
        found = [set(model.bodies.search(scope=scope)["key"]) for scope in scopes]
        assert set().union(*found) <= set(model.bodies.table["key"])
        for scope, keys in zip(scopes, found, strict=True):
            told = model.bodies.table.set_index("key").loc[sorted(keys), "scope"]
            assert set(told) == {scope}


class TestChosen:
    def test_the_figures_of_a_choice_are_those_of_its_reports(self, model: Model) -> None:
        keys = tuple(model.bodies.table["key"])
        chosen = model.bodies.select(keys, model.bodies.years(keys))
        plain = model.reports.only(chosen.index["report"])
        for id in ("disclosure_rate", "denial_reasons", "yoy_received"):
            pd.testing.assert_frame_equal(gx.measure(chosen, id), gx.measure(plain, id))

    def test_a_stored_corpus_gives_the_same_and_reads_no_other_cells(
        self, model: Model, tmp_path: Path
    ) -> None:
        pytest.importorskip("pyarrow")
        model.reports.save(tmp_path / "corpus")
        stored = gx.open_reports(tmp_path / "corpus")
        view, same = (
            one.view(replace(one.first(), measure="disclosure_rate"))
            for one in (Model(stored), model)
        )
        pd.testing.assert_frame_equal(view.table, same.table)
        assert "cells" not in stored.__dict__


class TestScreen:
    def test_the_picture_is_that_of_matplotlib_with_letters_of_the_same_width(
        self, model: Model
    ) -> None:
        figure = model.view(replace(model.first(), measure="disclosure_rate")).draw()
        assert figure is not None
        texts = {t.get_text(): t for t in figure.axes[0].texts if "\n" not in t.get_text()}
        renderer = figure.canvas.get_renderer()
        widths = {k: Text.get_window_extent(t, renderer).width for k, t in texts.items() if k}
        for told, width in widths.items():
            size = texts[told].get_fontsize() * figure.dpi / 72
            assert text_width(told, size) == pytest.approx(width, rel=0.08, abs=3), told
        picture = Image.open(io.BytesIO(screen_png(figure)))
        assert picture.format == "PNG" and len(picture.getcolors(1 << 20) or []) > 20

    @pytest.mark.parametrize("chart", list(chart_list()))
    def test_no_word_stands_beyond_the_picture(self, model: Model, chart: str) -> None:
        figure = model.view(choice_for(model, chart)).draw()
        assert figure is not None
        screen_png(figure)
        drawn = [t for ax in figure.axes for t in ax.texts if t.get_visible()]
        boxes = {t.get_text(): t.get_window_extent() for t in drawn if t.get_text()}
        assert boxes
        for told, box in boxes.items():
            assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, told

    def test_a_formula_or_an_inclined_word_of_a_user_is_drawn_too(self) -> None:
        figure, ax = pyplot.subplots()
        ax.text(0.5, 0.5, "$x^2$", fontsize=30)
        ax.text(0.1, 0.1, "slanted", style="italic", rotation=30)
        picture = Image.open(io.BytesIO(screen_png(figure))).convert("L")
        assert min(picture.crop((200, 100, 500, 350)).tobytes()) < 100


def test_no_measure_is_refused_and_reports_without_cells_have_none() -> None:
    whole = reports_of(SUQIAN_2023)
    bare = gx.Reports(whole.index, whole.cells.iloc[:0], whole.sections, whole.problems)
    assert gx.measure(bare, "disclosure_rate")["value"].isna().all()
    with pytest.raises(InputError, match="no measure is given"):
        gx.measure(whole, [])
