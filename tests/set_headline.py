"""Sets the published headline figures as a compiled sheet: `python -m tests.set_headline`.

Reads ../shared/panel.csv and writes data/headline.csv. No sentence of a report is used: the notes
are our own words for what the panel's notes warn of.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PANEL = ROOT.parent / "shared" / "panel.csv"
HEADLINE = ROOT / "data" / "headline.csv"

# The panel's figures by the codes of the forms, in the order of the form.
FIGURES = {
    "received": "received",
    "carried_in": "carried_in",
    "concluded": "concluded",
    "granted": "granted",
    "partial": "partial",
    "denied": "denied",
    "unavailable": "unavailable",
    "declined": "declined",
    "other": "other",
    "carried_out": "carried_out",
    "review.total": "review_total",
    "review.upheld": "review_upheld",
    "review.corrected": "review_corrected",
    "litigation.total": "litigation_total",
    "litigation.upheld": "litigation_upheld",
    "litigation.corrected": "litigation_corrected",
    "regulation.issued": "regulation_issued",
    "normative_document.issued": "normative_document_issued",
    "normative_document.in_force": "normative_document_in_force",
    "licensing.decisions": "licensing_decisions",
    "penalty.decisions": "penalty_decisions",
    "coercion.decisions": "coercion_decisions",
    "fees.amount_wan": "fees_wan",
}
IDENTITY = ("region", "agency", "level", "scope", "year", "source", "received_basis")
COLUMNS = (*IDENTITY, *FIGURES, "identity_check", "notes")
# What the panel's notes warn of, in our own words.
WARNINGS = {
    r"joint|not split": "予以公开与部分公开合并公布，未分列",
    r"CONFLICT": "公布的数字相互不合",
    r"\(two 不予公开 sub-rows\)": "不予公开只公布了部分小项，合计未填",
    r"part-year period": "统计期不足一年",
    r"scope not comparable|title says .* figures are": "口径与同一机关其他年度或标题不同，核对后再比较",
    r"two scopes": "同句给出两种口径，取全区数",
    r"same total as the office's own": "与区政府办公室报告的数字相同，口径待核",
    r"YEAR CONFLICT": "正文与标题的年度不一",
    r"seems to include carried": "新收数可能已含上年结转",
    r"behaves as new": "原文称含上年结转，按新收方能平衡",
    r"includes 1 carried over": "复议数含上年结转",
    r"nm=\d|published, moved to notes|主动公开规范性文件": "规范性文件为公开件数，是否等于制发件数待核",
    r"split by origin": "予以公开按新收、结转分别公布，未填",
    r"not recorded as granted": "公开件数的含义不明，未填",
    r"taken as in force": "保留件数按现行有效填",
}
_SCOPE = re.compile(r"\((全[省市区县]|本级)\)$")


def rows(panel: str) -> Iterator[list[str]]:
    """The rows of the sheet from the text of panel.csv."""
    for entry in csv.DictReader(io.StringIO(panel.removeprefix("\ufeff"))):
        said = _SCOPE.search(entry["agency"])
        scope = "" if not said else "own" if said[1] == "本级" else "aggregate"
        told = {
            "region": entry["region"],
            "agency": _full_width(_SCOPE.sub("", entry["agency"])),
            "level": entry["level"],
            "scope": scope or "unknown",
            "year": entry["year"],
            "source": entry["url"],
            "received_basis": entry["received_basis"],
            "identity_check": entry["identity_check"],
            "notes": "；".join(notes(entry["notes"])),
            **{code: entry[name] for code, name in FIGURES.items()},
        }
        yield [told[name] for name in COLUMNS]


def notes(text: str) -> list[str]:
    """Our own words for the warnings in a note."""
    return [ours for pattern, ours in WARNINGS.items() if re.search(pattern, text)]


def _full_width(name: str) -> str:
    return name.replace("(", "（").replace(")", "）")


def sheet(panel: str) -> bytes:
    """data/headline.csv: UTF-8 with a mark at its head, so that Excel opens it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *rows(panel)])
    return text.getvalue().encode("utf-8-sig")


def main() -> None:
    HEADLINE.write_bytes(sheet(PANEL.read_text(encoding="utf-8")))
    print(HEADLINE.name)


if __name__ == "__main__":
    main()
