"""Level and scope: which rank a body has, and whose figures its report prints."""

from __future__ import annotations

import pytest

from gxtools.bodies import identify

from .pages import TITLE, page, received, told


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        ("上海市人民政府", "province"),
        ("宿迁市人民政府", "city"),
        ("锡林郭勒盟行政公署", "city"),
        ("洪泽区人民政府", "district"),
        ("朝阳区人民政府", "district"),
        ("洪泽区人民政府办公室", "department"),
        ("北京市城市管理委员会", "department"),
        ("国家税务总局沭阳县税务局", "department"),
        ("沭阳县水利局", "department"),
        ("长征镇人民政府", "township"),
        ("南山街道办事处", "township"),
        ("沭阳县人民政府驻上海办事处", None),
        ("两江新区管理委员会", None),
        ("深圳市深汕特别合作区管理委员会", None),
        ("城东管理区", None),
        ("某某邮局", None),
        ("汨罗市", None),
    ],
)
def test_the_level_follows_from_the_whole_name_not_from_its_last_character(
    agency: str, level: str | None
) -> None:
    assert identify(page(TITLE), agency=agency).level == level


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("本报告汇总全县各部门和各镇的数据编制而成。", "aggregate"),
        ("2023年全县共收到政府信息公开申请800件。", "aggregate"),
        ("县政府办公室代表县政府受理政府信息公开申请90件。", "own"),
        ("本机关收到政府信息公开申请3件。", "own"),
        ("我局高度重视。", "own"),
        ("加强对典型案例的梳理和汇总。因本机关不掌握而无法提供。全县上下重视公开。", "unknown"),
    ],
)
def test_the_scope_is_told_by_words(text: str, scope: str) -> None:
    found = identify(page("沭阳县人民政府" + TITLE, text))
    assert found.scope == scope
    assert (found.evidence.get("scope", "") in text) and ("scope" in found.evidence) == (
        scope != "unknown"
    )


@pytest.mark.parametrize(("total", "scope"), [(800, "aggregate"), (206, "own"), (500, "aggregate")])
def test_of_two_scopes_in_the_text_the_table_decides(total: int, scope: str) -> None:
    text = "全县共收到政府信息公开申请800件，其中县政府本级共受理申请206件。"
    found = identify(page("沭阳县人民政府" + TITLE, text, received(total)))
    assert found.scope == scope
    assert ("scope" in told(found)) == (total != 800)


def test_two_scopes_without_a_table_stay_open() -> None:
    text = "全县共收到政府信息公开申请800件，其中县政府本级共受理申请206件。"
    found = identify(page("沭阳县人民政府" + TITLE, text))
    assert found.scope == "unknown"
    assert "two scopes" in told(found)


def test_a_figure_in_the_text_that_is_not_the_tables_is_noted() -> None:
    found = identify(page("沭阳县水利局" + TITLE, "我局收到政府信息公开申请2件。", received(3)))
    assert found.scope == "own"
    assert "the text gives 2" in told(found)


def test_a_title_that_says_the_scope_is_believed() -> None:
    assert identify(page("沭阳县人民政府（全县）" + TITLE)).scope == "aggregate"
    own = identify(page("沭阳县人民政府本级" + TITLE))
    assert (own.scope, own.agency) == ("own", "沭阳县人民政府")
