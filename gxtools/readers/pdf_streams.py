"""How large the packed streams of a PDF are: counted before an engine unpacks them all at once."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from ..errors import FormatError
from .pdf_packing import is_old, unpacked

MAX_PICTURE = 120_000_000  # bytes of one stream: A4 in colour at 600 dpi has 104 million
MAX_DRAWING = (
    60_000_000  # bytes of all streams but pictures; fonts of a report take some 10 million
)
MAX_DAMAGED = 1_000_000  # bytes of a stream with a fault: pdfminer mends it byte by byte
MAX_WRAPPINGS = 3  # how often a stream is packed again, as far as anyone looks
MAX_OLD = 4_000_000  # bytes packed by LZW and the like: they are unpacked one by one

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LENGTH = re.compile(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)\b")
_WRITTEN = rb"(/[^\s/<>()]*|\[[^\]]*\])"
_FILTERS = re.compile(rb"/F(?:ilter)?\s*" + _WRITTEN)
_APART = re.compile(rb"/Filter\s+(\d+)\s+\d+\s+R\b")
_OBJECTS = re.compile(rb"\b(\d+)\s+\d+\s+obj\s*" + _WRITTEN)
_NAMES = re.compile(rb"/([^\s/<>()\[\]]++)")
_ESCAPED = re.compile(rb"#([\dA-Fa-f]{2})")
_PIECES = 16_384, 262_144  # bytes: most streams end within the first piece


def check_streams(path: str, data: bytes) -> None:
    """Raise FormatError for a PDF whose streams unpack to more than any report's."""
    drawing = old = last = 0
    apart = dict(_OBJECTS.findall(data)) if _APART.search(data) else {}
    for found in _STREAM.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        head = data[max(data.rfind(b"obj", last, found.start()), last) : found.start()]
        last = found.end()
        is_picture = _PICTURE.search(head) is not None
        most = MAX_PICTURE if is_picture else MAX_DRAWING - drawing
        size = _size(data, found.end(), most)
        if names := _old_filters(head, apart):
            packed = _packed(data, found.end(), head)
            old += len(packed)
            inner = unpacked(packed, names, most) if old <= MAX_OLD else None
            size = most + 1 if inner is None else max(size, len(inner))
        drawing += 0 if is_picture else size
        if size > most:
            raise FormatError(
                "a stream of the PDF is damaged, or unpacks to more than a report can hold",
                where=path,
                advice="Print the report to a new PDF, or ask for it in another format.",
            )


def _old_filters(head: bytes, apart: dict[bytes, bytes]) -> list[bytes]:
    """The filters of a stream if any but today's is among them; `apart`: objects of names."""
    head = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), head)
    written = _FILTERS.findall(head)
    written += [apart.get(number, b"/LZWDecode") for number in _APART.findall(head)]
    return next(filter(is_old, map(_NAMES.findall, written)), [])


def _packed(data: bytes, start: int, head: bytes) -> bytes:
    """The bytes of a stream: to the mark of its end, or as many as its dictionary says."""
    end = data.find(b"endstream", start)
    told = _LENGTH.search(head)
    length = start + int(told[1]) if told else len(data)
    return data[start : max(end, length) if end >= 0 else len(data)]


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
    first, more = _PIECES
    yield data[start : start + first]
    for place in range(start + first, len(data), more):
        yield data[place : place + more]


def _unpacked(pieces: Iterator[bytes], unpacker: zlib._Decompress) -> Iterator[bytes]:
    """What the pieces unpack to, as far as they are packed."""
    try:
        for piece in pieces:
            while piece and not unpacker.eof:
                if unpacked := unpacker.decompress(piece, _PIECES[1]):
                    yield unpacked
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return  # not packed so, or damaged


def _is_packed(head: bytes) -> bool:
    """Whether bytes begin as what zlib has packed."""
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0
