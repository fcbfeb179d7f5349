"""Every notebook runs in a clean kernel, is committed with its output, and stays short."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import nbformat
import pytest

from .run_notebooks import NOTEBOOKS, execute

if sys.platform == "win32":
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())


@pytest.mark.filterwarnings("default")  # the kernel's own libraries, not ours
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_a_clean_kernel(path: Path) -> None:
    cells = [cell for cell in execute(path).cells if cell.cell_type == "code"]
    assert cells and all(cell.execution_count for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_with_its_output_and_no_error(path: Path) -> None:
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert any(cell.outputs for cell in cells)
    assert not [o for cell in cells for o in cell.outputs if o.output_type == "error"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_that_draws_shows_its_chart(path: Path) -> None:
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    drawing = [cell for cell in cells if "gx.plot_" in cell.source]
    assert all(any(o.output_type == "display_data" for o in cell.outputs) for cell in drawing)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_short_and_warn_of_nothing(path: Path) -> None:
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    long = [c.source for c in cells if len(c.source.splitlines()) > 6]
    assert not long
    assert not [o for c in cells for o in c.outputs if o.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_chart_of_a_notebook_is_seen(path: Path) -> None:
    drawn = [c for c in nbformat.read(path, as_version=4).cells if "gx.plot_" in c.source]
    code = [cell for cell in drawn if cell.cell_type == "code"]
    seen = [any("image/png" in o.get("data", {}) for o in cell.outputs) for cell in code]
    assert all(seen), [cell.source for cell, shows in zip(code, seen, strict=True) if not shows]


def test_the_four_first_questions_have_their_notebook() -> None:
    names = [path.stem for path in NOTEBOOKS]
    assert names[:4] == ["01-read-a-report", "02-volumes", "03-outcomes", "04-litigation"]
