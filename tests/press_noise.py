"""Noise: what real pages do to the form without changing a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# As seen in published reports: the form's wording, and what was printed for it.
MISPRINTS = {
    "三类内部事务信息": "三类内容事务信息",
    "四类过程性信息": "四类过程性性信息",
    "只计这一情形": "只计这一情况",
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "上年结转": "上年转结",
    "四、结转下年度": "四、转结下年度",
    "行政规范性文件": "规范性文件",
    "商业企业": "商业 企业",
    "科研机构": "科研 机构",
    "3.其他": "3.其他原因",
}
NUMBERINGS = ("{}.", "{}、", "{}．", "{}. ", "({})", "（{}）")
ENCODINGS = ("utf-8", "gbk", "gb18030")
CHARSETS = ("right", "absent", "lying")
DIGITS = ("plain", "full_width", "thousands")

_HALF_WIDTH = str.maketrans("（），：", "(),:")
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NUMBER = re.compile(r"^(\d+)\.")
_PREFIX = re.compile(r"^(?:\d+\.|[（(].[)）]|.、)?.")
_FIGURE = re.compile(r"^\d+(\.\d+)?$")


@dataclass(frozen=True)
class Noise:
    """How a sheet is spoiled in print. The figures stay; only what stands around them changes.

    numbering: how `1.` of a detail row is printed. quotes: the pair around 三安全一稳定. space: put
    into labels (规 章). blank: printed in a blank cell. digits: plain, full_width or thousands.
    misprints: wording -> damaged wording. charset: whether the page's label of its encoding is
    right, absent or lying. as_text: workbook cells hold text instead of numbers.
    """

    numbering: str = "{}."
    half_width: bool = False
    quotes: str = "“”"
    space: str = ""
    line_breaks: bool = False
    blank: str = ""
    digits: str = "plain"
    misprints: Mapping[str, str] = field(default_factory=dict)
    furniture: bool = False
    nested: bool = False
    extra_rows: int = 0
    extra_columns: int = 0
    encoding: str = "utf-8"
    charset: str = "right"
    as_text: bool = False


CLEAN = Noise()


def spoil_label(text: str, noise: Noise) -> str:
    """A label of the form as a page with this noise prints it."""
    for right, wrong in noise.misprints.items():
        text = text.replace(right, wrong)
    start = _PREFIX.match(text)
    cut = start.end() if start else 0
    if noise.space and not text[cut - 1 : cut + 1].isdigit():  # 2018年度 stays a year
        text = text[:cut] + noise.space + text[cut:]
    if noise.line_breaks and len(text) > 3:
        text = text[: len(text) // 2] + "\n" + text[len(text) // 2 :]
    text = text.replace("“", noise.quotes[0]).replace("”", noise.quotes[1])
    text = _NUMBER.sub(lambda found: noise.numbering.format(found[1]), text)
    return text.translate(_HALF_WIDTH) if noise.half_width else text


def spoil_figure(text: str, noise: Noise) -> str:
    """A figure as a page with this noise prints it: other characters, the same number."""
    if not text:
        return noise.blank
    if noise.digits == "thousands" and _FIGURE.match(text):
        whole, dot, rest = text.partition(".")
        return f"{int(whole):,}{dot}{rest}"
    return text.translate(_FULL_WIDTH) if noise.digits == "full_width" else text


# Page furniture: small tables and lines that are no part of any report. Made up.
BREADCRUMB = "首页 > 政务公开 > 政府信息公开年报"
METADATA = (
    ("索引号", "SL000/2024-00017", "发文字号", ""),
    ("发布机构", "{agency}", "公开范围", "全社会"),
)
COUNTERS = (("今日访问", "昨日访问", "总计"), ("12", "34", "5678"))
FOOTER = "主办单位：示例市（合成数据） 打印 关闭 网站地图"
