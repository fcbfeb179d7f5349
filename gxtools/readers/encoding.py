"""Bytes -> text. Labels lie (gb2312 over GB18030, utf-8 over GBK), so the bytes decide."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters of every report; the wrong encoding turns them into others.
_FAMILIAR = "政府信息公开年度报告申请行"
_FAMILIAR_TRADITIONAL = "資訊開報請"


def decode(data: bytes) -> str:
    """The text of a file: byte-order mark, strict UTF-8, then the best of UTF-8, GB18030, Big5."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        readings = [data.decode(name, "replace") for name in ("gb18030", "utf-8", "big5")]
        return max(readings, key=_likeness)


def _likeness(text: str) -> int:
    familiar = sum(text.count(char) for char in _FAMILIAR + _FAMILIAR_TRADITIONAL)
    return familiar - 10 * text.count("�")
