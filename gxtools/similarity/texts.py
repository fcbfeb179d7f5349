"""Section texts as they are compared: Chinese only, what everyone prints left out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from ..forms import editions, load_form
from ..text import fold

Codes = npt.NDArray[np.uint64]
# Characters in a shingle: long enough that chance does not repeat it, short enough for one word
# changed in a sentence to leave most of it.
LENGTH = 5
_BLANK = "\0"
_FIGURE = "0"
# Chinese characters and figures are prose; Latin letters are web addresses and file names.
_NOT_LETTER = re.compile("[^\u3400-\u4dbf\u4e00-\u9fff0-9]+")
_DIGITS = re.compile(r"\d+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
# Labels of the form shorter than this are words of the language.
_LABEL = 8


@dataclass(frozen=True)
class Text:
    """The text of one section, as printed; `figures` keeps its numbers apart."""

    printed: str
    figures: bool = False

    @cached_property
    def letters(self) -> str:
        """The Chinese characters of the text, folded; a number is one letter."""
        found = _NOT_LETTER.sub("", fold.__wrapped__(self.printed))
        return found if self.figures else _DIGITS.sub(_FIGURE, found)

    def shingles(self) -> Codes:
        """A code for the five letters that begin at each place; 0 where a template phrase is."""
        shown = templates().sub(lambda found: _BLANK * len(found[0]), self.letters)
        signs = np.frombuffer(shown.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
        count = len(signs) - LENGTH + 1
        if count <= 0:
            return np.zeros(0, dtype=np.uint64)
        codes = np.zeros(count, dtype=np.uint64)
        open_ = np.ones(count, dtype=bool)
        for at in range(LENGTH):
            part = signs[at : at + count]
            codes = codes * _MULTIPLIER + part
            open_ &= part != 0
        return np.where(open_, codes | np.uint64(1), np.uint64(0))

    def passage(self, start: int, end: int) -> str:
        """The printed words of letters `start` to `end`, without line breaks between them."""
        starts, ends = self._places
        if len(starts) != len(self.letters):  # a letter printed as two signs that fold into one
            return self.letters[start:end]
        return "".join(self.printed[starts[start] : ends[end - 1]].split())

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """Where each letter begins and ends in the printed text."""
        parts = [_letters(sign) for sign in self.printed]
        starts = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        ends = starts + 1
        kept = np.ones(len(starts), dtype=bool)
        if not self.figures:
            for number in _DIGITS.finditer("".join(parts)):
                first, last = number.start(), number.end() - 1
                ends[first] = ends[last]
                kept[first + 1 : last + 1] = False
        return starts[kept].tolist(), ends[kept].tolist()


@cache
def _letters(sign: str) -> str:
    return _NOT_LETTER.sub("", fold.__wrapped__(sign))


@cache
def templates() -> re.Pattern[str]:
    """What every report prints: the phrases of templates.toml and the form's own labels."""
    file = resources.files(__package__) / "templates.toml"
    phrases = set(tomllib.loads(file.read_text(encoding="utf-8"))["phrases"])
    for edition in editions():
        form = load_form(edition)
        labels = [label.printed for _, label in form.sections]
        labels += [row.printed for table in form.tables for row in (*table.groups, *table.rows)]
        phrases |= {label for label in labels if len(_letters(label)) >= _LABEL}
    folded = sorted({_letters(phrase) for phrase in phrases}, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, folded)))
