"""The command line: read, check, brief. `python -m gxtools --help` lists them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .arguments import ordered_span
from .errors import GxError
from .messages import told

if TYPE_CHECKING:
    import pandas as pd

    from .reports import Reports

# Exit statuses: all well; something could not be read, or a printed sum is broken; wrong call.
FINE, FINDINGS, WRONG = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status (0 fine, 1 something unread, 2 wrong input)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console in GBK must not stop the run
            stream.reconfigure(errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        return status
    except GxError as error:
        print(f"error: {error}", *error.__notes__, sep="\n       ", file=sys.stderr)
        return WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gxtools", description="Read, prove and compare 政府信息公开工作年度报告."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run, text in (
        ("read", _read, "read files and write every cell as CSV"),
        ("check", _check, "read files and check the sums that the form implies"),
        ("brief", _brief, "read, check, and write charts and a briefing"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("where", nargs="+", help="a folder, or files")
        command.add_argument("--catalog", help="a CSV that overrides what documents say")
        command.add_argument("--quiet", action="store_true", help="no progress bar")
        if name == "brief":
            command.add_argument("-o", "--out", default="out", help="the folder to write to (out)")
            command.add_argument("--focus", help="the body that the briefing is about")
            command.add_argument("--years", help="a year or a range: 2023-2024")
            command.add_argument("--lang", choices=("zh", "en"), default="zh")
            command.add_argument("--no-portraits", action="store_true", help="no page a body")
        else:
            command.add_argument("-o", "--out", help="the CSV to write (default: a short list)")
        command.set_defaults(run=run)
    return parser


def _load(arguments: argparse.Namespace) -> Reports:
    from .reading import read_all

    where = arguments.where[0] if len(arguments.where) == 1 else arguments.where
    reports = read_all(where, catalog=arguments.catalog, progress=not arguments.quiet)
    if not len(reports) and len(reports.problems):
        _list_unread(reports)
        raise GxError("no report could be read", advice="See the list above.")
    if not len(reports):
        raise GxError(
            "there is no file to read", where=str(where), advice="Put the reports into this folder."
        )
    return reports


def _account(reports: Reports) -> None:
    index = reports.index
    found, expected = index["found"].sum(), index["expected"].sum()
    years = sorted(int(year) for year in index["year"].dropna().unique())
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    print(f"read    {len(reports)} reports of {index['agency'].nunique()} bodies, {span}")
    print(f"        {found} of {expected} cells of the form are printed and read")
    _list_unread(reports)


def _list_unread(reports: Reports) -> None:
    files = reports.problems.loc[
        reports.problems["report"].isna() & (reports.problems["severity"] == "error")
    ]
    for row in files.itertuples():
        print(f"unread  {row.file}: {row.what}. {row.advice}")
        if chinese := told(str(row.what), advice=str(row.advice)):
            print(f"        {chinese}")


def _status(reports: Reports) -> int:
    return FINDINGS if (reports.problems["severity"] == "error").any() else FINE


def _read(arguments: argparse.Namespace) -> int:
    reports = _load(arguments)
    _account(reports)
    if arguments.out:
        _write_csv(reports.cells, arguments.out)
    for row in reports.problems.itertuples():
        print(f"{row.severity:7} {Path(str(row.file)).name}, {row.where}: {row.what}")
    return _status(reports)


def _check(arguments: argparse.Namespace) -> int:
    from .checks import check

    reports = _load(arguments)
    _account(reports)
    findings = check(reports)
    _report_findings(findings)
    if arguments.out:
        _write_csv(findings, arguments.out)
    hard = findings.loc[findings["severity"] == "error", "verdict"]
    return FINDINGS if (hard == "broken").any() else _status(reports)


def _report_findings(findings: pd.DataFrame) -> None:
    hard = findings["severity"] == "error"
    counts = findings.loc[hard, "verdict"].value_counts()
    told = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("holds", "broken", "unknown"))
    print(f"checked {hard.sum()} sums and counts: {told}")
    soft = findings.loc[~hard, "verdict"].value_counts()
    if soft.get("broken", 0) + soft.get("unknown", 0):
        print(f"beside  {soft.get('broken', 0)} warnings, {soft.get('unknown', 0)} for a look")
    for row in findings.loc[findings["verdict"] == "broken"].to_dict("records"):
        at = row["row"] if isinstance(row["row"], str) else row["column"]
        print(
            f"broken  {row['agency']} {row['year']}, {row['table']} {at}: {row['left']:g} against "
            f"{row['right']:g} printed ({row['basis']}; {row['place']})"
        )


def _brief(arguments: argparse.Namespace) -> int:
    from .brief import write_set

    years = _years(arguments.years)
    reports = _load(arguments)
    _account(reports)
    findings = write_set(
        reports,
        arguments.out,
        focus=arguments.focus,
        years=years,
        lang=arguments.lang,
        portraits=not arguments.no_portraits,
        progress=not arguments.quiet,
        tell=lambda path: print(f"wrote   {path}", flush=True),
        warn=lambda text: print(f"warning {text}", flush=True),
    )
    _report_findings(findings)
    return _status(reports)


def _years(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    parts = text.replace("–", "-").replace("—", "-").split("-")
    try:
        return ordered_span(2 * parts if len(parts) == 1 else parts)
    except GxError as error:
        told = f"{text!r} is not a year or a range"
        raise GxError(told, where="--years", advice="Write 2024 or 2023-2024.") from error


def _write_csv(table: pd.DataFrame, out: str) -> None:
    from .tables import write_csv

    print(f"wrote   {write_csv(table, out)}")


if __name__ == "__main__":
    sys.exit(main())
