"""Processes that write a corpus and are killed at a chosen step."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gxtools as gx
from gxtools.corpus import storage


def save(corpus: str, source: str) -> None:
    gx.open_reports(source).save(corpus)


def update(corpus: str, source: str) -> None:
    gx.update(corpus, source, progress=False, jobs=1)


def die_at(step: int, task: Callable[[str, str], None], corpus: str, source: str) -> None:
    """Does the task and is killed when it has put so many files on the disk, renamed or removed
    them; leaves with status 0 when it is done before."""
    taken = 0

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any) -> Any:
            nonlocal taken
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)
            taken += 1
            return act(*given)

        return stepping

    storage.os = _Counted(counted)  # type: ignore[attr-defined]
    storage.Storage.remove = counted(storage.Storage.remove)  # type: ignore[method-assign]
    task(corpus, source)
    sys.exit(0)


class _Counted:
    """The module os, whose fsync and replace are counted."""

    def __init__(self, counted: Callable[..., Any]) -> None:
        self.fsync, self.replace = counted(os.fsync), counted(os.replace)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
