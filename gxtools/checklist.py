"""The checks as data: checks.toml and the sums of the form files, in one list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from .errors import FormError
from .forms import editions, load_form

SEVERITIES = ("error", "warning", "info")
BASES = ("printed", "structure", "practice", "guidance")
# Who carries a check out, as users call it.
BY = {
    "check": "gx.check",
    "claims": "gx.claims",
    "similarity": "gx.similarity",
    "suspects": "gx.suspects",
    "problems": "Reports.problems",
    "totals": "gx.totals",
}
COLUMNS = [
    "check",
    "title",
    "title_en",
    "formula",
    "formula_en",
    "basis",
    "source",
    "severity",
    "lawful",
    "lawful_en",
    "by",
    "inside",
    "editions",
]


@dataclass(frozen=True)
class Check:
    """One check of the catalogue; `more` is what only this check needs (limits, relations)."""

    id: str
    zh: str
    en: str
    formula_zh: str
    formula_en: str
    basis: str
    source: str
    severity: str = "error"
    lawful_zh: str = "无"
    lawful_en: str = "nothing"
    by: str = "check"
    inside: str = ""
    seen: bool = False
    editions: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def words(self) -> str:
        """Basis and formula, as a finding gives them."""
        return f"{self.basis}: {self.formula_zh}"

    @property
    def relations(self) -> list[dict[str, Any]]:
        """The comparisons of cells that make up the check, where it is written as such."""
        one = self.more.get("relation")
        return [one] if one else list(self.more.get("relations", ()))


def checks() -> pd.DataFrame:
    """The catalogue of checks: a row a check, in the order of the form's sections.

    Columns: check title title_en formula formula_en basis source severity lawful lawful_en by
    inside editions. `basis` is printed (on the form), structure, practice or guidance; `severity`
    error, warning or info; `lawful` what can rightly break it; `by` the function that carries it
    out; `inside` the check whose rows say it; `editions` the form files that hold it (sums of the
    form), empty for checks of every edition.
    """
    rows = [
        (
            c.id, c.zh, c.en, c.formula_zh, c.formula_en, c.basis, c.source, c.severity,
            c.lawful_zh, c.lawful_en, BY[c.by], c.inside, " ".join(c.editions),
        )
        for c in catalogue().values()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS, dtype="string")


@cache
def catalogue() -> dict[str, Check]:
    """Every check by its id: those of checks.toml, then sums that only a form file names."""
    sums = _of_forms()
    file = resources.files(__package__).joinpath("checks.toml")
    listed = tomllib.loads(file.read_text(encoding="utf-8"))["checks"]
    found = {entry["id"]: _check(entry, sums.get(entry["id"], {})) for entry in listed}
    for id, entry in sums.items():
        found.setdefault(id, _check({"zh": entry["formula_zh"], "en": entry["formula_en"]}, entry))
    return found


def catalogued(id: str) -> Check:
    """The check of this id. Raises FormError where the catalogue has none."""
    if id not in catalogue():
        raise FormError(f"no check is called {id!r}", advice="See checks().")
    return catalogue()[id]


def _check(entry: dict[str, Any], of_form: dict[str, Any]) -> Check:
    known = {**of_form, **entry}
    names = Check.__dataclass_fields__.keys() - {"more"}
    more = {name: value for name, value in known.items() if name not in names}
    try:
        check = Check(**{name: known[name] for name in names if name in known}, more=more)
    except TypeError as error:
        raise FormError(f"a check lacks a field: {error}", where=str(entry.get("id"))) from None
    if check.severity not in SEVERITIES or check.basis not in BASES or check.by not in BY:
        raise FormError("severity, basis or by is unknown", where=check.id)
    return check


def _of_forms() -> dict[str, dict[str, Any]]:
    """What the form files say of their own sums and counts, and which editions say it."""
    found: dict[str, dict[str, Any]] = {}
    for edition in reversed(editions()):
        for entry in _entries(edition):
            before = found.get(entry["id"], {}).get("editions", ())
            found[entry["id"]] = {**entry, "editions": (*before, edition)}
    return found


def _entries(edition: str) -> Iterator[dict[str, Any]]:
    form = load_form(edition)
    for table in form.tables:
        for total in table.sums:
            yield {
                "id": total.id, "formula_zh": total.zh, "formula_en": total.en,
                "basis": total.basis, "source": total.source,
            }  # fmt: skip
        if table.whole_counts:
            yield {
                "id": table.whole_counts, "formula_zh": table.counts_zh,
                "formula_en": table.counts_en, "basis": "structure", "source": form.authority,
            }  # fmt: skip


def as_page() -> str:
    """The catalogue as the page docs/checks.md."""
    lines = [
        "# The checks",
        "",
        "Written from `gxtools/checks.toml` and the form files by `python -m tests.set_checks`.",
        "",
        "`basis`: printed on the form, structure of the table, practice, guidance. `severity`: an",
        "error cannot be lawful, a warning can, an info only marks something for a look. Checks",
        "marked *seen* have a row in `gx.check` only where there is something to see; what only",
        "marks has the verdict `unknown`, and `note` says what was seen.",
    ]
    for check in catalogue().values():
        where = BY[check.by] + (f", in the rows of {check.inside}" if check.inside else "")
        lines += [
            "",
            f"## {check.id} {check.zh}",
            f"{check.en[:1].upper()}{check.en[1:]}.",
            "",
            f"- {check.formula_zh}",
            f"- {check.formula_en}",
            f"- {check.severity}{', seen' if check.seen else ''}; basis: {check.basis}, "
            f"{check.source}",
            f"- lawful exceptions: {check.lawful_en}（{check.lawful_zh}）",
            f"- carried out by: `{where}`"
            + (f"; editions {', '.join(check.editions)}" if check.editions else ""),
        ]
    return "\n".join(lines) + "\n"
