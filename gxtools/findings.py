"""write_findings(): the findings as a workbook, a page or a CSV that a person can work through."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .arguments import path_of
from .checklist import checks
from .errors import InputError
from .findings_page import findings_page
from .places import writing
from .reports import Reports, need_reports
from .review import CONFIRMED, DISMISSED, REVIEW, SHEET, count_verdicts
from .tables import write_csv
from .worklist import SEVERITIES, Worklist, worklist

# Columns of the list: code, heading, width in characters. The codes stand in the first row, hidden.
COLUMNS = (
    ("agency", "机关", 22), ("year", "年度", 7), ("told", "结论", 8), ("weight", "类别", 10),
    ("title", "核对", 24), ("where", "表 · 行 · 列", 34), ("left", "左式", 9), ("right", "右式", 9),
    ("gap", "差额", 9), ("original", "原文", 26), ("note", "说明", 40), ("suspects", "疑误格", 48),
    ("place", "在文件中的位置", 22), ("review", "评定", 9), ("reason", "理由", 28),
    ("basis", "依据", 36), ("report", "报告标识", 24), ("check", "核对编号", 12),
    ("table", "table", 12), ("row", "row", 16), ("column", "column", 14), ("sha256", "sha256", 14),
    ("printed", "printed", 26),
)  # fmt: skip
_NUMBERS = ("year", "left", "right", "gap")
_PRINTED = "reason"  # the last column that is printed on paper
# Points: of the letters, of one character of a column's width, of a line; a row has 409 at most.
_SIZE, _CHARACTER, _LINE, _MOST_LINES = 11.0, 5.25, 15.0, 27
_HIDDEN = ("table", "row", "column", "sha256", "printed")
_UNJUDGED = ("agency", "year", "title", "where", "left", "right", "note", "place", "report")
_CATALOGUE = (
    ("check", "核对编号", 14), ("title", "核对", 30), ("formula", "公式", 44),
    ("severity", "类别", 10), ("lawful", "合法的例外", 40), ("source", "来源", 44),
    ("editions", "表样版本", 16), ("by", "函数", 12),
)  # fmt: skip
_SUFFIXES = (".xlsx", ".html", ".csv")
_FILL = {"不符": "F8D7D3", "待核": "FDF3D8"}


def write_findings(
    reports: Reports, path: str | os.PathLike[str], *, reviewed: pd.DataFrame | None = None
) -> Path:
    """Write what has to be looked at, for a person to confirm or set aside; returns the path.

    Listed are the findings of `check` that do not hold and the figures of the text that `claims`
    finds to differ, by body and year, broken first; a report without findings has a line. The
    suffix tells the kind: `.xlsx` (a list with a column for the verdict, what cannot be judged,
    the catalogue of checks), `.html` (one page to filter, without a network), `.csv` (to be kept
    under version control). `reviewed`, the frame of `review()`, fills the verdicts given so far:
    one that no longer fits what is printed is left out. Without it a file that holds verdicts is
    not written over. Raises InputError for that and for another suffix, FileError where the file
    cannot be written.
    """
    file = Path(path_of(path))
    if file.suffix.lower() not in _SUFFIXES:
        raise InputError(
            f"{file.suffix or 'no suffix'!r} is no kind of findings",
            where=str(file),
            advice=f"Name it {', '.join(_SUFFIXES)}.",
        )
    need_reports(reports)
    if reviewed is None:
        _keep_verdicts(file)
    work = worklist(reports, reviewed)
    if file.suffix.lower() == ".csv":
        return write_csv(work.open[REVIEW], file)
    page = file.suffix.lower() == ".html"
    content = findings_page(work).encode() if page else _workbook(work)
    with writing(file):
        file.write_bytes(content)
    return file


def _keep_verdicts(file: Path) -> None:
    """Raises InputError where the file holds verdicts that would be written over."""
    given = 0 if file.suffix.lower() == ".html" else count_verdicts(file)
    if given:
        raise InputError(
            f"the file holds {given} verdicts that would be lost",
            where=str(file),
            advice="Give them: reviewed=gx.review(path); or choose another name.",
        )


def _workbook(work: Worklist) -> bytes:
    from openpyxl import Workbook

    from .briefing.archive import DATE, sealed

    book = Workbook()
    first = book.worksheets[0]
    first.title = SHEET
    _list(first, work)
    _plain(book.create_sheet("无法判断"), work.unjudged, [c for c in COLUMNS if c[0] in _UNJUDGED])
    known = checks()
    weights = known["severity"].map(SEVERITIES)
    _plain(book.create_sheet("核对目录"), known.assign(severity=weights), _CATALOGUE)
    book.properties.creator = "gxtools"
    book.properties.created = book.properties.modified = DATE
    out = io.BytesIO()
    book.save(out)
    return sealed(out.getvalue())


def _list(sheet: Any, work: Worklist) -> None:
    """The findings from the third row on, then a line for each report without any."""
    from openpyxl.worksheet.datavalidation import DataValidation

    codes = [code for code, _, _ in COLUMNS]
    _heads(sheet, codes, [codes, [head for _, head, _ in COLUMNS]])
    for at, row in enumerate(work.open[codes].itertuples(index=False, name=None), start=3):
        _line(sheet, at, codes, row)
    _say_units(sheet, work.open["unit"].fillna("").tolist(), codes)
    bottom = len(work.open) + 2
    for at, row in enumerate(work.clean.itertuples(index=False, name=None), start=bottom + 1):
        _line(sheet, at, ["agency", "year", "report", "note"], row, codes)
    for i, (code, _, width) in enumerate(COLUMNS, start=1):
        column = sheet.column_dimensions[sheet.cell(1, i).column_letter]
        column.width, column.hidden = width, code in _HIDDEN
    for at in range(3, max(bottom + len(work.clean), 3) + 1):
        _heighten(sheet, at)
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = "C3"
    last = max(bottom + len(work.clean), 3)
    sheet.auto_filter.ref = f"A2:{sheet.cell(last, len(codes)).coordinate}"
    choice = DataValidation(type="list", formula1=f'"{CONFIRMED},{DISMISSED}"', allow_blank=True)
    choice.error, choice.errorTitle = f"只能填 {CONFIRMED} 或 {DISMISSED}", "评定"
    choice.showErrorMessage = True
    letter = sheet.cell(1, codes.index("review") + 1).column_letter
    choice.add(f"{letter}3:{letter}{max(bottom, 3)}")
    sheet.add_data_validation(choice)
    _print(sheet, sheet.cell(last, codes.index(_PRINTED) + 1).coordinate)


def _say_units(sheet: Any, units: list[str], codes: list[str]) -> None:
    """Figures of the text with their unit behind them; they stay numbers."""
    for at, unit in enumerate(units, start=3):
        for code in ("left", "right") if unit else ():
            sheet.cell(at, codes.index(code) + 1).number_format = f'General"{unit}"'


def _heighten(sheet: Any, at: int, columns: Sequence[tuple[str, str, int]] = COLUMNS) -> None:
    """Give a row the lines that its texts need: not every program does so when it opens a file."""
    from .briefing.lettering import lines

    needed = [
        sum(lines(part, width * _CHARACTER, _SIZE) for part in str(cell.value).split("\n"))
        for cell, (code, _, width) in zip(sheet[at], columns, strict=True)
        if cell.value is not None and code not in _HIDDEN
    ]
    sheet.row_dimensions[at].height = _LINE * min(max(needed, default=1), _MOST_LINES)


def _print(sheet: Any, last: str) -> None:
    """On A3, as wide as a page, without the columns that only a program needs."""
    sheet.print_area, sheet.print_title_rows = f"A2:{last}", "2:2"
    _on_paper(sheet)


def _on_paper(sheet: Any) -> None:
    """Landscape, as wide as a page, its number at the foot, a thin line under each row."""
    from openpyxl.styles import Border, Side

    below = Border(bottom=Side("thin", color="D9D9D9"))
    for row in sheet.iter_rows(min_row=2):
        for cell in row if any(cell.value is not None for cell in row) else ():
            cell.border = below
    sheet.oddFooter.center.text = "&P/&N"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.page_margins.left = sheet.page_margins.right = 0.3  # inches


def _heads(sheet: Any, codes: list[str], rows: list[list[str]]) -> None:
    from openpyxl.styles import Font, PatternFill

    for at, row in enumerate(rows, start=1):
        _line(sheet, at, codes, tuple(row))
        for i in range(1, len(row) + 1):
            sheet.cell(at, i).font = Font(bold=True)
            sheet.cell(at, i).fill = PatternFill("solid", fgColor="E7ECF2")


def _line(
    sheet: Any, at: int, codes: list[str], row: tuple[Any, ...], all_: list[str] | None = None
) -> None:
    """One row of the sheet: numbers as numbers, everything else as text, never as a formula."""
    from openpyxl.styles import Alignment, PatternFill

    from .briefing.archive import put_text

    for code, value in zip(codes, row, strict=True):
        cell = sheet.cell(at, (all_ or codes).index(code) + 1)
        if pd.isna(value):
            continue
        if code in _NUMBERS and not isinstance(value, str):
            cell.value = float(value) if float(value) % 1 else int(value)
        else:
            put_text(cell, value, line=False)
        aside = "center" if code == "year" else "right" if code in _NUMBERS else None
        cell.alignment = Alignment(aside, "top", wrap_text=True)
        if code == "told" and value in _FILL:
            cell.fill = PatternFill("solid", fgColor=_FILL[value])


def _plain(sheet: Any, frame: pd.DataFrame, columns: Sequence[tuple[str, str, int]]) -> None:
    """Columns of a frame (code, heading, width in characters) as they are."""
    codes = [code for code, _, _ in columns]
    _heads(sheet, codes, [[head for _, head, _ in columns]])
    for at, row in enumerate(frame[codes].itertuples(index=False, name=None), start=2):
        _line(sheet, at, codes, row)
        _heighten(sheet, at, columns)
    for i, (_, _, width) in enumerate(columns, start=1):
        sheet.column_dimensions[sheet.cell(1, i).column_letter].width = width
    _on_paper(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
