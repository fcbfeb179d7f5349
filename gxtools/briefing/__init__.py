"""Reports to a briefing that a minister can read and an analyst can edit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..arguments import language, path_of
from ..errors import InputError
from ..places import writing
from ..reports import Reports
from .frames import Focus, Measures, Years, gather
from .portraits import write_portraits

__all__ = ["write_briefing", "write_portraits"]

# Kinds of briefings, and whether a template can be given.
SUFFIXES = {".pptx": True, ".docx": True, ".xlsx": False, ".html": False}


def write_briefing(
    reports: Reports,
    path: str | os.PathLike[str],
    *,
    focus: Focus = None,
    years: Years = None,
    lang: str = "zh",
    template: str | os.PathLike[str] | None = None,
) -> Path:
    """The path of the briefing written; its suffix says what it is.

    `.pptx`: slides with native charts that can be edited. `.docx`: a report with numbered figures
    and tables and a table of contents; its lines are links, and have page numbers once Word has
    updated it. `.xlsx`: every measure and cell to filter and pivot, and a sheet on which live
    formulas recompute every printed sum. `.html`: one page that needs no network, its tables to
    filter and sort.

    `focus` names the body (or bodies) that it is about, in full or by what it governs (洪泽区); the
    others are then what it is compared with. `years` is one year, a range `(first, last)` or a
    list. `template` is a .pptx or .docx whose page, masters and styles are used. The same reports
    give the same bytes. Figures that were not read are empty, never 0. Raises InputError for no
    reports, an unknown body, year, language, suffix or template, FileError when a file cannot be
    read or written.
    """
    target, suffix = _target(path, template)
    language(lang)
    content = _content(suffix, gather(reports, focus, years), lang, template)
    return _write(target, content)


def write_all(measures: Measures, paths: Iterable[Path], lang: str) -> Iterator[Path]:
    """The paths of briefings written from measures that were gathered once."""
    for path in paths:
        target, suffix = _target(path, None)
        yield _write(target, _content(suffix, measures, lang, None))


def _target(
    path: str | os.PathLike[str], template: str | os.PathLike[str] | None
) -> tuple[Path, str]:
    """The path and its suffix. Raises InputError where there is no such briefing."""
    target = Path(path_of(path))
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"a briefing cannot be written as {suffix or 'a file without suffix'!r}",
            where=str(target),
            advice=f"Possible: {', '.join(SUFFIXES)}.",
        )
    if template is not None and not SUFFIXES[suffix]:
        raise InputError(
            f"a {suffix} briefing takes no template", advice="Only .pptx and .docx do."
        )
    return target, suffix


def _write(target: Path, content: bytes) -> Path:
    with writing(target, "the briefing"):
        target.write_bytes(content)
    return target


def _content(
    suffix: str, measures: Measures, lang: str, template: str | os.PathLike[str] | None
) -> bytes:
    if suffix == ".pptx":
        from .pptx import pptx_bytes

        return pptx_bytes(measures, lang, template)
    if suffix == ".docx":
        from .docx import docx_bytes

        return docx_bytes(measures, lang, template)
    if suffix == ".xlsx":
        from .xlsx import xlsx_bytes

        return xlsx_bytes(measures, lang)
    from .html import html_bytes

    return html_bytes(measures, lang)
