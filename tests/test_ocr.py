"""Scans and pictures: what OCR sees counts only where the sums of the form prove it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import gxtools as gx
from gxtools.cells import OCR, Key, Reading
from gxtools.document import Document, Paragraph
from gxtools.errors import FormatError, MissingExtraError
from gxtools.forms import load_form
from gxtools.readers import ocr, pdf, picture
from gxtools.scans import keep_proven
from tests import typeset
from tests.press import Sheet, drawn_sheet, values
from tests.press_scan import print_scan, save

needs_ocr = pytest.mark.skipif(
    not ocr.is_installed(), reason='rapidocr is not here: pip install "gxtools[ocr]"'
)
NEWEST = {"proactive": "2021", "applications": "2021", "disputes": "2021"}
SHEET = drawn_sheet(random.Random(1), NEWEST)
BLANK = drawn_sheet(random.Random(2), NEWEST, blank_zeros=True)
Write = Callable[[str, bytes], Path]


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    def write(name: str, data: bytes) -> Path:
        file = tmp_path_factory.mktemp("scans") / name
        file.write_bytes(data)
        return file

    return write


def cells_of(reports: gx.Reports) -> pd.DataFrame:
    return reports.cells.set_index(["table", "row", "column"])


def wrong(reports: gx.Reports, sheet: Sheet) -> list[Key]:
    """The cells that were read as something else than was printed, blanks too."""
    cells, known = cells_of(reports), values(sheet)
    read = {key: cells["value"][key] for key in known if key in cells.index}
    figures = [key for key, x in read.items() if not pd.isna(x) and x != known[key]]
    return figures + [
        key for key in read if cells["kind"][key] == "blank" and known[key] is not None
    ]


def unread(reports: gx.Reports, table: str, sheet: Sheet) -> list[Key]:
    cells, known = cells_of(reports), values(sheet)
    return [
        k for k in known if k[0] == table and pd.isna(cells["value"][k]) and known[k] is not None
    ]


@pytest.fixture(scope="module")
def scan(write: Write) -> gx.Reports:
    """Two pages, one a table: section 二, which is in no sum, and section 四."""
    return gx.read(write("scan.pdf", save(print_scan(SHEET, only=[2, 4]))))


@needs_ocr
class TestScannedPDF:
    def test_every_figure_that_takes_part_in_sums_is_read(self, scan: gx.Reports) -> None:
        assert wrong(scan, SHEET) == []
        assert unread(scan, "disputes", SHEET) == []

    def test_figures_in_no_sum_do_not_count_and_are_listed_as_seen(self, scan: gx.Reports) -> None:
        part = scan.cells[scan.cells["table"] == "proactive"]
        assert part["value"].isna().all() and (part["kind"] == "missing").all()
        (raw,) = part.loc[part["row"] == "penalty", "raw"]
        assert raw == SHEET.figure("proactive", "penalty", "decisions")
        listed = scan.problems[scan.problems["what"].str.contains("proactive / penalty")]
        assert listed["what"].str.contains(repr(raw)).all()
        assert list(listed["where"]) == list(part.loc[part["row"] == "penalty", "place"])

    def test_every_cell_says_that_it_was_seen_by_ocr_and_where(self, scan: gx.Reports) -> None:
        seen = scan.cells[scan.cells["table"] != "applications"]
        assert set(seen["match"]) == {"ocr"}
        assert seen["place"].str.match(r"page [12], table [12], row \d+, column \d+$").all()
        assert list(scan.index["format"]) == ["pdf (ocr)"]
        assert list(scan.index["found"]) == [15]

    def test_whose_report_it_is_is_told(self, scan: gx.Reports) -> None:
        (told,) = scan.index[["agency", "year"]].to_dict("records")
        assert told == {"agency": SHEET.agency, "year": SHEET.year}

    def test_the_sums_hold(self, scan: gx.Reports) -> None:
        findings = gx.check(scan)
        assert set(findings.loc[findings["table"] == "disputes", "verdict"]) == {"holds"}


@needs_ocr
def test_a_worn_oblique_scan_with_blanks_for_zeros_is_read(write: Write) -> None:
    pages = print_scan(BLANK, only=[3], noise=12, slant=0.8)
    reports = gx.read(write("worn.tiff", save(pages, "TIFF")))
    assert wrong(reports, BLANK) == []
    assert unread(reports, "applications", BLANK) == []
    assert list(reports.index["format"]) == ["tiff (ocr)"]
    part = reports.cells[reports.cells["table"] == "applications"]
    assert set(part.loc[part["value"].isna(), "kind"]) == {"blank"}


@needs_ocr
@pytest.mark.parametrize("edition", [name for name in gx.editions() if name != "2021"])
def test_a_grainy_scan_of_an_older_edition_gives_no_wrong_figure(
    edition: str, write: Write
) -> None:
    table = "applications" if edition == "2019" else "annex"
    sheet = drawn_sheet(random.Random(3), {table: edition})
    reports = gx.read(write("older.pdf", save(print_scan(sheet, noise=6))))
    assert wrong(reports, sheet) == []
    assert f"{table}={edition}" in reports.index["editions"].iat[0].split()
    # The figures in no sum, and those that were not seen, are listed.
    lost = unread(reports, table, sheet)
    assert not lost or reports.problems["what"].str.contains("not proved by a sum|could be").any()
    assert len(lost) < len(values(sheet)) or edition == "2014"  # one column, in hardly any sum


@needs_ocr
def test_a_sum_that_does_not_hold_takes_its_figures_with_it(write: Write) -> None:
    key = ("disputes", "review", "other")
    spoiled = replace(SHEET, figures={**SHEET.figures, key: str(int(SHEET.figures[key]) + 1)})
    reports = gx.read(write("broken.png", save(print_scan(spoiled, only=[4]), "PNG")))
    part = reports.cells[reports.cells["table"] == "disputes"].set_index("row")["value"]
    assert part["review"].isna().all()
    assert part["litigation_direct"].notna().all()
    assert reports.problems["what"].str.contains("disputes / review").any()


@needs_ocr
def test_digits_too_small_to_be_told_apart_do_not_count(write: Write) -> None:
    pages = print_scan(SHEET, dpi=70, only=[4])
    reports = gx.read(write("coarse.pdf", save(pages, dpi=70)))
    assert reports.cells["value"].isna().all()
    assert reports.problems["what"].str.contains("too small to be told apart").any()


@needs_ocr
def test_the_pages_of_a_real_report_as_pictures_give_no_wrong_figure(
    shared: Path, originals: gx.Reports, write: Write
) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(shared / "reports/hongze_2024.pdf") as document:
        pages = [document[n].render(scale=200 / 72, grayscale=True).to_pil() for n in (2, 3)]
    scan = cells_of(gx.read(write("hongze.pdf", save(pages))))
    (report,) = originals.index.loc[
        originals.index["file"].str.endswith("hongze_2024.pdf"), "report"
    ]
    printed = cells_of(originals.only([report]))["value"]
    read = scan["value"].dropna()
    assert (read == printed[read.index]).all()
    assert {table for table, *_ in read.index} == {"applications", "disputes"}
    assert len(read) == 161 + 15


@needs_ocr
def test_a_picture_without_text_is_told(write: Write) -> None:
    with pytest.raises(FormatError, match=r"a PNG picture.*OCR sees no text"):
        gx.read(write("white.png", save([Image.new("L", (800, 600), 255)], "PNG")))


@needs_ocr
def test_a_table_whose_lines_have_gaps_is_not_read(write: Write) -> None:
    (page,) = print_scan(SHEET, only=[4])
    dots = np.array(page)
    dots[:, 600:640] = np.where(dots[:, 600:640] < 128, 255, dots[:, 600:640])
    reports = gx.read(write("gaps.png", save([Image.fromarray(dots)], "PNG")))
    assert wrong(reports, SHEET) == []


@needs_ocr
def test_read_all_gives_a_scan_the_time_and_memory_that_it_needs(write: Write) -> None:
    file = write("a.png", save(print_scan(SHEET, only=[4]), "PNG"))
    reports = gx.read_all(file, progress=False)
    assert unread(reports, "disputes", SHEET) == []


class TestWithout:
    """Without the library, whatever this environment has."""

    @pytest.fixture(autouse=True)
    def hide(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "is_installed", lambda: False)

    @pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
    def test_a_picture_is_told_with_the_line_that_installs_it(
        self, write: Write, format: str
    ) -> None:
        data = save([Image.new("L", (40, 30), 255)], format)
        with pytest.raises(
            MissingExtraError, match=rf'(?i)a {format} picture.*pip install "gxtools\[ocr\]"'
        ):
            gx.read(write("a.dat", data))

    def test_a_scan_is_told_with_the_line_that_installs_it(self, write: Write) -> None:
        data = save([Image.new("L", (400, 300), 128)])
        with pytest.raises(MissingExtraError, match=r'is a scan.*pip install "gxtools\[ocr\]"'):
            gx.read(write("scan.pdf", data))

    def test_text_that_a_scanner_laid_invisibly_over_its_picture_is_marked_as_ocr(self) -> None:
        paper = typeset.Sheet().picture(0, 0, 595, 842).text(60, 60, "三、申请 12", extra="3 Tr")
        (line,) = pdf.read("scan.pdf", typeset.typeset(paper)).paragraphs()
        assert line.ocr
        shown = typeset.Sheet().picture(0, 0, 595, 842).text(60, 60, "三、申请 12")
        (line,) = pdf.read("page.pdf", typeset.typeset(shown)).paragraphs()
        assert not line.ocr

    def test_the_error_is_one_of_format_too(self, write: Write) -> None:
        with pytest.raises(FormatError):
            gx.read(write("a.png", save([Image.new("L", (40, 30), 255)], "PNG")))


class TestPictures:
    def test_a_damaged_picture_is_told(self, write: Write) -> None:
        data = save([Image.effect_noise((300, 300), 80)], "PNG")
        with pytest.raises(FormatError, match="a PNG picture, but damaged"):
            gx.read(write("a.png", data[: len(data) // 2]))

    def test_a_picture_beyond_the_limits_is_refused(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(picture, "MAX_PIXELS", 1000)
        with pytest.raises(FormatError, match="over 1,000 dots"):
            gx.read(write("a.png", save([Image.new("L", (40, 30), 255)], "PNG")))

    def test_a_tiff_of_too_many_pages_is_refused(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(picture, "MAX_PAGES", 2)
        with pytest.raises(FormatError, match="or 2 pages"):
            gx.read(write("a.tiff", save([Image.new("L", (40, 30), 255)] * 3, "TIFF")))


class TestProof:
    """Figures that OCR saw, and the sums of the form."""

    TABLE = load_form("2021").table("disputes")

    def seen(self, **changed: str) -> dict[Key, Reading]:
        """The cells of one route: 1 + 2 + 0 + 0 = 3, but for those changed."""
        row = {"upheld": "1", "corrected": "2", "other": "0", "pending": "0", "total": "3"}
        row |= changed
        return {
            ("disputes", "review", column): Reading(
                None if raw in ("", "/", "?") else Decimal(raw),
                {"": "blank", "/": "slash", "?": "missing"}.get(raw, "number"),
                raw, "page 1", OCR,
            )
            for column, raw in row.items()
        }  # fmt: skip

    def kept(self, cells: dict[Key, Reading]) -> list[str]:
        proven, notes = keep_proven(cells, [self.TABLE])
        unproven = [key for key, reading in proven.items() if reading.kind == "missing"]
        assert bool(notes) == bool(unproven)
        return [key[2] for key in cells if key not in unproven]

    def test_figures_whose_sum_holds_count(self) -> None:
        assert len(self.kept(self.seen())) == 5

    @pytest.mark.parametrize("sign", ["", "/"])
    def test_a_sign_for_nothing_adds_up_as_zero_and_stays_itself(self, sign: str) -> None:
        cells, _ = keep_proven(self.seen(other=sign, pending=sign), [self.TABLE])
        assert len(self.kept(self.seen(other=sign))) == 5
        assert cells["disputes", "review", "other"].value is None
        assert cells["disputes", "review", "other"].kind in ("blank", "slash")

    @pytest.mark.parametrize("changed", [{"total": "8"}, {"upheld": ""}, {"other": "?"}])
    def test_none_counts_where_the_sum_fails_or_lacks_one(self, changed: dict[str, str]) -> None:
        assert self.kept(self.seen(**changed)) == []

    def test_none_counts_where_a_cell_of_the_sum_is_not_printed(self) -> None:
        cells = self.seen()
        del cells["disputes", "review", "pending"]
        assert self.kept(cells) == []

    def test_all_sums_of_a_cell_must_hold(self) -> None:
        table = load_form("2021").table("applications")
        cells = {
            (table.id, row, column): Reading(Decimal(0), "number", "0", "page 1", OCR)
            for row, column in table.cells()
        }
        key = (table.id, "granted", "business")
        cells[key] = cells[key]._replace(value=Decimal(1))
        proven, _ = keep_proven(cells, [table])
        lost = {key[1:] for key, reading in proven.items() if reading.kind == "missing"}
        assert {("granted", "natural_person"), ("partial", "business")} <= lost
        assert ("partial", "natural_person") not in lost

    def test_figures_read_from_text_are_never_touched(self) -> None:
        cells = {key: r._replace(match="exact") for key, r in self.seen(total="9").items()}
        assert keep_proven(cells, [self.TABLE]) == (cells, [])

    def test_figures_in_lines_of_text_on_a_picture_never_count(self) -> None:
        row = load_form("2021").table("applications").rows[0].printed
        words = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
        lines = ["三、收到和处理政府信息公开申请情况", words, f"{row} 1 0 0 0 0 0 1"]
        text = gx.recognise(Document("a", "pdf", tuple(map(Paragraph, lines))))
        seen = gx.recognise(Document("a", "pdf", tuple(Paragraph(t, ocr=True) for t in lines)))
        key = ("applications", "received", "total")
        assert (text.cells[key].value, seen.cells[key].value) == (1, None)
