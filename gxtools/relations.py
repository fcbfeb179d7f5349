"""Comparisons of cells that the catalogue writes as data: within a report, or with last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from .checklist import Check
from .errors import FormError
from .finding import AS_PRINTED, BLANK_ZERO, BROKEN, HOLDS, UNKNOWN, raw_frame
from .panel import Bools, Floats, Ints, Key, Panel
from .series import Pairs

_TERM = re.compile(
    r"(?P<minus>-)?(?P<last>last )?(?P<table>[^/]+)/(?P<row>[^/]+)/(?P<column>[^/]+)"
)
_SIGNS = {"=": "≠", "<=": ">"}
_HERE = "@"


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of a comparison, of this report or of last year's; `@` stands for each code."""

    key: Key
    last: bool
    factor: int

    def at(self, code: str) -> Term:
        table, row, column = self.key
        here = (table, row.replace(_HERE, code), column.replace(_HERE, code))
        return replace(self, key=here)


@dataclass(frozen=True, slots=True)
class Relation:
    """`left` added up is equal to, or at most, `right` added up."""

    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]
    axis: str

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.left, *self.right)

    @property
    def subject(self) -> Term:
        """The cell that a finding is about: the only one on its side."""
        return self.right[0] if len(self.right) == 1 else self.left[0]

    def at(self, code: str) -> Relation:
        sides = (tuple(term.at(code) for term in side) for side in (self.left, self.right))
        left, right = sides
        return replace(self, left=left, right=right)


@cache
def relations(check: Check) -> tuple[Relation, ...]:
    """The comparisons of a check. Raises FormError for one that cannot be read."""
    return tuple(_relation(check.id, data) for data in check.relations)


def _relation(id: str, data: dict[str, Any]) -> Relation:
    if data["sign"] not in _SIGNS:
        raise FormError(f"the sign {data['sign']!r} is unknown", where=id)
    left, right = (tuple(_term(id, text) for text in data[side]) for side in ("left", "right"))
    return Relation(left, data["sign"], right, data.get("at", ""))


def _term(id: str, text: str) -> Term:
    found = _TERM.fullmatch(text)
    if not found:
        raise FormError(f"{text!r} names no cell", where=id, advice="Write table/row/column.")
    key = (found["table"], found["row"], found["column"])
    return Term(key, bool(found["last"]), -1 if found["minus"] else 1)


def compare(check: Check, panel: Panel, pairs: Pairs) -> Iterator[pd.DataFrame]:
    """The findings of a check's comparisons; with last year's report where they need one.

    Reports whose form lacks one of the cells have no finding. The figures of the panel are taken
    as they are: give it the settled ones.
    """
    for relation in relations(check):
        everyone = np.arange(len(panel.values))
        alone = Pairs(everyone, everyone, np.ones(len(everyone), dtype=bool))
        chosen = pairs if any(term.last for term in relation.terms) else alone
        for one in _written_out(relation, panel):
            found = _found(check, one, panel, chosen)
            if len(found):
                yield found


def _written_out(relation: Relation, panel: Panel) -> Iterator[Relation]:
    """The comparison once for every code for which some report has all of its cells."""
    if not relation.axis:
        codes = [""]
    else:
        place = 1 if relation.axis == "row" else 2
        table = relation.subject.key[0]
        codes = list(dict.fromkeys(key[place] for key in panel.keys if key[0] == table))
    for code in codes:
        one = relation.at(code)
        if all(term.key in panel.keys for term in one.terms):
            yield one


@dataclass(frozen=True, eq=False)
class _Sides:
    """Both sides of one comparison in every pair, and the cells they came from."""

    figures: Floats  # a row a pair, a column a term, with its sign
    position: Ints
    blank: Bools
    left: Floats
    right: Floats


def _sides(relation: Relation, panel: Panel, pairs: Pairs) -> _Sides:
    columns = np.array([panel.keys[term.key] for term in relation.terms])
    last = np.array([term.last for term in relation.terms])
    rows = np.where(last[None, :], pairs.last[:, None], pairs.this[:, None])
    factors = np.array([term.factor for term in relation.terms])
    figures = panel.values[rows, columns] * factors
    cut = len(relation.left)
    blank: Bools = panel.nothing[rows, columns]
    position: Ints = panel.position[rows, columns]
    left, right = figures[:, :cut].sum(axis=1), figures[:, cut:].sum(axis=1)
    return _Sides(figures, position, blank, left, right)


def _found(check: Check, relation: Relation, panel: Panel, pairs: Pairs) -> pd.DataFrame:
    sides = _sides(relation, panel, pairs)
    printed = np.asarray((sides.position >= 0).all(axis=1), dtype=bool)
    gap = sides.left - sides.right
    with np.errstate(invalid="ignore"):
        fine = np.asarray((np.abs(gap) if relation.sign == "=" else gap) < 1e-9, dtype=bool)
    known = np.asarray(~np.isnan(gap) & pairs.alike, dtype=bool)
    kept = printed & known & ~fine if check.seen else printed
    chosen = np.flatnonzero(kept)
    wrong = UNKNOWN if check.severity == "info" else BROKEN
    verdict = np.where(known & fine, HOLDS, np.where(known, wrong, UNKNOWN)).astype(object)
    zero = (sides.blank & ~np.isnan(sides.figures)).any(axis=1)
    table, row, column = relation.subject.key
    open_ = [int(i) if verdict[i] != HOLDS else -1 for i in chosen]
    n = len(chosen)
    return raw_frame(
        at=pairs.this[chosen],
        check=[check.id] * n,
        table=[table] * n,
        row=[row] * n,
        column=[column] * n,
        left=sides.left[chosen],
        right=sides.right[chosen],
        verdict=verdict[chosen],
        convention=np.where(zero, BLANK_ZERO, AS_PRINTED).astype(object)[chosen],
        note=[_note(relation, sides, pairs, i) if i >= 0 else None for i in open_],
        cells=[tuple(int(p) for p in sides.position[i]) if i >= 0 else () for i in open_],
        position=sides.position[chosen, relation.terms.index(relation.subject)],
    )


def _note(relation: Relation, sides: _Sides, pairs: Pairs, i: int) -> str:
    """698 + 77 − 132 = 643 ≠ 470; or why it cannot be judged."""
    if not pairs.alike[i]:
        return "两年统计口径不同，不作判断"
    if np.isnan(sides.left[i] - sides.right[i]):
        return "有的格没有读出、没有印，或空白不能证明为零"
    cut = len(relation.left)
    left, right = (_spelled(part) for part in (sides.figures[i, :cut], sides.figures[i, cut:]))
    last = "（前者含上年报告）" if any(term.last for term in relation.left) else ""
    return f"{left} {_SIGNS[relation.sign]} {right}{last}"


def _spelled(figures: Floats) -> str:
    text = "".join(f" {'−' if np.signbit(f) else '+'} {abs(f):g}" for f in figures).removeprefix(
        " + "
    )
    return text if len(figures) == 1 else f"{text} = {figures.sum():g}"
