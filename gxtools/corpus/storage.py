"""A folder on disk or on any fsspec storage, in which every file is whole or absent."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ..arguments import path_of
from ..errors import FileError
from ..places import open_storage

_DISK = "Free some space or check your rights to the folder, and run it again: nothing is lost."
_GONE = "Open the corpus again; if that does not help, a file of it was removed or damaged."


class Storage:
    """The files of one corpus by their names (`cells/year=2023/1f.parquet`)."""

    def __init__(self, where: str | os.PathLike[str]) -> None:
        self.where = path_of(where)
        self.fs, root = open_storage(self.where)
        self.root = root.rstrip("/")
        protocol = self.fs.protocol
        self.on_disk = "file" in ((protocol,) if isinstance(protocol, str) else protocol)

    def path(self, name: str) -> str:
        return f"{self.root}/{name}"

    def address(self, name: str) -> str:
        """What DuckDB, Polars or pyarrow call the file."""
        return self.path(name) if self.on_disk else str(self.fs.unstrip_protocol(self.path(name)))

    def exists(self, name: str) -> bool:
        self.fs.invalidate_cache()
        return bool(self.fs.exists(self.path(name)))

    def names(self) -> list[str]:
        """All files of the folder, hidden ones too."""
        self.fs.invalidate_cache()
        if not self.fs.exists(self.root):
            return []
        prefix = len(self.root) + 1
        return [str(path)[prefix:] for path in self.fs.find(self.root)]

    def read(self, name: str) -> bytes:
        with self.telling(name):
            return bytes(self.fs.cat_file(self.path(name)))

    def open(self, name: str) -> Any:
        """The file for pyarrow: its path on disk, else a file object."""
        return self.path(name) if self.on_disk else self.fs.open(self.path(name), "rb")

    @contextmanager
    def telling(self, name: str) -> Iterator[None]:
        """Errors of reading a file, as those of the house."""
        try:
            yield
        except FileError:
            raise
        except (OSError, ValueError) as error:
            what = f"a file of the corpus cannot be read: {error}"
            raise FileError(what, where=self.address(name), advice=_GONE) from error

    @contextmanager
    def writing(self, name: str) -> Iterator[Any]:
        """A file to write to; it is there, whole, when the block ends, and else not at all."""
        path = self.path(name)
        try:
            if self.on_disk:
                with _replaced(path) as file:
                    yield file
            else:
                with self.fs.transaction, self.fs.open(path, "wb") as file:
                    yield file
        except OSError as error:
            if isinstance(error, FileError):
                raise
            what = f"the corpus cannot be written: {error.strerror or error}"
            raise FileError(what, where=self.where, advice=_DISK) from error

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; one that another program still holds open is left for the next time."""
        for name in names:
            with suppress(OSError):
                self.fs.rm_file(self.path(name))


@contextmanager
def _replaced(path: str) -> Iterator[Any]:
    """A file that takes its place by renaming, after all of it is on the disk."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = f"{path}.{uuid.uuid4().hex[:8]}.tmp"
    try:
        with open(beside, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.remove(beside)
        raise
