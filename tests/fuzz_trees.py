"""Mutations of the tables of web pages and Word files: cells, rows, headings, labels, tables.

Each says what the document legibly prints afterwards; where that is not clear, the old figure or
none may be read, and nothing else.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from gxtools.recognise import Key
from gxtools.vocabulary import vocabulary
from tests.fuzz_subjects import Figures, set_text

Element = etree._Element
# More headings in a row than the columns of one block: those of several routes side by side.
ROUTE = 7


@dataclass
class Tree:
    """The root of a document, the names of its table's parts, and what it now prints."""

    root: Element
    names: tuple[str, str, str]  # table, row, cell
    prints: dict[Key, set[float]]
    draw: random.Random

    def tables(self) -> list[Element]:
        return [table for table in self.root.iter(self.names[0]) if self.rows(table)]

    def rows(self, table: Element) -> list[Element]:
        """The rows of a table of several columns; not those of a table within it."""
        rows = [r for r in table.iter(self.names[1]) if self.owner(r) is table]
        return rows if any(len(self.cells(row)) > 2 for row in rows) else []

    def owner(self, element: Element) -> Element | None:
        return next(element.iterancestors(self.names[0]), None)

    def cells(self, row: Element) -> list[Element]:
        return [cell for cell in row if cell.tag == self.names[2]]

    def pick_row(self) -> Element:
        return self.draw.choice(self.rows(self.draw.choice(self.tables())))

    def pick_cell(self) -> Element:
        rows = [row for table in self.tables() for row in self.rows(table) if self.cells(row)]
        return self.draw.choice(self.cells(self.draw.choice(rows)))

    def below(self, rows: list[Element], place: int) -> list[list[Element]]:
        """The cells of the rows under a row of headings, as far as the next headings."""
        found = []
        for row in rows[place + 1 :]:
            cells = self.cells(row)
            if any(map(self.key, cells)):
                found.append(cells)
            elif found and any(map(column_codes, cells)):
                break
        return found

    def exchange(self, one: Key, two: Key) -> None:
        """Each of two cells of the form is now printed where the other was."""
        if one in self.prints or two in self.prints:
            both = self.prints.get(one, set()), self.prints.get(two, set())
            self.prints[one], self.prints[two] = both[1], both[0]

    def key(self, cell: Element) -> Key | None:
        """Which figure a cell prints."""
        try:
            value = float(text(cell).strip().removesuffix("元") or "nan")
        except ValueError:
            return None
        found = [key for key, told in self.prints.items() if told == {value}]
        return found[0] if len(found) == 1 else None


def text(cell: Element) -> str:
    return "".join(cell.itertext())


def write(tree: Tree, cell: Element, words: str) -> None:
    """Print words in a cell: in Word in the first of its runs."""
    if not tree.names[0].endswith("}tbl"):
        set_text(cell, words)
        return
    space = tree.names[0].removesuffix("tbl")
    runs = list(cell.iter(f"{space}t"))
    for run in runs[1:]:
        run.text = ""
    if runs:
        runs[0].text = words
    else:
        paragraph = next(cell.iter(f"{space}p"))
        run = etree.SubElement(etree.SubElement(paragraph, f"{space}r"), f"{space}t")
        run.text = words


# Cells


def delete_cell(tree: Tree) -> None:
    cell = tree.pick_cell()
    cell.getparent().remove(cell)


def duplicate_cell(tree: Tree) -> None:
    cell = tree.pick_cell()
    cell.addnext(copy.deepcopy(cell))


def insert_blank(tree: Tree) -> None:
    cell = tree.pick_cell()
    new = copy.deepcopy(cell)
    write(tree, new, "")
    cell.addprevious(new)


def blank_cell(tree: Tree) -> None:
    cell = tree.pick_cell()
    if (key := tree.key(cell)) is not None:
        tree.prints[key] = set()
    write(tree, cell, "")


def change_figure(tree: Tree) -> None:
    cell = tree.pick_cell()
    if (key := tree.key(cell)) is not None:
        new = tree.draw.randint(100_001, 999_998)
        tree.prints[key] = {float(new)}
        write(tree, cell, str(new))


def swap_figures(tree: Tree) -> None:
    """Two figures change places."""
    first, second = tree.pick_cell(), tree.pick_cell()
    keys = tree.key(first), tree.key(second)
    if keys[0] is not None and keys[1] is not None and first is not second:
        tree.exchange(keys[0], keys[1])
        exchange_words(tree, first, second)


def swap_neighbours(tree: Tree) -> None:
    """A label and the figure beside it, a group and its row, or two figures change places."""
    cells = tree.cells(tree.pick_row())
    if len(cells) < 2 or not any(map(tree.key, cells)):
        return
    place = tree.draw.randrange(len(cells) - 1)
    first, second = cells[place], cells[place + 1]
    keys = tree.key(first), tree.key(second)
    if keys[0] is not None and keys[1] is not None:
        tree.exchange(keys[0], keys[1])
    elif not text(first).strip() or not text(second).strip():
        return  # a figure in the place of a blank cell: which cell that is, nobody knows here
    second.addnext(first)


def move_cell(tree: Tree) -> None:
    """A cell stands somewhere else, in another row."""
    cell, other = tree.pick_cell(), tree.pick_cell()
    if cell.getparent() is not other.getparent():
        (other.addnext if tree.draw.random() < 0.5 else other.addprevious)(cell)


def join_cells(tree: Tree) -> None:
    """A cell takes over its neighbour's text, or only its room."""
    cells = tree.cells(tree.pick_row())
    if len(cells) < 2:
        return
    place = tree.draw.randrange(len(cells) - 1)
    first, second = cells[place], cells[place + 1]
    glue = tree.draw.choice(["", " ", "\n", None])
    for cell in (first, second):
        if (key := tree.key(cell)) is not None:
            tree.prints[key] = set() if glue == "" or cell is second else tree.prints[key]
    if glue is not None:
        write(tree, first, text(first) + glue + text(second))
    if tree.draw.random() < 0.5:
        span(tree, first, across=2)
    second.getparent().remove(second)


def widen_cell(tree: Tree) -> None:
    span(tree, tree.pick_cell(), across=tree.draw.randint(2, 4))


def heighten_cell(tree: Tree) -> None:
    span(tree, tree.pick_cell(), down=tree.draw.randint(2, 4))


def forget_spans(tree: Tree) -> None:
    cell = tree.pick_cell()
    for name in ("rowspan", "colspan"):
        cell.attrib.pop(name, None)
    for properties in cell.iterfind(f"{tree.names[2]}Pr"):
        cell.remove(properties)


def span(tree: Tree, cell: Element, across: int = 0, down: int = 0) -> None:
    if not tree.names[0].endswith("}tbl"):
        if across:
            cell.set("colspan", str(across))
        if down:
            cell.set("rowspan", str(down))
        return
    space = tree.names[0].removesuffix("tbl")
    properties = etree.Element(f"{space}tcPr")
    if across:
        etree.SubElement(properties, f"{space}gridSpan").set(f"{space}val", str(across))
    if down:
        etree.SubElement(properties, f"{space}vMerge").set(f"{space}val", "restart")
    cell.insert(0, properties)


# Rows


def delete_row(tree: Tree) -> None:
    row = tree.pick_row()
    keys = set(map(tree.key, tree.cells(row)))
    row.getparent().remove(row)
    left = {tree.key(c) for table in tree.tables() for r in tree.rows(table) for c in tree.cells(r)}
    for key in keys - left - {None}:  # a doubled row still stands there
        tree.prints[key] = set()


def duplicate_row(tree: Tree) -> None:
    row = tree.pick_row()
    row.addnext(copy.deepcopy(row))


def swap_rows(tree: Tree) -> None:
    table = tree.draw.choice(tree.tables())
    first, second = tree.draw.choice(tree.rows(table)), tree.draw.choice(tree.rows(table))
    if first is not second:
        mark = etree.Element("mark")
        first.addprevious(mark)
        second.addprevious(first)
        mark.addprevious(second)
        mark.getparent().remove(mark)


def move_row(tree: Tree) -> None:
    row, other = tree.pick_row(), tree.pick_row()
    if row is not other:
        other.addnext(row)


def split_table(tree: Tree) -> None:
    """The rows from some row on are a table of their own, as after a page's end."""
    table = tree.draw.choice(tree.tables())
    rows = tree.rows(table)
    if len(rows) < 2:
        return
    new = etree.Element(table.tag)
    for row in rows[tree.draw.randrange(1, len(rows)) :]:
        new.append(row)
    table.addnext(new)


def delete_table(tree: Tree) -> None:
    table = tree.draw.choice(tree.tables())
    for row in tree.rows(table):
        for cell in tree.cells(row):
            if (key := tree.key(cell)) is not None:
                tree.prints[key] = set()
    table.getparent().remove(table)


def repeat_table(tree: Tree) -> None:
    """The same table again, with another figure: neither of the two may be taken."""
    table = tree.draw.choice(tree.tables())
    again = copy.deepcopy(table)
    cells = [cell for row in tree.rows(table) for cell in tree.cells(row)]
    figures = [place for place, cell in enumerate(cells) if tree.key(cell) is not None]
    if figures:
        place = tree.draw.choice(figures)
        key = tree.key(cells[place])
        assert key is not None
        tree.prints[key] = set()
        twins = [cell for row in again.iter(tree.names[1]) for cell in tree.cells(row)]
        write(tree, twins[place], str(tree.draw.randint(100_001, 999_998)))
    table.addnext(again)


# Labels and headings


def damage_label(tree: Tree) -> None:
    cell = _pick_label(tree)
    if cell is not None:
        letters = list(text(cell))
        for _ in range(tree.draw.randint(1, max(1, len(letters) // 2))):
            place = tree.draw.randrange(len(letters) + 1)
            if tree.draw.random() < 0.6:
                letters[place : place + 1] = []
            else:
                letters.insert(place, tree.draw.choice("公开政府其他〇一二 ，、x?1"))
        write(tree, cell, "".join(letters))


def delete_label(tree: Tree) -> None:
    cell = _pick_label(tree)
    if cell is not None:
        write(tree, cell, "")


def copy_label(tree: Tree) -> None:
    """A row has the label of another: both are doubtful, unless that one is blank."""
    first, second = _pick_label(tree), _pick_label(tree)
    if first is None or second is None:
        return
    ours, other = vocabulary().match(text(first)), vocabulary().match(text(second))
    if ours and other and not any(map(tree.key, tree.cells(second.getparent()))):
        for table, row, column in [key for key in tree.prints if key[1] == ours[1]]:
            tree.prints[other[0].table, other[1], column] = tree.prints[table, row, column]
    write(tree, first, text(second))


def swap_labels(tree: Tree) -> None:
    """Two rows of one block have each other's label: the figures follow the labels."""
    first, second = _pick_label(tree), _pick_label(tree)
    if first is None or second is None or first is second:
        return
    one, two = vocabulary().match(text(first)), vocabulary().match(text(second))
    if any(sum(map(bool, map(column_codes, label.getparent()))) > 1 for label in (first, second)):
        return  # a heading, which may have the words of a label
    if one is None or two is None or one[0].id != two[0].id:
        return
    for column in {key[2] for key in tree.prints}:
        tree.exchange((one[0].table, one[1], column), (two[0].table, two[1], column))
    exchange_words(tree, first, second)


def swap_headings(tree: Tree) -> None:
    """Two columns have each other's heading: the figures follow the headings."""
    rows = tree.rows(tree.draw.choice(tree.tables()))
    place = tree.draw.randrange(len(rows))
    codes = [(cell, column_codes(cell)) for cell in tree.cells(rows[place])]
    heads = [(cell, codes) for cell, codes in codes if codes]
    if len(heads) < 2 or len(heads) > ROUTE:
        return
    (first, ones), (second, twos) = tree.draw.sample(heads, 2)
    below = {key[:2] for row in tree.below(rows, place) for key in map(tree.key, row) if key}
    for table, row in below:
        for one in ones:
            for two in twos:
                tree.exchange((table, row, one), (table, row, two))
    exchange_words(tree, first, second)


def column_codes(cell: Element) -> set[str]:
    """The columns that a heading names, in whatever block; none for other cells."""
    words = vocabulary().header_words(text(cell))[-1:]
    blocks = [block for block in vocabulary().blocks if block.layout == "rows"]
    return {block.columns[word] for block in blocks for word in words if word in block.columns}


def exchange_words(tree: Tree, first: Element, second: Element) -> None:
    words = text(first), text(second)
    write(tree, first, words[1])
    write(tree, second, words[0])


def damage_heading(tree: Tree) -> None:
    cell = _pick_heading(tree)
    if cell is not None:
        letters = list(text(cell))
        del letters[tree.draw.randrange(len(letters) + 1) : tree.draw.randrange(len(letters) + 1)]
        write(tree, cell, "".join(letters))


def delete_heading(tree: Tree) -> None:
    cell = _pick_heading(tree)
    if cell is not None:
        cell.getparent().remove(cell)


def delete_heading_row(tree: Tree) -> None:
    cell = _pick_heading(tree)
    if cell is not None:
        row = cell.getparent()
        row.getparent().remove(row)


def repeat_heading_row(tree: Tree) -> None:
    """The headings stand again between the rows, as after a page's end."""
    cell = _pick_heading(tree)
    if cell is not None:
        row = cell.getparent()
        table = tree.owner(row)
        assert table is not None
        tree.draw.choice(tree.rows(table)).addnext(copy.deepcopy(row))


def _pick_heading(tree: Tree) -> Element | None:
    words = vocabulary()
    return _pick(tree, lambda cell: words.is_header(text(cell)))


def _pick_label(tree: Tree) -> Element | None:
    words = vocabulary()
    return _pick(tree, lambda cell: words.is_row(text(cell)))


def _pick(tree: Tree, condition: Callable[[Element], bool]) -> Element | None:
    table = tree.draw.choice(tree.tables())
    found = [c for row in tree.rows(table) for c in tree.cells(row) if condition(c)]
    return tree.draw.choice(found) if found else None


MUTATIONS: tuple[Callable[[Tree], None], ...] = (
    *(delete_cell, duplicate_cell, insert_blank, blank_cell, change_figure, swap_figures),
    *(swap_neighbours, move_cell, join_cells, widen_cell, heighten_cell, forget_spans),
    *(delete_row, duplicate_row, swap_rows, move_row, split_table, delete_table, repeat_table),
    *(damage_label, delete_label, copy_label, swap_labels, swap_headings, damage_heading),
    *(delete_heading, delete_heading_row, repeat_heading_row),
)


# After these, only one of them, it is still clear what the document prints.
CLEAR_ALONE = {swap_labels, swap_headings, swap_neighbours, change_figure, repeat_table}


# Two of these may undo each other in part: the figures then stand in other columns, legibly.
SHIFTING = {delete_cell, duplicate_cell, insert_blank, move_cell, join_cells, widen_cell}
SHIFTING |= {heighten_cell, forget_spans, delete_heading}


def mutate(tree: Tree, count: int) -> list[str]:
    """Apply some mutations; gives back their names."""
    names: list[str] = []
    left = [m for m in MUTATIONS if count == 1 or m not in CLEAR_ALONE]
    for _ in range(count):
        if tree.tables():
            mutation = tree.draw.choice(left)
            mutation(tree)
            if mutation in SHIFTING:
                left = [m for m in left if m not in SHIFTING]
            names.append(mutation.__name__)
    return names


def start(known: Figures) -> dict[Key, set[float]]:
    return {key: {value} for key, value in known.items()}
