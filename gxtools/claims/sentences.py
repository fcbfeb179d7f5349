"""The sentences of a section, folded so that phrases can be found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..text import fold
from .counts import GAP

_BLOCK, _STOP = "\x1e", "\x1f"
_HEADING = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))")
_INLINE = re.compile(r"(?<=。)\s*(?=[（(][一二三四五六七八九十]{1,3}[）)])")
_SENTENCE = re.compile(rf"(?<=[。!?！？{_STOP}])|(?<=[^\d\s]\.)(?=[\u4e00-\u9fff])")
_PUNCTUATION = re.compile(r"[,，;；:：。]")
# A heading on a line of its own ends where its line ends; a longer line runs on.
_MAX_HEADING = 24
_NAMED = re.compile("《[^》]*》")
_YEAR = re.compile(r"(?<![\d.])(\d{4})年")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: the section and block (sub-heading) it stands in, as printed, and folded.

    `text` has width and spaces folded, names in 《》 emptied; `relative` the same with the report's
    year as 本年, the year before as 上年 and the next as 下年.
    """

    section: int
    block: int
    printed: str
    text: str
    relative: str


def find_sentences(section: int, text: str, year: int | None) -> Iterator[Sentence]:
    """The sentences of one section in their order; a sub-heading （二） opens a new block."""
    for block, part in enumerate(_blocks(text)):
        for printed in _SENTENCE.split(part):
            folded = _NAMED.sub("《》", _folded(printed))
            if folded:
                relative = _YEAR.sub(partial(_named_year, year), folded)
                yield Sentence(section, block, _shown(printed), folded, relative)


def _blocks(text: str) -> Iterator[str]:
    lines = []
    for line in text.splitlines():
        heading = _HEADING.match(line) is not None
        alone = heading and len(line) <= _MAX_HEADING and not _PUNCTUATION.search(line)
        lines.append((_BLOCK if heading else "") + line + (_STOP if alone else ""))
    for part in "\n".join(lines).split(_BLOCK):
        yield from _INLINE.split(part)


def _folded(text: str) -> str:
    """Folded, but a full-width comma stays one: it parts figures, the other groups their digits."""
    marked = _BETWEEN_DIGITS.sub(GAP, text.replace(_STOP, ""))
    return "，".join(fold.__wrapped__(part) for part in marked.split("，"))


def _shown(text: str) -> str:
    """As printed, without the line breaks and spaces that the layout put between characters."""
    return re.sub(r"\s+", "", _BETWEEN_DIGITS.sub(GAP, text)).replace(GAP, " ").replace(_STOP, "")


def _named_year(year: int | None, found: re.Match[str]) -> str:
    names = {-1: "上年", 0: "本年", 1: "下年"}
    return found[0] if year is None else names.get(int(found[1]) - year, found[0])
