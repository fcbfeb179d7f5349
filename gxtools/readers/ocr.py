"""The characters in pictures, by rapidocr: an optional library whose models come with it.

Nothing is looked up in the net, and pictures are never turned: a 6 upside down is a 9.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..errors import FormatError, MissingExtraError

Image = npt.NDArray[np.uint8]  # grey: rows of pixels, 0 is black

INSTALL = 'pip install "gxtools[ocr]"'
THREADS = 4  # more are hardly faster, and each takes memory
_LIBRARIES = ("rapidocr", "onnxruntime", "cv2")


class UnreadScanError(FormatError, MissingExtraError):
    """A picture or scan, where the library that reads them is not installed."""


class Text(NamedTuple):
    """A line of text found on a page: its characters and its rectangle in pixels."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


def is_installed() -> bool:
    return all(importlib.util.find_spec(name) for name in _LIBRARIES)


def opencv() -> Any:
    """The module cv2, loaded when it is first needed."""
    return importlib.import_module("cv2")


@cache
def _engine() -> Any:
    rapidocr = importlib.import_module("rapidocr")
    threads = min(os.cpu_count() or 1, THREADS)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


def find_texts(image: Image) -> list[Text]:
    """The lines of text on a page, in no order."""
    found = _engine()(_coloured(image), use_det=True, use_cls=False, use_rec=True)
    if found.boxes is None or found.txts is None:
        return []
    return [
        Text(text.strip(), *map(int, (*box.min(axis=0), *box.max(axis=0))))
        for box, text in zip(found.boxes, found.txts, strict=True)
        if text.strip()
    ]


def lines_of(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Pieces of text that stand side by side, from left to right."""
    line: list[Text] = []
    for text in sorted(texts, key=lambda text: text.top + text.bottom):
        # The middle of a piece that stands lower than the last one's lower quarter is another line.
        if line and text.top + text.bottom > (3 * line[-1].bottom + line[-1].top) / 2:
            yield sorted(line, key=lambda piece: piece.left)
            line = []
        line.append(text)
    if line:
        yield sorted(line, key=lambda piece: piece.left)


def joined(line: list[Text]) -> str:
    """The pieces of a line, with a space where a gap is wider than half a character."""
    text = line[0].text
    for before, piece in pairwise(line):
        wide = piece.left - before.right > (piece.bottom - piece.top) / 2
        text += (" " if wide else "") + piece.text
    return text


def read_lines(images: Sequence[Image]) -> list[tuple[str, float]]:
    """The characters of pictures of one line each, and how sure the engine is (0 to 1)."""
    if not images:
        return []
    found = _engine().recognize_txt([_coloured(image) for image in images])
    return [
        (text.strip(), float(score)) for text, score in zip(found.txts, found.scores, strict=True)
    ]


def _coloured(image: Image) -> npt.NDArray[np.uint8]:
    return np.repeat(image[:, :, None], 3, axis=2)
