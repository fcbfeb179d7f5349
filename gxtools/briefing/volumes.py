"""The slide of the applications received: columns, lines or bars by the number of bodies."""

from __future__ import annotations

import pandas as pd

from ..charts import style
from ..forms import label
from . import layout, native
from .choice import Rows, drawn
from .deck import Deck, Page, new_page, put_lead
from .frames import Measures
from .framing import ROOM, described, emptiness, put_notes, say_empty, value_of
from .native import Data, put_chart
from .tables import Sheet, put_below, room_below
from .words import count, say

_LEAST = 140.0  # points of a chart that can be read
_LINES = 6  # bodies that can be told apart as lines
_COLOURS = ("#0072B2", "#9CCBE8", "#D2D2D2")
_DRAWN = ("received", "concluded", "carried_out")
_TABLE = ("received", "carried_in", "handled", "concluded", "carried_out")


def volume_slide(deck: Deck, measures: Measures, lead: str) -> None:
    """Applications received: columns for one body, lines for a few, bars for more."""
    frame, lang = measures.about(measures.volumes), deck.lang
    rows = volume_rows(measures, lang)
    page = new_page(deck, say("volumes", lang, subject=rows.subject, years=rows.years))
    put_lead(page, lead)
    years = frame.groupby("body")["year"].nunique()
    if len(years) == 1:
        _one_body(deck, page, frame, rows)
    elif len(years) <= _LINES and years.max() >= 3 and len(rows.reports) == len(frame):
        _few_bodies(deck, page, frame, rows)
    else:
        _many_bodies(page, frame, rows)


def volume_rows(measures: Measures, lang: str) -> Rows:
    """The reports that there is room for, the largest of many."""
    frame = measures.about(measures.volumes)
    return drawn(frame, frame["received"], ROOM, label("received", lang, axis="outcome"), lang)


def _one_body(deck: Deck, page: Page, frame: pd.DataFrame, rows: Rows) -> None:
    """Columns year by year over a table of the same report's figures."""
    names = [label(code, page.lang, axis="outcome") for code in _DRAWN]
    columns = [[value_of(frame, report, code) for report in rows.reports] for code in _DRAWN]
    data = Data(rows.names, dict(zip(names, columns, strict=True)), _COLOURS)
    known = frame[list(_TABLE)].notna().all(axis=None) and None not in rows.reports
    dash = "" if known else say("dash", page.lang)
    put_notes(page, frame, rows, "applications", "outcome", dash)
    table = _table(frame, rows, page.lang)
    below = room_below(page, table, _LEAST)
    if why := emptiness(columns):
        say_empty(page, why)
    else:
        box = (page.left, page.top, page.width, page.height - below)
        _put_columns(page, data, box, described(names, rows))
    put_below(deck, page, table, below)


def _put_columns(page: Page, data: Data, box: native.Box, about: str) -> None:
    chart = put_chart(page, "COLUMN_CLUSTERED", data, box, about)
    native.set_axes(chart, lying=False, top=data.largest * 1.1, scale=False)
    native.set_bars(chart, gap=60 if len(data.categories) > 2 else 250, overlap=-5)
    native.set_legend(chart)
    for series in chart.plots[0].series:
        native.label_series(series, native.COUNT, style.INK, "OUTSIDE_END")
    page.top += box[3]


def _table(frame: pd.DataFrame, rows: Rows, lang: str) -> Sheet:
    heads = [say(c, lang) if c == "handled" else label(c, lang, axis="outcome") for c in _TABLE]
    body = [
        [name, *(count(value_of(frame, report, code)) for code in _TABLE)]
        for name, report in zip(rows.names, rows.reports, strict=True)
    ]
    return Sheet((say("year", lang), *heads), body, (2, 1, 1, 1, 1, 1), range(1, 6))


def _few_bodies(deck: Deck, page: Page, frame: pd.DataFrame, rows: Rows) -> None:
    """A line a body, broken where a year is missing, over the same figures as a table."""
    lang, data = page.lang, _by_year(frame)
    logged = layout.is_log(data)
    gaps = any(value is None for values in data.series.values() for value in values)
    cautions = [say("dash", lang) if gaps else "", say("log", lang) if logged else ""]
    put_notes(page, frame, rows, "applications", "outcome", *cautions)
    if why := emptiness(list(data.series.values())):
        say_empty(page, why)
        return
    body = [[name, *(count(value) for value in values)] for name, values in data.series.items()]
    years = range(1, len(data.categories) + 1)
    table = Sheet((say("body", lang), *data.categories), body, (3, *(1 for _ in years)), years)
    below = room_below(page, table, _LEAST)
    box = (page.left, page.top, page.width, page.height - below)
    chart = put_chart(page, "LINE_MARKERS", data, box, described(list(data.series), rows))
    native.set_axes(chart, lying=False, top=None, scale=True)
    native.set_legend(chart)
    native.set_markers(chart, data.colours)
    if logged:
        layout.set_log(chart, data)
    page.top += box[3]
    put_below(deck, page, table, below)


def _by_year(frame: pd.DataFrame) -> Data:
    """The figures of each body in every year from the first to the last."""
    known = [int(year) for year in frame["year"].dropna()]
    years = range(min(known), max(known) + 1)
    series: dict[str, list[float | None]] = {}
    for body, own in frame.groupby("body", sort=False):
        reports = {
            int(year): report
            for year, report in zip(own["year"], own["report"], strict=True)
            if pd.notna(year)
        }
        series[str(body)] = [value_of(own, reports.get(year), "received") for year in years]
    return Data([str(year) for year in years], dict(series), style.LINE_COLOURS[: len(series)])


def _many_bodies(page: Page, frame: pd.DataFrame, rows: Rows) -> None:
    """One lying bar a report with its figure at the end."""
    lang, name = page.lang, label("received", page.lang, axis="outcome")
    values = [value_of(frame, report, "received") for report in rows.reports]
    unread = [value is None for value in values]
    names = [f"{n} —" if gone else n for n, gone in zip(rows.names, unread, strict=True)]
    caution = say("dash", lang) if any(unread) else ""
    put_notes(page, frame, rows, "applications", "outcome", caution)
    if why := emptiness([values]):
        say_empty(page, why)
        return
    data = Data(names, {name: values}, _COLOURS[:1])
    box = (page.left, page.top, page.width, min(page.height, 40 + 30 * len(names)))
    chart = put_chart(page, "BAR_CLUSTERED", data, box, described([name], rows))
    native.set_axes(chart, lying=True, top=data.largest * 1.08, scale=False)
    native.set_bars(chart, gap=35, overlap=0)
    layout.set_names(chart, data, box, above=4, below=4)
    chart.has_legend = False
    native.label_series(chart.plots[0].series[0], native.COUNT, style.INK, "OUTSIDE_END")
