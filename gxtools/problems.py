"""What was not read, or only with doubt, in words: Chinese, with the names of the form."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import PurePath
from typing import Any

import pandas as pd

from .arguments import language
from .errors import FormError
from .forms import label
from .formulas import tables
from .messages import in_chinese
from .reports import Reports, need_reports
from .traces import place_in_words

SEVERITIES = {"error": "没有读到", "warning": "存疑", "info": "提示"}
# What a note is about where it has no place in the file.
_ABOUT = {
    "agency": "机关",
    "year": "年度",
    "division": "区划",
    "scope": "口径",
    "published": "发布日期",
}


def problems(reports: Reports, lang: str = "zh") -> pd.DataFrame:
    """What was not read, or only with doubt, one a row, in Chinese (`zh`) or English (`en`).

    Columns as in `reports.problems`: file, report (<NA> where the whole file was not read),
    severity (没有读到, 存疑, 提示), what, where, advice. A sentence that has no Chinese stays
    English.
    Raises InputError for another language.
    """
    need_reports(reports)
    return in_words(reports.problems, language(lang))


def in_words(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows of `problems` in the words of the language; places leave out the file's folders."""
    pairs = zip(frame["where"], frame["file"], strict=True)
    places = [_place(where, file, lang) for where, file in pairs]
    told = frame.assign(where=pd.Series(places, frame.index, dtype=frame["where"].dtype))
    if lang == "en":
        return told
    words = {name: told[name].map(sentence, na_action="ignore") for name in ("what", "advice")}
    return told.assign(severity=told["severity"].map(SEVERITIES).astype("string"), **words)


@lru_cache(maxsize=4096)
def sentence(text: str) -> str:
    """A sentence of `problems` in Chinese, itself where there is no Chinese for it."""
    return in_chinese(text, _named) or text


def _place(where: object, file: object, lang: str) -> Any:
    if not isinstance(where, str):
        return where
    place = where.replace(str(file), PurePath(str(file).replace("\\", "/")).name)
    if lang == "en":
        return place
    table = _named("table", place.removeprefix("table ")) if place.startswith("table ") else None
    return _ABOUT.get(place) or (f"“{table}”表" if table else place_in_words(place, lang))


def _named(kind: str, code: str) -> str | None:
    """The name of a code of the form, None where no form has it."""
    try:
        if kind == "table":
            return label(code, axis="section", printed=True)
        if kind == "row":
            return label(code, axis=_axes_of_rows()[code])
        table, row, column = code.split(" / ")
        row_axis, column_axis = _axes()[table]
        return f"{label(row, axis=row_axis)} · {label(column, axis=column_axis)}"
    except (FormError, KeyError, ValueError):
        return None


@cache
def _axes() -> dict[str, tuple[str, str]]:
    return {table.id: (table.row_axis, table.column_axis) for table in tables()}


@cache
def _axes_of_rows() -> dict[str, str]:
    return {row.code: table.row_axis for table in reversed(tables()) for row in table.rows}
