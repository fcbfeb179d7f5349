"""The catalogue of checks: whole, well formed, and in step with what is carried out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gxtools as gx
from gxtools.checklist import BY, Check, as_page, catalogue, catalogued, checks
from gxtools.errors import FormError
from gxtools.forms import editions, load_form
from gxtools.relations import relations
from tests.filled import applications, documents, filled, route, years
from tests.set_checks import PAGE

PACKAGE = Path(gx.__file__).parent
NOTES = PACKAGE.parents[1] / "shared/domain/checks.md"
ID = re.compile(r'"((?:A14|AG|HI|ST|T[234]|TX|XY)-[A-Z0-9]+)"')
# Every check that the field's notes list, by family.
LISTED = """
T3-BAL T3-RES T3-ROW T3-SUB T3-NOTPRINTED T3-INT T3-DOM T3-EMPTYOUT T3-SHIFT T3-SPLIT T3-TYPO T3-MIN
T3-DUPCOL T4-SUM T4-INT T4-TYPO T4-PENDING T4-LOAD T2-NUM T2-UNIT T2-STOCK T2-REPEAL T2-2019
XY-CARRY XY-RECLASS XY-EDITION XY-JUMP XY-STALE XY-REVISED TX-NUM TX-PCT TX-SUM TX-YOY TX-YEAR
TX-PERIOD TX-FEE TX-SECTIONS TX-COPY ST-SHAPE ST-LABEL ST-BLANK ST-IDENT ST-READ HI-SUM HI-COVER
HI-TWIN AG-TOTAL
""".split()


@pytest.fixture(scope="module")
def emitted() -> set[str]:
    """The ids of all findings on reports that have every defect."""
    cells = gx.load_form("2021").table("applications").cells()
    busy = {("applications", *cell): i + 1 for i, cell in enumerate(cells[:60])}
    twins = {("applications", row, c): 3 for row, c in cells[:56] if c in ("business", "research")}
    total = {("applications", "concluded", "total"): 5}
    reports = [
        years(busy, busy),
        years(
            applications(9, 0, 4) | documents(0, 0, 5) | route("review", 0, 0, 0, 9, 9),
            applications(5, 3)
            | documents(0, 9, 1)
            | route("review", 5, 9, 0, 0, 0)
            | route("litigation_direct", 99, 0, 0, 0, 99),
            agency="乙市人民政府",
        ),
        filled("twin", busy, agency="丙局"),
        filled("total", twins | total, agency="丁局", year=2021, edition="2019"),
        filled("gap", agency="丁局", sections={}),
        filled("fee", agency="戊局", sections=dict.fromkeys(range(1, 7), "无")),
        filled("unread", {("disputes", "review", "total"): "?"}, agency="己局"),
        filled("dated", {("disputes", "review", "total"): ""}, agency="庚局", file="x2019.html"),
        filled("unit", {("proactive", "fees", "amount_wan"): "3元"}, agency="辛局"),
        filled("old", edition="2019", year=2020, agency="壬局"),
        filled("new", edition="2021", year=2021, agency="壬局"),
        filled("one", applications(1), agency="癸局"),
        filled("two", applications(2), agency="癸局"),
        filled("pdf", applications(2), agency="癸局", format="pdf"),
        *_annexes(),
        filled("sz", agency="宿迁市人民政府", division="321300"),
        filled("sy", agency="沭阳县人民政府", division="321322", level="district"),
        *_moved(),
        *_a_whole(),
        *_old_items(),
    ]
    return set(gx.check(gx.concat(reports))["check"])


def _annexes() -> list[gx.Reports]:
    """A report of each table of before 2019."""
    names = [name for name in editions() if "annex" in {t.id for t in load_form(name).tables}]
    return [
        filled(f"annex-{name}", agency=f"子{name}局", editions={"annex": name}, sections={})
        for name in names
    ]


def _moved() -> list[gx.Reports]:
    moved = applications(5, 4) | {
        ("applications", "carried_in", "natural_person"): 3,
        ("applications", "carried_in", "business"): 1,
    }
    return [years(applications(9, 0, 4), moved, agency="丑局")]


def _a_whole() -> list[gx.Reports]:
    from gxtools.aggregates import divisions_below

    parts = divisions_below("320800")
    return [
        filled(d.code, agency=f"{d.name}人民政府", division=d.code, level="district") for d in parts
    ] + [filled("whole", agency="淮安市人民政府", division="320800")]


def _old_items() -> list[gx.Reports]:
    key = ("proactive", "licensing", "items_prev")
    return [years({key: 3}, {key: 4}, first=2019, edition="2019", agency="寅局")]


# The catalogue is whole.


def test_every_listed_check_is_in_the_catalogue() -> None:
    assert set(LISTED) <= catalogue().keys()
    assert len(LISTED) == 47


def test_the_list_is_that_of_the_field_s_notes() -> None:
    if not NOTES.is_file():
        pytest.skip("no notes on the field beside this copy")
    lines = re.findall(r"^\d+\. `([^`]+)`", NOTES.read_text("utf-8"), re.M)
    # T3-SPLIT/MERGE are the two sides of one check.
    assert {line.removesuffix("/MERGE") for line in lines} == set(LISTED)


def test_every_sum_of_every_form_file_is_in_the_catalogue_in_its_own_words() -> None:
    for edition in editions():
        for table in load_form(edition).tables:
            for total in table.sums:
                check = catalogued(total.id)
                assert edition in check.editions
                assert (check.formula_zh, check.basis) == (total.zh, total.basis)
            if table.whole_counts:
                assert catalogued(table.whole_counts).formula_zh == table.counts_zh


def test_no_field_is_empty_and_every_text_is_in_its_language() -> None:
    frame = checks()
    needed = [name for name in frame.columns if name not in ("inside", "editions")]
    assert (frame[needed].fillna("").map(str.strip) != "").all(axis=None)
    for name in ("title", "formula", "lawful"):
        assert frame[name].str.contains("[\u4e00-\u9fff]").all()
        assert (
            not frame[f"{name}_en"]
            .str.contains("[\u4e00-\u9fff]", regex=True)
            .where(frame["check"] != "TX-SECTIONS", False)
            .any()
        )  # which quotes 无


def test_a_printed_rule_is_only_what_the_form_prints() -> None:
    frame = checks()
    assert frame.loc[frame["basis"] == "printed", "check"].tolist() == ["T3-BAL"]


def test_the_form_s_own_sums_are_errors_and_links_between_years_are_not() -> None:
    for check in catalogue().values():
        if check.editions:
            assert check.severity == "error"
        if check.id.startswith("XY-"):
            assert check.severity != "error"


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(FormError, match="no check is called 'T9-X'"):
        catalogued("T9-X")


@pytest.mark.parametrize(
    "relation",
    [
        {"left": ["a/b/c"], "sign": ">", "right": ["a/b/d"]},
        {"left": ["a/b"], "sign": "=", "right": ["a/b/d"]},
    ],
)
def test_a_comparison_that_cannot_be_read_is_refused(relation: dict[str, object]) -> None:
    words = ("x", "y", "f", "g", "structure", "s")
    with pytest.raises(FormError):
        relations(Check("T9-X", *words, more={"relation": relation}))


def test_every_comparison_of_the_catalogue_names_cells_of_some_form() -> None:
    known = {
        (table.id, *cell)
        for edition in editions()
        for table in load_form(edition).tables
        for cell in table.cells()
    }
    for check in catalogue().values():
        for relation in relations(check):
            codes = {part for key in known for part in key} if relation.axis else {""}
            written = [relation.at(code) for code in codes]
            assert any(all(t.key in known for t in one.terms) for one in written), check.id


# In step with what is carried out.


def test_every_id_in_the_code_is_in_the_catalogue() -> None:
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".toml"):
            unknown = set(ID.findall(path.read_text("utf-8"))) - catalogue().keys()
            assert not unknown, f"{path.name}: {unknown}"


def test_every_finding_is_of_a_catalogued_check(emitted: set[str]) -> None:
    assert emitted <= catalogue().keys()


def test_every_check_is_carried_out_or_says_where(emitted: set[str]) -> None:
    for check in catalogue().values():
        if check.by == "check":
            assert (check.inside or check.id) in emitted, check.id
        else:
            assert check.id not in emitted and check.by in BY


def test_the_page_of_checks_is_in_step_with_the_catalogue() -> None:
    assert PAGE.read_text("utf-8") == as_page(), "run python -m tests.set_checks"
