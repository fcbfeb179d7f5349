"""The slides that set bodies side by side: shares with intervals, figures, no ranking."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from ..charts import style
from ..charts.rows import about
from ..charts.words import formula_text
from ..charts.words import say as charts_say
from ..forms import label
from . import layout, native
from .choice import common_year, shorten
from .deck import Deck, new_page, put_footer
from .disputes import corrected
from .frames import Measures
from .framing import ROOM, value_of
from .native import Data, put_chart
from .tables import Sheet, put_pages
from .words import count, join, percent, say, scope_name, years_of

_OWN, _OTHERS = "#0072B2", "#9CCBE8"


def comparison_slides(deck: Deck, measures: Measures) -> None:
    """Every body in the latest year that most have reported, within one scope at a time."""
    index, absent = common_year(measures.index, measures.focus)
    if index["body"].nunique() < 2:
        return
    for scope, known in comparable(measures, index):
        _chart_slide(deck, measures, known, scope_name(scope, deck.lang, of=True), absent)
    _table_slides(deck, measures, index, absent)


def comparable(measures: Measures, index: pd.DataFrame) -> Iterator[tuple[object, pd.DataFrame]]:
    """The scopes of the focus, each with its shares where several bodies have enough cases."""
    own = index.loc[index["body"].isin(measures.focus)] if measures.focus else index
    scopes = set(own["scope"].fillna(""))
    for scope, group in index.groupby(index["scope"].fillna(""), sort=False):
        known = enough(measures.disclosed.loc[measures.disclosed["report"].isin(group["report"])])
        if scope in scopes and known["body"].nunique() > 1:
            yield scope, known


def enough(rows: pd.DataFrame) -> pd.DataFrame:
    """Those with a share of thirty or more, by their number: by the share would be a ranking."""
    large = (rows["denominator"] >= style.SMALL_N).fillna(False).astype(bool)
    known = rows.loc[large & rows["share"].notna()]
    return known.sort_values("denominator", ascending=False, kind="stable")


def _chart_slide(
    deck: Deck, measures: Measures, known: pd.DataFrame, scope: str, absent: int
) -> None:
    lang, shown = deck.lang, drawn_of(known, measures.focus)
    years = years_of(known["year"], lang)
    page = new_page(deck, say("comparison", lang, scope=scope, years=years))
    beyond = len(known) - len(shown)
    notes = [
        say("compare_note", lang, n=style.SMALL_N),
        say("undrawn", lang, n=beyond, kept=len(shown)) if beyond else "",
        say("absent", lang, n=absent) if absent else "",
    ]
    put_footer(page, [*about(shown, lang, "applications", "outcome"), join(notes, lang)])
    data = _data(shown, lang)
    box = (page.left, page.top, page.width, min(page.height, 60 + 36 * len(shown)))
    chart = put_chart(page, "BAR_CLUSTERED", data, box, "; ".join(data.categories))
    end = math.ceil(float(shown["high"].max()) * 10) / 10
    native.set_axes(chart, lying=True, top=end, scale=True, number="0%")
    layout.set_names(chart, data, box, above=4, below=26)
    native.set_bars(chart, gap=45, overlap=0)
    chart.has_legend = False
    for i, body in enumerate(shown["body"]):
        if body in measures.focus:
            native.fill_bar(chart.plots[0].series[0].points[i].format, _OWN)
    below, above = data.extra.values()
    native.add_intervals(chart, below, above, ("C", "D"))


def _data(shown: pd.DataFrame, lang: str) -> Data:
    """The shares, and how far their intervals go; a figure on a short bar would hide the line."""
    short = shorten(shown["body"])
    names = [
        f"{short[body]} {percent(share)} (n={count(n)})"
        for body, share, n in zip(shown["body"], shown["share"], shown["denominator"], strict=True)
    ]
    extra = {
        say("below", lang): (shown["share"] - shown["low"]).tolist(),
        say("above", lang): (shown["high"] - shown["share"]).tolist(),
    }
    shares = {say("disclosed_share", lang): shown["share"].tolist()}
    return Data(names, shares, [_OTHERS], native.SHARE, extra)


def drawn_of(known: pd.DataFrame, focus: tuple[str, ...]) -> pd.DataFrame:
    """The largest that there is room for; those of the focus always."""
    own = known["body"].isin(focus)
    others = known.loc[~own].head(max(0, ROOM - int(own.sum())))
    return known.loc[own | known.index.isin(others.index)].head(ROOM)


def _table_slides(deck: Deck, measures: Measures, index: pd.DataFrame, absent: int) -> None:
    """Every body's figures, however many, over as many pages as they need."""
    lang = deck.lang
    footer = comparison_notes(measures, index, absent, lang)
    for title, sheet in comparison_sheets(measures, index, lang):
        put_pages(deck, title, sheet, footer)


def comparison_notes(measures: Measures, index: pd.DataFrame, absent: int, lang: str) -> list[str]:
    """What stands under the table: the formulas, and how it is to be read."""
    mixed = index["scope"].nunique(dropna=False) > 1
    notes = [
        say("compare_table_note", lang, n=style.SMALL_N),
        say("dash", lang),
        say("mixed_scope", lang) if mixed else "",
        say("absent", lang, n=absent) if absent else "",
    ]
    disclosed, disputes = measures.disclosed["formula"], measures.disputes["formula"]
    formulas = [
        charts_say("formula", lang, formula=formula_text(formula.iloc[:1], lang, axis))
        for formula, axis in ((disclosed, "outcome"), (disputes, "result"))
        if len(formula)
    ]
    return [join(formulas, lang), join(notes, lang)]


def comparison_sheets(
    measures: Measures, index: pd.DataFrame, lang: str
) -> Iterator[tuple[str, Sheet]]:
    """A title and a table for each scope, that of the focus first."""
    years = years_of(index["year"], lang)
    scopes = index["scope"].fillna("")
    own = set(scopes[index["body"].isin(measures.focus)])
    for scope in sorted(scopes.unique(), key=lambda one: (one not in own, one == "", one)):
        title = say("comparison_table", lang, scope=scope_name(scope, lang, of=True), years=years)
        yield title, _sheet(measures, index.loc[scopes == scope], lang)


def _sheet(measures: Measures, index: pd.DataFrame, lang: str) -> Sheet:
    """A row a body: those of the focus first, then by number concluded."""
    routes = {str(r): own for r, own in measures.disputes.groupby("route", sort=False)}
    heads = [say("corrected_of", lang, route=label(r, lang, axis="route")) for r in routes]
    number = measures.disclosed.set_index("report")["denominator"]
    placed = index.assign(
        n=index["report"].map(number), others=~index["body"].isin(measures.focus)
    ).sort_values(["others", "n"], ascending=[True, False], kind="stable", na_position="last")
    body = [
        [
            str(row["body"]),
            count(value_of(measures.volumes, row["report"], "received")),
            *_disclosed(measures.disclosed, row["report"], lang),
            *(corrected(own, row["report"]) for own in routes.values()),
        ]
        for _, row in placed.iterrows()
    ]
    received = label("received", lang, axis="outcome")
    header = [say("body", lang), received, say("disclosed", lang)]
    header += [say("share_interval", lang), *heads]
    widths = (2.4, 0.9, 1.4, 2.2, *(1.5 for _ in heads))
    return Sheet(header, body, widths, range(1, len(header)))


def _disclosed(frame: pd.DataFrame, report: str, lang: str) -> tuple[str, str]:
    """Disclosed of concluded; share and interval where thirty were concluded."""
    k, n = value_of(frame, report, "numerator"), value_of(frame, report, "denominator")
    if k is None or n is None:
        return "—", "—"
    share, counts = value_of(frame, report, "share"), f"{count(k)}/{count(n)}"
    if share is None or n < style.SMALL_N:
        return counts, "—" if share is None and n else say("few_share", lang, n=style.SMALL_N)
    ends = {end: percent(value_of(frame, report, end)) for end in ("low", "high")}
    return counts, say("interval", lang, share=percent(share), **ends)
