"""OLE2 compound files (.doc, .xls, .wps): which kind of document, and the bytes of one stream.

The format is that of [MS-CFB]: sectors chained by a table, and a directory that is a tree of names.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import FileError, FormatError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 20_000  # a workbook with hundreds of embedded objects has 2,000

_LAST = 0xFFFFFFFA  # sector numbers from here on mean an end, not a sector
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_FIB_ENCRYPTED = 0x0100
_AGAIN = "Download the file again, or open it in Word, Excel or WPS and save it as .docx or .xlsx."
_UNLOCK = "Open it with the password, save it without one, and read that."
# The streams that tell a kind; embedded documents stand in storages of their own.
_KINDS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
_LOCKED = ("EncryptedPackage", "EncryptionInfo")
_UNREAD = {
    "PowerPoint Document": "a presentation",
    "__properties_version1.0": "an Outlook message",
    "FileHeader": "a Hangul document",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    type: int
    left: int
    right: int
    child: int
    start: int
    size: int


def tell_kind(path: str, data: bytes) -> str:
    """doc or xls. Raises FileError for a locked file, FormatError for any other kind."""
    compound = Compound(path, data)
    if any(name in compound.names for name in _LOCKED):
        raise _locked(path)
    kind = next((kind for name, kind in _KINDS.items() if name in compound.names), None)
    if kind == "doc":
        flags = compound.stream("WordDocument")[10:12]
        if len(flags) == 2 and struct.unpack("<H", flags)[0] & _FIB_ENCRYPTED:
            raise _locked(path)
    if kind:
        return kind
    for name, what in _UNREAD.items():
        if name in compound.names:
            raise FormatError(f"this is {what}, which is not read", where=path)
    raise FormatError("this is an old Office file of an unknown kind", where=path, advice=_AGAIN)


def _locked(path: str) -> FileError:
    return FileError("the file is locked by a password", where=path, advice=_UNLOCK)


class Compound:
    """The streams that stand directly in the root of a compound file."""

    def __init__(self, path: str, data: bytes) -> None:
        self._path, self._data = path, data
        try:
            self._read_header()
            entries = self._directory()
        except (struct.error, IndexError) as error:
            raise self._damaged() from error
        root = next((entry for entry in entries if entry.type == _ROOT), None)
        if root is None:
            raise self._damaged()
        self._root = root
        self.names = {entry.name: entry for entry in _children(entries, root)}

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises FormatError where it is absent or cut short."""
        entry = self.names.get(name)
        if entry is None or entry.type != _STREAM:
            raise self._damaged()
        try:
            small = entry.size < self._cutoff
            whole = self._small_chain(entry) if small else self._chain(entry.start)
        except (struct.error, IndexError) as error:
            raise self._damaged() from error
        if len(whole) < entry.size:
            raise self._damaged()
        return whole[: entry.size]

    def _damaged(self) -> FormatError:
        what = "this is an old Office file that is cut short or damaged"
        return FormatError(what, where=self._path, advice=_AGAIN)

    def _read_header(self) -> None:
        (shift,) = struct.unpack_from("<H", self._data, 30)
        if shift not in (9, 12):
            raise self._damaged()
        self._size = 1 << shift
        numbers = struct.unpack_from("<8I", self._data, 44)
        count, self._first, _, self._cutoff, self._small_first, _, more, _ = numbers
        # No more table sectors than the file can need, however often it names them.
        most = len(self._data) // self._size // (self._size // 4) + 2
        places = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while more < _LAST and more not in seen and len(places) <= most:
            seen.add(more)
            *part, more = _numbers(self._sector(more))
            places += part
        used = [place for place in places if place < _LAST][: min(count, most)]
        self._table = [number for place in used for number in _numbers(self._sector(place))]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        if begin >= len(self._data):
            raise self._damaged()
        return self._data[begin : begin + self._size]

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        for place in _follow(self._table, number):
            parts.append(self._sector(place))
        return b"".join(parts)

    def _small_chain(self, entry: _Entry) -> bytes:
        """The bytes of a short stream, kept in pieces of 64 within the root's own stream."""
        table = list(_numbers(self._chain(self._small_first)))
        held = self._chain(self._root.start)
        return b"".join(held[64 * n : 64 * n + 64] for n in _follow(table, entry.start))

    def _directory(self) -> list[_Entry]:
        whole = self._chain(self._first)
        if len(whole) > MAX_ENTRIES * _ENTRY:
            raise self._damaged()
        return [_entry(whole[at : at + _ENTRY]) for at in range(0, len(whole), _ENTRY)]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _follow(table: list[int], number: int) -> Iterator[int]:
    """The sector numbers of a chain; IndexError where it leads out of the file or into itself."""
    left = len(table)
    while number < _LAST:
        if not left:
            raise IndexError(number)
        left -= 1
        yield number
        number = table[number]


def _entry(data: bytes) -> _Entry:
    (length, type_) = struct.unpack_from("<HB", data, 64)
    name = data[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3I", data, 68)
    start, size = struct.unpack_from("<II", data, 116)
    return _Entry(name, type_, left, right, child, start, size)


def _children(entries: list[_Entry], storage: _Entry) -> Iterator[_Entry]:
    """The entries directly within a storage: a tree of neighbours, walked once each."""
    stack, seen = [storage.child], set[int]()
    while stack:
        number = stack.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            yield entries[number]
            stack += [entries[number].left, entries[number].right]
