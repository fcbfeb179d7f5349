"""The statutory form as rectangles: what covers which cells of the printed table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gxtools.forms import Block, Label, Table
from tests.press_noise import CLEAN, Noise, spoil_figure, spoil_label
from tests.press_sheet import Sheet

# 一、 二、 四、 stand at the table's edge; every other outcome stands under 三、本年度办理结果.
_TOP = re.compile(r"^[一二三四五六七八九十]+、")
STUB_COLUMNS = 3
_YEAR = "年度"
# What stands in the unit's column of a heading that has no figure.
_NO_UNIT = ("——",)


@dataclass(frozen=True)
class Box:
    """One printed cell: its text and the rectangle it covers; `figure` tells values from labels."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    figure: bool = False


@dataclass(frozen=True)
class Laid:
    """One table as printed: boxes in reading order, each row `width` columns wide."""

    id: str
    section: int
    width: int
    height: int
    boxes: tuple[Box, ...]

    def rows(self) -> list[list[Box]]:
        """The boxes that begin in each row, from left to right."""
        found: list[list[Box]] = [[] for _ in range(self.height)]
        for box in sorted(self.boxes, key=lambda box: (box.row, box.column)):
            found[box.row].append(box)
        return found


@dataclass(frozen=True)
class LaidSheet(Sheet):
    """A sheet whose tables are laid already, perhaps not as their forms have them."""

    laid: tuple[Laid, ...] = ()


def lay_tables(sheet: Sheet, noise: Noise = CLEAN) -> list[Laid]:
    """The sheet's tables in the layout of their forms, spoiled by `noise`."""
    if isinstance(sheet, LaidSheet):
        return list(sheet.laid)
    return [_spoil(_lay(sheet, table), noise) for table in sheet.tables()]


def _lay(sheet: Sheet, table: Table) -> Laid:
    if table.groups:
        boxes = _lay_outcomes(sheet, table)
    elif table.blocks[0].layout == "one_row":
        boxes = _lay_one_row(sheet, table)
    else:
        boxes = _lay_blocks(sheet, table)
    width = max(box.column + box.width for box in boxes)
    height = max(box.row + box.height for box in boxes)
    return Laid(table.id, table.section, width, height, tuple(boxes))


def _lay_blocks(sheet: Sheet, table: Table) -> list[Box]:
    """Blocks below one another: a caption over the whole width, a header, a row for each item.

    A block without stubs or caption goes on under the header of the block before it.
    """
    left = max(len(block.stubs) for block in table.blocks) or 1
    width = max(len(block.columns) for block in table.blocks)
    boxes: list[Box] = []
    row = 0
    for block in table.blocks:
        if block.printed:
            boxes.append(Box(block.printed, row, 0, 1, left + width))
            row += 1
        if block.printed or block.stubs or not boxes:
            boxes += [Box(stub, row, column) for column, stub in enumerate(block.stubs or ("",))]
            names = [_column_name(column, sheet) for column in block.columns]
            boxes += _spread(names, row, left, width)
            row += 1
        for item in block.rows:
            for heading in item.above:
                texts = (heading, *(_NO_UNIT[: left - 1]), *[""] * width)
                boxes += [Box(text, row, column) for column, text in enumerate(texts)]
                row += 1
            stubs = (item.printed, item.unit, item.no)[:left]
            boxes += [Box(text, row, column) for column, text in enumerate(stubs)]
            boxes += _spread(_figures(sheet, table, block, item), row, left, width, figure=True)
            row += 1
    return boxes


def _column_name(column: Label, sheet: Sheet) -> str:
    """The label of a column; the year's own (年度) is printed with its number."""
    return f"{sheet.year}{column.printed}" if column.printed == _YEAR else column.printed


def _spread(
    texts: Sequence[str], row: int, left: int, width: int, figure: bool = False
) -> list[Box]:
    """Texts over `width` columns from `left` on; the last ones take what is left over."""
    share, over = divmod(width, len(texts))
    boxes, column = [], left
    for index, text in enumerate(texts):
        span = share + (index >= len(texts) - over)
        boxes.append(Box(text, row, column, 1, span, figure))
        column += span
    return boxes


def _figures(sheet: Sheet, table: Table, block: Block, row: Label) -> list[str]:
    return [sheet.figure(table.id, row.code, column.code) for column in block.columns]


def _lay_outcomes(sheet: Sheet, table: Table) -> list[Box]:
    """Section 三: a header of three rows, three columns of labels with group cells beside them."""
    (block,) = table.blocks
    boxes = _applicant_header(block)
    inner = [not _TOP.match(label.printed) for label in block.rows]
    head = 3
    for index, label in enumerate(block.rows):
        row = head + index
        left = _outcome_column(table, label) if inner[index] else 0
        boxes.append(Box(label.printed, row, left, 1, STUB_COLUMNS - left))
        texts = _figures(sheet, table, block, label)
        boxes += [Box(text, row, STUB_COLUMNS + i, figure=True) for i, text in enumerate(texts)]
    for group in table.groups:
        members = [i for i, label in enumerate(block.rows) if _belongs(label, group)]
        column = 1 if members else 0
        members = members or [i for i, flag in enumerate(inner) if flag]
        boxes.append(Box(group.printed, head + members[0], column, len(members)))
    return boxes


def _applicant_header(block: Block) -> list[Box]:
    note, applicants, organisations = block.stubs
    first, *middle, last = block.columns
    left, width = STUB_COLUMNS, len(block.columns)
    return [
        Box(note, 0, 0, 3, left),
        Box(applicants, 0, left, 1, width),
        Box(first.printed, 1, left, 2),
        Box(organisations, 1, left + 1, 1, len(middle)),
        Box(last.printed, 1, left + width - 1, 2),
        *(Box(label.printed, 2, left + 1 + i) for i, label in enumerate(middle)),
    ]


def _belongs(label: Label, group: Label) -> bool:
    return label.code.startswith(f"{group.code}.")


def _outcome_column(table: Table, label: Label) -> int:
    """Where the label of an outcome begins: 2 beside its group's cell, 1 where it has none."""
    return 2 if any(_belongs(label, group) for group in table.groups) else 1


def _lay_one_row(sheet: Sheet, table: Table) -> list[Box]:
    """Section 四: the first route alone, the others under one head, all figures in one row."""
    (block,) = table.blocks
    alone, *joined = block.rows
    step = len(block.columns)
    boxes = [
        Box(alone.printed, 0, 0, 1, step),
        Box(block.stubs[0], 0, step, 1, step * len(joined)),
    ]
    for index, route in enumerate(block.rows):
        left = index * step
        if index:
            boxes.append(Box(route.printed, 1, left, 1, step))
        top, height = (2, 1) if index else (1, 2)
        for i, column in enumerate(block.columns):
            boxes.append(Box(column.printed, top, left + i, height))
            text = sheet.figure(table.id, route.code, column.code)
            boxes.append(Box(text, 3, left + i, figure=True))
    return boxes


def _spoiled(box: Box, noise: Noise) -> str:
    if box.figure:
        return spoil_figure(box.text, noise)
    return box.text if box.text.isdigit() else spoil_label(box.text, noise)  # 01 numbers a row


def _spoil(laid: Laid, noise: Noise) -> Laid:
    spoiled = [
        replace(
            box,
            text=_spoiled(box, noise),
            row=box.row + noise.extra_rows,
        )
        for box in laid.boxes
    ]
    rows, columns = noise.extra_rows, noise.extra_columns
    height, width = laid.height + 2 * rows, laid.width + columns
    empty_rows = [*range(rows), *range(height - rows, height)]
    spoiled += [Box("", row, column) for row in empty_rows for column in range(width)]
    spoiled += [
        Box("", row, laid.width + i) for row in range(rows, height - rows) for i in range(columns)
    ]
    return replace(laid, width=width, height=height, boxes=tuple(spoiled))
