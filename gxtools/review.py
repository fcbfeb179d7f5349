"""A person's verdict on a finding, kept from run to run until what is printed changes."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from .arguments import path_of
from .errors import FileError, GxError, InputError
from .panel import NOTHING
from .readers.encoding import decode
from .reports import Reports

REVIEW = [
    "agency",
    "year",
    "report",
    "sha256",
    "check",
    "table",
    "row",
    "column",
    "printed",
    "review",
    "reason",
]
# What a reviewer may say: the finding is right, or it is set aside.
CONFIRMED, DISMISSED = "确认", "排除"
# A verdict is about this; a file fetched again may differ in bytes and not in what it prints.
_CELL = ["check", "table", "row", "column", "printed"]
_KEYS = (["sha256", *_CELL], ["agency", "year", *_CELL])
_SIGNS = {"blank": "空白", "missing": "未读出"}
_GUARDED = ("'=", "'+", "'-", "'@")  # text that a CSV of ours guards against being a formula
SHEET = "发现"


def printed(
    reports: Reports, cells: Iterable[tuple[int, ...]], notes: Iterable[object]
) -> list[str]:
    """The printed text that each finding rests on, the total last; without cells what was seen."""
    raw, kind = reports.cells["raw"], reports.cells["kind"]
    found = []
    for places, note in zip(cells, notes, strict=True):
        told = [_told(raw.iat[at], str(kind.iat[at])) for at in places if at >= 0]
        told = told if told else [str(note)] if isinstance(note, str) else []
        found.append("｜".join(told))
    return found


def _told(raw: object, kind: str) -> str:
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    text = "".join(filter(str.isprintable, text))  # what a workbook cannot hold would not match
    return text or _SIGNS.get(kind, "空白" if kind in NOTHING else "未读出")


def review(path: str | os.PathLike[str]) -> pd.DataFrame:
    """The verdicts that a person wrote into a workbook of `write_findings`, or into its CSV.

    Grain: a row a finding that has a verdict. Columns: agency year report sha256 check table row
    column printed review reason; `review` is 确认 or 排除. Raises FileError where there is no such
    file, InputError for a file of another kind and for another word than these two.
    """
    file = Path(path_of(path))
    made = pd.DataFrame(_told_by(file), columns=REVIEW, dtype="string").replace("", pd.NA)
    return _valid(made, file).astype({"year": "Int64"})


def count_verdicts(file: Path) -> int:
    """How many findings a person has judged in a file, in whatever words; 0 in any other file."""
    try:
        return len(_told_by(file))
    except GxError:
        return 0


def _told_by(file: Path) -> list[list[str]]:
    """The rows with a verdict, of the columns REVIEW."""
    if not file.is_file():
        raise FileError("there is no file of verdicts", where=str(file), advice="Check the path.")
    rows = _workbook(file) if file.suffix.lower() == ".xlsx" else _csv(file)
    missing = [name for name in REVIEW if rows and name not in rows[0]]
    if missing or not rows:
        raise InputError(
            f"no findings to read: {', '.join(missing) or 'no row'}",
            where=str(file),
            advice="Give a file that write_findings has written.",
        )
    return [[row[name].strip() for name in REVIEW] for row in rows if row["review"].strip()]


def _valid(made: pd.DataFrame, file: Path) -> pd.DataFrame:
    wrong = made.loc[~made["review"].isin([CONFIRMED, DISMISSED])]
    if len(wrong):
        row = wrong.iloc[0]
        raise InputError(
            f"{row['review']!r} is no verdict",
            where=f"{file}, {row['report']}, {row['check']}",
            advice=f"Write {CONFIRMED} or {DISMISSED}.",
        )
    return made


def _workbook(file: Path) -> list[dict[str, str]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True)
    except Exception as error:  # openpyxl raises many kinds for a damaged archive
        raise InputError("this is no workbook", where=str(file), advice=str(error)) from None
    if SHEET not in book.sheetnames:
        return []
    lines = book[SHEET].iter_rows(values_only=True)
    codes = [str(name or "") for name in next(lines, ())]
    next(lines, None)  # the headings in words
    return [_texts(codes, line) for line in lines]


def _texts(codes: list[str], line: tuple[object, ...]) -> dict[str, str]:
    words = ("" if value is None else str(value) for value in line)
    return dict.fromkeys(codes, "") | dict(zip(codes, words, strict=False))


def _csv(file: Path) -> list[dict[str, str]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        what = f"the file cannot be opened: {error.strerror or error}"
        raise FileError(what, where=str(file), advice="Close it in other programs.") from error
    rows = csv.DictReader(decode(data).splitlines())
    return [{name: _unguarded(text or "") for name, text in row.items() if name} for row in rows]


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith(_GUARDED) else text


def verdicts(findings: pd.DataFrame, reviewed: pd.DataFrame | None) -> pd.DataFrame:
    """`review` and `reason` of each finding, <NA> where there is none, or none any more.

    `findings` has the columns of REVIEW but the last two. A verdict holds for the same file, check,
    cell and printed text; for another file of the same body and year too, as long as what it
    prints is the same. Where two verdicts speak of one finding the later row counts.
    """
    known: dict[tuple[str, ...], list[object]] = {}
    if reviewed is not None:
        missing = [name for name in REVIEW if name not in reviewed]
        if missing:
            raise InputError(
                f"the verdicts lack {', '.join(missing)}", advice="Give the frame of gx.review()."
            )
        for keys in _KEYS:
            known |= dict(zip(_keys(reviewed, keys), _said(reviewed), strict=True))
    same, like = (_keys(findings, keys) for keys in _KEYS)
    none: list[object] = [pd.NA, pd.NA]
    told = [known.get(a) or known.get(b) or none for a, b in zip(same, like, strict=True)]
    return pd.DataFrame(told, index=findings.index, columns=REVIEW[-2:], dtype="string")


def _keys(frame: pd.DataFrame, names: list[str]) -> list[tuple[str, ...]]:
    return list(frame[names].astype("string").fillna("").itertuples(index=False, name=None))


def _said(reviewed: pd.DataFrame) -> list[list[object]]:
    return reviewed[REVIEW[-2:]].to_numpy(object).tolist()
