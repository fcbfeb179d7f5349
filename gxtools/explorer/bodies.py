"""The bodies of a corpus: found by words of their name, by province and by city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..groups import bodies_of
from ..reports import Reports
from ..store import StoredReports
from .chosen import Chosen

MOST_LISTED = 200
_TOLD = ("key", "agency", "division", "province", "city", "district", "level", "scope")


class Held(NamedTuple):
    """A report of a body, and its year where that is known."""

    report: str
    year: int | None


@dataclass(frozen=True, eq=False)
class Bodies:
    """A row a body in `table`: key agency division province city district level scope reports name.

    `of` are the reports of each body, in the order of the index.
    """

    reports: Reports
    table: pd.DataFrame
    of: dict[str, list[Held]]

    @classmethod
    def of_reports(cls, reports: Reports) -> Bodies:
        index = reports.index.assign(key=bodies_of(reports.index))
        of: dict[str, list[Held]] = {}
        years = index["year"].astype("Int64").tolist()
        for key, report, year in zip(index["key"], index["report"], years, strict=True):
            of.setdefault(str(key), []).append(Held(report, None if pd.isna(year) else int(year)))
        # Of what was told in several reports, the last.
        told = index.drop_duplicates("key", keep="last").set_index("key", drop=False)
        table = told.loc[list(of), list(_TOLD)].reset_index(drop=True).astype("string")
        table["reports"] = [len(held) for held in of.values()]
        table["name"] = _names(table)
        return cls(reports, table, of)

    def search(
        self, words: str = "", province: str = "", city: str = "", scope: str = ""
    ) -> pd.DataFrame:
        """The bodies whose name, district or place has every one of the words."""
        shown = self.table
        for column, wanted in (("province", province), ("city", city), ("scope", scope)):
            if wanted:
                shown = shown.loc[(shown[column] == wanted).fillna(False)]
        for word in words.split():
            places = shown["name"] + " " + shown["city"].fillna("") + shown["province"].fillna("")
            shown = shown.loc[places.str.contains(word, regex=False).fillna(False)]
        return shown

    def places(self, column: str, province: str = "") -> list[str]:
        """The provinces, or the cities (of a province), in their order of division codes."""
        shown = self.table.sort_values("division", kind="stable")
        if province:
            shown = shown.loc[(shown["province"] == province).fillna(False)]
        return [str(name) for name in shown[column].dropna().unique()]

    def name(self, key: str) -> str:
        """What a body is called; of two of one name with its district."""
        return self._called[key]

    def scopes(self) -> list[str]:
        """Of what the reports count: `own` figures of a body, or `aggregate` ones."""
        return sorted(str(scope) for scope in self.table["scope"].dropna().unique())

    def agency(self, key: str) -> str:
        """The agency as its last report names it."""
        return str(self.table.loc[self.table["key"] == key, "agency"].iloc[0])

    @cached_property
    def _called(self) -> dict[str, str]:
        return dict(zip(self.table["key"], self.table["name"], strict=True))

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {held.report: key for key, own in self.of.items() for held in own}

    def owner(self, report: str) -> str:
        """The key of the body whose report it is."""
        return self._owners[report]

    def years(self, keys: Iterable[str]) -> list[int]:
        """The years of which there are reports of these bodies."""
        return sorted({held.year for key in keys for held in self.of[key] if held.year is not None})

    def undated(self, keys: Iterable[str]) -> int:
        """How many reports of these bodies are of no known year."""
        return sum(held.year is None for key in keys for held in self.of[key])

    def first(self, count: int) -> tuple[str, ...]:
        """The bodies with most reports."""
        most = self.table.sort_values("reports", ascending=False, kind="stable")
        return tuple(most["key"].head(count))

    def ids(self, keys: Iterable[str], years: Iterable[int]) -> list[str]:
        """The reports of these bodies and years."""
        wanted = set(years)
        return [held.report for key in keys for held in self.of[key] if held.year in wanted]

    def select(self, keys: Iterable[str], years: Iterable[int]) -> Chosen:
        """The index and cells of these bodies and years, as `Reports.only` gives them; measures
        need no more."""
        ids = self.ids(keys, years)
        if not ids or isinstance(self.reports, StoredReports) or self._at is None:
            return Chosen(self.reports.only(ids))
        index, cells = self.reports.index, self.reports.cells
        spans = sorted(self._at[id] for id in ids if id in self._at)
        rows = np.concatenate([np.arange(0), *(np.arange(*span) for span in spans)])
        at = np.sort(pd.Index(index["report"]).get_indexer(ids))
        return Chosen(
            Reports(
                index.take(at).reset_index(drop=True),
                cells.take(rows).reset_index(drop=True),
                self.reports.sections.iloc[:0],
                self.reports.problems.iloc[:0],
            )
        )

    @cached_property
    def _at(self) -> dict[str, tuple[int, int]] | None:
        """Where the cells of each report begin and end; None where they do not stand together."""
        codes, names = pd.factorize(self.reports.cells["report"])
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
        if len(starts) != len(names):
            return None
        ends = np.append(starts[1:], len(codes)).tolist()
        told = names[codes[starts]].tolist()
        return dict(zip(told, zip(starts.tolist(), ends, strict=True), strict=True))


def _names(table: pd.DataFrame) -> pd.Series[str]:
    """The agency; where several bodies bear its name, with the district, or else the key."""
    agency = table["agency"].fillna(table["key"])
    twice = agency.duplicated(keep=False)
    place = table["district"].fillna(table["city"]).fillna(table["key"])
    return agency.where(~twice, agency + "（" + place + "）")
