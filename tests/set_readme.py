"""The generated parts of data/README.md: what is there, what to beware of, what each code means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gxtools.forms import Form, Label, editions, load_form
from tests.press_sheet import Sheet, broken_sums, values

Set = tuple[str, dict[str, Any], Sheet]  # file name, body as noted, sheet
_PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)


def fill_readme(readme: str, sheets: Sequence[Set], left_out: Sequence[tuple[str, str]]) -> str:
    """`readme` with the parts between its `generated` and `end` marks made anew."""
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "files": lambda: _files(sheets),
        "derived": lambda: _derived(sheets),
        "broken": lambda: _broken(sheets),
        "blank": lambda: _blank(sheets),
        "skipped": lambda: (f"- `{report}`：{why}" for report, why in left_out),
        "glossary": glossary,
    }
    return _PART.sub(
        lambda found: f"{found[1]}{_paragraph(parts[found[2]]())}{found[3]}",
        readme,
    )


def _paragraph(lines: Iterator[str]) -> str:
    return "\n" + "\n".join(list(lines) or ["（无）"]) + "\n\n"


def _files(sheets: Sequence[Set]) -> Iterator[str]:
    yield "| 文件 file | 机关 agency | 年度 year | 来源 source |"
    yield "|---|---|---|---|"
    for name, body, _ in sheets:
        yield f"| {name} | {body['agency']} | {body['year']} | {body['source']} |"


def _derived(sheets: Sequence[Set]) -> Iterator[str]:
    for name, body, _ in sheets:
        if body.get("certainty") == "derived":
            yield f"- `{name}`"


def _broken(sheets: Sequence[Set]) -> Iterator[str]:
    for name, _, sheet in sheets:
        sums = {sum_.id: sum_ for table in sheet.tables() for sum_ in table.sums}
        for table, id, line, left, right in broken_sums(sheet):
            label = _names(sheet, table)[line]
            yield f"- `{name}`：{label.zh}（{label.en}）：{sums[id].zh}，印出 {left} ≠ {right}"


def _names(sheet: Sheet, id: str) -> dict[str, Label]:
    table = load_form(sheet.editions[id]).table(id)
    return {label.code: label for label in (*table.rows, *table.columns)}


def _blank(sheets: Sequence[Set]) -> Iterator[str]:
    """How many cells of each table are blank."""
    for name, body, sheet in sheets:
        blank = [key for key, value in values(sheet).items() if value is None]
        if not blank:
            continue
        parts = []
        for table in sheet.tables():
            count = sum(id == table.id for id, _, _ in blank)
            whole = len(table.cells())
            parts += [f"{table.id} {count}/{whole}"] if count else []
        unsure = ["/".join(cell) for cell in body.get("unsure", ())]
        tail = f"；未定 unsure：{'、'.join(unsure)}" if unsure else ""
        yield f"- `{name}`：{'，'.join(parts)}{tail}"


def glossary() -> Iterator[str]:
    """A table for each axis of the forms: every code, its Chinese and English, its editions."""
    axes: dict[str, dict[str, tuple[Label, list[str]]]] = {}
    for edition in editions(compiled=True):
        for axis, label in _labels(load_form(edition)):
            axes.setdefault(axis, {}).setdefault(label.code, (label, []))[1].append(edition)
    for axis, codes in axes.items():
        yield from ("", f"### {axis}", "")
        yield "| 代码 code | 中文 | English | 表样用语 printed | 单位 unit | 版本 edition |"
        yield "|---|---|---|---|---|---|"
        for code, (label, found) in codes.items():
            told = " ".join(sorted(set(found)))
            names = f"{label.zh} | {label.en} | {label.printed}"
            yield f"| `{code}` | {names} | {label.unit} | {told} |"


def _labels(form: Form) -> Iterator[tuple[str, Label]]:
    for table in form.tables:
        for group in table.groups:
            yield table.row_axis, group
        for row in table.rows:
            yield table.row_axis, row
        for column in table.columns:
            yield table.column_axis, column
    for _, section in form.sections:
        yield "section", section
