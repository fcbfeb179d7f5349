"""What a web page prints, in its order: lines of text and grids, told apart from the page's frame."""

from __future__ import annotations

import pytest

from gxtools.document import Grid
from gxtools.readers import read_bytes

TWO = "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
CELLS = ["甲", "1", "乙", "2"]
NAV = "<ul><li><a href=#>首页</a></li><li><a href=#>公开</a></li></ul>"

PAGES = {
    "a block ends a line, a tag within a line does not": (
        "<p>政府<b>信息</b><span>公开</span></p>年度<br>报告<div>一</div>二",
        ["政府信息公开", "年度", "报告", "一", "二"],
    ),
    "blanks and line ends of the source are one blank": (
        "<p> 一\r\n\t 二&nbsp;三 </p>",
        ["一 二 三"],
    ),
    "a script, a style and a choice print nothing": (
        "<p>一<script>a<b</script>二</p><style>p{}</style><select><option>2023</select>",
        ["一二"],
    ),
    "a table of figures stands between the lines around it": (
        f"<p>上</p><table>{TWO}</table>下",
        ["上", CELLS, "下"],
    ),
    "a table that arranges the page is none": (
        f"<table><tr><td>{NAV}</td></tr><tr><td><table>{TWO}</table></td></tr></table>",
        ["首页", "公开", CELLS],
    ),
    "a table in a cell follows the table around it": (
        "<table>" + TWO * 4 + f"<tr><td>丙</td><td><table>{TWO}</table></td></tr></table>末",
        [CELLS * 4 + ["丙", ""], CELLS, "末"],
    ),
    "a tag left open in a table hides none of the rows behind it": (
        "<table><tr><td>甲</td><td>1<select></td></tr><tr><td>乙</td><td>2</td></tr></table>",
        [CELLS],
    ),
    "a table in what is not shown is none": (
        f"一<noscript><table>{TWO}</table></noscript>",
        ["一"],
    ),
    "characters that are none part lines at the most": (
        "一\ufdd0二&#64977;三",
        ["一", "二\ufdd1三"],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_its_lines_and_grids_in_order(name: str) -> None:
    markup, wanted = PAGES[name]
    page = f"<!doctype html><html><body>{markup}</body></html>".encode()
    blocks = read_bytes("page.html", page).blocks
    printed = [
        [cell.text for cell in block.cells] if isinstance(block, Grid) else block.text
        for block in blocks
    ]
    assert printed == wanted
