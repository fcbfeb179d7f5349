"""The command line: read, check, brief; the exit status says what happened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from gxtools.__main__ import main

from .conftest import ROOT

REPORTS = str(ROOT / "data/reports")
SET = {
    *(f"briefing.{kind}" for kind in ("pptx", "docx", "html")),
    *(f"figures.{kind}" for kind in ("xlsx", "csv")),
    "checks.csv",
    *(f"{name}.{kind}" for name in ("volumes", "outcomes", "disputes") for kind in ("png", "svg")),
}


def test_help_lists_the_commands() -> None:
    out = subprocess.run(
        [sys.executable, "-m", "gxtools", "--help"], capture_output=True, text=True, check=True
    )
    assert all(f"    {name} " in out.stdout for name in ("read", "check", "brief"))


def test_brief_writes_the_whole_set_and_names_each_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", REPORTS, "-o", str(tmp_path), "--quiet", "--no-portraits"]) == 0
    out = capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == SET
    assert all(name in out for name in SET)
    assert "19 reports of 9 bodies" in out and "2 broken" in out


def test_brief_of_one_body_and_some_years(tmp_path: Path) -> None:
    arguments = ["--focus", "洪泽区", "--years", "2023-2024", "--lang", "en"]
    assert main(["brief", REPORTS, "-o", str(tmp_path), "--quiet", *arguments]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {*SET, "portraits.pdf"}
    figures = pd.read_csv(tmp_path / "figures.csv", encoding="utf-8-sig")
    assert set(figures["year"]) == {2023, 2024} and "value counted" in figures


def test_check_says_by_its_exit_status_that_a_sum_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", f"{REPORTS}/hongze_2023.docx", "--quiet"]) == 1
    assert "11 against 0 printed" in capsys.readouterr().out
    assert main(["check", f"{REPORTS}/hongze_2024.xlsx", "--quiet"]) == 0


def test_read_writes_every_cell_for_a_chinese_excel(tmp_path: Path) -> None:
    target = tmp_path / "cells.csv"
    assert main(["read", f"{REPORTS}/suqian_2024.html", "-o", str(target), "--quiet"]) == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(pd.read_csv(target)) == 200


@pytest.mark.parametrize("years", ["last year", "2023-2024-2025", "23x"])
def test_a_wrong_year_is_a_clear_error(years: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", REPORTS, "--years", years, "--quiet"]) == 2
    assert "is not a year" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--years", "2025-2024"], "not a year or a range"),
        (["--years", "二〇二四"], "not a year or a range"),
        (["--years", "2030"], "no report is of"),
        (["--focus", "没有这个机关"], "There are:"),
    ],
)
def test_a_slip_is_told_before_anything_is_written(
    options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = str(ROOT / "data/reports/suqian_2024.html")
    assert main(["brief", report, "-o", str(tmp_path / "out"), "--quiet", *options]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
