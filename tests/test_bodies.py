"""Whose report it is and for which year: taken from what is printed, else left open."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from gxtools.bodies import identify
from gxtools.document import Document, Grid
from gxtools.errors import InputError
from gxtools.readers import read_document

from .pages import TITLE, grid, page, told


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["洪泽区人民政府", "2023 年政府信息公开工作年度报告"], "洪泽区人民政府", 2023),
        (["2024 年上海市科委政府信息公开工作", "年度报告"], "上海市科委", 2024),
        (["沭阳县", "人民政府", "2023年政府信息", "公开工作年度报告"], "沭阳县人民政府", 2023),
        (["沭阳县2025年政府", "信息公开工作年度报告"], "沭阳县", 2025),
        (["2025年政府信息公开工作年度报告", "沭阳县水利局"], "沭阳县水利局", 2025),
        (["沭阳县水利局政府信息公开工作2022年度报告"], "沭阳县水利局", 2022),
        (["沭阳县水利局2014年度政府信息公开工作年度报告"], "沭阳县水利局", 2014),
        (["沭阳县水利局2022年度政府信息公开年报"], "沭阳县水利局", 2022),
        (["沭阳县水利局2024年度政府信息公开工作报告"], "沭阳县水利局", 2024),
        (["沭阳县水利局关于2022年度政府信息公开情况的报告"], "沭阳县水利局", 2022),
        (["沭阳县水利局政府信息公开工作年度报告（2023年度）"], "沭阳县水利局", 2023),
        (["二〇一四年度沭阳县水利局政府信息公开工作年度报告"], "沭阳县水利局", 2014),
        (["２０２３年沭阳县⽔利局政府信息公开⼯作年度报告"], "沭阳县水利局", 2023),
        (["| 沭阳县水利局2023年政府信息公开工作年度报告 |"], "沭阳县水利局", 2023),
        (["沭阳县人民政府信息公开工作年度报告（2023年）"], "沭阳县人民政府", 2023),
        (["2023年汨罗市政府信息公开工作年度报告"], "汨罗市", 2023),
        (["首页", "沭阳县水利局2023年政府信息公开工作年度报告"], "沭阳县水利局", 2023),
        (["沭阳县人民政府", "沭阳县水利局" + TITLE], "沭阳县水利局", 2023),
        (["标题: 沭阳县水利局" + TITLE, "栏目: 年报"], "沭阳县水利局", 2023),
    ],
)
def test_a_title_is_read_in_all_its_wordings(lines: list[str], agency: str, year: int) -> None:
    found = identify(page(*lines))
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize(
    "line",
    [
        "中华人民共和国政府信息公开工作年度报告格式",
        "关于公布沭阳县水利局2022年政府信息公开年报的通知",
        "上一篇：沭阳县水利局2022年政府信息公开工作年度报告",
        "根据沭阳县水利局2022年政府信息公开工作年度报告",
    ],
)
def test_a_citation_or_a_link_is_no_title(line: str) -> None:
    found = identify(page(line))
    assert (found.title, found.year, found.agency) == (None, None, None)


def test_the_title_comes_without_the_spaces_and_breaks_of_print() -> None:
    found = identify(page("洪泽区人民政府", "2023 年政府信息公开工作年度报告"))
    assert found.title == "洪泽区人民政府2023年政府信息公开工作年度报告"
    assert "2023 年" in found.evidence["title"]


def test_the_browsers_title_gives_the_body_and_the_year_where_the_page_does_not() -> None:
    found = identify(page("首页", title="2022年_政府信息公开年报_洛江区人民政府"))
    assert (found.agency, found.year) == ("洛江区人民政府", 2022)
    assert "2022" in found.evidence["year"]


def test_the_name_with_its_parent_is_preferred_where_the_text_prints_it() -> None:
    found = identify(page("洪泽区人民政府", TITLE, "由淮安市洪泽区人民政府办公室编制。"))
    assert found.agency == "淮安市洪泽区人民政府"


def test_names_with_different_parents_are_not_put_before_the_body() -> None:
    text = "南京市鼓楼区审计局与徐州市鼓楼区审计局交流。"
    found = identify(page("鼓楼区审计局" + TITLE, text))
    assert (found.agency, found.division) == ("鼓楼区审计局", None)


def test_a_zone_in_the_title_gets_the_organ_that_the_text_gives_it() -> None:
    contact = "如有疑问，请与平潭综合实验区管委会办公室联系。"
    found = identify(page("平潭综合实验区" + TITLE, contact))
    assert (found.agency, found.division, found.level) == ("平潭综合实验区管委会", None, None)
    assert "平潭综合实验区" in told(found)


def test_a_title_without_a_body_leaves_it_to_the_publisher_then_to_the_contact() -> None:
    contact = "如有疑问，请与沭阳县发展和改革局办公室联系（地址：某路1号）。"
    assert identify(page(TITLE, contact)).agency == "沭阳县发展和改革局"
    stated = identify(page(TITLE, "发布机构：沭阳县水利局", contact))
    assert stated.agency == "沭阳县水利局"
    assert stated.evidence["agency"] == "发布机构: 沭阳县水利局"


def test_a_report_without_title_is_of_the_body_that_its_first_sentence_speaks_of() -> None:
    found = identify(page("一、总体情况", "2024年,朝阳区科技局认真推进公开。我局设有专人。"))
    assert (found.agency, found.year, found.scope) == ("朝阳区科技局", 2024, "own")
    assert found.level == "department"


def test_the_governments_report_is_not_its_offices_where_the_text_speaks_of_the_government() -> (
    None
):
    contact = "如有疑问，请与石家庄市长安区人民政府办公室联系。"
    text = "2023年，长安区人民政府坚持公开为民。"
    assert identify(page(TITLE, contact, "一、总体情况", text)).agency == "石家庄市长安区人民政府"
    alone = identify(page(TITLE, contact))
    assert alone.agency == "石家庄市长安区人民政府办公室"
    assert "government's" in told(alone)


def test_a_banner_above_the_title_that_the_contact_does_not_bear_out_is_noted() -> None:
    found = identify(page("沭阳县人民政府", TITLE, "请与沭阳县水利局办公室联系。"))
    assert "沭阳县水利局" in told(found)


def test_a_body_that_is_nowhere_named_is_none_and_noted() -> None:
    found = identify(page(TITLE, "一、总体情况"))
    assert found.agency is None
    assert "not named" in told(found)


@pytest.mark.parametrize(
    "period",
    [
        "数据统计期限自2023年1月1日起至2023年12月31日止。",
        "统计期限为20231月1日至202312月31日。",
        "所列数据的统计时间为2023年3月25日到12月31日。",
        "数据统计期限自2022年12月1日至2023年12月31日。",
    ],
)
def test_a_title_without_a_year_leaves_it_to_the_stated_period(period: str) -> None:
    found = identify(page("沭阳县水利局政府信息公开工作年度报告", period))
    assert (found.year, found.notes) == (2023, ())


def test_the_year_of_the_title_wins_over_another_period_and_the_difference_is_noted() -> None:
    found = identify(
        page("沭阳县水利局2025年政府信息公开工作年报", "数据统计期限自2024年1月1日起。")
    )
    assert found.year == 2025
    assert "2024" in told(found)


def test_a_preamble_that_announces_another_year_is_noted() -> None:
    text = "根据条例，现公布沭阳县水利局2022年度政府信息公开工作年度报告。"
    found = identify(page("沭阳县水利局" + TITLE, text))
    assert found.year == 2023
    assert "2022" in told(found)


def test_the_date_of_publication_is_never_the_reported_year() -> None:
    found = identify(page("沭阳县水利局政府信息公开工作年度报告", "发布日期：2024-01-17"))
    assert (found.year, found.published) == (None, "2024-01-17")
    assert "year" in told(found)


def test_the_year_of_the_files_name_is_used_last_and_said_to_be_weak() -> None:
    title = "沭阳县水利局政府信息公开工作年度报告"
    found = identify(page(title, path="/reports/2019/shuyang_2023.pdf"))
    assert found.year == 2023
    assert found.evidence["year"] == "file name shuyang_2023.pdf"
    assert "file's name" in told(found)
    assert identify(page(title, path="t20240117_1.html")).year is None
    assert identify(page(title, "统计期限自2022年1月1日起。", path="a_2023.pdf")).year == 2022


@pytest.mark.parametrize(
    "blocks",
    [
        ["索 引 号：014/2023-1  发布机构：沭阳县水利局  公开日期：2024-01-17  文号：无"],
        ["- 索引号:014/2023-1", "- 公开日期: 2024年1月17日", "更新时间：2025-03-03"],
        ["索引号", "014/2023-1", "公开日期", "2024.01.17", "文号"],
        [grid(["索引号", "014/2023-1", "公开日期", "2024/1/17"], ["文号", ""])],
        ["索引号：014/2023-1", "2019年12月3日 星期二", "（2024年1月17日）"],
        ["索引号：014/2023-1", "二〇二四年一月十七日"],
    ],
    ids=["one line", "list", "lines in turn", "table", "bare date", "Chinese figures"],
)
def test_the_imprint_is_read_however_it_is_laid_out(blocks: list[str | Grid]) -> None:
    found = identify(page(*blocks, "沭阳县水利局" + TITLE))
    assert (found.index_no, found.published) == ("014/2023-1", "2024-01-17")


def test_the_imprint_of_meta_tags_counts_like_the_printed_one() -> None:
    tags = {"ArticleTitle": "沭阳县水利局" + TITLE, "PubDate": "2024-01-17 15:00:00"}
    found = identify(page("首页", **tags, title="沭阳县人民政府"))
    assert (found.agency, found.year, found.published) == ("沭阳县水利局", 2023, "2024-01-17")


def test_a_page_date_before_the_reported_year_is_left_out_and_noted() -> None:
    found = identify(page("2019年12月3日", "沭阳县水利局" + TITLE))
    assert found.published is None
    assert "2019-12-03" in told(found)


def test_the_address_of_the_page_is_its_source() -> None:
    url = "https://example.org/a/t20240117_1.htm"
    assert identify(page(TITLE, f"原文链接: {url}")).source == url
    assert identify(page(TITLE, "原文链接: 见附件")).source is None


def test_the_canonical_address_of_a_page_is_its_source(tmp_path: Path) -> None:
    url = "https://example.org/a/t20240117_1.htm"
    file = tmp_path / "page.html"
    file.write_text(f'<link rel="canonical" href="{url}"><p>{TITLE}</p>', "utf-8")
    assert identify(read_document(str(file))).source == url


def test_two_days_of_publication_are_told_and_neither_is_hidden() -> None:
    tags = {"PubDate": "2025-06-30 10:00"}
    found = identify(page("发布日期：2024-01-25", "沭阳县水利局" + TITLE, **tags))
    (note,) = [note for note in found.notes if note.where == "published"]
    assert note.severity == "info"
    assert "PubDate: 2025-06-30" in note.what and "发布日期: 2024-01-25" in note.what
    tags = {"PubDate": "2024-01-25 10:00"}
    found = identify(page("发布日期：2024-01-25", "沭阳县水利局" + TITLE, **tags))
    assert not [note for note in found.notes if note.where == "published"]


def test_an_ambiguous_division_stays_open_and_its_candidates_are_listed() -> None:
    found = identify(page("朝阳区科技局" + TITLE, "按照市委、市政府要求。"))
    assert (found.division, found.province, found.district) == (None, None, None)
    assert "110105 北京市朝阳区" in told(found)
    assert "220104 吉林省长春市朝阳区" in told(found)


@pytest.mark.parametrize(
    ("document", "decided_by"),
    [
        (page("朝阳区科技局" + TITLE, SiteName="长春市朝阳区人民政府"), "the site"),
        (page("朝阳区科技局" + TITLE, path="/reports/长春市/朝阳区/a.html"), "the path"),
        (page("朝阳区科技局" + TITLE, "地址：长春市朝阳区某路。"), "the text"),
    ],
)
def test_site_path_and_text_decide_between_places_and_are_named(
    document: Document, decided_by: str
) -> None:
    found = identify(document)
    assert (found.division, found.city, found.district) == ("220104", "长春市", "朝阳区")
    assert decided_by in found.evidence["division"]
    assert not found.notes


def test_surroundings_that_contradict_each_other_decide_nothing() -> None:
    text = "地址：北京市朝阳区某路。"
    found = identify(page("朝阳区科技局" + TITLE, text, path="/长春市/朝阳区/a.html"))
    assert found.division is None


def test_a_place_left_to_the_reader_is_taken_from_the_site() -> None:
    found = identify(page("区数据局" + TITLE, SiteName="南京市秦淮区人民政府"))
    assert (found.agency, found.division, found.level) == ("区数据局", "320104", "department")
    assert identify(page("县数据局" + TITLE, SiteName="南京市秦淮区人民政府")).division is None


def test_a_township_is_placed_by_the_district_that_the_text_prints_before_it() -> None:
    found = identify(page("桃浦镇人民政府" + TITLE, "地址在上海市普陀区桃浦镇某路。"))
    assert (found.division, found.level) == ("310107", "township")


def test_arguments_override_what_is_printed() -> None:
    document = page("沭阳县人民政府" + TITLE)
    found = identify(document, agency="长春市朝阳区审计局", year=2020, division="110105")
    assert (found.agency, found.year, found.division) == ("长春市朝阳区审计局", 2020, "110105")
    assert identify(document, division="长春市朝阳区").division == "220104"


@pytest.mark.parametrize("division", ["朝阳区", "999999", "somewhere"])
def test_a_division_that_is_none_of_the_list_is_refused(division: str) -> None:
    with pytest.raises(InputError, match="GB/T 2260"):
        identify(page(TITLE), division=division)


@pytest.mark.parametrize(
    "text", ["全区收到申请", "在，", "区数据局", "发布机构: ", "2024", "江北区"]
)
def test_a_hostile_page_costs_no_more_than_a_long_one(text: str) -> None:
    start = time.perf_counter()
    identify(
        page("区数据局" + TITLE, "一、总体情况", text * 20_000, text * 20_000, title=text * 999)
    )
    assert time.perf_counter() - start < 60


REAL = {
    "hongze_2023.pdf": {},
    "hongze_2024.pdf": {},
    "chaoyang_science_2024.txt": {},
    "shanghai_office_2019.html": {},
    "pingtan_2023.html": {},
    # The report calls itself only by its short name; the figures give the full one.
    "shanghai_science_2024.md": {"agency": "上海市科委"},
    # The annex alone names neither the organ nor whose figures it gathers.
    "pingtan_2014_annex.txt": {"agency": "平潭综合实验区", "scope": "unknown"},
    "pingtan_2022_runtogether.txt": {"agency": "平潭综合实验区", "scope": "unknown"},
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_report_is_identified_as_published(name: str) -> None:
    shared = Path(__file__).parents[2] / "shared"
    stem = Path(name).stem.removesuffix("_annex").removesuffix("_runtogether")
    if not (shared / "reports" / name).exists():
        pytest.skip("the real reports are not beside this checkout")
    published = json.loads((shared / "figures" / f"{stem}.json").read_text(encoding="utf-8"))
    found = identify(read_document(shared / "reports" / name))
    for key in ("agency", "year", "division", "scope"):
        assert getattr(found, key) == REAL[name].get(key, published[key]), key
