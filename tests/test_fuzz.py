"""A few hundred mutated documents, as `make fuzz` reads ten thousand (see tests/fuzz_cases.py)."""

from __future__ import annotations

import pytest

from .fuzz_cases import faults, make
from .fuzz_subjects import drawn_subject, read, values

CASES = {"trees": 120, "cells": 100, "bytes": 100}


@pytest.mark.parametrize("start", range(0, 120, 20))
@pytest.mark.parametrize("kind", CASES)
def test_a_mutated_document_is_refused_or_read_as_it_is_printed(kind: str, start: int) -> None:
    names = [f"{kind}:test:{number}" for number in range(start, min(start + 20, CASES[kind]))]
    assert {name: told for name in names if (told := faults(make(name)))} == {}


def test_an_edited_figure_in_a_wrong_cell_would_be_found() -> None:
    case = make("cells:test:0")
    key = next(iter(case.prints))
    case.prints[key] = {-1.0}
    assert any(" ".join(key) in fault for fault in faults(case))


def test_a_row_of_text_with_blanks_that_lost_its_last_cell_is_refused() -> None:
    """Blank cells before the figures would else make up for it, and all stand a column too far."""
    subject = drawn_subject("text markdown", "2019", "broken lines", True)
    whole, label, rest = subject.data.decode().partition("(六)其他处理")
    row = label + rest.split("\n")[0]
    for ending in ("", " \ufffd | 1 |"):
        cut = whole + row.rstrip("| ").rpartition("|")[0] + "|" + ending
        found = values(read(cut.encode()))
        assert found and not [key for key in found if key[:2] == ("applications", "other")]


@pytest.mark.parametrize("name", ["bytes:2:6599", "bytes:2:6611"])
def test_pipes_left_of_merged_headings_make_up_for_no_lost_figure(name: str) -> None:
    """Five of them before ten figures would else be the first route of section 四, all blank."""
    case = make(name)
    found = values(read(case.data))
    assert found and not [key for key in found if key[0] == "disputes"]
    assert faults(case) == []


@pytest.mark.parametrize(("name", "row"), [
    ("bytes:3:2249", "received"), ("bytes:3:6983", "carried_out"),
])  # fmt: skip
def test_a_row_whose_last_figure_is_damaged_does_not_begin_with_blanks_of_its_label(
    name: str, row: str
) -> None:
    case = make(name)
    found = values(read(case.data))
    assert found and not [key for key in found if key[:2] == ("applications", row)]
    assert faults(case) == []


def test_a_label_that_lost_its_figures_is_not_joined_to_the_unit_of_the_next_row() -> None:
    case = make("bytes:3:6149")
    found = values(read(case.data))
    assert ("annex", "answered", "year") not in found
    assert found["annex", "answered.partial", "year"] == 9991
    assert faults(case) == []
