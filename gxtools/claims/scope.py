"""Whose figures a sentence speaks of: the whole area's, the body's own, or another body's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OWN, AGGREGATE, BODY = "own", "aggregate", "body"


@dataclass(frozen=True, slots=True)
class Whose:
    """kind: own, aggregate, body (another body, named in `words`) or "" where nothing is said.

    `two` says that the sentence speaks of both before its number.
    """

    kind: str = ""
    words: str = ""
    two: bool = False

    def is_of(self, scope: str) -> bool | None:
        """Whether the words speak of figures of this scope; None where that cannot be told."""
        if not self.kind:
            return True
        if self.kind == BODY:
            return None if self.two else False
        if self.two or scope not in (OWN, AGGREGATE):
            return None
        return self.kind == scope


def whose(prefix: str, verb: int, agency: str, words: Mapping[str, Any]) -> Whose:
    """Whose figure stands at the end of `prefix`, whose phrase begins at `verb`.

    The nearest scope word counts; a body as the subject of the verb counts before it, unless it is
    the report's own (市科委 is 上海市科学技术委员会).
    """
    found = [
        (match.start(), kind, match[0])
        for kind in (OWN, AGGREGATE)
        for match in words[kind].finditer(prefix)
    ]
    clause = _clause(prefix[:verb])
    here = [one for one in found if one[0] >= verb - len(clause)]
    subject = None if here else _subject(clause, agency, words)
    if subject:
        return subject
    near = [one for one in found if one[0] >= prefix.rfind("#")] or found
    if not near:
        return Whose()
    _, kind, text = max(near)
    return Whose(kind, text, len({kind for _, kind, _ in near}) > 1)


def _subject(clause: str, agency: str, words: Mapping[str, Any]) -> Whose | None:
    """Another body that a clause names; `two` where it need not be the subject of the verb."""
    plain = words["this_time"].sub("", clause)
    for found in words["body"].finditer(plain):
        if not is_same_body(found["body"], agency, words["plain"]):
            return Whose(BODY, found["body"], found["verb"] is None)
    return None


def is_same_body(name: str, agency: str, plain: str) -> bool:
    """Whether a short name (区科技局) can be that of `agency`: its characters, in their order."""
    rest = iter(agency)
    return all(sign in rest for sign in name if sign not in plain)


def _clause(text: str) -> str:
    for at in range(len(text), 0, -1):
        if text[at - 1] in ",，;；。:：、#()":
            return text[at:]
    return text
