"""Zip archives (Word, Excel) opened only after their directory has been found harmless."""

from __future__ import annotations

import io
import zipfile
import zlib

from ..errors import FormatError

# A real report is below 1 MB unpacked; its own template repeats itself about 40 times.
MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
MAX_RATIO = 200
RATIO_FLOOR = 1_000_000  # small members may be nothing but repetition

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_RESAVE = "Ask for the file again, or open it in Word or Excel and save it anew."
_BOMB = "No report is built like this; do not open the file before its sender has explained it."


def open_archive(path: str, data: bytes) -> zipfile.ZipFile:
    """The archive in `data`, open for reading; the caller closes it.

    Nothing is unpacked here: the limits are held against the sizes that the directory states, and
    zipfile never gives out more bytes of a member than are stated there.

    Raises FormatError for a damaged, locked or oversized archive.
    """
    # Counted before zipfile builds an object for every entry.
    if data.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise FormatError(f"the archive has over {MAX_MEMBERS} members", where=path, advice=_BOMB)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise FormatError("the file is cut short or damaged", where=path, advice=_RESAVE) from error
    try:
        _check_directory(path, archive.infolist())
    except FormatError:
        archive.close()
        raise
    return archive


def read_member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The bytes of one member. Raises FormatError when it is absent or damaged."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise FormatError(f"the archive has no {name}", where=path, advice=_RESAVE) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise FormatError(
            f"{name} in the archive is damaged", where=path, advice=_RESAVE
        ) from error


def _check_directory(path: str, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise FormatError("the archive holds a member twice", where=path, advice=_RESAVE)
    for member in members:
        _check_member(path, member)
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL_BYTES:
        raise FormatError(f"the archive unpacks to {total} bytes", where=path, advice=_BOMB)


def _check_member(path: str, member: zipfile.ZipInfo) -> None:
    name, size = member.filename, member.file_size
    if member.flag_bits & _ENCRYPTED:
        raise FormatError(
            f"{name} in the archive is locked by a password",
            where=path,
            advice="Unpack it and save the report without a password.",
        )
    if size > MAX_MEMBER_BYTES or (
        size > RATIO_FLOOR and size > MAX_RATIO * max(member.compress_size, 1)
    ):
        raise FormatError(f"{name} unpacks to {size} bytes", where=path, advice=_BOMB)
