"""The same content as the same bytes: Office archives without dates, and text they can hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..percentages import cell_format

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell

# An Office file must carry some date; a fixed one gives the same bytes for the same figures.
DATE = datetime(2000, 1, 1)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
# What XML forbids, and the marks that turn the direction of the text around them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_LONGEST = 32_767  # characters in a cell


def clean(text: object, *, line: bool = True) -> str:
    """The text without control characters; on one line unless `line=False`."""
    kept = _FORBIDDEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACE.sub(" ", kept).strip() if line else kept


def sealed(archive: bytes, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The archive with every date in it fixed; `change` may give a member other content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name) if change is None else change(name, old.read(name))
            if name == "docProps/core.xml":
                stamp = DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            new.writestr(entry, content)
    return out.getvalue()


def put_text(cell: Cell | MergedCell, text: object, *, line: bool = True) -> None:
    """Write text into a cell as text: never a formula, an error or a number."""
    words = clean(text, line=line)
    if not words:
        return
    cell.value = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    cell.data_type = "s"


def workbook_bytes(
    categories: Sequence[str], columns: Mapping[str, Sequence[float | None]], number_format: str
) -> bytes:
    """The workbook behind a native chart: categories in column A, one column a series."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"  # the references in the chart name it
    for row, name in enumerate(categories, start=2):
        put_text(sheet.cell(row, 1), name)
    for column, (name, values) in enumerate(columns.items(), start=2):
        put_text(sheet.cell(1, column), name)
        for row, value in enumerate(values, start=2):
            cell = sheet.cell(row, column, value)
            cell.number_format = cell_format([value or 0], number_format)
    sheet.column_dimensions["A"].width = 40
    out = io.BytesIO()
    book.save(out)
    return sealed(out.getvalue())
