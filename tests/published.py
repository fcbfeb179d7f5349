"""Published figures of four reports as literals, and a stand-in for Reports built from figures.

Source: sections 三 and 四 of the annual reports of 宿迁市 2023 and 2024, 淮安市 2024 and 洪泽区
2023 as published (the latter prints the 2019 edition of section 三, and totals in section 四 that
its parts contradict). Totals are in the printed order of the form's rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from gxtools.forms import load_form

KEYS = ["report", "agency", "district", "year"]
Blocks = Sequence[Sequence[int | None]]


@dataclass(frozen=True)
class Published:
    """One report: the column 总计 of section 三, its row 新收, and the blocks of section 四."""

    report: str
    agency: str
    year: int | None
    totals: Sequence[int | None]
    blocks: Blocks
    received: Sequence[int] = ()
    edition: str = "2021"
    district: str | None = None
    proactive: dict[tuple[str, str], float] = field(default_factory=dict)

    def applications(self) -> Iterable[tuple[str, str, int | None]]:
        table = load_form(self.edition).table("applications")
        for row, total in zip(table.rows, self.totals, strict=True):
            if row.code == "received" and self.received:
                columns = [column.code for column in table.columns]
                for code, value in zip(columns, self.received, strict=True):
                    yield row.code, code, value
            else:
                # Natural persons beside the total: whoever adds all columns counts twice.
                yield row.code, "natural_person", total
                yield row.code, "total", total

    def disputes(self) -> Iterable[tuple[str, str, int | None]]:
        table = load_form(self.edition).table("disputes")
        for row, values in zip(table.rows, self.blocks, strict=True):
            for column, value in zip(table.columns, values, strict=True):
                yield row.code, column.code, value


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split())


SUQIAN_2023 = Published(
    "suqian_2023",
    "宿迁市人民政府",
    2023,
    _numbers("3511 96 1191 328 0 27 6 38 20 9 21 21 1047 28 3 305 39 0 58 4 40 10 291 3486 121"),
    ((309, 17, 88, 26, 440), (1, 1, 16, 6, 24), (13, 0, 67, 9, 89)),
    (3402, 99, 0, 4, 5, 1, 3511),
)
SUQIAN_2024 = Published(
    "suqian_2024",
    "宿迁市人民政府",
    2024,
    _numbers("3525 121 1431 471 2 1 4 17 21 11 23 13 897 36 8 87 27 0 3 0 77 38 354 3521 125"),
    ((88, 18, 28, 36, 170), (7, 0, 11, 7, 25), (33, 0, 6, 13, 52)),
    (3440, 75, 0, 1, 6, 3, 3525),
)
HUAIAN_2024 = Published(
    "huaian_2024",
    "淮安市人民政府",
    2024,
    _numbers("3119 34 1362 454 2 31 5 6 8 12 9 105 769 11 1 62 25 0 0 1 71 6 110 3050 103"),
    ((72, 64, 178, 37, 351), (13, 4, 8, 1, 26), (12, 1, 1, 6, 20)),
    (3001, 53, 0, 0, 61, 4, 3119),
)
HONGZE_2023 = Published(
    "hongze_2023",
    "淮安市洪泽区人民政府",
    2023,
    _numbers("21 0 0 4 1 0 0 0 0 1 1 0 10 3 0 1 0 0 0 0 0 21 0"),
    ((10, 1, 0, 0, 0), (0, 0, 0, 0, 0), (5, 0, 0, 0, 0)),
    (21, 0, 0, 0, 0, 0, 21),
    edition="2019",
)
PUBLISHED = (SUQIAN_2023, SUQIAN_2024, HUAIAN_2024, HONGZE_2023)


def drawn(agency: str, year: int | None, n: int, **other: Any) -> Published:
    """A report of an invented body with about `n` applications."""
    outcomes = [n // 3, n // 10, *[n // 60] * 8, n // 4, 0, 0, n // 20, *[0] * 4, 0, 0]
    outcomes.append(n - sum(outcomes))
    blocks = other.pop("blocks", ((n // 9, n // 30, n // 40, n // 50, 0), *[(0, 0, 0, 0, 0)] * 2))
    blocks = [[*block[:4], sum(block[:4])] for block in blocks]
    totals = (n, 0, *outcomes, n, 0)
    return Published(other.pop("report", f"{agency}-{year}"), agency, year, totals, blocks, **other)


@dataclass(frozen=True)
class Tables:
    """The three frames of Reports that measures use."""

    applications: pd.DataFrame
    disputes: pd.DataFrame
    proactive: pd.DataFrame


def tables(*reports: Published) -> Tables:
    """The frames of these reports, with the types of Reports."""
    return Tables(
        _frame(((r, *row) for r in reports for row in r.applications()), "outcome", "applicant"),
        _frame(((r, *row) for r in reports for row in r.disputes()), "route", "result"),
        _frame(
            ((r, *code, v) for r in reports for code, v in r.proactive.items()), "item", "measure"
        ).assign(unit="件"),
    )


def _frame(rows: Iterable[tuple[Any, ...]], *codes: str) -> pd.DataFrame:
    listed = [(r.report, r.agency, r.district, r.year, *rest) for r, *rest in rows]
    frame = pd.DataFrame(listed, columns=[*KEYS, *codes, "value"])
    text = dict.fromkeys(["report", "agency", "district", *codes], "string")
    return frame.astype({**text, "year": "Int64", "value": "Float64"})
