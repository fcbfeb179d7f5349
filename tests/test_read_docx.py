"""Word -> Document: what Word prints, cell by cell; no archive is opened before it is weighed."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.document import Document, Paragraph
from gxtools.errors import FormatError
from gxtools.readers import archive, docx

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:x="urn:other"'
)
CORE = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></c>'


def packed(members: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return data.getvalue()


def word(body: str, namespace: str = MAIN, **more: str) -> bytes:
    document = f'<w:document xmlns:w="{namespace}" {OTHERS}><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document, **more})


def read(body: str, namespace: str = MAIN) -> Document:
    return docx.read("report.docx", word(body, namespace))


def texts(body: str) -> list[str | list[list[str]]]:
    """The blocks in order: a paragraph as its text, a table as the texts of its rows."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row] for row in block.rows()]
        for block in read(body).blocks
    ]


def run(text: str, style: str = "") -> str:
    return f"<w:r><w:rPr>{style}</w:rPr><w:t>{text}</w:t></w:r>"


def par(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(content: str, style: str = "") -> str:
    """A cell with this text, or with this content where it is Word's own."""
    inner = content if content.startswith("<") else par(run(content))
    return f"<w:tc><w:tcPr>{style}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, style: str = "") -> str:
    return f"<w:tr><w:trPr>{style}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def wide(span: int) -> str:
    return f'<w:gridSpan w:val="{span}"/>'


FIRST, NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


class TestTables:
    def test_spans_are_derived_from_word_s_own_marks(self) -> None:
        body = table(
            row(cell("项目"), cell("数量", wide(2))),
            row(cell("甲", FIRST), cell("1"), cell("20")),
            row(cell("", NEXT), cell("2"), cell("30")),
            row(cell("乙"), cell("3"), cell("")),
        )
        (grid,) = read(body).grids()
        assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == [
            *(("项目", 0, 0, 1, 1), ("数量", 0, 1, 1, 2)),
            *(("甲", 1, 0, 2, 1), ("1", 1, 1, 1, 1), ("20", 1, 2, 1, 1)),
            *(("2", 2, 1, 1, 1), ("30", 2, 2, 1, 1)),
            *(("乙", 3, 0, 1, 1), ("3", 3, 1, 1, 1), ("", 3, 2, 1, 1)),
        ]

    def test_a_new_merge_ends_the_one_above(self) -> None:
        merged = row(cell("甲", FIRST), cell("1")), row(cell("", NEXT), cell("2"))
        (grid,) = read(table(*merged, row(cell("乙", FIRST), cell("3")))).grids()
        assert [(c.text, c.rowspan) for c in grid.cells if c.column == 0] == [("甲", 2), ("乙", 1)]

    def test_a_continuation_of_nothing_is_a_cell(self) -> None:
        assert texts(table(row(cell("甲", NEXT), cell("1")))) == [[["甲", "1"]]]

    def test_a_row_that_begins_further_right_keeps_its_columns(self) -> None:
        before = '<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'
        (grid,) = read(table(row(cell("9"), style=before))).grids()
        assert [(c.text, c.column) for c in grid.cells] == [("9", 2)]

    def test_content_controls_are_seen_through(self) -> None:
        def control(content: str) -> str:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

        body = control(table(control(row(control(cell("甲")), cell(control(par(run("1"))))))))
        assert texts(body) == [[["甲", "1"]]]

    def test_a_table_within_a_cell_follows_its_table(self) -> None:
        inner = table(row(cell("内"), cell("7")))
        body = table(row(cell("甲"), cell(par(run("1")) + inner + par()))) + par(run("后"))
        assert texts(body) == [[["甲", "1"]], [["内", "7"]], "后"]
        assert [grid.number for grid in read(body).grids()] == [1, 2]

    def test_blocks_stand_in_order(self) -> None:
        body = par(run("一、")) + table(row(cell("甲"))) + par() + par(run("二、"))
        assert texts(body) == ["一、", [["甲"]], "二、"]

    def test_the_strict_edition_of_the_format_reads_the_same(self) -> None:
        body = par(run("一、")) + table(row(cell("甲"), cell("1", wide(2))))
        assert read(body, STRICT) == read(body)

    def test_a_table_beyond_any_form_is_noted_not_read(self) -> None:
        document = read(table(*[row(cell("1"))] * (docx.MAX_ROWS + 1)) + par(run("后")))
        assert [p.text for p in document.paragraphs()] == ["后"] and not list(document.grids())
        assert [(note.severity, note.where) for note in document.notes] == [("error", "table 1")]

    @settings(max_examples=30, deadline=None)
    @given(st.data())
    def test_any_table_of_words_is_read_back(self, data: st.DataObject) -> None:
        width = data.draw(st.integers(1, 8))
        value = st.text("0123456789./-甲乙 ", max_size=8).map(str.strip)
        line = st.lists(value, min_size=width, max_size=width)
        rows = data.draw(st.lists(line, min_size=1, max_size=8))
        assert texts(table(*(row(*map(cell, line)) for line in rows))) == [rows]


class TestText:
    @pytest.mark.parametrize(
        ("printed", "content"),
        [
            ("12", run("1") + run("2")),
            ("1 2", run("1") + "<w:r><w:tab/></w:r>" + run("2")),
            ("1\n2", run("1") + "<w:r><w:br/></w:r>" + run("2")),
            ("-5", "<w:r><w:noBreakHyphen/><w:t>5</w:t></w:r>"),
            ("2", "<w:del><w:r><w:delText>1</w:delText></w:r></w:del>" + run("2")),
            ("2", f"<w:del>{run('1')}</w:del>" + run("2")),
            ("2", f"<w:moveFrom>{run('1')}</w:moveFrom>" + run("2")),
            ("12", f"<w:ins>{run('1')}</w:ins>" + run("2")),
            ("2", run("1", "<w:vanish/>") + run("2")),
            ("12", run("1", '<w:vanish w:val="false"/>') + run("2")),
            ("7", "<w:r><w:instrText>SUM(ABOVE) 9</w:instrText></w:r>" + run("7")),
            ("5", "<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>"),
            ("甲", '<w:r><w:sym w:char="F0FC"/></w:r>' + run("甲")),
            ("甲", run("甲") + "<w:r><w:footnoteReference w:id='1'/></w:r>"),
            ("甲", run("甲") + "<!-- 1 --><?p 2?>"),
            ("甲", f"<w:ruby><w:rt>{run('1')}</w:rt><w:rubyBase>{run('甲')}</w:rubyBase></w:ruby>"),
        ],
    )
    def test_a_cell_holds_what_is_printed(self, printed: str, content: str) -> None:
        assert texts(table(row(cell(par(content))))) == [[[printed]]]

    def test_paragraphs_of_a_cell_are_lines(self) -> None:
        assert texts(table(row(cell(par(run("商业")) + par() + par(run("企业")))))) == [
            [["商业\n企业"]]
        ]

    @pytest.mark.parametrize(
        ("marked", "style"),
        [
            ("12^3", '<w:vertAlign w:val="superscript"/>'),
            ("12~3~", "<w:strike/>"),
            ("12~3~", "<w:dstrike/>"),
        ],
    )
    def test_a_raised_or_struck_digit_does_not_join_the_figure(
        self, marked: str, style: str
    ) -> None:
        assert texts(table(row(cell(par(run("12"), run("3", style)))))) == [[[marked]]]

    def test_a_digit_in_a_symbol_font_is_no_digit(self) -> None:
        body = table(row(cell(par(run("1"), '<w:r><w:sym w:char="F032"/></w:r>'))))
        assert texts(body) == [[["1\ufffd"]]]

    def test_deleted_and_hidden_rows_and_cells_are_not_printed(self) -> None:
        body = table(
            row(cell("甲"), cell("1"), cell("2", "<w:cellDel/>")),
            row(cell("乙"), cell("3"), style="<w:del/>"),
            row(cell("丙"), cell("4"), style="<w:hidden/>"),
            row(cell("丁"), cell("5"), style="<w:ins/>"),
        )
        assert texts(body) == [[["甲", "1"], ["丁", "5"]]]

    def test_a_text_box_is_printed_once_after_its_paragraph(self) -> None:
        box = (
            f"<w:drawing><x:box><w:txbxContent>{par(run('框'))}</w:txbxContent></x:box></w:drawing>"
        )
        both = (
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        )
        assert texts(par(run("甲"), f"<w:r>{both}</w:r>") + par(run("乙"))) == ["甲", "框", "乙"]

    def test_figures_in_a_text_box_over_a_cell_are_noted(self) -> None:
        box = f"<w:r><w:pict><w:txbxContent>{par(run('9'))}</w:txbxContent></w:pict></w:r>"
        document = read(table(row(cell("甲"), cell(par(box)))))
        assert texts(table(row(cell("甲"), cell(par(box))))) == [[["甲", ""]], "9"]
        assert [(note.severity, note.where) for note in document.notes] == [
            ("error", "table 1, row 1")
        ]

    @pytest.mark.parametrize("content", ["<w:altChunk/>", par("<w:r><w:object/></w:r>")])
    def test_what_is_embedded_and_not_read_is_noted(self, content: str) -> None:
        notes = read(par(run("甲")) + content).notes
        assert len(notes) == 1 and "not read" in notes[0].what and notes[0].advice


class TestMetadata:
    def test_the_title_is_kept_as_the_file_states_it(self) -> None:
        data = word(par(run("甲")), **{"docProps/core.xml": CORE.format(" 年度报告 ")})
        assert docx.read("report.docx", data).metadata == {"title": "年度报告"}

    def test_without_a_title_there_is_none(self) -> None:
        data = word(par(run("甲")), **{"docProps/core.xml": CORE.format("")})
        assert docx.read("report.docx", data).metadata == {}
        assert read(par(run("甲"))).metadata == {}


class TestFaults:
    def refused(self, data: bytes) -> str:
        with pytest.raises(FormatError) as caught:
            docx.read("report.docx", data)
        assert caught.value.where == "report.docx" and caught.value.advice
        return caught.value.what

    @pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.99])
    def test_a_file_cut_short_is_told(self, share: float) -> None:
        whole = word(table(*[row(cell(str(number))) for number in range(200)]))
        assert "cut short" in self.refused(whole[: int(len(whole) * share)])

    def test_a_damaged_member_is_told(self) -> None:
        data = bytearray(word(par(run("甲" * 50))))
        data[60:70] = b"\x00" * 10
        assert "damaged" in self.refused(bytes(data))

    def test_an_archive_that_is_no_word_file_is_told(self) -> None:
        assert "has no word/document.xml" in self.refused(packed({"a.txt": "1"}))

    def test_a_document_without_a_body_is_told(self) -> None:
        data = packed({"word/document.xml": f'<w:document xmlns:w="{MAIN}"/>'})
        assert "no body" in self.refused(data)

    def test_a_document_without_text_is_told(self) -> None:
        assert "no text" in self.refused(word(par()))

    @pytest.mark.parametrize("xml", ["<a>", "", "<a>" * 400 + "</a>" * 400])
    def test_xml_that_is_broken_or_nested_without_end_is_told(self, xml: str) -> None:
        assert "not well-formed" in self.refused(packed({"word/document.xml": xml}))

    def test_entities_are_refused_not_expanded(self) -> None:
        head = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        xml = f'{head}<w:document xmlns:w="{MAIN}"><w:body>{par(run("&a;"))}</w:body></w:document>'
        assert "entities" in self.refused(packed({"word/document.xml": xml}))

    def test_an_encrypted_member_is_told(self) -> None:
        data = bytearray(word(par(run("甲"))))
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            struct.pack_into("<H", data, data.index(mark) + flags, 1)
        assert "password" in self.refused(bytes(data))

    def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(self) -> None:
        data = packed({"word/document.xml": b"0" * 2_000_000})
        assert archive.MAX_RATIO * len(data) < 2_000_000
        assert "unpacks to 2000000 bytes" in self.refused(data)

    @pytest.mark.parametrize(
        ("limit", "value", "complaint"),
        [
            ("MAX_MEMBERS", 2, "over 2 members"),
            ("MAX_MEMBER_BYTES", 100, "unpacks to"),
            ("MAX_TOTAL_BYTES", 200, "the archive unpacks to"),
        ],
    )
    def test_an_archive_beyond_the_limits_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, complaint: str
    ) -> None:
        monkeypatch.setattr(archive, limit, value)
        data = packed({"word/document.xml": "1" * 110, "b": "2" * 60, "c": "3" * 60})
        assert complaint in self.refused(data)

    def test_a_member_that_lies_about_its_size_is_damaged(self) -> None:
        data = bytearray(word(par(run("甲" * 5000))))
        for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            struct.pack_into("<I", data, data.index(mark) + place, 50)
        assert "damaged" in self.refused(bytes(data))

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_member_that_is_there_twice_is_refused(self) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as zipped:
            for text in ("1", "2"):
                zipped.writestr("word/document.xml", text)
        assert "twice" in self.refused(data.getvalue())


class TestBlankForm:
    @pytest.fixture
    def document(self, shared: object) -> Document:
        path = f"{shared}/reports/template.docx"
        with open(path, "rb") as file:
            return docx.read(path, file.read())

    def test_it_has_the_three_tables(self, document: Document) -> None:
        assert [(grid.width, len(grid.rows())) for grid in document.grids()] == [
            *((4, 14), (10, 28), (15, 4))
        ]
        assert document.notes == ()

    def test_section_three_has_25_rows_of_7_blank_cells(self, document: Document) -> None:
        _, grid, _ = document.grids()
        blank = [[c for c in line if not c.text and c.colspan == 1] for line in grid.rows()]
        assert [len(line) for line in blank] == [0] * 3 + [7] * 25
        assert {c.column for line in blank for c in line} == set(range(3, 10))

    def test_the_labels_of_groups_span_their_rows(self, document: Document) -> None:
        _, grid, _ = document.grids()
        spans = [c.rowspan for c in grid.cells if c.column == 1 and c.rowspan > 1]
        assert spans == [8, 3, 5, 3]

    def test_the_six_sections_stand_before_and_after(self, document: Document) -> None:
        heads = [p.text[0] for p in document.paragraphs() if p.text[1:2] == "、"]
        assert heads == list("一二三四五六")
