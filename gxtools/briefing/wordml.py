"""What python-docx does not write: fields, bookmarks, numbering, typefaces, table rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Typefaces of a Chinese official document by their part: East Asian, then Latin.
BODY, HEAD, SUBHEAD, TITLE = "FangSong", "SimHei", "KaiTi", "SimSun"
LATIN = "Times New Roman"
NUMBERING = 90  # no list of the built-in document has this number
# Number format and text of chapters, sections and sentences.
_LEVELS = {
    "zh": (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
    ),
    "en": (("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%3.")),
}
_COUNTING = "一二三四五六七八九十"


def element(tag: str, **attributes: object) -> Any:
    """`element("w:b", val=1)`: a WordprocessingML element with attributes of its namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_face(properties: Any, east: str) -> None:
    """The typeface of run properties in every script, in place of the theme's."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east)):
        fonts.set(qn(f"w:{script}"), face)


def add_field(paragraph: Any, instruction: str, shown: str) -> list[Any]:
    """A field with the result that it shows until it is updated; returns its runs."""
    opened = open_field(paragraph, instruction)
    return [*opened, paragraph.add_run(shown), close_field(paragraph)]


def open_field(paragraph: Any, instruction: str) -> list[Any]:
    """The beginning of a field, whose result may go on over the paragraphs that follow."""
    first, told = _mark(paragraph, "begin"), paragraph.add_run()
    code = element("w:instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f" {instruction} "
    told._r.append(code)
    return [first, told, _mark(paragraph, "separate")]


def close_field(paragraph: Any) -> Any:
    return _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str) -> Any:
    run = paragraph.add_run()
    run._r.append(element("w:fldChar", fldCharType=kind))
    return run


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A bookmark around the text of a paragraph."""
    start = element("w:bookmarkStart", id=number, name=name)
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def add_entry(paragraph: Any, text: str, anchor: str) -> None:
    """A line of a table of contents: linked to its heading, with the field of its page."""
    added = [paragraph.add_run(text), paragraph.add_run("\t")]
    added += add_field(paragraph, f"PAGEREF {anchor} \\h", "")
    link = element("w:hyperlink", anchor=anchor, history=1)
    paragraph._p.append(link)
    for run in added:
        link.append(run._r)


def add_numbering(document: Any, lang: str) -> None:
    """The list of chapters, sections and sentences: 一、（一）1., or 1, 1.1, 1."""
    root = document.part.numbering_part.element
    listed = element("w:abstractNum", abstractNumId=NUMBERING)
    listed.append(element("w:multiLevelType", val="multilevel"))
    for depth, (form, text) in enumerate(_LEVELS[lang]):
        level = element("w:lvl", ilvl=depth)
        spaced = "nothing" if lang == "zh" and depth < 2 else "space"
        style = [("pStyle", f"Heading{depth + 1}")] if depth < 2 else []
        for tag, value in (
            ("start", 1), ("numFmt", form), *style, ("suff", spaced), ("lvlText", text),
            ("lvlJc", "left"),
        ):  # fmt: skip
            level.append(element(f"w:{tag}", val=value))
        listed.append(level)
    number = element("w:num", numId=NUMBERING)
    number.append(element("w:abstractNumId", val=NUMBERING))
    first = next(iter(root.findall(number.tag)), None)
    if first is None:
        root.append(listed)
    else:
        first.addprevious(listed)
    root.append(number)


def set_number(properties: Any, depth: int) -> None:
    """Number the paragraphs of these properties at a depth of the list."""
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = depth
    numbered.get_or_add_numId().val = NUMBERING


def number_text(lang: str, chapter: int, section: int = 0) -> str:
    """The number of a chapter or section as Word writes it."""
    if lang == "zh":
        return f"（{_COUNTING[section - 1]}）" if section else f"{_COUNTING[chapter - 1]}、"
    return f"{chapter}.{section} " if section else f"{chapter} "


def set_look(table: Any, widths: Sequence[int]) -> None:
    """Fixed widths in twentieths of a point; lines above, below and, thin, between the rows."""
    properties, grid = table._tbl.tblPr, table._tbl.tblGrid
    for old in list(properties):
        properties.remove(old)
    borders, margins = element("w:tblBorders"), element("w:tblCellMar")
    for side, size, colour in (
        ("top", 10, "222222"), ("left", 0, ""), ("bottom", 10, "222222"), ("right", 0, ""),
        ("insideH", 4, "BFBFBF"), ("insideV", 0, ""),
    ):  # fmt: skip
        line = (
            {"val": "single", "sz": size, "space": 0, "color": colour} if size else {"val": "nil"}
        )
        borders.append(element(f"w:{side}", **line))
    for side, width in (("top", 25), ("left", 60), ("bottom", 25), ("right", 60)):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    whole = element("w:tblW", w=sum(widths), type="dxa")
    for part in (whole, borders, element("w:tblLayout", type="fixed"), margins):
        properties.append(part)
    for column, width in zip(grid.gridCol_lst, widths, strict=True):
        column.w = width * 635  # in the unit that python-docx counts in


def set_rows(table: Any) -> None:
    """The first row repeats on every page, and no row is broken over two."""
    for i, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if i == 0:
            properties.append(element("w:tblHeader"))


def keep_rows(table: Any, rows: Sequence[int]) -> None:
    """Rows that stay on the page of the row below them."""
    listed = table._tbl.tr_lst
    for row in rows:
        for cell in listed[row].tc_lst:
            for line in cell.p_lst:
                line.get_or_add_pPr().get_or_add_keepNext()
