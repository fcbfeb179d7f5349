"""The figures that sentences state: which, how much, about whom, with which share and growth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .counts import Count, find_counts
from .phrases import Figure, Phrases
from .scope import Whose, whose
from .sentences import Sentence

# Phrases are sought in this many characters before a number.
REACH = 160
# Sections whose text may hold remains of the tables: a number there must have its counter.
TABLE_SECTIONS = frozenset({2, 3, 4})
_STOPS = ",，。;；)、"
CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Token:
    """A number of a sentence with its unit (a counter, %, or nothing) and the text before it.

    In `prefix` every number before is `#`; `lead` is what follows the last of them.
    """

    count: Count
    unit: str
    end: int
    prefix: str

    @property
    def lead(self) -> str:
        return self.prefix.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Said:
    """One figure that a sentence states; `share` and `growth` are numbers said of it.

    `words` says that zero was said in words; `figure` is None for a part that no table has.
    """

    id: str
    figure: Figure | None
    count: Count
    unit: str
    sentence: Sentence
    whose: Whose
    weak: bool = False
    words: bool = False
    share: Token | None = None
    growth: tuple[Token, ...] = ()


def find_said(sentences: list[Sentence], agency: str, phrases: Phrases) -> Iterator[list[Said]]:
    """The figures of each sentence, in printed order.

    A sentence without a scope word goes on speaking of whom the last one with figures in its
    block spoke of.
    """
    context, block, last = "", -1, Whose()
    for sentence in sentences:
        if sentence.block != block:
            context, block, last = "", sentence.block, Whose()
        context += sentence.relative
        found = list(_sentence(sentence, context, agency, phrases))
        found = [said if said.whose.kind else replace(said, whose=last) for said in found]
        if found:
            last = found[-1].whose
        yield found


def tokens(sentence: Sentence, phrases: Phrases) -> Iterator[Token]:
    """The numbers of a sentence that count something or are a percentage; dates are none."""
    text, prefix, at = sentence.relative, "", 0
    for count in find_counts(text):
        after = text[count.end :]
        counter = phrases.counter.match(after)
        unit = "%" if after.startswith("%") else counter[0] if counter else ""
        bare = count.arabic and sentence.section not in TABLE_SECTIONS
        if not unit and not (bare and (not after or after[0] in _STOPS)):
            continue
        prefix += text[at : count.start]
        at = count.end + len(unit)
        if not phrases.range.match(text[at:]):
            yield Token(count, unit, at, prefix[-REACH:])
        prefix += "#"


def _sentence(sentence: Sentence, context: str, agency: str, phrases: Phrases) -> Iterator[Said]:
    found: list[Said] = []
    for token in tokens(sentence, phrases):
        grown = _grown(token, found, sentence, phrases)
        if found and _is_share(token, found[-1], phrases):
            found[-1] = replace(found[-1], share=token)
        elif grown is not None:
            found[grown] = replace(found[grown], growth=(*found[grown].growth, token))
        elif token.unit != "%":
            found.extend(_stated(token, sentence, context, agency, phrases))
    known = {said.id for said in found}
    for said in _in_words(sentence, context, agency, phrases):
        if said.id not in known:
            found.append(said)
    yield from sorted(found, key=lambda said: said.count.start)


def _stated(
    token: Token, sentence: Sentence, context: str, agency: str, phrases: Phrases
) -> Iterator[Said]:
    """The figure that a number is; two where the number is said of both (各1件)."""
    joint = False
    for figure in phrases.figures:
        verb, is_joint = _match(figure, token, sentence.relative[token.end :], phrases)
        if verb is None or (joint and not is_joint):
            continue
        if not _fits(figure, token.prefix, sentence, context, phrases):
            continue
        if not is_joint and figure.unless.search(token.lead):
            continue
        about = whose(token.prefix, verb, agency, phrases.scope)
        weak = not token.unit or figure.weak.search(token.lead) is not None
        yield Said(figure.id, figure, token.count, token.unit, sentence, about, weak)
        if not is_joint:
            return
        joint = True
    channel = phrases.channels["before"].search(token.prefix)
    if not joint and channel and phrases.channels["context"].search(context):
        about = whose(token.prefix, channel.start(), agency, phrases.scope)
        id = f"{CHANNEL}.{channel['part']}"
        yield Said(id, None, token.count, token.unit, sentence, about)


def _match(figure: Figure, token: Token, suffix: str, phrases: Phrases) -> tuple[int | None, bool]:
    """Where the figure's phrase begins before the number (None: not this figure), and whether
    the phrase lets another figure have the number too."""
    for phrase in figure.joint:
        found = phrase.search(token.prefix)
        if found:
            return found.start(), True
    for phrase in figure.before:
        found = phrase.search(token.prefix)
        if found:
            return found.start(), False
    for before, behind in figure.around:
        found = before.search(token.prefix)
        if found and behind.search(suffix):
            return found.start(), False
    if phrases.neutral.search(token.lead) and any(phrase.search(suffix) for phrase in figure.after):
        return len(token.prefix), False
    return None, False


def _fits(figure: Figure, prefix: str, sentence: Sentence, context: str, phrases: Phrases) -> bool:
    """Whether the text around lets the phrase mean the figure: topic, time, nothing foreign."""
    if figure.context and not figure.context.search(context):
        return False
    lead = prefix.rpartition("#")[2]
    if figure.never.search(sentence.relative) or phrases.scope["foreign"].search(lead):
        return False
    return figure.any_time or not _is_of_other_time(prefix, phrases)


def _is_of_other_time(prefix: str, phrases: Phrases) -> bool:
    """Whether the last word of time before a number names another time than the report's year."""
    plain = phrases.scope["comparison"].sub("", prefix)
    other = max((found.end() for found in phrases.scope["other_time"].finditer(plain)), default=0)
    this = max((found.end() for found in phrases.scope["this_time"].finditer(plain)), default=0)
    return other > this


def _in_words(sentence: Sentence, context: str, agency: str, phrases: Phrases) -> Iterator[Said]:
    """Zeros said in words: 未收到政府信息公开申请."""
    text = sentence.relative
    for figure in phrases.figures:
        found = next((hit for phrase in figure.zero if (hit := phrase.search(text))), None)
        if found is None:
            continue
        prefix = text[: found.start()]
        if not _fits(figure, prefix, sentence, context, phrases):
            continue
        zero = Count(Decimal(0), found.start(), found.end(), Decimal(0), False, False)
        about = whose(prefix, len(prefix), agency, phrases.scope)
        yield Said(figure.id, figure, zero, "", sentence, about, words=True)


def _is_share(token: Token, said: Said, phrases: Phrases) -> bool:
    return (
        token.unit == "%"
        and said.id in phrases.shares["of"]
        and said.share is None
        and not phrases.shares["unless"].search(token.lead)
        and phrases.shares["lead"].search(token.lead) is not None
    )


def _grown(token: Token, found: list[Said], sentence: Sentence, phrases: Phrases) -> int | None:
    """Which figure a number is the growth of: the last that can grow, carried ones passed over."""
    grown = phrases.growth
    at = len(found) - 1
    while at >= 0 and (figure := found[at].figure) and figure.any_time:
        at -= 1
    if at < 0 or found[at].id not in grown["of"] or not grown["lead"].search(token.lead):
        return None
    compared = bool(found[at].growth) or grown["compared"].search(token.lead)
    times = grown["not"].match(sentence.relative[token.end :])
    return at if compared and not times else None
