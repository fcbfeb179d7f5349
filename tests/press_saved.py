"""The press for what people save and send: CSV, web archives, ZIPs."""

from __future__ import annotations

import base64
import csv
import io
import quopri
import zipfile
from collections.abc import Mapping

from tests.press_html import print_html
from tests.press_layout import lay_tables
from tests.press_noise import CLEAN, Noise, spoil_label
from tests.press_sheet import Sheet

BOUNDARY = "----MultipartBoundary--9f3c----"
ADDRESS = "http://www.example.gov.cn/zfxxgk/nb/2024.html"


def print_csv(
    sheet: Sheet,
    noise: Noise | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    padded: bool = True,
) -> bytes:
    """The sheet as Excel saves it: merged cells leave blanks, and every row is as wide (`padded`).
    Otherwise each table has its own width, and titles are lines."""
    rows: list[list[str]] = [[sheet.heading]]
    tables = {laid.section: laid for laid in lay_tables(sheet, noise or CLEAN)}
    for number, label in sheet.headings():
        rows.append([spoil_label(label.printed, noise or CLEAN).replace("\n", "")])
        if number in tables:
            laid = tables[number]
            grid = [[""] * laid.width for _ in range(laid.height)]
            for box in laid.boxes:
                grid[box.row][box.column] = box.text
            rows += grid
    width = max(map(len, rows))
    target = io.StringIO(newline="")
    lines = ([*row, *[""] * (width - len(row))] if padded else row for row in rows)
    csv.writer(target, delimiter=delimiter).writerows(lines)
    return target.getvalue().encode(encoding)


def print_mht(sheet: Sheet, noise: Noise | None = None) -> bytes:
    """The sheet as a browser saves it in one file, its page in the encoding of `noise`."""
    return bind_mht({ADDRESS: print_html(sheet, noise)})


def bind_mht(pages: Mapping[str, bytes], packing: str = "quoted-printable") -> bytes:
    """A web archive of these pages by address, with a picture before the last of them."""
    parts = [
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: {packing}\r\n"
        f"Content-Location: {address}\r\n\r\n".encode()
        + (quopri.encodestring(page) if packing == "quoted-printable" else base64.encodebytes(page))
        for address, page in pages.items()
    ]
    picture = b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\n"
    parts.insert(1, picture)
    first = next(iter(pages))
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {first}\r\nSubject: =?utf-8?Q?=E5=B9=B4=E6=8A=A5?=\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        f'\tboundary="{BOUNDARY}"\r\n\r\n'
    ).encode()
    mark = f"\r\n--{BOUNDARY}".encode()
    return head + b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"


class _Named(zipfile.ZipInfo):
    """An entry whose name is packed in GBK, as Chinese Windows does without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), 0


def pack(files: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """A ZIP of these files, their names in UTF-8 or in GBK."""
    packed = io.BytesIO()
    entry = zipfile.ZipInfo if encoding == "utf-8" else _Named
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = entry(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return packed.getvalue()
