"""What is timed: real reports of ../shared where they are, and reports that the press draws.

Drawn reports are synthetic: made-up bodies, made-up figures whose sums hold.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.press import Noise, Sheet, drawn_sheet, print_html, print_text, print_xlsx
from tests.typeset import Sheet as Page
from tests.typeset import typeset

SHARED = Path(__file__).parents[2] / "shared/reports"
SEED = 20240131
EDITIONS = {"proactive": "2021", "applications": "2021", "disputes": "2021"}
FURNITURE = 100_000  # bytes of a page: menus, links and scripts around the report


def sheets(n: int, seed: int = SEED) -> list[Sheet]:
    draw = random.Random(seed)
    return [drawn_sheet(draw, EDITIONS) for _ in range(n)]


def page_of_100_kb(sheet: Sheet) -> bytes:
    """A web page as sites serve them: the report amid 100 KB of menus, styles and scripts."""
    report = print_html(sheet, Noise(furniture=True)).decode()
    item = (
        '<li class="nav-item"><a href="/zwgk/{0}/index.html" target="_blank" title="栏目{0}">'
        "<span>信息公开栏目{0}</span></a></li>\n"
    )
    script = "function go{0}(a,b){{if(a<b&&b>0){{location.href='/s?q='+a;}}return a||b;}}\n"
    size, number, menu, code = len(report.encode()), 0, "", ""
    while size < FURNITURE:
        menu += item.format(number)
        code += script.format(number) * 2
        size = len(report.encode()) + len(menu.encode()) + len(code)
        number += 1
    head = f'<div class="menu"><ul>\n{menu}</ul></div>\n<script>\n{code}</script>\n'
    return report.replace("<body>\n", f"<body>\n{head}", 1).encode()


def printed(print_sheet: Callable[[Sheet], bytes], n: int) -> list[bytes]:
    return [print_sheet(sheet) for sheet in sheets(n)]


def web_pages(n: int) -> dict[str, list[bytes]]:
    """The pages to time by name, n of each kind (a real page is timed again and again)."""
    real = ("pingtan_2023.html", "shanghai_office_2019.html")
    found = {name: [(SHARED / name).read_bytes()] * n for name in real if (SHARED / name).exists()}
    return {**found, "drawn page of 100 KB": printed(page_of_100_kb, n)}


def pdfs(n: int) -> dict[str, list[bytes]]:
    real = ("hongze_2023.pdf", "hongze_2024.pdf")
    found = {name: [(SHARED / name).read_bytes()] * n for name in real if (SHARED / name).exists()}
    return {**found, "drawn PDF of one table": [_pdf(sheet) for sheet in sheets(n)]}


def _pdf(sheet: Sheet) -> bytes:
    """The applications of a sheet as a ruled table, without its header of several rows."""
    table = next(table for table in sheet.tables() if table.id == "applications")
    rows = [["", *(column.printed for column in table.columns)]]
    for row in table.rows:
        figures = [sheet.figure(table.id, row.code, c.code) for c in table.columns]
        rows.append([row.printed[:8], *figures])
    return typeset(Page().text(60, 60, sheet.heading).table(rows, y=80, width=50))


def workbooks(n: int) -> list[bytes]:
    return printed(print_xlsx, n)


def texts(n: int) -> list[bytes]:
    return printed(lambda sheet: print_text(sheet, "rows"), n)
