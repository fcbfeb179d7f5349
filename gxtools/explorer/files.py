"""Figure and table as bytes of a file: what is shown, what is saved, what a browser downloads."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..arguments import path_of
from ..charts import save_figure
from ..charts.screen import screen_png
from ..places import writing
from ..tables import write_csv

__all__ = ["chart_bytes", "close", "keep", "screen_png", "table_bytes"]

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHARTS = ("png", "svg", "pdf")
TABLES = ("xlsx", "csv")
MEDIA = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


def close(figure: Figure) -> None:
    """Forget a figure: pyplot would keep it, and show it below the cell."""
    from matplotlib import pyplot

    pyplot.close(figure)


def chart_bytes(figure: Figure, suffix: str) -> bytes:
    """The figure as save_figure writes it."""
    with TemporaryDirectory() as folder:
        return save_figure(figure, Path(folder) / f"chart.{suffix}").read_bytes()


def table_bytes(table: pd.DataFrame, suffix: str) -> bytes:
    """The frame as XLSX (text is never a formula) or as CSV for a Chinese Excel."""
    if suffix == "csv":
        with TemporaryDirectory() as folder:
            return write_csv(table, Path(folder) / "table.csv").read_bytes()
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "table"
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([])
        for number, value in enumerate(row, start=1):
            if pd.isna(value):
                continue
            text = isinstance(value, str)
            cell = sheet.cell(sheet._current_row, number)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if text else value
            if text:
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def keep(data: bytes, folder: str, stem: str, suffix: str) -> Path:
    """Write a file that is not there yet: `stem.suffix`, `stem-2.suffix`. Raises FileError."""
    target = Path(path_of(folder)) / f"{stem}.{suffix}"
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{stem}-{number}.{suffix}")
    with writing(target):
        target.write_bytes(data)
    return target
