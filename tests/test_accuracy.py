"""`make accuracy` counts honestly, names what is wrong, and fails when anything is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.accuracy import main
from tests.press import Sheet, drawn_sheet, print_docx, print_html, values

EDITIONS = {"proactive": "2021", "applications": "2021"}
Change = Callable[[dict[str, Any]], object]


def noted(sheet: Sheet) -> dict[str, Any]:
    """The figures of a sheet as they are noted in JSON."""
    data: dict[str, Any] = {}
    for (table, row, column), value in values(sheet).items():
        cells = data.setdefault(table, {}).setdefault(row, {})
        cells[column] = None if value is None else float(value)
    return data


def keep(data: dict[str, Any]) -> None:
    pass


def run(folder: Path, change: Change = keep, blank: bool = False) -> int:
    """Accuracy of one report in HTML and Word, held against its figures after `change`."""
    sheet = drawn_sheet(random.Random(4), EDITIONS, blank)
    data = noted(sheet)
    change(data)
    reports, known = folder / "reports", folder / "figures"
    (reports / "word").mkdir(parents=True)
    known.mkdir()
    (reports / "a.html").write_bytes(print_html(sheet))
    (reports / "word" / "a.docx").write_bytes(print_docx(sheet))
    (reports / "unknown.html").write_bytes(print_html(sheet))
    (known / "a.json").write_text(json.dumps(data), encoding="utf-8")
    return main([str(reports), str(known)])


def test_right_cells_are_counted_by_format_and_nothing_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path) == 0
    said = capsys.readouterr().out
    assert "no wrong cell" in said
    _, totals = said.split("by format\n")
    assert [line.split()[2:5] for line in totals.splitlines()[:2]] == [
        ["docx", "185", "right"],
        ["html", "185", "right"],
    ]
    assert "unknown.html" not in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda data: data["applications"]["received"].update(total=-1), "received total: read"),
        (lambda data: data["applications"]["received"].update(total=None), "printed nothing"),
        (lambda data: data["applications"]["granted"].pop("total"), "granted total: read"),
    ],
    ids=["another figure", "a figure where nothing is printed", "a cell that is not there"],
)
def test_each_wrong_cell_is_named_and_fails(
    change: Change, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, change) == 1
    said = capsys.readouterr().out.splitlines()
    wrong = [line for line in said if named in line]
    assert [line.split()[0] for line in wrong] == ["a.html", "a.docx"]


def test_a_cell_noted_as_unsure_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    def unsure(data: dict[str, Any]) -> None:
        data["applications"]["received"]["total"] = -1
        data["unsure"] = [["applications", "received", "total"]]

    assert run(tmp_path, unsure) == 0


def test_a_blank_cell_is_not_counted_as_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, blank=True) == 0
    assert " 0 unread" in capsys.readouterr().out.splitlines()[0]


def test_a_report_that_cannot_be_read_is_unread_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "a.json").write_text('{"disputes": {"review": {"total": 3}}}')
    assert main([str(tmp_path), str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "a.pdf:" in said and "1 unread" in said


def test_a_folder_without_known_figures_proves_nothing_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), str(tmp_path)]) == 2
    assert main([str(tmp_path / "none")]) == 2
    assert "no file of" in capsys.readouterr().out
