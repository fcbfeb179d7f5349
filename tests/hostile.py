"""Files built to break those who read them: small on disk, made here, never stored.

`python -m tests.hostile [names]` prints the time and memory that each takes.
"""

from __future__ import annotations

import base64
import io
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl

from gxtools.readers.extent import MAX_BARS, MAX_SOURCE, MAX_TAGS
from tests.typeset import Sheet, typeset

TITLE = "示例市（合成数据）2024年政府信息公开工作年度报告"
_HEADER = (
    "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
)
_ROW = "<tr><td>行政规范性文件</td><td>1</td><td>0</td><td>9</td></tr>"
TABLE = f"<table>{_HEADER}<tr><td>规章</td><td>0</td><td>0</td><td>3</td></tr>{_ROW}</table>"
FIGURES = {
    ("proactive", "regulation", "issued"): 0.0,
    ("proactive", "regulation", "repealed"): 0.0,
    ("proactive", "regulation", "in_force"): 3.0,
    ("proactive", "normative_document", "issued"): 1.0,
    ("proactive", "normative_document", "repealed"): 0.0,
    ("proactive", "normative_document", "in_force"): 9.0,
}
_ENTITIES = (
    '<!DOCTYPE r [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_TEXT, _BOOK = "word/document.xml", "xl/workbook.xml"
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_RUN, _RUN_END = b"<w:p><w:r><w:t>", b"</w:t></w:r></w:p>"
_PARAGRAPH = _RUN + b"1" + _RUN_END
_CELL, _CELL_END = b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"
_BOX = b"<w:p><w:r><w:pict><w:txbxContent>"
_BOX_END = b"</w:txbxContent></w:pict></w:r></w:p>"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SST = f'<sst xmlns="{_CELLS}">'.encode()


def page(body: str) -> bytes:
    """A web page of a report with a table that can be read, and `body` behind it."""
    return f"<html><body><h1>{TITLE}</h1>{TABLE}{body}</body></html>".encode()


class Repeated(NamedTuple):
    """Bytes between which a piece is repeated: packed at once, however large they are."""

    piece: bytes
    count: int
    before: bytes = b""
    after: bytes = b""
    stated: int = 0  # the size that an archive gives, where it lies

    @property
    def size(self) -> int:
        return self.stated or len(self.before) + len(self.piece) * self.count + len(self.after)

    def packed(self) -> bytes:
        """Raw deflate: a block that refers to nothing before it may be repeated as it is."""
        blocks = []
        for data in (self.before, self.piece, self.after):
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            blocks.append(packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH))
        before, piece, after = blocks
        return before + piece * self.count + after + b"\x03\x00"


Member = bytes | Repeated


def package(members: Mapping[str, Member]) -> bytes:
    """A ZIP archive of these members, as an archiver writes it."""
    written, directory = io.BytesIO(), b""
    for name, data in members.items():
        if isinstance(data, bytes):
            data = Repeated(b"", 0, data)
        packed, place = data.packed(), written.tell()
        checksum = 0 if data.count else zlib.crc32(data.before)
        sizes = struct.pack("<HHIII", 0, 0x21, checksum, len(packed), data.size)
        head = b"\x14\x00\x00\x08\x08\x00" + sizes + struct.pack("<HH", len(name), 0)
        written.write(b"PK\x03\x04" + head + name.encode() + packed)
        directory += b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, place)
        directory += name.encode()
    place, count = written.tell(), len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), place, 0)
    return written.getvalue() + directory + b"PK\x05\x06" + end


def document(body: bytes, head: bytes = b"") -> bytes:
    """A Word file whose text is `body`."""
    return package({_TEXT: head + _document(body)})


def _document(body: bytes) -> bytes:
    return b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (_WORD.encode(), body)


def _numbered(count: int) -> bytes:
    return b"".join(_RUN + b"%d" % (number * 7919) + _RUN_END for number in range(count))


def words(
    piece: bytes, count: int, before: bytes = b"", after: bytes = b"", stated: int = 0
) -> bytes:
    """A Word file in whose text a piece is repeated."""
    start, end = _document(b"|").split(b"|")
    return package({_TEXT: Repeated(piece, count, start + before, after + end, stated)})


def workbook(members: Mapping[str, Member]) -> bytes:
    """A workbook that Excel would open, with some of its members replaced."""
    book = openpyxl.Workbook()
    book.active.append(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])  # type: ignore[union-attr]
    book.active.append(["规章", 0, 0, 3])  # type: ignore[union-attr]
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return package({**kept, **members})


def _sheet(cells: str, dimension: str = "A1:D9", rest: str = "") -> bytes:
    return (
        f'<worksheet xmlns="{_CELLS}"><dimension ref="{dimension}"/>'
        f"<sheetData>{cells}</sheetData>{rest}</worksheet>"
    ).encode()


def _sheet_of(cells: str, dimension: str = "A1:D9", rest: str = "") -> bytes:
    return workbook({_SHEET: _sheet(cells, dimension, rest)})


def stream_bomb(megabytes: int, times: int = 1, checksum: bytes = b"") -> bytes:
    """A PDF page whose drawing is packed a thousandfold, or the same packed again."""
    checksum = checksum or struct.pack(">I", zlib.adler32(b" " * 1_000_000 * megabytes))
    packed = b"\x78\xda" + Repeated(b" " * 1_000_000, megabytes).packed() + checksum
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    filters = b"[" + b"/FlateDecode" * times + b"]"
    return _pdf(b"<</Filter%s/Length %%d>>stream\n%%s\nendstream" % filters, packed)


def lzw_codes(codes: Iterable[int]) -> bytes:
    """LZW: the codes in bits, as many as the table that they fill asks for."""
    bits, size, width = [], 258, 9
    for code in codes:
        bits.append(f"{code:0{width}b}")
        size = 257 if code == 256 else min(size + 1, 4095)
        width = max(min((size + 1).bit_length(), 12), 9)
    line = "".join(bits)
    length = -(-len(line) // 8)
    return int(line.ljust(8 * length, "0"), 2).to_bytes(length, "big")


def lzw_bomb(length: int = 700, times: int = 0) -> bytes:
    """Spaces: one, two, three and so on, and then the last so many times."""
    return lzw_codes([256, 32, *range(258, 258 + length), *[257 + length] * times])


def _packed_pdf(filters: bytes, content: bytes) -> bytes:
    return _pdf(b"<</Filter%s/Length %%d>>stream\n%%s\nendstream" % filters, content)


def _pdf(stream: bytes, content: bytes, box: str = "0 0 595 842", more: bytes = b"") -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s>>" % (box.encode(), more),
        stream % (len(content), content),
    ]
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>" % table
    return written + b"\nstartxref\n%d\n%%%%EOF\n" % start


def many_lines(count: int) -> bytes:
    """A PDF page with so many rulings."""
    sheet = Sheet().text(60, 60, "1")
    for number in range(count):
        sheet.drawn.append(f"{number % 595} 0 m {number % 595} {1 + number % 840} l S")
    return typeset(sheet)


def deep_pages(depth: int) -> bytes:
    """A PDF whose tree of pages is a chain."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 3) for n in range(depth)]
    objects += [b"<</Type/Page/MediaBox[0 0 595 842]/Parent %d 0 R>>" % (depth + 1)]
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return written + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def _attributes(count: int, value: str = "=1") -> str:
    return " ".join(f"a{n}{value}" for n in range(count))


def _blocks(count: int) -> str:
    cell = '<td colspan="1000" rowspan="65534">1</td>'
    return "<table>" + ("<tr>" + cell * 20 + "</tr>") * count + "</table>"


def _zip_of_zips() -> bytes:
    """Forty archives in an archive: nothing but unpacking them all would tell what they hold."""
    inner = package({"bomb": Repeated(b"0" * 1_000_000, 200)})
    return package({f"layer{n}.zip": inner for n in range(40)})


def below(piece: str) -> str:
    """As many of these pieces as a page or text may just hold."""
    counts = [MAX_SOURCE * 0.98 / len(piece.encode())]
    for mark, most in (("<", MAX_TAGS), ("|", MAX_BARS)):
        counts += [most * 0.98 / piece.count(mark)] if mark in piece else []
    return piece * int(min(counts))


HOSTILE: dict[str, Callable[[], bytes]] = {
    # web pages beyond what is read
    "deep.html": lambda: page("<div>" * 100_000),
    "deep_inline.html": lambda: page("<b>" * 100_000 + "x"),
    "deep_tables.html": lambda: page("<table><tr><td>" * 3_000 + "1"),
    "attributes.html": lambda: page(f"<div {_attributes(200_000)}>x</div>"),
    "attributes_quoted.html": lambda: page(f"<div title='>' {_attributes(200_000)}>x</div>"),
    "attributes_bare.html": lambda: page(f"<div {_attributes(200_000, '')}>x</div>"),
    "text_node.html": lambda: page("<p>" + "字" * 20_000_000 + "</p>"),
    "text_node_ascii.html": lambda: page("<p>" + "x" * 39_000_000 + "</p>"),
    # web pages that are read, or nearly
    "nested.html": lambda: page("<div>" * 2_000 + TABLE + "</div>" * 2_000),
    "colspan.html": lambda: page('<table><tr><td colspan="100000000">1</td></tr></table>'),
    "spans.html": lambda: page(_blocks(200)),
    "attributes_many.html": lambda: page(below(f"<div {_attributes(400)}>x</div>")),
    "text_cell.html": lambda: page(f"<table><tr><td>1</td><td>{below('9')}</table>"),
    "digits.html": lambda: page(f"<table><tr><td>规章</td><td>{below('1')}</table>"),
    "rows.html": lambda: page(f"<table>{below('<tr><td>1<td>2')}</table>"),
    "cells.html": lambda: page(f"<table><tr>{below('<td>1')}</table>"),
    "columns.html": lambda: page(f"<table>{below('<tr>' + '<td>1' * 64)}</table>"),
    "tables.html": lambda: page(below("<table><tr><td>1<td>2</table>")),
    "forms.html": lambda: page(below(TABLE)),
    "labels.html": lambda: page(f"<table>{below(_ROW)}</table>"),
    "close_labels.html": lambda: page(f"<table>{_HEADER}{below(_ROW.replace('性', '惟'))}</table>"),
    "paragraphs.html": lambda: page(below("<p>1")),
    "open_tags.html": lambda: page(below("<")),
    "open_quote.html": lambda: page('<a href="' + below("x")),
    "comment.html": lambda: page("<!--" + below("-")),
    "comments.html": lambda: page(below("<!--")),
    "entities.html": lambda: page(below("&lt;")),
    "scripts.html": lambda: page(below("<script>")),
    "headings.html": lambda: page(below("<p>一、总体情况</p>")),
    "titles.html": lambda: page(below(f"<p>{TITLE}</p>")),
    "titles_one_line.html": lambda: page(f"<p>{below(TITLE)}</p>"),
    "places.html": lambda: page(f"<p>{below('江苏省南京市朝阳区')}</p>"),
    "numbers.html": lambda: page(f"<p>{below('1 ')}</p>"),
    "number_lines.html": lambda: page(below("<p>1 0 3 4 5 6 7 8 9 0 1 2</p>")),
    "spaces.html": lambda: page(f"<p>x{below(' ')}x</p>"),
    "meta.html": lambda: page(below("<meta name='a' content='b'>")),
    # text
    "lines.txt": lambda: "规章 0 0 3\n".encode() * 49_000,
    "lines_many.txt": lambda: "规章 0 0 3\n".encode() * 2_000_000,
    "pipes.txt": lambda: below("|").encode(),
    "pipe_lines.txt": lambda: ("|" * 4 + "\n").encode() * 49_000,
    "pipe_rows.txt": lambda: below("规章 |" + "1 |" * 100 + "\n").encode(),
    "one_line.txt": lambda: "规章 ".encode() + below("1 ").encode(),
    "rules.txt": lambda: below("|" + "---|" * 2_000 + "x\n").encode(),
    "spaces.txt": lambda: b"x" + below(" ").encode() + b"x",
    "commas.csv": lambda: below("1,").encode(),
    "comma_lines.csv": lambda: below("1,2,3\n").encode(),
    "quotes.csv": lambda: b"a,b,c\n" + below('"').encode(),
    "zeros.bin": lambda: b"\x00" * 39_000_000,
    "too_large.txt": lambda: b"x" * 60_000_000,
    "gbk.txt": lambda: ("规章 0 0 3 " + below("政").replace("政", "政府", 9)).encode("gbk"),
    # Word
    "gigabyte.docx": lambda: words(_PARAGRAPH * 30_000, 1_000),
    "text_node.docx": lambda: words(b"0" * 1_000_000, 1_000, _RUN, _RUN_END),
    "packed_49_mb.docx": lambda: words(b"0" * 1_000_000, 49, _RUN, _RUN_END),
    "lying_size.docx": lambda: words(b"0" * 1_000_000, 1_000, _RUN, _RUN_END, stated=90_000),
    "noise.docx": lambda: document(_numbered(1_000_000)),
    "paragraphs.docx": lambda: document(_numbered(160_000)),
    "entities.docx": lambda: document(b"<w:p>&a9;</w:p>", _ENTITIES.replace(" r ", " w ").encode()),
    "outside.docx": lambda: document(
        b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
        b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ),
    "deep.docx": lambda: document(b"<w:sdt>" * 20_000 + b"</w:sdt>" * 20_000),
    "deep_sdt.docx": lambda: document(b"<w:sdt>" * 250 + _PARAGRAPH + b"</w:sdt>" * 250),
    "deep_tables.docx": lambda: document(_CELL * 84 + _PARAGRAPH + _CELL_END * 84),
    "deep_boxes.docx": lambda: document(_BOX * 49 + _PARAGRAPH + _BOX_END * 49),
    "spans.docx": lambda: document(
        b"<w:tbl>"
        + b"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr>" * 50
        + b"</w:tbl>"
    ),
    "cells.docx": lambda: document(
        b"<w:tbl><w:tr>" + b"<w:tc><w:p/></w:tc>" * 50_000 + b"</w:tr></w:tbl>"
    ),
    "tables.docx": lambda: document((_CELL + _PARAGRAPH + _CELL_END) * 60_000),
    "attributes.docx": lambda: document(f"<w:p {_attributes(200_000)}/>".encode()),
    "members.docx": lambda: package({f"m{n}": b"" for n in range(20_000)}),
    "zip_of_zips.docx": _zip_of_zips,
    # Excel
    "far_cell.xlsx": lambda: _sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "A1:XFD1048576",
    ),
    "far_cell_alone.xlsx": lambda: _sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "far_row.xlsx": lambda: _sheet_of('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
    "far_merge.xlsx": lambda: _sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        rest='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
    "merges.xlsx": lambda: _sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        rest="<mergeCells>" + '<mergeCell ref="A1:KN2000"/>' * 3_000 + "</mergeCells>",
    ),
    "strings.xlsx": lambda: workbook(
        {_STRINGS: Repeated(b"<si><t>0</t></si>" * 60_000, 1_000, _SST, b"</sst>")}
    ),
    "strings_node.xlsx": lambda: workbook(
        {_STRINGS: Repeated(b"0" * 1_000_000, 49, _SST + b"<si><t>", b"</t></si></sst>")}
    ),
    "strings_noise.xlsx": lambda: workbook(
        {_STRINGS: _SST + b"".join(b"<si><t>%d</t></si>" % (n * 7919) for n in range(900_000))}
    ),
    "lying_strings.xlsx": lambda: workbook(
        {_STRINGS: Repeated(b"0" * 1_000_000, 1_000, _SST + b"<si><t>", b"</t></si></sst>", 9_000)}
    ),
    "lying_styles.xlsx": lambda: workbook(
        {_STYLES: Repeated(b"0" * 1_000_000, 1_000, b"<styleSheet>", b"</styleSheet>", 9_000)}
    ),
    "lying_sheet.xlsx": lambda: workbook(
        {_SHEET: Repeated(b"0" * 1_000_000, 1_000, b"<worksheet>", b"</worksheet>", 9_000)}
    ),
    "rows.xlsx": lambda: _sheet_of(
        "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(1, 700_000))
    ),
    "entities.xlsx": lambda: workbook({_BOOK: (_ENTITIES + "<r>&a9;</r>").encode()}),
    "gigabyte.xlsx": lambda: workbook(
        {_SHEET: Repeated(b"<row><c><v>1</v></c></row>" * 40_000, 1_000)}
    ),
    "deep.xlsx": lambda: _sheet_of("<row>" * 50_000),
    # PDF
    "stream.pdf": lambda: stream_bomb(1_000, checksum=b"0000"),
    "stream_twice.pdf": lambda: stream_bomb(300, times=2),
    "stream_five_times.pdf": lambda: stream_bomb(300, times=5),
    "stream_50_mb.pdf": lambda: stream_bomb(50),
    "stream_damaged.pdf": lambda: stream_bomb(50, checksum=b"0000"),
    "stream_lzw.pdf": lambda: _packed_pdf(b"/LZWDecode", lzw_bomb(3_837, 200_000)),
    "stream_lzw_15_mb.pdf": lambda: _packed_pdf(b"/LZWDecode", b"\x80\x0b\x60\x50" * 4_000_000),
    "stream_runs.pdf": lambda: _packed_pdf(b"/RunLengthDecode", b"\x81 " * 1_000_000),
    "stream_85.pdf": lambda: _packed_pdf(
        b"[/ASCII85Decode/FlateDecode]", base64.a85encode(zlib.compress(b" " * 300_000_000)) + b"~>"
    ),
    "stream_fax.pdf": lambda: _packed_pdf(
        b"/CCITTFaxDecode/DecodeParms<</K -1/Columns 100000000>>", b"\0" * 50_000
    ),
    "huge_page.pdf": lambda: _pdf(
        b"<</Length %d>>stream\n%s\nendstream", b"0 0 m 9 9 l S", "0 0 1000000 1000000"
    ),
    "lines_30000.pdf": lambda: many_lines(30_000),
    "lines_200000.pdf": lambda: many_lines(200_000),
    "pages_chain.pdf": lambda: deep_pages(20_000),
    "pages_many.pdf": lambda: typeset(*[Sheet().text(60, 60, "1") for _ in range(3_000)]),
    "locked.pdf": lambda: typeset(Sheet().text(60, 60, "1"), locked=True),
    "arrays.pdf": lambda: _pdf(
        b"<</Length %d>>stream\n%s\nendstream", b"[" * 400_000 + b"]" * 400_000 + b" 0 d"
    ),
    "broken.pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj\n<<" * 100_000 + b"%%EOF",
}


def main(names: list[str]) -> None:
    """Print what each file takes, in a process of its own without limits."""
    from gxtools import workers
    from tests.hostile_saved import EVERY
    from tests.measured import Measure, measure

    workers.SECONDS, workers.MEGABYTES = 120.0, 4000
    print(f"{'file':24} {'bytes':>11} {'s':>6} {'MB':>5}")
    for name in names or EVERY:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_bytes(EVERY[name]())
            worker = workers.Worker()
            try:
                (found,) = worker.outcomes(measure, [str(file)])
            except workers.LostError as lost:
                found = Measure(error=str(lost.outcome()))
            worker.end()
            what = found.error or f"{len(found.values)} figures read"
            size = file.stat().st_size
            print(
                f"{name:24} {size:11,} {found.seconds:6.2f} {found.megabytes:5.0f} {what[:90]}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
