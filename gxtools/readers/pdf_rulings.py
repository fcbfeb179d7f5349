"""The rulings of a PDF page, and the rectangles that they enclose.

The rules are pdfplumber's (`find_tables` with explicit lines): rulings as near as `THIN` are one,
cross where they nearly meet, and a rectangle is the smallest that rulings close on four sides. What
is added: only rulings that can be seen count, and tables cut by the page's end are closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

Shape = dict[str, Any]  # an object of pdfplumber: a character, line, rectangle or curve
Corner = tuple[float, float]  # from the left and from the top

THIN = 3.0  # points: a rectangle as narrow as this is a ruling, and rulings as near are one
OPEN_ENDS = 3  # so many verticals ending at one height are the open end of a table
_WHITES = {(1,), (1, 1, 1), (0, 0, 0, 0)}


class Box(NamedTuple):
    """A rectangle in points from the top left corner of the page as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float


class Ruling(NamedTuple):
    """A line along one height (across) or one width (down), from its start to its end."""

    place: float
    start: float
    end: float

    def spans(self, start: float, end: float) -> bool:
        return self.start <= start + THIN and self.end >= end - THIN


@dataclass
class Rulings:
    """The lines of a page: those across, from left to right, and those down, from the top."""

    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)

    def add(self, shape: Shape) -> None:
        """The horizontal and vertical rulings that a line, rectangle or curve draws."""
        x0, top, x1, bottom = shape["x0"], shape["top"], shape["x1"], shape["bottom"]
        if x1 - x0 <= THIN and bottom - top > x1 - x0:
            self.down.append(Ruling((x0 + x1) / 2, top, bottom))
        elif bottom - top <= THIN:
            self.across.append(Ruling((top + bottom) / 2, x0, x1))
        elif shape["object_type"] == "rect":
            self.across += (Ruling(top, x0, x1), Ruling(bottom, x0, x1))
            self.down += (Ruling(x0, top, bottom), Ruling(x1, top, bottom))
        elif shape["object_type"] == "curve":
            for (left, above), (right, below) in pairwise(shape["pts"]):
                if left == right:
                    self.down.append(Ruling(left, *sorted((above, below))))
                elif above == below:
                    self.across.append(Ruling(above, *sorted((left, right))))

    def merged(self) -> Rulings:
        return Rulings(_merged(self.across), _merged(self.down))

    def closed(self) -> Rulings:
        """With those missing where a page's end cuts a table, or where one side is open."""
        merged = self.merged()
        across = [*_closings(merged.down, merged.across, is_across=True)]
        down = [*_closings(merged.across, merged.down, is_across=False)]
        return Rulings(self.across + across, self.down + down)

    def rectangles(self) -> list[Box]:
        """The smallest rectangle below and to the right of each crossing that has one."""
        merged = self.merged()
        across = [line for line in merged.across if line.end - line.start >= THIN]
        down = [line for line in merged.down if line.end - line.start >= THIN]
        return [box for box in Crossings(across, down).boxes() if box is not None]


def rulings(page: Any, is_seen: bool) -> Rulings:
    """The rulings of a page of pdfplumber; `is_seen`: only those that can be seen."""
    found = Rulings()
    for shape in (*page.lines, *page.rects, *page.curves):
        if not is_seen or _is_seen(shape):
            found.add(shape)
    return found


def _is_seen(shape: Shape) -> bool:
    if shape["object_type"] == "line" or shape["stroke"]:
        return True
    colour = shape["non_stroking_color"]
    return not (isinstance(colour, tuple) and tuple(colour) in _WHITES)


def _merged(lines: list[Ruling]) -> list[Ruling]:
    """Lines nearly at one place moved to their middle, and joined where they nearly touch."""
    found: list[Ruling] = []
    for run in _runs(lines):
        place = sum(line.place for line in run) / len(run)
        start, end = run[0].start, run[0].end
        for line in run[1:]:
            if line.start > end + THIN:
                found.append(Ruling(place, start, end))
                start, end = line.start, line.end
            elif line.end > end:
                end = line.end
        found.append(Ruling(place, start, end))
    return found


def _runs(lines: list[Ruling]) -> Iterator[list[Ruling]]:
    """Lines of which each stands near the one before, from start to start."""
    run: list[Ruling] = []
    for line in sorted(lines):
        if run and line.place > run[-1].place + THIN:
            yield sorted(run, key=_start)
            run = []
        run.append(line)
    if run:
        yield sorted(run, key=_start)


_place: Callable[[Ruling], float] = attrgetter("place")
_start: Callable[[Ruling], float] = attrgetter("start")
_end: Callable[[Ruling], float] = attrgetter("end")


def _closings(along: list[Ruling], crossing: list[Ruling], is_across: bool) -> Iterator[Ruling]:
    """The rulings missing at the ends of those `along` one way; `crossing` run the other way."""
    for side in (_start, _end):
        for ends in _groups(along, side):
            if len(ends) < OPEN_ENDS:
                continue
            pairs = list(pairwise(sorted(ends, key=_place)))
            gaps = [(one.place, other.place) for one, other in pairs]
            spanning = [[line.place for line in crossing if line.spans(*gap)] for gap in gaps]
            level = side(ends[0])
            closed = [any(abs(place - level) <= THIN for place in places) for places in spanning]
            for pair, gap, places, done in zip(pairs, gaps, spanning, closed, strict=True):
                # Two tables may stand one above the other: their sides are not to be joined; nor
                # the ends of two side by side, where other ends at their height are closed.
                within = any(end.spans(place, place) for place in places for end in pair)
                if not done and (within or (is_across and not any(closed))):
                    yield Ruling(level, *gap)


def _groups(lines: list[Ruling], side: Callable[[Ruling], float]) -> Iterator[list[Ruling]]:
    """Rulings that end, on this side, at the same height or width."""
    group: list[Ruling] = []
    for line in sorted(lines, key=side):
        if group and side(line) - side(group[0]) > THIN:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


class Crossings:
    """Where rulings cross, and which of them do there."""

    def __init__(self, across: Iterable[Ruling], down: Iterable[Ruling]) -> None:
        self.across: dict[Corner, set[Ruling]] = {}
        self.down: dict[Corner, set[Ruling]] = {}
        for ruling in down:
            x, top, bottom = ruling.place, ruling.start - THIN, ruling.end + THIN
            for line in across:
                y = line.place
                if top <= y <= bottom and line.start - THIN <= x <= line.end + THIN:
                    self.across.setdefault((x, y), set()).add(line)
                    self.down.setdefault((x, y), set()).add(ruling)

    def boxes(self) -> Iterator[Box | None]:
        """From left to right, in each column from top to bottom."""
        corners = sorted(self.down)
        below = {x: [y for _, y in column] for x, column in groupby(corners, key=lambda c: c[0])}
        right: dict[float, list[float]] = {}
        for x, y in corners:
            right.setdefault(y, []).append(x)
        for x, y in corners:
            below[x].pop(0)
            right[y].pop(0)
            yield self._box((x, y), below[x], right[y])

    def _box(self, corner: Corner, below: list[float], right: list[float]) -> Box | None:
        """The first rectangle that closes, of those that reach to these heights and widths."""
        x0, top = corner
        for bottom in below:
            left = x0, bottom
            if self.down[corner].isdisjoint(self.down[left]):
                continue
            for x1 in right:
                above, last = (x1, top), (x1, bottom)
                if (
                    last in self.down
                    and not self.across[corner].isdisjoint(self.across[above])
                    and not self.down[last].isdisjoint(self.down[above])
                    and not self.across[last].isdisjoint(self.across[left])
                ):
                    return Box(x0, top, x1, bottom)
        return None
