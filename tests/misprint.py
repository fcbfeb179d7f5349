"""Misprints of known kinds in figures whose sums hold, and reports that print them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gxtools.forms import Table
from gxtools.reports import CELLS, INDEX, PROBLEMS, SECTIONS, Reports, frame

Place = tuple[str, str]  # row, column
Figures = dict[Place, str]  # the printed characters of one table; "" blank, "?" not read


def table_figures(figures: Mapping[tuple[str, str, str], str], table: str) -> Figures:
    """One table's part of what `draw_figures` gives."""
    return {(row, column): text for (id, row, column), text in figures.items() if id == table}


def misprint_cells(draw: random.Random, figures: Figures, cells: int = 1) -> Figures:
    """The figures with so many cells mistyped, each by one slip."""
    spoiled = dict(figures)
    for place in draw.sample(sorted(place for place in figures if figures[place]), cells):
        spoiled[place] = mistype(draw, figures[place])
    return spoiled


def misprint_anyhow(draw: random.Random, figures: Figures) -> Figures:
    """The figures with another number in one cell, near or far."""
    place = draw.choice(sorted(figures))
    others = {draw.randrange(10 ** draw.randint(1, 5)) for _ in range(2)} - {int(figures[place])}
    return {**figures, place: str(min(others, default=int(figures[place]) + 1))}


def mistype(draw: random.Random, printed: str) -> str:
    """The number by one slip of any kind that it can suffer."""
    kinds = list(SLIPS.values())
    draw.shuffle(kinds)
    return next(text for slip in kinds if (text := slip(draw, printed)) is not None)


def _changed(draw: random.Random, printed: str) -> str | None:
    """Another digit; to print 0 for a number is to leave it out."""
    at = draw.randrange(len(printed))
    lowest = "1" if at == 0 else "0"
    digit = draw.choice([d for d in "0123456789" if d >= lowest and d != printed[at]])
    return printed[:at] + digit + printed[at + 1 :]


def _dropped(draw: random.Random, printed: str) -> str | None:
    shorter = [printed[:i] + printed[i + 1 :] for i in range(len(printed))]
    return _choose(draw, [text for text in shorter if text and text[0] != "0"])


def _added(draw: random.Random, printed: str) -> str | None:
    at = draw.randint(0, len(printed))
    longer = printed[:at] + draw.choice("0123456789") + printed[at:]
    return longer if longer[0] != "0" else None


def _swapped(draw: random.Random, printed: str) -> str | None:
    turned = [
        printed[:i] + printed[i + 1] + printed[i] + printed[i + 2 :]
        for i in range(len(printed) - 1)
        if printed[i] != printed[i + 1]
    ]
    return _choose(draw, [text for text in turned if text[0] != "0"])


def _left_zero(draw: random.Random, printed: str) -> str | None:
    return "0" if printed != "0" else None


def _choose(draw: random.Random, among: list[str]) -> str | None:
    return draw.choice(among) if among else None


# By the name that suspects() should give; a total left 0 has a name of its own.
SLIPS: dict[str, Callable[[random.Random, str], str | None]] = {
    "changed_digit": _changed,
    "dropped_digit": _dropped,
    "added_digit": _added,
    "swapped_digits": _swapped,
    "left_zero": _left_zero,
}


def slip_once(draw: random.Random, figures: Figures, kind: str) -> Figures | None:
    """One cell mistyped by the slip of this kind; None where the cell drawn cannot suffer it."""
    place = draw.choice(sorted(figures))
    typed = SLIPS[kind](draw, figures[place]) if figures[place] else None
    return None if typed is None else {**figures, place: typed}


def shift_row(draw: random.Random, table: Table, figures: Figures) -> Figures | None:
    """A row's parts one cell too far right or left, where the cell at its end was 0."""
    row = draw.choice(table.rows).code
    return _shifted(draw, figures, [(row, column.code) for column in table.columns[:-1]])


def shift_column(draw: random.Random, table: Table, figures: Figures) -> Figures | None:
    """A run of a column one cell too far down or up, where the cell at its end was 0."""
    column = draw.choice(table.columns).code
    start = draw.randrange(max(len(table.rows) - 3, 1))
    end = draw.randrange(start + 2, len(table.rows))
    return _shifted(draw, figures, [(row.code, column) for row in table.rows[start : end + 1]])


def _shifted(draw: random.Random, figures: Figures, run: list[Place]) -> Figures | None:
    run = draw.choice((run, run[::-1]))
    moved = ["0", *(figures[place] for place in run[:-1])]
    several = len([place for place in run if figures[place] != "0"]) > 1
    if figures[run[-1]] != "0" or not several:
        return None
    return {**figures, **dict(zip(run, moved, strict=True))}


def swap_cells(draw: random.Random, table: Table, figures: Figures) -> Figures | None:
    """Two neighbours of a row or a column in each other's place."""
    below = table.blocks[0].layout == "rows" and draw.choice((True, False))
    one, two = _neighbours(draw, table, along=not below)
    return {**figures, one: figures[two], two: figures[one]}


def split_number(draw: random.Random, table: Table, figures: Figures) -> Figures | None:
    """A number of a row over two cells, the second of which was 0."""
    one, two = _neighbours(draw, table)
    number = figures[one]
    cuts = [i for i in range(1, len(number)) if number[i] != "0"]
    if not cuts or figures[two] != "0":
        return None
    cut = draw.choice(cuts)
    return {**figures, one: number[:cut], two: number[cut:]}


def merge_numbers(draw: random.Random, table: Table, figures: Figures) -> Figures | None:
    """Two numbers of a row in the first one's cell, 0 in the other."""
    one, two = _neighbours(draw, table)
    if "0" in (figures[one], figures[two]):
        return None
    return {**figures, one: figures[one] + figures[two], two: "0"}


MOVES: dict[str, Callable[[random.Random, Table, Figures], Figures | None]] = {
    "shifted_row": shift_row,
    "shifted_column": shift_column,
    "swapped_cells": swap_cells,
    "split_number": split_number,
    "merged_numbers": merge_numbers,
}


def _neighbours(draw: random.Random, table: Table, *, along: bool = True) -> tuple[Place, Place]:
    rows = [row.code for row in table.rows]
    columns = [column.code for column in table.columns]
    if along:
        at, row = draw.randrange(len(columns) - 1), draw.choice(rows)
        return (row, columns[at]), (row, columns[at + 1])
    at, column = draw.randrange(len(rows) - 1), draw.choice(columns)
    return (rows[at], column), (rows[at + 1], column)


def printed_reports(
    sheets: Iterable[Mapping[str, Figures]], editions: Mapping[str, str]
) -> Reports:
    """Reports as reading gives them, one for each sheet: table -> figures."""
    told = " ".join(f"{table}={edition}" for table, edition in sorted(editions.items()))
    index: list[list[Any]] = []
    cells: list[list[Any]] = []
    for number, sheet in enumerate(sheets):
        known = {"report": f"drawn-{number:05d}", "year": 2024, "editions": told}
        index.append([known.get(name) for name in INDEX])
        for table, figures in sheet.items():
            for (row, column), text in figures.items():
                cells.append([known["report"], table, row, column, *_cell(text)])
    nothing = frame([], SECTIONS), frame([], PROBLEMS)
    return Reports(frame(index, INDEX), frame(cells, CELLS), *nothing)


def _cell(text: str) -> list[Any]:
    """value kind raw place match unit of a cell with these characters."""
    known = text.lstrip("-").replace(".", "", 1).isdigit()
    kind = "number" if known else "missing" if text == "?" else "blank"
    return [float(text) if known else None, kind, text, "table 1", "exact", "件"]
