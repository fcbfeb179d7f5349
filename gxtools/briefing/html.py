"""The briefing as one page: no network, no library; without scripts it reads the same."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from importlib import resources

from .archive import clean
from .contents import Chapter, Figure, Item, Rule, Section, Table, chapters, subject
from .frames import Measures
from .lettering import text_width
from .sentences import Finding
from .words import count, say, years_of

_SHORT, _SHORTEST = 8.0, 2.5  # Chinese signs of a text, and of a heading, on one line
_ALL = 1_000_000  # rows: a page has room for every report
# Nothing may be fetched, whatever a report's text says.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


class _Page:
    """What has been numbered so far."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.numbers = {"figure": 0, "table": 0}

    def caption(self, kind: str, text: str) -> str:
        self.numbers[kind] += 1
        number = say(f"{kind}_no", self.lang, n=self.numbers[kind])
        return f"{number}{'　' if self.lang == 'zh' else '. '}{_text(text)}"


def html_bytes(measures: Measures, lang: str) -> bytes:
    """The page in UTF-8."""
    made, page = chapters(measures, lang, _ALL), _Page(lang)
    title = _text(say("title", lang))
    body = "\n".join(_chapter(page, i, chapter) for i, chapter in enumerate(made, start=1))
    links = "".join(f'<li><a href="#c{i}">{_text(c.title)}</a></li>' for i, c in enumerate(made, 1))
    words = " ".join(
        f'data-{name}="{_text(say(key, lang))}"'
        for name, key in (("filter", "filter"), ("save", "save_csv"), ("rows", "rows_shown"))
    )
    code = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{code}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title>\n<style>\n{_asset('page.css')}</style></head>\n<body {words}>\n"
        f"<header><h1>{title}</h1>\n{_about(measures, lang)}</header>\n"
        f"<nav><ol>{links}</ol></nav>\n<main>\n{body}\n</main>\n"
        f"<script>\n{_asset('page.js')}</script>\n</body></html>\n"
    ).encode()


def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _text(value: str) -> str:
    return escape(clean(value), quote=True)


def _about(measures: Measures, lang: str) -> str:
    index, others = measures.index, len(measures.bodies) - len(measures.shown)
    told = [subject(measures, lang)]
    if measures.focus and others:
        told.append(say("compared_with", lang, n=others))
    found, expected = count(index["found"].sum()), count(index["expected"].sum())
    words = {"years": years_of(index["year"], lang), "found": found, "expected": expected}
    reports, bodies = len(index), index["body"].nunique()
    told.append(say("coverage", lang, reports=reports, bodies=bodies, **words))
    told.append(say("promise", lang))
    return "\n".join(f"<p>{_text(text)}</p>" for text in told)


def _chapter(page: _Page, number: int, chapter: Chapter) -> str:
    sections = "\n".join(_section(page, section) for section in chapter.sections)
    return f'<section id="c{number}"><h2>{_text(chapter.title)}</h2>\n{sections}</section>'


def _section(page: _Page, section: Section) -> str:
    head = f"<h3>{_text(section.title)}</h3>\n" if section.title else ""
    listed = [item for item in section.items if isinstance(item, Finding | Rule)]
    rest = [item for item in section.items if not isinstance(item, Finding | Rule)]
    items = "\n".join(_listed(item) for item in listed)
    numbered = f"<ol>\n{items}\n</ol>\n" if listed else ""
    return head + numbered + "\n".join(_item(page, item) for item in rest)


def _listed(item: Finding | Rule) -> str:
    basis = f"<small>{_text(item.basis)}</small>" if isinstance(item, Finding) else ""
    return f"<li>{_text(item.text)}{basis}</li>"


def _item(page: _Page, item: Item) -> str:
    if isinstance(item, Figure):
        return _figure(page, item)
    if isinstance(item, Table):
        return _table(page, item)
    return f"<p>{_text(item.text)}</p>"


def _figure(page: _Page, item: Figure) -> str:
    """The picture inside the page, sharp at any size."""
    drawn = item.picture.saved(".svg", page.lang)
    title = drawn.title or item.caption
    caption, content = page.caption("figure", title), base64.b64encode(drawn.content).decode()
    return (
        f'<figure><img alt="{_text(title)}" src="data:image/svg+xml;base64,{content}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _table(page: _Page, item: Table) -> str:
    sheet = item.sheet
    columns = zip(*sheet.rows, strict=True) if sheet.rows else ([] for _ in sheet.header)
    kinds = [
        "n" if i in sheet.numbers else "s" if _is_short(texts, _SHORT) else ""
        for i, texts in enumerate(columns)
    ]
    heads = "".join(
        f'<th scope="col"{_class(f"{kind} s" if _is_short([head], _SHORTEST) else kind)}>'
        f"{_text(head)}</th>"
        for head, kind in zip(sheet.header, kinds, strict=True)
    )
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<td{_class(kind)}>{_text(text)}</td>" for text, kind in zip(row, kinds, strict=True)
        )
        + "</tr>"
        for row in sheet.rows
    )
    caption = page.caption("table", item.caption)
    notes = "".join(f'<p class="note">{_text(note)}</p>' for note in item.notes)
    return (
        f'<div class="table"><table><caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>{notes}"
    )


def _is_short(texts: Iterable[str], most: float) -> bool:
    """Whether texts of at most so many Chinese signs are never broken."""
    return all(text_width(text, 1.0) <= most for text in texts)


def _class(kind: str) -> str:
    return f' class="{kind.strip()}"' if kind.strip() else ""
