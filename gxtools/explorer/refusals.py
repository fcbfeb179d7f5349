"""Why something is refused, in the language of the panel."""

from __future__ import annotations

from ..errors import GxError
from ..messages import told
from .words import say


def why(error: GxError, lang: str) -> str:
    """An error of gxtools in words, in Chinese without its advice, which speaks of code."""
    if lang == "en":
        return str(error)
    return told(error.what, error.where) or say("unfit", lang, what=error.what)
