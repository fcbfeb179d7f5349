"""The six sections of a report, and what stands before them."""

from __future__ import annotations

from gxtools.document import Document, Paragraph
from gxtools.sections import FOREWORD, find_sections
from gxtools.vocabulary import vocabulary

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
TITLE, PERIOD = "某局年度报告", "统计期限为2023年1月1日至2023年12月31日。"


def told(*lines: str) -> list[tuple[int, str]]:
    document = Document("a", "text", tuple(map(Paragraph, lines)))
    return [(part.number, part.text) for part in find_sections(document, vocabulary())]


def test_what_stands_before_the_first_heading_is_the_foreword() -> None:
    assert told(TITLE, PERIOD, HEADINGS[0], "甲", HEADINGS[5], "乙") == [
        (FOREWORD, f"{TITLE}\n{PERIOD}"),
        (1, "甲"),
        (6, "乙"),
    ]


def test_without_a_heading_there_is_no_foreword_and_without_a_foreword_no_section_of_it() -> None:
    assert told(TITLE, PERIOD) == []
    assert told(HEADINGS[0], "甲") == [(1, "甲")]


def test_a_table_of_contents_is_no_section() -> None:
    pages = [line for heading in HEADINGS for line in (heading, f"{heading}的正文")]
    parts = told(TITLE, *HEADINGS, PERIOD, *pages)
    assert [number for number, _ in parts] == list(range(7))
    assert parts[0][1] == f"{TITLE}\n{PERIOD}"
    assert parts[6][1] == f"{HEADINGS[5]}的正文"


def test_a_heading_repeated_over_the_rest_of_its_table_opens_nothing() -> None:
    assert told(*HEADINGS[:4], HEADINGS[3], "丙") == [
        (1, ""),
        (2, ""),
        (3, ""),
        (4, f"{HEADINGS[3]}\n丙"),
    ]
    assert [number for number, _ in told(*HEADINGS[:2], "丁", HEADINGS[1], "戊")] == [1, 2]
