"""Write docs/functions.md from the docstrings: `python -m tests.set_functions` (`make docs`)."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import gxtools as gx

PAGE = Path(__file__).parents[1] / "docs/functions.md"
HEAD = """# 函数手册 Functions

`import gxtools as gx` 之后可用的全部名称和它们的说明（由 `make docs` 从代码里的说明生成）。

All public names and their docstrings, written by `make docs`. Counts are in 件, fees in 万元; `<NA>` is
a figure that is not known, never zero.
"""
# Where a type is written out with its module, its name is enough.
_MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Z])")


def page() -> str:
    """The page: a heading a name, its signature, its docstring as it stands."""
    return HEAD + "".join(f"\n{_entry(name)}" for name in sorted(gx.__all__, key=str.lower))


def _entry(name: str) -> str:
    thing = getattr(gx, name)
    text = inspect.getdoc(thing) or ""
    return f"## gx.{name}\n\n```text\n{name}{_signature(thing)}\n\n{text}\n```\n"


def _signature(thing: object) -> str:
    if inspect.isclass(thing):
        return ""
    assert callable(thing)
    shown = str(inspect.signature(thing)).replace("'", "")
    return _MODULE.sub("", shown)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
