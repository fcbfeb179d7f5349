"""Folders of drawn reports (synthetic) with files among them that are none."""

from __future__ import annotations

import random
from pathlib import Path

from tests.press import drawn_sheet, print_docx, print_html

PAGES = 20  # pages that are drawn; the others differ in whose they are


def _cut(page: bytes, docx: bytes) -> dict[str, bytes]:
    return {
        "empty.html": b"",
        "zeros.html": b"\0" * 4096,
        "other.html": "<html><body><p>页面不存在</p></body></html>".encode(),
        "half.html": page[:500],
        "noise.html": bytes(range(256)) * 64,
        "cut.pdf": b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\n",
        "cut.docx": docx[: len(docx) // 2],
        "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        "cut.zip": b"PK\x03\x04" + b"\1" * 200,
        "list.txt": "附件一\n附件二\n".encode(),
    }


def _sample() -> dict[str, bytes]:
    sheet = drawn_sheet(random.Random(0))
    return _cut(print_html(sheet), print_docx(sheet))


GARBAGE = _sample()


def fill_folder(folder: Path, count: int, draw: random.Random) -> tuple[set[str], set[str]]:
    """Write so many files, one in a hundred of them garbage: the names of the good and the bad."""
    folder.mkdir(parents=True)
    pages = [print_html(drawn_sheet(draw)) for _ in range(PAGES)]
    good, bad = set(), set()
    for number in range(count):
        if number % 100 == 50:
            name, data = list(GARBAGE.items())[number // 100 % len(GARBAGE)]
            path = folder / f"{number:05d}-{name}"
            bad.add(str(path))
        else:
            data = pages[number % PAGES].replace("示例".encode(), f"示例{number}".encode())
            path = folder / f"{number:05d}.html"
            good.add(str(path))
        path.write_bytes(data)
    return good, bad
