"""The tidy tables as measures take them: blanks that mean zero as zero, unprinted totals added up.

`cells` keeps what is printed; here a figure that is not printed as a number is labelled `derived`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd

from .figures import Figures as Settled
from .reports import Reports

PRINTED, DERIVED = "printed", "derived"


class Figures(Protocol):
    """What a measure needs of Reports: the three tidy frames."""

    @property
    def applications(self) -> pd.DataFrame: ...
    @property
    def disputes(self) -> pd.DataFrame: ...
    @property
    def proactive(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Completed:
    """The tidy frames with the column `derived`: whether a figure is not printed as it stands."""

    applications: pd.DataFrame
    disputes: pd.DataFrame
    proactive: pd.DataFrame


def complete(reports: Figures) -> Figures:
    """The figures of Reports, settled; frames that are no Reports stay as they are."""
    if not isinstance(reports, Reports):
        return reports
    values = reports.cells["value"].to_numpy(dtype=float, na_value=np.nan).copy()
    derived = np.zeros(len(values), dtype=bool)
    for settled, figures, bases in Settled.of(reports).sheets:
        there = settled.position >= 0
        values[settled.position[there]] = figures[there]
        derived[settled.position[there]] = (bases > 0)[there]
    cells = reports.cells.assign(value=pd.array(values, dtype="Float64"))
    filled = replace(reports, cells=cells)
    flags = replace(reports, cells=cells.assign(value=pd.array(derived, dtype="Float64")))
    tables = {
        name: getattr(filled, name).assign(derived=getattr(flags, name)["value"] > 0)
        for name in ("applications", "disputes")
    }
    return Completed(**tables, proactive=reports.proactive)


def basis(
    rows: pd.DataFrame, keys: Sequence[str], figures: pd.DataFrame, also: Iterable[str] = ()
) -> list[str]:
    """`derived` for rows whose figures, found by `keys`, are; or whose report is among `also`."""
    reports = set(also)
    found: set[tuple[str, ...]] = set()
    if "derived" in figures:
        hit = figures.loc[figures["derived"].fillna(False).astype(bool), list(keys)]
        found = set(hit.itertuples(index=False, name=None))
    wanted = rows[list(keys)].itertuples(index=False, name=None)
    return [DERIVED if key in found or key[0] in reports else PRINTED for key in wanted]


def derived_in(figures: pd.DataFrame, axis: str, codes: Iterable[str]) -> set[str]:
    """The reports of which a figure of these codes is derived."""
    if "derived" not in figures:
        return set()
    hit = figures["derived"].fillna(False).astype(bool) & figures[axis].isin(list(codes))
    return set(figures.loc[hit, "report"])
