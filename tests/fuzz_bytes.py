"""Mutations of a file's bytes: some flipped, cut out, put in, doubled, or all behind a place lost."""

from __future__ import annotations

import random
from collections.abc import Callable

ROW_ENDS = (b"\n", b"</tr>")
LONGEST = 60  # bytes that are cut out, put in or doubled at once
SYNTAX = (
    b"<td>",
    b"</td>",
    b"<tr>",
    b"</table>",
    b"<table>",
    b"|",
    b"\n",
    b",",
    b'"',
    b" ",
    b"</w:tc>",
)


def flip(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    changed = bytearray(data)
    count = draw.choice((1, 1, 2, 5))
    for _ in range(count):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed), count


def overwrite(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    changed = bytearray(data)
    count = draw.choice((1, 1, 3))
    for _ in range(count):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed), count


def cut(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    place, size = draw.randrange(len(data)), draw.randint(1, LONGEST)
    return data[:place] + data[place + size :], size


def put_in(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    place = draw.randrange(len(data) + 1)
    piece = draw.choice((draw.randbytes(draw.randint(1, LONGEST)), draw.choice(SYNTAX)))
    return data[:place] + piece + data[place:], len(piece)


def double(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    place, size = draw.randrange(len(data)), draw.randint(1, LONGEST)
    return data[: place + size] + data[place:], size


def end_early(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    return data[: draw.randrange(len(data))], LONGEST


Mutation = Callable[[bytes, random.Random], tuple[bytes, int]]
MUTATIONS: tuple[Mutation, ...] = (flip, overwrite, cut, put_in, double, end_early)


def mutate(data: bytes, draw: random.Random) -> tuple[bytes, int, str]:
    """The mutated bytes, how many of them were touched, and the mutation's name."""
    mutation = draw.choice(MUTATIONS)
    changed, count = mutation(data, draw)
    name = mutation.__name__
    if mutation is cut and any(changed.count(end) < data.count(end) for end in ROW_ENDS):
        name = "cut a row's end"
    return changed, count, name
