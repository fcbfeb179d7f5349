"""The slide of the reviews and suits: a panel of stacked counts for each route."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..charts import style
from ..forms import label
from . import layout, native
from .choice import Rows, drawn
from .deck import TABLE, Deck, Page, new_page, place, put_lead
from .frames import Measures
from .framing import FEW_ROWS, ROOM, described, emptiness, put_notes, say_empty, value_of
from .lettering import P, emu, tight, write
from .native import Data, Values, put_chart
from .tables import Sheet, put_below, room_below
from .words import count, percent, say

_ROW = 14.0  # points of a bar that can be read
_LEAST = 0.2  # the part of the width that a panel takes at least, for its title
_ABOVE, _BELOW = 52.0, 6.0  # points of a panel above and below its bars
_SEEN = 20.0  # points: a narrower part has no room for its figure


def dispute_slide(deck: Deck, measures: Measures, lead: str) -> None:
    """How reviews and suits ended, route by route; the rate of corrected ones as a table."""
    frame, lang = measures.about(measures.disputes), deck.lang
    reports = frame.drop_duplicates("report")
    results = [code for code in style.RESULT_COLOURS if code in frame]
    most = frame.assign(cases=frame[results].sum(axis=1)).groupby("report")["cases"].max()
    rows = drawn(reports, reports["report"].map(most), ROOM, say("cases", lang), lang)
    page = new_page(deck, say("disputes", lang, subject=rows.subject, years=rows.years))
    put_lead(page, lead)
    known = frame[[*results, "total"]].notna().all(axis=None) and None not in rows.reports
    dash = "" if known else say("dash", lang)
    put_notes(page, frame, rows, "disputes", "result", say("double", lang), dash)
    table = _table(frame, rows, lang) if len(rows.names) <= FEW_ROWS else None
    least = _ABOVE + _BELOW + _ROW * len(rows.names)
    below = room_below(page, table, least) if table else 0
    panels = {
        str(route): _panel(own, rows, results, lang)
        for route, own in frame.groupby("route", sort=False)
    }
    if why := emptiness([values for panel in panels.values() for values in panel.series.values()]):
        say_empty(page, why)
    else:
        height = min(page.height - below, _ABOVE + _BELOW + 40 * len(rows.names))
        _put_panels(page, panels, rows, height)
        page.top += height
    if table:
        put_below(deck, page, table, below)


def _panel(own: pd.DataFrame, rows: Rows, results: list[str], lang: str) -> Data:
    series: dict[str, Values] = {
        label(code, lang, axis="result"): [value_of(own, report, code) for report in rows.reports]
        for code in results
    }
    colours = [style.RESULT_COLOURS[code] for code in results]
    return Data(rows.names, series, colours)


def _put_panels(page: Page, panels: dict[str, Data], rows: Rows, height: float) -> None:
    """The routes side by side, as wide as their cases need: a case is as long in each of them."""
    names = layout.names_room(rows.names, page.width)
    widths, tops = _shares_of(page.width - names, panels)
    left = page.left
    for i, (route, data) in enumerate(panels.items()):
        title, aside = label(route, page.lang, axis="route"), names if i == 0 else 0.0
        box = (left, page.top, aside + widths[i], height)
        about = f"{title}: {described(list(data.series), rows)}"
        chart = put_chart(page, "BAR_STACKED", data, box, about)
        _dress(chart, tops[i], named=i == 0)
        across, down = aside + widths[i], 1 - (_ABOVE + _BELOW) / height
        layout.set_plot(
            chart, (aside + 4) / across, _ABOVE / height, (widths[i] - 12) / across, down
        )
        least = _SEEN * tops[i] / (widths[i] - 12)
        for series, colour in zip(chart.plots[0].series, data.colours, strict=True):
            ink = "#FFFFFF" if style.ink_on(colour) == "white" else style.INK
            native.label_series(series, f'[<{max(least, 0.5):.4g}]"";#,##0', ink, "CENTER")
        _put_title(page, title, left + aside + 4, widths[i] - 12)
        left += aside + widths[i]
    _put_legend(page, next(iter(panels.values())), page.left + names)


def _shares_of(width: float, panels: dict[str, Data]) -> tuple[list[float], list[float]]:
    """The width of each panel, with room for its title, and the end of its axis."""
    longest = [
        max((sum(v or 0 for v in bar) for bar in zip(*d.series.values(), strict=True)), default=0)
        for d in panels.values()
    ]
    parts = [max(length / sum(longest), _LEAST) for length in longest]
    widths = [width * part / sum(parts) for part in parts]
    case = min((w - 12) / length for w, length in zip(widths, longest, strict=True) if length)
    return widths, [(w - 12) / case for w in widths]


def _dress(chart: Any, top: float, *, named: bool) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    native.set_axes(chart, lying=True, top=top, scale=False)
    native.set_bars(chart, gap=35, overlap=100)
    chart.has_legend = False
    if not named:
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _put_title(page: Page, title: str, left: float, width: float) -> None:
    box = page.slide.shapes.add_textbox(emu(left), emu(page.top + 22), emu(width), emu(28))
    box.name = "Route"
    tight(box.text_frame)
    write(box.text_frame, [[(title, TABLE, style.INK, True)]], page.lang)


def _put_legend(page: Page, data: Data, left: float) -> None:
    """One legend for all panels: a square of the colour before each result."""
    for name, colour in zip(data.series, data.colours, strict=True):
        square = page.slide.shapes.add_shape(1, 0, 0, 0, 0)
        square.name = "Legend key"
        place(square, (left, page.top + 5, 9, 9))
        square._element.remove(square._element.find(f"{P}style"))  # the theme's shadow
        native.fill_bar(square, colour)
        box = page.slide.shapes.add_textbox(emu(left + 13), emu(page.top), emu(90), emu(18))
        box.name = "Legend"
        tight(box.text_frame)
        write(box.text_frame, [[(name, TABLE, style.INK, False)]], page.lang)
        left += 110


def _table(frame: pd.DataFrame, rows: Rows, lang: str) -> Sheet:
    """A row a report: corrected of concluded, and the printed total, of each route."""
    routes = {str(route): own for route, own in frame.groupby("route", sort=False)}
    heads = []
    for route in routes:
        name = label(route, lang, axis="route")
        heads += [say("corrected_of", lang, route=name), say("total_of", lang, route=name)]
    body = []
    for name, report in zip(rows.names, rows.reports, strict=True):
        line = [name]
        for own in routes.values():
            line += [corrected(own, report), printed_total(own, report, lang)]
        body.append(line)
    widths = (1.6, *(1 for _ in heads))
    return Sheet((say("report", lang), *heads), body, widths, range(1, len(heads) + 1))


def corrected(own: pd.DataFrame, report: str | None) -> str:
    """Corrected of concluded cases; with a rate where thirty were concluded."""
    n, k = value_of(own, report, "concluded"), value_of(own, report, "corrected")
    if n is None or k is None:
        return "—"
    rate = value_of(own, report, "rate")
    share = f" ({percent(rate)})" if rate is not None and n >= style.SMALL_N else ""
    return f"{count(k)}/{count(n)}{share}"


def printed_total(own: pd.DataFrame, report: str | None, lang: str) -> str:
    """The total as printed; beside it the sum of its parts where that differs."""
    total = value_of(own, report, "total")
    done, pending = value_of(own, report, "concluded"), value_of(own, report, "pending")
    if total is None or done is None or pending is None or done + pending == total:
        return count(total)
    return say("parts_not", lang, printed=count(total), parts=count(done + pending))
