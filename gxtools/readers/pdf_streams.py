"""How large the packed streams of a PDF are: counted before an engine unpacks them all at once."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from ..errors import FormatError

MAX_PICTURE = 120_000_000  # bytes of one stream: A4 in colour at 600 dpi has 104 million
MAX_DRAWING = (
    60_000_000  # bytes of all streams but pictures; fonts of a report take some 10 million
)
MAX_DAMAGED = 1_000_000  # bytes of a stream with a fault: pdfminer mends it byte by byte
MAX_WRAPPINGS = 3  # how often a stream is packed again, as far as anyone looks

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_HEAD = 2_000  # bytes before a stream in which its dictionary stands
_PIECE = 262_144


def check_streams(path: str, data: bytes) -> None:
    """Raise FormatError for a PDF whose streams unpack to more than any report's."""
    drawing = 0
    for found in _STREAM.finditer(data):
        *_, head = data[max(found.start() - _HEAD, 0) : found.start()].rpartition(b"obj")
        is_picture = _PICTURE.search(head) is not None
        size = _size(data, found.end(), MAX_PICTURE if is_picture else MAX_DRAWING - drawing)
        drawing += 0 if is_picture else size
        if size > MAX_PICTURE or drawing > MAX_DRAWING:
            raise FormatError(
                "a stream of the PDF is damaged, or unpacks to more than a report can hold",
                where=path,
                advice="Print the report to a new PDF, or ask for it in another format.",
            )


def _size(data: bytes, start: int, most: int) -> int:
    """How many bytes the stream at `start` unpacks to; more than `most` where nobody should try."""
    size = 0
    for depth in range(1, MAX_WRAPPINGS + 1):
        unpackers = [zlib.decompressobj() for _ in range(depth)]
        pieces = _pieces(data, start)
        for unpacker in unpackers:
            pieces = _unpacked(pieces, unpacker)
        head, size = b"", 0
        for piece in pieces:
            head, size = head or piece[:2], size + len(piece)
            if size > most:
                return size
        if size > MAX_DAMAGED and not unpackers[0].eof:
            return most + 1
        if not _is_packed(head):
            return size
    return most + 1


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    return (data[place : place + _PIECE] for place in range(start, len(data), _PIECE))


def _unpacked(pieces: Iterator[bytes], unpacker: zlib._Decompress) -> Iterator[bytes]:
    """What the pieces unpack to, as far as they are packed."""
    try:
        for piece in pieces:
            while piece and not unpacker.eof:
                if unpacked := unpacker.decompress(piece, _PIECE):
                    yield unpacked
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return  # not packed so, or damaged


def _is_packed(head: bytes) -> bool:
    """Whether bytes begin as what zlib has packed."""
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0
