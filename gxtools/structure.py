"""Whether a report has all its parts: tables, cells, the edition in force, sections, the fee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from .checklist import catalogued
from .claims.fees import is_fee_stated
from .convention import Settled
from .finding import Finding
from .forms import Form, editions, label, load_form
from .messages import in_chinese
from .panel import Panel
from .sections import FOREWORD
from .titles import file_year

_DOUBTED = ("agency", "year")  # what a note may be about
Told = tuple[tuple[int, str], ...]  # the sections of a report: number and text, in printed order


def unread(settled: list[Settled]) -> Iterator[Finding]:
    """Tables of which not every cell was read."""
    for table in settled:
        cells = (table.position >= 0).sum(axis=1)
        missing = ((table.position >= 0) & np.isnan(table.printed) & ~table.nothing).sum(axis=1)
        for i in np.flatnonzero(missing):
            read = float(cells[i] - missing[i])
            note = f"{missing[i]} 格没有读出，见读取问题（problems）"
            yield Finding(
                int(table.rows[i]), "ST-SHAPE", table.table.id, left=read, right=float(cells[i]),
                note=note,
            )  # fmt: skip


def editions_in_force(panel: Panel) -> Iterator[Finding]:
    """Tables that are absent, and tables of an edition older than the year asks for."""
    for at, (told, year) in enumerate(zip(panel.editions, panel.years, strict=True)):
        asked = edition_of(year) if year else None
        if asked and told:
            for id, check, note in _against(asked.edition, tuple(told.items())):
                yield Finding(at, check, id, note=note)


@cache
def edition_of(year: int) -> Form | None:
    """The form in force for the report of a year; None where gxtools knows none."""
    for edition in editions():
        form = load_form(edition)
        if form.first_year <= year <= (form.last_year or year):
            return form
    return None


@cache
def _against(edition: str, told: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Table, check and note of what a report lacks beside the form in force."""
    asked, found = load_form(edition), []
    editions_told = dict(told)
    for table in asked.tables:
        name = label(table.id, axis="section", printed=True)
        used = editions_told.get(table.id)
        if used is None:
            found.append((table.id, "ST-SHAPE", f"没有“{name}”的表"))
            continue
        form = load_form(used)
        if form.first_year < asked.first_year and form.table(table.id).cells() != table.cells():
            note = f"“{name}”用 {used} 年版表样，当年应为 {edition} 年版"
            found.append((table.id, "ST-EDITION", note))
    return tuple(found)


def identities(panel: Panel) -> Iterator[Finding]:
    """Doubts about the body and the year that reading noted, or that the file's name raises."""
    index, problems = panel.reports.index, panel.reports.problems
    row = {report: at for at, report in enumerate(panel.ids)}
    doubts = problems.loc[problems["where"].isin(_DOUBTED)]
    for report, where, what in zip(*(doubts[n] for n in ("report", "where", "what")), strict=True):
        if report in row:
            yield Finding(
                row[report], "ST-IDENT", note=f"{in_chinese(where)}存疑：{in_chinese(what) or what}"
            )
    for at, (file, year) in enumerate(zip(index["file"], panel.years, strict=True)):
        named = file_year(str(file))
        # A report is published in the year after: a file may well be named after that.
        if named and year and named not in (year, year + 1):
            yield Finding(at, "ST-IDENT", note=f"文件名写 {named}，报告年度为 {year}")


def sections(panel: Panel) -> Iterator[Finding]:
    """Sections that are missing, out of order or without content, and the fee not stated."""
    parts = panel.reports.sections
    row = {report: at for at, report in enumerate(panel.ids)}
    told: dict[int, list[tuple[int, str]]] = {at: [] for at in row.values()}
    for report, number, text in zip(
        parts["report"], parts["section"], parts["text"].fillna(""), strict=True
    ):
        told[row[report]].append((int(number), text))
    years = panel.years
    for at, found in told.items():
        form = _newest(tuple(panel.editions[at].values()))
        if form:
            yield from _sections(at, form, tuple(found), years[at] or 0)


@cache
def _newest(told: tuple[str, ...]) -> Form | None:
    """The newest of the forms that a report's tables are of."""
    return max(map(load_form, told), key=lambda form: form.first_year, default=None)


def _sections(at: int, form: Form, told: Told, year: int) -> Iterator[Finding]:
    check = catalogued("TX-SECTIONS")
    if not set(check.more["sections"]) <= {name.code for _, name in form.sections}:
        return  # an annex of before 2019 prescribes no sections
    printed = [number for number, _ in told if number != FOREWORD]
    missing = [name.printed for number, name in form.sections if number not in printed]
    if missing:
        yield Finding(at, check.id, note=f"缺“{'”“'.join(missing)}”")
    if printed != sorted(printed):
        yield Finding(at, check.id, note=f"各部分次序为 {'、'.join(map(str, printed))}")
    for number, name in form.sections:
        if name.code in check.more["sections"]:
            for text in (text for other, text in told if other == number):
                if re.fullmatch(check.more["empty"], text.strip()):
                    words = f"只写“{text.strip()}”" if text.strip() else "没有内容"
                    yield Finding(at, check.id, note=f"“{name.printed}”{words}")
    yield from _fee(at, form, told, year)


def _fee(at: int, form: Form, told: Told, year: int) -> Iterator[Finding]:
    check = catalogued("TX-FEE")
    if year < check.more["first_year"]:
        return
    for number, name in form.sections:
        own = [text for other, text in told if other == number]
        if name.code == check.more["section"] and own:
            others = (text for other, text in told if other not in (number, FOREWORD))
            if not is_fee_stated("\n".join(own), others, year):
                yield Finding(at, check.id, note=f"“{name.printed}”没有写明收取信息处理费情况")
