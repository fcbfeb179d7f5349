"""The sentences that gxtools says, in Chinese: the code writes them in English (messages.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import NamedTuple

# The name of a code of the form, or None: asked with `table` or `row` and the code, or with `cell`
# and the three codes of one as they are printed.
Names = Callable[[str, str], str | None]

_SLOT = re.compile(r"\{(?P<name>\w+)(?::(?P<kind>\w+))?\}")
_CODES = ("table", "row", "cell")
_COUNT = r"[\d,.]+"


class _Message(NamedTuple):
    """A sentence with slots: what it matches, its words in Chinese, the kinds of its slots."""

    pattern: re.Pattern[str]
    zh: str
    kinds: dict[str, str]


def in_chinese(sentence: str, names: Names | None = None) -> str | None:
    """A sentence of gxtools in Chinese, None for one that messages.toml does not have.

    Codes of the form in it are named by `names`; without that they stay codes.
    """
    plain, slotted = _known()
    if sentence in plain:
        return plain[sentence]
    for message in slotted:
        if found := message.pattern.fullmatch(sentence):
            slots = found.groupdict().items()
            filled = {name: _filled(text, message.kinds[name], names) for name, text in slots}
            if None not in filled.values():
                return message.zh.format(**filled)
    return None


def told(what: str, where: str = "", advice: str = "") -> str:
    """What happened, where, and what to do, in Chinese; empty where `what` has none."""
    if (said := in_chinese(what)) is None:
        return ""
    place = f"（{where}）" if where else ""
    return f"{said}{place}。{in_chinese(advice) or advice}"


def _filled(text: str, kind: str, names: Names | None) -> str | None:
    """What stands in a slot, in Chinese; None where it is not what the slot is for."""
    if kind == "rows":
        return "、".join(_filled(code, "row", names) or code for code in text.split(", "))
    if kind == "said":
        return in_chinese(text, names)
    return names(kind, text) if kind in _CODES and names else text


@cache
def _known() -> tuple[dict[str, str], list[_Message]]:
    """The sentences without slots, and those with, the narrowest first."""
    source = (resources.files(__package__) / "messages.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(source)
    plain = {en: zh for en, zh in entries.items() if not _SLOT.search(en)}
    slotted = sorted(entries.keys() - plain.keys(), key=_breadth)
    return plain, [_message(en, entries[en]) for en in slotted]


def _breadth(en: str) -> tuple[int, int, str]:
    """How much else a sentence would fit: less with more words of its own, and with slots that take
    only some."""
    return -len(_SLOT.sub("", en)), -en.count(":"), en


def _message(en: str, zh: str) -> _Message:
    parts = _SLOT.split(en)  # text, name, kind, text, name, kind, ..., text
    names, kinds = parts[1::3], parts[2::3]
    pattern = re.escape(parts[0])
    for name, kind, text in zip(names, kinds, parts[3::3], strict=True):
        pattern += f"(?P<{name}>{_COUNT if kind == 'count' else '.+?'}){re.escape(text)}"
    asked = {name: kind or "" for name, kind in zip(names, kinds, strict=True)}
    return _Message(re.compile(pattern, re.DOTALL), _SLOT.sub(r"{\g<name>}", zh), asked)
