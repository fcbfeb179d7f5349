"""Where files lie: on disk, or on any storage that fsspec opens (s3://, hdfs://, memory://)."""

from __future__ import annotations

import os
import re
from typing import Any

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
