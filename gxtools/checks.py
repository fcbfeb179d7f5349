"""check(): do the printed figures agree, within a report, from year to year, between bodies?

A finding is a row; a printed total is never replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
import pandas as pd

from .aggregates import aggregates, twins
from .checklist import catalogue
from .convention import Settled, settle_all, with_meaning
from .finding import HOLDS, Finding, frame_of
from .panel import Panel
from .relations import compare
from .reports import Reports
from .review import printed, verdicts
from .series import Pairs, Series
from .shapes import blanks, of_applications, units
from .structure import editions_in_force, identities, sections, unread
from .sums import sums, whole_counts
from .years import gaps, jumps, new_editions, reclassified, revised, scope_changes, stale

FINDINGS = [
    "report",
    "agency",
    "year",
    "check",
    "table",
    "row",
    "column",
    "left",
    "right",
    "gap",
    "verdict",
    "convention",
    "basis",
    "place",
    "severity",
    "note",
]
_NUMBERS = ("left", "right", "gap")


def check(reports: Reports, *, reviewed: pd.DataFrame | None = None) -> pd.DataFrame:
    """The findings of every check on the tables: a row a report and comparison.

    Columns: report agency year check table row column left right gap verdict convention basis
    place severity note. `verdict` is `holds`, `broken` (figures that must agree do not), or
    `unknown`: a needed cell was not read, is not printed, or is blank and the report's blanks
    cannot be shown to mean zero; or the check only marks something for a look, which `note` then
    says. `convention` is `as printed` or `blank = 0`. Sums have a row always, other checks only
    where there is something to see. `severity` is error, warning (lawful exceptions: see
    `checks()`) or info. Values are in 件, fees in 万元. With `reviewed`, the verdicts of
    `review()`, two more columns: `review` (确认 or 排除) and `reason`; the arithmetic stays.
    """
    found = examine(reports)
    made = named(found, reports)
    return made if reviewed is None else made.join(reviews(found, made, reports, reviewed))


def reviews(
    found: pd.DataFrame, made: pd.DataFrame, reports: Reports, reviewed: pd.DataFrame | None
) -> pd.DataFrame:
    """A person's verdict on each finding that does not hold: `review` and `reason`."""
    hashes = reports.index["sha256"].take(found["at"].to_numpy(int)).array
    open_ = found["verdict"] != HOLDS
    keys = made.assign(sha256=hashes).loc[open_]
    text = printed(reports, found.loc[open_, "cells"], found.loc[open_, "note"])
    return verdicts(keys.assign(printed=text), reviewed).reindex(made.index)


def examine(reports: Reports) -> pd.DataFrame:
    """The findings as `Finding` has them, with the cells they rest on, in the order of reports."""
    panel = Panel.of(reports)
    settled = settle_all(panel)
    known = with_meaning(panel, settled)
    series = Series.read(reports.index)
    pairs = series.pairs()
    parts = [part for table in settled for part in (sums(table), whole_counts(table))]
    compared = {check.id: list(compare(check, known, pairs)) for check in catalogue().values()}
    carried = pd.concat(compared["XY-CARRY"]) if compared["XY-CARRY"] else frame_of(())
    seen = chain(
        within(panel, settled),
        between_years(panel, known, series, pairs),
        reclassified(carried),
        twins(panel, series),
        aggregates(known, series),
    )
    parts += [*chain.from_iterable(compared.values()), frame_of(seen)]
    filled = [part for part in parts if len(part)] or parts[:1] or [frame_of(())]
    found = pd.concat(filled, ignore_index=True)
    order = found["check"].map({id: i for i, id in enumerate(catalogue())})
    return found.assign(order=order).sort_values(["at", "order"], kind="stable", ignore_index=True)


def within(panel: Panel, settled: list[Settled]) -> Iterator[Finding]:
    """What a report shows by itself, beside its sums."""
    yield from of_applications(settled)
    yield from units(panel)
    yield from blanks(panel, settled)
    yield from unread(settled)
    yield from editions_in_force(panel)
    yield from identities(panel)
    yield from sections(panel)


def between_years(panel: Panel, known: Panel, series: Series, pairs: Pairs) -> Iterator[Finding]:
    """What a report shows beside last year's, and beside another of the same year."""
    yield from jumps(known, pairs)
    yield from scope_changes(series, pairs)
    yield from stale(panel, pairs)
    yield from new_editions(panel, series)
    yield from gaps(series)
    yield from revised(panel, series)


def named(found: pd.DataFrame, reports: Reports) -> pd.DataFrame:
    """The findings with report, agency, year, basis, severity and place."""
    known = catalogue()
    index, cells = reports.index, reports.cells
    at, position = found["at"].to_numpy(int), found["position"].to_numpy(int)
    somewhere = position >= 0
    where = cells["place"].take(np.where(somewhere, position, 0)).mask(~somewhere)
    columns = {
        **{name: index[name].take(at).array for name in ("report", "agency", "year")},
        **{name: found[name].array for name in FINDINGS if name in found},
        "left": found["left"].astype("Float64").array,
        "right": found["right"].astype("Float64").array,
        "gap": (found["left"] - found["right"]).astype("Float64").array,
        "basis": found["check"].map({id: check.words for id, check in known.items()}).array,
        "severity": found["check"].map({id: check.severity for id, check in known.items()}).array,
        "place": where.array,
    }
    made = pd.DataFrame({name: columns[name] for name in FINDINGS})
    text = {name: "string" for name in FINDINGS if name not in (*_NUMBERS, "year")}
    return made.astype({**text, **dict.fromkeys(_NUMBERS, "Float64"), "year": "Int64"})
