"""What there is room for: the reports that are drawn, their names, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from ..charts.rows import by_body, choose, left_out, year_text
from .words import say, scope_name, years_of

_LONGEST = 22  # characters of a name in a chart
_NAMED_GAPS = 6


class Rows(NamedTuple):
    """The rows of a chart: reports in order (`None` for a year without one), their names, and the
    sentences about what is not there."""

    reports: list[str | None]
    names: list[str]
    subject: str
    years: str
    notes: list[str]


def drawn(frame: pd.DataFrame, weight: pd.Series[float], room: int, by: str, lang: str) -> Rows:
    """The reports of `frame` (one row each: report body scope year) that there is room for.

    One body's years without a report keep an empty row; those of several bodies are named. Bodies
    stand by `weight`, largest first; `by` names it where bodies are left out.
    """
    weighed = frame.assign(weight=weight.astype("Float64"))
    choice = choose(weighed, room)
    heaviest = choice.rows.sort_values("weight", ascending=False, kind="stable", na_position="last")
    rows = by_body(heaviest)
    single = rows["body"].nunique() == 1
    subject = _cut(rows["body"].iloc[0], 40) if single else ""
    notes = [left_out(choice, lang, by), "" if single else _gaps(rows, lang), _mixed(rows, lang)]
    reports = rows["report"].tolist()
    years = rows["year"].tolist()
    if single:
        reports, names = _with_gaps(reports, years, lang)
    else:
        names = _names(rows, lang)
    kept, bodies = rows["body"].nunique(), frame["body"].nunique()
    key = "subject_many" if kept == bodies else "subject_some"
    subject = subject or say(key, lang, n=bodies, kept=kept)
    return Rows(reports, names, subject, years_of(years, lang), [note for note in notes if note])


def _with_gaps(
    reports: Sequence[str], years: Sequence[object], lang: str
) -> tuple[list[str | None], list[str]]:
    """The reports of one body year by year, a missing year as `None`."""
    known = {int(y): r for y, r in zip(years, reports, strict=True) if not pd.isna(y)}  # type: ignore[call-overload]
    undated = [r for y, r in zip(years, reports, strict=True) if pd.isna(y)]  # type: ignore[call-overload]
    span = range(min(known), max(known) + 1) if known else ()
    names = [str(year) + ("" if year in known else f" {say('no_report', lang)}") for year in span]
    names += [year_text(pd.NA, lang)] * len(undated)
    return [*(known.get(year) for year in span), *undated], names


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    """Body, scope where scopes are mixed, and year where years are."""
    short = shorten(rows["body"])
    scopes = rows["scope"].nunique(dropna=False) > 1
    years = rows["year"].nunique(dropna=False) > 1
    made = []
    for body, scope, year in zip(rows["body"], rows["scope"], rows["year"], strict=True):
        name = short[body]
        if scopes:
            mark = scope_name(scope, lang)
            name += f"（{mark}）" if lang == "zh" else f" ({mark})"
        made.append(name + (f" {year_text(year, lang)}" if years else ""))
    return made


def shorten(names: Iterable[str]) -> dict[str, str]:
    """Long names without their middle; where they would then be alike, what tells them apart."""
    made = {name: _cut(name, _LONGEST) for name in names}
    for alike in {cut: [n for n in made if made[n] == cut] for cut in made.values()}.values():
        if len(alike) > 1:
            before = _alike(alike)
            after = _alike([name[::-1] for name in alike])
            for name in alike:
                core = name[before : len(name) - after]
                made[name] = f"{name[:6]}…{_cut(core, _LONGEST - 8)}…"
    return made


def _alike(names: Sequence[str]) -> int:
    """How many characters all names begin with."""
    columns = zip(*names, strict=False)  # up to the end of the shortest
    return next((i for i, column in enumerate(columns) if len(set(column)) > 1), 0)


def _cut(name: str, longest: int) -> str:
    """A long name without its middle: bodies of one place begin alike and end apart."""
    if len(name) <= longest:
        return name
    return name[: longest // 2] + "…" + name[-(longest // 2 - 1) :]


def _gaps(rows: pd.DataFrame, lang: str) -> str:
    """The years between its first and its last that a body has no report of."""
    found = []
    for body, own in rows.groupby("body", sort=False):
        years = [int(year) for year in own["year"].dropna()]
        missing = sorted(set(range(min(years), max(years))) - set(years)) if years else []
        found += [f"{_cut(str(body), _LONGEST)} {spell(missing)}"] if missing else []
    if not found:
        return ""
    comma = "、" if lang == "zh" else ", "
    more = ["…"] if len(found) > _NAMED_GAPS else []
    return say("gaps", lang, gaps=comma.join([*found[:_NAMED_GAPS], *more]))


def spell(years: Iterable[int]) -> str:
    """Years with runs written short: 2020–2022, 2024."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def _mixed(rows: pd.DataFrame, lang: str) -> str:
    return say("mixed_scope", lang) if rows["scope"].nunique(dropna=False) > 1 else ""


def common_year(index: pd.DataFrame, focus: Sequence[str] = ()) -> tuple[pd.DataFrame, int]:
    """The reports of the year in which bodies are compared, and how many bodies have none of it.

    It is the latest year (of the focus) that half of the bodies have reported, or else the one
    that most have; all reports where no year is known.
    """
    own = index.loc[index["body"].isin(focus), "year"] if focus else index["year"]
    if not own.notna().any():
        return index, 0
    bodies = index.groupby("year")["body"].nunique().reindex(sorted(own.dropna().unique()))
    half = bodies.loc[bodies * 2 >= index["body"].nunique()]
    year = half.index[-1] if len(half) else bodies.loc[bodies == bodies.max()].index[-1]
    kept = index.loc[(index["year"] == year).fillna(False).astype(bool)]
    return kept, index["body"].nunique() - kept["body"].nunique()
