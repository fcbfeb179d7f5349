"""ZIP archives of reports: which members are reports, named like `all.zip!east.html`."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..errors import FileError, FormatError, GxError
from ..places import is_file, is_url, open_file
from .archive import MAX_TOTAL_BYTES, members, open_bundle, read_report
from .telling import tell_archive

MARK = "!"
DEPTH = 1  # archives within the archive are opened, those within them are not
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HIDDEN = (".", "~$", "__MACOSX")  # .git, Excel's lock files, what macOS packs beside
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"mimetype")
# What a browser saves beside a page lies in a folder of the page's name.
_COMPANIONS = ("_files", ".files")
_PAGES = (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")


def wanted(names: Iterable[str]) -> list[str]:
    """The names (`/` between folders) of possible reports, sorted.

    Left out are hidden files, lock files, and what belongs to a page that was saved complete: the
    folder `page_files` or `page.files` next to `page.html`.
    """
    known = list(names)
    pages = {
        str(path.with_suffix("")).casefold()
        for path in map(PurePosixPath, known)
        if path.suffix.casefold() in _PAGES
    }
    return sorted(name for name in known if not _is_aside(PurePosixPath(name), pages))


def _is_aside(path: PurePosixPath, pages: set[str]) -> bool:
    if any(part.startswith(_HIDDEN) for part in path.parts):
        return True
    folders = (str(folder).casefold() for folder in path.parents)
    return any(
        folder.endswith(ending) and folder.removesuffix(ending) in pages
        for folder in folders
        for ending in _COMPANIONS
    )


def expand(name: str) -> list[str]:
    """The names of all that a file holds: itself, or the members of an archive of reports.

    An archive that cannot be opened stands for itself: reading it tells what is wrong.
    """
    try:
        with _opened(name) as archive:
            inner = [] if archive is None else _listed(archive, name)
    except GxError:
        return [name]
    return inner or [name]


def resolve(name: str) -> str:
    """The name itself, or that of the only report in an archive.

    Raises FormatError for an archive of none or several.
    """
    with _opened(name) as archive:
        if archive is None:
            return name
        inner = _listed(archive, name)
    if len(inner) == 1:
        return inner[0]
    what = f"the archive holds {len(inner)} files" if inner else "the archive holds no file"
    advice = "Use read_all for all of them, or read one by its name, as in "
    shown = f"{advice}{Path(inner[0]).name!r}." if inner else "Look into the archive."
    raise FormatError(what, where=name, advice=shown)


def split_name(name: str) -> tuple[str, str]:
    """A file on disk and what is named within it: `all.zip!a/b.html` -> `all.zip`, `a/b.html`."""
    place = name.find(MARK)
    while place > 0 and not is_file(name):
        if is_file(name[:place]):
            return name[:place], name[place + 1 :]
        place = name.find(MARK, place + 1)
    return name, ""


def read_inner(name: str) -> bytes:
    """The bytes of a member named with its archive. Raises GxError where there is none such."""
    file, inner = split_name(name)
    with _source(file) as source, open_bundle(file, source) as archive:
        return _read(archive, file, inner)


def _read(archive: zipfile.ZipFile, path: str, inner: str) -> bytes:
    known = members(archive)
    if inner in known:
        return read_report(archive, f"{path}{MARK}{inner}", known[inner])
    outer = next((n for n in known if inner.startswith(f"{n}{MARK}")), None)
    if outer is None:
        what = f"the archive has no {inner}"
        raise FileError(what, where=path, advice="Check the name; read_all lists all of them.")
    data = read_report(archive, f"{path}{MARK}{outer}", known[outer])
    with open_bundle(f"{path}{MARK}{outer}", io.BytesIO(data)) as within:
        return _read(within, f"{path}{MARK}{outer}", inner[len(outer) + 1 :])


@contextmanager
def _opened(name: str) -> Iterator[zipfile.ZipFile | None]:
    """The archive of reports that `name` is, open for reading; None where it is none."""
    file, inner = split_name(name)
    if inner and inner.count(MARK) < DEPTH:
        source: BinaryIO = io.BytesIO(read_inner(name))
    elif not inner and _may_be_archive(file):
        source = _source(file)
    else:
        yield None  # absent, a folder, or too deep: told by who reads it
        return
    with source:
        if source.read(4) not in _ZIP:
            yield None
            return
        with open_bundle(name, source) as archive:
            yield archive if tell_archive(archive, name) == "zip" else None


def _may_be_archive(file: str) -> bool:
    """A look into each file of a disk costs nothing; on a far storage the suffix must do."""
    return file.casefold().endswith(".zip") if is_url(file) else is_file(file)


def _source(file: str) -> BinaryIO:
    try:
        source = open_file(file)
    except OSError as error:
        what = f"the file cannot be opened: {error.strerror or error}"
        advice = "Check the path, and that no other program holds the file."
        raise FileError(what, where=file, advice=advice) from error
    size = source.seek(0, io.SEEK_END)
    head = source.seek(0) or source.read(4)
    source.seek(0)
    if head in _ZIP and size > MAX_TOTAL_BYTES:
        source.close()
        what = f"the archive has {size:,} bytes, more than are opened ({MAX_TOTAL_BYTES:,})"
        raise FileError(what, where=file, advice="Unpack it, and read the folder.")
    return source


def _listed(archive: zipfile.ZipFile, path: str) -> list[str]:
    """The names of the possible reports in an archive, and in archives within it."""
    depth = DEPTH - bool(split_name(path)[1])
    known = members(archive)
    found: list[str] = []
    for inner in wanted(known):
        name = f"{path}{MARK}{inner}"
        found += _unfolded(archive, name, known[inner]) if depth > 0 else [name]
    return found


def _unfolded(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> list[str]:
    """A member, or the members of the archive of reports that it is."""
    try:
        if _may_be_bundle(archive, info):
            data = read_report(archive, name, info)
            with open_bundle(name, io.BytesIO(data)) as within:
                if tell_archive(within, name) == "zip":
                    return _listed(within, name) or [name]
    except GxError:
        pass  # reading it tells what is wrong
    return [name]


def _may_be_bundle(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a member is packed, and does not begin like a Word or Excel file."""
    try:
        with archive.open(info) as source:
            head = source.read(80)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError):
        return False
    return head[:4] in _ZIP and not head[30:].startswith(_OFFICE)
