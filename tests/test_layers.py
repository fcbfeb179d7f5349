"""The picture in docs/architecture.md, held to the code: imports point one way only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gxtools"
MODULES = sorted(PACKAGE.rglob("*.py"))


def layers() -> dict[str, int]:
    """Module -> layer, read from the fenced list `layers` in docs/architecture.md."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    listed = re.search(r"```layers\n(.*?)```", text, re.S)
    assert listed, "docs/architecture.md has no list of layers"
    lines = [line.split("#")[0].split() for line in listed[1].splitlines() if line.strip()]
    return {module: rank for rank, line in enumerate(lines) for module in line}


def name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported(path: Path) -> set[str]:
    """The top modules of gxtools that a module imports, relative imports resolved."""
    depth = len(path.relative_to(PACKAGE).parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gxtools."):
            found.add(node.module.split(".")[1])  # type: ignore[union-attr]
    return found


def test_every_module_has_its_place_in_the_picture() -> None:
    assert {name(path) for path in MODULES} == set(layers())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_to_its_left(path: Path) -> None:
    rank = layers()
    wrong = {other for other in imported(path) - {name(path)} if rank[other] >= rank[name(path)]}
    assert not wrong, f"{name(path)} must not import {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_stays_under_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_function_stays_under_30_lines_of_code(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1
            assert length <= 30, f"{node.name} has {length} lines"


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
    assert not {path.stem for path in MODULES} & drawers


def test_charts_never_see_reports_and_readers_never_see_forms() -> None:
    for path in MODULES:
        top = name(path)
        if top == "charts":
            assert "reports" not in imported(path)
        if top == "readers":
            assert not imported(path) & {"forms", "vocabulary", "recognise"}
