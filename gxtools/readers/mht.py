"""Saved web archives (.mht, .mhtml) -> Document: the page itself and the pages in its frames."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from itertools import islice

from ..document import Document, Grid, Paragraph
from ..errors import FormatError

MAX_PARTS = 2_000  # a portal's page has some 200 pictures and scripts
MAX_LINES = 800_000  # the largest file that is read has 550,000 lines of base64
MAX_FRAMES = 20
MAX_SOURCES = 200  # frames whose page is looked for among the parts

_FRAME = re.compile(rb"<i?frame\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.I)
_PAGES = ("text/html", "application/xhtml+xml")
_HEAD = 8_000
_VERSION = re.compile(rb"^mime-version\s*:", re.I | re.M)
_TYPE = re.compile(rb"^content-type\s*:\s*(?:multipart/|text/html)", re.I | re.M)
_FIELD = re.compile(rb"\s*[\w-]+\s*:")
# Fields so long are none that a browser writes; their parts are gone over again and again.
_LONG = re.compile(rb"^content-type[ \t]*:(?:[^\r\n]|\r?\n[ \t]){5000}", re.I | re.M)
_AGAIN = "Open the page in a browser and save it again, as a web page or as a PDF."


def is_archive(data: bytes) -> bool:
    """Whether these bytes begin like a mail or a web archive: with lines of fields."""
    head = data[:_HEAD]
    return bool(_FIELD.match(head) and _VERSION.search(head) and _TYPE.search(head))


def read(path: str, data: bytes) -> Document:
    """The Document of a web archive. Raises FormatError where it holds no page."""
    from . import html

    if data.count(b"\n--") > MAX_PARTS:
        raise FormatError("the web archive has thousands of parts", where=path, advice=_AGAIN)
    if data.count(b"\n") > MAX_LINES or _LONG.search(data):
        raise FormatError("the web archive has endless fields or lines", where=path, advice=_AGAIN)
    try:
        # The older policy takes fields as they come: browsers write odd ones.
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = _pages(message)
    except (RecursionError, ValueError, LookupError) as error:
        raise FormatError("the web archive is damaged", where=path, advice=_AGAIN) from error
    documents = [html.read(path, page) for page in pages if page.strip()]
    if not documents:
        raise FormatError("the web archive holds no page", where=path, advice=_AGAIN)
    metadata = dict(documents[0].metadata)
    if address := _address(message):
        metadata.setdefault("Url", address)
    notes = tuple(note for document in documents for note in document.notes)
    return Document(path, "mht", tuple(_joined(documents)), metadata, notes)


def _pages(message: Message) -> list[bytes]:
    """The bytes of the main page and of those that it shows in frames."""
    parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    main = next((part for part in parts if start and part["Content-ID"] == start), None)
    if main is None:
        if not parts:
            return []
        main = parts[0]
    page = _bytes(main)
    sources = [found[1] for found in islice(_FRAME.finditer(page), MAX_SOURCES)]
    shown = [_framed(parts, source.decode("utf-8", "replace")) for source in dict.fromkeys(sources)]
    frames = list(dict.fromkeys(part for part in shown if part is not None and part is not main))
    return [page, *map(_bytes, frames[:MAX_FRAMES])]


def _framed(parts: list[Message], source: str) -> Message | None:
    """The part that a frame shows: by its id, its address, or the end of its address."""
    name = source.removeprefix("cid:")
    for part in parts:
        if str(part["Content-ID"] or "").strip("<> ") == name:
            return part
        address = str(part["Content-Location"] or "").strip()
        if address and (address == source or address.endswith("/" + source.lstrip("./"))):
            return part
    return None


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(message: Message) -> str:
    """The address from which the page was saved."""
    fields = [message["Snapshot-Content-Location"], message["Content-Location"]]
    fields += [part["Content-Location"] for part in message.walk()][:3]
    found = (str(field).strip() for field in fields if field)
    return next((address for address in found if address.startswith("http")), "")


def _joined(documents: list[Document]) -> Iterator[Paragraph | Grid]:
    """The blocks of all pages, their tables counted through."""
    number = 0
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Grid):
                number += 1
                block = replace(block, number=number)
            yield block
