"""The bodies of a corpus: found by words of their name, by province and by city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..groups import bodies_of
from ..reports import Reports

MOST_LISTED = 200


@dataclass(frozen=True, eq=False)
class Bodies:
    """A row a body in `table`: key agency division province city district reports name.

    `of` are the rows of the index of each body, `at` where the cells of each report begin and end.
    """

    reports: Reports
    table: pd.DataFrame
    of: dict[str, pd.DataFrame]
    at: dict[str, tuple[int, int]] | None

    @classmethod
    def of_reports(cls, reports: Reports) -> Bodies:
        index = reports.index.assign(key=bodies_of(reports.index)).reset_index(drop=True)
        of = {str(key): part for key, part in index.groupby("key", sort=False)}
        rows = [
            (
                key,
                *(part[name].iloc[-1] for name in ("agency", "division", "province", "city")),
                part["district"].iloc[-1],
                len(part),
            )
            for key, part in of.items()
        ]
        columns = ["key", "agency", "division", "province", "city", "district", "reports"]
        table = pd.DataFrame(rows, columns=columns)
        text = dict.fromkeys(columns[:-1], "string")
        table = table.astype(text)
        table["name"] = _names(table)
        return cls(reports, table, of, _spans(reports))

    def search(self, words: str = "", province: str = "", city: str = "") -> pd.DataFrame:
        """The bodies whose name, district or place has every one of the words."""
        shown = self.table
        for column, wanted in (("province", province), ("city", city)):
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
        return str(self.table.loc[self.table["key"] == key, "name"].iloc[0])

    def owner(self, report: str) -> str:
        """The key of the body whose report it is."""
        return next(key for key, part in self.of.items() if report in set(part["report"]))

    def years(self, keys: Iterable[str]) -> list[int]:
        """The years of which there are reports of these bodies."""
        found: set[int] = set()
        for key in keys:
            found |= {int(year) for year in self.of[key]["year"].dropna()}
        return sorted(found)

    def first(self, count: int) -> tuple[str, ...]:
        """The bodies with most reports."""
        most = self.table.sort_values("reports", ascending=False, kind="stable")
        return tuple(most["key"].head(count))

    def ids(self, keys: Iterable[str], years: Iterable[int]) -> list[str]:
        """The reports of these bodies and years."""
        wanted = set(years)
        parts = [self.of[key] for key in keys]
        return [id for part in parts for id in part.loc[part["year"].isin(wanted), "report"]]

    def select(self, keys: Iterable[str], years: Iterable[int]) -> Reports:
        """The index and cells of these bodies and years, as `Reports.only` gives them; measures
        need no more."""
        ids = self.ids(keys, years)
        if self.at is None or not ids:
            return self.reports.only(ids)
        index, cells = self.reports.index, self.reports.cells
        spans = sorted(self.at[id] for id in ids if id in self.at)
        rows = np.concatenate([np.arange(0), *(np.arange(*span) for span in spans)])
        chosen = set(ids)
        return Reports(
            index.loc[index["report"].isin(chosen)].reset_index(drop=True),
            cells.take(rows).reset_index(drop=True),
            self.reports.sections.iloc[:0],
            self.reports.problems.iloc[:0],
        )


def _names(table: pd.DataFrame) -> pd.Series[str]:
    """The agency; where several bodies bear its name, with the district, or else the key."""
    agency = table["agency"].fillna(table["key"])
    twice = agency.duplicated(keep=False)
    place = table["district"].fillna(table["city"]).fillna(table["key"])
    return agency.where(~twice, agency + "（" + place + "）")


def _spans(reports: Reports) -> dict[str, tuple[int, int]] | None:
    """Where the cells of each report begin and end; None where they do not stand together."""
    codes, names = pd.factorize(reports.cells["report"])
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    if len(starts) != len(names):
        return None
    ends = np.append(starts[1:], len(codes))
    return {str(names[codes[a]]): (int(a), int(b)) for a, b in zip(starts, ends, strict=True)}
