"""A page on each body in one call: pages of one PDF, or a file a body in a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import metrics
from ..arguments import language, path_of
from ..charts import plot_portrait, save_figure
from ..charts.rows import body_names
from ..checks import check
from ..compare import compare
from ..errors import InputError
from ..measuring import measure
from ..places import writing
from ..reports import Reports
from ..trend import trend
from .frames import Focus, Years, chosen_reports

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

_KINDS = (".pdf", ".png", ".svg")
MARGIN = 0.055  # of the width, on either side
_VOLUME = "new_applications"
_RATES = ("disclosure_rate", "denial_rate", "review_correction_rate")
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what a file cannot be called


def write_portraits(
    reports: Reports,
    path: str | os.PathLike[str],
    *,
    focus: Focus = None,
    years: Years = None,
    lang: str = "zh",
    kind: str = ".pdf",
    progress: bool = False,
) -> list[Path]:
    """The paths written: a page of A4 on each body, with its place among the others.

    `path` is one `.pdf` with a page a body, or a folder with a file a body, each a `kind` (.pdf,
    .png of 300 dpi, .svg). `focus` names the bodies that get a page, in full or by what they
    govern; without it every body does. `years` is one year, `(first, last)` or a list. The same
    reports give the same bytes. Raises InputError for no reports, an unknown body, year, language
    or kind, or a body with two reports of one year; ScopeError where bodies would be compared with
    their own parts; FileError when a file cannot be written.
    """
    target = Path(path_of(path))
    suffix = target.suffix.lower()
    if suffix not in ("", ".pdf") or kind not in _KINDS:
        wrong = suffix if suffix not in ("", ".pdf") else kind
        raise InputError(
            f"portraits cannot be written as {wrong!r}",
            where=str(target),
            advice=f"Give a .pdf or a folder, and one of {', '.join(_KINDS)}.",
        )
    language(lang)
    bodies, frames = _gathered(reports, focus, years)
    pages = _pages(_shown(bodies, progress), frames, lang)
    with writing(target if suffix else target / "page", "the portraits"):
        return [_one_file(pages, target)] if suffix else _folder(pages, target, kind)


def _shown(bodies: list[str], progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(bodies, desc="portraits", unit="page", disable=not progress)


def _gathered(
    reports: Reports, focus: Focus, years: Years
) -> tuple[list[str], dict[str, pd.DataFrame]]:
    """The bodies that get a page, and the frames that all pages are drawn from.

    Bodies of one name are told apart by their district, as everywhere in a briefing.
    """
    chosen, agencies = chosen_reports(reports, focus, years)
    index = chosen.index.assign(body=body_names(chosen.index))
    own = index["agency"].isin(agencies) if agencies else pd.Series(True, index.index)
    bodies = [str(body) for body in dict.fromkeys(index.loc[own, "body"])]
    renamed = index.assign(agency=index["body"]).drop(columns="body")
    named = Reports(renamed, chosen.cells, chosen.sections, chosen.problems)
    rates = measure(named, _RATES)
    return bodies, {
        "trend": trend(measure(named, _VOLUME)),
        "outcomes": metrics.outcomes(named),
        "disputes": metrics.disputes(named),
        "checks": check(named),
        "places": compare(rates, by="district"),
    }


def _pages(bodies: Any, frames: dict[str, pd.DataFrame], lang: str) -> Iterator[tuple[str, Figure]]:
    """The pages one after another, each closed when the next is asked for."""
    from matplotlib import pyplot

    for body in bodies:
        figure = plot_portrait(body, **frames, lang=lang)
        try:
            yield body, figure
        finally:
            pyplot.close(figure)


def _one_file(pages: Iterator[tuple[str, Figure]], target: Path) -> Path:
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages

    undated: Any = {"CreationDate": None}
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(target, metadata=undated) as book:
        for _, figure in pages:
            book.savefig(figure, bbox_inches=_with_margins(figure))
    return target


def _with_margins(figure: Figure) -> Bbox:
    """The page with white around it, still of the shape of A4, for a printer to fit on paper."""
    from matplotlib.transforms import Bbox

    width, height = figure.get_size_inches()
    aside = MARGIN * width
    above = ((width + 2 * aside) * height / width - height) / 2
    return Bbox([[-aside, -above], [width + aside, height + above]])


def _folder(pages: Iterator[tuple[str, Figure]], target: Path, kind: str) -> list[Path]:
    written: list[Path] = []
    for body, figure in pages:
        name = _NO_NAME.sub("_", body).strip(". ") or "body"
        twice = sum(path.stem.lower() == name.lower() for path in written)
        path = target / f"{name}{f'-{len(written) + 1}' if twice else ''}{kind}"
        written.append(save_figure(figure, path))
    return written
