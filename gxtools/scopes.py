"""Whether a report's figures are the body's own or those of all below it; the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .document import Document, Note
from .forms import editions, load_form
from .text import fold, squash

_GOT = r"(?:收到|受理|接收|接到|新收|收悉)"
_COUNT = r"(?P<count>\d[\d,]*)(?:余)?(?:件|条|宗|份|次|起|项|个|例)"
_AGGREGATE = r"全(?:省|市|区|县|州|盟|旗|镇|乡|系统|域)(?:各级|各部门|行政机关|政府系统|范围内)?"
_GOVERNMENT = (
    r"(?:代表[^。;,]{0,12}政府|(?:省|市|区|县|州|旗)?(?:人民)?政府(?:机关)?本级|[省市区县]本级|本级(?:政府|机关)?"
    r"|[省市区县州]?(?:人民)?政府办(?:公[室厅])?(?:本级|机关)?)"
)
_SELF = (
    r"(?:本机关|本(?:局|委|办|厅|院|单位|部门|中心|街道|镇|乡)"
    r"|我(?:局|委|办|厅|院|署|中心|单位|街道|镇|乡|街|部门))"
)
_CLAIMS = (
    (
        "aggregate",
        re.compile(rf"{_AGGREGATE}[^。;]{{0,25}}?{_GOT}(?P<rest>[^。;]{{0,60}}?){_COUNT}"),
    ),
    ("own", re.compile(rf"{_GOVERNMENT}[^。;,]{{0,12}}?{_GOT}(?P<rest>[^。;]{{0,60}}?){_COUNT}")),
    ("own", re.compile(rf"{_SELF}[^。;]{{0,20}}?{_GOT}(?P<rest>[^。;]{{0,60}}?){_COUNT}")),
)
_TITLED = (
    ("own", re.compile(r"本级")),
    ("aggregate", re.compile(r"汇总|\(全[省市区县州]\)")),
)
# 典型案例的梳理和汇总 gathers something else: what is gathered must be figures or units' work.
_GATHERED = re.compile(
    r"汇总(?:了)?[^。;,]{0,20}(?:各|所属|下属|全[省市区县州])[^。;]{0,50}"
    r"|(?:各|所属|下属|全[省市区县州])[^。;,]{0,30}(?:数据|情况|报告|年报)[^。;,]{0,6}(?:汇总|汇编)[^。;,]{0,10}"
    r"|(?:数据|报告)[^。;,]{0,12}(?:包括|涵盖|包含)[^。;]{0,40}(?:各|所属|下属)[^。;]{0,30}(?:单位|部门|镇|街道|机构)"
)
_NARRATOR = re.compile(rf"{_SELF}(?!不掌握|不予|依申请)[^。;]{{0,30}}")
# What a department says it did itself: 市科委有1件涉及…的行政复议.
_OWN_COUNT = (
    r"[^。;,]{0,6}(?:有|收到|受理|接收|接到|办理|未发生|未收到|共)"
    r"[^。;]{0,40}(?:申请|复议|诉讼|收费|公开)"
)
_DIGITS = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Scope:
    """aggregate, own or unknown; the sentence that says so; what speaks against it."""

    scope: str
    evidence: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    scope: str
    count: int
    words: str
    government: bool


def find_scope(document: Document, title: str, text: str, agency: str, level: str | None) -> Scope:
    """The scope of the figures, from the folded title and text and the table they speak of.

    The title decides where it says （全区） or 本级. A sentence that gives the applications of the
    whole area, or of the body alone, tells the scope when its figure stands in the table as well;
    where a government's own figure is less than the table's, the table holds more than its own.
    """
    for scope, pattern in _TITLED:
        if pattern.search(title):
            return Scope(scope, title)
    claims = list(_claims(text))
    printed = received(document) if claims else None
    agreed = {claim.scope for claim in claims if claim.count == printed}
    if len(agreed) == 1:
        claim = next(claim for claim in claims if claim.count == printed)
        narrow = claim.scope == "own" and claim.government and agency.endswith("政府")
        words = f"{claim.words} (as in the table)"
        return Scope(claim.scope, words, _narrower(claim, agency) if narrow else None)
    gathered = _GATHERED.search(text)
    if gathered:
        return Scope("aggregate", gathered[0])
    wider = next((c for c in claims if c.government and printed and c.count < printed), None)
    if wider and agency.endswith("政府"):
        return _wider(wider, printed)
    said = {claim.scope for claim in claims}
    if len(said) == 1:
        return Scope(claims[0].scope, claims[0].words, _against(claims[0], printed))
    if said:
        return Scope("unknown", note=_both(claims))
    return _told(text, agency, level)


@cache
def _wordings() -> frozenset[str]:
    """Every wording of the form's row of new applications."""
    tables = [table for name in editions() for table in load_form(name).tables]
    rows = [row for table in tables for row in table.rows if row.code == "received"]
    return frozenset(squash(words) for row in rows for words in row.wordings)


def received(document: Document) -> int | None:
    """The largest figure that follows the label of new applications: the total, where printed."""
    for grid in document.grids():
        run: list[int] = []
        found = False
        for cell in grid.cells:
            text = fold(cell.text)
            if found and text and not _DIGITS.fullmatch(text):
                break
            if found and text:
                run.append(int(text.replace(",", "")))
            found = found or squash(text) in _wordings()
        if run:
            return max(run)
    return None


def _claims(text: str) -> Iterator[_Claim]:
    # Few sentences speak of applications: the patterns are slow, so only those are searched.
    sentences = [part for part in re.split("[。;]", text) if "申请" in part]
    for scope, pattern in _CLAIMS:
        for found in (found for part in sentences for found in pattern.finditer(part)):
            around = found[0] + found.string[found.end() : found.end() + 12]
            if "申请" in around and "转" not in found["rest"]:
                count = int(found["count"].replace(",", ""))
                yield _Claim(scope, count, found[0], pattern is _CLAIMS[1][1])


def _wider(claim: _Claim, printed: int | None) -> Scope:
    return Scope(
        "aggregate",
        f"{claim.words} (the table has {printed})",
        Note(
            f"the text gives {claim.count} applications to the government alone, "
            f"the table has {printed}: read as the figures of the whole area",
            "scope",
            "Check it against the body, or set it in the catalogue.",
        ),
    )


def _narrower(claim: _Claim, agency: str) -> Note:
    return Note(
        f"the report is named after {agency}, its figures are its own level's: {claim.words}",
        "scope",
        "Do not compare it with reports of a whole area.",
    )


def _against(claim: _Claim, printed: int | None) -> Note | None:
    if printed is None or printed == claim.count:
        return None
    return Note(
        f"the text gives {claim.count} new applications, the table {printed}",
        "scope",
        "The words may speak of other figures than the table's.",
    )


def _both(claims: list[_Claim]) -> Note:
    words = "; ".join(claim.words for claim in claims[:2])
    return Note(
        f"the text speaks of two scopes, and the table agrees with neither or both: {words}",
        "scope",
        "Set the scope in the catalogue.",
    )


def _told(text: str, agency: str, level: str | None) -> Scope:
    """The scope of a report that gives no figure of applications in words."""
    narrator = _NARRATOR.search(text)
    if narrator:
        return Scope("own", narrator[0])
    if level in ("department", "township"):
        for name in _short_names(agency):
            found = re.search(re.escape(name) + _OWN_COUNT, text)
            if found:
                return Scope("own", found[0])
    return Scope("unknown")


def _short_names(agency: str) -> Iterator[str]:
    """上海市科委 is 市科委 in its own report."""
    yield agency
    found = re.match(r"^[\u4e00-\u9fff]{2,12}?([省市区县州旗][\u4e00-\u9fff()]{2,})$", agency)
    if found:
        yield found[1]
