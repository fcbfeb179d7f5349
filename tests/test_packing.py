"""Cells go from worker to caller as columns; nothing of them changes on the way."""

from __future__ import annotations

import pickle
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.packing import Packed, pack
from gxtools.pile import Pile
from gxtools.schema import CELLS, frame

text = st.none() | st.sampled_from(["", "0", "一", "件", "number"]) | st.text(max_size=3)
value = st.none() | st.floats(allow_nan=False)
rows_of_one = st.lists(st.tuples(text, text, text, value, *[text] * 5), min_size=1, max_size=9)


def rows_of(reports: list[list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    return [(f"report-{place}", *row) for place, rows in enumerate(reports) for row in rows]


def piled(packed: list[Packed]) -> Pile:
    pile = Pile()
    for one in packed:
        pile.add(one)
    return pile


@given(st.lists(rows_of_one, max_size=4))
def test_packed_cells_make_the_frame_that_their_rows_make(
    reports: list[list[tuple[Any, ...]]],
) -> None:
    rows = rows_of(reports)
    sent = pickle.loads(pickle.dumps(list(pack(rows))))
    pd.testing.assert_frame_equal(piled(sent).frame(), frame(rows, CELLS))


def test_a_column_of_more_texts_than_two_bytes_can_count_is_packed_too() -> None:
    rows = [("a", "t", "r", "c", None, "blank", str(n), None, None, None) for n in range(70_000)]
    pd.testing.assert_frame_equal(piled(list(pack(rows))).frame(), frame(rows, CELLS))


def test_without_pyarrow_the_frame_is_the_same() -> None:
    rows = rows_of([[("t", "r", "c", 1.0, "number", "1", None, "exact", "件")] * 3])
    with pd.option_context("mode.string_storage", "python"):
        made, wanted = piled(list(pack(rows))).frame(), frame(rows, CELLS)
    assert made["raw"].dtype.storage == "python"  # type: ignore[union-attr]
    pd.testing.assert_frame_equal(made, wanted)


def test_figures_of_a_report_are_found_in_the_pile() -> None:
    rows = rows_of([
        [("t", "r", "a", 1.0, "number", "1", None, None, None)],
        [("t", "r", "a", None, "blank", "", None, None, None),
         ("t", "r", "b", 2.0, "number", "2", None, None, None)],
    ])  # fmt: skip
    pile = piled(list(pack(rows)))
    assert pile.figures_of("report-0") == {("t", "r", "a"): (1.0, "number")}
    told = {("t", "r", "a"): (None, "blank"), ("t", "r", "b"): (2.0, "number")}
    assert pile.figures_of("report-1") == told
    with pytest.raises(KeyError):
        pile.figures_of("report-2")


def test_reports_printed_alike_share_their_columns_and_few_bytes() -> None:
    rows = [
        ("t", f"row {n}", "c", 1.0, "number", "1", f"cell {n}", "exact", "件") for n in range(99)
    ]
    one, two = pack([*(("a", *row) for row in rows), *(("b", *row) for row in rows)])
    assert one.texts[1] is two.texts[1]
    assert len(pickle.dumps([one, two])) < 1.5 * len(pickle.dumps([one]))
