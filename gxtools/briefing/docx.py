"""The briefing as a document: numbered chapters, figures and tables, in the order of a report."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import wordml
from .archive import DATE, clean, sealed
from .contents import Chapter, Figure, Item, Lead, Rule, Section, Table, chapters, subject
from .docx_styles import open_document
from .frames import Measures
from .lettering import balanced, lines
from .pictures import WIDTH
from .sentences import Finding
from .tables import BOLD, Sheet
from .words import count, say, years_of

_MOST = 48  # rows of a table; a workbook is the place for more
_WHOLE = 12  # rows of a table that is not broken over two pages
_CELL, _SMALL = 9.0, 8.0  # points, of the text of a table, and of a wide one
_ASIDE = 3.0  # points beside the text of a cell
_POINT = 20  # a point, in the unit of widths


@dataclass
class Writer:
    """A document that is being written: its language and how many figures and tables it has."""

    document: Any
    lang: str
    numbers: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0, "mark": 0})
    _cell: str = ""  # the style of a table's text, looked up once

    @property
    def width(self) -> float:
        """The width of the text in points."""
        page = self.document.sections[-1]
        return float((page.page_width - page.left_margin - page.right_margin) / 12700)

    @property
    def cell_style(self) -> str:
        if not self._cell:
            self._cell = self.document.styles["Brief Cell"].style_id
        return self._cell

    def paragraph(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(clean(text), style=style)

    def next(self, kind: str) -> int:
        self.numbers[kind] += 1
        return self.numbers[kind]


def docx_bytes(
    measures: Measures, lang: str, template: str | os.PathLike[str] | None = None
) -> bytes:
    """The document. Raises FileError or InputError for a template that cannot be used."""
    writer = Writer(open_document(template, lang), lang)
    made = chapters(measures, lang, _MOST)
    _cover(writer, measures)
    _contents(writer, made)
    for chapter in made:
        _chapter(writer, chapter)
    return _saved(writer)


def _cover(writer: Writer, measures: Measures) -> None:
    """Title, bodies, how many reports, and what the figures are."""
    lang, index = writer.lang, measures.index
    writer.paragraph(say("title", lang), "Title")
    writer.paragraph(subject(measures, lang), "Subtitle")
    others = len(measures.bodies) - len(measures.shown)
    if measures.focus and others:
        writer.paragraph(say("compared_with", lang, n=others), "Brief Note")
    found, expected = count(index["found"].sum()), count(index["expected"].sum())
    words = {"years": years_of(index["year"], lang), "found": found, "expected": expected}
    bodies = index["body"].nunique()
    told = say("coverage", lang, reports=len(index), bodies=bodies, **words)
    writer.paragraph(told, "Brief Note")
    writer.paragraph(say("promise", lang), "Brief Note")


def _contents(writer: Writer, made: list[Chapter]) -> None:
    """A table of contents: the field, and the lines that it shows until it is updated.

    Only Word can count pages. To have it do so on opening, it must be told to update fields, and
    then warns every reader of "fields that may refer to other files".
    """
    writer.paragraph(say("contents", writer.lang), "TOC Heading")
    entries = list(_entries(made, writer.lang))
    for i, (depth, text) in enumerate(entries):
        line = writer.document.add_paragraph(style=f"toc {depth}")
        if i == 0:
            wordml.open_field(line, 'TOC \\o "1-2" \\h \\z \\u')
        wordml.add_entry(line, text, _anchor(i + 1))
    # Part of the field: whoever updates it has the page numbers, and not this line.
    note = writer.paragraph(say("pages_missing", writer.lang), "Brief Note")
    note.paragraph_format.alignment = 1
    wordml.close_field(note)


def _entries(made: list[Chapter], lang: str) -> Iterator[tuple[int, str]]:
    for i, chapter in enumerate(made, start=1):
        yield 1, wordml.number_text(lang, i) + chapter.title
        named = [section for section in chapter.sections if section.title]
        for j, section in enumerate(named, start=1):
            yield 2, wordml.number_text(lang, i, j) + section.title


def _anchor(number: int) -> str:
    return f"_Toc{number:06}"


def _heading(writer: Writer, text: str, depth: int) -> Any:
    heading = writer.paragraph(text, f"Heading {depth}")
    if not _is_numbered(heading.style):  # a template's own headings need not be
        wordml.set_number(heading._p.get_or_add_pPr(), depth - 1)
    number = writer.next("mark")
    wordml.bookmark(heading, _anchor(number), number)
    return heading


def _is_numbered(style: Any) -> bool:
    while style is not None:
        properties = style.element.pPr
        if properties is not None and properties.numPr is not None:
            return True
        style = style.base_style
    return False


def _chapter(writer: Writer, chapter: Chapter) -> None:
    heading = _heading(writer, chapter.title, 1)
    if writer.numbers["mark"] == 1:
        heading.paragraph_format.page_break_before = True  # the contents stand on the first page
    for section in chapter.sections:
        if section.title:
            _heading(writer, section.title, 2)
        _section(writer, section)


def _section(writer: Writer, section: Section) -> None:
    shown = [item for item in section.items if isinstance(item, Figure | Table)]
    for item, after in zip(section.items, [*section.items[1:], None], strict=True):
        if shown and item is shown[0] and item is section.items[0]:
            told = writer.paragraph(
                say("see", writer.lang, what=_named(writer, shown)), "Brief Text"
            )
            told.paragraph_format.keep_with_next = True
        if isinstance(item, Lead) and shown and after is shown[0]:
            item = Lead(_referring(item.text, _named(writer, shown), writer.lang))
        _item(writer, item)


def _named(writer: Writer, shown: Sequence[Figure | Table]) -> str:
    """The figures and tables that follow, by their numbers."""
    lang, numbers = writer.lang, dict(writer.numbers)
    named = []
    for item in shown:
        kind = "figure" if isinstance(item, Figure) else "table"
        numbers[kind] += 1
        named.append(say(f"{kind}_no", lang, n=numbers[kind]))
    if lang == "zh":
        return "、".join(named)
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


def _referring(text: str, what: str, lang: str) -> str:
    """The sentence with where its figures stand before its full stop."""
    stop = text[-1:] if text[-1:] in "。." else ""
    return text.removesuffix(stop) + say("see_in", lang, what=what) + stop


def _item(writer: Writer, item: Item) -> None:
    match item:
        case Finding(text, basis, _):
            sentence = writer.paragraph(text, "Brief Sentence")
            sentence.paragraph_format.keep_with_next = True
            wordml.set_number(sentence._p.get_or_add_pPr(), 2)
            writer.paragraph(basis, "Brief Basis")
        case Rule(text):
            rule = writer.paragraph(text, "Brief Sentence")
            wordml.set_number(rule._p.get_or_add_pPr(), 2)
        case Lead(text):
            writer.paragraph(text, "Brief Text").paragraph_format.keep_with_next = True
        case Figure():
            _figure(writer, item)
        case Table():
            _table(writer, item)


def _figure(writer: Writer, item: Figure) -> None:
    """The picture, as wide as the text, over its numbered caption."""
    from docx.shared import Inches, Pt

    place = writer.document.add_paragraph(style="Brief Figure")
    drawn = item.picture.saved(".png", writer.lang)
    caption = drawn.title or item.caption
    width = min(Inches(WIDTH), Pt(writer.width))
    shape = place.add_run().add_picture(io.BytesIO(drawn.content), width=width)
    shape._inline.docPr.set("descr", clean(caption))
    shape._inline.docPr.set("name", f"Figure {writer.numbers['figure'] + 1}")
    _caption(writer, "figure", caption)


def _caption(writer: Writer, kind: str, text: str) -> None:
    """`图1　…`: the number is a field, so that one put in between renumbers the rest."""
    before, after = say(f"{kind}_no", writer.lang, n="\0").split("\0")
    line = writer.document.add_paragraph(style="Caption")
    line.add_run(before)
    name = before.strip() or kind
    wordml.add_field(line, f"SEQ {name} \\* ARABIC", str(writer.next(kind)))
    line.add_run(f"{after}{'　' if writer.lang == 'zh' else '. '}{clean(text)}")
    line.paragraph_format.keep_with_next = kind == "table"


def _table(writer: Writer, item: Table) -> None:
    """A numbered caption over a table whose header row repeats, and its notes below."""
    _caption(writer, "table", item.caption)
    sheet = item.sheet
    table = writer.document.add_table(len(sheet.rows) + 1, len(sheet.header))
    size = _SMALL if sheet.is_tight(writer.width, _CELL, _ASIDE) else _CELL
    widths = [round(width * _POINT) for width in sheet.across(writer.width, size, _ASIDE, size - 1)]
    wordml.set_look(table, widths)
    wordml.set_rows(table)
    for i, (row, texts) in enumerate(
        zip(table._tbl.tr_lst, parted_rows(sheet, widths, size), strict=True)
    ):
        for j, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            cell.width = widths[j] * 635
            _cell(writer, cell, text, size, head=i == 0, right=j in sheet.numbers)
    wordml.keep_rows(table, _kept(len(sheet.rows), noted=bool(item.notes)))
    for i, note in enumerate(item.notes, start=1):
        told = writer.paragraph(note, "Brief Note")
        told.paragraph_format.keep_with_next = i < len(item.notes)


def parted_rows(sheet: Sheet, widths: Sequence[int], size: float) -> Iterator[list[str]]:
    """The rows, the header first, with the breaks of its headings; where the shares of a column do
    not all fit behind their figures, all stand below them."""
    rooms = [width / _POINT - 2 * _ASIDE for width in widths]
    heads = zip(sheet.header, rooms, strict=True)
    yield ["\n".join(balanced(clean(head), room, (size - 1) * BOLD)) for head, room in heads]
    below = [
        j in sheet.numbers and any(lines(row[j], room, size) > 1 for row in sheet.rows)
        for j, room in enumerate(rooms)
    ]
    for row in sheet.rows:
        parted = zip(map(clean, row), below, strict=True)
        yield [text.replace(" (", "\n(") if two else text for text, two in parted]


def _kept(rows: int, *, noted: bool) -> list[int]:
    """The rows (0: the header) that stay on the page of the next: all of a short table, else those
    that would leave one or two alone; the last on that of its notes."""
    kept = list(range(rows)) if rows <= _WHOLE else [0, 1, rows - 1]
    return [*kept, rows] if noted and rows else kept


def _cell(writer: Writer, cell: Any, text: str, size: float, *, head: bool, right: bool) -> None:
    line = cell.p_lst[0]
    line.get_or_add_pPr().style = writer.cell_style
    run = line.add_r()
    run.text = clean(text, line=False)
    look = run.get_or_add_rPr()
    if head:
        look.append(wordml.element("w:b"))
    if head or size != _CELL:
        look.append(wordml.element("w:sz", val=round(2 * (size - head))))
    if head:
        shade = wordml.element("w:shd", val="clear", color="auto", fill="EFEFEF")
        cell.get_or_add_tcPr().append(shade)
    if right:
        line.pPr.append(wordml.element("w:jc", val="right"))


def _saved(writer: Writer) -> bytes:
    about = writer.document.core_properties
    about.author = about.last_modified_by = "gxtools"
    about.title, about.comments = say("title", writer.lang), ""
    about.language = "zh-CN" if writer.lang == "zh" else "en"
    about.created = about.modified = DATE
    about.revision = 1
    out = io.BytesIO()
    writer.document.save(out)
    return sealed(out.getvalue())
