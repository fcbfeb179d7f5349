"""The sentences of the findings in Chinese and in English; figures are put in by findings.py."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ..arguments import LANGUAGES
from .words import count

_SENTENCES = {
    "received": (
        "{year}，{body}新收申请{n}件{change}。",
        "{body} received {n} applications in {year}{change}.",
    ),
    "received_unread": (
        "{year}，{body}的新收申请数未填或未读到。",
        "The number of applications that {body} received in {year} is blank or was not read.",
    ),
    "more": ("，比{prev}（{p}件）增加{d}件{rate}", ", {d} more than in {prev} ({p}){rate}"),
    "less": ("，比{prev}（{p}件）减少{d}件{rate}", ", {d} fewer than in {prev} ({p}){rate}"),
    "same": ("，与{prev}持平", ", as many as in {prev}"),
    "up": ("，同比增长{rate}", ", up {rate}"),
    "down": ("，同比下降{rate}", ", down {rate}"),
    "no_last": ("（没有{prev}的数字，不作同比）", " (no figure of {prev}, so no change is given)"),
    "last_unread": (
        "（{prev}数字未读到，不作同比）",
        " (the figure of {prev} was not read, so no change is given)",
    ),
    "no_table": (
        "{body}的报告没有可比的申请情况表。",
        "The report of {body} has no table of applications that compares.",
    ),
    "flow": (
        "{year}，{body}新收申请{received}、上年结转{carried_in}，合计{handled}；办结{concluded}，"
        "结转下年度{carried_out}。",
        "{year}: {body} had {handled} applications to handle ({received} received, {carried_in} "
        "carried over from the year before); it concluded {concluded} and carried {carried_out} "
        "over to the next year.",
    ),
    "disclosed": (
        "{year}，{body}办结申请{n}件，其中予以公开和部分公开{k}件，占{share}"
        "（95%区间{low}–{high}）{last}。",
        "{year}: {body} concluded {n} applications; {k} of them ended in disclosure in whole or in "
        "part, {share} (95% interval {low}–{high}){last}.",
    ),
    "last_share": ("；{prev}为{share}（{k}/{n}）", "; in {prev} it was {share} ({k}/{n})"),
    "last_count": ("；{prev}为{k}/{n}件", "; in {prev} it was {k} of {n}"),
    "disclosed_few": (
        "{year}，{body}办结申请{n}件，其中予以公开和部分公开{k}件；不足{small}件，不作比例比较。",
        "{year}: {body} concluded {n} applications; {k} of them ended in disclosure in whole or in "
        "part. Below {small}, so no rate is given.",
    ),
    "disclosed_none": (
        "{year}，{body}没有办结的申请，不计算公开率。",
        "{year}: {body} concluded no application, so there is no disclosure rate.",
    ),
    "disclosed_unread": (
        "{year}，{body}的办结数或公开件数未填、未读到或互相矛盾，不计算公开率。",
        "{year}: the numbers concluded or disclosed by {body} are blank, were not read or "
        "contradict each other, so no disclosure rate is given.",
    ),
    "largest": (
        "{year}，{body}除予以公开、部分公开外，件数最多的办理结果为{what}，{k}件{share}。",
        "{year}: apart from disclosure in whole or in part, the most frequent outcome at {body} "
        "was “{what}”: {k}{share}.",
    ),
    "applicant": (
        "{year}，{body}新收申请中，{what}提出的最多，{k}件{share}。",
        "{year}: of the applications that {body} received the largest number came from {what}: "
        "{k}{share}.",
    ),
    "of_largest": ("，占办结{n}件的{share}", ", {share} of the {n} concluded"),
    "of_applicant": ("，占新收{n}件的{share}", ", {share} of the {n} received"),
    "route": (
        "{route}审结{n}件，其中{corrected}{k}件{rate}{pending}",
        "{route}: {n} concluded, of them {k} {corrected}{rate}{pending}",
    ),
    "route_none": ("{route}审结0件{pending}", "{route}: 0 concluded{pending}"),
    "rate": ("，占{rate}（95%区间{low}–{high}）", ", {rate} (95% interval {low}–{high})"),
    "pending": ("，另有{n}件尚未审结", ", {n} more pending"),
    "route_unread": ("{route}有数未填或未读到", "{route}: a figure is blank or was not read"),
    "routes": (
        "{year}，{body}的政府信息公开案件中，{told}。",
        "{year}: cases on information disclosure by {body}: {told}.",
    ),
    "routes_none": (
        "{year}，{body}行政复议、行政诉讼各项均为0。",
        "{year}: {body} reports no administrative review and no litigation.",
    ),
    "all_read": (
        "本简报据{bodies}个机关的{reports}份报告（{years}），"
        "表样应有的{expected}格中找到{found}格（含表内空白）。",
        "Reports: {reports}; bodies: {bodies}; {years}; {found} of {expected} cells of the form "
        "were found (blank ones included).",
    ),
    "range": (
        "{year}，{scope}的{n}个机关新收申请在{low}件到{high}件之间，中位数{median}件。",
        "{year}: the {n} bodies with {scope} received between {low} and {high} "
        "applications each, with a median of {median}.",
    ),
    "absent": (
        "另有{n}个机关没有{year}的报告。",
        "Bodies without a report of {year}: {n}.",
    ),
    "shares": (
        "{year}，{scope}、办结满{small}件的{n}个机关，公开率从{low}到{high}，"
        "中位数{median}{rest}。",
        "{year}: among the {n} bodies with {scope} and at least {small} concluded, the "
        "disclosure rate runs from {low} to {high}, with a median of {median}{rest}.",
    ),
    "shares_few": (
        "；另有{few}个机关不足{small}件或无法计算，不列比例",
        "; no rate is given for {few} more, with fewer than {small} or without the figures",
    ),
    "rates": (
        "{year}，{scope}、{route}审结满{small}件的{n}个机关，纠错率从{low}到{high}。",
        "{year}: among the {n} bodies with {scope} and at least {small} concluded cases "
        "({route}), the correction rate runs from {low} to {high}.",
    ),
    "unread_files": (
        "有{n}个文件没有读成报告，不在以上数字之内。",
        "Files that could not be read as reports and are not in these figures: {n}.",
    ),
    "basis": ("n = {n}；口径：{formula}", "n = {n}; measure: {formula}"),
    "derived": ("；含推算数（表内留空，由合计关系得出）", "; partly derived from the sums"),
    "basis_plain": ("n = {n}", "n = {n}"),
    "cells": ("找到的格 / 表样应有的格", "cells found / cells of the form"),
    "sums": ("分项之和 = 原表总计", "sum of the parts = printed total"),
    "yoy_formula": ("同比 = (本年 − 上年) / 上年", "change = (this year − last year) / last year"),
    "median": ("各机关{formula}的最低、最高和中位数", "lowest, highest and median: {formula}"),
    "n_cases": ("{n}件", "{n}"),
    "n_bodies": ("{n}个机关", "{n} bodies"),
    "n_checks": ("{n}项合计核对", "{n} sums checked"),
    "n_cells": ("{n}格", "{n} cells"),
    "n_files": ("{n}个文件", "{n} files"),
    "unread": ("未填或未读到", "(blank or not read)"),
}


def sentence(key: str, lang: str, **values: object) -> str:
    """The sentence for `key` with its figures."""
    return _SENTENCES[key][LANGUAGES.index(lang)].format(**values)


def cases(value: object, lang: str) -> str:
    """`75 件`, or that the figure is missing."""
    if pd.isna(value):  # type: ignore[call-overload]
        return sentence("unread", lang)
    return sentence("n_cases", lang, n=count(value))


class Finding(NamedTuple):
    """One sentence and what it rests on: n and formula. `topic` is the slide that it heads."""

    text: str
    basis: str
    topic: str = ""


def basis(n: str, formula: str, lang: str, rows: pd.DataFrame | None = None) -> str:
    """What a sentence rests on, in a line; of `rows` with derived figures it says so."""
    line = sentence("basis", lang, n=n, formula=formula)
    derived = rows is not None and (rows["basis"] == "derived").any()
    return line + (sentence("derived", lang) if derived else "")
