"""The left side of the panel: bodies, years, measure, denominator, chart and language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import ipywidgets as w

from ..errors import GxError
from .bodies import MOST_LISTED
from .families import families, family_of
from .model import MOST_BODIES, Choice, Model, View
from .refusals import why
from .words import say

_WIDE = w.Layout(width="98%")
_TITLES = ("search", "province", "city", "scope", "listed_bodies", "chosen_bodies", "years",
           "measure", "over", "chart", "lang")  # fmt: skip
_BUTTONS = ("peers", "remove", "clear")


class Chooser:
    """The controls; `choice` is what they say, `on_change` is called after every change."""

    def __init__(self, model: Model, choice: Choice, on_change: Callable[[], None]) -> None:
        self.model, self.choice, self.on_change = model, choice, on_change
        self.note = ""
        self._quiet = False
        self.titles = {name: w.HTML() for name in _TITLES}
        self.search = w.Text(layout=_WIDE, continuous_update=True)
        self.province, self.city, self.scope = (w.Dropdown(layout=_WIDE) for _ in range(3))
        self.found = w.SelectMultiple(rows=6, layout=_WIDE)
        self.chosen = w.SelectMultiple(rows=6, layout=_WIDE)
        self.years = w.SelectMultiple(rows=6, layout=_WIDE)
        self.measure, self.over, self.chart = (w.Dropdown(layout=_WIDE) for _ in range(3))
        self.lang = w.ToggleButtons(
            options=[("中文", "zh"), ("English", "en")],
            value=choice.lang,
            style={"button_width": "90px"},
        )
        self.buttons = {name: w.Button(layout=w.Layout(width="31%")) for name in _BUTTONS}
        self.fill()
        self._listen()

    def box(self) -> Any:
        """The controls one below the other."""
        rows = []
        pairs = {"province": [self.province, self.city], "listed_bodies": [self.found]}
        names = ("search", "scope", "years", "measure", "over", "chart", "lang")
        singles = {name: getattr(self, name) for name in names}
        singles["chosen_bodies"] = self.chosen
        for name in _TITLES:
            if name == "city":
                continue
            rows.append(self.titles[name])
            rows += [w.HBox(pairs[name])] if name in pairs else [singles[name]]
            if name == "chosen_bodies":
                rows.append(w.HBox([self.buttons[button] for button in _BUTTONS]))
        return w.VBox(rows, layout=w.Layout(width="300px", min_width="300px"))

    def fill(self) -> None:
        """Set every control to the choice, in its language."""
        lang, bodies = self.choice.lang, self.model.bodies
        with self._silent():
            for name, title in self.titles.items():
                title.value = f'<div class="gx-head">{say(name, lang)}</div>'
            for name, button in self.buttons.items():
                button.description = say(name, lang)
            every = [(say("any", lang), "")]
            _set(self.province, every + [(p, p) for p in bodies.places("province")])
            _set(self.city, every + [(c, c) for c in bodies.places("city", self.province.value)])
            _set(self.scope, every + [(say(f"scope_{s}", lang), s) for s in bodies.scopes()])
            self._list()
            self.chosen.options = [(bodies.name(key), key) for key in self.choice.bodies]
            self.years.options = [(str(y), y) for y in bodies.years(self.choice.bodies)]
            self.years.value = [
                y for y in self.choice.years if y in dict(self.years.options).values()
            ]
            self._fill_measures()

    def _fill_measures(self) -> None:
        lang, given = self.choice.lang, self.model.population is not None
        named = {first: group[0] for first, group in families(given).items()}
        first = family_of(self.choice.measure, given)
        self.measure.options = [(m.zh if lang == "zh" else m.en, id) for id, m in named.items()]
        self.measure.value = first
        over = [
            ((m.over_zh if lang == "zh" else m.over_en) or say("count_denominator", lang), m.id)
            for m in families(given)[first]
        ]
        self.over.options, self.over.value = over, self.choice.measure

    def follow(self, view: View) -> None:
        """Offer the charts that can draw the view."""
        with self._silent():
            lang = view.choice.lang
            self.chart.options = [(c.zh if lang == "zh" else c.en, c.id) for c in view.charts]
            if view.chart is not None:
                self.chart.value = view.chart.id

    def _list(self) -> None:
        """The bodies that the search finds, the first of them."""
        lang = self.choice.lang
        wanted = (self.search, self.province, self.city, self.scope)
        found = self.model.bodies.search(*(control.value or "" for control in wanted))
        shown = found.head(MOST_LISTED)
        self.found.options = list(zip(shown["name"], shown["key"], strict=True))
        told = say("found", lang, n=len(found)) if len(found) else say("found_none", lang)
        if len(found) > MOST_LISTED:
            told = say("listed", lang, n=len(found), kept=MOST_LISTED)
        title = say("listed_bodies", lang)
        self.titles["listed_bodies"].value = f'<div class="gx-head">{title} · {told}</div>'

    def _listen(self) -> None:
        for control in (self.search, self.province, self.city, self.scope):
            control.observe(self._on_search, "value")
        self.years.observe(lambda _: self._take(years=tuple(self.years.value)), "value")
        self.measure.observe(lambda _: self._take(measure=self.measure.value), "value")
        self.over.observe(lambda _: self._take(measure=self.over.value), "value")
        self.chart.observe(lambda _: self._take(chart=self.chart.value or ""), "value")
        self.lang.observe(lambda _: self._take(lang=self.lang.value), "value")
        # One click adds: a button would reach a busy kernel before the choice that it is to act on.
        self.found.observe(lambda _: self._on_found(), "value")
        self.buttons["peers"].on_click(lambda _: self._add_peers())
        self.buttons["remove"].on_click(lambda _: self._remove(self.chosen.value))
        self.buttons["clear"].on_click(lambda _: self._remove(self.choice.bodies))

    def _on_search(self, change: dict[str, Any]) -> None:
        if self._quiet:
            return
        with self._silent():
            if change["owner"] is self.province:
                cities = self.model.bodies.places("city", self.province.value)
                _set(self.city, [(say("any", self.choice.lang), ""), *((c, c) for c in cities)])
            self._list()

    def _on_found(self) -> None:
        if self.found.value and not self._quiet:
            self.add(self.found.value)

    def add(self, keys: Any) -> None:
        """Choose more bodies; of all their years where all years were chosen before."""
        bodies = tuple(dict.fromkeys((*self.choice.bodies, *keys)))
        lang = self.choice.lang
        self.note = say("capped", lang, n=MOST_BODIES) if len(bodies) > MOST_BODIES else ""
        self._rebody(bodies[:MOST_BODIES])

    def _remove(self, keys: Any) -> None:
        self._rebody(tuple(key for key in self.choice.bodies if key not in set(keys)))

    def _rebody(self, bodies: tuple[str, ...]) -> None:
        known = self.model.bodies
        every = set(self.choice.years) >= set(known.years(self.choice.bodies))
        years = known.years(bodies)
        kept = tuple(year for year in years if every or year in self.choice.years)
        self._take(bodies=bodies, years=kept or tuple(years))

    def _add_peers(self) -> None:
        keys = self.chosen.value or self.choice.bodies[-1:]
        try:
            self.add([peer for key in keys for peer in self.model.peers_of(key)])
        except GxError as error:
            self.note = say("no_peers", self.choice.lang, why=why(error, self.choice.lang))
            self.on_change()

    def _take(self, **changes: Any) -> None:
        """Change the choice, unless a control only follows it."""
        if self._quiet:
            return
        self.choice = replace(self.choice, **changes)
        if set(changes) != {"chart"}:
            self.fill()
        self.on_change()
        self.note = ""

    @contextmanager
    def _silent(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before


def _set(control: Any, options: list[tuple[str, str]]) -> None:
    """Give a dropdown other options; its value stays where it is among them."""
    value = control.value
    control.options = options
    control.value = value if value in {v for _, v in options} else options[0][1]
