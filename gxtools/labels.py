"""Printed rows -> labelled rows: which row of which form a printed label names.

Exactly, or closely where only one label fits between its neighbours; never where two could.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from .document import Note
from .rows import Row
from .text import fold, number, squash
from .vocabulary import SHORT, BlockWords, Vocabulary

# A damaged label must keep this share of its characters, and beat the next candidate by the margin.
CLOSE = 80.0
MARGIN = 10.0
# How many texts a label may be parted into by line breaks.
MAX_PARTS = 4
# A row printed in one piece for all routes has at least one block of results.
ONE_ROW_CELLS = 5
# How many rows away a sure neighbour may stand.
REACH = 4


@dataclass(slots=True)
class Entry:
    """A printed row and the form row that it is."""

    row: Row
    block: BlockWords
    code: str  # empty for a block printed in one row
    text: str
    wording: str
    match: str

    @property
    def place(self) -> str:
        cells = self.row.texts or self.row.values
        return self.row.place(cells[-1]) if cells else ""


def label_rows(rows: list[Row], words: Vocabulary) -> tuple[list[Entry], list[Note]]:
    """The rows of known forms among the printed rows, and notes on rows that have figures but no
    known label although they stand among rows of a form."""
    entries: list[Entry | None] = []
    kept: list[Row] = []
    skip = False
    for index, row in enumerate(rows):
        if skip:
            skip = False
            continue
        following = rows[index + 1] if index + 1 < len(rows) else None
        entry, skip = _exact(row, following, words)
        entries.append(entry)
        kept.append(row)
    _forget_lone_short(entries)
    _place_twins(entries, words)
    return _resolve(kept, entries, words)


def _exact(row: Row, following: Row | None, words: Vocabulary) -> tuple[Entry | None, bool]:
    """The entry of a row whose label is exactly known; whether it took the next row with it."""
    one_row = _one_row(row, words)
    if one_row:
        return Entry(row, one_row, "", row.label, one_row.id, "exact"), False
    label = _own_label(row, words)
    match = words.match(label) if label and row.values else None
    if match:
        if _is_piece(row, following, words):
            return None, False
        return Entry(row, *match, label, label, "exact"), False
    joined = _joined(row, following, words)
    return (joined, True) if joined else (None, False)


def _own_label(row: Row, words: Vocabulary) -> str:
    """The last texts of a row that together are a known label, as few as are one; else empty."""
    texts = [cell.text for cell in row.texts]
    labels = ("".join(texts[-count:]) for count in range(1, min(MAX_PARTS, len(texts)) + 1))
    return next((label for label in labels if words.match(label)), "")


def _is_piece(row: Row, following: Row | None, words: Vocabulary) -> bool:
    """Whether a label in text that lost its lines may be a piece of a longer one: with the text
    before or behind it, it begins or is within the wording of another row."""
    if row.grid.ruled or not row.texts:
        return False
    texts = [squash(cell.text) for cell in row.texts]
    own = texts[-2:] if len(texts) > 1 and texts[-1] in words.units else texts[-1:]
    match = words.match("".join(own)) or words.match(own[0])
    before = texts[-len(own) - 1] if len(texts) > len(own) else ""
    behind = squash(following.texts[0].text) if following and following.texts else ""
    return any(
        named != match
        and ((before and before + own[0] in word) or (behind and word.startswith(own[0] + behind)))
        for word, named in words.rows.items()
    )


def _joined(row: Row, following: Row | None, words: Vocabulary) -> Entry | None:
    """A label broken in the middle by a page or line: both halves, and only one has figures."""
    if following is None or not row.texts or not following.texts:
        return None
    if len(following.texts) > 1 and not following.grid.ruled:
        return None  # other text stands between the two
    first, second = fold(row.label), fold(following.label)
    match = words.match(first + second) if first and second else None
    if match is None or _own_label(following, words) or bool(row.filled) == bool(following.filled):
        return None
    holder = row if row.filled else following
    if holder is following and not following.header.cells:
        holder.header = row.header
    return Entry(holder, *match, row.label + following.label, first + second, "exact")


def _one_row(row: Row, words: Vocabulary) -> BlockWords | None:
    """The block printed as one row whose header stands above this row of figures."""
    if len(row.values) < ONE_ROW_CELLS or not row.first or not (row.filled or row.grid.ruled):
        return None
    if row.texts and words.match(row.label) and _plain(row):
        return None
    heads = [squash(cell.text) for cell in row.header.cells]
    joined = "".join(heads)
    for block in words.blocks:
        if block.layout != "one_row":
            continue
        results = {code for word, code in block.columns.items() if word in joined}
        routes = {code for word, code in block.rows.items() if word in joined}
        if len(results) >= len(block.orders[0]) - 1 and routes:
            return block
    return None


def _plain(row: Row) -> bool:
    """Whether the row's own texts are only its label (not a header run together with it)."""
    alone = row.grid.ruled or len(row.texts) == 1
    return alone and squash(row.label) not in {squash(c.text) for c in row.header.cells}


def _forget_lone_short(entries: list[Entry | None]) -> None:
    """A short label (其他, 总计) counts only beside a row of its block that is surely known."""
    sure = [entry if entry and len(squash(entry.wording)) > SHORT else None for entry in entries]
    for index, entry in enumerate(entries):
        if entry is None or sure[index] is not None or not entry.code:
            continue
        near = [other for other in sure[max(0, index - REACH) : index + REACH + 1] if other]
        if not any(other.block.id == entry.block.id for other in near):
            entries[index] = None


def _place_twins(entries: list[Entry | None], words: Vocabulary) -> None:
    """A label of two blocks (（二）被依法纠错数) belongs to the block of the rows around it."""
    sure = [e if e and e.code and squash(e.text) not in words.twins else None for e in entries]
    for index, entry in enumerate(entries):
        twins = words.twins.get(squash(entry.text), ()) if entry else ()
        if not entry or not twins:
            continue
        before = next((e for e in reversed(sure[:index]) if e), None)
        after = next((e for e in sure[index + 1 :] if e), None)
        fits = [twin for twin in twins if _fits(twin, before, after, words.blocks)]
        entries[index] = None
        if len(fits) == 1:
            entry.block, entry.code = fits[0]
            entries[index] = entry


def _fits(
    twin: tuple[BlockWords, str],
    before: Entry | None,
    after: Entry | None,
    blocks: tuple[BlockWords, ...],
) -> bool:
    """Behind an earlier row of the twin's block, and before another of it or of the next block."""
    block, code = twin
    if before is None or before.block is not block:
        return False
    if block.row_order.index(before.code) >= block.row_order.index(code):
        return False
    following = blocks[blocks.index(block) + 1 :][:1]
    return after is None or after.block is block or after.block in following


def _resolve(
    rows: list[Row], entries: list[Entry | None], words: Vocabulary
) -> tuple[list[Entry], list[Note]]:
    """Give rows without an exact label their close one, and list the rest that stand in a form."""
    notes: list[Note] = []
    following = _following(entries)
    before: Entry | None = None
    for index, (row, after) in enumerate(zip(rows, following, strict=True)):
        if entries[index] is None and row.filled and not _is_heading(row, words):
            below = rows[index + 1] if index + 1 < len(rows) else None
            if squash(_label(row)) not in words.twins and not _is_piece(row, below, words):
                entries[index] = _close(row, before, after)
            if entries[index] is None and _among(row, before, after):
                notes.append(_stray(row))
        entry = entries[index]
        before = entry if entry and entry.code else before
    return [entry for entry in entries if entry], notes


def _following(entries: list[Entry | None]) -> list[Entry | None]:
    """For each row the next known one behind it."""
    found: list[Entry | None] = []
    after: Entry | None = None
    for entry in reversed(entries):
        found.append(after)
        after = entry if entry and entry.code else after
    return found[::-1]


def _close(row: Row, before: Entry | None, after: Entry | None) -> Entry | None:
    """The one row between the neighbours whose wording is much like this damaged label."""
    text = squash(_label(row))
    block = before.block if before else after.block if after else None
    if block is None or len(text) < 2 * SHORT:
        return None
    order = block.row_order
    low = order.index(before.code) if before and before.block is block else -1
    high = order.index(after.code) if after and after.block is block else len(order)
    scores: dict[str, float] = {}
    for wording, code in block.rows.items():
        scores[code] = max(scores.get(code, 0.0), fuzz.ratio(text, wording))
    ranked = sorted(scores, key=lambda code: scores[code], reverse=True)
    best, next_best = ranked[0], scores[ranked[1]] if len(ranked) > 1 else 0.0
    if scores[best] < CLOSE or scores[best] - next_best < MARGIN:
        return None
    if not low < order.index(best) < high:
        return None
    wording = max(
        (w for w, c in block.rows.items() if c == best), key=lambda w: fuzz.ratio(text, w)
    )
    return Entry(row, block, best, _label(row), wording, "close")


def _among(row: Row, before: Entry | None, after: Entry | None) -> bool:
    """Whether a row without a known label stands inside or behind the tables of a form."""
    if before is None:
        return False
    if not row.grid.number:  # lines of prose hold figures too; only a row of them is a table's
        return len(row.filled) >= ONE_ROW_CELLS
    if any(entry and entry.row.grid is row.grid for entry in (before, after)):
        return True
    return len(row.filled) >= ONE_ROW_CELLS or (after is not None and before.block is after.block)


def _is_heading(row: Row, words: Vocabulary) -> bool:
    """A heading of the form with signs for nothing beside it (二、回应解读情况 ——)."""
    named = any(squash(cell.text) in words.headings for cell in row.texts)
    return named and all(number(cell.text).value is None for cell in row.filled)


def _label(row: Row) -> str:
    """The text beside the figures; before a unit (条) the label that says what the row is."""
    texts = row.texts[-2:] if len(squash(row.label)) <= SHORT else row.texts[-1:]
    return " ".join(cell.text for cell in texts)


def _stray(row: Row) -> Note:
    shown = " ".join(_label(row).split())[:60]
    figures = " ".join(cell.text for cell in row.filled)[:60]
    what = f"the label '{shown}' is of no known form" if shown else "it has no label beside it"
    return Note(
        f"a row with figures ({figures}) is not read: {what}",
        row.place((row.texts or row.values)[0]),
        "Look at the document; enter the row by hand if it belongs to the form.",
        "error",
    )
