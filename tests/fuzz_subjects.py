"""Documents to mutate, in every layout; no figure stands in one twice, so that none can be mistaken.

Real pages keep their own layout and labels; their figures are replaced by drawn ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache, partial
from pathlib import Path

from lxml import etree

from gxtools.readers import read_bytes
from gxtools.recognise import Filling, Key, recognise
from tests.press import STYLES, Noise, Sheet, print_docx, print_html, print_text, print_xlsx
from tests.press_draw import drawn_sheet
from tests.press_layout import Laid, LaidSheet, lay_tables
from tests.press_noise import MISPRINTS
from tests.press_pdf import print_pdf
from tests.press_saved import print_csv, print_mht
from tests.press_xls import print_xls

REAL = Path(__file__).parents[2] / "shared" / "reports"
SAMPLES = Path(__file__).parents[1] / "data" / "reports"
EDITIONS = {
    "2021": {"proactive": "2021", "applications": "2021", "disputes": "2021"},
    "mixed": {"proactive": "2021", "applications": "2019", "disputes": "2019"},
    "2019": {"proactive": "2019", "applications": "2019", "disputes": "2019"},
    "annex": {"annex": "local_fujian"},
}
NOISES = {
    "plain": Noise(),
    "broken lines": Noise(line_breaks=True, half_width=True, numbering="{}、"),
    "misprints": Noise(misprints=MISPRINTS, furniture=True, nested=True, space="\u3000"),
}
Figures = dict[Key, float]
_FIGURE = re.compile(r"^\s*[\d.,]+\s*$")


@dataclass(frozen=True)
class Subject:
    """A document and the figures that it prints; a cell that is not among them is blank."""

    name: str
    format: str
    data: bytes
    known: Figures = field(repr=False)
    distinct: bool = True  # no figure stands in it twice


def read(data: bytes, name: str = "report") -> Filling:
    """The Filling of some bytes, without the protection that `gx.read` gives: faults show."""
    return recognise(read_bytes(name, data))


def values(filling: Filling) -> Figures:
    return {key: float(cell.value) for key, cell in filling.cells.items() if cell.value is not None}


def distinct(sheet: Sheet, draw: random.Random, blanks: float = 0.0) -> Sheet:
    """The sheet with other figures: no two alike, of four or five digits, some left blank."""
    drawn = iter(draw.sample(range(1_234, 98_765), len(sheet.figures)))
    return replace(
        sheet,
        figures={
            key: "" if draw.random() < blanks else _like(printed, next(drawn))
            for key, printed in sheet.figures.items()
        },
    )


def _like(printed: str, number: int) -> str:
    """The number with the unit that is printed in the cell."""
    return str(number) + ("元" if printed.endswith("元") else "")


def printed(sheet: Sheet) -> Figures:
    return {
        key: float(text.removesuffix("元")) for key, text in sheet.figures.items() if text.strip()
    }


PRINTERS = {
    "html": print_html,
    "docx": print_docx,
    "xlsx": print_xlsx,
    "xls": print_xls,
    "csv": print_csv,
    "mht": print_mht,
    "pdf": print_pdf,
    **{f"text {style}": partial(print_text, style=style) for style in STYLES},
}


@cache
def drawn_subject(layout: str, edition: str, noise: str, blanks: bool) -> Subject:
    """A printed document; the same each time."""
    sheet = _drawn(layout, edition, noise, blanks)
    data = PRINTERS[layout](sheet, noise=NOISES[noise])
    return Subject(_name(layout, edition, noise, blanks), layout.split()[0], data, printed(sheet))


def _drawn(layout: str, edition: str, noise: str, blanks: bool) -> Sheet:
    draw = random.Random(f"{layout} {edition} {noise} {blanks}")
    return distinct(drawn_sheet(draw, EDITIONS[edition]), draw, 0.3 if blanks else 0.0)


def _name(layout: str, edition: str, noise: str, blanks: bool) -> str:
    return ", ".join([layout, edition, noise, *(["blanks"] if blanks else [])])


def laid(layout: str, edition: str, noise: str, blanks: bool) -> tuple[LaidSheet, Figures]:
    """The tables of a printed document before they are printed, and their figures."""
    sheet = _drawn(layout, edition, noise, blanks)
    tables = tuple(lay_tables(sheet, NOISES[noise]))
    parts = {part.name: getattr(sheet, part.name) for part in fields(sheet)}
    return LaidSheet(**parts, laid=tables), printed(sheet)


def print_laid(sheet: LaidSheet, tables: list[Laid], layout: str, noise: str) -> bytes:
    """The sheet with other tables."""
    return PRINTERS[layout](replace(sheet, laid=tuple(tables)), noise=NOISES[noise])


def drawn_subjects() -> Iterator[tuple[str, str, str, bool]]:
    """The arguments of all printed documents; few PDFs, which take their time."""
    for layout in PRINTERS:
        for edition in EDITIONS:
            for noise in NOISES if edition != "annex" else ("plain",):
                yield from ((layout, edition, noise, blanks) for blanks in (False, True))


@cache
def real_subjects() -> tuple[Subject, ...]:
    """Real web pages and texts with drawn figures; none where they are not beside the checkout."""
    pages = [*sorted(REAL.glob("*.html")), *sorted(SAMPLES.glob("*.html"))]
    found = [_redrawn_page(file) for file in pages]
    found += [_redrawn_text(REAL / "chaoyang_science_2024.txt")] if REAL.is_dir() else []
    return tuple(found)


@cache
def whole_files() -> tuple[str, ...]:
    """Real reports as they were published, and the samples, with their place."""
    files = [*sorted(REAL.glob("*_*")), *sorted(SAMPLES.iterdir())]
    return tuple(map(str, files))


@cache
def whole_file(name: str) -> Subject:
    """A file as it is; its figures are small and repeat themselves."""
    file = Path(name)
    data = file.read_bytes()
    return Subject(file.name, file.suffix[1:], data, values(read(data)), distinct=False)


def _redrawn_page(file: Path) -> Subject:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(file.read_bytes(), parser)
    draw = random.Random(file.name)
    drawn = iter(draw.sample(range(12_345, 98_765), 2_000))
    for cell in root.iter("td"):
        text = "".join(cell.itertext())
        if cell.find(".//table") is None and _FIGURE.match(text):
            set_text(cell, str(next(drawn)))
    data = etree.tostring(root, encoding="utf-8", method="html")
    return Subject(file.name, "html", data, values(read(data)))


def _redrawn_text(file: Path) -> Subject:
    draw = random.Random(file.name)
    drawn = iter(draw.sample(range(12_345, 98_765), 2_000))
    lines = file.read_text(encoding="utf-8").split("\n")
    for place, line in enumerate(lines):
        if re.match(r"^\s*\d+\s*\|\s*$", line):
            lines[place] = f"{next(drawn)} |"
    data = "\n".join(lines).encode()
    return Subject(file.name, "text", data, values(read(data)))


def set_text(cell: etree._Element, text: str) -> None:
    """Print `text` in a cell and nothing else, within the tags that it had."""
    places = [e for e in cell.iter() if isinstance(e.tag, str) and (e.text or "").strip()]
    for place in places[1:]:
        place.text = ""
    for element in cell.iterdescendants():
        element.tail = ""
    (places[0] if places else cell).text = text
