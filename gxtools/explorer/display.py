"""The table as it is shown, and the printed cells behind each of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..charts.measured import edition_name
from ..figures import Figures
from ..forms import label
from ..formulas import applicants, tables
from ..groups import bodies_of
from ..percentages import percentage
from ..series import Series
from .model import View
from .words import say

MOST_ROWS = 450
FIGURES = ("numerator", "denominator", "value")


@dataclass(frozen=True)
class Shown:
    """A table of texts: columns as (id, heading, whether it is a figure), and its rows; `at` is
    where each row stands in the frame."""

    columns: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    at: tuple[int, ...]


def shown(view: View) -> Shown:
    """The table of a view in words and printed figures, body by body; the first rows of it."""
    bodies = pd.Categorical(bodies_of(view.table), list(view.choice.bodies))
    order = np.lexsort((view.table["year"].fillna(0).to_numpy(int), bodies.codes))[:MOST_ROWS]
    lang, table, spec = view.choice.lang, view.table.iloc[order], view.spec
    names = ["agency", "year"]
    names += ["code"] if spec.each else []
    alone = spec.kind in ("count", "amount")
    names += ["value"] if alone else ["numerator", "denominator", "value"]
    names += ["interval"] if table["low"].notna().any() else []
    names += ["basis", "edition_used"]
    texts = [_texts(table, name, view) for name in names]
    heads = tuple((name, _head(name, view, lang), name in FIGURES) for name in names)
    return Shown(heads, tuple(zip(*texts, strict=True)), tuple(map(int, order)))


def _head(name: str, view: View, lang: str) -> str:
    if name != "value":
        return say(name, lang)
    named = view.spec.zh if lang == "zh" else view.spec.en
    return f"{named}（{view.spec.unit}）" if lang == "zh" else f"{named} ({view.spec.unit})"


def _texts(table: pd.DataFrame, name: str, view: View) -> list[str]:
    lang, unit = view.choice.lang, view.spec.unit
    if name == "interval":
        pairs = zip(table["low"], table["high"], strict=True)
        return ["" if pd.isna(a) else f"{figure(a, unit)} – {figure(b, unit)}" for a, b in pairs]
    if name == "basis":
        return ["" if pd.isna(word) else say(str(word), lang) for word in table["basis"]]
    if name == "code":
        return [code_name(view, str(code)) for code in table["code"]]
    if name == "value":
        return [figure(value, unit) for value in table["value"]]
    if name in FIGURES:
        return [figure(value, "") for value in table[name]]
    if name == "edition_used":
        return ["" if pd.isna(told) else edition_name(told, lang) for told in table["edition"]]
    column = table[name]
    return ["" if pd.isna(value) else str(value) for value in column]


def figure(value: Any, unit: str) -> str:
    """A figure as it is printed: 43.6%, 3,511, 12.5; a dash for one that is not known."""
    if pd.isna(value):
        return "—"
    if unit == "%":
        return percentage(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def code_name(view: View, code: str) -> str:
    """The name of a code of a measure that has a row a code."""
    lang = view.choice.lang
    above, _ = view.spec.terms(code)
    if code in applicants(above[0]) or "[" in "".join(view.spec.each):
        return label(code.partition("[")[2].rstrip("]") or code, lang, axis="applicant")
    for form in tables():
        if any(entry.code == code for entry in (*form.rows, *form.groups)):
            return label(code, lang, axis=form.row_axis)
    return label(code, lang)


def cells_behind(view: View, row: int, column: str) -> pd.DataFrame:
    """The rows of `cells` that a figure of the table rests on: those of its numerator, of its
    denominator, or of both for its value."""
    entry = view.table.iloc[row]
    code = None if pd.isna(entry["code"]) else str(entry["code"])
    above, below = view.spec.terms(code)
    figures = Figures.of(view.chosen)
    at = int((view.chosen.index["report"] == entry["report"]).to_numpy().argmax())
    wanted: list[int] = []
    if column != "denominator":
        wanted += figures.behind(above)[at]
    if view.spec.kind == "change" and column != "numerator":
        wanted += figures.behind(above)[before] if (before := _last_year(view, at)) >= 0 else []
    elif column != "numerator":
        wanted += figures.behind(below)[at]
    return view.chosen.cells.iloc[list(dict.fromkeys(wanted))]


def _last_year(view: View, at: int) -> int:
    """The row of the same body's report of the year before; -1 where there is none."""
    pairs = Series.read(view.chosen.index).pairs()
    found = np.flatnonzero((pairs.this == at) & pairs.alike)
    return int(pairs.last[found[0]]) if len(found) else -1
