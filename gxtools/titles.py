"""The report's title in all its wordings, and the years that a report speaks of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .agencies import is_body
from .divisions import find_place
from .text import fold

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = r"(?<!\d)(?:20\d\d|二[〇○零0][〇○零一二三四五六七八九]{2})(?!\d)"
# 政府信息公开工作2022年度报告, 关于2022年度政府信息公开情况的报告, 2014年度政府信息公开工作年报 …
_TITLE = re.compile(
    r"^(?P<before>[^。;,!?<>《》]{0,70}?)"
    r"(?:(?:政务公开[和与及暨、])?(?:政府)?信息(?:[和与及]政务)?公开(?:[和与及暨、]政务公开)?|政务公开)"
    r"(?:工作)?(?:情况)?的?"
    rf"(?P<inner>[(〔\[]?{_YEAR}年?度?[)〕\]]?)?"
    r"(?:年度)?(?:工作)?(?:情况)?(?:总结)?的?(?:年度)?(?:工作)?(?:报告书?|年报)"
    r"(?P<after>.{0,60})$"
)
MAX_LINES = 4  # over which a title is broken
_YEARS = re.compile(rf"[(〔\[]?({_YEAR})(?:年度|年|度|)[)〕\]]?")
_PRINT_DATE = re.compile(r"[(〔\[]?20\d\d[年.-]\d{1,2}[月.-]?(?:\d{1,2}日?)?[)〕\]]?$")
_VERSION = re.compile(r"^\(?(?:全文|公开版|发布稿|正文|电子版)\)?$")
# (全区), （区政府本级）: whose figures they are, no part of the body's name.
_EXTENT = re.compile(r"\((?:[省市区县州]?政府)?(?:本级|汇总|全[省市区县州])\)|本级|汇总")
# Words that make a line a citation, a link or a letter about a report, not its title.
_NO_TITLE = re.compile(
    r"本(?:年度)?报告|根据|依据|按照|格式|通知|印发|中华人民共和国|上一[篇条]|下一[篇条]|查看|关于(?:公布|发布|报送|做好)"
)
_LABEL = re.compile(r"^(?:标题|名称|信息名称|公文名称|附件\d?|题目):")
# How sites part the title from their own name in the browser's title.
_SEPARATOR = re.compile(r"\s*[_|｜–—>»]+\s*|\s+-+\s+|-+(?=[\u4e00-\u9fff])")
_PERIOD = re.compile(
    r"(?:(?:统计|数据|所列)[^。;:]{0,12}?(?:期限|时间|时段|时限|周期|起止|期间)|报告期)[^。;0-9]{0,12}"
    r"(20\d\d)(?!\d{3})"
    r"(?:年|\d{1,2}月|[^0-9])[^。;]{0,24}"
)
_PERIOD_END = re.compile(r"(?:至|到|—|-|~)\D{0,3}(20\d\d)(?!\d{3})")
# 现公布2024年度政府信息公开工作年度报告: what the preamble says of itself.
_ANNOUNCED = re.compile(
    r"(?:公布|编制|发布|形成)[^。;《]{0,24}?(20\d\d)年度?[^。;《]{0,16}信息公开[^。;《]{0,8}报告"
)
_TOLD = re.compile(r"(?:^|。)(20\d\d)年(?:度|来|以来)?(?!\d{1,2}月)[,，、]?[^。]{1,16}")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as read: `text` without spaces, `printed` as it stands, the body and years in it.

    `apart` says that the body stands on a line of its own, which may be a site's banner; `sites`
    are the other parts of a browser's title.
    """

    text: str
    printed: str
    agency: str = ""
    years: tuple[int, ...] = ()
    apart: bool = False
    sites: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """2 for a title with one year and a body, 1 with one year, 0 with neither or several."""
        return 0 if len(self.years) != 1 else 1 + bool(self.agency)


def find_titles(lines: Sequence[str], stated: Iterable[str] = ()) -> list[Title]:
    """The titles of a page, the fullest first: those in its lines, then those it states elsewhere.

    A title may be broken over up to four lines; the body may stand on the line before or after it.
    """
    found = [title for end in _endings(lines) for title in _ending_at(lines, end)]
    found += [title for text in stated for title in _in_browser_title(text)]
    return sorted(found, key=lambda title: -title.rank)


def read_title(printed: str, parts: Sequence[str] = ()) -> Title | None:
    """The Title in one or more lines of print; None where they are no title."""
    parts = [_clean(part) for part in (parts or [printed])]
    text = "".join(parts)
    found = _TITLE.match(text)
    if found is None or _NO_TITLE.search(text):
        return None
    before = _EXTENT.sub("", found["before"])
    after = _EXTENT.sub("", _PRINT_DATE.sub("", found["after"]))
    if before.endswith("人民"):  # the 政府 of 人民政府信息公开 belongs to both
        before += "政府"
    years = {*_years(before), *_years(found["inner"] or ""), *_years(after)}
    agency = _agency(before)
    behind = _YEARS.sub("", after)
    if behind and not _VERSION.match(behind) and (agency or not is_body(behind)):
        return None
    agency = agency or (behind if is_body(behind) else "")
    if _YEARS.sub("", before).removeprefix("关于") and not agency:
        return None  # words that are neither year nor body: part of the page's frame
    return Title(text, printed, agency, tuple(sorted(years)), agency in parts)


def stated_period(text: str) -> tuple[int, str] | None:
    """The year of 统计期限 in folded text, and the printed words; the later of two years."""
    found = _PERIOD.search(text)
    if found is None:
        return None
    end = _PERIOD_END.search(found[0])
    return int(end[1] if end else found[1]), found[0]


def announced_year(text: str) -> tuple[int, str] | None:
    """The year of the report that the preamble announces, and the printed words."""
    found = _ANNOUNCED.search(text[:2000])
    return (int(found[1]), found[0]) if found else None


def told_year(text: str) -> tuple[int, str] | None:
    """The year with which the first section begins (`2024年,…`), and the printed words."""
    start = max(text.find("总体情况"), 0)
    found = _TOLD.search(text[start : start + 400].removeprefix("总体情况"))
    return (int(found[1]), found[0].lstrip("。")) if found else None


def file_year(path: str) -> int | None:
    """The one year in a file's name, None where it has none or several."""
    years = {int(year) for year in _FILE_YEAR.findall(os.path.basename(path))}
    return years.pop() if len(years) == 1 else None


def _endings(lines: Sequence[str]) -> Iterator[int]:
    """The lines on which a title may end: these and those above have every title's words."""
    folded = list(map(_clean, lines))
    for end in range(len(lines)):
        words = "".join(folded[max(end - MAX_LINES + 1, 0) : end + 1])
        if "公开" in words and ("报告" in words or "年报" in words):
            yield end


def _ending_at(lines: Sequence[str], end: int) -> Iterator[Title]:
    """The best title whose last line is `end`: of equal ones that with the fewest lines."""
    best: Title | None = None
    for size in range(1, MAX_LINES + 1):
        window = lines[max(end - size + 1, 0) : end + 1]
        if len(window) < size or not _may_be_title(window[0]):
            break
        title = read_title(" ".join(part.strip() for part in window), window)
        if title and (best is None or title.rank > best.rank or _adds_place(title, best)):
            best = title
    if best:
        yield best


def _adds_place(title: Title, best: Title) -> bool:
    """Whether the line above only adds the place of the body (沭阳县 / 发展和改革局2023年…)."""
    place = find_place(title.agency).printed
    return bool(place and best.agency) and place + best.agency == title.agency


def _may_be_title(line: str) -> bool:
    folded = fold(line)
    return 0 < len(folded) <= 60 and not re.search(r"[。;!?]", folded)


def _in_browser_title(text: str) -> Iterator[Title]:
    """Titles among the parts of a `<title>`: 年报_某局, 某局2023年…年度报告 - 某网站."""
    text = text[:200]
    whole = read_title(text)
    if whole:
        yield whole
        return
    parts = [part for part in _SEPARATOR.split(text) if part]
    for part in parts:
        title = read_title(part)
        if title:
            others = [other for other in parts if other != part]
            years = title.years or tuple(sorted({y for other in others for y in _years(other)}))
            sites = tuple(other for other in others if not _years(other))
            yield Title(title.text, text, title.agency, years, sites=sites)


def _clean(line: str) -> str:
    return _LABEL.sub("", fold(line.strip(" |#*_\t\u3000")).strip("|#*"))


def _years(text: str) -> set[int]:
    if _PRINT_DATE.search(text):
        text = _PRINT_DATE.sub("", text)
    return {int(year.translate(_CHINESE_DIGITS)) for year in _YEARS.findall(text)}


def _agency(before: str) -> str:
    """The body among the words before 政府信息公开: after the year or before it."""
    parts = [re.sub(r"^关于|^的|关于$|的$|年$", "", part) for part in _YEARS.split(before)[::2]]
    bodies = [part for part in parts if part and is_body(part)]
    odd = [part for part in parts if part and not is_body(part)]
    return bodies[0] if len(bodies) == 1 and not odd else ""
