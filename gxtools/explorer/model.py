"""The explorer without its widgets: a choice -> table, chart, formula, messages and code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import charts
from ..arguments import language
from ..errors import GxError
from ..measures import Measure, find
from ..measuring import measure
from ..peer_group import peers
from ..reports import Reports
from .bodies import Bodies
from .chart_list import OF_MEASURE, OF_REPORTS, Chart, charts_of
from .missing import absent_reports, unknown_figures
from .recipe import code_of, selection, selection_by_id
from .refusals import why
from .words import say, years_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BODIES = 60
FIRST_BODIES = 6


@dataclass(frozen=True)
class Choice:
    """What is chosen: bodies by key, years, a measure, a chart by id, a language."""

    bodies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    measure: str = "new_applications"
    chart: str = ""
    lang: str = "zh"


@dataclass(frozen=True, eq=False)
class View:
    """What a choice shows. `table` is the frame of `measure`, `chart` None where nothing can be
    drawn; `messages` say what is missing; `code` makes table and chart again."""

    choice: Choice
    spec: Measure
    chosen: Reports
    table: pd.DataFrame
    chart: Chart | None
    charts: list[Chart]
    messages: list[str]
    code: str
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def formula(self) -> str:
        """Name and formula in the words of the form."""
        lang = self.choice.lang
        name = self.spec.zh if lang == "zh" else self.spec.en
        return f"{name} = {self.spec.formula(None, lang)}"

    @property
    def caveat(self) -> str:
        return self.spec.caveat_zh if self.choice.lang == "zh" else self.spec.caveat_en

    def draw(self) -> Figure | None:
        """A new figure of the chart; the caller closes it."""
        if self.chart is None:
            return None
        drawn: Any = getattr(charts, self.chart.plot)(self.frame, lang=self.choice.lang)
        figure: Figure = drawn if hasattr(drawn, "savefig") else drawn.get_figure(root=True)
        return figure


class Model:
    """The reports to explore; `view` answers a choice."""

    def __init__(
        self, reports: Reports, population: pd.DataFrame | None = None, name: str = "reports"
    ) -> None:
        self.reports, self.population, self.name = reports, population, name
        self._chosen: tuple[object, Reports] | None = None

    @cached_property
    def bodies(self) -> Bodies:
        return Bodies.of_reports(self.reports)

    def first(self, lang: str = "zh") -> Choice:
        """The choice to begin with: the bodies with most reports, all their years."""
        keys = self.bodies.first(FIRST_BODIES)
        return Choice(keys, tuple(self.bodies.years(keys)), lang=lang)

    def peers_of(self, key: str, count: int = 10) -> list[str]:
        """The keys of the bodies of the same level and scope nearest in size. Raises InputError
        where the body's size is not known."""
        years = self.bodies.years([key])[-1:]
        near = self.bodies.select(self.bodies.of, years) if years else self.reports
        found = peers(near, self.bodies.agency(key), count=count)
        return [self.bodies.owner(str(id)) for id in found["report"]]

    def view(self, choice: Choice) -> View:
        """The View of a choice. Raises InputError for a measure or language that there is not."""
        spec = find(choice.measure)
        language(choice.lang)
        messages = []
        if len(choice.bodies) > MOST_BODIES:
            choice = replace(choice, bodies=choice.bodies[:MOST_BODIES])
            messages.append(say("capped", choice.lang, n=MOST_BODIES))
        chosen = self._select(choice)
        table = measure(chosen, spec.id, population=self.population)
        offered = charts_of(spec.id, len(choice.bodies), len(choice.years))
        messages += self._missing(choice, table, spec)
        drawable = bool(table["value"].notna().any())
        chart = next((c for c in offered if c.id == choice.chart), next(iter(offered), None))
        if drawable and chart is None:
            messages.append(_no_chart(choice, spec))
        frame = pd.DataFrame()
        if chart is not None and drawable:
            try:
                frame = _frame(chart, table, chosen)
            except GxError as error:
                messages.append(say("refused", choice.lang, why=why(error, choice.lang)))
                drawable = False
        shown = chart if drawable else None
        code = self._code(choice, shown) if len(chosen) else ""
        return View(choice, spec, chosen, table, shown, offered, messages, code, frame)

    def _select(self, choice: Choice) -> Reports:
        """The chosen reports; those of the last choice are kept, as most clicks keep them."""
        key = (choice.bodies, choice.years)
        if self._chosen is None or self._chosen[0] != key:
            self._chosen = key, self.bodies.select(*key)
        return self._chosen[1]

    def _missing(self, choice: Choice, table: pd.DataFrame, spec: Measure) -> list[str]:
        lang, years = choice.lang, sorted(choice.years)
        if not choice.bodies:
            return [say("no_bodies", lang)]
        if not years:
            return [say("no_years", lang)]
        if table.empty:
            return [say("no_reports", lang, years=years_of(years, lang))]
        told = []
        if not table["value"].notna().any():
            name = spec.zh if lang == "zh" else spec.en
            told.append(say("none", lang, n=table["report"].nunique(), measure=name))
        told += absent_reports(self.bodies, choice.bodies, years, lang)
        return [*told, *unknown_figures(table, spec, lang)]

    def _code(self, choice: Choice, chart: Chart | None) -> str:
        chosen = self.bodies.table.loc[self.bodies.table["key"].isin(choice.bodies)]
        agencies = [str(name) for name in chosen["agency"].dropna()]
        ids = self.bodies.ids(choice.bodies, choice.years)
        years = sorted(choice.years)
        # By name where names and years give the same reports, else by id.
        index = self.reports.index
        same = index["agency"].isin(agencies) & index["year"].isin(years)
        by_name = len(agencies) == len(chosen) and set(index.loc[same, "report"]) == set(ids)
        select = (
            selection(self.name, agencies, years) if by_name else selection_by_id(self.name, ids)
        )
        people = "population" if self.population is not None else ""
        needed = people if find(choice.measure).needs_population else ""
        return code_of(select, choice.measure, chart, choice.lang, population=needed)


def _frame(chart: Chart, table: pd.DataFrame, chosen: Reports) -> pd.DataFrame:
    """The frame that the chart is drawn from."""
    if chart.frames[0] != "measure":
        return OF_REPORTS[chart.frames[0]](chosen)
    for step in chart.frames[1:]:
        table = OF_MEASURE[step](table)
    return table


def _no_chart(choice: Choice, spec: Measure) -> str:
    name = spec.zh if choice.lang == "zh" else spec.en
    counts = {"bodies": len(choice.bodies), "years": len(choice.years)}
    return say("no_chart", choice.lang, measure=name, **counts)
