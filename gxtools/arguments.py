"""What people give to functions: a path, a year, years, a language. A slip is told, never guessed.

A year as text, a list where one path is wanted or an unknown language would else end in an error
of a library, or worse in a table without rows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any, TypeGuard

from .errors import InputError

LANGUAGES = ("zh", "en")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PATH = 'Give one path as text, such as r"D:\\年报".'


def language(lang: str) -> str:
    """The language, if it is spoken here. Raises InputError otherwise."""
    if lang not in LANGUAGES:
        raise InputError(f"lang is {lang!r}", advice=f"Possible: {', '.join(LANGUAGES)}.")
    return lang


def path_of(path: object, advice: str = _PATH) -> str:
    """The path as text, `~` at its head as the home folder. Raises InputError for what is none."""
    if not isinstance(path, str | os.PathLike):
        raise InputError(f"{path!r} is no path", advice=advice)
    name = os.fspath(path)
    if not isinstance(name, str):
        raise InputError(f"{path!r} is no path", advice=advice)
    return os.path.expanduser(name)


def is_several(where: object) -> TypeGuard[Iterable[Any]]:
    """Whether a list is given, and not one path."""
    return isinstance(where, Iterable) and not isinstance(where, str | os.PathLike)


def year_of(value: Any, where: str = "") -> int:
    """The year, also of its four digits as text. Raises InputError for what is no year."""
    text = str(value).strip()
    if isinstance(value, bool) or not _YEAR.fullmatch(text):
        raise InputError(
            f"{value!r} is not a year", where=where, advice="Give four digits, such as 2024."
        )
    return int(text)


def span_of(years: Any) -> tuple[int, int] | None:
    """The first and the last year, or None as given. Raises InputError for all that is no pair."""
    if years is None:
        return None
    pair = [] if isinstance(years, str) or not isinstance(years, Iterable) else list(years)
    if len(pair) != 2:
        raise InputError(f"years is {years!r}", advice="Give two years, such as (2021, 2024).")
    return year_of(pair[0], "years"), year_of(pair[1], "years")


def ordered_span(years: Any) -> tuple[int, int] | None:
    """As `span_of`; raises InputError also where the last year is before the first."""
    pair = span_of(years)
    if pair and pair[0] > pair[1]:
        raise InputError(
            f"no years from {pair[0]} to {pair[1]}", advice="Give the earlier year first."
        )
    return pair


def name_of(value: Any, what: str) -> str:
    """The one name. Raises InputError for a list of names or anything else."""
    if not isinstance(value, str):
        raise InputError(f"{what} is {value!r}", advice="Give one name as text.")
    return value


def whole(value: Any, name: str, least: int = 0) -> int:
    """The whole number. Raises InputError for another type and for one below `least`."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or value < least:
        raise InputError(f"{name}={value!r} is no number", advice=f"Give {least} or more.")
    return int(value)
