"""Where files lie: on disk, or on any storage that fsspec opens (s3://, hdfs://, memory://)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from .errors import FileError, MissingExtraError

# Two letters at least before ://, for C:// is a disk.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::[A-Za-z][A-Za-z0-9+.-]+)*://")
_ADVICE = "Check the address, and that this machine may read it."


def is_url(name: str) -> bool:
    """Whether a name is an address for fsspec and no path on disk."""
    return bool(_URL.match(name))


def open_storage(where: str) -> tuple[Any, str]:
    """The fsspec file system of a path or an address, and the path within it.

    Raises MissingExtraError without fsspec, FileError where the address leads nowhere.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtraError(
            "corpora and addresses such as s3:// need fsspec, which is not installed",
            where=where,
            advice='Run: pip install "gxtools[store]"',
        ) from error
    try:
        filesystem, path = url_to_fs(where if is_url(where) else os.path.abspath(where))
    except (ImportError, ValueError, OSError) as error:
        raise FileError(f"cannot be reached: {error}", where=where, advice=_ADVICE) from error
    return filesystem, path


def is_file(name: str) -> bool:
    """Whether there is a file of that name."""
    if not is_url(name):
        return os.path.isfile(name)
    filesystem, path = open_storage(name)
    with _telling(name):
        return bool(filesystem.isfile(path))


def is_folder(name: str) -> bool:
    """Whether there is a folder of that name."""
    if not is_url(name):
        return os.path.isdir(name)
    filesystem, path = open_storage(name)
    with _telling(name):
        return bool(filesystem.isdir(path))


def files_below(folder: str) -> dict[str, str]:
    """The files of a folder and its subfolders: their names within it, with `/`, and in full."""
    if not is_url(folder):
        root = Path(folder)
        return {p.relative_to(root).as_posix(): str(p) for p in root.rglob("*") if p.is_file()}
    filesystem, path = open_storage(folder)
    with _telling(folder):
        found = [str(file) for file in filesystem.find(path)]
    cut = len(path.rstrip("/")) + 1
    return {file[cut:]: str(filesystem.unstrip_protocol(file)) for file in found}


def size_of(name: str) -> int:
    """The size of a file in bytes. Raises OSError where it cannot be opened."""
    if not is_url(name):
        return os.stat(name).st_size
    filesystem, path = open_storage(name)
    with _telling(name):
        return int(filesystem.size(path))


def open_file(name: str) -> BinaryIO:
    """A file to read from. Raises OSError where it cannot be opened."""
    if not is_url(name):
        return open(name, "rb")
    filesystem, path = open_storage(name)
    with _telling(name):
        opened: BinaryIO = filesystem.open(path, "rb")
    return opened


@contextmanager
def writing(target: Path, what: str = "the file") -> Iterator[None]:
    """A file is written in this block; its folder is made. Raises FileError where it cannot be:
    on Windows most often because Excel or PowerPoint has it open."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(
            f"{what} cannot be written: {error.strerror or error}",
            where=str(target),
            advice="Close it if another program has it open, or choose another place.",
        ) from error


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Storages have errors of their own: all become FileError."""
    try:
        yield
    except FileError:
        raise
    except Exception as error:
        what = f"the file cannot be opened: {str(error) or type(error).__name__}"
        raise FileError(what, where=name, advice=_ADVICE) from error
