"""Which of the figures that OCR saw may count: those that take part in sums, all of which hold.

A misread figure breaks a sum along its row and one down its column. A figure in no sum (section 二)
is proved by nothing, and never counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from .cells import OCR, Key, Reading
from .document import Note
from .forms import Table
from .lines import lines_of

# Signs for nothing add up as zero; the cell itself stays what it is.
_NOTHING = frozenset({"blank", "slash", "dash", "none"})


def keep_proven(
    cells: Mapping[Key, Reading], tables: Iterable[Table]
) -> tuple[dict[Key, Reading], list[Note]]:
    """The cells, without the values that OCR saw and no sum proves, and notes on these."""
    seen = {key for key, reading in cells.items() if reading.match == OCR}
    if not seen:
        return dict(cells), []
    unproven = seen - _proven(cells, tables)
    kept = {key: _unread(reading) if key in unproven else reading for key, reading in cells.items()}
    return kept, list(_notes(cells, [key for key in cells if key in unproven]))


def _unread(reading: Reading) -> Reading:
    return reading._replace(value=None, kind="missing")


def _proven(cells: Mapping[Key, Reading], tables: Iterable[Table]) -> set[Key]:
    """The cells that take part in a sum, and in none that fails or lacks a cell."""
    proven: set[Key] = set()
    failed: set[Key] = set()
    for table in tables:
        for line in lines_of(table):
            left, right = (
                [(table.id, *place) for place in side] for side in (line.left, line.right)
            )
            holds = total(cells, left) == total(cells, right) is not None
            (proven if holds else failed).update(left, right)
    return proven - failed


def total(cells: Mapping[Key, Reading], keys: Iterable[Key]) -> Decimal | None:
    """What the cells add up to; None where one was not read."""
    total = Decimal(0)
    for key in keys:
        reading = cells.get(key)
        if reading is None or (reading.value is None and reading.kind not in _NOTHING):
            return None
        total += reading.value or 0
    return total


def _notes(cells: Mapping[Key, Reading], unproven: list[Key]) -> Iterator[Note]:
    """One note for each row with figures that were seen and do not count."""
    for (table, row), keys in groupby(unproven, key=lambda key: key[:2]):
        shown = [(key[2], cells[key]) for key in keys]
        seen = ", ".join(f"{column} {reading.raw!r}" for column, reading in shown)
        yield Note(
            f"seen by OCR and not proved by a sum: {table} / {row}: {seen}",
            shown[0][1].place,
            "Look at the picture at this place and enter the figures by hand.",
            "error",
        )
