"""measure(): a measure of the dictionary for every report, with its parts and its interval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from . import rates
from .completed import DERIVED, PRINTED
from .errors import InputError
from .figures import BASES, Codes, Figures
from .groups import RATE, WHO
from .measures import Measure, find
from .panel import Floats
from .population import population_of
from .reports import Reports
from .series import Series

CONTRADICTED = "contradicted"
_TOLD = {BASES[0]: PRINTED, BASES[1]: DERIVED, BASES[2]: DERIVED, BASES[3]: CONTRADICTED}


def measure(
    reports: Reports, id: str | Iterable[str], *, population: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One measure (or several) of every report, in the order of the reports.

    Grain: a row a report; measures with a row a code (reasons, applicants) have report x code.
    Columns: report agency division district level scope year edition measure code numerator
    denominator value low high formula basis unit. A rate is a fraction (0.25; `unit` says how it
    is printed). `low` and `high`: Wilson's 95 % where the numerator is part of the denominator,
    exact Poisson for events per unit, else <NA>. `basis` is `printed`, or `derived` where a blank
    that the table's sums show to be zero, or a total left blank that its parts add up to, took
    part, or `contradicted` where a printed total did that is not the sum of its parts (see
    gx.check). `edition` is the edition of the tables used. <NA>: a figure is not known, nothing
    stands under the line, or a part is larger than its whole.
    Measures: gx.measures(). Raises InputError for an unknown one, or a population that is missing.
    """
    figures = Figures.of(reports)
    ids = [id] if isinstance(id, str) or not isinstance(id, Iterable) else list(id)
    if not ids or ids == [None]:
        raise InputError("no measure is given", advice="Give one or several of gx.measures().")
    frames = [_one(figures, find(name), population) for name in ids]
    return pd.concat(frames, ignore_index=True)


def _one(figures: Figures, spec: Measure, population: pd.DataFrame | None) -> pd.DataFrame:
    """All rows of one measure: its codes together, report by report."""
    counted = pd.concat([_counted(figures, spec, code, population) for code in spec.codes()])
    formulas = {code: spec.formula(code) for code in spec.codes()}
    counted["formula"] = [formulas[code] for code in counted["code"]]
    made = _valued(counted.sort_index(kind="stable").reset_index(drop=True), spec)
    made["measure"], made["unit"] = spec.id, spec.unit
    text = ["edition", "measure", "code", "formula", "unit", "basis"]
    return made.astype(dict.fromkeys(text, "string"))[[*WHO, *RATE]]


def _counted(
    figures: Figures, spec: Measure, code: str | None, population: pd.DataFrame | None
) -> pd.DataFrame:
    """Numerator and denominator of one code, a row a report."""
    above, below = spec.terms(code)
    who = [name for name in WHO if name != "edition"]
    made = figures.reports.index[who].reset_index(drop=True)
    total, basis = figures.total(above)
    numerator, denominator = _column(total), _column(np.full(len(made), np.nan))
    if spec.kind == "change":
        before, more = _last_year(figures.reports.index, total, basis)
        denominator, basis = _column(before), np.maximum(basis, more)
        numerator = numerator - denominator
    elif spec.needs_population:
        denominator = population_of(made, population, spec.id)
    elif below:
        total, more = figures.total(below)
        denominator, basis = _column(total), np.maximum(basis, more)
    told = pd.Series([_TOLD[BASES[code]] for code in basis], index=made.index, dtype="string")
    return made.assign(
        edition=pd.array(figures.editions_of((*above, *below)), dtype="string"),
        code=code,
        numerator=numerator,
        denominator=denominator,
        basis=told.where(numerator.notna() | denominator.notna()),
    )


def _valued(made: pd.DataFrame, spec: Measure) -> pd.DataFrame:
    """The frame with value, low and high."""
    k, n = made["numerator"], made["denominator"]
    if spec.kind in ("count", "amount"):
        unknown = _column(np.full(len(made), np.nan))
        return made.assign(value=k, low=unknown, high=unknown)
    valid = rates.is_share(k, n) if spec.kind == "share" else (n > 0).fillna(False).astype(bool)
    low, high = {"share": rates.wilson, "per": rates.poisson}.get(spec.kind, rates.none)(k, n)
    value = k.where(valid) / n.where(valid)
    return made.assign(value=value * spec.scale, low=low * spec.scale, high=high * spec.scale)


def _last_year(index: pd.DataFrame, figures: Floats, basis: Codes) -> tuple[Floats, Codes]:
    """The same figure in the body's report of the year before, of no other scope; else NaN."""
    pairs = Series.read(index).pairs()
    this, last = pairs.this[pairs.alike], pairs.last[pairs.alike]
    before, told = np.full(len(figures), np.nan), np.zeros_like(basis)
    before[this], told[this] = figures[last], basis[last]
    return before, told


def _column(values: Floats) -> pd.Series[Any]:
    return pd.Series(pd.array(values, dtype="Float64")).mask(np.isnan(values))
