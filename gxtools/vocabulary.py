"""Every wording of every edition, joined into one vocabulary a table; built from the form files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from .forms import Block, Form, Label, editions, load_form
from .text import fold, squash

# A wording this short (其他, 总计, 规章) stands in many tables; it needs a neighbour that is sure.
SHORT = 2
# A table that numbers its rows does so in the third column: 指标名称, 计量单位, 代码.
NUMBER = 2
# The year's own column is headed 2014年度: its number is no part of the heading.
_YEAR = re.compile(r"20\d\d(?=年度)")


@dataclass(frozen=True, slots=True, eq=False)
class BlockWords:
    """One block over all editions: its wordings, and the column orders that editions print."""

    table: str
    id: str
    layout: str
    rows: dict[str, str]  # squashed wording -> row code
    columns: dict[str, str]  # squashed wording -> column code
    orders: tuple[tuple[str, ...], ...]  # distinct column orders, newest edition first
    units: dict[str, tuple[str, str, bool]]  # column code -> unit, type, unit printed on the form
    row_order: tuple[str, ...]
    row_units: dict[tuple[str, str], str]  # (row, column), for tables that print a unit a row
    header_orders: tuple[tuple[str, ...], ...]  # columns as a header of several rows names them
    numbers: dict[str, frozenset[str]]  # row code -> its number, printed beside the label
    number_stubs: frozenset[str]  # how that column is headed (代码)

    def column(self, path: str) -> str | None:
        """The column code whose wording ends a header path (the longest wording wins)."""
        return _column(self, path)

    def row(self, path: str) -> str | None:
        """The row code whose wording a header path contains (for blocks printed in one row)."""
        return _row(self, path)

    def order(self, header: Iterable[str]) -> tuple[str, ...] | None:
        """The column order that the header words decide; None where two editions fit alike."""
        seen = {self.columns[word] for word in header if word in self.columns}
        if len(self.orders) == 1:
            return self.orders[0]
        same = [order for order in self.orders if set(order) == seen]
        wider = [order for order in self.orders if seen and seen < set(order)]
        fits = same or wider
        return fits[0] if len(fits) == 1 else None

    def agrees(self, header: Iterable[str], order: tuple[str, ...]) -> bool:
        """Whether header words come in this order, or in that of the form's own header rows."""
        seen = list(dict.fromkeys(self.columns[word] for word in header if word in self.columns))
        for known in (order, *self.header_orders):
            places = [known.index(code) for code in seen if code in known]
            if len(places) == len(seen) and places == sorted(places):
                return True
        return False


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All blocks, and the words that mark a header, a group or a section.

    `twins` are the row labels of several blocks (（二）被依法纠错数), `rows` has their first.
    `headings` stand over rows and have no figure, `number_stubs` over the numbers of rows; `units`
    are printed behind labels.
    """

    blocks: tuple[BlockWords, ...]
    rows: dict[str, tuple[BlockWords, str]]  # squashed wording -> block, row code
    columns: frozenset[str]
    marks: frozenset[str]  # captions and stub headers
    heads: frozenset[str]  # columns and marks
    groups: tuple[str, ...]
    sections: dict[str, tuple[int, str]]  # squashed heading -> number, code
    twins: dict[str, tuple[tuple[BlockWords, str], ...]]
    headings: frozenset[str]
    number_stubs: frozenset[str]
    units: frozenset[str]

    def match(self, text: str) -> tuple[BlockWords, str] | None:
        """The block and row code of a printed row label, matched exactly."""
        return _match(self, text)

    def is_header(self, text: str) -> bool:
        return bool(_header(text, self.heads))

    def header_words(self, text: str) -> tuple[str, ...]:
        """The header words of a text that consists of them (信息内容本年处理决定数量: two)."""
        return _header(text, self.heads)

    def is_row(self, text: str) -> bool:
        return _match(self, text) is not None


# Whole folders print the same few hundred labels: what each means is worked out once.
@lru_cache(maxsize=16384)
def _match(words: Vocabulary, text: str) -> tuple[BlockWords, str] | None:
    label = squash(text)
    found = words.rows.get(label)
    if found or not label:
        return found
    for group in words.groups:  # a group printed in the same cell: （三）不予公开1.属于国家秘密
        if label.startswith(group):
            _, cut, rest = fold(text).partition(group)
            if cut:
                return _match(words, rest)
    return None


@lru_cache(maxsize=16384)
def _column(block: BlockWords, path: str) -> str | None:
    found = [word for word in block.columns if path.endswith(word)]
    if not found:  # a header widened by a remark: 现行有效件数（历史累计）
        found = [word for word in block.columns if len(word) > SHORT and path.startswith(word)]
    return block.columns[max(found, key=len)] if found else None


@lru_cache(maxsize=16384)
def _row(block: BlockWords, path: str) -> str | None:
    found = [word for word in block.rows if word in path]
    return block.rows[max(found, key=len)] if found else None


@cache
def vocabulary() -> Vocabulary:
    """The joined vocabulary of every edition in the forms folder."""
    forms = [load_form(edition) for edition in editions()]
    found: dict[tuple[str, str], list[tuple[Form, Block]]] = {}
    for form in forms:
        for table in form.tables:
            for block in table.blocks:
                found.setdefault((table.id, block.id), []).append((form, block))
    blocks = tuple(
        _block(table, [block for _, block in printed]) for (table, _), printed in found.items()
    )
    rows: dict[str, list[tuple[BlockWords, str]]] = {}
    for made in blocks:
        if made.layout == "rows":
            for word, code in made.rows.items():
                rows.setdefault(word, []).append((made, code))
    groups = {w for form in forms for table in form.tables for g in table.groups for w in _words(g)}
    columns = frozenset(word for block in blocks for word in block.columns)
    return Vocabulary(
        blocks=blocks,
        rows={word: named[0] for word, named in rows.items()},
        columns=columns,
        marks=_marks(forms, blocks),
        heads=columns | _marks(forms, blocks),
        groups=tuple(sorted(groups, key=len, reverse=True)),
        sections=_sections(forms),
        twins={word: tuple(named) for word, named in rows.items() if len(named) > 1},
        number_stubs=frozenset(word for block in blocks for word in block.number_stubs),
        headings=_headings(blocks=[block for form in forms for block in _blocks(form)]),
        units=frozenset(unit for block in blocks for unit in block.row_units.values()),
    )


def _blocks(form: Form) -> list[Block]:
    return [block for table in form.tables for block in table.blocks]


def _headings(blocks: Iterable[Block]) -> frozenset[str]:
    return frozenset(squash(text) for b in blocks for row in b.rows for text in row.above)


@lru_cache(maxsize=16384)
def _header(text: str, known: frozenset[str]) -> tuple[str, ...]:
    return _header_words(_YEAR.sub("", squash(text)), known)


@lru_cache(maxsize=16384)
def _header_words(text: str, known: frozenset[str]) -> tuple[str, ...]:
    if not text or text in known:
        return (text,) if text else ()
    for word in sorted((w for w in known if text.startswith(w)), key=len, reverse=True):
        rest = _header_words(text[len(word) :], known)
        if rest:
            return (word, *rest)
    return ()


def _words(label: Label) -> list[str]:
    return [word for word in map(squash, label.wordings) if word]


def _row_words(label: Label) -> list[str]:
    """A row's wordings, also with the unit that a table prints in a column behind the label."""
    words = _words(label)
    return [*words, *(word + label.unit for word in words if label.unit)]


def _block(table: str, printed: list[Block]) -> BlockWords:
    rows: dict[str, str] = {}
    columns: dict[str, str] = {}
    units: dict[str, tuple[str, str, bool]] = {}
    order: list[str] = []
    for block in printed:
        for row in block.rows:
            for word in _row_words(row):
                rows.setdefault(word, row.code)
            if row.code not in order:
                order.insert(_after(order, block, row.code), row.code)
        for column in block.columns:
            units.setdefault(column.code, (column.unit, column.type, column.unit_printed))
            for word in _words(column):
                columns.setdefault(word, column.code)
    orders = tuple(dict.fromkeys(tuple(c.code for c in block.columns) for block in printed))
    first = printed[0]
    numbers: dict[str, set[str]] = {}
    for row in (row for block in printed for row in block.rows if row.no):
        numbers.setdefault(row.code, set()).add(row.no)
    heads = tuple(block.header_order for block in printed if block.header_order)
    return BlockWords(
        table, first.id, first.layout, rows, columns, orders, units, tuple(order),
        _row_units(printed), heads, {code: frozenset(found) for code, found in numbers.items()},
        frozenset(squash(b.stubs[NUMBER]) for b in printed if any(row.no for row in b.rows)),
    )  # fmt: skip


def _row_units(printed: list[Block]) -> dict[tuple[str, str], str]:
    """The units that rows print beside their label; editions may count one code differently."""
    found: dict[tuple[str, str], str] = {}
    for block in printed:
        for row, column in block.cells():
            unit = next(entry.unit for entry in block.rows if entry.code == row)
            if unit:
                found.setdefault((row, column), unit)
    return found


def _after(order: list[str], block: Block, code: str) -> int:
    """Where a row of an older edition stands in the joined order: behind the row it follows."""
    codes = [row.code for row in block.rows]
    before = [c for c in codes[: codes.index(code)] if c in order]
    return order.index(before[-1]) + 1 if before else len(order)


def _marks(forms: list[Form], blocks: tuple[BlockWords, ...]) -> frozenset[str]:
    printed = [block for form in forms for table in form.tables for block in table.blocks]
    words = {squash(word) for block in printed for word in (block.printed, *block.stubs)}
    one_row = {word for block in blocks if block.layout == "one_row" for word in block.rows}
    return frozenset((words | one_row) - {""})


def _sections(forms: list[Form]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for form in forms:
        for number, label in form.sections:
            for word in _words(label):
                found.setdefault(word, (number, label.code))
    return found
