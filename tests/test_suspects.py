"""suspects(): the smallest correction that would make a report's sums hold."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gxtools as gx
from gxtools.convention import settle_all
from gxtools.forms import load_form
from gxtools.panel import Panel
from gxtools.suspects import SUSPECTS, suspects
from gxtools.suspects.corrections import smallest
from gxtools.suspects.edits import WORDS, name_edit
from gxtools.suspects.equations import broken_tables
from gxtools.suspects.program import SETS, fewest_cells
from gxtools.suspects.systems import System
from tests.misprint import (
    MOVES,
    SLIPS,
    Figures,
    misprint_anyhow,
    misprint_cells,
    printed_reports,
    slip_once,
    table_figures,
)
from tests.press_draw import EDITIONS, draw_figures

DATA = Path(__file__).parents[1] / "data/reports"
POOL = 200
APPLICANTS = [column.code for column in load_form("2021").table("applications").columns]
Cells = set[tuple[tuple[str, str], float]]


def drawn(draw: random.Random, table: str, edition: str, *, blank_zeros: bool = False) -> Figures:
    return table_figures(draw_figures(draw, {table: edition}, blank_zeros), table)


@cache
def pool(table: str, edition: str) -> list[Figures]:
    """Drawn figures to misprint, each in many ways: drawing takes longer than diagnosing."""
    draw = random.Random(f"{table} {edition}")
    return [drawn(draw, table, edition) for _ in range(POOL)]


class Found(list[Any]):
    """The suspects of one report: rows of the frame as named tuples."""

    @property
    def unique(self) -> bool:
        return any(row.unique for row in self)

    @property
    def edits(self) -> set[str]:
        """The edits of what is ranked first, totals not told apart."""
        return {row.edit.removeprefix("total_") for row in self if row.rank == 1}

    @property
    def first(self) -> Cells:
        """What is ranked first: the cells and their figures."""
        return {((row.row, row.column), row.proposed) for row in self if row.rank == 1}

    @property
    def sets(self) -> list[Cells]:
        """Every proposal, the cells that are corrected together in one."""
        found: dict[str, Cells] = {}
        for row in self:
            found.setdefault(row.set, set()).add(((row.row, row.column), row.proposed))
        return list(found.values())


def diagnosed(
    sheets: Iterable[Figures], table: str = "applications", edition: str = "2021"
) -> list[Found]:
    """The suspects of each sheet, in their order."""
    reports = printed_reports([{table: sheet} for sheet in sheets], {table: edition})
    found = {report: Found() for report in reports.index["report"]}
    for row in suspects(reports).itertuples():
        found[row.report].append(row)
    return list(found.values())


def misprinted(before: Figures, after: Figures) -> Cells:
    return {(at, float(before[at] or 0)) for at in before if before[at] != after[at]}


def table_of(**rows: dict[str, int]) -> Figures:
    """Section 三 of edition 2021 with these rows; `denied__internal` stands for the dotted code."""
    form = load_form("2021").table("applications")
    figures = dict.fromkeys(form.cells(), "0")
    for row, columns in rows.items():
        for column, value in columns.items():
            figures[row.replace("__", "."), column] = str(value)
    return figures


def small() -> Figures:
    """Fifteen applications of persons and twelve of businesses, all granted or refused."""
    return table_of(
        received={"natural_person": 15, "business": 12, "total": 27},
        granted={"natural_person": 11, "business": 12, "total": 23},
        denied__internal={"natural_person": 4, "total": 4},
        concluded={"natural_person": 15, "business": 12, "total": 27},
    )


def routes(*rows: str) -> Figures:
    """Section 四: the five figures of each of the three routes, as printed."""
    form = load_form("2021").table("disputes")
    texts = [text for row in rows for text in row.split()]
    return dict(zip(form.cells(), texts, strict=True))


def few(draw: random.Random) -> Figures:
    """Section 四 as most bodies print it: a handful of cases."""
    rows = []
    for _ in range(3):
        parts = [draw.choice((0, 0, 0, 1, 1, 2, 5, 12)) for _ in range(4)]
        rows.append(" ".join(map(str, (*parts, sum(parts)))))
    return routes(*rows)


# ── the real misprints ──────────────────────────────────────────────


@pytest.mark.parametrize("file", ["data", "original"])
def test_hongze_2023_left_two_totals_at_zero(file: str, request: pytest.FixtureRequest) -> None:
    path = DATA / "hongze_2023.docx"
    if file == "original":
        path = request.getfixturevalue("shared") / "reports/hongze_2023.pdf"
    found = suspects(gx.read(path))
    firsts = found.loc[found["rank"] == 1]
    shown = firsts[["row", "column", "printed", "proposed", "edit", "alike"]]
    assert shown.to_numpy().tolist() == [
        ["review", "total", 0, 11, "total_left_zero", 1],
        ["litigation_after_review", "total", 0, 5, "total_left_zero", 1],
    ]
    assert set(found["table"]) == {"disputes"}
    assert (
        "改为 11 后“结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计”（行政复议）成立"
        in firsts["why"].iat[0]
    )
    assert firsts["place"].notna().all() and firsts["raw"].tolist() == ["0", "0"]


def test_the_one_part_that_equals_the_missing_total_stands_beside_it() -> None:
    found = suspects(gx.read(DATA / "hongze_2023.docx"))
    assert found.loc[found["row"] == "review", "unique"].all()
    after = found.loc[found["row"] == "litigation_after_review"]
    assert after[["column", "proposed"]].to_numpy().tolist() == [["total", 5], ["upheld", 0]]
    assert not after["unique"].any()


def test_every_other_published_table_balances_and_has_no_suspect() -> None:
    found = suspects(gx.read_all(DATA, progress=False))
    assert found["report"].str.startswith("hongze_2023").all()


def test_the_cells_stay_as_printed() -> None:
    reports = gx.read(DATA / "hongze_2023.docx")
    before = reports.cells.copy()
    suspects(reports)
    pd.testing.assert_frame_equal(reports.cells, before)


def test_the_columns_are_those_documented_whether_anything_is_wrong_or_not() -> None:
    for found in (suspects(gx.concat([])), suspects(gx.read(DATA / "hongze_2023.docx"))):
        assert {name: str(kind) for name, kind in found.dtypes.items()} == SUSPECTS


# ── section 三: every cell stands in two sums ───────────────────────────


@pytest.mark.parametrize(("wrong", "share"), [(1, 0.995), (2, 0.97)])
@pytest.mark.parametrize("edition", EDITIONS)
def test_wrong_cells_of_section_three_are_named(edition: str, wrong: int, share: float) -> None:
    draw = random.Random(wrong)
    before = [draw.choice(pool("applications", edition)) for _ in range(500)]
    after = [misprint_cells(draw, sheet, wrong) for sheet in before]
    found = diagnosed(after, edition=edition)
    true = [misprinted(*pair) for pair in zip(before, after, strict=True)]
    right = [one.first == cells for one, cells in zip(found, true, strict=True)]
    assert sum(right) >= share * len(right)
    assert all(named for named, one in zip(right, found, strict=True) if one.unique)


def test_any_other_number_in_one_cell_leads_to_that_cell() -> None:
    draw = random.Random(3)
    before = [draw.choice(pool("applications", "2021")) for _ in range(200)]
    after = [misprint_anyhow(draw, sheet) for sheet in before]
    for one, two, found in zip(before, after, diagnosed(after), strict=True):
        assert found.first == misprinted(one, two)
        assert found.unique


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", SLIPS)
def test_slips_of_one_number_are_told_by_name(kind: str, edition: str) -> None:
    draw = random.Random(kind)
    before = [draw.choice(pool("applications", edition)) for _ in range(100)]
    after = [slip_once(draw, sheet, kind) for sheet in before]
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if two]
    assert len(pairs) > 20
    for pair, found in zip(
        pairs, diagnosed((two for _, two in pairs), edition=edition), strict=True
    ):
        assert found.first == misprinted(*pair)
        assert found.edits == {kind}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", MOVES)
def test_moved_figures_are_told_by_name(kind: str, edition: str) -> None:
    """Two exchanged neighbours may be explained by another two with the same difference."""
    form, draw = load_form(edition).table("applications"), random.Random(kind)
    before = [draw.choice(pool("applications", edition)) for _ in range(400)]
    after = [MOVES[kind](draw, form, sheet) for sheet in before]
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if two and two != one]
    assert len(pairs) > 20
    found = diagnosed((two for _, two in pairs), edition=edition)
    true = [misprinted(*pair) for pair in pairs]
    told = [one.first == t and one.edits == {kind} for one, t in zip(found, true, strict=True)]
    assert sum(told) >= (0.85 if kind == "swapped_cells" else 0.97) * len(told)
    visible = [(one, t) for one, t in zip(found, true, strict=True) if one]
    assert all(t in one.sets for one, t in visible)


def test_a_number_split_over_two_cells_pushes_the_rest_along() -> None:
    (found,) = diagnosed(
        [
            small()
            | {
                ("granted", "natural_person"): "1",
                ("granted", "business"): "1",
                ("granted", "research"): "12",
            }
        ]
    )
    assert found.edits == {"split_number"}
    assert found.first == {
        (("granted", "natural_person"), 11),
        (("granted", "business"), 12),
        (("granted", "research"), 0),
    }


@pytest.mark.parametrize("beside", ["0", ""])
def test_two_numbers_in_one_cell_are_told_whether_the_other_is_zero_or_blank(beside: str) -> None:
    both = {("granted", "natural_person"): "1112", ("granted", "business"): beside}
    (found,) = diagnosed([small() | both])
    assert found.edits == {"merged_numbers"}
    assert found.first == {(("granted", "natural_person"), 11), (("granted", "business"), 12)}


def test_a_row_shifted_so_that_its_last_figure_is_lost_gets_it_back() -> None:
    figures = small()
    moved = ["0", *(figures["granted", column] for column in APPLICANTS[:-1])]
    shifted = {("granted", c): text for c, text in zip(APPLICANTS, moved, strict=True)}
    (found,) = diagnosed([figures | shifted])
    assert found.edits == {"shifted_row"}
    assert (("granted", "total"), 23) in found.first


def test_whole_rows_in_the_wrong_place_are_told() -> None:
    figures = small()
    below = {("carried_out", column): figures["concluded", column] for column in APPLICANTS}
    (found,) = diagnosed([figures | {("concluded", c): "0" for c in APPLICANTS} | below])
    assert found.edits == {"moved_rows"}
    assert (("concluded", "total"), 27) in found.first


def test_figures_moved_beside_an_unread_cell_are_told() -> None:
    moved = {("received", "business"): "0", ("received", "research"): "12"}
    unread = {("received", "legal_service"): "?"}
    (found,) = diagnosed([small() | moved | unread])
    assert found.edits == {"swapped_cells"}
    assert found.first == {(("received", "business"), 12), (("received", "research"), 0)}


# ── section 四: one sum a route ───────────────────────────────────────


def test_section_four_never_gives_a_wrong_unique_answer() -> None:
    form, draw = load_form("2021").table("disputes"), random.Random(4)
    spoils: list[Callable[[Figures], Figures | None]] = [
        lambda sheet: misprint_cells(draw, sheet),
        lambda sheet: misprint_anyhow(draw, sheet),
        lambda sheet: draw.choice(list(MOVES.values())[2:])(draw, form, sheet),
    ]
    before = [few(draw) if i % 2 else draw.choice(pool("disputes", "2021")) for i in range(3000)]
    after = [spoils[i % 3](sheet) for i, sheet in enumerate(before)]
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if two]
    assert len(pairs) > 2000
    claims = 0
    for (one, _), found in zip(
        pairs, diagnosed((two for _, two in pairs), "disputes"), strict=True
    ):
        for row in found:
            claims += row.unique
            assert not row.unique or float(one[row.row, row.column]) == row.proposed
    assert claims > 50


def test_in_section_four_the_true_correction_is_on_a_short_list() -> None:
    draw = random.Random(5)
    before = [few(draw) for _ in range(400)]
    after = [misprint_cells(draw, sheet) for sheet in before]
    found = diagnosed(after, "disputes")
    for one, two, suspected in zip(before, after, found, strict=True):
        assert misprinted(one, two) in suspected.sets
        assert len(suspected.sets) <= 8
    first = [
        one.first == misprinted(*pair) for *pair, one in zip(before, after, found, strict=True)
    ]
    assert sum(first) > 0.5 * len(first)


def test_each_route_is_judged_on_its_own() -> None:
    (found,) = diagnosed([routes("3 1 0 0 0", "2 0 0 0 2", "1 1 1 0 13")], "disputes")
    best = {row.row: (row.proposed, row.edit) for row in found if row.rank == 1}
    assert best == {
        "review": (4, "total_left_zero"),
        "litigation_after_review": (3, "added_digit"),
    }


def test_a_total_beside_the_next_routes_first_cell_is_one_act_for_both() -> None:
    (found,) = diagnosed([routes("9 8 7 6 2", "30 1 1 0 4", "0 0 0 0 0")], "disputes")
    assert found.first == {(("review", "total"), 30), (("litigation_direct", "upheld"), 2)}
    assert not found.unique


# ── what cannot be judged ────────────────────────────────────────────


def test_unread_cells_leave_their_sums_out_and_are_never_proposed() -> None:
    draw = random.Random(6)
    before = [draw.choice(pool("applications", "2021")) for _ in range(200)]
    after = [
        misprint_cells(draw, sheet) | dict.fromkeys(draw.sample(sorted(sheet), 6), "?")
        for sheet in before
    ]
    found = diagnosed(after)
    for one, two, suspected in zip(before, after, found, strict=True):
        assert all(two[row.row, row.column] != "?" for row in suspected)
        if suspected.unique:
            assert suspected.first == {at for at in misprinted(one, two) if two[at[0]] != "?"}
    assert sum(map(bool, found)) > 150


def test_a_report_of_which_nothing_was_read_has_no_suspect() -> None:
    unread = dict.fromkeys(load_form("2021").table("applications").cells(), "?")
    assert diagnosed([unread]) == [[]]


def test_a_blank_that_should_be_a_figure_is_named_where_blanks_mean_zero() -> None:
    draw, pairs = random.Random(7), []
    for _ in range(40):
        before = drawn(draw, "applications", "2021", blank_zeros=True)
        place = draw.choice([at for at in before if before[at] and "total" not in at])
        pairs.append((before, {**before, place: ""}))
    found = diagnosed(after for _, after in pairs)
    named = [(pair, one) for pair, one in zip(pairs, found, strict=True) if one]
    assert len(named) > 20  # elsewhere the blanks cannot be shown to mean zero
    for pair, suspected in named:
        assert suspected.first == misprinted(*pair)
        assert suspected.edits == {"left_blank"}
        assert pd.isna(suspected[0].printed)


def test_cells_that_only_share_a_sum_are_named_without_a_figure() -> None:
    business = {"received": "2", "granted": "7", "denied.internal": "7", "concluded": "2"}
    figures = small() | {(row, "business"): text for row, text in business.items()}
    figures |= {("concluded", "total"): "17", ("received", "total"): "17"}
    figures |= {("granted", "total"): "?", ("denied.internal", "total"): "?"}
    (found,) = diagnosed([figures])
    assert {row.row for row in found if pd.isna(row.proposed)} == {"granted", "denied.internal"}
    assert found.edits == {"undetermined"}
    assert not found.unique


def test_a_table_that_would_need_many_changes_was_not_mistyped() -> None:
    draw = random.Random(8)
    sheet = pool("applications", "2021")[0]
    rows = [row.code for row in load_form("2021").table("applications").rows[:20]]
    wrong = {(row, "total"): str(draw.randrange(10**5)) for row in rows}
    assert diagnosed([sheet | wrong]) == [[]]


# ── the forms, the proof, the words ────────────────────────────────────


def test_a_form_with_other_sums_needs_no_line_of_code() -> None:
    form = load_form("local_fujian").table("annex")
    figures = dict.fromkeys(form.cells(), "0") | {
        ("received.online", "year"): "31",
        ("received.in_person", "year"): "4",
        ("received", "year"): "53",
    }
    (found,) = diagnosed([figures], "annex", "local_fujian")
    assert found.first == {(("received", "year"), 35)}
    assert found.edits == {"swapped_digits"}


def test_the_direct_search_finds_what_highs_proves_to_be_the_fewest() -> None:
    draw = random.Random(9)
    for wrong in (1, 2, 2, 3, 3, 4):
        sheet = misprint_cells(draw, draw.choice(pool("applications", "2021")), wrong)
        panel = Panel.of(printed_reports([{"applications": sheet}], {"applications": "2021"}))
        ((_, equations),) = broken_tables(settle_all(panel)[0])
        (group,) = equations.broken_groups
        system = System.of(equations, group)
        solved, proven = fewest_cells(system, 6)
        numbers = {tuple(sorted(system.cells[list(chosen)].tolist())) for chosen in solved}
        direct = {correction.cells for correction in smallest(equations, group)}
        assert proven
        assert numbers <= direct
        assert len(direct) == len(numbers) or len(numbers) == SETS


def test_six_wrong_cells_are_left_to_highs() -> None:
    places = [
        ("received", "natural_person"),
        ("granted", "business"),
        ("declined.repeat", "research"),
    ]
    places += [("partial", "legal_service"), ("denied.internal", "other"), ("carried_in", "total")]
    figures = small() | {at: str(int(small()[at]) + 37 + 10 * i) for i, at in enumerate(places)}
    (found,) = diagnosed([figures])
    assert found.first == misprinted(small(), figures)


def test_every_proposal_makes_the_sums_hold() -> None:
    draw = random.Random(10)
    after = [misprint_cells(draw, sheet, 2) for sheet in pool("applications", "2021")[:60]]
    mended = [
        sheet | {place: str(int(value)) for place, value in proposal}
        for sheet, found in zip(after, diagnosed(after), strict=True)
        for proposal in found.sets
    ]
    assert len(mended) >= 60
    assert not any(diagnosed(mended))


@pytest.mark.parametrize(
    ("printed", "meant", "edit"),
    [
        (12, 123, "dropped_digit"),
        (13, 123, "dropped_digit"),
        (1223, 123, "added_digit"),
        (128, 123, "changed_digit"),
        (132, 123, "swapped_digits"),
        (321, 123, "other_number"),
        (5, 105, "other_number"),
        (0, 123, "left_zero"),
        (-12, 12, "stray_mark"),
        (1.2, 12, "stray_mark"),
        (7, float("nan"), "undetermined"),
    ],
)
def test_a_typing_edit_has_a_name(printed: float, meant: float, edit: str) -> None:
    assert name_edit(printed, meant) == edit
    assert edit in WORDS


def test_why_says_the_figure_the_sums_and_the_slip() -> None:
    (found,) = diagnosed([small() | {("granted", "natural_person"): "1"}])
    assert [row.why for row in found] == [
        "改为 11 后“（一）至（六）各项之和 = （七）总计”（自然人）、“各类申请人之和 = 总计”（予以公开）"
        "成立；少录一位；别无同样简单的改法"
    ]
    assert [row.restores for row in found] == ["T3-RES natural_person; T3-ROW granted"]


def test_a_broken_report_takes_less_than_fifty_milliseconds() -> None:
    draw = random.Random(11)
    sheets = [misprint_cells(draw, sheet, 2) for sheet in pool("applications", "2021")]
    reports = printed_reports([{"applications": one} for one in sheets], {"applications": "2021"})
    start = time.process_time()
    suspects(reports)
    assert time.process_time() - start < 0.05 * len(reports)
