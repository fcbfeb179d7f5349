"""The sheets of the workbook as columns: heading, code, number format, values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from ..charts.words import formula_text
from ..forms import label
from ..problems import in_words
from ..traces import basis_in_words, file_name, place_in_words
from .frames import Measures
from .provenance import code_name, edition_text, origin, table_name
from .words import check_name, named, say, scope_name, value_name

TEXT, COUNT, SHARE, YEAR = "@", "#,##0", "0.0%", "0"
_RATE = (("numerator", COUNT), ("denominator", COUNT), ("share", SHARE), ("low", SHARE),
         ("high", SHARE))  # fmt: skip


class Column(NamedTuple):
    """One column; `code` is its name in the frames of gxtools."""

    code: str
    heading: str
    format: str
    values: Sequence[Any]


class Table(NamedTuple):
    """One sheet."""

    name: str
    columns: list[Column]


def tables(measures: Measures, lang: str) -> list[Table]:
    """The sheets behind 说明, in the order of the briefing."""
    outcome = ("outcome", "outcome")
    return [
        Table(say("sheet_volumes", lang), _volumes(measures.volumes, lang)),
        Table(say("sheet_outcomes", lang), _shares(measures.outcomes, *outcome, lang)),
        Table(say("sheet_details", lang), _shares(measures.details, *outcome, lang)),
        Table(
            say("sheet_applicants", lang),
            _shares(measures.applicants, "applicant", "applicant", lang),
        ),
        Table(say("sheet_disputes", lang), _disputes(measures.disputes, lang)),
        Table(say("sheet_proactive", lang), _proactive(measures.proactive, lang)),
        Table(say("sheet_checks", lang), _checks(measures.checks, lang)),
        Table(say("sheet_figures", lang), figures(measures, lang)),
        Table(say("sheet_problems", lang), _problems(measures.problems, lang)),
    ]


def sources(measures: Measures, lang: str) -> list[Column]:
    """A row a report: whose, of what, from where, and how much of the form was found."""
    frame = measures.index
    told = [edition_text(editions, lang) for editions in frame["editions"]]
    origins = [origin(s, f) for s, f in zip(frame["source"], frame["file"], strict=True)]
    return [
        *who(frame, lang),
        Column("editions", say("edition", lang), TEXT, told),
        Column("source", say("origin", lang), TEXT, origins),
        Column("file", say("file", lang), TEXT, [file_name(file) for file in frame["file"]]),
        *(
            Column(name, say(name, lang), COUNT, frame[name].tolist())
            for name in ("found", "expected")
        ),
        Column("sha256", "SHA-256", TEXT, frame["sha256"].tolist()),
    ]


def who(frame: pd.DataFrame, lang: str) -> list[Column]:
    return [
        Column("agency", say("body", lang), TEXT, frame["body"].tolist()),
        Column("scope", say("scope", lang), TEXT, [scope_name(s, lang) for s in frame["scope"]]),
        Column("year", say("year", lang), YEAR, frame["year"].tolist()),
    ]


def _report(frame: pd.DataFrame, lang: str) -> Column:
    return Column("report", say("report_id", lang), TEXT, frame["report"].tolist())


def _formula(frame: pd.DataFrame, axis: str, lang: str) -> Column:
    words = {text: formula_text([text], lang, axis) for text in frame["formula"].dropna().unique()}
    return Column("formula", say("formula", lang), TEXT, frame["formula"].map(words).tolist())


def _basis(frame: pd.DataFrame, lang: str) -> Column:
    """Whether the figures of a row are all printed as they stand."""
    told = [value_name(basis, lang) for basis in frame["basis"]]
    return Column("basis", say("figure_basis", lang), TEXT, told)


def _coded(frame: pd.DataFrame, name: str, axis: str, lang: str) -> list[Column]:
    """A code as two columns: its label and itself."""
    labels = [named(code, lang, axis) for code in frame[name]]
    heading = say(name, lang)
    code = say("code_of", lang, name=heading)
    return [Column(f"{name}_label", heading, TEXT, labels),
            Column(name, code, TEXT, frame[name].tolist())]  # fmt: skip


def _volumes(frame: pd.DataFrame, lang: str) -> list[Column]:
    codes = ("received", "carried_in", "handled", "concluded", "carried_out")
    names = [say(c, lang) if c == "handled" else label(c, lang, axis="outcome") for c in codes]
    counts = [Column(c, n, COUNT, frame[c].tolist()) for c, n in zip(codes, names, strict=True)]
    rest = [_formula(frame, "outcome", lang), _basis(frame, lang), _report(frame, lang)]
    return [*who(frame, lang), *counts, *rest]


def _shares(frame: pd.DataFrame, name: str, axis: str, lang: str) -> list[Column]:
    return [
        *who(frame, lang),
        *_coded(frame, name, axis, lang),
        *(Column(code, say(code, lang), form, frame[code].tolist()) for code, form in _RATE),
        _formula(frame, axis, lang),
        _basis(frame, lang),
        _report(frame, lang),
    ]


def _disputes(frame: pd.DataFrame, lang: str) -> list[Column]:
    results = ("upheld", "corrected", "other", "pending")
    names = {code: label(code, lang, axis="result") for code in results}
    counts = [Column(code, name, COUNT, frame[code].tolist()) for code, name in names.items()]
    rates = (("rate", "rate"), ("low", "low"), ("high", "high"))
    return [
        *who(frame, lang),
        *_coded(frame, "route", "route", lang),
        *counts,
        Column("total", say("total_printed", lang), COUNT, frame["total"].tolist()),
        Column("concluded", say("concluded_cases", lang), COUNT, frame["concluded"].tolist()),
        *(Column(code, say(word, lang), SHARE, frame[code].tolist()) for code, word in rates),
        _formula(frame, "result", lang),
        _basis(frame, lang),
        _report(frame, lang),
    ]


def _proactive(frame: pd.DataFrame, lang: str) -> list[Column]:
    return [
        *who(frame, lang),
        *_coded(frame, "item", "item", lang),
        *_coded(frame, "measure", "measure", lang),
        Column("value", say("value", lang), COUNT, frame["value"].tolist()),
        Column("unit", say("unit", lang), TEXT, frame["unit"].tolist()),
        _report(frame, lang),
    ]


def sides(frame: pd.DataFrame, lang: str) -> list[Column]:
    """Table, row and column of a cell or a finding: labels and codes."""
    tables = frame["table"].tolist()
    made = [
        Column("table_label", say("table", lang), TEXT, [table_name(t, lang) for t in tables]),
        Column("table", say("code_of", lang, name=say("table", lang)), TEXT, tables),
    ]
    for side in ("row", "column"):
        codes, heading = frame[side].tolist(), say(side, lang)
        labels = [code_name(t, side, c, lang) for t, c in zip(tables, codes, strict=True)]
        made.append(Column(f"{side}_label", heading, TEXT, labels))
        made.append(Column(side, say("code_of", lang, name=heading), TEXT, codes))
    return made


_VERDICTS = ("verdict", "severity", "convention")


def _checks(frame: pd.DataFrame, lang: str) -> list[Column]:
    what = [
        check_name(str(c), str(b), lang)
        for c, b in zip(frame["check"], frame["basis"], strict=True)
    ]
    numbers = [
        Column(name, say(name, lang), COUNT, frame[name].tolist())
        for name in ("left", "right", "gap")
    ]
    verdicts = [
        Column(name, say(heading, lang), TEXT, [value_name(value, lang) for value in frame[name]])
        for name, heading in zip(_VERDICTS, ("verdict", "must", "convention"), strict=True)
    ]
    rest = [
        Column("note", say("note", lang), TEXT, frame["note"].tolist()),
        Column("basis", say("basis", lang), TEXT, _bases(frame, lang)),
        Column("place", say("place", lang), TEXT, _places(frame, lang)),
    ]
    return [
        *who(frame, lang),
        Column("check", say("check", lang), TEXT, frame["check"].tolist()),
        Column("check_label", say("check_what", lang), TEXT, what),
        *sides(frame, lang),
        *numbers,
        *verdicts,
        *rest,
        _report(frame, lang),
    ]


def figures(measures: Measures, lang: str) -> list[Column]:
    """A row a form cell, as printed."""
    years = measures.index[["report", "year"]]
    frame = measures.cells.merge(years, on="report", how="left", validate="many_to_one")
    texts = {
        "unit": frame["unit"].tolist(),
        "kind": _named(frame, "kind", "kind", lang),
        "raw": frame["raw"].tolist(),
        "place": _places(frame, lang),
        "match": _named(frame, "match", "match", lang),
    }
    return [
        *who(frame, lang),
        *sides(frame, lang),
        Column("value", say("value", lang), COUNT, frame["value"].tolist()),
        Column("counted", say("counted", lang), COUNT, frame["counted"].tolist()),
        *(Column(name, say(name, lang), TEXT, values) for name, values in texts.items()),
        _report(frame, lang),
    ]


def _bases(frame: pd.DataFrame, lang: str) -> list[Any]:
    told = frame["basis"].map(lambda basis: basis_in_words(basis, lang), na_action="ignore")
    return list(told)


def _places(frame: pd.DataFrame, lang: str) -> list[Any]:
    """Where each row stands in its file, in words."""
    told = frame["place"].map(lambda place: place_in_words(place, lang), na_action="ignore")
    return list(told)


def _named(frame: pd.DataFrame, column: str, axis: str, lang: str) -> list[Any]:
    """The words for the fixed values of a column."""
    known = frame[column].dropna().unique()
    words = {value: value_name(f"{axis}_{value}", lang).removeprefix(f"{axis}_") for value in known}
    return list(frame[column].map(words))


def figures_frame(measures: Measures, lang: str) -> pd.DataFrame:
    """The sheet of figures as a frame, under its headings; whole numbers without a point."""
    made = {column.heading: _series(column) for column in figures(measures, lang)}
    return pd.DataFrame(made)


def _series(column: Column) -> pd.Series[Any]:
    if column.format == TEXT:
        return pd.Series(column.values, dtype="string")
    numbers = pd.Series(column.values, dtype="Float64")
    whole = bool((numbers.dropna() % 1 == 0).all())
    return numbers.astype("Int64") if whole else numbers


def _problems(frame: pd.DataFrame, lang: str) -> list[Column]:
    told = in_words(frame, lang)
    return [
        Column("file", say("file", lang), TEXT, [file_name(file) for file in frame["file"]]),
        Column("severity", say("severity", lang), TEXT, told["severity"].tolist()),
        Column("what", say("problem", lang), TEXT, told["what"].tolist()),
        Column("where", say("problem_where", lang), TEXT, told["where"].tolist()),
        Column("advice", say("advice", lang), TEXT, told["advice"].tolist()),
        _report(frame, lang),
    ]
