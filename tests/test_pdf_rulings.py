"""The rectangles that rulings enclose are those that pdfplumber finds, whatever the rulings."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils import filter_edges

from gxtools.readers.pdf_rulings import THIN, Ruling, Rulings

SHIFTS = (0, 0, 0, 0.5, -1.5, 2.75, -4)  # of ends: within and beyond what counts as touching


def drawn(draw: random.Random) -> Rulings:
    """Rulings of a table with gaps, ends that overshoot or fall short, and lines drawn twice."""
    found = Rulings()
    places = [sorted(draw.sample(range(0, 300, 5), draw.randint(2, 8))) for _ in range(2)]
    for lines, along, beside in ((found.down, *places), (found.across, *places[::-1])):
        for place in along:
            for _ in range(draw.randint(1, 3)):
                is_whole = draw.random() < 0.4
                ends = (beside[0], beside[-1]) if is_whole else sorted(draw.sample(beside, 2))
                start, end = sorted(end + draw.choice(SHIFTS) for end in ends)
                lines.append(Ruling(place, start, end))
    return found


def edge(way: str, line: Ruling) -> dict[str, Any]:
    (x0, x1), (top, bottom) = (line.start, line.end), (line.place, line.place)
    if way == "v":
        x0, x1, top, bottom = top, bottom, x0, x1
    box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top}
    return {"orientation": way, **box, "width": x1 - x0, "height": bottom - top}


def told_by_pdfplumber(lines: Rulings) -> list[tuple[float, ...]]:
    edges = [edge("v", line) for line in lines.down] + [edge("h", line) for line in lines.across]
    merged = filter_edges(merge_edges(edges, *[THIN] * 4), min_length=THIN)
    return [*map(tuple, intersections_to_cells(edges_to_intersections(merged, THIN, THIN)))]


@pytest.mark.parametrize("seed", range(100))
def test_rectangles_are_those_of_pdfplumber_in_its_order(seed: int) -> None:
    lines = drawn(random.Random(seed))
    assert [*map(tuple, lines.rectangles())] == told_by_pdfplumber(lines)


def test_some_of_these_rulings_enclose_something() -> None:
    counts = [len(drawn(random.Random(seed)).rectangles()) for seed in range(100)]
    assert sum(counts) > 500


def test_lines_nearly_at_one_place_are_one_at_their_middle() -> None:
    lines = [Ruling(10, 0, 50), Ruling(12, 52, 90), Ruling(14, 94, 99), Ruling(20, 0, 9)]
    (one, apart, other) = Rulings(across=lines).merged().across
    assert one == Ruling(12, 0, 90) and apart == Ruling(12, 94, 99) and other == Ruling(20, 0, 9)
