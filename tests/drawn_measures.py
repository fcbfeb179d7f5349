"""Reports from published or drawn figures, and frames of measures from counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from gxtools.measures import find
from gxtools.rates import wilson
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, concat, frame
from tests.published import Published


def reports_of(
    *published: Published, blank: Iterable[tuple[str, str]] = (), **index: Any
) -> Reports:
    """Reports of these figures; `index` overrides columns of the index; the cells of `blank`
    (row, column) are printed empty."""
    return concat(_report(one, set(blank), index) for one in published)


def _report(one: Published, blank: set[tuple[str, str]], told: Mapping[str, Any]) -> Reports:
    proactive = "2021" if one.proactive else ""
    names = {"applications": one.edition, "disputes": one.edition, "proactive": proactive}
    known = {
        "report": one.report, "agency": one.agency, "district": one.district, "year": one.year,
        "level": "district", "scope": "aggregate", "found": 1, "expected": 1,
        "editions": " ".join(f"{name}={edition}" for name, edition in names.items() if edition),
    } | dict(told)  # fmt: skip
    rows = [_cell(one.report, *cell, blank=blank) for cell in _figures(one)]
    return Reports(
        frame([[known.get(name) for name in INDEX]], INDEX),
        frame(rows, CELLS),
        frame([], SECTIONS),
        frame([], PROBLEMS),
    )


def _figures(one: Published) -> Iterator[tuple[str, str, str, float | None]]:
    yield from (("applications", *cell) for cell in one.applications())
    yield from (("disputes", *cell) for cell in one.disputes())
    yield from (("proactive", *code, value) for code, value in one.proactive.items())


def _cell(
    report: str, table: str, row: str, column: str, value: float | None, blank: set[tuple[str, str]]
) -> tuple[Any, ...]:
    empty = value is None or (row, column) in blank
    shown = (None, "blank", "") if empty else (value, "number", f"{value:g}")
    return (report, table, row, column, *shown, "page 1", "exact", "件")


def counted(
    rows: Iterable[tuple[str, float | None, float | None]],
    measure: str = "disclosure_rate",
    year: int | None = 2024,
    **other: Any,
) -> pd.DataFrame:
    """The frame of a measure from (agency, numerator, denominator), as gx.measure gives it."""
    listed = list(rows)
    made = pd.DataFrame(listed, columns=["agency", "numerator", "denominator"])
    made = made.astype({"numerator": "Float64", "denominator": "Float64", "agency": "string"})
    text = {
        "division": pd.NA, "district": pd.NA, "level": "district", "scope": "aggregate",
        "edition": "2021", "measure": measure, "code": pd.NA, "formula": find(measure).formula(),
        "basis": "printed", "unit": find(measure).unit,
    }  # fmt: skip
    made = made.assign(**{**text, **other}).astype(dict.fromkeys(text, "string"))
    made["year"] = pd.array([year] * len(made), dtype="Int64")
    made["report"] = made["agency"] + "-" + made["year"].astype("string")
    alone = find(measure).kind in ("count", "amount")
    n = made["denominator"]
    made["value"] = made["numerator"] if alone else made["numerator"] / n.where(n > 0)
    made["low"], made["high"] = wilson(made["numerator"], n)
    return made
