"""Where a body has its seat: its division, and what decided between places of one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from .agencies import fuller, is_generic, place_of, words_before
from .divisions import (
    Division,
    Place,
    cities,
    find_division,
    find_place,
    names_place,
    parents_named,
    printed_in_full,
    resolve_division,
)
from .document import Note
from .errors import InputError
from .text import fold

# A township's name up to what it is: 桃浦镇, 东华门街道.
_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡|苏木)(?=人民政府|政府|办事处|$)")
_ADVICE = "Give division= or a row of the catalogue."


@dataclass(frozen=True, slots=True)
class Seat:
    """A body's division, None where it is not certain; the words that decided; what is doubtful."""

    division: Division | None
    evidence: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may tell places of one name apart: the site's name, the path, the report's text."""

    site: str
    path: str
    text: str

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        return ("the site", self.site), ("the path", self.path), ("the text", self.text)


def surroundings(sites: Iterable[str], path: str, text: str) -> Surroundings:
    """The folded words around a report; a path's parts are joined (北京市/朝阳区)."""
    joined = "".join(PurePath(path.replace("\\", "/")).parts)
    return Surroundings("|".join(map(fold, sites)), fold(joined), text)


def given_division(given: str | None) -> Division | None:
    """The division of a code or an unambiguous name. Raises InputError for anything else."""
    if not given:
        return None
    found = find_division(str(given).strip())
    if found:
        return found
    named = resolve_division(str(given))
    if len(named) == 1:
        return named[0]
    listed = ", ".join(f"{entry.code} {entry.full_name}" for entry in named)
    raise InputError(
        f"division={given!r} is no division of GB/T 2260" + (f": it can be {listed}" * bool(named)),
        advice="Give a code of six figures, such as 320813.",
    )


def places(seat: Division | None) -> dict[str, str | None]:
    """The code of a division and the names of its links by level."""
    names = {link.level: link.name for link in seat.chain} if seat else {}
    return {
        "division": seat.code if seat else None,
        **{level: names.get(level) for level in ("province", "city", "district")},
    }


def find_seat(agency: str, around: Surroundings) -> Seat:
    """The division of a body's name, looked up in GB/T 2260 and never guessed.

    A name that several places bear is decided by a parent printed in the name, the site, the path
    or the text, in this order; where these do not agree, or say nothing, it stays open.
    """
    if not agency:
        return Seat(None)
    place = place_of(agency)
    if place.unlisted:
        where = place.divisions[0].full_name if len(place.divisions) == 1 else ""
        return _open(
            f"GB/T 2260 does not list {place.unlisted}", (), where and f"It is in {where}."
        )
    if not place.divisions:
        return _from_surroundings(agency, around)
    if len(place.divisions) > 1:
        return _among(place, around)
    division = place.divisions[0]
    elsewhere = _elsewhere(place, division, around) if place.printed == division.name else ""
    if elsewhere:
        return _open(
            f"GB/T 2260 lists {place.printed} only as {division.code} {division.full_name}, "
            f"but the report speaks of {elsewhere}",
            (),
        )
    return Seat(division, place.printed)


def _among(place: Place, around: Surroundings) -> Seat:
    """The one of several places of one name that the surroundings point to."""
    tests: tuple[Callable[[Iterable[Division], str], tuple[Division, ...]], ...]
    tests = (printed_in_full, parents_named)
    for narrow in tests:
        said = [(name, narrow(place.divisions, words)) for name, words in around.sources]
        decided = {
            found[0].code: (found[0], name) for name, found in reversed(said) if len(found) == 1
        }
        if len(decided) == 1:
            division, name = decided.popitem()[1]
            return Seat(division, f"{place.printed} ({name} names {_named(division, around)})")
        if decided or any(len(found) > 1 for _, found in said):
            break  # they contradict each other
    return _open(f"{place.printed} is the name of several divisions", place.divisions)


def _from_surroundings(agency: str, around: Surroundings) -> Seat:
    """The seat of a body whose name has no place (区数据局), from the site's name or the path."""
    for source, words in around.sources[:2]:
        starts = range(len(words)) if source == "the path" else _starts(words)
        places = [place for place in (find_place(words[at:]) for at in starts) if place.divisions]
        place = max(places, key=lambda place: len(place.printed), default=None)
        if place and len(place.divisions) == 1 and _fits(agency, place.divisions[0]):
            return Seat(place.divisions[0], f"{place.printed} ({source})")
    town = _TOWN.match(agency)
    if town:
        place = find_place(fuller(town[0], around.text))
        if len(place.divisions) == 1:
            return Seat(place.divisions[0], f"{place.printed}{town[0]} (the text)")
        if place.divisions:
            return _among(place, around)
    return _open(f"{agency} names no division of GB/T 2260", ())


def _starts(words: str) -> list[int]:
    """Where each name of a list joined by | begins."""
    return [0, *(found.end() for found in re.finditer(r"\|", words))]


def _fits(agency: str, division: Division) -> bool:
    """Whether a body without place can be of this division: 区数据局 of a 区, 某镇 of a county."""
    if is_generic(agency):
        return division.name.endswith(agency[0])
    return division.level == "district" or not _TOWN.match(agency)


def _elsewhere(place: Place, division: Division, around: Surroundings) -> str:
    """Another parent that the report gives to a bare name: the list has only today's places.

    江北区 is one place of the list, yet a report of years ago may come from another of that name.
    """
    names = {link.name for link in division.chain}
    for _, words in around.sources:
        for before in words_before(place.printed, words):
            above = [parent for parent in cities() if before.endswith(parent)]
            if above and max(above, key=len) not in names:  # 马鞍山市 ends with 鞍山市
                return max(above, key=len) + place.printed
    text = around.text[:8000]
    if division.level != "district" or any(name in text for name in names - {division.name}):
        return ""
    return "、".join([parent for parent in cities() if names_place(text, parent)][:3])


def _named(division: Division, around: Surroundings) -> str:
    """The parents of a division that are printed around it."""
    words = "".join(text for _, text in around.sources)
    names = dict.fromkeys(link.name for link in division.chain[:-1])
    return "".join(name for name in names if name in words) or "its parent"


def _open(what: str, candidates: Iterable[Division], advice: str = "") -> Seat:
    listed = ", ".join(f"{entry.code} {entry.full_name}" for entry in candidates)
    what += f": {listed}" if listed else ""
    return Seat(None, note=Note(what, "division", f"{advice} {_ADVICE}".strip()))
