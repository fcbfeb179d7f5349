"""What the briefing says in Chinese and in English, beside the labels of the form."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..arguments import LANGUAGES
from ..charts.words import say as charts_say
from ..checklist import catalogue
from ..errors import FormError
from ..forms import label
from ..percentages import percentage
from .headings import HEADINGS

_WORDS = HEADINGS | {
    # the whole
    "title": ("政府信息公开工作年度报告简报", "Government information disclosure: briefing"),
    "subject_many": ("{n}个机关", "{n} bodies"),
    "subject_some": ("{n}个机关中的{kept}个", "{kept} of {n} bodies"),
    "coverage": (
        "{reports}份报告，{bodies}个机关，{years}；表样应有{expected}格，找到{found}格",
        "Reports: {reports}; bodies: {bodies}; {years}; {found} of {expected} form cells found",
    ),
    "promise": (
        "数字逐格取自各年度报告，合计数照录原表；空白、“/”与0分别记录，未读到的格不作补填。",
        "Figures are read cell by cell from the annual reports, totals as printed; blank, “/” and "
        "0 are kept apart, and nothing unread is filled in.",
    ),
    "compared_with": ("对照：其余{n}个机关", "Compared with other bodies: {n}"),
    "page": ("（{page}/{pages}）", " ({page}/{pages})"),
    "no_report": ("无数据", "no data"),
    "rest_of_table": (
        "另有{n}行未列，见同一数据的.xlsx工作簿。",
        "Rows not listed here: {n}; the .xlsx workbook has them.",
    ),
    "dash": ("“—”：未填或未读到。", "“—”: blank or not read."),
    "n_reports": ("n = {n}份报告", "n = {n} reports"),
    "source": (
        "来源：各机关年度报告“{section}”。",
        "Source: annual reports, {section}.",
    ),
    "nothing": ("没有可画的数据：{why}。", "Nothing to draw: {why}."),
    "all_zero": ("各数均为0", "all figures are 0"),
    "all_unread": ("各数均未填或未读到", "all figures are blank or not read"),
    "zero_or_unread": (
        "各数为0，或者未填、未读到",
        "all figures are 0, blank or not read",
    ),
    "no_base": ("没有办结件数可作分母", "no concluded applications to divide by"),
    "gaps": ("缺年度：{gaps}。", "Years without figures: {gaps}."),
    "mixed_scope": (
        "“汇总”含下属机关，“本级”只含本机关：两者不可比较，也不可相加。",
        "Aggregate figures hold those of subordinate bodies: not to be compared with or added to "
        "a body's own.",
    ),
    "mixed_editions": (
        "{editions}版表样并存，只在六大类上可比。",
        "Editions {editions} side by side: comparable only in the six groups.",
    ),
    "aggregate": ("汇总", "aggregate"),
    "own": ("本级", "own"),
    "scope_unknown": ("口径不明", "scope unknown"),
    "of_aggregate": ("汇总口径", "aggregate figures"),
    "of_own": ("本级口径", "own figures"),
    "of_scope_unknown": ("口径不明", "figures of unknown scope"),
    # titles
    "findings": ("主要数字", "Key findings"),
    "volumes": ("申请量（件）：{subject}，{years}", "Applications: {subject}, {years}"),
    "outcomes": ("办理结果构成：{subject}，{years}", "Outcomes: {subject}, {years}"),
    "disputes": (
        "行政复议、行政诉讼结果（件）：{subject}，{years}",
        "Review and litigation (cases): {subject}, {years}",
    ),
    "comparison": (
        "比较：公开率，{scope}，{years}",
        "Comparison: disclosure rate, {scope}, {years}",
    ),
    "comparison_table": (
        "比较：各机关数字，{scope}，{years}",
        "Comparison: figures of each body, {scope}, {years}",
    ),
    "checks": ("核对：原表合计", "Checks: do the printed sums hold"),
    "sources": ("来源", "Sources"),
    "definitions": ("口径与定义", "Definitions"),
    # columns
    "body": ("机关", "body"),
    "year": ("年度", "year"),
    "scope": ("口径", "scope"),
    "edition": ("表样版本", "edition"),
    "edition_of": ("{edition}（第{sections}部分）", "{edition} (section {sections})"),
    "origin": ("来源", "source"),
    "cells": ("找到/应有格数", "cells found / expected"),
    "handled": ("收办合计", "handled"),
    "disclosed": ("公开/办结", "disclosed / concluded"),
    "disclosed_share": ("公开率", "disclosure rate"),
    "corrected_of": ("{route}：纠正/审结", "{route}: corrected / concluded"),
    "total_of": ("{route}：原表总计", "{route}: total (printed)"),
    "parts_not": ("{printed}（分项{parts}）", "{printed} (parts {parts})"),
    "report": ("报告", "report"),
    "below": ("区间下段", "below, to the interval's end"),
    "above": ("区间上段", "above, to the interval's end"),
    "cases": ("案件数", "number of cases"),
    "what": ("不符的勾稽关系", "broken relation"),
    "where": ("位置", "where"),
    "left": ("左式", "left"),
    "right": ("右式", "right"),
    "gap": ("差额", "gap"),
    "rest": ("未读到或与总计之差", "not read, or short of the total"),
    "interval": ("{share} ({low}–{high})", "{share} ({low}–{high})"),
    # notes
    "small": (
        "n<{n}的报告颜色浅、标件数：比例不稳，不作比较，不排名次。",
        "Reports with n<{n} are pale and show counts: shares unstable, not compared, not ranked.",
    ),
    "small_shares": (
        "n<{n}的报告比例不稳，不作比较，不排名次。",
        "Reports with n<{n}: shares unstable, not compared, not ranked.",
    ),
    "over": (
        "分项之和大于总计，未画：{names}。",
        "Parts exceed the total, not drawn: {names}.",
    ),
    "rest_note": ("“{rest}”不属于任何一类。", "“{rest}” belongs to no group."),
    "undrawn": (
        "另有{n}个机关未画（按办结件数只画前{kept}个）。",
        "Other bodies not drawn: {n} (the first {kept} by number concluded).",
    ),
    "absent": ("{n}个机关无该年数字。", "Bodies without figures of that year: {n}."),
    "compare_note": (
        "线段为95%区间（Wilson）；按办结件数排列，不是名次。不足{n}件的不画，件数见比较表。",
        "Lines: 95% interval (Wilson); ordered by number concluded, which is no ranking. Bodies "
        "with fewer than {n} concluded are not drawn; their counts are in the table.",
    ),
    "compare_table_note": (
        "按件数排列，不是名次；件数不足{n}的只写件数；括号内为95%区间（Wilson）。",
        "Ordered by number, which is no ranking; below {n} only counts; 95% Wilson interval in "
        "brackets.",
    ),
    "log": ("纵轴为对数刻度：等距表示等倍数。", "Log scale: equal steps are equal ratios."),
    "double": (
        "先复议后起诉的案件在两处均有统计，不可相加；尚未审结的不计入审结。",
        "A case reviewed and then sued over is in both: do not add. Pending cases are not "
        "concluded.",
    ),
    "checks_told": (
        "共核对合计{n}项：相符{holds}项，不符{broken}项，无法判断{unknown}项（有格未填或未读到）。",
        "{n} sums checked: {holds} hold, {broken} are broken, {unknown} are unknown (a cell is "
        "blank or was not read).",
    ),
    "checks_warned": (
        "另有{n}项通常相符的勾稽关系不符，可能有合法原因。",
        "Relations that usually hold and are broken, perhaps for a lawful reason: {n}.",
    ),
    "checks_clean": ("没有发现不符的合计。", "No broken sum was found."),
    "checks_none": ("没有可核对的合计。", "There was no sum to check."),
    "checks_note": (
        "原表合计照录，不作修改；差额 = 左式 − 右式。“通常相符”：上下年衔接等关系，可有合法例外。",
        "Printed totals are kept as they are; gap = left − right. “usually "
        "holds”: relations such as those between years, which may lawfully be broken.",
    ),
    "derived_note": (
        "推算（表内留空，由合计关系得出）：{names}。",
        "Derived (blank in print, shown by the sums): {names}.",
    ),
    # definitions
    "def_received": ("申请量（件）：{formula}", "Applications: {formula} (cases)"),
    "def_outcome": ("办理结果构成：每一类 / {formula}", "Outcomes: each group / {formula}"),
    "def_disclosed": ("公开率：{formula}", "Disclosure rate: {formula}"),
    "def_applicant": (
        "申请人构成：每一类申请人 / {formula}",
        "Applicants: each kind of applicant / {formula}",
    ),
    "def_rate": ("纠错率：{formula}", "Correction rate: {formula}"),
    "def_interval": (
        "95%区间：比例的95%置信区间（Wilson法）；分母不足{n}的不作比例比较，也不排名次。",
        "Interval: 95% Wilson interval of a share; below a denominator of {n} shares are not "
        "compared and nothing is ranked.",
    ),
    "def_blank": (
        "空白：空白、“/”、“-”、“无”与0不同；只有合计关系表明其为0时才按0计，并注“推算”。"
        "未读到的格不补；缺一项，合计和比例就不算。",
        "Blank: an empty cell, “/”, “-” or 无 is not 0; it counts as 0 only where the sums show "
        "that it is, and is then marked as derived. Nothing unread is filled in; where a part is "
        "missing, sums and shares are not computed.",
    ),
    "def_scope": (
        "口径：汇总数含下属机关和乡镇，本级数只含本机关；不同口径不比较、不相加。",
        "Scope: aggregates hold subordinate bodies, own figures only the body itself; the two are "
        "neither compared nor added.",
    ),
    "def_yoy": (
        "同比：（本年 − 上年）/ 上年；上年不足{n}件的只写增减件数。",
        "Change on the year: (this − last) / last; below {n} last year only the difference.",
    ),
    "def_cause": (
        "数字只说明件数，不说明原因；表样没有申请人数，少数人多次申请也会改变比例。",
        "The figures say how many, not why; the form does not count persons, so a few frequent "
        "applicants can move a share.",
    ),
}


def say(key: str, lang: str, **values: object) -> str:
    """The words for `key` in Chinese or English."""
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)


def count(value: object) -> str:
    """A number as it is written: 3,511; — where there is none."""
    if pd.isna(value):  # type: ignore[call-overload]
        return "—"
    number = float(value)  # type: ignore[arg-type]
    text = f"{number:,.0f}" if number.is_integer() else f"{number:,.6f}".rstrip("0")
    return text.replace("-", "−")


def percent(value: object) -> str:
    """A share as it is written: 43.6%; — where there is none."""
    return "—" if pd.isna(value) else percentage(float(value))  # type: ignore[call-overload,arg-type]


def years_of(years: Iterable[object], lang: str) -> str:
    """The years of a set of reports as a title names them."""
    known = sorted(int(year) for year in set(years) if not pd.isna(year))  # type: ignore[call-overload]
    if not known:
        return charts_say("year_unknown", lang)
    if known[0] == known[-1]:
        return charts_say("year", lang, year=known[0])
    return charts_say("years", lang, first=known[0], last=known[-1])


def scope_name(scope: object, lang: str, *, of: bool = False) -> str:
    """The scope of a report in words; `of=True` as a sentence speaks of it."""
    known = scope if isinstance(scope, str) and f"of_{scope}" in _WORDS else "scope_unknown"
    return say(f"of_{known}" if of else known, lang)


def join(sentences: Iterable[str], lang: str) -> str:
    """Sentences in a row; empty ones are left out."""
    return ("" if lang == "zh" else " ").join(sentence for sentence in sentences if sentence)


def check_name(check: str, basis: str, lang: str) -> str:
    """What a check asks: its formula, else its title, in the words of the catalogue."""
    known = catalogue().get(check)
    if known is None:
        return basis.partition(": ")[2] or check
    return (known.formula_zh or known.zh) if lang == "zh" else (known.formula_en or known.en)


def value_name(value: object, lang: str) -> str:
    """The name of a fixed value of a frame (`holds`, `derived`), or the value itself."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return say(str(value), lang) if str(value) in _WORDS else str(value)


def named(code: object, lang: str, axis: str) -> str:
    """The label of a code, or the code where no form knows it; empty for <NA>."""
    if pd.isna(code):  # type: ignore[call-overload]
        return ""
    try:
        return label(str(code), lang, axis=axis)
    except FormError:
        return str(code)
