"""The figures of the reports as tables that a page holds: a row a report, or a report and route."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from ..charts.rows import by_body, choose, left_out, year_text
from ..charts.style import SMALL_N
from ..forms import label
from .frames import Measures
from .tables import Sheet
from .words import count, percent, say, scope_name, years_of

COUNTS = ("received", "carried_in", "handled", "concluded", "carried_out")
RESULTS = ("upheld", "corrected", "other", "pending")


class Grid(NamedTuple):
    """A table and the sentences that belong under it."""

    sheet: Sheet
    notes: list[str]
    years: str  # of the reports that it lists


def volume_grid(measures: Measures, lang: str, most: int) -> Grid:
    """A row a report: received, carried in, handled, concluded, carried over (件)."""
    frame = measures.about(measures.volumes)
    rows, rest = _chosen(frame, frame["received"], most, lang, _outcome("received", lang))
    heads = [say(c, lang) if c == "handled" else _outcome(c, lang) for c in COUNTS]
    numbers = [[count(row[code]) for code in COUNTS] for row in rows.to_dict("records")]
    return _grid(rows, heads, numbers, lang, rest)


def outcome_grid(measures: Measures, lang: str, most: int) -> Grid:
    """A row a report: the number concluded and each group of outcomes; a share from thirty on."""
    frame = measures.about(measures.outcomes)
    return _parts(frame, "outcome", say("n_concluded", lang), most, lang)


def applicant_grid(measures: Measures, lang: str, most: int) -> Grid:
    """A row a report: the number received and each kind of applicant."""
    frame = measures.about(measures.applicants)
    return _parts(frame, "applicant", _outcome("received", lang), most, lang)


def dispute_grid(measures: Measures, lang: str, most: int) -> Grid:
    """A row a report and route: each result, the printed total, corrected of concluded."""
    frame = measures.about(measures.disputes)
    cases = frame.assign(cases=frame[list(RESULTS)].sum(axis=1)).groupby("report")["cases"].max()
    reports = frame.drop_duplicates("report")
    kept, rest = _chosen(reports, reports["report"].map(cases), most, lang, say("cases", lang))
    place = {report: i for i, report in enumerate(kept["report"])}
    rows = frame.loc[frame["report"].isin(place)]
    rows = rows.sort_values("report", key=lambda ids: ids.map(place), kind="stable")
    heads = [say("route", lang), *(label(code, lang, axis="result") for code in RESULTS)]
    heads += [say("total_printed", lang), say("corrected_concluded", lang)]
    cells = [
        [
            label(row["route"], lang, axis="route"),
            *(count(row[code]) for code in (*RESULTS, "total")),
            _share(row["corrected"], row["concluded"], row["rate"], lang),
        ]
        for row in rows.to_dict("records")
    ]
    notes = [say("double", lang)]
    return _grid(rows, heads, cells, lang, [*rest, *notes], texts=1)


def _parts(frame: pd.DataFrame, axis: str, whole: str, most: int, lang: str) -> Grid:
    """A row a report of a measure with a row a part."""
    reports = frame.drop_duplicates("report")
    rows, rest = _chosen(reports, reports["denominator"], most, lang, "n")
    codes = list(dict.fromkeys(frame[axis]))
    ids = rows["report"]
    counts, shares = (
        frame.pivot(index="report", columns=axis, values=values).reindex(ids)[codes]
        for values in ("numerator", "share")
    )
    cells = [
        [
            count(n),
            *(
                _part(count(k), n, s, lang)
                for k, s in zip(counts.loc[id], shares.loc[id], strict=True)
            ),
        ]
        for id, n in zip(ids, rows["denominator"], strict=True)
    ]
    heads = [whole, *(_head(label(code, lang, axis=axis)) for code in codes)]
    few = (rows["denominator"] < SMALL_N).fillna(False).any()
    notes = [say("few_counts", lang, n=SMALL_N)] if few else []
    return _grid(rows, heads, cells, lang, [*rest, *notes])


def _head(name: str) -> str:
    """A name as the heading of a narrow column; Chinese names are short."""
    return name.replace("organisations", "orgs").replace("institutions", "inst.")


def _part(k: str, n: object, share: object, lang: str) -> str:
    """A count; its share of n behind it where n is no small number."""
    small = pd.isna(n) or n < SMALL_N  # type: ignore[call-overload,operator]
    if small or pd.isna(share):  # type: ignore[call-overload]
        return k
    return say("part", lang, k=k, share=percent(share))


def _share(k: object, n: object, rate: object, lang: str) -> str:
    if pd.isna(k) or pd.isna(n):  # type: ignore[call-overload]
        return "—"
    return _part(f"{count(k)}/{count(n)}", n, rate, lang)


def _chosen(
    frame: pd.DataFrame, weight: pd.Series[float], most: int, lang: str, by: str
) -> tuple[pd.DataFrame, list[str]]:
    """The reports that a table of `most` rows holds, and the sentence about the others."""
    choice = choose(frame.assign(weight=weight.astype("Float64")), most)
    said = left_out(choice, lang, by)
    return by_body(choice.rows), [say("not_listed", lang, said=said)] if said else []


def _grid(
    rows: pd.DataFrame,
    heads: Iterable[str],
    cells: list[list[str]],
    lang: str,
    notes: list[str],
    texts: int = 0,
) -> Grid:
    """The cells behind body and year, or the one of them that tells the reports apart.

    The first `texts` of the cells are words, not numbers.
    """
    named = [say("body", lang)] if rows["body"].nunique() > 1 else []
    dated = [say("year", lang)] if not named or rows["year"].nunique(dropna=False) > 1 else []
    aside = len(named) + len(dated)
    who = [_who(row, rows, lang, named, dated) for row in rows.to_dict("records")]
    body = [[*names, *own] for names, own in zip(who, cells, strict=True)]
    header = [*named, *dated, *heads]
    widths = [*[2.2] * len(named), *[0.9] * len(dated), *[1.2] * (len(header) - aside)]
    notes = [*notes, *_cautions(rows, cells, lang)]
    sheet = Sheet(header, body, widths, range(aside + texts, len(header)))
    return Grid(sheet, notes, years_of(rows["year"], lang))


def _who(
    row: dict[Hashable, Any], rows: pd.DataFrame, lang: str, named: list[str], dated: list[str]
) -> list[str]:
    """Body, with its scope where scopes are mixed, and year; marked where a figure is derived."""
    body = str(row["body"])
    if rows["scope"].nunique(dropna=False) > 1:
        body = say("with_scope", lang, body=body, scope=scope_name(row["scope"], lang))
    *first, last = [body] * len(named) + [year_text(row["year"], lang)] * len(dated)
    return [*first, last + ("*" if row["basis"] == "derived" else "")]


def _cautions(rows: pd.DataFrame, cells: list[list[str]], lang: str) -> list[str]:
    mixed = rows["scope"].nunique(dropna=False) > 1
    dashed = any("—" in text for own in cells for text in own)
    derived = (rows["basis"] == "derived").any()
    told = (("mixed_scope", mixed), ("dash", dashed), ("derived_mark", derived))
    return [say(key, lang) for key, there in told if there]


def _outcome(code: str, lang: str) -> str:
    return label(code, lang, axis="outcome")
