"""What a page says about itself beside labels: 索引号, 发布机构, 公开日期 … and dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .document import Document, Grid
from .text import fold

# Under each field its labels, the surest first. 更新时间 and 修改时间 are left out on purpose: they
# change whenever the page is touched.
_LABELS: dict[str, tuple[str, ...]] = {
    "title": ("ArticleTitle", "标题", "信息标题", "信息名称", "文件名称", "公文名称", "名称"),
    "page": ("title", "og:title"),
    "agency": (
        *(
            "发布机构",
            "发布机关",
            "发布单位",
            "公开机构",
            "公开主体",
            "发文机关",
            "发文机构",
            "发文单位",
        ),
        *("制发机关", "信息公开单位", "公开单位", "公开责任部门"),
    ),
    "origin": ("ContentSource", "信息来源", "来源单位", "来源"),
    "published": (
        *(
            "PubDate",
            "发布日期",
            "发布时间",
            "公开日期",
            "公开时间",
            "发文日期",
            "publishdate",
            "publish_date",
        ),
        *("article:published_time", "成文日期", "生成日期", "制发日期", "撰写时间", "日期", "时间"),
    ),
    "index_no": ("索引号", "信息索引号", "索引码", "索取号", "索引编号"),
    "source": (
        "原文链接",
        "原文地址",
        "原文网址",
        "来源网址",
        "本文链接",
        "og:url",
        "canonical",
        "Url",
    ),
    "site": ("SiteName", "网站名称", "og:site_name"),
}
# What says when the page was published, and not when the report was written or filed.
_SURE_DATES = {fold(label).lower() for label in _LABELS["published"][:8]} - {"发文日期"}
_FIELDS = {fold(label).lower(): field for field, labels in _LABELS.items() for label in labels}
_CHINESE = [label for labels in _LABELS.values() for label in labels if not label.isascii()]
_LABEL = "|".join(r"\s*".join(label) for label in sorted(_CHINESE, key=len, reverse=True))
# A label with its value; another label, known or not, ends the value.
_PAIR = re.compile(
    rf"(?<![\w(（【])【?({_LABEL})】?\s*[:：]\s*(.*?)"
    rf"(?=[\s|;；，,【]+(?:{_LABEL}|[\u4e00-\u9fff][\u4e00-\u9fff ]{{0,7}})】?\s*[:：]|\s*\||\s*$)"
)
_SECTION = re.compile(r"(?:^|。|\))(?:第?一[、.]|\(一\)|1[、.])?(?:总体|基本|概述|工作)情况|^一、")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DATE = re.compile(
    r"(?<!\d)(20\d\d|[二][〇○零一二三四五六七八九]{3})\s*[-/.年]\s*([\d一二三四五六七八九十]{1,3})\s*[-/.月]"
    r"\s*([\d一二三四五六七八九十]{1,3})(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)"
)
# A date alone on its line; with the day of the week it is the visitor's clock, not the report's.
_BARE_DATE = re.compile(
    r"^[(（\[【]?\s*([^()（）\[\]【】]+?)\s*(?:\d\d?:\d\d(?::\d\d)?)?\s*[)）\]】]?$"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A label of the page and what stands beside it, as printed."""

    label: str
    value: str

    @property
    def words(self) -> str:
        return f"{self.label}: {self.value}"


def read_imprint(document: Document) -> dict[str, Statement]:
    """What the page states about itself, by field.

    Fields: title, page (the browser's title), agency, origin, published, index_no, source, site.
    Metadata and labelled lines count alike; under each field the surest label wins, then the first.
    """
    return {field: ranked[0] for field, ranked in all_stated(document).items()}


def all_stated(document: Document) -> dict[str, list[Statement]]:
    """Every statement of the page under the field that its label names, the surest label first."""
    found: dict[str, dict[str, Statement]] = {}
    for label, value in _pairs(document):
        key = fold(label).lower()
        field = _FIELDS.get(key)
        if field and value.strip(" -—|") and value.strip() != "无":
            found.setdefault(field, {}).setdefault(key, Statement(label, value.strip()))
    return {
        field: [said[key] for key in map(str.lower, map(fold, _LABELS[field])) if key in said]
        for field, said in found.items()
    }


def other_dates(document: Document, date: str) -> str:
    """The statements of publication that give another day than `date`, in their own words."""
    stated = all_stated(document).get("published", [])
    sure = [said for said in stated if fold(said.label).lower() in _SURE_DATES]
    return "; ".join(said.words for said in sure if parse_date(said.value) not in (None, date))


def head(document: Document, limit: int = 80) -> list[str]:
    """The lines before the report's first section; an empty line parts cells from paragraphs."""
    lines: list[str] = []
    for block in document.blocks:
        if len(lines) > limit:
            break
        if isinstance(block, Grid):
            # A metadata table has few cells; flattened text keeps a whole report in one grid.
            for cell in block.cells[:40]:
                lines += ["", *cell.text.split("\n")]
            lines.append("")
        elif _SECTION.search(fold(block.text[:2000])):
            break
        else:
            lines += block.text.split("\n")
    return lines[:limit]


def parse_date(text: str) -> str | None:
    """The first date of a text as YYYY-MM-DD; None where there is none or it is no real day."""
    found = _DATE.search(text)
    if found is None:
        return None
    parts = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
    try:
        return datetime.date(*(_counted(part) for part in parts)).isoformat()
    except ValueError:
        return None


def bare_dates(lines: Iterable[str]) -> dict[str, str]:
    """Dates that stand alone on a line (`（2024年1月17日）`), each with its printed line."""
    found: dict[str, str] = {}
    for line in lines:
        inner = _BARE_DATE.match(line.strip(" |-*#"))
        if inner and _DATE.fullmatch(inner[1].strip().removesuffix("日")):
            date = parse_date(inner[1])
            if date:
                found.setdefault(date, line.strip())
    return found


def _counted(digits: str) -> int:
    """二〇二四 -> 2024, 十二 -> 12, 二十一 -> 21."""
    if "十" in digits:
        tens, ones = digits.split("十")
        return 10 * _counted(tens or "一") + _counted(ones or "〇")
    return int(digits.translate(_CHINESE_DIGITS))


def _pairs(document: Document) -> Iterator[tuple[str, str]]:
    yield from document.metadata.items()
    lines = head(document)
    for number, line in enumerate(lines):
        if len(line) > 300:
            continue
        bare = fold(line).rstrip(":")
        if bare.lower() in _FIELDS:
            yield bare, _value_below(lines[number + 1 :])
        else:
            yield from ((found[1], found[2]) for found in _PAIR.finditer(line))


def _value_below(lines: list[str]) -> str:
    """The value of a label that stands alone: the next line, unless that is a label too."""
    value = next((line for line in lines[:2] if line.strip()), "")
    folded = fold(value)
    labelled = folded.endswith(":") or _PAIR.match(value) or folded.rstrip(":").lower() in _FIELDS
    return "" if labelled else value
