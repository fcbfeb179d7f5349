"""Execute every notebook in a clean kernel and keep its output: `python -m tests.run_notebooks`."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def execute(path: Path) -> nbformat.NotebookNode:
    """The notebook with fresh output; raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": path.parent}},
        store_widget_state=False,  # a picture of a panel that nobody can click
    ).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times differ from run to run
    notebook.metadata.pop("language_info", None)
    return notebook


def main() -> int:
    for path in NOTEBOOKS:
        print(path.name, flush=True)
        nbformat.write(execute(path), path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
