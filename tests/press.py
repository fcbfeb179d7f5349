"""The press: prints known figures in every format, in the statutory form.

All labels, their order and the layout of headers come from `gxtools.forms`; nothing is typed again.
What is printed is known, so reading it back must give exactly that.
"""

from __future__ import annotations

from tests.press_draw import draw_figures, drawn_sheet, noises, sheets
from tests.press_html import print_html
from tests.press_layout import lay_tables
from tests.press_noise import CLEAN, MISPRINTS, Noise
from tests.press_office import print_docx, print_xlsx
from tests.press_sheet import Key, Sheet, broken_sums, figures_sheet, values
from tests.press_text import STYLES, print_text

__all__ = [
    "CLEAN",
    "MISPRINTS",
    "STYLES",
    "Key",
    "Noise",
    "Sheet",
    "broken_sums",
    "draw_figures",
    "drawn_sheet",
    "figures_sheet",
    "lay_tables",
    "noises",
    "print_docx",
    "print_html",
    "print_text",
    "print_xlsx",
    "sheets",
    "values",
]
