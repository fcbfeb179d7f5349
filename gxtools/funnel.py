"""funnel(): which bodies differ from their group beyond what chance gives a body of their size."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import rates
from .arguments import whole
from .errors import InputError
from .groups import GROUP, MINIMUM, RATE, WHO, columns_of, each_group, grouped, require
from .measures import find

FUNNEL = [
    *WHO, *RATE, "group", "bodies", "target", "lower95", "upper95", "lower998", "upper998",
    "beyond", "limit", "z", "dispersion", "overdispersed", "apart", "part_of",
]  # fmt: skip
# Two-sided 95 % warns, 99.8 % alarms (Spiegelhalter 2005).
LIMITS = {"lower95": 0.025, "upper95": 0.975, "lower998": 0.001, "upper998": 0.999}
# The share of bodies on each side whose z is drawn in before the dispersion is estimated.
WINSOR = 0.1
_NUMBERS = ["target", *LIMITS, "z", "dispersion"]
Objects = npt.NDArray[np.object_]


def funnel(
    frame: pd.DataFrame, *, group: Sequence[str] = GROUP, minimum: int = MINIMUM
) -> pd.DataFrame:
    """The bodies of each group with the control limits that belong to their size.

    Grain: the rows of the frame of `measure`. Added: `group`, `bodies` (with a value), `target`
    (the group's pooled rate), the limits `lower95 upper95 lower998 upper998` (exact binomial, or
    Poisson for events per unit, interpolated), `beyond` (inside, above or below the 95 % limits),
    `limit` (95 or 99.8, the outermost that is passed), `z` (standardised residual), `dispersion`
    (mean of winsorised z²; near 1 if bodies differ by chance alone), `overdispersed` (more than
    chance allows at 5 %: then many lie beyond the limits, and each says less; the limits are not
    widened), `apart` (denominator under `minimum`), `part_of`. <NA>: no rate, or fewer than two
    bodies have one. Raises InputError for a measure that is neither share nor per, ScopeError as
    `groups.grouped`. Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185.
    """
    require(frame, [*WHO, *RATE])
    for id in frame["measure"].unique():
        if find(id).kind not in ("share", "per"):
            raise InputError(
                f"{id} has no funnel: it is of kind {find(id).kind}",
                advice="Measures of kind share or per have one: see gx.measures().",
            )
    made = grouped(frame, group)
    made["apart"] = (made["denominator"] < whole(minimum, "minimum")).astype("boolean")
    return each_group(made, _controlled)[FUNNEL]


def funnel_limits(target: float, sizes: Sequence[float], kind: str = "share") -> pd.DataFrame:
    """The control limits of one target over sizes, to draw: denominator and the four limits.

    A row a size, in the given order. `kind` is `share` (binomial) or `per` (Poisson; the target is
    events per unit). Raises InputError for a size that is not above 0, a target that is
    no rate, and another kind.
    """
    if kind not in ("share", "per"):
        raise InputError(f"kind is {kind!r}", advice="Possible: share, per.")
    if not isinstance(target, Real) or not (0 <= target <= 1 or (kind == "per" and target > 1)):
        what = "a share from 0 to 1" if kind == "share" else "a number of 0 or more"
        raise InputError(f"target={target!r} is no rate", advice=f"Give {what}.")
    size = np.atleast_1d(np.asarray(sizes, dtype=float))
    if (size <= 0).any():
        raise InputError("a size is not above 0", advice="Give denominators of 1 or more.")
    limits = _limits(np.full_like(size, target), size, kind)
    return pd.DataFrame({"denominator": size, **limits}).astype("Float64")


def _limits(target: rates.Floats, size: rates.Floats, kind: str) -> dict[str, rates.Floats]:
    return {name: rates.limits(target, size, p, kind) for name, p in LIMITS.items()}


def _controlled(part: pd.DataFrame) -> pd.DataFrame:
    """One group with its target and limits."""
    made = columns_of(part, Float64=_NUMBERS, string=["beyond", "limit"], boolean=["overdispersed"])
    if part.empty:
        return made
    spec = find(part["measure"].iloc[0])
    k, n = part["numerator"], part["denominator"]
    valid = rates.is_share(k, n) if spec.kind == "share" else rates.is_exposed(k, n)
    events, size = k[valid].to_numpy(dtype=float), n[valid].to_numpy(dtype=float)
    if len(size) < 2:
        return made
    target = np.full_like(size, events.sum() / size.sum())
    limits = _limits(target, size, spec.kind)
    z = _z(events / size, size, target, spec.kind)
    dispersion, over = _dispersion(z)
    for name, values in {"target": target, **limits}.items():
        made.loc[valid, name] = values * spec.scale
    made.loc[valid, "z"], made.loc[valid, "dispersion"] = z, dispersion
    made.loc[valid, "overdispersed"] = over
    made.loc[valid, "beyond"], made.loc[valid, "limit"] = _sides(events / size, limits)
    return made


def _z(rate: rates.Floats, size: rates.Floats, target: rates.Floats, kind: str) -> rates.Floats:
    """How many standard errors each rate lies from the target; 0 where nothing can vary."""
    error = np.sqrt((target * (1 - target) if kind == "share" else target) / size)
    varies = error > 0
    z: rates.Floats = np.where(varies, (rate - target) / np.where(varies, error, 1.0), 0.0)
    return z


def _dispersion(z: rates.Floats) -> tuple[float, bool]:
    """The mean of winsorised z², and whether it is beyond the 95 % quantile of chance."""
    from scipy.stats import chi2

    low, high = np.quantile(z, [WINSOR, 1 - WINSOR])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    return phi, bool(phi > chi2.ppf(0.95, len(z) - 1) / len(z))


def _sides(rate: rates.Floats, limits: dict[str, rates.Floats]) -> tuple[Objects, Objects]:
    """Which 95 % limit each rate lies beyond, and the outermost limit passed."""
    above, below = rate > limits["upper95"], rate < limits["lower95"]
    far = (rate > limits["upper998"]) | (rate < limits["lower998"])
    side: Any = np.where(above, "above", np.where(below, "below", "inside"))
    limit = np.full(len(rate), None, dtype=object)
    limit[above | below], limit[far] = "95", "99.8"
    return side.astype(object), limit
