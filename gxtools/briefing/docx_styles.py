"""The styles of a Chinese official document, or those of a user's template."""

from __future__ import annotations

import os
from typing import Any

from ..errors import FileError, InputError
from . import wordml
from .wordml import BODY, HEAD, SUBHEAD, TITLE

# Name: typeface, size, bold, space before and after (points), line height (times the typeface's, or
# points, in which figures stand level with Chinese), first-line indent (em), alignment.
# Built-in names keep their meaning: Word makes its contents of "Heading 1" and "2".
_STYLES: dict[str, tuple[str, float, bool, float, float, float, float, str]] = {
    "Normal": (BODY, 12, False, 0, 0, 1.4, 0, "LEFT"),
    "Title": (TITLE, 22, True, 48, 18, 1.2, 0, "CENTER"),
    "Subtitle": (SUBHEAD, 15, False, 0, 12, 1.3, 0, "CENTER"),
    "TOC Heading": (HEAD, 14, False, 30, 8, 1.3, 0, "CENTER"),
    "toc 1": (HEAD, 12, False, 3, 0, 1.3, 0, "LEFT"),
    "toc 2": (BODY, 12, False, 0, 0, 1.3, 0, "LEFT"),
    "Heading 1": (HEAD, 16, False, 20, 8, 1.3, 0, "LEFT"),
    "Heading 2": (SUBHEAD, 14, True, 14, 6, 1.3, 0, "LEFT"),
    "Caption": (HEAD, 10.5, False, 6, 4, 1.2, 0, "CENTER"),
    "Brief Text": (BODY, 12, False, 0, 4, 1.4, 2, "LEFT"),
    "Brief Sentence": (BODY, 12, False, 4, 0, 1.4, 2, "LEFT"),
    "Brief Basis": (BODY, 9, False, 0, 5, 1.3, 2.7, "LEFT"),
    "Brief Note": (BODY, 9, False, 2, 2, 1.3, 0, "LEFT"),
    "Brief Cell": (TITLE, 9, False, 0, 0, 12.5, 0, "LEFT"),
    "Brief Figure": (BODY, 9, False, 6, 0, 1.0, 0, "CENTER"),
}
_KEPT = ("Heading 1", "Heading 2", "Brief Figure", "TOC Heading")  # with what follows
_GREY = ("Brief Basis", "Brief Note")
_TIMES = 3.0  # more is points
_TEXT = 441.0  # points: the text of an A4 page


def open_document(template: str | os.PathLike[str] | None, lang: str) -> Any:
    """An empty document: A4 with our styles, or with the page and the styles of a template.

    Raises FileError when there is no such template, InputError when it is no document.
    """
    from docx import Document

    if template is None:
        made = Document()
        _page(made, lang)
    else:
        made = _opened(os.fspath(template))
        body = made.element.body
        for part in list(body):
            if part is not body.sectPr:
                body.remove(part)
    for name in _STYLES:
        own = _find(made, name)
        if own is None or template is None:
            builtin = not name.startswith("Brief")
            _dress(made, own or made.styles.add_style(name, 1, builtin), name)
    wordml.add_numbering(made, lang)
    if template is None:
        for depth in (1, 2):
            wordml.set_number(made.styles[f"Heading {depth}"].element.get_or_add_pPr(), depth - 1)
    return made


def _opened(where: str) -> Any:
    from docx import Document

    if not os.path.isfile(where):
        raise FileError("there is no such template", where=where, advice="Check the path.")
    try:
        return Document(where)
    except Exception as error:  # python-docx, zipfile and lxml each raise their own
        advice = "Give a .docx file; a .dotx can be saved as one."
        raise InputError("the template is no document", where=where, advice=advice) from error


def _find(made: Any, name: str) -> Any:
    known = {style.name.lower(): style for style in made.styles if style.name}
    return known.get(name.lower())


def _dress(made: Any, style: Any, name: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    face, size, bold, before, after, line, indent, align = _STYLES[name]
    if name != "Normal":
        style.base_style = made.styles["Normal"]
    style.element.get_or_add_rPr().clear()
    properties = style.element.get_or_add_pPr()
    for old in list(properties):  # lines and spaces of the built-in template
        properties.remove(old)
    wordml.set_face(style.element.get_or_add_rPr(), face)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    made_of: Any = RGBColor
    style.font.color.rgb = made_of.from_string("595959" if name in _GREY else "000000")
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = Pt(line) if line > _TIMES else line
    layout.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    layout.first_line_indent = Pt(size * indent) if indent else None
    layout.keep_with_next = name in _KEPT or None
    layout.widow_control = True
    style.quick_style, style.hidden = True, False
    if name.startswith("toc"):
        layout.left_indent = Pt(24 * (int(name[-1]) - 1))
        layout.tab_stops.add_tab_stop(Pt(_TEXT), _right())
    if name.startswith("Heading"):
        properties.append(wordml.element("w:outlineLvl", val=int(name[-1]) - 1))


def _right() -> Any:
    from docx.enum.text import WD_TAB_ALIGNMENT

    return WD_TAB_ALIGNMENT.RIGHT


def _page(made: Any, lang: str) -> None:
    """A4, the margins of a report, the number of the page in the middle of its foot."""
    from docx.shared import Cm

    page = made.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2.6)
    page.left_margin = page.right_margin = Cm(2.7)
    foot = page.footer.paragraphs[0]
    foot.alignment = 1
    foot.add_run("— ")
    wordml.add_field(foot, "PAGE", "1")
    foot.add_run(" —")
    languages = made.styles.element.find(f".//{wordml.element('w:lang').tag}")
    if languages is not None:
        for name in list(languages.attrib):
            del languages.attrib[name]
        made_of = wordml.element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
        languages.attrib.update(made_of.attrib)
