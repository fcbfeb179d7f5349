"""What was not read, or only with doubt, in words: Chinese, with the names of the form."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from .arguments import language
from .errors import FormError
from .forms import label
from .messages import in_chinese
from .names import axes_of_rows, name_of
from .reports import Reports, need_reports
from .traces import file_name, place_in_words


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
    words = ("severity", "what", "advice")
    return told.assign(**{name: told[name].map(sentence, na_action="ignore") for name in words})


@lru_cache(maxsize=4096)
def sentence(text: str) -> str:
    """A sentence of `problems` in Chinese, itself where there is no Chinese for it."""
    return in_chinese(text, _named) or text


def _place(where: object, file: object, lang: str) -> Any:
    if not isinstance(where, str):
        return where
    place = where.replace(str(file), file_name(file))
    return place if lang == "en" else in_chinese(place, _named) or place_in_words(place, lang)


def _named(kind: str, code: str) -> str | None:
    """The name of a code of the form, None where no form has it."""
    try:
        if kind == "table":
            return label(code, axis="section", printed=True)
        if kind == "row":
            return label(code, axis=axes_of_rows()[code])
        table, row, column = code.split(" / ")
        return name_of(table, row, column, "zh")
    except (FormError, KeyError, ValueError):
        return None
