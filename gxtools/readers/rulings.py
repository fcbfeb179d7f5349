"""The ruled tables on the picture of a page: lines of pixels -> rectangles -> rows and columns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .ocr import Image, opencv

Mask = npt.NDArray[np.uint8]  # 255 where there is ink

SHORTEST = 60  # a ruling has at least this share of the page's longer side (1/60: 5 mm of A4)
NEAR = 350  # lines nearer than this share are one (1/350: 0.8 mm)
BLACK = 0.5  # per cent of a page's pixels that are its print, at the least
DARKER, DARKEST_GRAIN = 0.25, 15  # of the way from paper to print, and in shades of 255
COVERED = 0.7  # of the side of a cell: a ruling there has ink
STEADY = 0.03  # degrees: less is upright; more than 6 is not looked for
PREVIEW = 1_200  # pixels of the longer side: enough to see how a page lies
MAX_LEVELS = 120


@dataclass(frozen=True, slots=True)
class Rectangle:
    """One cell of a table: its place in rows and columns, and its inner side in pixels."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def span(self) -> tuple[int, int, int, int]:
        return self.row, self.column, self.rowspan, self.colspan


@dataclass(frozen=True, slots=True)
class Lattice:
    """One ruled table: its cells in reading order, and its rectangle in pixels."""

    cells: tuple[Rectangle, ...]
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Rulings:
    """The lines of a page: those across and those down, as masks, and all ink."""

    ink: Mask
    across: Mask
    down: Mask

    @property
    def lines(self) -> Mask:
        return self.across | self.down


def upright(image: Image) -> Image:
    """The page turned so that its lines lie level."""
    cv2 = opencv()
    share = min(PREVIEW / max(image.shape), 1.0)
    small = cv2.resize(find_ink(image), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    angle = 0.0
    for step in (1.0, 0.2, 0.05):
        around = angle + step * np.arange(-5, 6)
        angle = max(around.tolist(), key=lambda degrees: _levelness(_turned(small, degrees, 0)))
    return image if abs(angle) < STEADY else _turned(image, angle)


def _levelness(ink: Mask) -> float:
    """How sharply ink is parted into rows: the greatest where lines lie level."""
    rows = ink.sum(axis=1, dtype=float)
    return float((np.diff(rows) ** 2).sum())


def _turned(image: Image, degrees: float, paper: int | None = None) -> Image:
    """The picture turned about its middle; its corners show the paper's colour, or go on."""
    cv2 = opencv()
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    border = cv2.BORDER_REPLICATE if paper is None else cv2.BORDER_CONSTANT
    turned: Image = cv2.warpAffine(
        image, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=border, borderValue=paper
    )
    return turned


def find_rulings(image: Image) -> Rulings:
    cv2 = opencv()
    ink, length = find_ink(image), max(image.shape) // SHORTEST
    flat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    across = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    steep = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    down = cv2.morphologyEx(steep, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return Rulings(ink, across, down)


def find_ink(image: Image) -> Mask:
    """Where a pixel is darker than those around it, by more than the paper's own grain."""
    cv2 = opencv()
    paper, black = np.median(image), np.percentile(image, BLACK)
    darker = max(float(paper - black) * DARKER, DARKEST_GRAIN)
    size = max(image.shape) // 90 * 2 + 1
    ink: Mask = cv2.adaptiveThreshold(
        image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, darker
    )
    return ink


def find_lattices(rulings: Rulings) -> list[Lattice]:
    """The tables of a page from top to bottom."""
    cv2 = opencv()
    joined = cv2.dilate(rulings.lines, np.ones((5, 5), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for left, top, width, height, _ in boxes[1:count].tolist():
        shortest = max(joined.shape) // SHORTEST
        if width > 3 * shortest and height > shortest:
            lattice = _lattice(rulings, left, top, left + width, top + height)
            if lattice is not None and len(lattice.cells) != 1:
                found.append(lattice)
    return sorted(found, key=lambda lattice: lattice.top)


def _lattice(rulings: Rulings, left: int, top: int, right: int, bottom: int) -> Lattice | None:
    """The table within a rectangle of the page; without cells where its lines have gaps."""
    across = rulings.across[top:bottom, left:right]
    down = rulings.down[top:bottom, left:right]
    near = max(max(rulings.ink.shape) // NEAR, 4)
    ys = _levels([y + h / 2 for _, y, _, h in _pieces(across)], bottom - top, near)
    xs = _levels([x + w / 2 for x, _, w, _ in _pieces(down)], right - left, near)
    if not 2 <= len(ys) <= MAX_LEVELS or not 2 <= len(xs) <= MAX_LEVELS:
        return None
    walls = _borders(down, xs, ys, near)  # a row of the table a row, a level a column
    floors = _borders(across.T, ys, xs, near).T
    places = _rectangles(walls, floors)
    inset = near // 2 + 1
    cells = [
        Rectangle(
            row, column, rows, columns,
            left + xs[column] + inset, top + ys[row] + inset,
            left + xs[column + columns] - inset, top + ys[row + rows] - inset,
        )
        for row, column, rows, columns in places or ()
    ]  # fmt: skip
    return Lattice(tuple(cells), left, top, right, bottom)


def _pieces(mask: Mask) -> list[tuple[int, int, int, int]]:
    """The connected pieces of a mask: left, top, width, height."""
    count, _, boxes, _ = opencv().connectedComponentsWithStats(np.ascontiguousarray(mask))
    return [tuple(box[:4]) for box in boxes[1:count].tolist()]


def _levels(places: list[float], end: int, near: int) -> list[int]:
    """The middles of places that lie near one another; the sides of the table are levels too."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= near:
            groups[-1].append(place)
        else:
            groups.append([place])
    levels = [round(sum(group) / len(group)) for group in groups]
    if not levels or levels[0] > 2 * near:
        levels.insert(0, 0)
    if end - levels[-1] > 2 * near:
        levels.append(end)
    return levels


def _borders(lines: Mask, places: list[int], spans: list[int], near: int) -> npt.NDArray[np.bool_]:
    """Whether there is a line at each place (a column) along each span (a row)."""
    found = np.zeros((len(spans) - 1, len(places)), dtype=bool)
    for row, (begin, end) in enumerate(pairwise(spans)):
        inner = lines[begin + near : end - near] if end - begin > 3 * near else lines[begin:end]
        for column, place in enumerate(places):
            band = inner[:, max(place - near, 0) : place + near + 1]
            found[row, column] = band.size > 0 and float(band.any(axis=1).mean()) >= COVERED
    return found


def _rectangles(
    walls: npt.NDArray[np.bool_], floors: npt.NDArray[np.bool_]
) -> list[tuple[int, int, int, int]] | None:
    """Row, column and spans of every cell; None where the lines close no rectangles."""
    rows, columns = walls.shape[0], floors.shape[1]
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def find(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not walls[row, column + 1]:
                owner[find((row, column + 1))] = find((row, column))
            if row + 1 < rows and not floors[row + 1, column]:
                owner[find((row + 1, column))] = find((row, column))
    members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place in owner:
        members[find(place)].append(place)
    return _closed(list(members.values()))


def _closed(groups: list[list[tuple[int, int]]]) -> list[tuple[int, int, int, int]] | None:
    found = []
    for group in groups:
        row, column = min(r for r, _ in group), min(c for _, c in group)
        height = max(r for r, _ in group) - row + 1
        width = max(c for _, c in group) - column + 1
        if height * width != len(group):
            return None
        found.append((row, column, height, width))
    return sorted(found)
