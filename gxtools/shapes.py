"""What the figures of one table show beside their sums: parts above totals, blanks, twins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from .checklist import catalogue, catalogued
from .convention import Settled, sides
from .finding import AS_PRINTED, BLANK_ZERO, BROKEN, HOLDS, UNKNOWN, Finding
from .forms import label, load_form
from .lines import Line
from .panel import NOTHING, Bools, Floats, Panel
from .percentages import percentage
from .sums import derivable

NAMES = {"blank": "空白", "slash": "斜杠", "dash": "横杠", "none": "无"}


def too_large(settled: Settled) -> Iterator[Finding]:
    """Parts that are larger than the printed total of their row or column."""
    cells = settled.table.cells()
    for line, left, right in zip(settled.lines, *sides(settled.table), strict=True):
        if line.total is None:
            continue
        part, total = settled.values[:, left[left < len(cells)]], settled.values[:, right[0]]
        for i, j in zip(*np.nonzero(part > total[:, None]), strict=True):
            row, column = cells[left[j]]
            at = (int(settled.position[i, left[j]]), int(settled.position[i, right[0]]))
            note = f"部分 {part[i, j]:g} 大于总计 {total[i]:g}"
            yield Finding(
                int(settled.rows[i]), "T3-DOM", settled.table.id, row, column,
                float(part[i, j]), float(total[i]), BROKEN, AS_PRINTED, note, at,
            )  # fmt: skip


def empty_outcomes(settled: Settled) -> Iterator[Finding]:
    """A printed total over outcomes that are all zero, or outcomes where nothing came in."""
    total = next((line.sum.right[0] for line in settled.lines if line.sum.per == "row"), "")
    of = {line.sum.family: i for i, line in enumerate(settled.lines) if line.column == total}
    if not {"flow", "outcomes"} <= of.keys():
        return
    intake, outcomes = (_known_left(settled, of[name]) for name in ("flow", "outcomes"))
    concluded = settled.right[:, of["outcomes"]]
    table = settled.table.id
    for rows, left, right, words in (
        ((concluded > 0) & (outcomes == 0), outcomes, concluded, "有办结总计而各项结果全为 0"),
        ((outcomes > 0) & (intake == 0), outcomes, intake, "有办理结果而没有新收和结转"),
    ):
        for i in np.flatnonzero(rows):
            cells = _cells(settled, settled.lines[of["outcomes"]], int(i))
            yield Finding(
                int(settled.rows[i]), "T3-EMPTYOUT", table, None, total, float(left[i]),
                float(right[i]), BROKEN, AS_PRINTED, words, cells,
            )  # fmt: skip


def _known_left(settled: Settled, line: int) -> Floats:
    blank: Bools = settled.blanks[:, line] > 0
    found: Floats = np.where(blank & ~settled.blanks_are_zero, np.nan, settled.left[:, line])
    return found


def _cells(settled: Settled, line: Line, i: int) -> tuple[int, ...]:
    number = {cell: at for at, cell in enumerate(settled.table.cells())}
    return tuple(int(settled.position[i, number[cell]]) for cell in (*line.left, *line.right))


def twin_columns(settled: Settled) -> Iterator[Finding]:
    """Two columns of applicants with the same figures, not all zero."""
    check = catalogued("T3-DUPCOL")
    table, cells = settled.table, settled.table.cells()
    parts = next((line.left for line in settled.lines if line.sum.per == "row"), ())
    codes = list(dict.fromkeys(column for _, column in parts))
    columns = {code: [i for i, cell in enumerate(cells) if cell[1] == code] for code in codes}
    for one, other in combinations(codes, 2):
        a, b = settled.values[:, columns[one]], settled.values[:, columns[other]]
        same = ((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1)
        enough = (a > 0).sum(axis=1) >= check.more["limits"]["cells"]
        for i in np.flatnonzero(same & enough):
            names = "与".join(label(code, axis=table.column_axis) for code in (one, other))
            note = f"{names}两列各格相同，待核"
            yield Finding(int(settled.rows[i]), check.id, table.id, None, other, note=note)


def units(panel: Panel) -> Iterator[Finding]:
    """Amounts with a unit typed into the cell."""
    cells = panel.reports.cells
    typed = np.flatnonzero((cells["kind"] == "unit").to_numpy(dtype=bool, na_value=False))
    at = pd.Index(panel.reports.index["report"]).get_indexer(cells["report"].take(typed))
    for row, position in zip(at, typed, strict=True):
        cell = cells.iloc[position]
        money = any(
            column.code == cell["column"] and column.type == "decimal"
            for column in _columns(panel, int(row), str(cell["table"]))
        )
        if money:
            note = f"格内自带单位：{cell['raw']}，读作 {cell['value']:g} {cell['unit']}"
            key = (str(cell["table"]), str(cell["row"]), str(cell["column"]))
            yield Finding(int(row), "T2-UNIT", *key, note=note, cells=(int(position),))


def _columns(panel: Panel, row: int, table: str) -> tuple:  # type: ignore[type-arg]
    edition = panel.editions[row].get(table)
    return load_form(edition).table(table).columns if edition else ()


def blanks(panel: Panel, settled: list[Settled]) -> Iterator[Finding]:
    """How many cells of a table are blank, `/`, `-` or 无, and what the sums say they mean."""
    cells = panel.reports.cells
    empty = cells.loc[cells["kind"].isin(NOTHING), ["report", "table", "kind"]]
    counts = empty.value_counts(sort=False).unstack(fill_value=0)
    kinds = [kind for kind in NOTHING if kind in counts]
    ids = panel.ids
    told = dict(zip(counts.index, counts[kinds].to_numpy(), strict=True))
    for table in settled:
        size = (table.position >= 0).sum(axis=1)
        for i in np.flatnonzero(table.nothing.any(axis=1)):
            report = ids[table.rows[i]]
            found = dict(zip(kinds, told[report, table.table.id], strict=True))
            yield _blank(table, int(i), found, int(size[i]))


def _blank(table: Settled, i: int, found: dict[str, int], size: int) -> Finding:
    n = sum(found.values())
    listed = "、".join(f"{NAMES[kind]} {count} 格" for kind, count in found.items() if count)
    held = int(table.holds[i].sum())
    zero = bool(table.blanks_are_zero[i])
    meaning = f"按空白为零，{held} 个合计式成立" if zero else "不能证明空白为零"
    left_out = int((derivable(table)[i] & (table.left[i] > 0)).sum()) if table.lines else 0
    totals = f"，{left_out} 个总计未印而其部分有数" if left_out else ""
    note = f"{size} 格中{listed}（{percentage(n / size, 0)}）：{meaning}{totals}"
    verdict, convention = (HOLDS, BLANK_ZERO) if zero else (UNKNOWN, AS_PRINTED)
    return Finding(
        int(table.rows[i]), "ST-BLANK", table.table.id, None, None, float(n), float(size),
        verdict, convention, note,
    )  # fmt: skip


def of_applications(settled: list[Settled]) -> Iterator[Finding]:
    """The checks that the catalogue gives to one table."""
    for function, id in (
        (too_large, "T3-DOM"), (empty_outcomes, "T3-EMPTYOUT"), (twin_columns, "T3-DUPCOL"),
    ):  # fmt: skip
        for table in settled:
            if table.table.id == catalogue()[id].more["table"]:
                yield from function(table)
