"""environment.yml gives conda users what pyproject.toml gives the others."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def requirement(text: str) -> tuple[str, str]:
    found = re.match(r"([A-Za-z0-9_.-]+)(.*)", text)
    assert found
    return found[1].lower(), found[2].strip()


def test_conda_and_pip_users_get_the_same_names_and_lower_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = dict(
        map(requirement, [*project["dependencies"], *project["optional-dependencies"]["lab"]])
    )
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in conda if isinstance(entry, dict))
    listed = dict(map(requirement, [entry for entry in conda if isinstance(entry, str)]))
    listed |= dict(requirement(entry) for entry in pip if not entry.startswith("-e"))
    assert listed.pop("python") == project["requires-python"]
    listed.pop("pip")
    assert listed == wanted


def test_every_runtime_dependency_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(">=" in entry for entry in project["dependencies"])
