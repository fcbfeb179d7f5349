"""The press for web pages: the form with its spans, and what sites print around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tests.press_layout import Box, Laid, lay_tables
from tests.press_noise import BREADCRUMB, CLEAN, COUNTERS, FOOTER, METADATA, Noise, spoil_label
from tests.press_sheet import Sheet


def print_html(sheet: Sheet, noise: Noise | None = None) -> bytes:
    """The sheet as a web page, in the encoding of `noise` (UTF-8 without)."""
    noise = noise or CLEAN
    body = "\n".join(_body(sheet, noise))
    if noise.nested:
        body = (
            '<table width="100%"><tr><td width="180"><p>栏目导航</p></td>\n'
            f"<td>{body}</td></tr></table>"
        )
    if noise.furniture:
        body = f"{_top(sheet)}\n{body}\n{_bottom()}"
    page = (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        f"{_charset(noise)}<title>{escape(sheet.heading)}</title>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return page.encode(noise.encoding, "xmlcharrefreplace")


def _charset(noise: Noise) -> str:
    if noise.charset == "absent":
        return ""
    lie = "gb2312" if noise.encoding == "utf-8" else "utf-8"
    return f'<meta charset="{noise.encoding if noise.charset == "right" else lie}">\n'


def _body(sheet: Sheet, noise: Noise) -> Iterator[str]:
    yield f"<h1>{escape(sheet.heading)}</h1>"
    tables = {laid.section: laid for laid in lay_tables(sheet, noise)}
    for number, label in sheet.headings():
        heading = spoil_label(label.printed, noise).replace("\n", "")
        yield f"<h2>{escape(heading)}</h2>"
        if sheet.sections.get(number):
            yield f"<p>{escape(sheet.sections[number])}</p>"
        if number in tables:
            yield _table(tables[number])


def _table(laid: Laid) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in laid.rows())
    return f'<table border="1">\n{rows}\n</table>'


def _cell(box: Box) -> str:
    text = escape(box.text).replace("\n", "<br>").replace("\xa0", "&nbsp;")
    spans = f' rowspan="{box.height}"' if box.height > 1 else ""
    spans += f' colspan="{box.width}"' if box.width > 1 else ""
    return f"<td{spans}>{text}</td>"


def _grid(rows: Sequence[Sequence[str]]) -> str:
    lines = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _top(sheet: Sheet) -> str:
    rows = [[text.format(agency=sheet.agency) for text in row] for row in METADATA]
    menu = f"<ul><li>首页</li><li>政务公开</li></ul><p>{escape(BREADCRUMB)}</p>"
    return f"<div>{menu}</div>\n{_grid(rows)}"


def _bottom() -> str:
    return f"{_grid(COUNTERS)}\n<div><p>{FOOTER}</p></div>"
