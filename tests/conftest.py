"""Shared fixtures: the real reports beside the checkout, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxtools as gx

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "reports").is_dir():
        pytest.skip("the real reports are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def originals(shared: Path) -> gx.Reports:
    """Every real report that lies beside the checkout."""
    return gx.read_all(shared / "reports", progress=False)


@pytest.fixture(scope="session")
def samples() -> gx.Reports:
    """The published figures in data/reports."""
    return gx.read_all(ROOT / "data/reports", progress=False)
