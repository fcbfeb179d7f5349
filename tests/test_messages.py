"""What gxtools says has its Chinese: in `gx.problems`, in briefings, and below an error."""

from __future__ import annotations

import ast
import re
import tomllib
import traceback
from pathlib import Path

import pytest

import gxtools as gx
from gxtools.errors import FileError, FormatError, InputError
from gxtools.messages import in_chinese
from gxtools.problems import sentence

from .conftest import ROOT, SHARED

MESSAGES = tomllib.loads((ROOT / "gxtools/messages.toml").read_text(encoding="utf-8"))
SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
KINDS = {"count", "said", "table", "row", "rows", "cell"}
SAID, COUNT = ("the file", "文件"), "1,234"


def filled(template: str, said: str) -> str:
    """A sentence with something in each slot, different in each."""

    def fill(slot: re.Match[str]) -> str:
        return {"count": COUNT, "said": said}.get(slot[2], f"<{slot[1]}>")

    return SLOT.sub(fill, template)


@pytest.mark.parametrize("en", MESSAGES)
def test_every_sentence_is_found_again_by_what_stands_in_its_slots(en: str) -> None:
    kinds = dict(SLOT.findall(en))
    assert set(kinds.values()) - {""} <= KINDS
    slots = [name for name, _ in SLOT.findall(MESSAGES[en])]
    assert set(slots) <= set(kinds), "a slot that the English does not have"
    named = SLOT.sub(lambda slot: f"{{{slot[1]}:{kinds[slot[1]]}}}", MESSAGES[en])
    told = (
        SLOT.sub(r"{\1}", MESSAGES[en]) if not kinds else filled(named.replace(":}", "}"), SAID[1])
    )
    assert in_chinese(filled(en, SAID[0])) == told
    assert re.search(r"[\u4e00-\u9fff]", told)


@pytest.mark.parametrize(
    "text", ["something new", "Something new. Do it.", "", "the file is empty!"]
)
def test_what_is_not_known_has_no_chinese(text: str) -> None:
    assert in_chinese(text) is None and sentence(text) == text


def test_what_was_not_read_is_told_in_chinese_with_the_names_of_the_form(tmp_path: Path) -> None:
    (tmp_path / "空.html").touch()
    (tmp_path / "图.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    told = gx.problems(gx.read_all(tmp_path, progress=False))
    assert list(told.columns) == ["file", "report", "severity", "what", "where", "advice"]
    assert told["what"].tolist() == ["这是PNG图片，但已损坏", "文件是空的"]
    assert told["where"].tolist() == ["图.pdf", "空.html"]
    assert (
        told["severity"].tolist() == ["没有读到"] * 2 and told["advice"].iloc[1] == "请重新下载。"
    )


def test_codes_become_names_and_places_become_chinese() -> None:
    cells = "of the table applications (edition 2021) not the cells of granted, other could be read"
    assert sentence(f"{cells} (14 of 175 cells missing)") == (
        "“三、收到和处理政府信息公开申请情况”表（2021版）175格中缺14格，所在的行：予以公开、其他处理"
    )
    assert (
        sentence(
            "'1O' is not a number that can be read beyond doubt (applications / granted / total)"
        )
        == "“1O”不是能确切读出的数（予以公开 · 总计）"
    )


def test_english_keeps_the_sentences_and_leaves_out_folders(samples: gx.Reports) -> None:
    told = gx.problems(samples, lang="en")
    assert told["what"].equals(samples.problems["what"])
    with pytest.raises(InputError, match="lang is"):
        gx.problems(samples, lang="de")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not here")
def test_nothing_that_real_reports_bring_up_is_left_in_english() -> None:
    problems = gx.read_all(SHARED / "reports", progress=False).problems
    assert len(problems) > 20
    said = [*problems["what"], *problems["advice"]]
    assert [text for text in said if text and in_chinese(text) is None] == []


def test_an_error_shows_its_chinese_below_it(tmp_path: Path) -> None:
    with pytest.raises(FileError) as told:
        gx.read_all(tmp_path / "无.html")
    shown = "".join(traceback.format_exception(told.value))
    assert "没有这个文件或文件夹（" in shown and "请检查路径。" in shown
    assert FormatError("something new").__notes__ == []


def template(node: ast.expr) -> str:
    """A sentence in the code with its slots left empty; empty for one that is put together."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(map(str, parts))
    return ""


def spoken() -> set[tuple[str, str]]:
    """What readers hand to errors and notes (what, and what to do), with the module's name."""
    found = set()
    for path in sorted((ROOT / "gxtools/readers").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if called in ("Note", "FileError", "FormatError", "UnreadScanError"):
                    advice = [word.value for word in node.keywords if word.arg == "advice"]
                    told = map(template, [*node.args[:1], *node.args[2:3], *advice])
                    found |= {(path.name, text) for text in told if text}
    return found


JOINED = {"{}.", "the page {}", "{}, or use OCR: {}", "{}; OCR sees no text in them either."}


def test_what_readers_say_has_its_chinese() -> None:
    known = {SLOT.sub("{}", en) for en in MESSAGES} | JOINED
    assert {(module, text) for module, text in spoken() if text not in known} == set()
