"""A printed place is looked up in GB/T 2260 and never guessed."""

from __future__ import annotations

import re

import pytest

from gxtools.bodies import identify
from gxtools.divisions import all_divisions, find_division, find_place, resolve_division

from .pages import TITLE, page, told


def codes(name: str, context: str = "") -> list[str]:
    return [division.code for division in resolve_division(name, context)]


def test_the_list_holds_each_division_once_below_a_parent_of_the_list() -> None:
    listed = all_divisions()
    assert len({division.code for division in listed}) == len(listed) > 3000
    assert all(re.fullmatch(r"\d{6}", division.code) for division in listed)
    assert all(find_division(d.parent) for d in listed if d.level != "province")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("洪泽区人民政府", "320813"),
        ("淮安市洪泽区人民政府", "320813"),
        ("江苏省淮安市洪泽区", "320813"),
        ("上海市科学技术委员会", "310000"),
        ("上海市人民政府办公厅", "310000"),
        ("宿迁市人民政府", "321300"),
        ("沭阳县发展和改革局", "321322"),
        ("吉林市人民政府", "220200"),
        ("吉林省人民政府", "220000"),
        ("天门市人民政府办公室", "429006"),
        ("上海市浦东新区人民政府", "310115"),
        ("北京市城市管理委员会", "110000"),
        ("南京市市场监督管理局", "320100"),
        ("南京市绿化园林和市容管理局", "320100"),
        ("大兴安岭地区行政公署", "232700"),
    ],
)
def test_a_body_is_placed_by_the_name_it_begins_with(name: str, code: str) -> None:
    assert codes(name) == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("黔东南州人民政府", "522600"),
        ("贵州省黔南州三都县人民政府", "522732"),
        ("彭水县人民政府", "500243"),
        ("内蒙古包头市九原区审计局", "150207"),
        ("广西南宁市人民政府", "450100"),
        ("长春朝阳区审计局", "220104"),
    ],
)
def test_daily_names_of_autonomous_places_and_of_parents_are_known(name: str, code: str) -> None:
    assert codes(name) == [code]


def test_a_name_of_two_places_has_two_candidates() -> None:
    assert codes("朝阳区科技局") == ["110105", "220104"]


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ("北京市朝阳区某路", "110105"),
        ("由北京朝阳区负责", "110105"),
        ("按照长春市的要求", "220104"),
        ("吉林省", "220104"),
    ],
)
def test_a_parent_named_around_it_decides_between_them(context: str, code: str) -> None:
    assert codes("朝阳区科技局", context) == [code]


def test_parents_of_both_decide_nothing() -> None:
    assert codes("朝阳区科技局", "北京市和长春市") == ["110105", "220104"]


def test_a_city_is_not_named_by_the_end_of_another_citys_name() -> None:
    both = ["210304", "340504"]
    assert find_place("立山区").divisions[0].code == both[0]
    assert codes("铁东区", "马鞍山市") == codes("铁东区")
    assert codes("铁东区", "鞍山市") == ["210302"]


@pytest.mark.parametrize(
    ("name", "unlisted"),
    [
        ("平潭综合实验区管委会", "平潭综合实验区"),
        ("泰安高新区管委会", "泰安高新区"),
        ("深圳市深汕特别合作区管理委员会", "深汕特别合作区"),
        ("天津经济技术开发区管委会", "天津经济技术开发区"),
        ("淮安市楚州区教育局", "楚州区"),
    ],
)
def test_a_zone_or_an_abolished_district_is_not_taken_for_the_city_it_lies_in(
    name: str, unlisted: str
) -> None:
    assert codes(name) == []
    assert find_place(name).unlisted == unlisted


def test_a_street_called_like_a_district_is_no_district() -> None:
    assert codes("城区街道办事处") == []
    assert codes("深圳市南山区南山街道办事处") == ["440305"]


def test_a_market_is_no_city() -> None:
    assert codes("东方市场监督管理所") == []
    assert codes("东方市市场监督管理局") == ["469007"]


def test_spaces_and_odd_code_points_do_not_hide_a_place() -> None:
    assert codes("洪 泽 区⼈民政府") == ["320813"]


def test_a_division_knows_its_chain() -> None:
    district = find_division("110105")
    assert district is not None
    assert [link.name for link in district.chain] == ["北京市", "北京市", "朝阳区"]
    assert district.full_name == "北京市朝阳区"
    assert find_division("000000") is None


@pytest.mark.parametrize("text", ["由重庆市江北区人民政府办公室编制。", "按照重庆市的部署。"])
def test_todays_only_place_of_a_name_is_doubted_where_the_text_speaks_of_another(text: str) -> None:
    found = identify(page("江北区人民政府" + TITLE, text))
    assert found.division is None
    assert "330205" in told(found)
    assert "重庆市" in told(found)
