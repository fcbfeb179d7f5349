"""The variants noted in the field (../shared/domain/variants.csv): each is recognised, or refused and
listed; none makes a figure wrong."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pandas as pd
import pytest

import gxtools as gx
from tests.press import Noise, drawn_sheet, print_html, print_text
from tests.test_round_trip import figures, printed

FILE = Path(__file__).parents[2] / "shared/domain/variants.csv"
EDITIONS = {"proactive": "2021", "applications": "2021", "disputes": "2021"}


def noted(*groups: str) -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if not groups or row["group"] in groups]


def every(*groups: str) -> pytest.MarkDecorator:
    rows = noted(*groups) or [pytest.param(None, marks=pytest.mark.skip("no variants here"))]
    return pytest.mark.parametrize(
        "variant", rows, ids=lambda row: "" if row is None else row["variant"][:40]
    )


def read(folder: Path, data: bytes) -> gx.Reports:
    (folder / "report").write_bytes(data)
    return gx.read(folder / "report")


@every()
def test_what_is_printed_beside_the_tables_changes_no_figure(
    variant: dict[str, str], tmp_path: Path
) -> None:
    sheet = drawn_sheet(random.Random(6), EDITIONS)
    example = variant["example"].replace("\\n", "\n").strip("…\"' ")
    text = print_text(sheet, "rows").decode()
    head, cut, rest = text.partition("\n二、主动公开政府信息情况")
    reports = read(tmp_path, f"{head}\n{example}{cut}{rest}\n{example}\n".encode())
    known, found = printed(sheet), figures(reports)
    assert {k: v for k, v in found.items() if v is not None and v != known.get(k)} == {}
    lost = {row for (_, row, _), value in found.items() if value is None}
    said = "\n".join(reports.problems["what"])
    assert all(row in said for row in lost)
    assert len(lost) <= 3  # a row that the example prints once more


# The rows of the form that are named otherwise, and how they are then read.
LABELS = {
    "5.属于三类内容事务信息": ("5.属于三类内部事务信息", "denied.internal", "close"),
    "6.属于四类过程性性信息": ("6.属于四类过程性信息", "denied.deliberative", "close"),
    "2.其他法律行政止公开": ("2.其他法律行政法规禁止公开", "denied.law_prohibited", "close"),
    "规 章": ("规章", "regulation", "exact"),
    "规范性文件": ("行政规范性文件", "normative_document", "exact"),
    "二、上年转结政府信息公开申请数量": ("二、上年结转政府信息公开申请数量", "carried_in", None),
    "二、上年結轉政府信息公開申請數量": (
        "二、上年结转政府信息公开申请数量", "carried_in", "exact",
    ),
    "四、转结下年度继续办理": ("四、结转下年度继续办理", "carried_out", None),
    "3.危及\"三安全一稳定\"": ("3.危及“三安全一稳定”", "denied.safety_stability", "exact"),
    "3.危及「三安全一稳定」": ("3.危及“三安全一稳定”", "denied.safety_stability", "exact"),
    "1.属于国家\n秘密": ("1.属于国家秘密", "denied.state_secret", "exact"),
    "(1)属于国家秘密": ("1.属于国家秘密", "denied.state_secret", "exact"),
}  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_label_printed_otherwise_is_its_row(label: str, tmp_path: Path) -> None:
    right, code, match = LABELS[label]
    sheet = drawn_sheet(random.Random(6), EDITIONS)
    page = print_html(sheet).decode()
    assert f"{right}</td>" in page
    reports = read(tmp_path, page.replace(f"{right}</td>", f"{label}</td>").encode())
    assert figures(reports) == printed(sheet)
    found = set(reports.cells.loc[reports.cells["row"] == code, "match"])
    assert found == {match} if match else found <= {"exact", "close"}
    if found == {"close"}:
        assert reports.problems["what"].str.contains(label.split("\n")[0], regex=False).any()


@pytest.mark.parametrize("label", ["属于", "政府信息公开", "其他情况说明", "危及"])
def test_a_label_that_could_be_several_rows_or_none_is_listed_and_given_to_none(
    label: str, tmp_path: Path
) -> None:
    sheet = drawn_sheet(random.Random(6), EDITIONS)
    page = print_html(sheet).decode().replace("1.属于国家秘密</td>", f"{label}</td>")
    reports = read(tmp_path, page.encode())
    known = {k: v for k, v in printed(sheet).items() if k[1] != "denied.state_secret"}
    found = figures(reports)
    assert {key: found[key] for key in known} == known
    assert reports.cells.loc[reports.cells["row"] == "denied.state_secret", "value"].isna().all()
    (stray,) = reports.problems.loc[reports.problems["what"].str.contains("is not read"), "what"]
    assert label in stray


def test_a_header_cell_parted_in_two_is_one_column(tmp_path: Path) -> None:
    sheet = drawn_sheet(random.Random(6), EDITIONS)
    noise = Noise(misprints={"商业企业": "商业 企业", "科研机构": "科研\n机构"})
    assert figures(read(tmp_path, print_html(sheet, noise))) == printed(sheet)


@pytest.mark.parametrize(
    ("first", "rest"),
    [("2.其他", "法律行政法规禁止公开"), ("3.其", "他"), ("1.属于国", "家秘密")],
)
def test_a_label_broken_behind_its_figures_is_never_that_of_another_row(
    first: str, rest: str, tmp_path: Path
) -> None:
    sheet = drawn_sheet(random.Random(6), EDITIONS)
    lines = print_text(sheet, "lines").decode().splitlines()
    broken = []
    for line in lines:
        if first + rest in line:
            before, _, behind = line.partition(first + rest)
            broken += [f"{before}{first}{behind}", rest]
        else:
            broken.append(line)
    assert len(broken) > len(lines)
    known, found = printed(sheet), figures(read(tmp_path, "\n".join(broken).encode()))
    assert {k: v for k, v in found.items() if v is not None and v != known[k]} == {}


def test_cells_that_an_extractor_dropped_leave_their_row_unread_and_listed(tmp_path: Path) -> None:
    sheet = drawn_sheet(random.Random(6), EDITIONS)
    lines = print_text(sheet, "lines").decode().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("行政规范性文件"))
    lines[at] = "行政规范性文件 7 99"
    reports = read(tmp_path, "\n".join(lines).encode())
    cells = reports.cells.set_index("row")
    assert pd.isna(cells.loc["normative_document", "value"]).all()
    assert reports.problems["what"].str.contains("行政规范性文件").any()
