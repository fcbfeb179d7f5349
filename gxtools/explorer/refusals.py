"""Why something is refused, in the language of the panel."""

from __future__ import annotations

from ..errors import GxError
from ..messages import in_chinese
from .words import say


def why(error: GxError, lang: str) -> str:
    """An error of gxtools in words, in Chinese without its advice, which speaks of code."""
    if lang == "en":
        return str(error)
    if (what := in_chinese(error.what)) is None:
        return say("unfit", lang, what=error.what)
    return f"{what}（{error.where}）。" if error.where else f"{what}。"
