"""What was read for one cell of a form."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Key = tuple[str, str, str]  # table, row, column
OCR = "ocr"


class Reading(NamedTuple):
    """What was read for one form cell; `value` is None where no figure could be read.

    `match` says how the cell was found: exact, close (a damaged label), order (no heading above
    it), or ocr (seen on a picture, whatever its label).
    """

    value: Decimal | None
    kind: str
    raw: str
    place: str
    match: str
    unit: str = ""
