"""The slide of the outcomes: one bar of 100 % a report, with what it does not show said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..charts import style
from ..forms import label
from . import layout, native
from .choice import Rows, drawn
from .deck import Deck, Page, new_page, put_lead
from .frames import Measures
from .framing import FEW_ROWS, ROOM, described, put_notes, say_empty
from .grids import outcome_grid
from .native import Data, put_chart
from .tables import put_table, room_below
from .words import count, say

_EXACT = 1e-9
_ROW = 26.0  # points of a bar that can be read


@dataclass(frozen=True)
class Bar:
    """A report's bar: its name, denominator, counts and shares of the groups, and the rest.

    A 100 % chart stretches what it is given. So what was not read is a part of its own, and parts
    that exceed their total are not drawn.
    """

    name: str
    n: float | None
    counts: Sequence[float | None]
    shares: Sequence[float | None]
    drawn: bool
    over: bool

    @property
    def rest(self) -> float | None:
        left = 1 - sum(share for share in self.shares if share is not None)
        return None if not self.drawn else left if left > _EXACT else 0.0

    @property
    def few(self) -> bool:
        return self.n is not None and 0 < self.n < style.SMALL_N


def outcome_slide(deck: Deck, measures: Measures, lead: str) -> None:
    """How applications ended: six groups of 100 % for each report, n beside its name."""
    rows, bars, data = outcome_bars(measures, deck.lang)
    title = say("outcomes", deck.lang, subject=rows.subject, years=rows.years)
    page = new_page(deck, title)
    put_lead(page, lead)
    _put_notes(page, measures, rows, bars)
    if not any(bar.drawn for bar in bars):
        say_empty(page, "no_base")
        return
    table = outcome_grid(measures, deck.lang, FEW_ROWS).sheet if len(bars) <= FEW_ROWS else None
    below = room_below(page, table, 80 + _ROW * len(bars)) if table else 0
    box = (page.left, page.top, page.width, min(page.height - below, 90 + 46 * len(bars)))
    chart = put_chart(page, "BAR_STACKED_100", data, box, described(list(data.series), rows))
    native.set_axes(chart, lying=True, top=1, scale=True, number="0%")
    native.set_bars(chart, gap=30, overlap=100)
    native.set_legend(chart)
    layout.set_names(chart, data, box, above=layout.legend_room(data, page.width), below=26)
    _label(chart, data, bars)
    page.top += box[3] + 6
    if table and below:
        put_table(page, table)


def outcome_bars(measures: Measures, lang: str) -> tuple[Rows, list[Bar], Data]:
    """The reports that there is room for, their bars, and the chart made of them."""
    frame = measures.about(measures.outcomes)
    reports = frame.drop_duplicates("report")
    rows = drawn(reports, reports["denominator"], ROOM, "n", lang)
    groups = list(dict.fromkeys(frame["outcome"]))
    bars = _bars(frame, rows, groups)
    return rows, bars, _data(bars, groups, lang)


def _bars(frame: pd.DataFrame, rows: Rows, groups: list[str]) -> list[Bar]:
    by_report = {str(report): own.set_index("outcome") for report, own in frame.groupby("report")}
    made = []
    for name, report in zip(rows.names, rows.reports, strict=True):
        if report is None:
            nothing = [None] * len(groups)
            made.append(Bar(name, None, nothing, nothing, False, False))
            continue
        own = by_report[report].reindex(groups)
        counts, shares = _plain(own["numerator"]), _plain(own["share"])
        n = _plain(own["denominator"])[0]
        total = sum(share for share in shares if share is not None)
        known = any(share is not None for share in shares)
        over = total > 1 + _EXACT
        if not known or over:
            shares = [None] * len(groups)
        unread = " —" if n and not known else ""
        title = f"{name} (n={count(n)}){unread}"
        made.append(Bar(title, n, counts, shares, known and not over, over))
    return made


def _plain(values: pd.Series[float]) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def _data(bars: list[Bar], groups: list[str], lang: str) -> Data:
    """The groups in the form's order, and behind them what belongs to none."""
    names = [label(group, lang, axis="outcome") for group in groups]
    colours = [style.OUTCOME_COLOURS[group] for group in groups]
    columns = {name: [bar.shares[i] for bar in bars] for i, name in enumerate(names)}
    if any(bar.rest for bar in bars):
        columns[say("rest", lang)] = [bar.rest for bar in bars]
        colours.append("#FFFFFF")
    return Data([bar.name for bar in bars], dict(columns), colours, native.SHARE)


def _put_notes(page: Page, measures: Measures, rows: Rows, bars: list[Bar]) -> None:
    lang, comma = page.lang, "、" if page.lang == "zh" else ", "
    told = measures.index.loc[measures.index["report"].isin(rows.reports), "editions"].dropna()
    parts = {part for editions in told for part in editions.split()}
    editions = sorted(p.partition("=")[2] for p in parts if p.startswith("applications="))
    over = comma.join(bar.name for bar in bars if bar.over)
    frame = measures.about(measures.outcomes)
    put_notes(
        page, frame, rows, "applications", "outcome",
        say("dash", lang) if any(bar.name.endswith("—") or bar.n is None for bar in bars) else "",
        say("small", lang, n=style.SMALL_N) if any(bar.few for bar in bars) else "",
        say("rest_note", lang, rest=say("rest", lang)) if any(bar.rest for bar in bars) else "",
        say("over", lang, names=over) if over else "",
        say("mixed_editions", lang, editions=comma.join(editions)) if len(editions) > 1 else "",
    )  # fmt: skip


def _label(chart: Any, data: Data, bars: list[Bar]) -> None:
    """Per cent on each part that is wide enough; counts and pale fills below thirty."""
    for i, (series, colour) in enumerate(zip(chart.plots[0].series, data.colours, strict=True)):
        ink = "#FFFFFF" if style.ink_on(colour) == "white" else style.INK
        form = native.part_format(list(data.series.values())[i])
        native.label_series(series, form, ink, "CENTER")
        for j, bar in enumerate(bars):
            if not bar.few or i >= len(bar.counts):
                continue
            native.fill_bar(series.points[j].format, native.mix(colour))
            share = bar.shares[i]
            if share is not None and share >= native.SEEN:
                native.label_point(series, j, count(bar.counts[i]), style.INK)
