"""Mutated documents: nothing but GxError comes out, and no figure that is not printed there.

Three kinds, each drawn from a seed that alone repeats the case:

trees  cells, rows, headings, labels, spans and tables of web pages and Word files, real and
       printed, are deleted, doubled, moved, renamed, joined or exchanged;
cells  the same done to the tables of a printed report before the press prints them, in every
       format: figures exchanged, rows turned, cells dropped or added, labels exchanged or damaged;
bytes  of the finished file: flipped, overwritten, cut out, put in, doubled, cut off.

What is proven of each case. Whatever comes out is a GxError or a reading, within the limits of a
worker. The figures of a subject are all different, so that one under a wrong label, heading or
column is always seen: each figure that is read is the one that the mutated document prints at
that place (`prints`; where a mutation leaves that in doubt: the old figure or none). Where figures
are lost, an error is listed or the cell is read as blank, /, - or 无. After a mutation of bytes a
figure may differ from the old one by no more characters than bytes were touched, and may be no
other cell's; in archives, whose parts have checksums, it may not differ at all.

What is not proven: that a figure is read which could be (tests/accuracy.py counts those); a byte
that turns one digit into another gives another document, whose figure is then right; of PDF and
XLS, where a byte may move a text to another place of the page, and of files as they were
published, whose figures repeat themselves, only that nothing but GxError comes out; pictures are
not mutated. A cut that takes a row's end and the next one's label prints a whole row with
another's figures: what is asked then is that the other row is listed. A figure that stands twice
in a line of text may make up for a blank that was lost there.
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from rapidfuzz.distance import Levenshtein

from gxtools.errors import GxError
from gxtools.recognise import Filling, Key
from tests import fuzz_bytes, fuzz_cells, fuzz_trees
from tests.fuzz_subjects import (
    PRINTERS,
    Subject,
    drawn_subject,
    drawn_subjects,
    laid,
    print_laid,
    read,
    real_subjects,
    values,
    whole_file,
    whole_files,
)

Prints = dict[Key, set[float]]
Arguments = tuple[str, str, str, bool]
KINDS = ("trees", "cells", "bytes")
CHECKED = ("docx", "xlsx")  # formats whose parts have checksums
LOOSE = ("pdf", "xls")  # a byte of these may be a place on the page
# Layouts in which a cell too few is a blank one at the end, between the lines of the rows around it.
GAPLESS = ("docx", "xlsx", "xls", "csv", "pdf", "text markdown")
SLOW = ("pdf",)  # formats of which one case in ten is made
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"


@dataclass(frozen=True)
class Case:
    """A mutated document; `prints` gives what may be read for a cell (nothing always may).

    `touched` is the number of bytes that a mutation of bytes may have changed.
    """

    subject: Subject
    what: str
    data: bytes
    prints: Prints
    touched: int = 0


def faults(case: Case) -> list[str]:
    """What reading a case should not have given."""
    try:
        return list(_wrong(case, read(case.data)))
    except GxError:
        return []
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def _wrong(case: Case, filling: Filling) -> Iterator[str]:
    if case.touched and (case.subject.format in LOOSE or not case.subject.distinct):
        return
    found = values(filling)
    for key, value in found.items():
        if value not in case.prints.get(key, set()) and not _is_altered(case, key, value, filling):
            told = " or ".join(map(str, sorted(case.prints.get(key, set())))) or "nothing"
            yield f"{' '.join(key)}: read {value}, printed {told}"
    if len(found) < len(case.subject.known) and not _is_told(filling):
        yield "figures are lost and no problem is listed"


def _is_altered(case: Case, key: Key, value: float, filling: Filling) -> bool:
    """Whether a figure is the old one with no more characters changed than bytes were."""
    known = case.subject.known
    if not case.touched or case.subject.format in CHECKED:
        return False
    if value in known.values():
        if case.what == "double" and case.subject.format == "text":
            return "blanks" in case.subject.name  # it makes up for a blank that text has lost
        return case.what == "cut a row's end" and not _is_whole(filling)
    before = f"{known[key]:.10g}" if key in known else ""
    return Levenshtein.distance(before, f"{value:.10g}") <= case.touched


def _is_told(filling: Filling) -> bool:
    """Whether what is not read is listed, or read as a sign for nothing."""
    signs = {key for key, cell in filling.cells.items() if cell.kind != "missing"}
    lost = set(filling.expected) - set(values(filling)) - signs
    return not lost or not _is_whole(filling)


def _is_whole(filling: Filling) -> bool:
    return not any(note.severity == "error" for note in filling.notes)


def tree_case(draw: random.Random) -> Case:
    subject = _subject(draw, ("html", "docx"))
    page = subject.format == "html"
    source = subject.data if page else _member(subject.data, _MAIN)
    parser = etree.HTMLParser(encoding="utf-8") if page else etree.XMLParser()
    root = etree.fromstring(source, parser)
    names = ("table", "tr", "td") if page else (f"{_WORD}tbl", f"{_WORD}tr", f"{_WORD}tc")
    tree = fuzz_trees.Tree(root, names, fuzz_trees.start(subject.known), draw)
    what = ", ".join(fuzz_trees.mutate(tree, draw.choice((1, 1, 1, 2, 3))))
    data = etree.tostring(root, encoding="utf-8", method="html" if page else "xml")
    return Case(subject, what, data if page else _with(subject.data, _MAIN, data), tree.prints)


def _member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def _with(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with another content of one member."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return packed.getvalue()


def cell_case(draw: random.Random) -> Case:
    layout, edition, noise, blanks = _arguments(draw, tuple(_formats()))
    sheet, known = laid(layout, edition, noise, blanks)
    gapless = layout in GAPLESS
    tables = fuzz_cells.Tables(list(sheet.laid), fuzz_trees.start(known), draw, gapless)
    what = fuzz_cells.mutate(tables)
    data = print_laid(sheet, tables.laid, layout, noise)
    name = f"{layout}, {edition}, {noise}{', blanks' if blanks else ''}"
    return Case(Subject(name, layout.split()[0], data, known), what, data, tables.prints)


def byte_case(draw: random.Random) -> Case:
    whole = whole_files()
    if whole and draw.random() < 0.25:
        slow = [name for name in whole if name.endswith(".pdf")]
        names = slow if slow and draw.random() < 0.03 else [n for n in whole if n not in slow]
        subject = whole_file(draw.choice(names))
    else:
        subject = _subject(draw, tuple(_formats()))
    data, touched, what = fuzz_bytes.mutate(subject.data, draw)
    return Case(subject, what, data, fuzz_trees.start(subject.known), touched)


def _formats() -> list[str]:
    return list(dict.fromkeys(layout.split()[0] for layout in PRINTERS))


def _subject(draw: random.Random, formats: tuple[str, ...]) -> Subject:
    """A printed document, or now and then a real one with drawn figures."""
    real = [subject for subject in real_subjects() if subject.format in formats]
    if real and draw.random() < 0.3:
        return draw.choice(real)
    return drawn_subject(*_arguments(draw, formats))


def _arguments(draw: random.Random, formats: tuple[str, ...]) -> Arguments:
    slow = tuple(set(formats) & set(SLOW))
    formats = slow if slow and draw.random() < 0.03 else tuple(set(formats) - set(SLOW))
    return draw.choice([a for a in drawn_subjects() if a[0].split()[0] in formats])


MAKERS = {"trees": tree_case, "cells": cell_case, "bytes": byte_case}


def make(name: str) -> Case:
    """The case of a name: its kind and seed, as in trees:1:4711."""
    return MAKERS[name.partition(":")[0]](random.Random(name))


@dataclass(frozen=True)
class Verdict:
    """What is told of a case."""

    format: str
    subject: str
    what: str
    faults: tuple[str, ...]
    seconds: float


def judge(name: str) -> Verdict:
    """Make a case, read it, tell its faults; for workers, which limit what it may take."""
    case = make(name)
    begun = time.process_time()
    found = tuple(faults(case))
    seconds = time.process_time() - begun
    return Verdict(case.subject.format, case.subject.name, case.what, found, seconds)
