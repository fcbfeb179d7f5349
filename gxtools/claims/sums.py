"""TX-SUM: counts that the text lists, added up to the total that the text itself names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .findings import AGREES, DIFFERS, UNKNOWN, Finding, Notes, Told, shown
from .numbers import Note
from .phrases import PartsOf, Phrases
from .said import CHANNEL, Said
from .tallies import Tally

Figures = list[tuple[Said, Tally | None]]


@dataclass(frozen=True)
class _Block:
    """What a block states: everything, and what stands before the end of the sentence at hand."""

    told: Told
    phrases: Phrases
    everything: list[Said]
    before: list[Said]


def sums(block: list[Figures], told: Told, phrases: Phrases, notes: Notes) -> Iterator[Finding]:
    """The findings for the lists of one block (text under one sub-heading).

    A list is held against the nearest total before it that speaks of the same body. It differs
    when it names every part that the form has; a list that leaves parts out is silent, unless it
    adds up.
    """
    everything = [said for figures in block for said, _ in figures]
    seen = 0
    for figures in block:
        seen += len(figures)
        text = _Block(told, phrases, everything, everything[:seen])
        for spec in phrases.sums:
            parts = [(said, tally) for said, tally in figures if _id(said) in spec.parts]
            found = _list(spec, parts, text, notes)
            if found:
                yield found
    yield from _flow(everything, phrases, notes)


def _list(spec: PartsOf, parts: Figures, text: _Block, notes: Notes) -> Finding | None:
    saids = [said for said, _ in parts]
    if len(saids) < 2 or len({said.id for said in saids}) < len(saids) or not _exact(saids):
        return None
    cells = [cell for _, tally in parts if tally for cell in tally.cells]
    whole = _whole(spec, saids[0], text.before)
    if whole is None or len(set(cells)) < len(cells):
        return None
    total = _total(saids)
    verdict, why = _verdict(spec, parts, whole, text)
    if not verdict:
        return None
    what = f"{' + '.join(said.id for said in saids)} = {whole.id}"
    named = float(whole.count.value)
    note = notes.say(_added(saids), why)
    return Finding("TX-SUM", saids[0].sentence, total, whole.unit, what, named, verdict, note)


def _whole(spec: PartsOf, first: Said, before: list[Said]) -> Said | None:
    """The total that a list belongs to: the nearest before it of the first kind that is named."""
    earlier = [
        said
        for said in before
        if said.whose.kind == first.whose.kind
        and (said.sentence is not first.sentence or said.count.start < first.count.start)
    ]
    for id in spec.whole:
        named = [said for said in earlier if said.id == id and _exact([said])]
        if named:
            return named[-1]
    return None


def _verdict(spec: PartsOf, parts: Figures, whole: Said, text: _Block) -> tuple[str, Note]:
    """The verdict and why; "" where nothing can be said of a list that leaves parts out."""
    total = _total([said for said, _ in parts])
    if total == float(whole.count.value):
        return AGREES, ""
    others = {said.id: _total([said]) for said in text.before if said.id in spec.whole}
    fits = next((id for id, value in others.items() if value == total), "")
    if not fits and spec.form and _left_to_conclude(text) == total:
        flow = text.phrases.flow
        fits = f"{' + '.join(flow['left'])} - {flow['right'][-1]}"
    if fits:
        return AGREES, ("fits", {"what": fits})
    if not spec.form:
        return UNKNOWN, "incomplete"
    if not _is_complete(spec, parts, text.told):
        return "", ""
    return (DIFFERS if whole.id == spec.whole[0] else UNKNOWN), ""


def _left_to_conclude(text: _Block) -> float | None:
    """What must have been concluded by the text's own flow: received and carried in, less carried
    out. None where one of them is not stated once."""
    flow = text.phrases.flow
    names = (*flow["left"], flow["right"][-1])
    found = [[said for said in text.everything if said.id in flow[name]] for name in names]
    if any(len(saids) != 1 or not _exact(saids) for saids in found):
        return None
    received, carried_in, carried_out = (_total(saids) for saids in found)
    return received + carried_in - carried_out


def _is_complete(spec: PartsOf, parts: Figures, told: Told) -> bool:
    """Whether the parts said cover every part of the form's own sum."""
    tables = {said.figure.table for said, _ in parts if said.figure}
    wanted = told.tallies.parts(tables.pop(), spec.form) if len(tables) == 1 else frozenset()
    cells = [cell for _, tally in parts if tally for cell in tally.cells]
    return bool(wanted) and any(wanted <= {cell[axis] for cell in cells} for axis in (0, 1))


def _flow(said: list[Said], phrases: Phrases, notes: Notes) -> Iterator[Finding]:
    """The text's own balance, where it names each of the four figures once and of one body."""
    flow = phrases.flow
    found = [[one for one in said if one.id in flow[name]] for name in _sides(phrases)]
    if any(len(ones) != 1 for ones in found):
        return
    four = [ones[0] for ones in found]
    if len({one.whose.kind for one in four}) > 1 or not _exact(four):
        return
    left, right = _total(four[:2]), _total(four[2:])
    alone = float(four[0].count.value)
    why: Note = ("fits", {"what": flow["left"][0]}) if alone == right != left else ""
    verdict = AGREES if right in (left, alone) else DIFFERS
    what = f"{' + '.join(flow['left'])} = {' + '.join(flow['right'])}"
    note = notes.say(_added(four[:2]), _added(four[2:]), why)
    last = max(four, key=said.index)
    yield Finding("TX-SUM", last.sentence, left, four[0].unit, what, right, verdict, note)


def _sides(phrases: Phrases) -> tuple[str, ...]:
    return (*phrases.flow["left"], *phrases.flow["right"])


def _id(said: Said) -> str:
    return CHANNEL if said.id.startswith(f"{CHANNEL}.") else said.id


def _exact(saids: list[Said]) -> bool:
    return not any(said.count.step or said.count.gap for said in saids)


def _total(saids: list[Said]) -> float:
    return float(sum(said.count.value for said in saids))


def _added(saids: list[Said]) -> Note:
    parts = " + ".join(shown(said.count.value) for said in saids)
    return "sum", {"parts": parts, "total": shown(_total(saids))}
