"""What is missing from a choice, said in sentences: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ..charts.measured import edition_name
from ..measures import Measure
from .bodies import Bodies
from .words import listed, say, years_of


def absent_reports(
    bodies: Bodies, keys: Sequence[str], years: Sequence[int], lang: str
) -> Iterator[str]:
    """Bodies without a report of some of the years."""
    gaps = []
    for key in keys:
        lacking = sorted(set(years) - set(bodies.years([key])))
        if lacking:
            gaps.append(f"{bodies.name(key)} {years_of(lacking, lang)}")
    if gaps:
        yield say("absent", lang, list=listed(gaps, lang))
    if undated := bodies.undated(keys):
        yield say("undated", lang, n=undated)


def unknown_figures(frame: pd.DataFrame, spec: Measure, lang: str) -> Iterator[str]:
    """Why figures of the frame of `measure` are not known, each reason once."""
    told = frame.loc[frame["value"].isna()]
    if told.empty:
        return
    name = spec.zh if lang == "zh" else spec.en
    edition = told["edition"].fillna("")
    alien = [not set(text.split("+")) <= set(spec.editions) for text in edition]
    foreign = pd.Series(alien, index=told.index, dtype=bool)
    unread = told["numerator"].isna() | (told["denominator"].isna() & bool(spec.denominator))
    reasons = {
        "edition": unread & foreign,
        "unread": unread & ~foreign,
        "nothing_under": ~unread & (told["denominator"] == 0).fillna(False),
        "impossible": ~unread & (told["denominator"] != 0).fillna(False),
    }
    for reason, where in reasons.items():
        rows = told.loc[where.astype(bool)].drop_duplicates("report")
        names = [f"{who} {year}" for who, year in zip(rows["agency"], rows["year"], strict=True)]
        if names:
            words = {"measure": name, "editions": _forms(spec, lang)}
            yield say(reason, lang, list=listed(names, lang), **words)


def _forms(spec: Measure, lang: str) -> str:
    return (", " if lang == "en" else "、").join(edition_name(e, lang) for e in spec.editions)
