"""What the press prints, reading gives back: exactly, or as `<NA>` with a word in `problems`."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import gxtools as gx
from gxtools.checks import check
from tests.press import (
    MISPRINTS,
    STYLES,
    Key,
    Noise,
    Sheet,
    drawn_sheet,
    noises,
    print_docx,
    print_html,
    print_text,
    print_xlsx,
    sheets,
    values,
)
from tests.press_saved import pack, print_csv, print_mht
from tests.press_xls import print_xls
from tests.set_data import DATA, FIGURES, load_figures, set_files, sheet_of

Print = Callable[..., bytes]
RULED: dict[str, Print] = {"html": print_html, "docx": print_docx, "xlsx": print_xlsx}
TEXT: dict[str, Print] = {style: partial(print_text, style=style) for style in STYLES}
SAVED: dict[str, Print] = {
    "xls": print_xls,
    "mht": print_mht,
    "csv": print_csv,
    "zip": lambda sheet, noise=None: pack({"报告.html": print_html(sheet, noise)}, "gbk"),
}
LAYOUTS = {**RULED, **TEXT}
EVERY_LAYOUT = {**LAYOUTS, **SAVED}
EXAMPLES = {"docx": 3, "xlsx": 5}
EDITIONS = {
    **{e: dict.fromkeys(("proactive", "applications", "disputes"), e) for e in ("2021", "2019")},
    **{e: {"annex": e} for e in gx.editions() if e not in ("2021", "2019")},
}
# All that noise can do at once, in two ways that exclude each other.
DIRTY = (
    Noise(
        numbering="{}、", half_width=True, quotes="「」", space="\u3000", line_breaks=True,
        blank="\xa0", digits="full_width", furniture=True, nested=True, extra_rows=2,
        extra_columns=1, encoding="gb18030", charset="lying", as_text=True,
    ),
    Noise(
        numbering="（{}）", quotes='""', space=" ", line_breaks=True, blank="\u3000",
        digits="thousands", furniture=True, extra_rows=1, extra_columns=2, charset="absent",
    ),
)  # fmt: skip
MIXED = {"proactive": "2021", "applications": "2019", "disputes": "2019"}
every_layout = pytest.mark.parametrize("layout", LAYOUTS)
every_ruled = pytest.mark.parametrize("layout", RULED)
every_text = pytest.mark.parametrize("layout", TEXT)


def read_back(layout: str, sheet: Sheet, noise: Noise | None = None) -> gx.Reports:
    """Print the sheet, read the file; its name tells nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report"
        file.write_bytes(EVERY_LAYOUT[layout](sheet, noise=noise))
        return gx.read(file)


def figures(reports: gx.Reports) -> dict[Key, float | None]:
    """What was read, by (table, row, column); None where nothing was."""
    cells = reports.cells.set_index(["table", "row", "column"])["value"]
    return {key: None if value is None else float(value) for key, value in _python(cells)}


def _python(cells: object) -> list[tuple[Key, float | None]]:
    return list(cells.astype("object").where(cells.notna(), None).items())  # type: ignore[attr-defined]


def printed(sheet: Sheet) -> dict[Key, float | None]:
    return {key: None if value is None else float(value) for key, value in values(sheet).items()}


def examples(layout: str, test: Callable[[], None]) -> None:
    """Run a hypothesis test with as few examples as its format can afford, and no long search for
    the least example where printing is slow."""
    slow = layout in EXAMPLES
    settings(
        phases=[Phase.generate] if slow else [Phase.generate, Phase.shrink],
        max_examples=EXAMPLES.get(layout, 8),
        deadline=None,
        derandomize=True,
    )(test)()


@every_layout
def test_reading_gives_back_exactly_what_was_printed(layout: str) -> None:
    @given(sheets())
    def test(sheet: Sheet) -> None:
        assert figures(read_back(layout, sheet)) == printed(sheet)

    examples(layout, test)


@every_layout
def test_noise_around_the_figures_changes_none_of_them(layout: str) -> None:
    @given(sheets(), noises())
    def test(sheet: Sheet, noise: Noise) -> None:
        assert figures(read_back(layout, sheet, noise)) == printed(sheet)

    examples(layout, test)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", EVERY_LAYOUT)
def test_every_edition_is_read_back_from_every_format_with_noise(layout: str, edition: str) -> None:
    sheet = drawn_sheet(random.Random(f"{layout} {edition}"), EDITIONS[edition])
    noise = DIRTY[len(layout + edition) % 2]
    if edition in ("2021", "2019"):
        noise = replace(noise, misprints=dict([*MISPRINTS.items()][:4]))  # of today's labels
    reports = read_back(layout, sheet, noise)
    assert figures(reports) == printed(sheet)
    told = set(reports.index["editions"].iat[0].split())
    assert told == {f"{table}={e}" for table, e in EDITIONS[edition].items()}


@pytest.mark.parametrize("edition", EDITIONS)
def test_text_that_loses_its_blanks_and_parts_its_digits_is_never_read_wrongly(
    edition: str, tmp_path: Path
) -> None:
    """`3 4` for 34, and a blank lost: as many pieces as there are columns, and none in its own."""
    file = tmp_path / "report"
    for seed in (37, 51, 56, 58):
        sheet = drawn_sheet(random.Random(seed), EDITIONS[edition], blank_zeros=True)
        file.write_bytes(print_text(sheet, "lines", apart=True))
        reports = gx.read(file)
        known = printed(sheet)
        read = {key: value for key, value in figures(reports).items() if value is not None}
        assert {key: value for key, value in read.items() if value != known[key]} == {}
        assert reports.problems["what"].str.contains("cannot be tied to columns").any()


def test_a_row_that_only_blanks_part_counts_by_its_sums_or_not_at_all(tmp_path: Path) -> None:
    sheet = drawn_sheet(random.Random(6), EDITIONS["2021"])
    file = tmp_path / "report"
    lost = "行政规范性文件 "
    lines = print_text(sheet, "lines").decode().splitlines()
    torn = [" ".join(line.split()[:-1]) if line.startswith(lost) else line for line in lines]
    file.write_text("\n".join(torn), "utf-8")
    read, known = figures(gx.read(file)), printed(sheet)
    # A cell is lost, so section 二, which has no sums, says nothing by its count alone.
    unread = {key[:2] for key, value in read.items() if value is None}
    assert unread <= {("proactive", "regulation"), ("proactive", "normative_document")}
    assert ("proactive", "normative_document") in unread
    assert {key for key, value in read.items() if value not in (None, known[key])} == set()


@every_ruled
def test_a_blank_cell_of_a_ruled_table_stays_blank_and_no_zero(layout: str) -> None:
    @given(sheets(blank_zeros=True), st.sampled_from(("", " ", "\u3000", "\xa0")))
    def test(sheet: Sheet, blank: str) -> None:
        reports = read_back(layout, sheet, Noise(blank=blank))
        assert figures(reports) == printed(sheet)
        cells = reports.cells
        assert set(cells.loc[cells["value"].isna(), "kind"]) <= {"blank"}

    examples(layout, test)


@every_text
def test_a_text_that_blurs_its_blank_cells_is_never_read_wrongly(layout: str) -> None:
    @given(sheets(blank_zeros=True))
    def test(sheet: Sheet) -> None:
        reports = read_back(layout, sheet)
        read, known = figures(reports), printed(sheet)
        wrong = {k: v for k, v in read.items() if v is not None and v != known.get(k)}
        assert wrong == {}
        unread = [key for key, value in known.items() if value is not None and not read.get(key)]
        assert not unread or len(reports.problems)

    examples(layout, test)


@every_layout
def test_whose_report_it_is_and_which_form_it_follows_is_told(layout: str) -> None:
    sheet = drawn_sheet(random.Random(5), MIXED)
    (told,) = read_back(layout, sheet, Noise(furniture=True)).index.to_dict("records")
    assert (told["agency"], told["year"]) == (sheet.agency, sheet.year)
    # Section 四 is printed alike by both editions: its edition cannot be told from the table.
    assert {"proactive=2021", "applications=2019"} <= set(told["editions"].split())


@every_text
def test_the_form_is_told_from_its_labels_where_blanks_keep_figures_from_being_read(
    layout: str,
) -> None:
    newest = {"proactive": "2021", "applications": "2021", "disputes": "2021"}
    sheet = drawn_sheet(random.Random(3), newest, blank_zeros=True)
    (told,) = read_back(layout, sheet).index["editions"]
    assert "applications=2021" in told.split()


@every_layout
def test_a_clean_report_leaves_nothing_unread_to_speak_of(layout: str) -> None:
    problems = read_back(layout, drawn_sheet(random.Random(6), MIXED)).problems
    # 示例市 is no place of GB/T 2260, and that is said.
    assert problems["where"].tolist() == ["division"]


@every_layout
def test_the_printed_characters_are_kept(layout: str) -> None:
    sheet = drawn_sheet(random.Random(6), MIXED)
    cells = read_back(layout, sheet).cells
    raw = dict(
        zip(
            zip(cells["table"], cells["row"], cells["column"], strict=True),
            cells["raw"],
            strict=True,
        )
    )
    assert raw == dict(sheet.cells())


@every_layout
def test_every_figure_has_its_place(layout: str) -> None:
    cells = read_back(layout, drawn_sheet(random.Random(6), MIXED)).cells
    assert cells["place"].notna().all()
    # A line of text holds several cells; only Markdown has columns.
    assert cells["place"].is_unique is (layout in {*RULED, "cells", "bare", "markdown"})


def sums_of(reports: gx.Reports) -> pd.DataFrame:
    """The findings that cannot lawfully fail; drawn figures care for nothing else."""
    findings = check(reports)
    return findings.loc[findings["severity"] == "error"]


@every_ruled
def test_all_sums_of_a_consistent_report_hold(layout: str) -> None:
    findings = sums_of(read_back(layout, drawn_sheet(random.Random(8), MIXED)))
    assert len(findings)
    assert set(findings["verdict"]) == {"holds"}


@given(sheets(), st.data())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_changing_one_cell_breaks_a_sum(sheet: Sheet, data: st.DataObject) -> None:
    summed = [key for key in sheet.figures if key[0] != "proactive"]
    key = data.draw(st.sampled_from(summed))
    changed = {**sheet.figures, key: str(int(sheet.figures[key]) + data.draw(st.integers(1, 9)))}
    findings = sums_of(read_back("html", replace(sheet, figures=changed)))
    broken = findings[findings["verdict"] == "broken"]
    assert set(broken["table"]) == {key[0]}
    assert (broken["row"].isin([key[1]]) | broken["column"].isin([key[2]])).all()


needs_figures = pytest.mark.skipif(
    not FIGURES.is_dir(), reason="the noted figures (../shared/figures) are not here"
)


@pytest.fixture(scope="module")
def published() -> gx.Reports:
    return gx.read_all(DATA / "reports", progress=False)


@needs_figures
@pytest.mark.parametrize("body", load_figures(), ids=lambda body: body["report"])
def test_every_figure_of_the_data_is_read_as_published(body: dict, published: gx.Reports) -> None:
    stems = published.index["file"].map(lambda file: Path(file).stem)
    (report,) = published.index.loc[stems == body["report"], "report"]
    cells = published.cells[published.cells["report"] == report]
    read = figures(replace(published, cells=cells))
    assert read == printed(sheet_of(body))


@needs_figures
def test_the_catalogue_tells_whose_the_data_are(published: gx.Reports) -> None:
    index = published.index.set_index(published.index["file"].map(lambda file: Path(file).name))
    for name, body, _ in set_files(load_figures()):
        told = index.loc[name]
        assert (told["agency"], told["year"]) == (body["agency"], int(body["year"]))
        assert told["scope"] == body["scope"]
        if body["division"]:
            assert told["division"] == body["division"]
