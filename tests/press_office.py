"""The press for Word and Excel, byte for byte the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from tests.press_layout import Box, Laid, lay_tables
from tests.press_noise import BREADCRUMB, CLEAN, COUNTERS, FOOTER, Noise, spoil_label
from tests.press_sheet import Sheet

_EPOCH = (2020, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NUMBER = re.compile(r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$")


def print_docx(sheet: Sheet, noise: Noise | None = None) -> bytes:
    """The sheet as a Word document: title, headings, tables with merged cells."""
    noise = noise or CLEAN
    document = docx.Document()
    document.core_properties.title = sheet.heading
    document.core_properties.author = document.core_properties.comments = ""
    if noise.furniture:
        document.sections[0].header.paragraphs[0].text = BREADCRUMB
    document.add_heading(sheet.heading, 0)
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    for number, label in sheet.headings():
        document.add_heading(_heading(label.printed, noise), 1)
        if sheet.sections.get(number):
            document.add_paragraph(sheet.sections[number])
        if number in tables:
            _add_table(document, tables[number])
    if noise.furniture:
        _add_counters(document)
    packed = io.BytesIO()
    document.save(packed)
    return _settle(packed.getvalue())


def _heading(printed: str, noise: Noise) -> str:
    return spoil_label(printed, noise).replace("\n", "")


def _add_table(document: Any, laid: Laid) -> None:
    table = document.add_table(laid.height, laid.width)
    table.style = "Table Grid"
    # Looked up before any merging: python-docx counts its way to a cell anew each time.
    cells = [list(row.cells) for row in table.rows]
    for box in laid.boxes:
        cell = cells[box.row][box.column]
        if (box.height, box.width) != (1, 1):
            last = cells[box.row + box.height - 1][box.column + box.width - 1]
            cell = cell.merge(last)
        cell.paragraphs[0].text = box.text


def _add_counters(document: Any) -> None:
    table = document.add_table(len(COUNTERS), len(COUNTERS[0]))
    for row, texts in zip(table.rows, COUNTERS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(FOOTER)


def print_xlsx(sheet: Sheet, noise: Noise | None = None) -> bytes:
    """The sheet as a workbook: one worksheet, its sections below one another, cells merged."""
    noise = noise or CLEAN
    book = openpyxl.Workbook()
    page = book.active
    page.title = "年报"
    book.properties.title = sheet.heading
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    width = max(laid.width for laid in tables.values())
    lines = [BREADCRUMB] if noise.furniture else []
    row = _add_lines(page, 1, [*lines, sheet.heading], width)
    for number, label in sheet.headings():
        text = sheet.sections.get(number, "")
        row = _add_lines(page, row, [_heading(label.printed, noise), *filter(None, [text])], width)
        if number in tables:
            row = _add_grid(page, row, tables[number], noise) + 1
    if noise.furniture:
        for index, texts in enumerate(COUNTERS):
            for column, text in enumerate(texts, 1):
                page.cell(row + index, column, text)
        _add_lines(page, row + len(COUNTERS) + 1, [FOOTER], width)
    packed = io.BytesIO()
    book.save(packed)
    return _settle(packed.getvalue())


def _add_lines(page: Any, row: int, texts: list[str], width: int) -> int:
    """Write texts below one another, each over the whole width; gives back the next free row."""
    for text in texts:
        page.cell(row, 1, text).font = Font(bold=True)
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        row += 1
    return row


def _add_grid(page: Any, top: int, laid: Laid, noise: Noise) -> int:
    thin = Side(style="thin")
    for box in laid.boxes:
        row, column = top + box.row, 1 + box.column
        cell = page.cell(row, column, _value(box, noise))
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if (box.height, box.width) != (1, 1):
            page.merge_cells(
                start_row=row,
                end_row=row + box.height - 1,
                start_column=column,
                end_column=column + box.width - 1,
            )
    return top + laid.height


def _value(box: Box, noise: Noise) -> object:
    """A number where the workbook can hold it exactly as printed, else its characters."""
    if not box.text:
        return None
    if box.figure and not noise.as_text and _NUMBER.match(box.text):
        value = float(box.text) if "." in box.text else int(box.text)
        if str(value) == box.text:
            return value
    return box.text


def _settle(packed: bytes) -> bytes:
    """The same package without the time of printing: fixed dates, entries in their order."""
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>2020-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, data)
    return settled.getvalue()
