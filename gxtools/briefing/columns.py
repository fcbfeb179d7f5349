"""The sheets of the workbook as columns: heading, code, content and number format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ..forms import label
from .frames import Measures
from .words import check_name, edition_text, in_words, named, origin, say, scope_name

TEXT, COUNT, SHARE, YEAR = "@", "#,##0", "0.0%", "0"


class Column(NamedTuple):
    """One column: `code` is its name in the frames of gxtools, `read` gives its cell of a row."""

    code: str
    heading: str
    format: str
    read: Callable[[Any], object]


class Table(NamedTuple):
    """One sheet: its name, its columns, the rows of a frame."""

    name: str
    columns: Sequence[Column]
    frame: pd.DataFrame


def tables(measures: Measures, lang: str) -> list[Table]:
    """The sheets with a row a report, or a row a report and code; the order of the briefing."""
    return [
        Table(say("sheet_volumes", lang), _volumes(lang), measures.volumes),
        Table(say("sheet_outcomes", lang), _outcomes(lang), _outcome_rows(measures)),
        Table(say("sheet_applicants", lang), _applicants(lang), measures.applicants),
        Table(say("sheet_disputes", lang), _disputes(measures.disputes, lang), measures.disputes),
        Table(say("sheet_proactive", lang), _proactive(lang), measures.proactive),
        Table(say("sheet_checks", lang), _checks(lang), measures.checks),
        Table(say("sheet_figures", lang), _figures(lang), _cells(measures)),
        Table(say("sheet_problems", lang), _problems(lang), measures.problems),
    ]


def sources(measures: Measures, lang: str) -> Table:
    """A row a report: whose, of what, from where, how much of it was read."""
    columns = [
        _text("agency", "body", lang),
        Column("scope", say("scope", lang), TEXT, lambda row: scope_name(row.scope, lang)),
        Column("year", say("year", lang), YEAR, lambda row: row.year),
        Column("editions", say("edition", lang), TEXT, lambda r: edition_text(r.editions, lang)),
        Column("source", say("origin", lang), TEXT, origin),
        Column("file", say("file", lang), TEXT, lambda row: file_name(row.file)),
        Column("found", say("found", lang), COUNT, lambda row: row.found),
        Column("expected", say("expected", lang), COUNT, lambda row: row.expected),
        Column("sha256", "SHA-256", TEXT, lambda row: row.sha256),
    ]
    return Table(say("sheet_about", lang), columns, measures.index)
