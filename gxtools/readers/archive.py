"""Zip archives (Word, Excel, reports sent together) opened only after their directory has been
found harmless."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from typing import BinaryIO

from ..errors import FileError, FormatError

# A real report is below 1 MB unpacked; its own template repeats itself about 40 times.
MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
MAX_RATIO = 200
RATIO_FLOOR = 1_000_000  # small members may be nothing but repetition
# An archive of reports: many pages with their pictures, each report no larger than a file may be.
MAX_REPORTS = 10_000
MAX_DIRECTORY_BYTES = 4_000_000

_DIRECTORY_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"
_END_SIZE, _COMMENT_SIZE = 22, 65_535
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_RESAVE = "Ask for the file again, or open it in Word or Excel and save it anew."
_AGAIN = "Ask for the archive again, or unpack it and read the folder."
_PART = "Unpack it and read the folder."
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


def open_bundle(path: str, source: BinaryIO) -> zipfile.ZipFile:
    """The archive of reports in `source`, open for reading; its members are checked one by one.

    Raises FormatError where the directory is damaged or oversized.
    """
    source.seek(0, os.SEEK_END)
    source.seek(max(source.tell() - _END_SIZE - _COMMENT_SIZE, 0))
    tail = source.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise FormatError("the archive is cut short or damaged", where=path, advice=_AGAIN)
    # Read before zipfile builds an object for every entry; more than 4 GB are told elsewhere.
    (size,) = struct.unpack_from("<I", tail, end + 12)
    if size > MAX_DIRECTORY_BYTES:
        raise FormatError(f"the archive has over {MAX_REPORTS} members", where=path, advice=_PART)
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
        what = "the archive is cut short or damaged"
        raise FormatError(what, where=path, advice=_AGAIN) from error
    if len(archive.infolist()) > MAX_REPORTS:
        raise FormatError(f"the archive has over {MAX_REPORTS} members", where=path, advice=_PART)
    if len({_name(info) for info in archive.infolist()}) < len(archive.infolist()):
        raise FormatError("the archive holds a member twice", where=path, advice=_PART)
    return archive


def members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive of reports by name, `/` between folders."""
    found = {_name(info): info for info in archive.infolist()}
    return {name: info for name, info in found.items() if not name.endswith("/")}


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese Windows writes GBK and does not say so."""
    name = info.orig_filename.split("\x00")[0]  # zipfile takes a \ within GBK for a folder's end
    if not info.flag_bits & _UTF_8:
        raw = name.encode("cp437", "surrogateescape")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def read_report(archive: zipfile.ZipFile, path: str, info: zipfile.ZipInfo) -> bytes:
    """The bytes of one member of an archive of reports. Raises FileError where it is locked,
    FormatError where it is damaged or oversized."""
    if info.flag_bits & _ENCRYPTED:
        advice = "Unpack the archive with its password, and read the folder."
        raise FileError("the file is locked by a password", where=path, advice=advice)
    _check_member(path, info)
    return _read(archive, path, info, os.path.basename(path))


def read_member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The bytes of one member. Raises FormatError when it is absent or damaged."""
    if name not in archive.namelist():
        raise FormatError(f"the archive has no {name}", where=path, advice=_RESAVE)
    return _read(archive, path, archive.getinfo(name), name)


def _read(archive: zipfile.ZipFile, path: str, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(info) as member:
            # archive.read would unpack all there is before it compares it with the stated size.
            return member.read(info.file_size + 1)
    except NotImplementedError as error:
        what = f"{name} is packed in a way that is not read ({error})"
        raise FormatError(what, where=path, advice=_AGAIN) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        what = f"{name} in the archive is damaged"
        raise FormatError(what, where=path, advice=_RESAVE) from error


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
