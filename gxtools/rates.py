"""Intervals and tests for counts and rates, over whole columns.

Distributions are scipy's. The intervals of Wilson and Newcombe are closed formulas, one line each,
and stand here: the library that has them for columns takes longer to load than the outcomes of
twenty thousand reports to measure. The tests hold them to scipy's and to the published examples.

Every function takes columns of counts of one length and gives nullable columns with their index;
where there is nothing to compute (a count is <NA>, nothing stands under the line, a part is larger
than its whole) the answer is <NA>. The libraries are loaded when they are first needed.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
# Kinds of measures with a distribution: part of a whole, or events per unit of something else.
TESTABLE = ("share", "per", "count")


def is_share(k: pd.Series[Any], n: pd.Series[Any]) -> pd.Series[bool]:
    """Where k of n is a proportion: n is above 0 and k lies between 0 and n."""
    return ((n > 0) & (k >= 0) & (k <= n)).fillna(False).astype(bool)


def is_exposed(k: pd.Series[Any], n: pd.Series[Any]) -> pd.Series[bool]:
    """Where k events per n is a rate: n is above 0, k not negative."""
    return ((n > 0) & (k >= 0)).fillna(False).astype(bool)


def wilson(k: pd.Series[Any], n: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The Wilson interval of 95 % of each k / n, as two columns.

    Source: Wilson 1927, J. Am. Stat. Assoc. 22, 209-212; without continuity correction.
    """
    valid = is_share(k, n)
    low, high = _score(*_known(valid, k, n))
    return _back(valid, low), _back(valid, high)


def _score(part: Floats, whole: Floats) -> tuple[Floats, Floats]:
    """The shares whose own spread just reaches part / whole: the roots of a square equation."""
    share, z2 = part / whole, _Z**2
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z / (1 + z2 / whole) * np.sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    # Rounding leaves the end of 0 of n a hair off 0, and of n of n off 1.
    low = np.where(part == 0, 0.0, middle - half)
    return low, np.where(part == whole, 1.0, middle + half)


def none(k: pd.Series[Any], n: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """No interval: two columns of <NA>, for what has no distribution."""
    unknown = pd.Series(pd.NA, index=k.index, dtype="Float64")
    return unknown, unknown


def poisson(k: pd.Series[Any], n: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The exact (Garwood) interval of 95 % of each rate k per n, as two columns.

    Source: the quantiles of chi squared, scipy.stats.chi2.
    """
    from scipy.stats import chi2

    valid = is_exposed(k, n)
    events, size = _known(valid, k, n)
    tail = (1 - LEVEL) / 2
    low = np.where(events > 0, chi2.ppf(tail, 2 * np.maximum(events, 1)) / 2, 0.0)
    high = chi2.ppf(1 - tail, 2 * (events + 1)) / 2
    return _back(valid, low / size), _back(valid, high / size)


def newcombe(
    k_a: pd.Series[Any], n_a: pd.Series[Any], k_b: pd.Series[Any], n_b: pd.Series[Any]
) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Newcombe's interval of 95 % of k_b / n_b - k_a / n_a, as two columns.

    Source: Newcombe 1998, Stat. Med. 17, 873-890, method 10, of the two Wilson intervals.
    """
    valid = is_share(k_a, n_a) & is_share(k_b, n_b)
    a, size_a, b, size_b = _known(valid, k_a, n_a, k_b, n_b)
    share_a, share_b = a / size_a, b / size_b
    (low_a, high_a), (low_b, high_b) = _score(a, size_a), _score(b, size_b)
    low = share_b - share_a - np.hypot(share_b - low_b, high_a - share_a)
    high = share_b - share_a + np.hypot(high_b - share_b, share_a - low_a)
    return _back(valid, low), _back(valid, high)


def same_rate(
    k_a: pd.Series[Any], n_a: pd.Series[Any], k_b: pd.Series[Any], n_b: pd.Series[Any]
) -> pd.Series[Any]:
    """The p value of two Poisson counts over n_a and n_b having one rate.

    Exact and conditional: given both counts together, the first is binomial. Two-sided by doubling
    the smaller tail. Source: scipy.stats.binom.
    """
    from scipy.stats import binom

    valid = is_exposed(k_a, n_a) & is_exposed(k_b, n_b)
    a, size_a, b, size_b = _known(valid, k_a, n_a, k_b, n_b)
    share = size_a / (size_a + size_b)
    tail = np.minimum(binom.cdf(a, a + b, share), binom.sf(a - 1, a + b, share))
    return _back(valid, np.minimum(1.0, 2 * tail))


def limits(target: Floats, size: Floats, p: float, kind: str = "share") -> Floats:
    """The value that a body of this size stays below with probability p if its rate is `target`.

    Exact binomial (share) or Poisson (per) quantiles of scipy.stats, interpolated between two
    whole counts so that a curve over sizes is smooth (Spiegelhalter 2005, appendix A.1.1).
    """
    from scipy.stats import binom
    from scipy.stats import poisson as events

    def cdf(x: Floats) -> Any:
        return binom.cdf(x, size, target) if kind == "share" else events.cdf(x, size * target)

    count = binom.ppf(p, size, target) if kind == "share" else events.ppf(p, size * target)
    count = np.maximum(count, 0.0)
    at, below = cdf(count), cdf(count - 1)
    step = np.where(at > below, (at - p) / np.where(at > below, at - below, 1.0), 0.0)
    bounded = np.clip(count - step, 0.0, size if kind == "share" else None)
    limit: Floats = np.asarray(bounded / size, dtype=float)
    return limit


def _known(valid: pd.Series[bool], *columns: pd.Series[Any]) -> list[Floats]:
    """The valid rows of the columns as plain numbers."""
    return [column[valid].to_numpy(dtype=float) for column in columns]


def _back(valid: pd.Series[bool], values: Any) -> pd.Series[Any]:
    """The values at the valid rows of a nullable column."""
    column = pd.Series(pd.NA, index=valid.index, dtype="Float64")
    column[valid] = np.asarray(values, dtype=float)
    return column
