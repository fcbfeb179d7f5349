"""Reports: the tidy tables of one report or of thousands. pandas begins here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import pandas as pd

from .errors import InputError
from .forms import editions, load_form
from .pile import Pile
from .schema import CELLS, FRAMES, INDEX, PROBLEMS, SECTIONS, frame

if TYPE_CHECKING:
    from .corpus.wide import Wide

WHO = ["report", "agency", "district", "year"]


@dataclass(frozen=True, eq=False)
class Reports:
    """Reports as tidy tables; one report is Reports of length one.

    `index` has a row a report, `cells` a row a form cell (value `<NA>` where nothing could be
    read), `sections` a row a section (0 is what stands before the first heading), `problems` a row
    for anything not read. `applications`, `disputes` and `proactive` are views of `cells`. Counts
    are in 件, fees in 万元. Blank, `/`, `-`, 无 and 0 differ: see `kind`.
    """

    index: pd.DataFrame
    cells: pd.DataFrame
    sections: pd.DataFrame
    problems: pd.DataFrame

    @classmethod
    def of_rows(cls, **rows: Sequence[Sequence[Any]] | Pile) -> Reports:
        """Reports of the rows of each frame (of cells also a pile); a frame is made when it is
        first looked at."""
        made = object.__new__(cls)
        made.__dict__["_rows"] = rows
        return made

    if not TYPE_CHECKING:  # else any name would be one of Reports

        def __getattr__(self, name: str) -> pd.DataFrame:
            rows = self.__dict__.get("_rows", {}).get(name)
            if rows is None:
                raise AttributeError(f"Reports has no attribute {name!r}")
            made = rows.frame() if isinstance(rows, Pile) else frame(rows, FRAMES[name])
            return self.__dict__.setdefault(name, made)

    def made(self) -> Reports:
        """These Reports with every frame made, and without the rows that they were made of."""
        return Reports(**{name: getattr(self, name) for name in FRAMES})

    def __len__(self) -> int:
        return len(self.index)

    def __repr__(self) -> str:
        found, expected = int(self.index["found"].sum()), int(self.index["expected"].sum())
        years = sorted(self.index["year"].dropna().unique())
        span = "–".join(map(str, dict.fromkeys([*years[:1], *years[-1:]]))) or "no year"
        return (
            f"<Reports: {len(self)} reports of {self.index['agency'].nunique()} bodies, {span}, "
            f"{found} of {expected} cells read, {len(self.problems)} problems>"
        )

    @property
    def applications(self) -> pd.DataFrame:
        """Section 三: report agency district year outcome applicant value (件)."""
        return self._view("applications")

    @property
    def disputes(self) -> pd.DataFrame:
        """Section 四: report agency district year route result value (件)."""
        return self._view("disputes")

    @property
    def proactive(self) -> pd.DataFrame:
        """Section 二: report agency district year item measure value unit (件, 万元)."""
        return self._view("proactive", "unit")

    @property
    def wide(self) -> Wide | None:
        """The figures side by side, where they are kept so (see gx.open_reports)."""
        return None

    def _view(self, table: str, *more: str) -> pd.DataFrame:
        form = load_form(editions()[0]).table(table)
        part = self.cells.loc[self.cells["table"] == table]
        joined = part.merge(self.index[WHO], on="report", how="left", validate="many_to_one")
        named = joined.rename(columns={"row": form.row_axis, "column": form.column_axis})
        return named[[*WHO, form.row_axis, form.column_axis, "value", *more]]

    def select(
        self,
        *,
        agency: str | Iterable[str] | None = None,
        province: str | Iterable[str] | None = None,
        city: str | Iterable[str] | None = None,
        district: str | Iterable[str] | None = None,
        year: int | Iterable[int] | None = None,
        level: str | Iterable[str] | None = None,
        scope: str | Iterable[str] | None = None,
    ) -> Reports:
        """The reports that match all that is given; each may be one value or several.

        Raises InputError where nothing matches, and where one of several bodies or places is not
        there (of several years, levels or scopes some may be absent), naming what there is.
        """
        given = {
            "agency": agency,
            "province": province,
            "city": city,
            "district": district,
            "year": year,
            "level": level,
            "scope": scope,
        }
        kept = self.index
        for column, wanted in given.items():
            if wanted is None:
                continue
            values = listed(wanted)
            here = kept.loc[kept[column].isin(values)]
            if here.empty or absent_from(here[column], column, values):
                raise unknown(kept[column], column, values)
            kept = here
        return self.only(kept["report"])

    def only(self, reports: Iterable[str]) -> Reports:
        """The reports with these ids, in the order of the index."""
        wanted = set(reports)
        parts = {
            field.name: (table := getattr(self, field.name))
            .loc[table["report"].isin(wanted)]
            .reset_index(drop=True)
            for field in fields(self)
        }
        return Reports(**parts)

    def save(self, dir: str | os.PathLike[str]) -> str:
        """Write a corpus of Parquet files, and return its folder; `gx.open_reports` reads it.

        `dir` is a folder of its own, or an fsspec address (`s3://bucket/corpus`). A corpus that is
        there is replaced, with its history (`gx.update` keeps that); whenever the program is
        stopped, the old corpus is there or the new one, never half of either. Raises InputError
        for a folder of something else and for frames that are not those of Reports, FileError
        where it cannot be written, MissingExtraError without gxtools[store].
        """
        from .corpus.saving import save

        save(self, dir)
        return os.fspath(dir)


def need_reports(value: object) -> None:
    """Raises InputError where something else is given for Reports: a path, a frame of them."""
    if isinstance(value, Reports):
        return
    what = f"Reports are needed, not {type(value).__name__}"
    raise InputError(what, advice="Give what gx.read_all or gx.open_reports returned.")


# A name of these that is not there is a slip: what is selected would lack a body in silence.
_NAMES = ("agency", "province", "city", "district")


def listed(wanted: object) -> list[object]:
    """One value or several, as a list."""
    return [*wanted] if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]


def absent_from(found: pd.Series[Any], column: str, wanted: Sequence[object]) -> list[object]:
    """The names that were wanted and are not among those found; of other columns none."""
    here = set(found.dropna())
    return [value for value in wanted if value not in here] if column in _NAMES else []


def unknown(known: pd.Series[Any], column: str, wanted: Sequence[object]) -> InputError:
    """The error that no report has these, with the names that are near or else what there is."""
    names = list(map(str, sorted(known.dropna().unique())))
    absent = [value for value in wanted if str(value) not in names] or list(wanted)
    slip = str(absent[0]) if absent else ""
    near = [name for name in names if slip and slip in name]
    near = near or get_close_matches(slip, names, cutoff=0.5)
    shown = near if column in _NAMES and near else names
    more = ", …" if len(shown) > 20 else ""
    advice = f"There are: {', '.join(shown[:20]) or 'none'}{more}."
    if column == "year" and any(isinstance(value, str) for value in wanted):
        advice += " Years are numbers, not text: year=2024."
    return InputError(f"no report has {column} {', '.join(map(repr, absent))}", advice=advice)


def stack(parts: Sequence[Reports], cells: Pile) -> Reports:
    """One Reports of parts that share no report, whose cells are on the pile."""
    if len(parts) == 1:
        return Reports.of_rows(**parts[0].__dict__["_rows"] | {"cells": cells})
    made = {
        name: [getattr(part, name) for part in parts if len(getattr(part, name))] or [frame([], of)]
        for name, of in FRAMES.items()
        if name != "cells"
    }
    found = Reports.of_rows(cells=cells)
    for name, frames in made.items():
        found.__dict__[name] = pd.concat(frames, ignore_index=True)
    return found


def concat(reports: Iterable[Reports]) -> Reports:
    """One Reports of several; the same report (same file content) given twice is kept once.

    Raises InputError for anything but a list of Reports.
    """
    if not isinstance(reports, Iterable):
        what = f"a list of Reports is needed, not {type(reports).__name__}"
        raise InputError(what, advice="Write gx.concat([one, other]).")
    parts = list(reports)
    for part in parts:
        need_reports(part)
    if not parts:
        return empty()
    joined = {
        field.name: pd.concat([getattr(part, field.name) for part in parts], ignore_index=True)
        for field in fields(Reports)
    }
    joined["index"] = joined["index"].drop_duplicates("report", ignore_index=True)
    joined["cells"] = joined["cells"].drop_duplicates(
        ["report", "table", "row", "column"], ignore_index=True
    )
    joined["sections"] = joined["sections"].drop_duplicates(
        ["report", "section"], ignore_index=True
    )
    joined["problems"] = joined["problems"].drop_duplicates(ignore_index=True)
    return Reports(**joined)


def empty() -> Reports:
    """Reports of length zero, with every column."""
    return Reports(frame([], INDEX), frame([], CELLS), frame([], SECTIONS), frame([], PROBLEMS))
