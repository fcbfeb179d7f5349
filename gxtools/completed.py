"""The tidy tables as measures take them: blanks that mean zero as zero, unprinted totals added up.

`cells` keeps what is printed; here a figure that is not printed as a number is labelled `derived`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from .errors import InputError
from .figures import Figures as Settled
from .forms import editions, load_form
from .panel import Panel
from .reports import WHO, Reports, need_reports

PRINTED, DERIVED = "printed", "derived"


class Figures(Protocol):
    """What a measure needs of Reports: the three tidy frames."""

    @property
    def applications(self) -> pd.DataFrame: ...
    @property
    def disputes(self) -> pd.DataFrame: ...
    @property
    def proactive(self) -> pd.DataFrame: ...


class Completed:
    """The tidy frames with the column `derived`: whether a figure is not printed as it stands."""

    def __init__(self, reports: Reports) -> None:
        self._reports, self._panel = reports, Panel.of(reports)
        self._values = self._panel.values.copy()
        self._derived = np.zeros(self._values.shape, dtype=bool)
        self._settled = set[str]()
        self._refuse_doubles()

    def _settle(self, table: str) -> None:
        """Put in the figures of a table, when it is first asked for."""
        if table in self._settled:
            return
        self._settled.add(table)
        for settled, figures, bases in Settled.of_panel(self._panel, table).sheets:
            columns = self._panel.columns(settled.table)
            known = np.flatnonzero(columns >= 0)
            at = np.ix_(settled.rows, columns[known])
            there = settled.position[:, known] >= 0
            self._values[at] = np.where(there, figures[:, known], self._values[at])
            self._derived[at] = there & (bases[:, known] > 0)

    def _refuse_doubles(self) -> None:
        """Adding both figures of a cell that stands twice, or taking one, would be a guess."""
        if not self._panel.doubles:
            return
        cells = self._reports.cells
        where = ["report", "table", "row", "column"]
        twice = cells.loc[cells.duplicated(where), where]
        told = ", ".join(map(str, twice.iloc[0]))
        raise InputError("a figure stands twice", where=told, advice="Keep each report once.")

    @property
    def applications(self) -> pd.DataFrame:
        return self.cut("applications")

    @property
    def disputes(self) -> pd.DataFrame:
        return self.cut("disputes")

    @property
    def proactive(self) -> pd.DataFrame:
        return self._reports.proactive

    def whose(self, table: str) -> pd.DataFrame:
        """The reports in which a table stands, in their order: report agency district year."""
        columns = [column for key, column in self._panel.keys.items() if key[0] == table]
        there = np.flatnonzero((self._panel.position[:, columns] >= 0).any(axis=1))
        index = self._reports.index[WHO]
        return index.iloc[there].reset_index(drop=True)

    def cut(self, table: str, row: str | None = None, column: str | None = None) -> pd.DataFrame:
        """The tidy frame of a table, or of one row or column of it, in the order of `cells`."""
        self._settle(table)
        form = load_form(editions()[0]).table(table)
        keys = [
            (key, number)
            for key, number in self._panel.keys.items()
            if key[0] == table and row in (None, key[1]) and column in (None, key[2])
        ]
        numbers = np.array([number for _, number in keys], dtype=np.int64)
        position = self._panel.position[:, numbers]
        report, cell = np.nonzero(position >= 0)
        order = np.argsort(position[report, cell], kind="stable")
        report, cell = report[order], cell[order]
        made = self._reports.index[WHO].take(report).reset_index(drop=True)
        for place, axis in ((1, form.row_axis), (2, form.column_axis)):
            codes = pd.array([key[place] for key, _ in keys], dtype="string")
            made[axis] = codes.take(cell)
        values = self._values[report, numbers[cell]]
        made["value"] = pd.Series(pd.array(values, dtype="Float64")).mask(np.isnan(values))
        return made.assign(derived=self._derived[report, numbers[cell]])


def complete(reports: Figures) -> Figures:
    """The figures of Reports, settled; frames that are no Reports stay as they are."""
    if not hasattr(type(reports), "applications") and not hasattr(reports, "applications"):
        need_reports(reports)
    return Completed(reports) if isinstance(reports, Reports) else reports


def cut(
    reports: Figures, table: str, axes: tuple[str, str], row: str | None, column: str | None
) -> pd.DataFrame:
    """One row or column of a tidy frame, whose axes have these names."""
    if isinstance(reports, Completed):
        return reports.cut(table, row, column)
    frame: pd.DataFrame = getattr(reports, table)
    for axis, code in zip(axes, (row, column), strict=True):
        frame = frame if code is None else frame[frame[axis] == code]
    return frame


def whose(reports: Figures, table: str) -> pd.DataFrame:
    """Whose reports stand in a tidy frame, in their order: report agency district year."""
    if isinstance(reports, Completed):
        return reports.whose(table)
    frame: pd.DataFrame = getattr(reports, table)
    return frame[WHO].drop_duplicates("report").reset_index(drop=True)


def basis(
    rows: pd.DataFrame, keys: Sequence[str], figures: pd.DataFrame, also: Iterable[str] = ()
) -> list[str]:
    """`derived` for rows whose figures, found by `keys`, are; or whose report is among `also`."""
    told = rows[keys[0]].isin(list(also)).to_numpy(dtype=bool)
    if len(rows) and "derived" in figures:
        hit = figures.loc[figures["derived"].fillna(False).astype(bool), list(keys)]
        found = hit.drop_duplicates().assign(hit=True)
        joined = rows[list(keys)].merge(found, on=list(keys), how="left", validate="many_to_one")
        told = told | joined["hit"].notna().to_numpy(dtype=bool)
    return list(np.where(told, DERIVED, PRINTED))


def derived_in(figures: pd.DataFrame, axis: str, codes: Iterable[str]) -> set[str]:
    """The reports of which a figure of these codes is derived."""
    if "derived" not in figures:
        return set()
    hit = figures["derived"].fillna(False).astype(bool) & figures[axis].isin(list(codes))
    return set(figures.loc[hit, "report"])
