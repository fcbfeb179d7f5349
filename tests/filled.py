"""Reports of invented bodies, filled in figure by figure, without a file behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import gxtools as gx
from gxtools.forms import load_form
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame
from gxtools.text import number

Figures = Mapping[tuple[str, str, str], object]  # table, row, column -> the printed characters
TABLES = ("proactive", "applications", "disputes")
TEXT = "依据《政府信息公开信息处理费管理办法》，本年没有收取信息处理费。"


def applications(received: int = 0, carried_in: int = 0, carried_out: int = 0) -> dict[Any, int]:
    """Section 三 with applications of natural persons, all of them granted: every sum holds."""
    concluded = received + carried_in - carried_out
    rows = {
        "received": received,
        "carried_in": carried_in,
        "granted": concluded,
        "concluded": concluded,
        "carried_out": carried_out,
    }
    return {
        ("applications", row, column): value
        for row, value in rows.items()
        for column in ("natural_person", "total")
    }


def documents(issued: int, repealed: int, in_force: int) -> dict[Any, int]:
    """The row 行政规范性文件 of section 二."""
    values = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return {("proactive", "normative_document", name): value for name, value in values.items()}


def route(name: str, *results: object) -> dict[Any, object]:
    """One block of section 四: 维持 纠正 其他 未审结 总计."""
    columns = ("upheld", "corrected", "other", "pending", "total")
    return {("disputes", name, c): value for c, value in zip(columns, results, strict=True)}


def filled(
    report: str,
    figures: Figures | None = None,
    *,
    edition: str = "2021",
    editions: Mapping[str, str] | None = None,
    sections: Mapping[int, str] | None = None,
    problems: tuple[tuple[str, str], ...] = (),
    **identity: Any,
) -> Reports:
    """One report: every cell of its forms is 0 where `figures` says nothing; "?" is not read.

    Further arguments are columns of the index (agency, year, division, level, scope, format …).
    """
    told = dict(editions or dict.fromkeys(TABLES, edition))
    cells = [
        _cell(report, (table.id, *cell), (figures or {}).get((table.id, *cell), 0), i)
        for table in (load_form(edition).table(id) for id, edition in told.items())
        for i, cell in enumerate(table.cells())
    ]
    sha256 = hashlib.sha256(f"{report}{figures}{identity}".encode()).hexdigest()
    row = {
        "report": report, "agency": "甲市人民政府", "year": 2023, "level": "city",
        "scope": "aggregate", "file": f"{report}.html", "format": "html", "sha256": sha256,
        "editions": " ".join(f"{table}={name}" for table, name in told.items()),
        "found": sum(cell[5] != "missing" for cell in cells), "expected": len(cells), **identity,
    }  # fmt: skip
    texts = dict.fromkeys(range(1, 7), TEXT) if sections is None else sections
    return Reports(
        frame([[row.get(name) for name in INDEX]], INDEX),
        frame(cells, CELLS),
        frame([(report, number, "", text) for number, text in texts.items()], SECTIONS),
        frame(
            [(row["file"], report, "warning", what, where, "") for where, what in problems],
            PROBLEMS,
        ),
    )


def _cell(report: str, key: tuple[str, str, str], printed: object, i: int) -> tuple[Any, ...]:
    raw, place = str(printed), f"table {key[0]}, cell {i + 1}"
    if raw == "?":
        return (report, *key, None, "missing", None, None, None, None)
    unit = "万元" if key[2] == "amount_wan" else "件"
    read = number(raw, unit)
    value = None if read.value is None else float(read.value)
    return (report, *key, value, read.kind, raw, place, "exact", unit)


def years(*figures: Figures, first: int = 2022, **identity: Any) -> Reports:
    """Reports of one body, one a year from `first` on."""
    name = identity.get("agency", "r")
    return gx.concat(
        filled(f"{name}{first + i}", part, year=first + i, **identity)
        for i, part in enumerate(figures)
    )
