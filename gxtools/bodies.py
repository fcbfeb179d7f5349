"""Whose report a document is, for which year, and where that body stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .agencies import complete, find_contact, find_subject, fuller, is_body, tell_level
from .divisions import Division
from .document import Document, Note
from .imprint import Statement, bare_dates, head, other_dates, parse_date, read_imprint
from .scopes import find_scope
from .seats import find_seat, given_division, places, surroundings
from .text import fold
from .titles import Title, announced_year, file_year, find_titles, stated_period, told_year

GIVEN = "given in the catalogue or as an argument"
# Evidence is for the eye: a sentence is cut, a title is not that long.
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is, for which year: None, or unknown, where the document does not say.

    `published` is an ISO date, `division` a code of GB/T 2260, `level` one of province, city,
    district, township, department, `scope` one of aggregate, own, unknown. `evidence` gives the
    printed words behind each field, `notes` what stayed open or is doubtful.
    """

    agency: str | None = None
    year: int | None = None
    title: str | None = None
    published: str | None = None
    index_no: str | None = None
    source: str | None = None
    division: str | None = None
    province: str | None = None
    city: str | None = None
    district: str | None = None
    level: str | None = None
    scope: str = "unknown"
    evidence: dict[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Case:
    """One document under examination: its words, and what they have shown so far."""

    document: Document
    lines: list[str]
    text: str
    imprint: dict[str, Statement]
    titles: list[Title]
    evidence: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The fullest title without spaces, `""` where there is none."""
        return self.titles[0].text if self.titles else ""

    def keep(self, name: str, words: str) -> None:
        self.evidence[name] = words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"

    def note(self, what: str, where: str, advice: str) -> None:
        self.notes.append(Note(what, where, advice))

    def decide(self, name: str, words: str, note: Note | None) -> None:
        """Keep what a decision rests on, and what stayed open."""
        if words:
            self.keep(name, words)
        if note:
            self.notes.append(note)

    def stated(self, name: str) -> str | None:
        """What the page states under a label, kept as evidence."""
        statement = self.imprint.get(name)
        if statement is None:
            return None
        self.keep(name, statement.words)
        return statement.value


def identify(
    document: Document,
    *,
    agency: str | None = None,
    year: int | None = None,
    division: str | None = None,
) -> Identity:
    """The Identity of a report from its title, its page's metadata and its text.

    Arguments override what is found. Raises InputError when `division` is neither a code of
    GB/T 2260 nor a name that only one division bears.
    """
    given, case = given_division(division), _open_case(document)
    body, told = _agency(case, agency), _year(case, year)
    seat = _division(case, body, given)
    level = tell_level(body, seat) if body else None
    case.decide("level", body if level else "", None)
    scope = find_scope(document, case.title, case.text, body, level)
    case.decide("scope", scope.evidence, scope.note)
    return Identity(
        agency=_printed(body),
        year=told,
        title=_printed(case.title),
        published=_published(case, told),
        index_no=case.stated("index_no"),
        source=_source(case),
        **places(seat),
        level=level,
        scope=scope.scope,
        evidence=case.evidence,
        notes=tuple(case.notes),
    )


def _open_case(document: Document) -> _Case:
    lines, imprint = head(document), read_imprint(document)
    text = "".join(fold(paragraph.text) for paragraph in document.paragraphs())
    said = [imprint[name].value for name in ("title", "page") if name in imprint]
    case = _Case(document, lines, text, imprint, find_titles(lines, said))
    if case.titles:
        case.keep("title", case.titles[0].printed)
    return case


def _agency(case: _Case, given: str | None) -> str:
    """The body's folded name, `""` where nothing gives it."""
    if given:
        case.keep("agency", GIVEN)
        return fold(given)
    found = next(_namings(case), None)
    if found is None:
        case.note(
            "the body is not named in the title, the page's metadata or the contact line",
            "agency",
            "Give agency= or a row of the catalogue.",
        )
        return ""
    name, words = found
    title_words = next((title.printed for title in case.titles if title.agency), None)
    # What the page states in its metadata is as good a place for the full name as the text.
    said = "。".join([case.text, *(fold(entry.value) for entry in case.imprint.values())])
    if words != title_words and name.endswith(("政府办公室", "政府办公厅")):
        case.note(
            f"{name} is only the publisher or contact: the report may be its government's",
            "agency",
            "Give agency= if the report is the government's.",
        )
    longer = fuller(complete(name, said), said)
    case.keep("agency", words if longer == name else f"{words}; {longer}")
    return longer


def _namings(case: _Case) -> Iterator[tuple[str, str]]:
    """The names the document gives its body, the surest first, each with the printed words."""
    subject, contact = find_subject(case.text), find_contact(case.text)
    for title in case.titles:
        if title.agency:
            _compare(case, title, contact)
            yield title.agency, title.printed
    stated = case.imprint.get("agency")
    if stated and is_body(fold(stated.value)):
        yield _government(fold(stated.value), subject), stated.words
    if contact:
        yield _government(contact[0], subject), contact[1]
    if subject:
        yield subject
    origin = case.imprint.get("origin")
    if origin and is_body(fold(origin.value)):
        yield fold(origin.value), origin.words
    for title in case.titles:
        yield from ((fold(site), site) for site in title.sites if is_body(fold(site)))


def _government(name: str, subject: tuple[str, str] | None) -> str:
    """The government whose office prints its report, if the first section speaks of that."""
    whole = name.removesuffix("办公室").removesuffix("办公厅")
    if whole == name or not subject or not whole.endswith("政府"):
        return name
    if subject[0].endswith(whole) or whole.endswith(subject[0]):
        return max(whole, subject[0], key=len)
    return name


def _compare(case: _Case, title: Title, contact: tuple[str, str] | None) -> None:
    """Note a contact of another body where the title's stands on a line of its own (a banner?)."""
    if not (title.apart and contact):
        return
    one, other = title.agency, contact[0]
    if one[-4:] not in other and other[-4:] not in one:
        case.note(
            f"the line at the title names {one}, the contact {other}",
            "agency",
            "The line may be the site's banner: give agency= if it is.",
        )


def _year(case: _Case, given: int | None) -> int | None:
    """The reported year: of the title, else of the stated period, else of the first section."""
    told = [found for found in (stated_period(case.text), announced_year(case.text)) if found]
    title = next((title for title in case.titles if len(title.years) == 1), None)
    if given is not None:
        case.keep("year", GIVEN)
        return given
    if title:
        case.keep("year", title.printed)
        others = {t.years[0] for t in case.titles if len(t.years) == 1} - {title.years[0]}
        against = [(told_as, words) for told_as, words in told if told_as != title.years[0]]
        if against:
            _disagree(case, title.years[0], f"the text {against[0][0]} ({against[0][1][:40]})")
        elif others:
            _disagree(case, title.years[0], f"another title {min(others)}")
        return title.years[0]
    found = told[0] if told else told_year(case.text)
    if found:
        case.keep("year", found[1])
        return found[0]
    return _year_of_file(case)


def _disagree(case: _Case, year: int, other: str) -> None:
    case.note(
        f"the title says {year}, {other}", "year", "The title's year is used; year= overrides it."
    )


def _year_of_file(case: _Case) -> int | None:
    """The year of the file's name: the weakest evidence, and said to be so."""
    year = file_year(case.document.path)
    if year:
        case.keep(
            "year", f"file name {case.document.path.replace(chr(92), '/').rsplit('/', 1)[-1]}"
        )
        what, advice = f"the year {year} is known only from the file's name", "Check it."
    else:
        what, advice = "the reported year is not stated", "Give year= or a row of the catalogue."
    case.note(what, "year", advice)
    return year


def _published(case: _Case, year: int | None) -> str | None:
    """The date of publication: labelled, else the one date that stands alone in the head."""
    statement = case.imprint.get("published")
    date = parse_date(statement.value) if statement else None
    if date and statement:
        words = statement.words
    else:
        alone = bare_dates(case.lines)
        if len(alone) != 1:
            return None
        date, words = alone.popitem()
    if year and int(date[:4]) < year:
        case.note(
            f"the page is dated {date}, before the reported year {year}",
            "published",
            "The date is left out: it is the site's or of another page.",
        )
        return None
    case.keep("published", words)
    if others := other_dates(case.document, date):
        what = f"the page gives several days of publication: {words}; {others}"
        advice = f"{date} was taken; a later day is often that of a change to the page."
        case.notes.append(Note(what, "published", advice, "info"))
    return date


def _source(case: _Case) -> str | None:
    url = case.stated("source")
    if url and url.startswith(("http://", "https://", "//")):
        return url
    case.evidence.pop("source", None)
    return None


def _division(case: _Case, body: str, given: Division | None) -> Division | None:
    if given:
        case.keep("division", GIVEN)
        return given
    site = case.imprint.get("site")
    sites = [site.value if site else "", *(site for title in case.titles for site in title.sites)]
    seat = find_seat(body, surroundings(sites, case.document.path, case.text))
    case.decide("division", seat.evidence, seat.note)
    return seat.division


def _printed(folded: str) -> str | None:
    """A folded name with the brackets that Chinese print has."""
    return folded.replace("(", "（").replace(")", "）") or None
