"""How printed text is compared (`squash`) and counted (`number`)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_NUMBERING = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]+|\d{1,2})\)|[一二三四五六七八九十]+[、.,]|\d{1,2}[、.,)](?!\d))+"
)
_NOT_WORD = re.compile(r"[\W_]+")
# Traditional and variant characters that occur in the form's labels; a copied page may print them.
_SIMPLE = str.maketrans(
    "數據資訊開請況處結轉繼續辦總計屬國祕秘密危內務過執關規費訴訟復議維糾審類電網業構組織機個決"
    "許強罰單萬價額與條項現發廢興書證諮詢報舉黨團體員會議實際後經標準種無據製積極滿當產權"
    "於對為動給讓庫應聯係繫門戶號錄傳遞層級達選擇題點獲補覆複徵張臺灣縣鄉鎮區長東車龍",
    "数据资讯开请况处结转继续办总计属国秘秘密危内务过执关规费诉讼复议维纠审类电网业构组织机个决"
    "许强罚单万价额与条项现发废兴书证咨询报举党团体员会议实际后经标准种无据制积极满当产权"
    "于对为动给让库应联系系门户号录传递层级达选择题点获补复复征张台湾县乡镇区长东车龙",
)
# Radicals that browsers print for the character itself and NFKC leaves alone (⺠ for 民); the
# equivalents are those of Unicode's EquivalentUnifiedIdeograph.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
    "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
)
_FOLDED = _SIMPLE | _RADICALS


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Printed text with width, radicals, traditional characters and spaces folded away."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    return "".join(folded.split())


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """The part of a label that identifies it: folded, without leading numbering or punctuation.

    `1.属于 国家秘密`, `（1）属于国家秘密` and `属于國家秘密` are one label.
    """
    return _NOT_WORD.sub("", _NUMBERING.sub("", fold(text)))


@dataclass(frozen=True, slots=True)
class Number:
    """What a printed cell says: `value` (None where it is no figure) and its `kind`.

    kind: number, blank, slash, dash, none, annotated (22（其中修订16件）), unit (251000元), missing
    (printed, but not a figure that can be read beyond doubt). `unit` is the unit printed in the
    cell, if any.
    """

    value: Decimal | None
    kind: str
    unit: str = ""


_BLANK = Number(None, "blank")
_UNREAD = Number(None, "missing")
_WORDS = {"无": "none", "没有": "none", "无此项": "none", "不适用": "none"}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SPACED = re.compile(r"^\d{1,3}(?: \d{3})+$")
_PLAIN = re.compile(rf"^[+-]?{_DIGITS}$")
_UNITS = re.compile(rf"^([+-]?{_DIGITS})(亿元|万元|元|万|件|条|项|个|次|份|宗|篇|人|起)$")
_ANNOTATED = re.compile(rf"^({_DIGITS})(件|条|项|个)?\((?:其中|含|包括|包含)[^()]*\)$")
# How many of the first unit make one of the second: money and counts only.
_SCALE = {"亿元": Decimal(10) ** 8, "万元": Decimal(10) ** 4, "元": Decimal(1)}
# A figure longer than this is two figures run together, or an attack on the decimal parser.
MAX_DIGITS = 15


@lru_cache(maxsize=65536)
def number(text: str, unit: str = "") -> Number:
    """What a printed cell says as a figure, counted in `unit` (件, 万元, 元).

    Never guesses: two numbers in one cell, a number broken over lines, `约`, `近` are not figures
    (kind `missing`). `251000元` under 万元 is 25.1; `1 234` and `1,234` are 1234; `+2` is 2.
    """
    inner = unicodedata.normalize("NFKC", text).translate(_FOLDED).strip()
    packed = "".join(inner.split())
    if not packed:
        return _BLANK
    if set(packed) <= set("/\\"):
        return Number(None, "slash")
    if set(packed) <= set("-—–−‐‑‒―_"):
        return Number(None, "dash")
    if packed in _WORDS:
        return Number(None, _WORDS[packed])
    if len(packed) > 4 * MAX_DIGITS or sum(map(str.isdigit, packed)) > MAX_DIGITS:
        return _UNREAD
    return _figure(inner, packed, unit)


def _figure(inner: str, packed: str, unit: str) -> Number:
    """The figure of a cell that is neither empty nor a sign for nothing."""
    packed = packed.replace("−", "-")
    if _ANNOTATED.match(packed):
        return Number(_decimal(_ANNOTATED.match(packed)[1]), "annotated")  # type: ignore[index]
    if _SPACED.match(inner):
        return Number(_decimal(packed), "number")
    # A space or a line break inside digits may part two figures: only the forms above may have it.
    if re.search(r"\d\s+[\d.,]|[.,]\s+\d", inner):
        return _UNREAD
    if _PLAIN.match(packed):
        return Number(_decimal(packed), "number")
    found = _UNITS.match(packed)
    if found is None:
        return _UNREAD
    value = _convert(_decimal(found[1]), found[2], unit)
    return Number(value, "unit", found[2]) if value is not None else _UNREAD


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _convert(value: Decimal, printed: str, unit: str) -> Decimal | None:
    """`value` of the printed unit in the column's unit; None where the two do not measure alike."""
    if printed in _SCALE or (printed == "万" and unit in _SCALE):
        if unit not in _SCALE:
            return None
        factor = _SCALE["万元" if printed == "万" else printed] / _SCALE[unit]
        return (value * factor).normalize() + 0
    if printed == "万":
        return value * 10000
    return None if unit in _SCALE else value
