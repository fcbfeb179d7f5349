"""How a share is printed: what is not all never reads 100%, what is not none never reads 0%."""

from __future__ import annotations

from collections.abc import Iterable

# A share nearer to none or to all than this is none or all: sums of shares are off by less.
_NOTHING = 1e-9
_MOST = 8  # decimals


def percentage(value: float, decimals: int = 1, *, signed: bool = False) -> str:
    """A share as text: 43.6%; with as many decimals more as it takes, 99.95% for what would round
    to 100.0% and 0.04% for what would round to 0.0%."""
    form = f"{'+' if signed else ''}.{places(value, decimals)}%"
    return format(0.0 if abs(value) < _NOTHING else value, form)


def places(value: float, decimals: int = 1) -> int:
    """The decimals of a per cent with which a share reads neither as none nor as all by rounding:
    `decimals`, or more."""
    for whole in (0.0, 1.0):
        away = abs(abs(value) - whole)
        while away >= _NOTHING and decimals < _MOST and round(away * 100, decimals) == 0:
            decimals += 1
    return decimals


def tick(value: float) -> str:
    """A share on an axis: 50%, and 0.5% where the axis is that short."""
    return f"{value * 100:.6g}%"


def cell_format(values: Iterable[float], form: str) -> str:
    """A number format of Office that shows these figures: `form`, a per cent with more decimals
    where one of them would read as none or as all."""
    if not form.endswith("%"):
        return form
    least = form.count("0") - 1
    most = max([least, *(places(value, least) for value in values)])
    return f"0.{'0' * most}%" if most else "0%"
