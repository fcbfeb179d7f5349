"""The letters of the charts: each word or character is measured and outlined once, and kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.path import Path

# A Latin word keeps the shapes and distances that its font gives it; all else goes by characters.
_PIECE = re.compile(r"[A-Za-z]+|.", re.DOTALL)
_SCALE = 100.0  # points at which letters are kept


class _Piece(NamedTuple):
    """How far it moves the pen, how high and how low it reaches, and its outlines."""

    advance: float
    top: float
    bottom: float
    points: NDArray[np.float64]
    codes: NDArray[np.uint8]


@lru_cache(maxsize=8192)
def width(text: str, families: tuple[str, ...], size: float) -> float:
    """The width of one line of text in points."""
    return sum(_piece(part, families).advance for part in _PIECE.findall(text)) * size / _SCALE


@lru_cache(maxsize=8192)
def reach(text: str, families: tuple[str, ...]) -> tuple[float, float, float]:
    """Width, height and depth under the line of a text, in parts of its size."""
    parts = [_piece(part, families) for part in _PIECE.findall(text)]
    wide = sum(part.advance for part in parts)
    top, bottom = max(part.top for part in parts), min(part.bottom for part in parts)
    return wide / _SCALE, (top - bottom) / _SCALE, -bottom / _SCALE


@lru_cache(maxsize=4096)
def outline(text: str, families: tuple[str, ...]) -> Path:
    """The outlines of one line of text of a size of one point, from its beginning on the line."""
    from matplotlib.path import Path

    points, codes, pen = [], [], 0.0
    for part in _PIECE.findall(text):
        piece = _piece(part, families)
        if len(piece.codes):
            points.append(piece.points + np.array([pen, 0.0]))
            codes.append(piece.codes)
        pen += piece.advance
    if not points:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(points) / _SCALE, np.concatenate(codes), readonly=True)


@lru_cache(maxsize=16384)
def _piece(text: str, families: tuple[str, ...]) -> _Piece:
    """A word or a character."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font, letters = FontProperties(family=list(families), size=_SCALE), TextToPath()
    points, codes = letters.get_text_path(font, text)
    outlines = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    # What a word moves the pen by is what it moves another sign by.
    bare, moved = (
        letters.get_text_width_height_descent(line, font, False)[0] for line in ("||", f"|{text}|")
    )
    heights = outlines[:, 1] if len(outlines) else np.zeros(1)
    return _Piece(
        moved - bare,
        float(heights.max()),
        float(heights.min()),
        outlines,
        np.asarray(codes, dtype=np.uint8),
    )
