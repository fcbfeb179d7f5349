"""The cells of one report as columns, as a worker sends them: a text once, then its number.

Two hundred rows of ten values are two thousand objects, and whoever takes them from many workers
has to make them all anew. Packed they are a tenth of that. Nothing is imported here that a worker
does not have anyway.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from .schema import CELLS

Cell = Sequence[Any]  # a row of the frame `cells`
_REPORT, VALUE = CELLS.index("report"), CELLS.index("value")
TEXTS = [name for name in CELLS if name not in ("report", "value")]
_PLACES = [CELLS.index(name) for name in TEXTS]
# An array of unsigned numbers of two bytes, or of four where there are more texts than that.
_SHORT, _LONG, _MOST = "H", "I", 0xFFFF
_NAN = float("nan")


# What few reports have in common; all other columns are often the same throughout a folder.
_OWN = ("raw",)
_KEPT = 256  # columns that a worker remembers; the places of a report are 15 kB

Column = tuple["array[int]", list[str | None]]


@dataclass(frozen=True)
class Packed:
    """The cells of one report: its id, their values (NaN where there is none), and for each column
    of TEXTS the number of each cell's text, and the texts (None for a missing one).

    Columns that are alike are one object, which pickle sends once.
    """

    report: str
    values: array[float]
    texts: list[Column]

    def __len__(self) -> int:
        return len(self.values)


def pack(cells: Iterable[Cell]) -> Iterator[Packed]:
    """The cells of some reports, each report's packed; the rows of one stand together."""
    for report, rows in groupby(cells, key=itemgetter(_REPORT)):
        columns = list(zip(*rows, strict=True))
        values = (_NAN if value is None else value for value in columns[VALUE])
        texts = [
            (_numbered if name in _OWN else _remembered)(columns[at])
            for name, at in zip(TEXTS, _PLACES, strict=True)
        ]
        yield Packed(report, array("d", values), texts)


def _numbered(texts: tuple[str | None, ...]) -> Column:
    known = list(dict.fromkeys(texts))
    number = {text: place for place, text in enumerate(known)}
    return array(_SHORT if len(known) <= _MOST else _LONG, map(number.__getitem__, texts)), known


_remembered = lru_cache(_KEPT)(_numbered)
