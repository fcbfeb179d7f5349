"""What a PDF's older packings unpack to, as far as a limit: LZW, run lengths, ASCII."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable

_RESET, _END = 256, 257
_WIDEST = 12  # bits of a code
_DIGITS = re.compile(rb"[\dA-Fa-f\s]*+")
_LETTERS = re.compile(rb"[!-uz\s]*+")

Unpack = Callable[[bytes, int], bytes | None]


def unpacked(data: bytes, names: list[bytes], most: int) -> bytes | None:
    """What data unpacks to by these filters; None for more than `most` bytes.

    A filter that draws a picture ends it: no engine here draws one before its size is known.
    """
    for name in names:
        unpack = _FILTERS.get(name)
        if unpack is None:
            return data
        found = unpack(data, most)
        if found is None or len(found) > most:
            return None
        data = found
    return data


def is_old(names: list[bytes]) -> bool:
    """Whether any packing but today's (Flate) is among the filters."""
    return any(_FILTERS.get(name, _flate) is not _flate for name in names)


def _flate(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most + 1)
    except zlib.error:
        return b""


def _hex(data: bytes, most: int) -> bytes:
    found = _DIGITS.match(data)
    digits = b"".join(found[0].split()) if found else b""
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _ascii85(data: bytes, most: int) -> bytes | None:
    if data[:2] == b"<~":
        data = data[2:]
    found = _LETTERS.match(data)
    try:
        return base64.a85decode(found[0] if found else b"")
    except ValueError:
        return None


def _run_lengths(data: bytes, most: int) -> bytes | None:
    found, place, size = [], 0, 0
    while place < len(data) and data[place] != 128:
        length = data[place]
        if length < 128:
            piece = data[place + 1 : place + length + 2]
            place += length + 2
        else:
            piece = data[place + 1 : place + 2] * (257 - length)
            place += 2
        found.append(piece)
        size += len(piece)
        if size > most:
            return None
    return b"".join(found)


def _lzw(data: bytes, most: int) -> bytes | None:
    """The longer of both ways to widen codes: one engine knows only the usual, sooner one."""
    ways = [_lzw_by(data, most, early) for early in (1, 0)]
    return None if None in ways else max((way for way in ways if way is not None), key=len)


def _lzw_by(data: bytes, most: int, early: int) -> bytes | None:
    alphabet = [*(bytes([code]) for code in range(_RESET)), b"", b""]
    known, last = list(alphabet), b""
    found, size, width, held, bits = [], 0, 9, 0, 0
    for byte in data:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == _RESET:
            known, last, width = list(alphabet), b"", 9
            continue
        if code > len(known) or code == _END:
            continue  # neither engine stops for sure
        piece = known[code] if code < len(known) else last + last[:1]
        if last and len(known) < 1 << _WIDEST:
            known.append(last + piece[:1])
        width = min(max((len(known) + early).bit_length(), 9), _WIDEST)
        last = piece
        found.append(piece)
        size += len(piece)
        if size > most:
            return None
    return b"".join(found)


_FILTERS: dict[bytes, Unpack] = {
    b"FlateDecode": _flate,
    b"Fl": _flate,
    b"LZWDecode": _lzw,
    b"LZW": _lzw,
    b"RunLengthDecode": _run_lengths,
    b"RL": _run_lengths,
    b"ASCII85Decode": _ascii85,
    b"A85": _ascii85,
    b"ASCIIHexDecode": _hex,
    b"AHx": _hex,
}
