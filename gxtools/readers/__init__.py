"""File -> Document. One module a format; the format is told by content, never by the suffix."""

from __future__ import annotations

import importlib
import os

from ..arguments import path_of
from ..document import Document
from ..errors import FileError, FormatError
from ..places import is_url, open_file, size_of
from .extent import checked

# The largest real report seen is a PDF of some 3 MB; ten times that is generous.
MAX_BYTES = 40 * 1024 * 1024


def read_document(path: str | os.PathLike[str]) -> Document:
    """The Document printed in a file: paragraphs and tables in order.

    Reads web pages and saved web archives, PDF, Word, Excel, CSV, Markdown and plain text, told
    apart by content; old Word files through LibreOffice, pictures and scans with `gxtools[ocr]`;
    a ZIP of one of these. `all.zip!east.html` names a member of a ZIP. Raises FileError (absent,
    empty, too large, locked), FormatError (broken, an unknown kind, a ZIP of several) or
    MissingExtraError.
    """
    from .bundle import resolve

    name = resolve(path_of(path))
    return read_bytes(name, load(name))


def load(name: str) -> bytes:
    """The bytes of a file, or of a member of an archive. Raises FileError, FormatError."""
    from .bundle import read_inner, split_name

    file, inner = split_name(name)
    data = read_inner(name) if inner else _load(file)
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise FileError("the file is empty", where=name, advice="Download it again.")
    return data


def read_bytes(name: str, data: bytes) -> Document:
    """The Document printed in these bytes; `name` is used for places and messages only."""
    from . import office
    from .telling import tell_format

    kind = tell_format(name, data)
    if kind == "zip":
        what = "this is an archive within an archive within an archive"
        raise FormatError(what, where=name, advice="Unpack it, and read the folder.")
    if kind in office.NAMES:
        return checked(office.read_converted(name, data, kind))
    reader = importlib.import_module(f".{kind}", __name__)
    return checked(reader.read(name, data))


def _load(path: str) -> bytes:
    if not is_url(path) and os.path.isdir(path):
        raise FileError("this is a folder", where=path, advice="Use read_all for folders.")
    try:
        size = size_of(path)
        if size > MAX_BYTES:
            raise FileError(
                f"the file has {size:,} bytes, more than a report can have ({MAX_BYTES:,})",
                where=path,
                advice="Check that it is the report itself.",
            )
        with open_file(path) as file:
            return file.read()
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(
            f"the file cannot be opened: {error.strerror or error}",
            where=path,
            advice="Check the path, and that no other program holds the file.",
        ) from error
