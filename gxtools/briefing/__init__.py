"""Reports to a briefing that a minister can read and an analyst can edit."""

from __future__ import annotations

import os
from pathlib import Path

from ..charts.words import language
from ..errors import FileError, InputError
from ..reports import Reports
from .frames import Focus, Years, gather

__all__ = ["write_briefing"]

SUFFIXES = (".pptx", ".xlsx")


def write_briefing(
    reports: Reports,
    path: str | os.PathLike[str],
    *,
    focus: Focus = None,
    years: Years = None,
    lang: str = "zh",
    template: str | os.PathLike[str] | None = None,
) -> Path:
    """The path of the briefing written: slides (.pptx) or a workbook (.xlsx), by its suffix.

    `focus` names the body (or bodies) that it is about; the others are then what it is compared
    with. `years` is one year, a range `(first, last)` or a list. `template` is a .pptx whose
    masters and layouts the slides use. The same reports give the same bytes. Charts are native and
    can be edited; figures that were not read are empty, never 0. Raises InputError for no reports,
    an unknown body, year, language or suffix, FileError when a file cannot be read or written.
    """
    target = Path(os.fspath(path))
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"a briefing cannot be written as {suffix or 'a file without suffix'!r}",
            where=str(target),
            advice=f"Possible: {', '.join(SUFFIXES)}.",
        )
    measures = gather(reports, focus, years)
    language(lang)
    if suffix == ".pptx":
        from .pptx import pptx_bytes

        content = pptx_bytes(measures, lang, template)
    else:
        from .xlsx import xlsx_bytes

        content = xlsx_bytes(measures, lang)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise FileError(
            "the briefing cannot be written",
            where=str(target),
            advice="Close the file if it is open, or choose another place.",
        ) from error
    return target
