"""Mutations of the tables before they are printed, in whatever format: cells, rows and labels.

Each says what the document legibly prints afterwards (`prints`): figures that change places count
where they then stand, those under a label or heading that is no more count nowhere. What leaves
that in doubt (a cell too many or too few in a row) allows the old figure or none.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from gxtools.recognise import Key
from gxtools.vocabulary import vocabulary
from tests.press_layout import Box, Laid

Prints = dict[Key, set[float]]
LETTERS = "公开政府其他〇一二 ，、x?1"


@dataclass
class Tables:
    """The tables of a sheet, and what they now print."""

    laid: list[Laid]
    prints: Prints
    draw: random.Random
    gapless: bool  # every place of the printed grid is a cell, if a blank one

    def pick(self) -> int:
        return self.draw.randrange(len(self.laid))

    def figures(self, table: int) -> list[Box]:
        return [box for box in self.laid[table].boxes if box.figure]

    def pick_figure(self, table: int) -> Box:
        return self.draw.choice(self.figures(table))

    def row(self, table: int, box: Box) -> list[Box]:
        """The figures beside a figure, from left to right, itself among them."""
        return sorted((b for b in self.figures(table) if b.row == box.row), key=lambda b: b.column)

    def labels(self, table: int) -> list[Box]:
        """The labels of rows of figures; none where headings are all that names a figure."""
        rows = {box.row for box in self.figures(table)}
        known = vocabulary()
        return [
            box
            for box in self.laid[table].boxes
            if not box.figure and box.row in rows and known.is_row(box.text)
        ]

    def key(self, box: Box) -> Key | None:
        """Which figure of the form a box prints."""
        try:
            value = float(box.text.removesuffix("元") or "nan")
        except ValueError:
            return None
        found = [key for key, told in self.prints.items() if told == {value}]
        return found[0] if len(found) == 1 else None

    def change(self, table: int, changes: dict[Box, Box | None]) -> None:
        """Print other boxes, or none, where some are."""
        boxes = (changes.get(box, box) for box in self.laid[table].boxes)
        self.laid[table] = replace(self.laid[table], boxes=tuple(b for b in boxes if b is not None))

    def write(self, table: int, box: Box, text: str) -> None:
        self.change(table, {box: replace(box, text=text)})

    def exchange(self, one: Key, two: Key) -> None:
        """Each of two cells of the form is now printed where the other was."""
        both = self.prints.get(one, set()), self.prints.get(two, set())
        self.prints[one], self.prints[two] = both[1], both[0]


def change_figure(tables: Tables) -> None:
    table = tables.pick()
    box = tables.pick_figure(table)
    if (key := tables.key(box)) is not None:
        new = tables.draw.randint(100_001, 999_998)
        tables.prints[key] = {float(new)}
        tables.write(table, box, str(new) + ("元" if box.text.endswith("元") else ""))


def spoil_figure(tables: Tables) -> None:
    """A figure becomes something that is none, or none that can be read beyond doubt."""
    table = tables.pick()
    box = tables.pick_figure(table)
    if (key := tables.key(box)) is not None:
        tables.prints[key] = set()
        text = tables.draw.choice(
            ["", "/", "-", "无", "约{}", "{}?", "{}/7", "{}~9", "O{}", "公开"]
        )
        tables.write(table, box, text.format(box.text))


def swap_figures(tables: Tables) -> None:
    one, two = tables.pick(), tables.pick()
    first, second = tables.pick_figure(one), tables.pick_figure(two)
    keys = tables.key(first), tables.key(second)
    if keys[0] is not None and keys[1] is not None and keys[0] != keys[1]:
        if first.text.endswith("元") or second.text.endswith("元"):
            return
        tables.exchange(keys[0], keys[1])
        tables.write(one, first, second.text)
        tables.write(two, second, first.text)


def turn_row(tables: Tables) -> None:
    """All figures of a row move on by one column, the last comes first: so it is printed."""
    table = tables.pick()
    row = tables.row(table, tables.pick_figure(table))
    keys = [tables.key(box) for box in row]
    if len(row) < 2 or any(key is None for key in keys):
        return
    last = tables.prints[keys[-1]]  # type: ignore[index]
    for place in range(len(row) - 1, 0, -1):
        tables.prints[keys[place]] = tables.prints[keys[place - 1]]  # type: ignore[index]
    tables.prints[keys[0]] = last  # type: ignore[index]
    texts = [row[-1].text, *(box.text for box in row[:-1])]
    pairs = zip(row, texts, strict=True)
    tables.change(table, {box: replace(box, text=text) for box, text in pairs})


def drop_cell(tables: Tables) -> None:
    """A figure is lost, and those behind it stand one column too far to the left: a row too short,
    or in a sheet one that ends with a blank cell, and so prints other figures."""
    table = tables.pick()
    box = tables.pick_figure(table)
    row = tables.row(table, box)
    behind = row[row.index(box) + 1 :]
    if not _pass_on(tables, [box, *behind], set(), -1) and behind:
        return
    moved: dict[Box, Box | None] = {
        later: replace(later, column=later.column - box.width) for later in behind
    }
    tables.change(table, {**moved, box: None})


def add_cell(tables: Tables) -> None:
    """A cell too many moves those behind it to the right, out of the table."""
    table = tables.pick()
    box = tables.pick_figure(table)
    row = tables.row(table, box)
    behind = row[row.index(box) :]
    moved: dict[Box, Box | None] = {
        later: replace(later, column=later.column + box.width) for later in behind
    }
    new = replace(box, text=tables.draw.choice(["", str(tables.draw.randint(100_001, 999_998))]))
    if new.text and not tables.gapless and not all(other.text.strip() for other in row):
        return  # it makes up for a blank one: as many figures as there should be are printed
    if not _pass_on(tables, behind, {float(new.text)} if new.text else set(), 1):
        return
    tables.change(table, moved)
    laid = tables.laid[table]
    width = max(laid.width, *(b.column + b.width for b in laid.boxes))
    tables.laid[table] = replace(laid, boxes=(*laid.boxes, new), width=width)


def _pass_on(tables: Tables, row: list[Box], new: set[float], step: int) -> bool:
    """Count figures where they stand once they have moved by a column; False where that is unclear.

    Where cells can be lacking, one that is tells that something is wrong: the old figures count.
    """
    keys = [tables.key(box) for box in row]
    if any(key is None for key in keys) or {box.width for box in row} != {1}:
        return False
    if not tables.gapless:
        tables.prints[keys[0]] = tables.prints[keys[0]] if step > 0 else set()  # type: ignore[index]
        return True
    told = [tables.prints[key] for key in keys if key]
    if step > 0:  # the last stands beside the table: read by columns, or by order as before
        told = [now | before for now, before in zip([new, *told[:-1]], told, strict=True)]
    else:
        told = [*told[1:], new]
    tables.prints.update(zip((key for key in keys if key), told, strict=True))
    return True


def drop_row(tables: Tables) -> None:
    """A row of the table is not printed; the others move up."""
    table = tables.pick()
    row = tables.pick_figure(table).row
    laid = tables.laid[table]
    for box in (b for b in laid.boxes if b.row == row and b.figure):
        if (key := tables.key(box)) is not None:
            tables.prints[key] = set()
    kept = []
    for box in laid.boxes:
        if box.row <= row < box.row + box.height:
            if box.height > 1:
                kept.append(replace(box, height=box.height - 1))
        else:
            kept.append(replace(box, row=box.row - (box.row > row)))
    tables.laid[table] = replace(laid, boxes=tuple(kept), height=laid.height - 1)


def swap_labels(tables: Tables) -> None:
    """Two rows have each other's label: the figures follow the labels."""
    table = tables.pick()
    labels = tables.labels(table)
    if len(labels) < 2:
        return
    first, second = tables.draw.sample(labels, 2)
    if _exchanged(tables, first.text, second.text):
        tables.change(
            table,
            {
                first: replace(first, text=second.text),
                second: replace(second, text=first.text),
            },
        )


def _exchanged(tables: Tables, first: str, second: str) -> bool:
    """Whether two labels are rows of one block of which nothing else tells: then their figures are
    exchanged."""
    one, two = vocabulary().match(first), vocabulary().match(second)
    if one is None or two is None or one[0].id != two[0].id or one[1] == two[1]:
        return False
    for column in {key[2] for key in tables.prints}:
        tables.exchange((one[0].table, one[1], column), (two[0].table, two[1], column))
    return True


def damage_label(tables: Tables) -> None:
    table = tables.pick()
    if labels := tables.labels(table):
        label = tables.draw.choice(labels)
        letters = list(label.text)
        for _ in range(tables.draw.randint(1, max(1, len(letters) // 2))):
            place = tables.draw.randrange(len(letters) + 1)
            if tables.draw.random() < 0.6:
                letters[place : place + 1] = []
            else:
                letters.insert(place, tables.draw.choice(LETTERS))
        tables.write(table, label, "".join(letters))


def copy_label(tables: Tables) -> None:
    """A row has the label of another: both are doubtful, unless that one is blank."""
    table = tables.pick()
    labels = tables.labels(table)
    if len(labels) < 2:
        return
    first, second = tables.draw.sample(labels, 2)
    one, two = vocabulary().match(first.text), vocabulary().match(second.text)
    if one and two and not any(b.text for b in tables.figures(table) if b.row == second.row):
        for code, row, column in [key for key in tables.prints if key[1] == one[1]]:
            tables.prints[two[0].table, two[1], column] = tables.prints[code, row, column]
    tables.write(table, first, second.text)


def damage_heading(tables: Tables) -> None:
    table = tables.pick()
    known = vocabulary()
    heads = [
        box for box in tables.laid[table].boxes if not box.figure and known.is_header(box.text)
    ]
    if heads:
        head = tables.draw.choice(heads)
        keep = tables.draw.randrange(len(head.text) + 1)
        tables.write(table, head, head.text[:keep])


def repeat_table(tables: Tables) -> None:
    """The same table again below itself, with another figure: neither of the two counts."""
    table = tables.pick()
    laid = tables.laid[table]
    box = tables.pick_figure(table)
    if (key := tables.key(box)) is None:
        return
    tables.prints[key] = set()
    new = str(tables.draw.randint(100_001, 999_998))
    again = [
        replace(b, row=b.row + laid.height, text=new if b is box else b.text) for b in laid.boxes
    ]
    tables.laid[table] = replace(laid, boxes=(*laid.boxes, *again), height=2 * laid.height)


MUTATIONS: tuple[Callable[[Tables], None], ...] = (
    *(change_figure, spoil_figure, swap_figures, turn_row, drop_cell, add_cell, drop_row),
    *(swap_labels, damage_label, copy_label, damage_heading, repeat_table),
)


def mutate(tables: Tables) -> str:
    """Apply one mutation; gives back its name."""
    mutation = tables.draw.choice(MUTATIONS)
    mutation(tables)
    return mutation.__name__
