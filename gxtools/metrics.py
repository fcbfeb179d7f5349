"""Reports to tidy measures: every rate with its numerator, denominator, formula and interval.

Which rows and columns are totals, and what adds up to them, is read from the sums of the forms.
A figure that is not known is <NA> and makes <NA> whatever needs it; no printed figure is repaired,
and nothing is divided by zero. `basis` is `derived` where a figure is not printed as it stands: a
blank that the table's sums show to be zero, or a total left blank that its parts add up to.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple, cast, get_args

import pandas as pd

from . import rates
from .completed import Figures, basis, complete, cut, derived_in, whose
from .errors import InputError
from .forms import editions, load_form
from .unsplit import with_own_routes, without_group_totals

Level = Literal["group", "detail"]
Basis = Literal["concluded", "handled", "substantive"]

_KEYS = ["report", "agency", "district", "year"]
_RATE = ["numerator", "denominator", "share", "low", "high", "formula"]
# Applications answered on their substance: neither set aside nor closed for a formal reason.
_NOT_SUBSTANTIVE = ("declined", "other")


class _Parts(NamedTuple):
    """One sum of one edition: the codes that are added up, and the code of their printed total."""

    codes: tuple[str, ...]
    total: str


def volumes(reports: Figures) -> pd.DataFrame:
    """How many applications each report received, handled and concluded.

    Grain: one row a report, in the order of the reports. Columns: report agency district year
    received carried_in handled concluded carried_out formula basis. Unit: 件, of the column of all
    applicants. `concluded` is the total of the results. <NA> where a figure is not known;
    `handled` = received + carried_in needs both.
    """
    reports = complete(reports)
    wide = _all_applicants(reports)
    printed = ["received", "carried_in", "concluded", "carried_out"]
    frame = _counts(wide, printed).assign(handled=_sum(wide, _handled()))
    frame = whose(reports, "applications").merge(frame.reset_index(), on="report")
    frame["formula"] = f"received; handled = {' + '.join(_handled())}"
    totals = derived_in(_total_column(reports), "outcome", printed)
    frame["basis"] = basis(frame, ["report"], frame, totals)
    columns = ["received", "carried_in", "handled", "concluded", "carried_out", "formula", "basis"]
    return frame[[*_KEYS, *columns]]


def outcomes(reports: Figures, level: Level = "group", of: Basis = "concluded") -> pd.DataFrame:
    """How the applications of each report ended, as counts and shares.

    Grain: report x outcome in the form's order. Columns: report agency district year outcome
    numerator denominator share low high formula basis. `level="group"` adds dotted codes up to the
    code before the dot, so that editions compare; `"detail"` keeps every printed outcome. The
    denominator `of` is `concluded` (the total), `handled` (received + carried_in) or `substantive`
    (concluded - declined - other; the outcomes that it leaves out have no share). `low` and `high`
    are the Wilson interval of 95 %. <NA>: a part is not known, the denominator is 0, or the share
    would be above 1. Raises InputError for another level or denominator.
    """
    _one_of("level", level, get_args(Level))
    _one_of("of", of, get_args(Basis))
    reports = complete(reports)
    wide = _all_applicants(reports)
    frame = _groups(wide) if level == "group" else _printed_outcomes(reports)
    denominator, text = _basis(wide, of)
    frame["denominator"] = frame["report"].map(denominator).astype("Float64")
    frame["formula"] = frame["outcome"] + f" / {text}"
    frame = _with_interval(frame, "share")
    if of == "substantive":
        outside = _grouped(frame["outcome"]).isin(_NOT_SUBSTANTIVE)
        frame.loc[outside, ["share", "low", "high"]] = pd.NA
    frame = whose(reports, "applications").merge(frame, on="report")
    frame["basis"] = _basis_of_outcomes(frame, reports, level, of)
    return frame[[*_KEYS, "outcome", *_RATE, "basis"]]


def applicants(reports: Figures) -> pd.DataFrame:
    """Who applied: the share of each kind of applicant in the applications received in the year.

    Grain: report x applicant in the form's order, without the total. Columns: report agency
    district year applicant numerator denominator share low high formula basis. Unit: 件. The
    denominator is the total of the row `received`; <NA> as in `outcomes`.
    """
    reports = complete(reports)
    received, who = _cut(reports, row="received"), whose(reports, "applications")
    wide = _wide(received, ["report"], "applicant").reindex(_ids(who))
    total = _sums("applications", "applicants")[0].total
    frame = _stacked(wide, _members("applications", "applicants"), "applicant")
    frame["denominator"] = frame["report"].map(_counts(wide, [total])[total]).astype("Float64")
    frame["formula"] = "received[" + frame["applicant"] + f"] / received[{total}]"
    frame = who.merge(_with_interval(frame, "share"), on="report")
    keys, totals = ["report", "applicant"], derived_in(received, "applicant", [total])
    frame["basis"] = basis(frame, keys, received, totals)
    return frame[[*_KEYS, "applicant", *_RATE, "basis"]]


def disputes(reports: Figures) -> pd.DataFrame:
    """How reviews and suits ended, and in which share of the concluded ones the body was corrected.

    Grain: report x route in the form's order. Columns: report agency district year route upheld
    corrected other pending total concluded numerator denominator rate low high formula basis.
    Unit: 件.
    `concluded` = upheld + corrected + other, added up here, without pending cases; `total` stays as
    printed even where the parts say otherwise. `rate` = corrected / concluded with its Wilson
    interval of 95 %. <NA>: a part was not read or nothing was concluded. A case that was reviewed
    and then sued over stands in both routes: routes are not to be added up.
    """
    reports = complete(reports)
    parts = _sums("disputes", "results")[0]
    concluded = [code for code in parts.codes if code != "pending"]
    wide = _wide(reports.disputes, ["report", "route"], "result")
    counts = _counts(wide, [*parts.codes, parts.total])
    frame = with_own_routes(reports.disputes, _KEYS, _rows("disputes"))
    frame = frame.merge(counts.reset_index(), on=["report", "route"], how="left")
    frame["concluded"] = frame["denominator"] = _sum(frame, concluded)
    frame["numerator"] = frame["corrected"]
    frame["formula"] = f"corrected / ({' + '.join(concluded)})"
    rate = [column if column != "share" else "rate" for column in _RATE]
    frame["basis"] = basis(frame, ["report", "route"], reports.disputes)
    columns = [*_KEYS, "route", *parts.codes, parts.total, "concluded", *rate, "basis"]
    return _with_interval(frame, "rate")[columns]


def proactive(reports: Figures) -> pd.DataFrame:
    """What was made public without being asked for, as printed.

    Grain: report x item x measure. Columns: report agency district year item measure value unit.
    The measures differ between editions (`issued` is not `made`): compare within one measure.
    """
    columns = [*_KEYS, "item", "measure", "value", "unit"]
    return reports.proactive[columns].reset_index(drop=True)


@cache
def _sums(table: str, family: str) -> tuple[_Parts, ...]:
    """The sums of one family in every edition that has them, newest first, compiled ones last."""
    return tuple(
        _Parts(tuple(t.members(sum_.left, axis)), sum_.right[0])
        for edition in editions(compiled=True)
        for t in load_form(edition).tables
        for sum_ in t.sums
        for axis in [t.rows if sum_.per == "column" else t.columns]
        if t.id == table and sum_.family == family
    )


def _members(table: str, family: str) -> list[str]:
    """The codes that some edition adds up, in the order of the form."""
    return list(dict.fromkeys(code for sum_ in _sums(table, family) for code in sum_.codes))


def _rows(table: str) -> list[str]:
    """The row codes of a table in the order of the form, newest edition first."""
    tables = [t for edition in editions() for t in load_form(edition).tables if t.id == table]
    return list(dict.fromkeys(row.code for t in tables for row in t.rows))


def _handled() -> tuple[str, ...]:
    return _sums("applications", "flow")[0].codes


def _group(code: str) -> str:
    return code.split(".")[0]


def _grouped(codes: pd.Series[str]) -> pd.Series[str]:
    return codes.map({code: _group(code) for code in codes.unique()})


def _groups(wide: pd.DataFrame) -> pd.DataFrame:
    """Report x group of outcomes with its count as `numerator`."""
    groups = list(dict.fromkeys(_group(code) for code in _members("applications", "outcomes")))
    counts = pd.DataFrame({group: _rolled_up(wide, group) for group in groups}, index=wide.index)
    return _stacked(counts, groups, "outcome")


def _rolled_up(wide: pd.DataFrame, group: str) -> pd.Series[float]:
    """The count of a group, from the rows of whichever edition the report printed in full."""
    rows = (
        tuple(code for code in sum_.codes if _group(code) == group)
        for sum_ in _sums("applications", "outcomes")
    )
    first, *others = (_sum(wide, codes) for codes in dict.fromkeys(rows) if codes)
    for other in others:
        # Two editions read in one report that disagree: neither is known to be the right one.
        clash = (first != other).fillna(False).astype(bool)
        first = first.fillna(other).mask(clash)
    return first


def _printed_outcomes(reports: Figures) -> pd.DataFrame:
    """Report x printed outcome with its count as `numerator`, without the rows that are totals."""
    order = _members("applications", "outcomes")
    frame = _total_column(reports)
    frame = frame.loc[frame["outcome"].isin(order), ["report", "outcome", "value"]]
    frame = without_group_totals(frame)
    frame = frame.sort_values("outcome", key=lambda codes: codes.map(order.index), kind="stable")
    return frame.rename(columns={"value": "numerator"}).astype({"numerator": "Float64"})


def _basis(wide: pd.DataFrame, of: Basis) -> tuple[pd.Series[float], str]:
    """The denominator of each report, and its formula."""
    if of == "handled":
        return _sum(wide, _handled()), f"({' + '.join(_handled())})"
    total = _sums("applications", "outcomes")[0].total
    rest = _counts(wide, [total])[total]
    if of == "concluded":
        return rest, total
    for group in _NOT_SUBSTANTIVE:
        rest = rest - _rolled_up(wide, group)
    return rest, f"({' - '.join((total, *_NOT_SUBSTANTIVE))})"


def _basis_of_outcomes(frame: pd.DataFrame, reports: Figures, level: Level, of: Basis) -> list[str]:
    """Whether numerator or denominator of each row is derived."""
    totals = _total_column(reports)
    group = _grouped(totals["outcome"])
    below = list(_handled()) if of == "handled" else [_sums("applications", "outcomes")[0].total]
    if of == "substantive":
        below += list(totals.loc[group.isin(_NOT_SUBSTANTIVE), "outcome"].unique())
    named = totals.assign(outcome=group) if level == "group" else totals
    return basis(frame, ["report", "outcome"], named, derived_in(totals, "outcome", below))


def _with_interval(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The frame with a rate and its Wilson interval of 95 %; <NA> where there is no proportion."""
    k, n = frame["numerator"], frame["denominator"]
    low, high = rates.wilson(k, n)
    return frame.assign(**{name: k / n.where(rates.is_share(k, n)), "low": low, "high": high})


def _ids(frame: pd.DataFrame) -> pd.Index[str]:
    ids: pd.Index[str] = pd.Index(frame["report"].unique(), name="report")
    return ids


def _total_column(reports: Figures) -> pd.DataFrame:
    """The column of all applicants, without its own parts, so that nobody counts twice."""
    return _cut(reports, column=_sums("applications", "applicants")[0].total)


def _cut(reports: Figures, row: str | None = None, column: str | None = None) -> pd.DataFrame:
    """One row or column of the applications."""
    return cut(reports, "applications", ("outcome", "applicant"), row, column)


def _all_applicants(reports: Figures) -> pd.DataFrame:
    """Report x outcome: the column of all applicants; a report without it is a row of <NA>."""
    wide = _wide(_total_column(reports), ["report"], "outcome")
    return wide.reindex(_ids(whose(reports, "applications")))


def _wide(frame: pd.DataFrame, rows: list[str], columns: str) -> pd.DataFrame:
    """The values with one column a code. Raises InputError for a figure that stands twice:
    adding both or taking one would be a guess."""
    twice = frame.duplicated([*rows, columns])
    if twice.any():
        where = ", ".join(str(frame.loc[twice].iloc[0][name]) for name in [*rows, columns])
        raise InputError("a figure stands twice", where=where, advice="Keep each report once.")
    return frame.pivot(index=rows, columns=columns, values="value")


def _counts(wide: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The columns of these codes as nullable numbers, all <NA> where a form has no such code."""
    return wide.reindex(columns=codes).astype("Float64").rename_axis(columns=None)


def _sum(wide: pd.DataFrame, codes: Iterable[str]) -> pd.Series[float]:
    """The codes added up; <NA> where one of them is."""
    return _counts(wide, list(codes)).sum(axis=1, skipna=False)


def _stacked(wide: pd.DataFrame, codes: list[str], name: str) -> pd.DataFrame:
    """Report x code with its count as `numerator`, codes in the given order."""
    counts = cast("pd.Series[float]", _counts(wide, codes).rename_axis(columns=name).stack())
    return counts.rename("numerator").reset_index().astype({name: "str"})


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(f"{name} is {value!r}", advice=f"Possible: {', '.join(known)}.")
