"""Whose figures a row of a compiled sheet holds: the columns that say so, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..agencies import tell_level
from ..divisions import Division, find_place, resolve_division
from ..errors import InputError
from ..forms import editions, load_form
from ..seats import find_seat, given_division, places, surroundings
from ..text import fold, squash

_HEADINGS = {
    "agency": "agency body 机关 机关名称 机构 机构名称 单位 单位名称 行政机关 报告机关 报告单位 "
    "部门 部门名称 填报单位",
    "region": "region area 地区 区域 所在地区 所属地区 区划 行政区划 区县 市县 地区名称",
    "division": "division 区划代码 行政区划代码",
    "province": "province 省 省份",
    "city": "city 市 地市",
    "district": "district 区 县区",
    "year": "year 年 年度 年份 报告年度 所属年度 统计年度",
    "level": "level 层级 级别 行政层级",
    "scope": "scope 口径 数据口径 统计口径",
    "title": "title 标题 报告标题",
    "published": "published 发布日期 发布时间 公开日期",
    "index_no": "index_no 索引号",
    "source": "source url 来源 网址 链接 出处",
    "report": "report",
    "editions": "editions edition 表样 表样版本",
    "received_basis": "received_basis 新收口径",
    "identity_check": "identity_check 勾稽",
    "notes": "notes note remarks remark 备注 说明 附注",
    "number": "no 序号 编号",
}
_LEVELS = {
    "province": "province 省 省级 直辖市",
    "city": "city 市 市级 地级 地市级",
    "district": "district 区 县 区级 县级 区县 区县级 县区 县区级",
    "township": "township 乡镇 镇 乡 街道 乡镇街道 乡级",
    "department": "department 部门 委办局 局 政府部门",
}
_SCOPES = {
    "own": "own 本级 本机关 本级机关 单位本级",
    "aggregate": "aggregate 汇总 全市 全区 全县 全省 全地区",
    "unknown": "unknown 不明 未知",
}
_YEAR = re.compile(r"^((?:19|20)\d\d)(?:\.0)?年?(?:度)?$")
_TOTAL_ROW = re.compile(r"^(?:总计|合计|小计|共计|平均|汇总|总数|全[省市区县]合计)$")
# A body's name may say which figures they are: 宝山区人民政府（本级）.
_SUFFIX = re.compile(r"[（(](全[省市区县州]|本级|汇总)[)）]$")

Report = Callable[[str, str, str], None]  # what, column, advice


def _known(words: dict[str, str]) -> dict[str, str]:
    return {squash(word).casefold(): name for name, text in words.items() for word in text.split()}


_NAMES, _LEVEL, _SCOPE = _known(_HEADINGS), _known(_LEVELS), _known(_SCOPES)


def identity_column(text: str) -> str | None:
    """What a heading says of the body: agency, region, year …; None where it heads figures."""
    return _NAMES.get(squash(text).casefold())


def year_of(text: str) -> int | None:
    """The year that a cell gives: 2024, 2024年, 2024年度."""
    found = _YEAR.match(fold(text))
    return int(found[1]) if found else None


def is_total(agency: str) -> bool:
    """Whether a row adds up other rows instead of naming a body."""
    return bool(_TOTAL_ROW.match(fold(agency)))


@dataclass
class Row:
    """The identity cells of a row by column, and how to report what is wrong with them."""

    cells: dict[str, str]
    tell: Report
    year: int | None = None
    found: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.cells.get(name, "")


def identify(row: Row) -> dict[str, Any]:
    """The columns of `Reports.index` that a row gives; what cannot be told is left out.

    A division is that of the code given, or of the region, or of the body's name, and is left
    open where none of them is certain.
    """
    agency = row.text("agency") or row.text("region") or row.text("district") or row.text("city")
    said = _SUFFIX.search(agency)
    agency = _SUFFIX.sub("", agency).strip() if said else agency
    division = _division(row, agency)
    found: dict[str, Any] = {name: row.text(name) or None for name in _PLAIN}
    given = {name: row.text(name) for name in ("province", "city", "district") if row.text(name)}
    found |= places(division) | given
    zone = find_place(agency).unlisted
    if zone and division is not None and not row.text("division"):
        found["division"] = None  # a zone's figures are not those of the place around it
        what = f"GB/T 2260 does not list {zone}, which lies in {division.full_name}"
        row.tell(what, "agency", "Give a column division if it is that place's own.")
    level = _choice(row, "level", _LEVEL) or tell_level(fold(agency), division)
    scope = _choice(row, "scope", _SCOPE) or (_scope(said[1]) if said else None)
    return found | {
        "agency": agency or None,
        "year": row.year,
        "level": level,
        "scope": scope or "unknown",
        "editions": _editions(row),
    }


_PLAIN = ("title", "published", "index_no", "source")


def _scope(word: str) -> str:
    return "own" if word == "本级" else "aggregate"


def _choice(row: Row, name: str, known: dict[str, str]) -> str | None:
    text = row.text(name)
    value = known.get(squash(text).casefold()) if text else None
    if text and value is None:
        row.tell(f"{text!r} is no {name}", name, f"Possible: {', '.join(set(known.values()))}.")
    return value


def _division(row: Row, agency: str) -> Division | None:
    if row.text("division"):
        try:
            return given_division(row.text("division"))
        except InputError as error:
            row.tell(error.what, "division", error.advice)
    region = row.text("region") or "".join(row.text(n) for n in ("province", "city", "district"))
    if region:
        named = resolve_division(region)
        if len(named) == 1:
            return named[0]
    seat = find_seat(fold(agency), surroundings([region], "", fold(region)))
    if seat.note and not seat.division:
        row.tell(seat.note.what, "agency", seat.note.advice)
    return seat.division


def _editions(row: Row) -> dict[str, str]:
    """The form of each table, where the row names it (`2021`, `applications=2019 annex=2014`)."""
    told: dict[str, str] = {}
    for part in row.text("editions").split():
        table, _, name = part.rpartition("=")
        if name not in editions(compiled=True):
            row.tell(f"{name!r} is no edition", "editions", "See gx.editions().")
            continue
        ids = [entry.id for entry in load_form(name).tables]
        if table and table not in ids:
            row.tell(f"edition {name} has no table {table!r}", "editions", f"It has {ids}.")
            continue
        told |= {table: name} if table else dict.fromkeys(ids, name)
    return told
