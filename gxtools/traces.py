"""Trace: where one figure was printed, and how it shows itself."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

_PLACE = re.compile(
    r"(?:page (?P<page>\d+), )?table (?P<table>\d+), row (?P<row>\d+), column (?P<column>\d+)"
)
# The parts of a place as readers and rows write it; the name of a sheet may hold anything.
_PARTS = re.compile(
    r"(?P<before>, |; |^)"
    r"(?:(?P<part>page|table|row|column|line) (?P<number>\d+)(?=, |; |$)"
    r"|sheet (?P<sheet>.+?)(?=, cell|; |$)|cell (?P<cell>[A-Z]+\d+)(?=, |; |$))"
)
_CHINESE = {"page": "页", "table": "表", "row": "行", "column": "列", "line": "行"}
# What a sum rests on, as the catalogue of checks names it before the formula.
_BASES = {
    "printed": "表样印明",
    "structure": "表的结构",
    "practice": "填报实务",
    "guidance": "文件要求",
}
_BASIS = re.compile(rf"^({'|'.join(_BASES)}): ")
_WORDS = {
    "body": ("机关", "body"),
    "year": ("年度", "year"),
    "figure": ("项目", "figure"),
    "value": ("读出的数", "value read"),
    "raw": ("原文", "as printed"),
    "file": ("文件", "file"),
    "place": ("位置", "place"),
    "checks": ("用到这一格的核对", "checks that rest on this cell"),
    "unchecked": ("没有核对用到这一格", "no check rests on this cell"),
    "absent": (
        "文件里没有找到这一格，没有出处可看。",
        "The file does not show this cell: there is no place to look at.",
    ),
    "gone": (
        "原件看不到（{why}）。以上是读入时的记录。",
        "The file cannot be shown ({why}). The above was kept when it was read.",
    ),
    "several": (
        "同一行有 {n} 格印着同样的字，都已标出。",
        "{n} cells of the line show the same characters; all of them are marked.",
    ),
    "unread": ("未读到", "not read"),
    "holds": ("相符", "holds"),
    "broken": ("不符", "broken"),
    "unknown": ("无法判断或待核", "unknown, or worth a look"),
}


@dataclass(frozen=True, eq=False)
class Trace:
    """Where one figure was printed.

    `page`, `printed_row` and `printed_column` count from 1 and are None where the place is a line
    of a text or a cell of a sheet, which `place` then names. `html` is the printed table with the
    cell marked, built anew from its texts, `png` the place on the page of a PDF; both are empty
    where the file cannot be shown, and `note` says why. `checks` are the findings of gx.check, on
    the reports of this body, that rest on the cell. It shows itself in a notebook.
    """

    report: str
    table: str
    row: str
    column: str
    agency: str
    year: int | None
    name: str
    value: float | None
    kind: str
    raw: str
    file: str
    place: str
    page: int | None
    printed_row: int | None
    printed_column: int | None
    checks: pd.DataFrame = field(repr=False)
    html: str = field(default="", repr=False)
    png: bytes = field(default=b"", repr=False)
    note: str = ""
    lang: str = "zh"

    def _repr_html_(self) -> str:
        facts = "".join(
            f'<tr><th style="text-align:left;padding-right:1em;color:#737373">{escape(name)}</th>'
            f'<td style="text-align:left">{escape(text)}</td></tr>'
            for name, text in self.facts()
        )
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        picture = base64.b64encode(self.png).decode("ascii")
        shown = f'<img style="max-width:100%" src="data:image/png;base64,{picture}">'
        return f"<table>{facts}</table>{note}{shown if picture else self.html}{self._findings()}"

    def facts(self) -> list[tuple[str, str]]:
        """What was kept when the file was read, as pairs of name and text."""
        value = say("unread", self.lang) if self.value is None else f"{self.value:,.10g}"
        told = {
            "body": self.agency,
            "year": str(self.year or ""),
            "figure": self.name,
            "value": value,
            "raw": self.raw or f"({self.kind})",
            "file": self.file,
            "place": place_in_words(self.place, self.lang),
        }
        return [(say(name, self.lang), text) for name, text in told.items()]

    def _findings(self) -> str:
        if self.checks.empty:
            return f'<p style="color:#737373">{say("unchecked", self.lang)}</p>'
        rows = "".join(
            f"<tr><td>{escape(str(check))}</td><td>{say(verdict, self.lang)}</td>"
            f"<td>{_equation(left, right)}</td>"
            f"<td>{escape(basis_in_words(str(basis), self.lang))}</td></tr>"
            for check, verdict, left, right, basis in zip(
                *(self.checks[n] for n in ("check", "verdict", "left", "right", "basis")),
                strict=True,
            )
        )
        return f"<p>{say('checks', self.lang)}</p><table>{rows}</table>"


def basis_in_words(basis: str, lang: str) -> str:
    """What a check rests on, as `basis` of `gx.check` has it, in the words of the language."""
    if lang == "en":
        return basis
    return _BASIS.sub(lambda found: f"{_BASES[found[1]]}：", basis)


def file_name(path: object) -> str:
    """The name of a file without its folders, which are those of somebody's machine."""
    return "" if pd.isna(path) else PurePosixPath(str(path).replace("\\", "/")).name  # type: ignore[call-overload]


def place_in_words(place: str, lang: str) -> str:
    """A place as kept in `cells` in the words of the language: `page 4, table 5, row 4, column 2`
    is 第4页第5表第4行第2列 in Chinese."""
    return place if lang == "en" else _PARTS.sub(_in_chinese, place)


def _in_chinese(found: re.Match[str]) -> str:
    before = "；" if found["before"] == "; " else ""
    if found["sheet"]:
        return f"{before}工作表“{found['sheet']}”"
    if found["cell"]:
        return f"{before}{found['cell']}格"
    return f"{before}第{found['number']}{_CHINESE[found['part']]}"


def numbers_of(place: str) -> dict[str, int | None]:
    """Page, row and column of a place in a table, None where it has none."""
    found = _PLACE.match(place)
    parts = ("page", "row", "column")
    return {part: int(found[part]) if found and found[part] else None for part in parts}


def _equation(left: Any, right: Any) -> str:
    if pd.isna(left) or pd.isna(right):
        return ""
    return f"{left:,.10g} {'=' if left == right else '≠'} {right:,.10g}"


def say(key: str, lang: str, **values: object) -> str:
    """The words for `key` in Chinese or English."""
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)
