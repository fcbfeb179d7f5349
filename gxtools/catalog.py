"""catalog.csv: what people know about files, which overrides what documents say."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import FileError, InputError
from .places import is_file, is_url, open_file
from .readers.encoding import decode

NAME = "catalog.csv"
COLUMNS = ("agency", "division", "level", "scope", "year", "source")


@dataclass(frozen=True)
class Catalog:
    """Overrides by file name; `of(file)` gives those of one file, blank cells left out."""

    path: str | None = None
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, file: str) -> dict[str, Any]:
        return self.rows.get(Path(file).name, {})

    def unused(self, files: Iterable[str]) -> list[tuple[str, str, str, str]]:
        """Problems (severity, what, where, advice) for rows that name no file."""
        names = {Path(file).name for file in files}
        return [
            (
                "warning",
                f"the catalogue names {name}, which is not among the files",
                str(self.path),
                "Correct the file name, or remove the row.",
            )
            for name in self.rows
            if name not in names
        ]


def load_catalog(path: str | os.PathLike[str] | None, where: object) -> Catalog:
    """The catalogue at `path`, or the `catalog.csv` in or beside the folder `where`, or none."""
    if path is None:
        if not isinstance(where, str | os.PathLike):
            return Catalog()
        folder = os.fspath(where).rstrip("/")
        near = [f"{folder}/{NAME}", f"{folder.rpartition('/')[0]}/{NAME}"]
        if not is_url(folder):
            near = [str(place / NAME) for place in (Path(folder), Path(folder).parent)]
        found = [file for file in near if is_file(file)]
        if not found:
            return Catalog()
        path = found[0]
    file = os.fspath(path)
    if not is_file(file):
        raise FileError("there is no catalogue", where=file, advice="Check the path.")
    with open_file(file) as source:
        rows = csv.DictReader(decode(source.read()).splitlines())
    if "file" not in (rows.fieldnames or ()):
        raise InputError(
            "the catalogue has no column `file`",
            where=file,
            advice=f"Columns: file, {', '.join(COLUMNS)}.",
        )
    return Catalog(file, {row["file"].strip(): _values(row, file) for row in rows})


def _values(row: dict[str, str], file: str) -> dict[str, Any]:
    values: dict[str, Any] = {name: row[name].strip() for name in COLUMNS if row.get(name)}
    if "year" in values:
        if not values["year"].isdigit():
            raise InputError(f"{values['year']!r} is not a year", where=f"{file}, {row['file']}")
        values["year"] = int(values["year"])
    return values
