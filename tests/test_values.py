"""Every way to print a figure, in every format that can carry it: value, kind and raw are right."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

import gxtools as gx
from tests.press_saved import ADDRESS, bind_mht, pack
from tests.press_xls import bind, cell
from tests.typeset import Sheet as Page
from tests.typeset import typeset

TITLE = "示例局（合成数据）2024年政府信息公开工作年度报告"
DOCUMENTS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
Rows = list[list[str]]

# Printed in a cell of 件 and in one of 万元: value and kind in each.
VALUES = {
    "0": (0, "number", 0, "number"),
    "０": (0, "number", 0, "number"),
    "１２": (12, "number", 12, "number"),
    "1,234": (1234, "number", 1234, "number"),
    "1 234": (1234, "number", 1234, "number"),
    "+2": (2, "number", 2, "number"),
    "12.5": (12.5, "number", 12.5, "number"),
    "190.457379": (190.457379, "number", 190.457379, "number"),
    "": (None, "blank", None, "blank"),
    "\xa0": (None, "blank", None, "blank"),
    "/": (None, "slash", None, "slash"),
    "-": (None, "dash", None, "dash"),
    "—": (None, "dash", None, "dash"),
    "无": (None, "none", None, "none"),
    "22（其中修订16件）": (22, "annotated", 22, "annotated"),
    "251000元": (None, "missing", 25.1, "unit"),
    "3.2万元": (None, "missing", 3.2, "unit"),
    "约100": (None, "missing", None, "missing"),
    "--253": (None, "missing", None, "missing"),
    "5件": (5, "unit", None, "missing"),
}


def rows(value: str) -> tuple[Rows, Rows]:
    """Two tables of section two with the value in each."""
    documents = [DOCUMENTS, ["规章", value, "7", "8"], ["行政规范性文件", "4", "5", "6"]]
    fees = [["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", value]]
    return documents, fees


def as_html(value: str) -> bytes:
    texts = [
        "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in table)
        for table in rows(value.replace("\xa0", "&nbsp;"))
    ]
    tables = "".join(f"<table>{text}</table>" for text in texts)
    return f"<meta charset=utf-8><h1>{TITLE}</h1>{tables}".encode()


def as_docx(value: str) -> bytes:
    document, target = docx.Document(), io.BytesIO()
    document.add_heading(TITLE, 0)
    for table in rows(value):
        grid = document.add_table(len(table), len(table[0]))
        for r, row in enumerate(table):
            for c, text in enumerate(row):
                grid.cell(r, c).text = text
        document.add_paragraph("。")
    document.save(target)
    return target.getvalue()


def as_xlsx(value: str) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in ([TITLE], *(row for table in rows(value) for row in table)):
        book.active.append([text or None for text in row])
    book.save(target)
    return target.getvalue()


def as_xls(value: str) -> bytes:
    lines = [[TITLE], *(row for table in rows(value) for row in table)]
    cells = [cell(r, c, text) for r, row in enumerate(lines) for c, text in enumerate(row) if text]
    return bind({"表": b"".join(cells)})


def as_csv(value: str) -> bytes:
    target = io.StringIO()
    lines = [[TITLE], *(row for table in rows(value) for row in table)]
    csv.writer(target).writerows([*line, *[""] * (4 - len(line))] for line in lines)
    return target.getvalue().encode("utf-8-sig")


def as_pdf(value: str) -> bytes:
    documents, fees = rows(value)
    page = Page().text(60, 60, TITLE).table(documents, width=90).table(fees, y=300, width=140)
    return typeset(page)


def as_markdown(value: str) -> bytes:
    tables = [
        "\n".join(
            ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
            + ["| " + " | ".join(row) + " |" for row in body]
        )
        for head, *body in rows(value)
    ]
    return "\n\n".join([f"# {TITLE}", *tables, ""]).encode()


def as_text(value: str) -> bytes:
    """One cell a line, the section whole; a blank last cell would be lost with its row's end."""
    texts = [text for table in rows(value) for row in table for text in row]
    return "\n".join([TITLE, *(f"{text} |" for text in texts)]).encode()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "csv": as_csv,
    "pdf": as_pdf,
    "markdown": as_markdown,
    "text": as_text,
    "mht": lambda value: bind_mht({ADDRESS: as_html(value)}),
    "zip": lambda value: pack({"a.html": as_html(value)}),
}
# The engines do not agree on a lone full-width character of a font that is not in the file.
UNTOLD = {("pdf", "０")}
# In text, where only figures are known from words, a cell of other words ends its row: all of it is
# unread, and listed.
ENDED = {(name, value) for name in ("markdown", "text") for value in ("约100", "--253")}
# A blank at the end of text may be a cell or nothing: its row is not read.
LOST = {("text", ""), ("text", "\xa0")}


def read_report(folder: Path, data: bytes) -> gx.Reports:
    (folder / "report").write_bytes(data)
    return gx.read(folder / "report")


def read(folder: Path, data: bytes) -> pd.DataFrame:
    return read_report(folder, data).cells.set_index(["row", "column"])


def told(cells: pd.DataFrame, row: str, column: str) -> tuple[float | None, str, str]:
    found = cells.loc[(row, column)]
    value = None if pd.isna(found["value"]) else float(found["value"])
    return value, found["kind"], "" if pd.isna(found["raw"]) else found["raw"]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value))
@pytest.mark.parametrize("name", FORMATS)
def test_a_cell_is_what_is_printed_in_it(name: str, value: str, tmp_path: Path) -> None:
    count, count_kind, money, money_kind = VALUES[value]
    reports = read_report(tmp_path, FORMATS[name](value))
    cells = reports.cells.set_index(["row", "column"])
    found = [told(cells, "regulation", "issued"), told(cells, "fees", "amount_wan")]
    if (name, value) in UNTOLD | ENDED:
        assert [kind for _, kind, _ in found] == ["missing", "missing"]
        assert (
            reports.problems["what"]
            .str.contains("regulation.*fees|fees.*read beyond doubt|/ fees /")
            .any()
        )
        return
    assert found[0][:2] == (count, count_kind)
    if (name, value) in LOST:
        assert found[1][:2] == (None, "missing")
    else:
        assert found[1][:2] == (money, money_kind)
    assert {raw.strip() for *_, raw in found} == {value.strip()}
    assert told(cells, "regulation", "repealed")[0] == 7


@pytest.mark.parametrize(("printed", "money"), [("251000元", 251000), ("3.2万元", 32000)])
def test_an_amount_under_yuan_counts_in_yuan(printed: str, money: float, tmp_path: Path) -> None:
    row = {"政府信息公开收费减免金额": printed, "受理依申请公开信息总数": "7", "行政复议数": "0"}
    lines = "".join(
        f"<tr><td>{label}</td><td>{unit}</td><td>{n}</td><td>{n}</td></tr>"
        for (label, n), unit in zip(row.items(), ("元", "条", "件"), strict=True)
    )
    head = "<tr><td>指标名称</td><td>计量单位</td><td>2016年度</td><td>历年累计</td></tr>"
    page = f"<meta charset=utf-8><h1>{TITLE}</h1><table>{head}{lines}</table>"
    assert told(read(tmp_path, page.encode()), "fees_waived", "year") == (money, "unit", printed)


def test_a_formula_of_a_workbook_counts_by_the_value_that_was_saved_with_it(
    tmp_path: Path,
) -> None:
    import zipfile

    packed, target = io.BytesIO(as_xlsx("77777")), io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                index = data.index(b'r="B3"')
                end = data.index(b"</c>", index)
                data = data[:index] + b'r="B3"><f>40+2</f><v>42</v>' + data[end:]
            new.writestr(name, data)
    assert told(read(tmp_path, target.getvalue()), "regulation", "issued")[:2] == (42, "number")
