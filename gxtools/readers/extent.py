"""How much a page, a text or a document may hold: far beyond any report, far below what hangs."""

from __future__ import annotations

import re

from ..document import Document, Paragraph
from ..errors import FormatError

# Of the source of a page or text, without the pictures written into it. Real pages: 0.1 MB.
MAX_SOURCE = 6_000_000
MAX_TAGS = 400_000  # a page that Word has saved has 30,000
MAX_LINES = 50_000
MAX_BARS = 200_000  # `|` in a text: a report prints 600
# Of a document, whatever its format. A workbook with 60 reports, one a sheet, has 20,000 cells.
MAX_PRINTED = 2_000_000  # characters
MAX_PARAGRAPHS = 50_000
MAX_CELLS = 200_000

_PICTURE = re.compile(rb"data:[\w/+.;-]{1,100},[A-Za-z0-9+/=%\s]{200,}")
_LONG = 20_000
_SMALL = 300_000  # characters of a page; reports have 100,000
# What is between these is no tag, whatever it looks like.
_ASIDE = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I)
# A tag with its quoted values, which may hold `>`; no part of it is ever gone over twice.
_TAG = re.compile(r"""<[A-Za-z](?:[^=>]++|=\s*+(?:"[^"]*+"?|'[^']*+'?|))*+""")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"\s[^\s=]")
MAX_ATTRIBUTES = 500  # of one tag that long: libxml2 compares each with all before it

_REAL = "Check that it is the report itself, not a download of a whole site or database."


def lighten(path: str, data: bytes) -> bytes:
    """The source of a page or text without the pictures written into it. Raises FormatError where
    it is too long all the same."""
    if b"data:" in data:
        data = _PICTURE.sub(b"data:,", data)
    if len(data) > MAX_SOURCE:
        raise _too_much(path, f"{len(data):,} bytes of text", MAX_SOURCE)
    return data


def check_tags(path: str, text: str) -> None:
    """Raise FormatError for a page that lxml could not parse in reasonable time and memory."""
    if (count := text.count("<")) > MAX_TAGS:
        raise _too_much(path, f"{count:,} tags", MAX_TAGS)
    # A run that long leaves one of the pieces half as long without a `>`, if no value has one. In a
    # small page even a tag whose values have them cannot cost more than a second.
    half = _LONG // 2
    pieces = range(0, len(text) - half, half)
    if len(text) <= _SMALL and all(">" in text[at : at + half] for at in pieces):
        return
    for tag in _TAG.finditer(_ASIDE.sub("", text)):
        if len(tag[0]) > _LONG:
            count = len(_ATTRIBUTE.findall(_QUOTED.sub('""', tag[0])))
            if count > MAX_ATTRIBUTES:
                raise _too_much(
                    path, f"a tag with thousands of attributes ({count:,})", MAX_ATTRIBUTES
                )


def check_bars(path: str, text: str) -> None:
    """Raise FormatError for a text with more lines or cells than a report can have."""
    for mark, what, most in (("\n", "lines", MAX_LINES), ("|", "cells", MAX_BARS)):
        if (count := text.count(mark)) > most:
            raise _too_much(path, f"{count:,} {what}", most)


def checked(document: Document) -> Document:
    """The document itself. Raises FormatError where it holds more than a report can."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    cells = [cell.text for grid in document.grids() for cell in grid.cells]
    counts = {
        "characters": (sum(map(len, lines)) + sum(map(len, cells)), MAX_PRINTED),
        "paragraphs": (len(lines), MAX_PARAGRAPHS),
        "cells": (len(cells), MAX_CELLS),
    }
    for what, (count, most) in counts.items():
        if count > most:
            raise _too_much(document.path, f"{count:,} {what}", most)
    return document


def _too_much(path: str, what: str, most: int) -> FormatError:
    return FormatError(
        f"it holds {what}, more than a report can ({most:,})", where=path, advice=_REAL
    )
