"""The findings as one page: to be filtered without a network, every text escaped."""

from __future__ import annotations

from html import escape

import pandas as pd

from .worklist import OPEN, Worklist

# Code and heading of each column of the page.
COLUMNS = (
    ("agency", "机关"), ("year", "年度"), ("told", "结论"), ("weight", "类别"), ("title", "核对"),
    ("where", "表 · 行 · 列"), ("left", "左式"), ("right", "右式"), ("gap", "差额"),
    ("original", "原文"), ("note", "说明"), ("suspects", "疑误格"), ("place", "在文件中的位置"),
    ("review", "评定"), ("reason", "理由"),
)  # fmt: skip
_CHOICES = (
    ("agency", "机关"),
    ("year", "年度"),
    ("told", "结论"),
    ("weight", "类别"),
    ("review", "评定"),
)
_STYLE = """
body{font:14px/1.5 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;margin:1.5rem}
body{color:#222}h1{font-size:1.3rem}label{margin-right:1rem}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #ccc;padding:.3rem .5rem;vertical-align:top;text-align:left}
td{white-space:pre-line}th{background:#e7ecf2;position:sticky;top:0}
td.n{text-align:right}td.n,td.year,td.told,td.weight,td.review{white-space:nowrap}
td.agency,td.title{min-width:8em}td.where,td.note{min-width:13em}td.suspects{min-width:18em}
td.original{min-width:16em}td.place{min-width:8em}th{white-space:nowrap}
tr.broken td.told{background:#f8d7d3;font-weight:bold}tr.set-aside{color:#888}
.clean{color:#2b6a3a}@media print{form{display:none}}
"""
_SCRIPT = """
const rows=[...document.querySelectorAll("tbody tr")],form=document.querySelector("form");
function filter(){const words=form.words.value.trim().toLowerCase();let n=0;
for(const row of rows){let show=!words||row.textContent.toLowerCase().includes(words);
for(const select of form.querySelectorAll("select"))
show=show&&(!select.value||row.querySelector("td."+select.name).textContent===select.value);
row.hidden=!show;n+=show}
document.querySelector("#count").textContent=n}
form.addEventListener("input",filter);form.addEventListener("submit",event=>event.preventDefault());
"""


def findings_page(work: Worklist) -> str:
    """The page as HTML."""
    shown = _texts(work.open)
    lines = "\n".join(
        f'<p class="clean">{escape(f"{agency} {year}：{note}")}</p>'
        for agency, year, note in zip(
            *(_plain(work.clean[name]) for name in ("agency", "year", "note")), strict=True
        )
    )
    heads = "".join(f"<th>{escape(head)}</th>" for _, head in COLUMNS)
    body = "\n".join(_row(shown, i) for i in range(len(work.open)))
    unjudged = (
        f"<p>另有 {len(work.unjudged)} 项因数字没有读出、没有印，或文字另有所指而无法判断。</p>"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>政府信息公开年度报告核对</title><style>{_STYLE}</style></head><body>\n"
        "<h1>政府信息公开年度报告核对</h1>\n"
        f'<p>共 <b id="count">{len(work.open)}</b> 项需要看，不符的在前。</p>\n'
        f"{_form(shown)}\n<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
        f"\n{unjudged}\n<h2>没有发现问题的报告</h2>\n{lines or '<p>无</p>'}\n"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _texts(findings: pd.DataFrame) -> dict[str, list[str]]:
    shown = {code: _plain(findings[code]) for code, _ in COLUMNS}
    units = findings["unit"].fillna("").tolist()
    for side in ("left", "right"):
        pairs = zip(shown[side], units, strict=True)
        shown[side] = [text + unit if text else "" for text, unit in pairs]
    shown["review"] = [text or OPEN for text in shown["review"]]
    return shown


def _plain(column: pd.Series) -> list[str]:
    """A column as text: whole numbers without a point, <NA> as nothing."""
    if pd.api.types.is_numeric_dtype(column):
        return ["" if pd.isna(value) else f"{value:g}" for value in column]
    return ["" if pd.isna(value) else str(value) for value in column]


def _row(shown: dict[str, list[str]], i: int) -> str:
    numbers = ("left", "right", "gap")
    cells = "".join(
        f'<td class="{code}{" n" if code in numbers else ""}">{escape(shown[code][i])}</td>'
        for code, _ in COLUMNS
    )
    kind = "broken" if shown["told"][i] == "不符" else "mark"
    set_aside = " set-aside" if shown["review"][i] == "排除" else ""
    return f'<tr class="{kind}{set_aside}">{cells}</tr>'


def _form(shown: dict[str, list[str]]) -> str:
    """A field for words and a choice for each of the columns that have few values."""
    choices = []
    for code, head in _CHOICES:
        options = "".join(f"<option>{escape(v)}</option>" for v in sorted(set(shown[code])) if v)
        choices.append(
            f'<label>{escape(head)} <select name="{code}"><option value="">全部</option>{options}'
            "</select></label>"
        )
    words = '<label>查找 <input name="words" type="search"></label>'
    return f"<form>{words}{''.join(choices)}</form>"
