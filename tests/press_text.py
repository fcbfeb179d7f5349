"""The press for text: the layouts in which extracted reports are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.press_layout import Box, Laid, lay_tables
from tests.press_noise import BREADCRUMB, CLEAN, FOOTER, Noise, spoil_label
from tests.press_sheet import Sheet


def print_text(
    sheet: Sheet, style: str = "cells", noise: Noise | None = None, apart: bool = False
) -> bytes:
    """The sheet as text, in one of STYLES.

    cells: one cell a line ending ` |`, merged cells as runs of `|`. rows: one row a line, the same
    padding. ragged: rows without padding. lines: label and figures parted by spaces, blank cells
    lost. markdown: the whole grid with leading pipes and a rule. bare: one cell a line, no pipes,
    blank lines between. A line break inside a label would part it from its figures, so none is
    printed. apart: the digits of every figure are parted by blanks (`3 4` for 34).
    """
    noise = replace(noise or CLEAN, line_breaks=False)
    lines = [sheet.heading, ""]
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    if apart:
        tables = {section: _parted(laid) for section, laid in tables.items()}
    for number, label in sheet.headings():
        lines.append(spoil_label(label.printed, noise))
        if sheet.sections.get(number):
            lines.append(sheet.sections[number])
        if number in tables:
            lines += STYLES[style](tables[number])
    if noise.furniture:
        lines = [BREADCRUMB, *lines, FOOTER]
    return ("\n".join(lines) + "\n").encode(noise.encoding)


def _parted(laid: Laid) -> Laid:
    boxes = (replace(box, text=" ".join(box.text)) if box.figure else box for box in laid.boxes)
    return replace(laid, boxes=tuple(boxes))


def _padding(laid: Laid, row: list[Box]) -> str:
    """The pipes of the cells that a row lacks because others are merged over them."""
    return "|" * (laid.width - len(row))


def _cells(laid: Laid) -> Iterator[str]:
    rows = laid.rows()
    for index, row in enumerate(rows):
        yield from (f"{box.text} |" for box in row)
        # The padding of a table's last row is lost on the real pages, cut off with the table.
        if index < len(rows) - 1 and _padding(laid, row):
            yield _padding(laid, row)


def _rows(laid: Laid) -> Iterator[str]:
    for row in laid.rows():
        line = " | ".join(box.text for box in row) + " |"
        yield f"{line} {_padding(laid, row)}".rstrip()


def _ragged(laid: Laid) -> Iterator[str]:
    for row in laid.rows():
        yield " | ".join(box.text for box in row) + " |"


def _lines(laid: Laid) -> Iterator[str]:
    for row in laid.rows():
        yield " ".join(box.text for box in row if box.text)


def _markdown(laid: Laid) -> Iterator[str]:
    for index, row in enumerate(laid.rows()):
        texts = {box.column: box.text for box in row}
        cells = (texts.get(column, "") for column in range(laid.width))
        yield "| " + " | ".join(cells) + " |"
        if index == 0:
            yield "|" + "---|" * laid.width


def _bare(laid: Laid) -> Iterator[str]:
    for row in laid.rows():
        for box in row:
            yield from ("", box.text)
    yield ""


STYLES: dict[str, Callable[[Laid], Iterator[str]]] = {
    "cells": _cells,
    "rows": _rows,
    "lines": _lines,
    "markdown": _markdown,
    "ragged": _ragged,
    "bare": _bare,
}
