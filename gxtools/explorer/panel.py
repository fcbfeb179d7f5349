"""The panel: what is chosen on the left, chart, table, printed places and code on the right."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import ipywidgets as w

from ..errors import GxError
from ..names import name_of
from ..tracing import trace
from .browser import CopyButton, FigureTable
from .choosing import Chooser
from .display import MOST_ROWS, cells_behind, figure, shown
from .files import CHARTS, MEDIA, TABLES, chart_bytes, close, keep, screen_png, table_bytes
from .model import Choice, Model, View
from .refusals import why
from .words import say


class Box(w.VBox):  # type: ignore[misc]
    """The panel's box, with a word for places that cannot show it."""

    def __repr__(self) -> str:
        return "<gx.explore: open this notebook in JupyterLab to see the panel>"


class Panel:
    """The widgets in `box`, all of them following one choice."""

    def __init__(self, model: Model, choice: Choice, folder: str) -> None:
        self.model, self.folder = model, folder
        self.heading, self.told, self.formula = w.HTML(), w.HTML(), w.HTML()
        self.image = w.Image(format="png", layout=w.Layout(max_width="100%", width="auto"))
        self.image.add_class("gx-chart")
        self.table = FigureTable(layout=w.Layout(width="100%"))
        self.hint, self.saved, self.code = w.HTML(), w.HTML(), w.HTML()
        self.copy = CopyButton()
        self.saves = {suffix: w.Button(layout=w.Layout(width="72px")) for suffix in MEDIA}
        self.behind = w.Dropdown(layout=w.Layout(width="60%", display="none"))
        self.trace = w.HTML(layout=w.Layout(width="100%"))
        self.chooser = Chooser(model, choice, self.refresh)
        self.view: View = model.view(choice)
        self.box = self._laid_out()
        self._listen()
        self.refresh()

    def _laid_out(self) -> Any:
        charts, tables = ([self.saves[suffix] for suffix in kinds] for kinds in (CHARTS, TABLES))
        self.save_titles = [w.HTML(), w.HTML()]
        bar = w.HBox([self.save_titles[0], *charts, self.save_titles[1], *tables, self.copy])
        bar.layout = w.Layout(flex_flow="row wrap", align_items="center")
        parts = [self.formula, self.told, self.image, bar, self.saved, self.hint, self.table]
        right = w.VBox([*parts, self.behind, self.trace, self.code])
        right.layout = w.Layout(flex="1 1 auto", min_width="0", padding="0 0 0 14px")
        box = Box([self.heading, w.HBox([self.chooser.box(), right])])
        box.add_class("gx-explore")
        right.add_class("gx-right")
        self.trace.add_class("gx-trace")
        return box

    def _listen(self) -> None:
        self.table.observe(lambda _: self._on_figure(), "selected")
        self.behind.observe(lambda _: self._show_trace(), "value")
        for suffix, button in self.saves.items():
            button.on_click(lambda _, suffix=suffix: self.save(suffix))

    def refresh(self) -> None:
        """Show the choice: words and table first, then the chart."""
        self.view = view = self.model.view(self.chooser.choice)
        lang = view.choice.lang
        self.chooser.follow(view)
        self._label(lang)
        self.formula.value = (
            f'<div class="gx-title">{escape(view.formula)}</div>'
            f'<div class="gx-note">{say("caveat", lang)}{escape(view.caveat)}</div>'
        )
        self._tell(view, [self.chooser.note] if self.chooser.note else [])
        told = shown(view)
        with self.table.hold_sync():
            self.table.selected = [-1, -1, 0]
            self.table.columns = [list(column) for column in told.columns]
            self.table.rows = [list(row) for row in told.rows]
        self.rows_at, self.columns = told.at, told.columns
        self.behind.layout.display, self.trace.value, self.saved.value = "none", "", ""
        self.trace.layout.display = "none"
        self.code.value = f"<pre>{escape(view.code)}</pre>" if view.code else ""
        self.copy.text = view.code
        self._draw(view)

    def _label(self, lang: str) -> None:
        self.heading.value = f"<h3>{say('title', lang)}</h3>"
        for title, name in zip(self.save_titles, ("save_chart", "save_table"), strict=True):
            title.value = f'<span class="gx-note">{say(name, lang)}</span>'
        for suffix, button in self.saves.items():
            button.description = suffix.upper()
        self.hint.value = f'<div class="gx-head">{say("pick", lang)}</div>'
        words = {"label": "copy", "done": "copied", "failed": "copy_by_hand"}
        for name, word in words.items():
            setattr(self.copy, name, say(word, lang))

    def _tell(self, view: View, more: list[str]) -> None:
        lang, n = view.choice.lang, len(view.table)
        cut = [say("rows", lang, kept=MOST_ROWS, n=n)] if n > MOST_ROWS else []
        told = (
            f'<div class="gx-told">{escape(text)}</div>' for text in [*more, *view.messages, *cut]
        )
        self.told.value = "".join(told)

    def _draw(self, view: View) -> None:
        """The chart, or none where nothing can be drawn: the messages say why."""
        try:
            made = view.draw()
        except GxError as error:
            self._tell(view, [say("refused", view.choice.lang, why=why(error, view.choice.lang))])
            made = None
        if made is not None:
            try:
                self.image.value = screen_png(made)
            finally:
                close(made)
        self.image.layout.display = "none" if made is None else None

    def _on_figure(self) -> None:
        row, column = self.table.selected[:2]
        if row < 0:
            return
        lang = self.view.choice.lang
        cells = cells_behind(self.view, self.rows_at[row], self.columns[column][0])
        self.cells = cells
        self.trace.layout.display = None
        if cells.empty:
            self.behind.layout.display = "none"
            self.trace.value = escape(say("not_behind", lang))
            return
        names = [
            f"{name_of(t, r, c, lang)} = {figure(v, '')}"
            for t, r, c, v in zip(
                *(cells[name] for name in ("table", "row", "column", "value")), strict=True
            )
        ]
        self.behind.options = [(f"{i}. {name}", i - 1) for i, name in enumerate(names, start=1)]
        self.behind.layout.display = None
        self.behind.index = 0
        self._show_trace()

    def _show_trace(self) -> None:
        """The printed place of the chosen cell: what is known first, the picture when it comes."""
        lang, at = self.view.choice.lang, self.behind.value
        if at is None:
            return
        cell = self.cells.iloc[at]
        bodies = self.model.bodies
        owner = bodies.owner(str(cell["report"]))
        near = bodies.select([owner], bodies.years([owner]))
        head = f'<p class="gx-head">{say("behind", lang, n=len(self.cells))}</p>'
        known = trace(near, cell, lang=lang, picture=False)
        self.trace.value = f"{head}{known._repr_html_()}<p>{say('looking', lang)}</p>"
        self.trace.value = head + trace(near, cell, lang=lang)._repr_html_()

    def save(self, suffix: str) -> None:
        """Write chart or table beside the notebook, and offer it for download."""
        lang, view = self.view.choice.lang, self.view
        try:
            data = self._bytes(suffix)
            if data is None:
                self.saved.value = escape(say("no_figure", lang))
                return
            name = (
                f"{view.spec.id}-{view.chart.id}"
                if suffix in CHARTS and view.chart
                else view.spec.id
            )
            path = keep(data, self.folder, name, suffix)
        except GxError as error:
            self.saved.value = escape(say("unsaved", lang, why=why(error, lang)))
            return
        link = f"data:{MEDIA[suffix]};base64,{base64.b64encode(data).decode('ascii')}"
        self.saved.value = (
            f"{say('saved', lang)} {escape(str(path))} · "
            f'<a class="gx-download" download="{escape(path.name)}" href="{link}">'
            f"{say('download', lang)}</a>"
        )

    def _bytes(self, suffix: str) -> bytes | None:
        if suffix in TABLES:
            return table_bytes(self.view.table, suffix)
        made = self.view.draw()
        if made is None:
            return None
        try:
            return chart_bytes(made, suffix)
        finally:
            close(made)
