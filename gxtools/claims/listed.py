"""Claims as findings: to be listed beside those of check(), and judged by a person."""

from __future__ import annotations

import re

import pandas as pd

from ..checklist import catalogue
from ..finding import AS_PRINTED, BROKEN, HOLDS
from ..finding import UNKNOWN as OPEN
from ..forms import editions, label, load_form
from ..reports import Reports
from ..review import verdicts
from .findings import AGREES, DIFFERS, OTHER_SCOPE, STATED, UNKNOWN

# What stands for the table of a claim.
TEXT = "text"
_VERDICTS = {
    AGREES: HOLDS,
    STATED: HOLDS,
    DIFFERS: BROKEN,
    OTHER_SCOPE: OPEN,
    UNKNOWN: OPEN,
}
_CELLS = re.compile(r"([a-z]+)\[([^,\]]+), ([^\]]+)\]")
_CODE = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")


def listed(found: pd.DataFrame, reports: Reports) -> pd.DataFrame:
    """The claims with the columns of check(), and `sha256` and `printed`, for review.

    `table` is `text`, `row` the cells that the sentence was held against, `column` the number of
    the section; `printed` the sentence and what the tables print for it, so that a verdict opens
    again when either changes. `differs` is `broken`, another scope is `unknown`.
    """
    known = catalogue()
    hashes = reports.index.drop_duplicates("report").set_index("report")["sha256"]
    figures = ["" if pd.isna(value) else f"｜{value:g}" for value in found["printed"]]
    checks = found["check"]
    made = found[["report", "agency", "year", "check"]].assign(
        table=TEXT,
        row=found["what"],
        column=found["section"].astype("string"),
        left=found["said"],
        right=found["printed"],
        gap=found["difference"],
        verdict=found["verdict"].map(_VERDICTS),
        convention=AS_PRINTED,
        basis=checks.map({id: check.words for id, check in known.items()}),
        place=found["place"],
        severity=checks.map({id: check.severity for id, check in known.items()}),
        note=found["note"].replace("", pd.NA),
        sha256=found["report"].map(hashes),
        printed=found["sentence"] + pd.array(figures, dtype="string"),
    )
    numbers = {"left", "right", "gap", "year"}
    return made.astype({name: "string" for name in made if name not in numbers})


def reviewed_claims(
    found: pd.DataFrame, reports: Reports, reviewed: pd.DataFrame | None
) -> pd.DataFrame:
    """A person's verdict on each claim: `review` and `reason`, <NA> where there is none."""
    return verdicts(listed(found, reports), reviewed)


def where_said(row: str, column: str) -> str:
    """The section and, in the words of the form, the cells that a claim was held against."""
    form = load_form(editions()[0])
    names = {str(number): name.printed for number, name in form.sections}
    said = [
        f"{_worded(rows, form.table(id).row_axis)} · {_worded(columns, form.table(id).column_axis)}"
        for id, rows, columns in _CELLS.findall(row)
    ]
    return " · ".join([names.get(column, "正文之前"), *(["；".join(said)] if said else [])])


def _worded(codes: str, axis: str) -> str:
    return _CODE.sub(lambda found: label(found[0], axis=axis), codes)
