"""catalog.csv: what people know about files, which overrides what documents say."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from .arguments import is_several, path_of, year_of
from .errors import FileError, GxError, InputError
from .places import is_file, is_folder, is_url, open_file
from .readers import load
from .readers.encoding import decode
from .sheets import MARK

NAME = "catalog.csv"
COLUMNS = ("agency", "division", "level", "scope", "year", "source")
# The only words that the index knows; any other would be a group of its own in every comparison.
WORDS = {
    "level": ("province", "city", "district", "township", "department"),
    "scope": ("own", "aggregate", "unknown"),
}
_COLUMNS = f"Columns: file, {', '.join(COLUMNS)}."
Problem = tuple[str, str, str, str]


@dataclass(frozen=True)
class Catalog:
    """Overrides by file, with or without the folders that it lies in; blank cells left out."""

    path: str | None = None
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    def of(self, file: str) -> dict[str, Any]:
        """What the row of a file says: the row that names most of its folders."""
        key = self._key(file)
        return {} if key is None else self.rows[key]

    def is_at(self, file: str) -> bool:
        """Whether the file is the catalogue itself, which is no report."""
        if self.path is None or _parts(file)[-1] != _parts(self.path)[-1]:
            return False
        return os.path.abspath(file) == os.path.abspath(self.path)

    def sheets_of(self, file: str) -> dict[str, dict[str, Any]]:
        """What is said of the reports on a workbook's sheets, by `book.xlsx#sheet`."""
        parts = _parts(file)
        return {
            _parts(key)[-1]: self.rows[key]
            for key in self._of_sheets.get(parts[-1], ())
            if _fits(parts, _parts(key.partition(MARK)[0]))
        }

    def unused(self, files: Iterable[str], sheets: Iterable[str] = ()) -> list[Problem]:
        """Problems (severity, what, where, advice) of the catalogue, and of rows of no file.

        Raises InputError where one row names files of different content: it is of one of them.
        """
        found: dict[str, list[str]] = {}
        for file in files:
            if key := self._key(file):
                found.setdefault(key, []).append(file)
        for key, named in found.items():
            if len(named) > 1 and len(set(map(_content, named))) > 1:
                raise self._several(key, named)
        known = set(sheets)
        told = {*found, *(key for key in self.rows if _parts(key)[-1] in known)}
        return [*self.notes, *(self._missing(key) for key in self.rows if key not in told)]

    def _missing(self, key: str) -> Problem:
        what = f"the catalogue names {key}, which is not among the files"
        return "warning", what, str(self.path), "Correct the file name, or remove the row."

    def _several(self, key: str, files: list[str]) -> InputError:
        shown = ", ".join("/".join(_parts(file)[-3:]) for file in files[:3])
        return InputError(
            f"the catalogue's row {key} names {len(files)} files: {shown}",
            where=str(self.path),
            advice="Write the folder before the name, a row a file, as in "
            f"{'/'.join(_parts(files[0])[-2:])}.",
        )

    def _key(self, file: str) -> str | None:
        parts = _parts(file)
        fits = [key for key in self._by_name.get(parts[-1], ()) if _fits(parts, _parts(key))]
        return max(fits, key=len, default=None)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _by_file_name((key, key) for key in self.rows)

    @cached_property
    def _of_sheets(self) -> dict[str, list[str]]:
        return _by_file_name((key, key.partition(MARK)[0]) for key in self.rows if MARK in key)


def _by_file_name(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Rows by the last part of the file that each is of: a folder has thousands of both."""
    found: dict[str, list[str]] = {}
    for key, file in keys:
        found.setdefault(_parts(file)[-1], []).append(key)
    return found


def _parts(name: str) -> list[str]:
    """The folders, archives and the name of a file: Windows or not, members of archives too."""
    parts = [part for part in name.replace("\\", "/").replace("!", "/").split("/") if part]
    return [part for part in parts if part != "."] or [""]


def _content(file: str) -> str:
    """What tells copies of a file (in an archive and beside it) from other files of its name."""
    try:
        return hashlib.sha256(load(file)).hexdigest()
    except GxError:
        return file


def _fits(file: list[str], key: list[str]) -> bool:
    return file[-len(key) :] == key


def load_catalog(path: str | os.PathLike[str] | None, where: object) -> Catalog:
    """The catalogue at `path`, or the `catalog.csv` in or beside the folder `where`, or none."""
    file = _near(where) if path is None else path_of(path)
    if file is None:
        return Catalog(notes=tuple(_unheeded(where)))
    if not is_file(file):
        raise FileError("there is no catalogue", where=file, advice="Check the path.")
    with open_file(file) as source:
        text = io.StringIO(decode(source.read()), newline="")
    try:
        lines = list(csv.reader(text))
    except csv.Error as error:
        raise InputError(f"the catalogue is no CSV: {error}", where=file, advice=_COLUMNS) from None
    heads = [head.strip() for head in lines[0]] if lines else []
    if "file" not in heads:
        told = ", ".join(filter(None, heads[:8])) or "none"
        what = f"the catalogue has no column `file`; its headings are: {told}"
        raise InputError(what, where=file, advice=_COLUMNS)
    given = [dict(zip(heads, map(str.strip, line), strict=False)) for line in lines[1:]]
    return Catalog(file, dict(_rows(given, file)), tuple(_slips(heads, file)))


def _near(where: object) -> str | None:
    """The catalogue in or beside a folder."""
    if not isinstance(where, str | os.PathLike):
        return None
    folder = path_of(where).rstrip("/")
    near = [f"{folder}/{NAME}", f"{folder.rpartition('/')[0]}/{NAME}"]
    if not is_url(folder):
        near = [str(place / NAME) for place in (Path(folder), Path(folder).parent)]
    return next((file for file in near if is_file(file)), None)


def _unheeded(where: object) -> Iterator[Problem]:
    """The catalogues of the folders of a list, none of which is that of all."""
    listed = [path_of(path) for path in where] if is_several(where) else []
    for file in dict.fromkeys(_near(folder) for folder in listed if is_folder(folder)):
        if file:
            what = "a catalogue is not used, for a list of folders is read"
            yield "warning", what, file, "Give it: catalog=...; or read one folder."


def _rows(given: list[dict[str, str]], file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """File and overrides of each row; empty rows left out. Raises InputError for a file twice."""
    seen: dict[tuple[str, ...], dict[str, Any]] = {}
    for number, row in enumerate(given, start=2):
        name = row.get("file", "")
        if not name:
            if any(row.values()):
                what = "a row of the catalogue names no file"
                raise InputError(what, where=f"{file}, row {number}", advice=_COLUMNS)
            continue
        values, key = _values(row, f"{file}, {name}"), tuple(_parts(name))
        if seen.setdefault(key, values) != values:
            what = f"the catalogue names {name} twice, and says different things of it"
            raise InputError(what, where=file, advice="Remove one of the rows.")
        yield name, values


def _values(row: dict[str, str], where: str) -> dict[str, Any]:
    values: dict[str, Any] = {name: row[name] for name in COLUMNS if row.get(name)}
    for name, words in WORDS.items():
        if name in values and values[name] not in words:
            what, advice = f"{values[name]!r} is no {name}", f"Write one of: {', '.join(words)}."
            raise InputError(what, where=where, advice=advice)
    if "year" in values:
        values["year"] = year_of(values["year"], where)
    return values


def _slips(heads: list[str], file: str) -> Iterator[Problem]:
    """Headings that are nearly one of the catalogue's, which would else not be heeded."""
    absent = [name for name in COLUMNS if name not in heads]
    for head in heads:
        close = get_close_matches(head.casefold(), absent, n=1, cutoff=0.75)
        if close and head not in COLUMNS:
            what = f"the catalogue's column {head!r} is not read: {close[0]} is meant?"
            yield "warning", what, file, f"Rename it. {_COLUMNS}"
