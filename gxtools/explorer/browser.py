"""The two widgets that ipywidgets does not have: a table of figures to click, and a copy button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent


class FigureTable(anywidget.AnyWidget):
    """A table of texts; `selected` is (row, column, when) of the figure clicked last."""

    _esm = _HERE / "table.js"
    _css = _HERE / "explorer.css"
    columns: Any = traitlets.List().tag(sync=True)
    rows: Any = traitlets.List().tag(sync=True)
    selected = traitlets.List([-1, -1, 0]).tag(sync=True)


class CopyButton(anywidget.AnyWidget):
    """A button that puts `text` on the clipboard; `copied` says whether the browser let it."""

    _esm = _HERE / "copy.js"
    text = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    done = traitlets.Unicode().tag(sync=True)
    failed = traitlets.Unicode().tag(sync=True)
    copied = traitlets.Bool(False).tag(sync=True)
