"""Where a figure comes from, in words: its report, its form, its place in the table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..forms import label, load_form
from ..names import axes
from ..traces import file_name, place_in_words
from .words import named, say


def origin(source: object, file: object) -> str:
    """Where a report comes from: the source that is known, else the name of its file."""
    if not pd.isna(source) and str(source).strip():  # type: ignore[call-overload]
        return str(source)
    return file_name(file) or "—"


def edition_text(told: object, lang: str) -> str:
    """One edition, or which section is of which where a report mixes them."""
    if pd.isna(told) or not str(told).strip():  # type: ignore[call-overload]
        return "—"
    by_table = dict(part.split("=", 1) for part in str(told).split() if "=" in part)
    names = {edition: _edition_name(edition) for edition in by_table.values()}
    if len(names) == 1:
        return next(iter(names.values()))
    parts = {
        edition: sorted(
            load_form(edition).table(table).section
            for table, own in by_table.items()
            if own == edition
        )
        for edition in names
    }
    comma, stop = ("、", "；") if lang == "zh" else (", ", "; ")
    return stop.join(
        say("edition_of", lang, edition=name, sections=comma.join(map(str, parts[edition])))
        for edition, name in names.items()
    )


def _edition_name(edition: str) -> str:
    """A national edition by its year, a local one by its name."""
    return edition if edition.isdigit() else load_form(edition).name


def table_name(table: object, lang: str) -> str:
    """The section of the form in which a table stands, or the table's own code."""
    return named(table, lang, "section")


def code_name(table: object, side: str, code: object, lang: str) -> str:
    """The label of a `row` or `column` code of a table; empty for <NA>."""
    row, column = axes().get(str(table), ("", ""))
    return named(code, lang, row if side == "row" else column)


def place_text(finding: pd.Series[Any], lang: str) -> str:
    """Table, row and column of a finding in the words of the form, and its place in the file."""
    table = finding["table"]
    try:
        section = label(str(table), lang, axis="section", printed=lang == "zh")
    except ValueError:
        section = str(table)
    sides = [code_name(table, side, finding[side], lang) for side in ("row", "column")]
    place = "" if pd.isna(finding["place"]) else place_in_words(str(finding["place"]), lang)
    comma = "，" if lang == "zh" else ", "
    return comma.join(part for part in (section, *sides, place) if part)
