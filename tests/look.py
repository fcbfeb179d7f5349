"""Every kind of briefing as pictures to look at: `python -m tests.look OUT [--only docx-60]`.

Writes briefings about 1, 5, 16 and 60 synthetic bodies in both languages, turns each into pages
(LibreOffice, pdftoppm, Chromium) and lays six pages on a sheet. What is wrong on them only a
person can see; the tests hold the rest.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

import gxtools as gx
from gxtools.forms import load_form
from gxtools.reports import Reports
from tests.filled import filled

SIZES = {1: range(2020, 2025), 5: range(2021, 2025), 16: range(2023, 2025), 60: range(2022, 2025)}
KINDS = ("pptx", "docx", "xlsx", "html", "pdf")  # the last: the pages on each body
ACROSS, DOWN = 3, 2
_NAMES = (
    "合成省合成市人民政府", "合成市东湖区人民政府", "合成市西山区人民政府", "合成市高新技术产业开发区管理委员会",
    "合成县人民政府", "合成县发展和改革局", "合成市人力资源和社会保障局", "合成自治州合成彝族回族苗族自治县人民政府",
    "合成市规划和自然资源局", "合成市市场监督管理局",
)  # fmt: skip
_DIGITS = "甲乙丙丁戊己庚辛壬癸"
_ENDS = {"granted": 40, "partial": 12, "denied.third_party": 4, "denied.internal": 3,
         "denied.enforcement_file": 3, "unavailable.not_held": 22, "unavailable.needs_creation": 5,
         "declined.petition": 3, "declined.repeat": 2, "other.no_correction": 3, "other.misc": 3}  # fmt: skip
_WHO = {"natural_person": 90, "business": 7, "legal_service": 2, "other": 1}
_TABLES = ("proactive", "applications", "disputes")


def bodies(n: int, years: range, seed: int = 7) -> Reports:
    """Synthetic reports of `n` bodies; of many, some are small, unread, contradictory or absent."""
    draw = random.Random(seed)
    return gx.concat([one for i in range(n) for one in _body(i, n, years, draw)])


def _body(i: int, n: int, years: range, draw: random.Random) -> Iterator[Reports]:
    name = _NAMES[i] if i < len(_NAMES) else f"合成市{_DIGITS[i // 10]}{_DIGITS[i % 10]}区人民政府"
    level = "district" if name.endswith("人民政府") or "管理委员会" in name else "department"
    size = draw.lognormvariate(5.2, 1.2) if i % 12 != 11 else 12
    carried = round(size / 20)
    for year in years:
        if n > 5 and i % 9 == 8 and year == years[-2]:
            continue  # a year without a report
        received = max(1, round(size * draw.uniform(0.7, 1.4)))
        figures, carried_out = _figures(draw, received, carried, misprint=n > 1 and i % 10 == 3)
        if n > 5 and i % 10 == 7:  # a cell that was not read
            figures["applications", "granted", "total"] = "?"
        yield filled(
            f"r{i:02d}-{year}", figures, agency=name, year=year, level=level,
            scope="aggregate" if level == "district" else "own", province="合成省", city="合成市",
            district=name, division=None, file=f"/home/someone/reports/合成_{i:02d}_{year}.html",
            source=f"https://www.example.gov.cn/zwgk/zfxxgk/zfxxgknb/{year + 1}01/t{year + 1}0131_{80000 + i}.htm"
            if i % 3 else None,
        )  # fmt: skip
        carried = carried_out


def _figures(draw: random.Random, received: int, carried: int, misprint: bool) -> tuple[dict, int]:
    carried_out = round((received + carried) * draw.uniform(0.01, 0.08))
    counts: dict[tuple[str, str, str], object] = {}
    table = load_form("2021").table("applications")
    ends = {code: weight * draw.uniform(0.3, 1.7) for code, weight in _ENDS.items()}
    flows = {"carried_in": carried, "carried_out": carried_out}
    for column, share in _split(received, _WHO, draw).items():
        out = round(carried_out * share / max(received, 1))
        came = round(flows["carried_in"] * share / max(received, 1))
        parts = _split(share + came - out, ends, draw)
        rows = {**parts, "received": share, "carried_in": came, "carried_out": out,
                "concluded": share + came - out}  # fmt: skip
        counts |= {("applications", row, column): value for row, value in rows.items()}
    for row in table.rows:
        cells = [counts.get(("applications", row.code, column), 0) for column in _WHO]
        counts["applications", row.code, "total"] = sum(cells)  # type: ignore[arg-type]
    if misprint:
        counts["applications", "concluded", "total"] += 10  # type: ignore[operator]
    for route, part in (
        ("review", 0.05),
        ("litigation_direct", 0.01),
        ("litigation_after_review", 0.008),
    ):
        results = _split(round(received * part * draw.uniform(0, 2)),
                         {"upheld": 50, "corrected": 12, "other": 25, "pending": 13}, draw)  # fmt: skip
        counts |= {("disputes", route, code): value for code, value in results.items()}
        counts["disputes", route, "total"] = sum(results.values())
    counts |= {("proactive", "normative_document", "in_force"): 40 + misprint * draw.randint(0, 2),
               ("proactive", "licensing", "decisions"): draw.randint(100, 90000)}  # fmt: skip
    carried_out = counts["applications", "carried_out", "total"]  # type: ignore[assignment]
    return counts, carried_out


def _split(whole: int, weights: dict[str, float], draw: random.Random) -> dict[str, int]:
    drawn = draw.choices(list(weights), list(weights.values()), k=max(whole, 0))
    return {code: drawn.count(code) for code in weights}


def pages(path: Path, dpi: int) -> list[Path]:
    """The pages of a document as pictures."""
    if path.suffix == ".html":
        printed = path.with_suffix(".html.pdf")
        _run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={printed}", path.as_uri())  # fmt: skip
    elif path.suffix == ".pdf":
        printed = path
    else:
        folder = path.parent / f"{path.name}.d"
        _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path))
        printed = folder / f"{path.stem}.pdf"
    stem = path.parent / f"{path.name}-p"
    _run("pdftoppm", "-r", str(dpi), "-png", str(printed), str(stem))
    return sorted(path.parent.glob(f"{stem.name}-*.png"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def sheets(pictures: list[Path], out: Path) -> list[Path]:
    """Six pages on a sheet."""
    made = []
    for at in range(0, len(pictures), ACROSS * DOWN):
        part = [Image.open(path).convert("RGB") for path in pictures[at : at + ACROSS * DOWN]]
        wide, high = max(p.width for p in part) + 6, max(p.height for p in part) + 6
        sheet = Image.new("RGB", (wide * ACROSS, high * -(-len(part) // ACROSS)), "#777777")
        for i, picture in enumerate(part):
            sheet.paste(picture, (i % ACROSS * wide + 3, i // ACROSS * high + 3))
        made.append(out.parent / f"{out.name}-sheet{at // (ACROSS * DOWN) + 1:02d}.png")
        sheet.save(made[-1])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="a part of a name such as docx-60-en-focus")
    parser.add_argument("--dpi", type=int, default=60)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for n, years in SIZES.items():
        reports = bodies(n, years)
        for kind in KINDS:
            for lang in ("zh", "en"):
                for focus in (None, _NAMES[1]) if n > 1 else (None,):
                    name = f"{kind}-{n}-{lang}{'-focus' if focus else ''}"
                    if chosen.only in name:
                        path = chosen.out / f"{name}.{kind}"
                        if kind == "pdf":
                            gx.write_portraits(reports, path, focus=focus, lang=lang)
                        else:
                            gx.write_briefing(reports, path, focus=focus, lang=lang)
                        for sheet in sheets(pages(path, chosen.dpi), path):
                            print(sheet, file=sys.stderr)


if __name__ == "__main__":
    main()
