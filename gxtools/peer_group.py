"""peers(): the bodies that a body may fairly be set beside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .arguments import name_of, whole, year_of
from .errors import InputError
from .measuring import measure
from .reports import Reports, need_reports

PEERS = [
    "report", "agency", "division", "province", "city", "district", "level", "scope", "year",
    "received", "ratio", "same_province", "same_city",
]  # fmt: skip


def peers(
    reports: Reports, agency: str, *, year: int | None = None, count: int = 10
) -> pd.DataFrame:
    """The bodies of the same level and scope that come nearest in applications received.

    Grain: a row a body, the body itself first, then the nearest in size. Of `year`, or of the
    body's latest. Columns PEERS: `received` (件) is the size, `ratio` = received / that of the
    body (<NA> over 0), `same_province` and `same_city` whether they lie in one (<NA> where it is
    not known). Bodies without the figure are left out. An aggregate that holds the body, or that
    it holds, is of another level or scope and so never among them.
    Raises InputError where the body has no report, or its size is not known.
    """
    need_reports(reports)
    name_of(agency, "agency")
    own = reports.select(agency=agency)
    count = whole(count, "count")
    if year is None and own.index["year"].isna().all():
        raise InputError(
            f"the year of {agency}'s report is not known", advice="Give it: read(year=)."
        )
    year = year_of(year if year is not None else own.index["year"].max())
    chosen = own.select(year=year).index
    if len(chosen) > 1:
        raise InputError(
            f"{agency} stands {len(chosen)} times in {year}",
            where=", ".join(chosen["report"]),
            advice="Keep one: reports.only(...).",
        )
    body = chosen.iloc[0]
    sizes = measure(reports, "new_applications").set_index("report")["value"]
    index = reports.index.assign(received=reports.index["report"].map(sizes).astype("Float64"))
    alike = (index["year"] == year) & _same(index, body, "level") & _same(index, body, "scope")
    shown = index.loc[alike & index["received"].notna()]
    if body["report"] not in set(shown["report"]):
        raise InputError(f"what {agency} received in {year} is not known", where=body["report"])
    size = float(shown.set_index("report")["received"][body["report"]])
    return _nearest(shown, body, size, count)


def _nearest(shown: pd.DataFrame, body: pd.Series[Any], size: float, count: int) -> pd.DataFrame:
    """The body and the `count` nearest in size, by ratio and not by difference."""
    other = shown["report"] != body["report"]
    distance = (np.log1p(shown["received"].astype(float)) - np.log1p(size)).abs()
    order = pd.DataFrame({"other": other, "distance": distance}).sort_values(
        ["other", "distance"], kind="stable"
    )
    made = shown.loc[order.index[: count + 1]].reset_index(drop=True)
    made["ratio"] = made["received"] / size if size > 0 else pd.NA
    for name in ("province", "city"):
        made[f"same_{name}"] = made[name] == body[name]
    types = {"ratio": "Float64", "same_province": "boolean", "same_city": "boolean"}
    return made.astype(types)[PEERS]


def _same(index: pd.DataFrame, body: pd.Series[Any], name: str) -> pd.Series[bool]:
    if pd.isna(body[name]):
        return index[name].isna()
    same: pd.Series[bool] = (index[name] == body[name]).fillna(False).astype(bool)
    return same
