"""rank(): the order of bodies with how sure it is, and those too small to be ranked set apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from . import rates
from .arguments import whole
from .groups import GROUP, MINIMUM, RATE, WHO, columns_of, each_group, grouped
from .measures import find

RANK = [
    *WHO,
    *RATE,
    "group",
    "bodies",
    "rank",
    "rank_low",
    "rank_high",
    "ranked",
    "apart",
    "part_of",
]
DRAWS, SEED = 2000, 20190515  # the day the revised Regulation took force: any fixed number will do


def rank(
    frame: pd.DataFrame, minimum: int = MINIMUM, *, group: Sequence[str] = GROUP
) -> pd.DataFrame:
    """The place of each body in its group, and between which places it may as well lie.

    Grain: the rows of the frame of `measure`, in their order. Added: `group`, `bodies` (with a
    value), `rank` (1 is the highest value, which is not the best; equals share the better place),
    `rank_low` and `rank_high` (95 % of the places that each body takes when all are drawn again
    from what their counts allow; <NA> for measures without a distribution), `ranked` (how many are
    ranked), `apart` (the rate's own denominator is under `minimum`: shown with its counts, never
    ranked), `part_of`. A measure of counts has no denominator: nobody is apart.
    Raises ScopeError as `groups.grouped`. Source: Goldstein and Spiegelhalter, JRSS A 159 (1996).
    """
    made = grouped(frame, group)
    least = whole(minimum, "minimum")
    made["apart"] = (made["denominator"] < least).fillna(False).astype("boolean")
    return each_group(made, _placed)[RANK]


def _placed(part: pd.DataFrame) -> pd.DataFrame:
    """One group with its ranks."""
    made = columns_of(part, Int64=["rank", "rank_low", "rank_high", "ranked"])
    counted = part["value"].notna() & ~part["apart"].astype(bool)
    shown = part.loc[counted]
    made["ranked"] = len(shown)
    if shown.empty:
        return made
    made.loc[counted, "rank"] = shown["value"].rank(ascending=False, method="min").astype("Int64")
    places = _places(shown)
    if places is not None:
        low, high = np.quantile(places, [0.025, 0.975], axis=0, method="closest_observation")
        made.loc[counted, "rank_low"], made.loc[counted, "rank_high"] = low, high
    return made


def _places(shown: pd.DataFrame) -> rates.Floats | None:
    """Draws x bodies: the place of each when every rate is drawn from its Jeffreys posterior."""
    kind = find(shown["measure"].iloc[0]).kind
    if kind not in rates.TESTABLE or (shown["numerator"] < 0).any():
        return None
    random = np.random.default_rng(SEED)
    k = shown["numerator"].to_numpy(dtype=float)
    n = shown["denominator"].to_numpy(dtype=float)
    size = (DRAWS, len(shown))
    if kind == "share":
        drawn = random.beta(k + 0.5, n - k + 0.5, size)
    else:
        drawn = random.gamma(k + 0.5, 1.0, size) / (n if kind == "per" else 1.0)
    places = np.empty(size)
    np.put_along_axis(
        places, (-drawn).argsort(axis=1), np.arange(1.0, len(shown) + 1)[None], axis=1
    )
    return places
