"""The six sections of a report and their text, told by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .document import Document, Paragraph
from .text import fold, squash
from .vocabulary import Vocabulary

_HEADING = re.compile(r"^\s*[一二三四五六七八][、.．,，]\s*(\S.{2,40}?)(?:[。：:\s]|$)")
# A longer line is text that begins like a heading.
MAX_HEADING = 45
# What is printed before the first heading: title, foreword, reporting period.
FOREWORD = 0
# So many headings before the first one comes again are a table of contents.
_CONTENTS = 3


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the number and title as printed, and its text without the tables.

    Number 0, code `foreword`, is what stands before the first heading; it has no title.
    """

    number: int
    code: str
    title: str
    text: str


def find_sections(document: Document, words: Vocabulary) -> list[Section]:
    """The sections in printed order, the foreword first; none where no heading is printed."""
    before: list[str] = []
    found: dict[int, tuple[str, str, list[str]]] = {}
    for line in _lines(document):
        heading = _heading(line, words)
        if heading and _is_contents(heading[0], found):
            before += [text for *_, texts in found.values() for text in texts]
            found = {}
        if heading and heading[0] not in found:
            number, code, title, rest = heading
            found[number] = code, title, [rest] if rest else []
        else:
            (list(found.values())[-1][2] if found else before).append(line)
    first = {FOREWORD: ("foreword", "", before)} if found and before else {}
    parts = {**first, **found}
    return [
        Section(number, code, title, "\n".join(text))
        for number, (code, title, text) in parts.items()
    ]


def _is_contents(number: int, found: dict[int, tuple[str, str, list[str]]]) -> bool:
    """Whether the headings so far are a table of contents: the first comes again, without text."""
    first = next(iter(found), None)
    return number == first and len(found) >= _CONTENTS and not any(found[number][2])


def _lines(document: Document) -> Iterator[str]:
    """Paragraphs, and grid rows of one text (an Excel sheet has its headings and text in cells)."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows():
            texts = list(islice(filter(fold, (cell.text for cell in row)), 2))
            if len(texts) == 1:
                yield texts[0]


def _heading(line: str, words: Vocabulary) -> tuple[int, str, str, str] | None:
    """Section number, code, printed heading and the text behind it on the same line."""
    named = words.sections.get(squash(line))
    if named and len(fold(line)) <= MAX_HEADING:
        return (*named, " ".join(line.split()), "")
    found = _HEADING.match(line)
    if found and squash(found[1]) in words.sections:
        return (*words.sections[squash(found[1])], line[: found.end()].strip(), line[found.end() :])
    return None
