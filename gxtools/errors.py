"""What can go wrong, each with what, where and what to do."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from .messages import told


class GxError(Exception):
    """Base of every error that gxtools raises on purpose: what, where, what to do.

    `what` is the bare sentence, `where` the file or place, `advice` the next step; `str()` joins
    the three. Python and Jupyter show the same in Chinese below it, as a note.
    """

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what, self.where, self.advice = what, where, advice
        place = f" ({where})" if where else ""
        super().__init__(f"{what}{place}" + (f". {advice}" if advice else ""))

    @cached_property
    def __notes__(self) -> list[str]:  # type: ignore[override]
        """Made only when the error is shown: most are caught."""
        note = told(self.what, self.where, self.advice)
        return [note] if note else []

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword arguments are lost by Exception's own pickling; worker processes need them back.
        return (_rebuild, (type(self), self.what, self.where, self.advice))


def _rebuild(kind: type[GxError], what: str, where: str, advice: str) -> GxError:
    return kind(what, where=where, advice=advice)


class FileError(GxError, OSError):
    """The file cannot be opened: absent, locked by a password, truncated, too large."""


class FormatError(GxError, ValueError):
    """The content is of a kind that gxtools does not read, or not what its format promises."""


class FormError(GxError, ValueError):
    """The document holds no table of a known form, or a form file is wrong."""


class ScopeError(GxError, ValueError):
    """Figures of a body and of a part of it would be added together."""


class InputError(GxError, ValueError):
    """An argument or a frame is not what the function needs."""


class MissingExtraError(GxError, ImportError):
    """An optional library is not installed; the message gives the line that installs it."""


class ReadingInterrupted(KeyboardInterrupt):
    """Ctrl-C (in a notebook: Interrupt) ended `read_all`.

    `reports` holds what had been read until then; the files that had not are listed in its
    `problems`. In a notebook: `import sys; reports = sys.last_value.reports`.
    """

    def __init__(self, what: str, reports: Any) -> None:
        super().__init__(what)
        self.reports = reports
