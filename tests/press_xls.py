"""The press for old Excel workbooks (.xls): the few records that a sheet needs, in an OLE2 file."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.press_layout import Box, lay_tables
from tests.press_noise import CLEAN, Noise, spoil_label
from tests.press_sheet import Sheet

SECTOR = 512
_BOF, _EOF, _BOUNDSHEET = 0x0809, 0x000A, 0x0085
_LABEL, _NUMBER, _MERGED = 0x0204, 0x0203, 0x00E5

Value = str | float
Merged = tuple[int, int, int, int]  # first and last row, first and last column


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def cell(row: int, column: int, value: Value) -> bytes:
    """A number or a text as a record."""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(_LABEL, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return record(_NUMBER, place + struct.pack("<d", value))


def merged(areas: Sequence[Merged]) -> bytes:
    return record(
        _MERGED, struct.pack("<H", len(areas)) + b"".join(struct.pack("<4H", *a) for a in areas)
    )


def bind(sheets: Mapping[str, bytes], extra: bytes = b"", hidden: str = "") -> bytes:
    """The workbook of these sheets: records of cells by name; `extra` records stand before."""
    begin = record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + extra
    heads = [(name.encode("utf-16-le"), name == hidden) for name in sheets]
    size = len(begin) + sum(4 + 8 + len(name) for name, _ in heads) + 4
    names, bodies = b"", b""
    for (name, unseen), cells in zip(heads, sheets.values(), strict=True):
        place = struct.pack("<IBB", size + len(bodies), unseen, 0)
        names += record(_BOUNDSHEET, place + struct.pack("<BB", len(name) // 2, 1) + name)
        bof = record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        bodies += bof + cells + record(_EOF)
    return compound({"Workbook": begin + names + record(_EOF) + bodies})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 file of these streams, each padded to more than the length of a short one."""
    bodies = [
        body.ljust(max(4096, -(-len(body) // SECTOR) * SECTOR), b"\0") for body in streams.values()
    ]
    counts = [len(body) // SECTOR for body in bodies]
    entries = 1 + len(streams)
    folder = -(-entries // 4)
    tables = -(-(sum(counts) + folder + 40) // 127)
    table: list[int] = [0xFFFFFFFD] * tables
    table += [*range(tables + 1, tables + folder), 0xFFFFFFFE]
    starts = []
    for count in counts:
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + count), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 1 if streams else 0xFFFFFFFF, 0xFFFFFFFE, 0)
    for number, (name, body, start) in enumerate(zip(streams, bodies, starts, strict=True), 2):
        after = number if number <= len(streams) else 0xFFFFFFFF
        directory += _entry(name, 2, 0xFFFFFFFF, start, len(body), after)
    directory = directory.ljust(folder * SECTOR, b"\0")
    return head + struct.pack(f"<{len(table)}I", *table) + directory + b"".join(bodies)


def _entry(
    name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, right, child) + b"\0" * 36
    return entry + struct.pack("<II", start, size) + b"\0" * 4


def print_xls(sheet: Sheet, noise: Noise | None = None) -> bytes:
    """The sheet as an .xls workbook of one worksheet."""
    return bind({"年报": lay_cells(sheet, noise or CLEAN)})


def lay_cells(sheet: Sheet, noise: Noise = CLEAN, only: Sequence[int] | None = None) -> bytes:
    """The records of a worksheet: title, headings and tables below one another."""
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    records, areas, row = [cell(0, 0, sheet.heading)], [], 2
    for number, label in sheet.headings():
        if only is not None and number not in only:
            continue
        records.append(cell(row, 0, spoil_label(label.printed, noise).replace("\n", "")))
        row += 1
        if number not in tables:
            continue
        for box in tables[number].boxes:
            records.append(cell(row + box.row, box.column, _value(box)))
            if (box.height, box.width) != (1, 1):
                bottom, right = box.row + box.height - 1, box.column + box.width - 1
                areas.append((row + box.row, row + bottom, box.column, right))
        row += tables[number].height + 1
    return b"".join(records) + merged(areas)


def _value(box: Box) -> Value:
    plain = box.figure and box.text.isascii() and box.text.isdigit()
    return float(box.text) if plain and str(int(box.text)) == box.text else box.text
