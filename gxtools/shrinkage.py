"""shrink(): each rate drawn towards its group, the more the smaller its denominator."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from . import rates
from .errors import InputError
from .groups import GROUP, RATE, WHO, columns_of, each_group, grouped, require
from .measures import find

SHRINK = [
    *WHO, "measure", "code", "numerator", "denominator", "value", "group", "bodies", "prior_alpha",
    "prior_beta", "prior_mean", "estimate", "low", "high", "formula", "basis", "unit", "part_of",
]  # fmt: skip
# Fewer bodies say nothing of how much bodies differ.
FEWEST = 3
# Bodies that do not differ beyond chance: a prior as heavy as this many cases draws all to one.
HEAVIEST = 1e6


def shrink(frame: pd.DataFrame, *, group: Sequence[str] = GROUP) -> pd.DataFrame:
    """Empirical-Bayes estimates of rates: what each body's rate is likely to be, given its group.

    Grain: the rows of the frame of `measure` (kind share). Added: `group`, `bodies` (with a rate),
    the beta prior of the group fitted by maximum likelihood to its beta-binomial counts
    (`prior_alpha`, `prior_beta`, `prior_mean`), `estimate` (the posterior mean), `low` and `high`
    (its 95 % credible interval, in place of Wilson's), `part_of`. `value` stays the raw rate. <NA>
    where there is no rate, or fewer than three bodies have one. The prior is of bodies that are
    alike: a group of unlike bodies makes unlike bodies look alike. Raises InputError for another
    kind of measure, ScopeError as `groups.grouped`.
    """
    require(frame, [*WHO, *RATE])
    for id in frame["measure"].unique():
        if find(id).kind != "share":
            raise InputError(f"{id} cannot be shrunk: its kind is {find(id).kind}, not share")
    return each_group(grouped(frame, group), _shrunk)[SHRINK]


def _shrunk(part: pd.DataFrame) -> pd.DataFrame:
    """One group with its prior and estimates."""
    from scipy.stats import beta

    numbers = ["prior_alpha", "prior_beta", "prior_mean", "estimate", "low", "high"]
    made = columns_of(part, Float64=numbers)
    valid = rates.is_share(part["numerator"], part["denominator"])
    k = part.loc[valid, "numerator"].to_numpy(dtype=float)
    n = part.loc[valid, "denominator"].to_numpy(dtype=float)
    if len(k) < FEWEST:
        return made
    a, b = fit_prior(k, n)
    made["prior_alpha"], made["prior_beta"], made["prior_mean"] = a, b, a / (a + b)
    made.loc[valid, "estimate"] = (k + a) / (n + a + b)
    made.loc[valid, "low"] = beta.ppf(0.025, k + a, n - k + b)
    made.loc[valid, "high"] = beta.ppf(0.975, k + a, n - k + b)
    return made


def fit_prior(k: rates.Floats, n: rates.Floats) -> tuple[float, float]:
    """The beta prior (alpha, beta) under which the counts k of n are likeliest.

    Its weight alpha + beta lies between 0.1 and HEAVIEST; its mean off 0 and 1 by half a case of
    all. Source: scipy.stats.betabinom, scipy.optimize.minimize.
    """
    from scipy.optimize import minimize
    from scipy.stats import betabinom

    edge = 0.5 / (n.sum() + 1)
    pooled = float(np.clip(k.sum() / n.sum(), edge, 1 - edge))

    def unlikely(point: rates.Floats) -> float:
        mean, weight = 1 / (1 + np.exp(-point[0])), np.exp(point[1])
        return -float(betabinom.logpmf(k, n, mean * weight, (1 - mean) * weight).sum())

    logit = np.log(pooled / (1 - pooled))
    ends = np.log(edge / (1 - edge))
    bounds = [(ends, -ends), (np.log(0.1), np.log(HEAVIEST))]
    # From a light and from a heavy prior: where bodies hardly differ the likelihood is flat.
    tries = [
        minimize(
            unlikely,
            np.array([logit, np.log(weight)]),
            bounds=bounds,
            method="L-BFGS-B",
            options={"ftol": 1e-13, "gtol": 1e-9},
        )
        for weight in (_moments(k, n), 10.0, 1000.0)
    ]
    best = min(tries, key=lambda found: found.fun).x
    mean, weight = 1 / (1 + np.exp(-best[0])), np.exp(best[1])
    return float(mean * weight), float((1 - mean) * weight)


def _moments(k: rates.Floats, n: rates.Floats) -> float:
    """The weight of the prior by the method of moments, to start from."""
    mean = k.sum() / n.sum()
    spread = float(np.average((k / n - mean) ** 2, weights=n))
    chance = float(mean * (1 - mean) * len(n) / n.sum())
    if spread <= chance or mean in (0, 1):
        return HEAVIEST / 10
    weight = mean * (1 - mean) / (spread - chance) - 1
    return float(np.clip(weight, 0.2, HEAVIEST / 10))
