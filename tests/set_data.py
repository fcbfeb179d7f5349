"""Sets the published figures again as clean documents: `python -m tests.set_data`.

Reads ../shared/figures and writes data/reports, data/catalog.csv and the generated parts of
data/README.md. The same figures always give the same bytes. No sentence of a report is used.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from gxtools.forms import editions
from tests.press_html import print_html
from tests.press_office import print_docx, print_xlsx
from tests.press_sheet import Sheet, figures_sheet
from tests.press_text import print_text
from tests.set_readme import fill_readme

ROOT = Path(__file__).parents[1]
FIGURES = ROOT.parent / "shared" / "figures"
DATA = ROOT / "data"
COLUMNS = (
    "file",
    "agency",
    "division",
    "level",
    "scope",
    "year",
    "source",
    "edition",
    "certainty",
)
# Word and Excel keep a cell apart from its neighbours; the text layouts each in their turn.
PRINTERS = {"html": print_html, "docx": print_docx, "xlsx": print_xlsx}
FORMATS = (*PRINTERS, "txt")
TEXT_STYLES = ("cells", "rows", "markdown", "lines")
SECTIONS = (1, 5, 6)
NOTE = "本文件只把已公布的数字按原表样重新排印，本部分的原文不在此转载。数字来源：{source}"


def load_figures(folder: Path = FIGURES) -> list[dict[str, Any]]:
    """The noted figures of every body, by report; numbers as the characters that were printed."""
    return [
        json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_int=str)
        for path in sorted(folder.glob("*.json"))
    ]


def skipped(body: dict[str, Any]) -> str | None:
    """Why a body is not set, None where it is: its form must be among gxtools/forms."""
    unknown = [edition for edition in body["editions"].values() if edition not in editions()]
    return f"gxtools/forms 尚无 {unknown[0]} 版表样 (no such edition yet)" if unknown else None


def sheet_of(body: dict[str, Any]) -> Sheet:
    """The clean sheet of a body: its figures, and our own sentence in place of its text."""
    return figures_sheet(body, dict.fromkeys(SECTIONS, NOTE.format(source=body["source"])))


def set_files(bodies: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """File name, body and bytes of every report that can be set, formats in turn."""
    formats, styles = cycle(FORMATS), cycle(TEXT_STYLES)
    for body in bodies:
        if skipped(body):
            continue
        sheet = sheet_of(body)
        # The tables of before 2019 are found as an annex in flattened text, and set so.
        format, style = ("txt", "lines") if "annex" in sheet.editions else (next(formats), None)
        if format == "txt":
            data = print_text(sheet, style or next(styles))
        else:
            data = PRINTERS[format](sheet)
        yield f"{body['report']}.{format}", body, data


def level_of(body: dict[str, Any]) -> str:
    """province, city or district for a government, by its division; department for the rest."""
    agency, division = body["agency"], body["division"] or ""
    if agency.endswith("人民政府"):
        return (
            "province" if division[2:] == "0000" else "city" if division[4:] == "00" else "district"
        )
    # The committee of a special zone governs it like a district.
    return "district" if agency.endswith("管委会") else "department"


def edition_of(sheet: Sheet) -> str:
    """`2021`, or `proactive=2021 applications=2019 ...` where a report mixes editions."""
    if len(set(sheet.editions.values())) == 1:
        return next(iter(sheet.editions.values()))
    return " ".join(f"{table}={edition}" for table, edition in sheet.editions.items())


def catalog(files: list[tuple[str, dict[str, Any], bytes]]) -> bytes:
    """catalog.csv, one row a file; UTF-8 with a mark at its head, so that Excel opens it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, body, _ in files:
        writer.writerow(
            (
                name,
                body["agency"],
                body["division"] or "",
                level_of(body),
                body["scope"],
                body["year"],
                body["source"],
                edition_of(sheet_of(body)),
                body.get("certainty", "read"),
            )
        )
    return text.getvalue().encode("utf-8-sig")


def set_all(bodies: list[dict[str, Any]], readme: str) -> dict[str, bytes]:
    """Every file of data/ by its path there; `readme` is the README with its hand-written parts."""
    files = list(set_files(bodies))
    left_out = [(body["report"], why) for body in bodies if (why := skipped(body))]
    sheets = [(name, body, sheet_of(body)) for name, body, _ in files]
    found = {f"reports/{name}": data for name, _, data in files}
    found["catalog.csv"] = catalog(files)
    found["README.md"] = fill_readme(readme, sheets, left_out).encode("utf-8")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=Path, default=FIGURES, help="folder of the noted figures")
    bodies = load_figures(parser.parse_args().figures)
    if not bodies:
        parser.error("no figures there")
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for name, data in set_all(bodies, readme).items():
        (DATA / name).parent.mkdir(parents=True, exist_ok=True)
        (DATA / name).write_bytes(data)
        print(name)


if __name__ == "__main__":
    main()
