"""Small pages drawn by hand: paragraphs, a table, meta tags."""

from __future__ import annotations

from gxtools.bodies import Identity
from gxtools.document import Cell, Document, Grid, Paragraph
from gxtools.forms import label

TITLE = "2023年政府信息公开工作年度报告"


def page(*blocks: str | Grid, path: str = "report.html", **metadata: str) -> Document:
    printed = tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks)
    return Document(path, "html", printed, metadata)


def grid(*rows: list[str]) -> Grid:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Grid(1, tuple(cells))


def received(total: int) -> Grid:
    """A table whose row of new applications ends with `total`."""
    row = label("received", axis="outcome", printed=True)
    carried = label("carried_in", axis="outcome", printed=True)
    return grid([row, str(total), "0", "", "", "", "", str(total)], [carried, "999"])


def told(identity: Identity) -> str:
    return " ".join(f"{note.where}: {note.what}" for note in identity.notes)
