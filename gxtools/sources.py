"""What there is to read, and the reports in it: files, members of archives, sheets of workbooks.

Each report has a name that leads back to it: `east.html`, `all.zip!east.html`, `book.xlsx#2023`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from .arguments import is_several, path_of
from .errors import FileError, FormatError
from .places import files_below, is_file, is_folder
from .readers import load, read_bytes
from .readers.bundle import expand, resolve, split_name, wanted
from .recognise import Filling
from .sheets import MARK, part_reports

Where = str | os.PathLike[str]
CATALOG = "catalog.csv"


@dataclass(frozen=True)
class Source:
    """One report: the `file` as named in Reports, the `sheet` if the workbook has several reports,
    and the content's `sha256`."""

    file: str
    sheet: str
    sha256: str
    filling: Filling

    @property
    def report(self) -> str:
        """The report's id: it stays the same wherever the file lies."""
        stem = PurePath(own_name(self.file.removesuffix(f"{MARK}{self.sheet}"))).stem
        sheet = f"{MARK}{self.sheet}" if self.sheet else ""
        return f"{stem}{sheet}-{self.sha256[:6]}"


def find_files(where: Where | Iterable[Where]) -> Iterator[str]:
    """The names of all that may be a report: files of a folder and its subfolders, or of a list,
    with the members of archives.

    Hidden files, lock files, the catalogue and the companions of pages saved complete are left
    out. Raises FileError where there is nothing of that name.
    """
    if is_several(where):
        for path in where:
            name = path_of(path)
            yield from _in_folder(name) if is_folder(name) else expand(name)
        return
    name = path_of(where, "Give a folder or a list of files.")
    if is_folder(name):
        yield from _in_folder(name)
    elif is_file(split_name(name)[0]):
        yield from expand(name)
    else:
        what = "there is no such file or folder"
        raise FileError(what, where=name, advice="Check the path.")


def _in_folder(root: str) -> Iterator[str]:
    files = files_below(root)
    for name in wanted(files):
        if name != CATALOG:
            yield from expand(files[name])


def own_name(file: str) -> str:
    """The name of a file without its folder and archive: what the catalogue calls it."""
    outer, inner = split_name(file)
    return PurePath(inner.rpartition("!")[2] or outer).name


def open_sources(name: str) -> list[Source]:
    """The reports of one file, of one member of an archive (`all.zip!east.html`), or of one sheet
    (`book.xlsx#2023`). Raises GxError where there is none that can be read."""
    try:
        file = resolve(name)
        data = load(file)
    except FileError:
        found = list(_of_sheet(name))
        if not found:
            raise
        return found
    sha256 = hashlib.sha256(data).hexdigest()
    parts = part_reports(read_bytes(file, data))
    return [
        Source(f"{file}{MARK}{sheet}" if sheet else file, sheet, sha256, filling)
        for sheet, filling in parts.items()
    ]


def open_source(name: str) -> Source:
    """The only report of a file. Raises FormatError where a workbook has several."""
    found = open_sources(name)
    if len(found) == 1:
        return found[0]
    sheets = ", ".join(source.sheet for source in found[:8]) + (" …" if len(found) > 8 else "")
    raise FormatError(
        f"the workbook holds {len(found)} reports, one a sheet ({sheets})",
        where=name,
        advice="Use read_all for all of them, or read one by its name, as in "
        f"{PurePath(found[0].file).name!r}.",
    )


def _of_sheet(name: str) -> Iterator[Source]:
    """The report that begins on the sheet named behind a workbook's name."""
    place = name.find(MARK)
    while place > 0:
        book, sheet = name[:place], name[place + 1 :]
        if is_file(split_name(book)[0]):
            yield from (source for source in open_sources(book) if source.sheet == sheet)
        place = name.find(MARK, place + 1)
