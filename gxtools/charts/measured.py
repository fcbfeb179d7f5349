"""Frames of a measure on a chart: what is measured, in which words, with which cautions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ..errors import InputError
from ..forms import Table, label, load_form
from ..formulas import tables
from ..measures import Measure, find
from ..percentages import percentage
from . import style
from .lettering import nothing_to_draw
from .words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RATE = ["measure", "code", "numerator", "denominator", "value", "unit", "basis"]
WHO = ["report", "agency", "district", "year"]
CONTRADICTED = "※"


class Topic(NamedTuple):
    """One measure of the dictionary, with the code where it has a figure for each."""

    measure: Measure
    code: str | None
    lang: str

    @property
    def name(self) -> str:
        """Its name; of a code with what that is of."""
        name = self.measure.zh if self.lang == "zh" else capital(self.measure.en)
        if self.code is None:
            return name
        return say(
            "name_of_code", self.lang, name=name, code=code_name(self.measure, self.code, self.lang)
        )

    @property
    def counts(self) -> bool:
        """Whether it has no denominator."""
        return self.measure.kind in ("count", "amount")

    @property
    def unit_note(self) -> str:
        """The unit behind the name in a title, none for a per cent."""
        if self.measure.unit == "%":
            return ""
        return say("unit", self.lang, unit=unit_name(self.measure.unit, self.lang))

    def text(self, value: float) -> str:
        """A figure as it is printed: 43.6%, 3,511, 12.5."""
        return figure(value, self.measure.unit)

    def sentences(self, rows: pd.DataFrame) -> list[str]:
        """What every footnote says: formula, number of reports and bodies, source, caveat."""
        words = self.measure.formula(self.code, self.lang)
        counts = {"reports": rows["report"].nunique(), "bodies": rows["body"].nunique()}
        section = sections_of(self.measure.id, self.lang)
        told = [
            say("formula", self.lang, formula=f"{self.name} = {words}"),
            say("source", self.lang, section=section, **counts),
            self.measure.caveat_zh if self.lang == "zh" else self.measure.caveat_en,
        ]
        if any(map(mark, rows["basis"])):
            told.append(say("contradicted", self.lang, mark=CONTRADICTED))
        return told


def topic(frame: pd.DataFrame, lang: str) -> Topic:
    """The measure of a frame that has one. Raises InputError where it has several."""
    found = one_measure(frame)
    codes = list(frame["code"].dropna().unique())
    if len(codes) > 1:
        raise InputError(
            f"the frame has {len(codes)} codes of {found.id}: one is drawn here",
            advice=f"Keep one: frame[frame.code == {codes[0]!r}].",
        )
    return Topic(found, codes[0] if codes else None, lang)


def one_measure(frame: pd.DataFrame) -> Measure:
    """The measure of the frame. Raises InputError where it has several."""
    ids = list(frame["measure"].dropna().unique())
    if len(ids) != 1:
        raise InputError(
            f"the frame has {len(ids)} measures: one is drawn here",
            advice=f"Keep one: frame[frame.measure == {ids[0]!r}]." if ids else "It is empty.",
        )
    return find(ids[0])


def nothing_measured(
    ax: Axes | None, frame: pd.DataFrame, lang: str, sides: Iterable[str] = ("",)
) -> Axes:
    """An Axes that says that there is nothing to draw, and whether nothing was read or a rate has
    nothing under its line."""
    below = pd.concat([frame[f"denominator{side}"] for side in sides]).dropna()
    ids = pd.concat([frame[f"report{side}"] for side in sides])
    why = "nothing_over" if len(below) and (below == 0).all() else "nothing_read"
    return nothing_to_draw(ax, lang, ids.nunique(), why)


def figure(value: float, unit: str) -> str:
    """A figure in its unit as it is printed."""
    if unit == "%":
        return percentage(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def points(value: float, unit: str, lang: str) -> str:
    """A difference as it is printed: with its sign, of per cents in points."""
    if unit == "%":
        return say("points", lang, n=f"{value * 100:+.1f}").replace("-", "−")
    return (f"{value:+,.0f}" if float(value).is_integer() else f"{value:+,.1f}").replace("-", "−")


def fraction(numerator: object, denominator: object) -> str:
    """Numerator and denominator: 8/23; empty where one is not known."""
    if pd.isna(numerator) or pd.isna(denominator):  # type: ignore[call-overload]
        return ""
    return f"{numerator:,.0f}/{denominator:,.0f}"


def mark(basis: object) -> str:
    """The mark behind a figure that rests on a total its parts contradict."""
    return CONTRADICTED if isinstance(basis, str) and basis == "contradicted" else ""


def few(rows: pd.DataFrame, denominator: str = "denominator") -> pd.Series[bool]:
    """Which rows rest on fewer cases than may be read as a rate."""
    n = rows[denominator]
    small: pd.Series[bool] = (n.notna() & (n < style.SMALL_N)).fillna(False).astype(bool)
    return small


def code_name(measure: Measure, code: str, lang: str) -> str:
    """The name of one of a measure's codes: rows of the form, or its columns."""
    columns = any(text.endswith("[*]") for text in measure.each)
    return label(code, lang, axis="applicant" if columns else "outcome")


def unit_name(unit: str, lang: str) -> str:
    return say(f"unit_{unit}", lang) if lang == "en" else unit


def edition_name(edition: str, lang: str) -> str:
    """The short name of a form, or of several joined by +."""
    forms = map(load_form, edition.split("+"))
    return "+".join(form.short_en if lang == "en" else form.short for form in forms)


@cache
def sections_of(id: str, lang: str) -> str:
    """The sections of the report that a measure takes its figures from."""
    measure = find(id)
    terms = [term for code in measure.codes() for side in measure.terms(code) for term in side]
    found = dict.fromkeys(table.id for term in terms for table in [_table(term)] if table)
    names = [label(table, lang, axis="section", printed=lang == "zh") for table in found]
    return {"zh": "”“", "en": " and "}[lang].join(names)


def _table(term: object) -> Table | None:
    """The newest table that has a term."""
    return next((table for table in tables() if term.cells(table)), None)  # type: ignore[attr-defined]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def places(names: Iterable[str], lang: str, most: int = 4) -> str:
    """Some names in a row, the first few written out and all counted."""
    found = list(names)
    text = {"zh": "、", "en": ", "}[lang].join(found[:most])
    return text + say("more", lang, n=len(found)) if len(found) > most else text
