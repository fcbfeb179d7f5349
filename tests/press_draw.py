"""Drawn reports: figures of no real body, in which every sum of the form holds."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st

from gxtools.forms import Label, Sum, Table, load_form
from tests.press_noise import CHARSETS, DIGITS, ENCODINGS, MISPRINTS, NUMBERINGS, Noise
from tests.press_sheet import Key, Sheet

AGENCIES = (
    "示例市（合成数据）人民政府",
    "示例区（合成数据）人民政府",
    "示例市（合成数据）第二局",
)
EDITIONS = ("2021", "2019")
TABLES = ("proactive", "applications", "disputes")


def draw_figures(
    draw: random.Random, editions: dict[str, str], blank_zeros: bool = False
) -> dict[Key, str]:
    """Figures for the tables of `editions` as printed; every sum of the forms holds.

    `draw` is a random.Random or what hypothesis' `randoms()` gives. With `blank_zeros` the zeros
    are left blank, as many bodies do.
    """
    figures: dict[Key, str] = {}
    for id, edition in editions.items():
        table = load_form(edition).table(id)
        drawn = _draw_table(draw, table)
        for (row, column), text in drawn.items():
            figures[id, row, column] = "" if blank_zeros and text == "0" else text
    return figures


def _draw_table(draw: random.Random, table: Table) -> dict[tuple[str, str], str]:
    drawn = {
        (row.code, column.code): _draw_cell(draw, column)
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    }
    if not table.sums:
        return drawn
    counts = {cell: int(text) for cell, text in drawn.items()}
    # A sum with one total defines it; one with two on each side (the flow) then defines its first.
    for sum_ in sorted(table.sums, key=lambda sum_: (len(sum_.right), sum_.per == "row")):
        if sum_.per == "column":
            for column in table.columns:
                _balance(counts, table, sum_, lambda code, c=column.code: (code, c))
    for sum_ in table.sums:
        if sum_.per == "row":
            for row in table.rows:
                _balance(counts, table, sum_, lambda code, r=row.code: (r, code))
    return {cell: str(count) for cell, count in counts.items()}


def _balance(
    counts: dict[tuple[str, str], int],
    table: Table,
    sum_: Sum,
    cell: Callable[[str], tuple[str, str]],
) -> None:
    axis = table.rows if sum_.per == "column" else table.columns
    left = [cell(code) for code in table.members(sum_.left, axis)]
    right = [cell(code) for code in table.members(sum_.right, axis)]
    if len(right) == 1:
        counts[right[0]] = sum(counts[key] for key in left)
        return
    first, *rest = left
    whole = sum(counts[key] for key in right)
    for key in rest:
        counts[key] = min(counts[key], whole)
        whole -= counts[key]
    counts[first] = whole


def _draw_cell(draw: random.Random, column: Label) -> str:
    """Mostly small, now and then large, often zero: as reports are."""
    count = draw.choice((0, 0, 1, 2, 7, draw.randint(0, 99), draw.randint(0, 9999)))
    if column.type == "signed":
        return str(draw.choice((count, -count)))
    if column.type == "decimal":
        tail = draw.choice(("", ".5", ".25", ".088667", ".30"))
        return f"{count}{tail}" + ("" if column.unit_printed else column.unit)
    return str(count)


def drawn_sheet(
    draw: random.Random, editions: dict[str, str] | None = None, blank_zeros: bool = False
) -> Sheet:
    """A whole report of a made-up body, clearly marked as made up."""
    editions = editions or {id: draw.choice(EDITIONS) for id in TABLES}
    first, *_ = (load_form(edition) for edition in editions.values())
    year = draw.randint(first.first_year, first.last_year or first.first_year + 4)
    sections = dict.fromkeys((1, 5, 6), "合成数据，仅供测试。")
    figures = draw_figures(draw, editions, blank_zeros)
    return Sheet(draw.choice(AGENCIES), year, editions, figures, sections)


def sheets(blank_zeros: bool = False) -> st.SearchStrategy[Sheet]:
    """Hypothesis strategy: drawn reports of every mixture of editions.

    One number seeds a whole sheet: shrinking two hundred figures one by one would take minutes
    and tell no more than the noise or the layout that failed.
    """
    seeds = st.integers(0, 2**32 - 1)
    return seeds.map(lambda seed: drawn_sheet(random.Random(seed), blank_zeros=blank_zeros))


def noises() -> st.SearchStrategy[Noise]:
    """Hypothesis strategy: every mixture of noise that leaves the figures readable."""
    misprints = st.sets(st.sampled_from(sorted(MISPRINTS)), max_size=4)
    return st.builds(
        Noise,
        numbering=st.sampled_from(NUMBERINGS),
        half_width=st.booleans(),
        quotes=st.sampled_from(("“”", '""', "「」", "‘’")),
        space=st.sampled_from(("", " ", "\u3000")),
        line_breaks=st.booleans(),
        blank=st.sampled_from(("", " ", "\u3000", "\xa0")),
        digits=st.sampled_from(DIGITS),
        misprints=misprints.map(lambda chosen: {right: MISPRINTS[right] for right in chosen}),
        furniture=st.booleans(),
        nested=st.booleans(),
        extra_rows=st.integers(0, 2),
        extra_columns=st.integers(0, 2),
        encoding=st.sampled_from(ENCODINGS),
        charset=st.sampled_from(CHARSETS),
        as_text=st.booleans(),
    )
