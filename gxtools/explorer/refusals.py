"""Why something is refused, in the language of the panel (refusals.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from ..errors import GxError


def why(error: GxError, lang: str) -> str:
    """An error of gxtools in words: in English its own, in Chinese those of refusals.toml."""
    if lang == "en":
        return str(error)
    for pattern, told in _refusals():
        if found := pattern.fullmatch(error.what):
            words = {**found.groupdict(), "where": error.where, "what": error.what}
            return told.format(**words).replace("（）", "")
    return str(error)


@cache
def _refusals() -> list[tuple[re.Pattern[str], str]]:
    text = (resources.files(__package__) / "refusals.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["refusals"]
    return [(re.compile(entry["what"], re.DOTALL), entry["zh"]) for entry in entries]
