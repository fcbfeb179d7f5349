"""A few hundred mutated documents, as `make fuzz` reads ten thousand (see tests/fuzz_cases.py)."""

from __future__ import annotations

import pytest

from .fuzz_cases import faults, make

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
