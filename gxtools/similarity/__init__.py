"""Text that a report repeats from last year, or from another body (内容雷同)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from ..errors import InputError
from ..reports import Reports, need_reports
from .corpus import Corpus
from .passages import passages, shared_letters
from .texts import Text

SIMILARITY = [
    "report",
    "agency",
    "section",
    "year",
    "other_report",
    "other_agency",
    "other_year",
    "kind",
    "score",
    "longest",
    "shared_chars",
]
_TYPES = {"section": "Int64", "year": "Int64", "other_year": "Int64", "shared_chars": "Int64"}
LAST_YEAR, EARLIER_YEAR, OTHER_BODY = "last_year", "earlier_year", "other_body"
_KINDS = (LAST_YEAR, EARLIER_YEAR, OTHER_BODY)
# 总体情况, 存在的主要问题及改进情况, 其他需要报告的事项: the sections that are prose.
PROSE = (1, 5, 6)
LONGEST = 3


def similarity(
    reports: Reports,
    *,
    least: float = 0.5,
    common: float = 0.2,
    figures: bool = False,
    top: int = 5,
) -> pd.DataFrame:
    """How much of its prose each report shares with last year's and with other bodies' reports.

    Grain: report x section (一, 五, 六) x other report, in the order of the index. Columns: report
    agency section year other_report other_agency other_year kind score longest shared_chars.

    kind: `last_year`, the same body's report of the year before, always given; `earlier_year`, the
    most alike of its older reports, and `other_body`, the most alike report of each of the `top`
    most alike other bodies: both only from `least` on. Every pair is given from both sides.

    `score` is the Jaccard index, exact: distinct sequences of five characters that both texts have,
    over those that one of them has. Width, spaces, punctuation and Latin letters are folded away,
    and numbers too (`figures=True` keeps them apart): a report of which only the figures changed
    scores 1.
    What everyone prints does not count: the phrases of templates.toml, the form's labels, and what
    more than the share `common` of all bodies print (of 20 bodies at least). A section of which
    hardly anything is left then (under 40 sequences) has no row: two empty ones are not alike.
    `longest` has up to three longest common passages as this report prints them, a line each;
    `shared_chars` counts its characters that the other has in sequences. It shows passages and
    passes no verdict. Raises InputError where `least` or `common` is not a share.
    """
    need_reports(reports)
    for name, share in (("least", least), ("common", common)):
        if not isinstance(share, Real) or not 0 < share <= 1:
            raise InputError(f"{name}={share!r} is not a share", advice="Give 0 < share <= 1.")
    rows: list[tuple[Any, ...]] = []
    for section in PROSE:
        shelf = _Shelf.of(reports, section, common, figures)
        rows += [(*shelf.row(*found), section) for found in _alike(shelf, least, top)]
    return _frame(rows, reports)


@dataclass(frozen=True)
class _Shelf:
    """One section of all reports: their texts, and whose and of which year each is."""

    corpus: Corpus
    reports: list[str]
    years: list[int | None]

    @classmethod
    def of(cls, reports: Reports, section: int, common: float, figures: bool) -> _Shelf:
        part = reports.sections.loc[reports.sections["section"] == section, ["report", "text"]]
        who = reports.index[["report", "agency", "division", "year"]]
        joined = part.merge(who, on="report", how="inner", validate="many_to_one")
        texts = [Text(text, figures) for text in joined["text"].fillna("")]
        years = [None if pd.isna(year) else int(year) for year in joined["year"]]
        return cls(Corpus(texts, _bodies(joined), common), joined["report"].tolist(), years)

    def row(self, one: int, other: int, kind: str, score: float) -> tuple[Any, ...]:
        """report, other report, kind, score, longest passages, shared characters."""
        text = self.corpus.texts[one]
        here, there = self.corpus.places(one), self.corpus.places(other)
        shared = [text.passage(*place) for place in passages(here, there, LONGEST)]
        letters = shared_letters(here, there)
        return self.reports[one], self.reports[other], kind, score, "\n".join(shared), letters


def _bodies(joined: pd.DataFrame) -> Any:
    """A number a body; a report whose agency is not known is a body of its own."""
    named = joined["agency"].fillna("?" + joined["report"]) + "|" + joined["division"].fillna("")
    return pd.factorize(named)[0].astype(np.int64)


def _alike(shelf: _Shelf, least: float, top: int) -> Iterator[tuple[int, int, str, float]]:
    """Text, other text, kind and score of every row."""
    yield from _own(shelf, least)
    yield from _others(shelf, least, top)


def _own(shelf: _Shelf, least: float) -> Iterator[tuple[int, int, str, float]]:
    """Each text against the older ones of its body."""
    bodies = pd.Series(shelf.corpus.bodies).groupby(shelf.corpus.bodies, sort=False).groups
    for texts in bodies.values():
        for one in texts:
            older = [
                (shelf.corpus.score(one, other), other)
                for other in texts
                if _age(shelf, one, other) > 0
            ]
            known = [(score, other) for score, other in older if not np.isnan(score)]
            last = [pair for pair in known if _age(shelf, one, pair[1]) == 1]
            before = [pair for pair in known if _age(shelf, one, pair[1]) > 1 and pair[0] >= least]
            for kind, found in ((LAST_YEAR, last), (EARLIER_YEAR, before)):
                if found:
                    score, other = max(found)
                    yield one, other, kind, score


def _age(shelf: _Shelf, one: int, other: int) -> int:
    """How many years older the other text is; 0 where a year is not known."""
    year, before = shelf.years[one], shelf.years[other]
    return 0 if year is None or before is None else year - before


def _others(shelf: _Shelf, least: float, top: int) -> Iterator[tuple[int, int, str, float]]:
    """Each text against those of other bodies: the most alike of each body, of the first `top`."""
    found = [np.concatenate(part) for part in zip(*shelf.corpus.pairs(least), strict=True)]
    if not found:
        return
    first, second, score = found
    both = pd.DataFrame(
        {
            "one": np.concatenate([first, second]),
            "other": np.concatenate([second, first]),
            "score": np.concatenate([score, score]),
        }
    )
    ages = [abs(_age(shelf, *pair)) for pair in zip(both["one"], both["other"], strict=True)]
    both = both.assign(age=ages, body=shelf.corpus.bodies[both["other"]])
    both = both.sort_values(["one", "score", "age", "other"], ascending=[True, False, True, True])
    both = both.drop_duplicates(["one", "body"]).groupby("one").head(top)
    for one, other, alike in zip(both["one"], both["other"], both["score"], strict=True):
        yield one, other, OTHER_BODY, alike


def _frame(rows: list[tuple[Any, ...]], reports: Reports) -> pd.DataFrame:
    columns = ["report", "other_report", "kind", "score", "longest", "shared_chars", "section"]
    made = pd.DataFrame(rows, columns=columns)
    who = reports.index.set_index("report")[["agency", "year"]]
    for prefix in ("", "other_"):
        told = who.reindex(made[f"{prefix}report"])
        made[f"{prefix}agency"] = told["agency"].array
        made[f"{prefix}year"] = told["year"].array
    order = {
        "at": pd.Index(reports.index["report"]).get_indexer(pd.Index(made["report"])),
        "kind_at": made["kind"].map({kind: at for at, kind in enumerate(_KINDS)}),
        "alike": -made["score"].astype(float),
    }
    made = made.assign(**order).sort_values(["at", "section", "kind_at", "alike"], kind="stable")
    types = {name: _TYPES.get(name, "string") for name in SIMILARITY} | {"score": "Float64"}
    return made[SIMILARITY].astype(types).reset_index(drop=True)
