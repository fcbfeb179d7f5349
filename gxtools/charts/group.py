"""The group of bodies that a chart compares: one of a frame's groups, named in words."""

from __future__ import annotations

import pandas as pd

from ..groups import GROUP
from .words import say

_UNKNOWN = "?"
_LEVELS = ("province", "city", "district", "department", "township")


def chosen_group(frame: pd.DataFrame, lang: str) -> tuple[pd.DataFrame, str, str]:
    """The rows of the group drawn, its name, and the sentence that says what is left out.

    Of several groups the one with most figures is drawn, of equals the latest.
    """
    known = frame[frame["value"].notna()]
    sizes = (known if len(known) else frame).groupby("group").size()
    if sizes.empty:
        return frame, "", ""
    group = str(sizes[sizes == sizes.max()].index.max())
    others = frame["group"].nunique() - 1
    name = group_name(group, lang)
    left = say("one_group", lang, group=name, n=others) if others else ""
    return frame[(frame["group"] == group).fillna(False)], name, left


def group_name(group: str, lang: str) -> str:
    """`2024 · aggregate · district` in words."""
    parts = group.split(" · ")
    if len(parts) != len(GROUP):
        return group
    year, scope, level = parts
    told = [
        say("year_unknown", lang) if year == _UNKNOWN else say("year", lang, year=year),
        say(f"scope_{scope}" if scope in ("own", "aggregate") else "scope_unknown", lang),
        say(f"level_{level}" if level in _LEVELS else "level_unknown", lang),
    ]
    return {"zh": "、", "en": ", "}[lang].join(told)
