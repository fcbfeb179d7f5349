"""How far figures of two reports may be set side by side: forms and scopes, as A, B or C."""

from __future__ import annotations

from itertools import product

import pandas as pd

from .arguments import LANGUAGES
from .crosswalk import GRADES
from .joins import join
from .measures import find

_WORDS = {
    "scope": (
        "口径由{a}变为{b}，不能直接比较",
        "the scope went from {a} to {b}: not comparable",
    ),
    "aggregate": ("汇总", "aggregate figures"),
    "own": ("本级", "own figures"),
}


def grades(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The grade and why of each row of a frame with measure, code, edition_a, edition_b, scope_a
    and scope_b: A comparable, B with care, C not; <NA> where an edition is not known."""
    keys = ["measure", "code", "edition_a", "edition_b", "scope_a", "scope_b"]
    asked = frame[keys].astype("string").fillna("")
    rows = dict.fromkeys(asked.itertuples(index=False, name=None))
    known = {row: _grade(lang, *row) for row in rows}
    found = [known[row] for row in asked.itertuples(index=False, name=None)]
    return pd.DataFrame(found, columns=["grade", "why"], index=frame.index, dtype="string")


def _grade(
    lang: str, measure: str, code: str, edition_a: str, edition_b: str, scope_a: str, scope_b: str
) -> tuple[str | None, str | None]:
    if not edition_a or not edition_b:
        return None, None
    if {scope_a, scope_b} == {"own", "aggregate"}:
        return "C", _say("scope", lang, a=_say(scope_a, lang), b=_say(scope_b, lang))
    if edition_a == edition_b:
        return "A", None
    return _of_forms(measure, code or None, {*edition_a.split("+"), *edition_b.split("+")}, lang)


def _of_forms(
    measure: str, code: str | None, forms: set[str], lang: str
) -> tuple[str | None, str | None]:
    """The worst grade of the measure's terms in these forms, and its reasons."""
    above, below = find(measure).terms(code)
    worst, reasons = "A", dict[str, None]()
    for term, form in product(dict.fromkeys((*above, *below)), sorted(forms)):
        told = join(term, form)
        if told.grade != "A":
            reason = {getattr(told, lang): None}
            reasons = reasons | reason if told.grade == worst else reasons
            reasons = reason if GRADES.index(told.grade) > GRADES.index(worst) else reasons
            worst = max(worst, told.grade)
    return worst, {"zh": "；", "en": "; "}[lang].join(reasons) or None


def _say(key: str, lang: str, **values: str) -> str:
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)
