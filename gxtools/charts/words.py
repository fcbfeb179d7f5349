"""What the charts say in Chinese and in English, beside the labels of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..arguments import LANGUAGES
from ..errors import FormError
from ..forms import label
from .phrases import MEASURED

_WORDS = {
    "nothing": ("没有可画的数据", "nothing to draw"),
    "nothing_read": ("{n}份报告的数字均未填或未读到", "no figure printed or read in {n} reports"),
    "nothing_over": (
        "{n}份报告的分母均为零，没有率可言",
        "the denominator is nought in {n} reports: there is no rate",
    ),
    "unread": ("未填或未读到", "blank or not read"),
    "unread_rest": ("其余未填或未读到", "rest blank or not read"),
    "unread_parts": ("原表总计{total}，分项未全", "printed total {total}, parts incomplete"),
    "nothing_to_count": ("无申请可计", "no applications to count"),
    "zero_total": ("原表总计0，分项{parts}", "total printed 0, parts {parts}"),
    "n": ("n={n}", "n={n}"),
    "n_parts": ("n={n}（分项{parts}）", "n={n} (parts {parts})"),
    "printed": ("{parts}（原表{total}）", "{parts} (printed {total})"),
    "count": ("{n}件", "{n}"),
    "year_unknown": ("年份不明", "year unknown"),
    "years": ("{first}–{last}年", "{first}–{last}"),
    "year": ("{year}年", "{year}"),
    "requests": ("政府信息公开申请", "Information requests"),
    "volumes_title": ("{subject}：{row}（件），{years}", "{subject}: {row}, {years}"),
    "outcomes_title": ("{subject}：办理结果构成，{years}", "{subject}: outcomes, {years}"),
    "applicants_title": ("{subject}：申请人构成，{years}", "{subject}: applicants, {years}"),
    "suits": ("政府信息公开", "Information disclosure"),
    "disputes_title": (
        "{subject}：复议、诉讼结果（件），{years}",
        "{subject}: review and litigation (cases), {years}",
    ),
    "log_note": (
        "纵轴为对数刻度：等距表示等倍数。",
        "Log scale: equal steps are equal ratios.",
    ),
    "formula": ("口径：{formula}。", "Measure: {formula}."),
    "each_outcome": ("各项结果", "each outcome"),
    "each_applicant": ("各类申请人", "each kind of applicant"),
    "handled": ("收办合计", "handled"),
    "source": (
        "n={reports}份报告，{bodies}个机关；来源：年度报告“{section}”。",
        "Reports: n = {reports}; bodies: {bodies}; source: annual reports, {section}.",
    ),
    "gaps": ("不连线的缺口：{gaps}。", "Gaps, not joined: {gaps}."),
    "more": ("等{n}处", " and others, {n} in all"),
    "latest_only": ("只画{year}年。", "Only {year} is drawn."),
    "absent": ("{n}个机关无该年报告。", "Bodies without a report of that year: {n}."),
    "undrawn": (
        "另有{n}个机关未画（按{weight}只画前{kept}个）。",
        "Other bodies not drawn: {n} (the first {kept} by {weight}).",
    ),
    "undated": ("{n}份报告年份不明，未画。", "{n} reports of unknown year not drawn."),
    "small": (
        "灰色：n<{n}，比例不稳，标件数，不宜排名。",
        "Grey: n<{n}, shares unstable, counts shown, not for ranking.",
    ),
    "rate_small": (
        "审结不足{n}件的只写件数。",
        "Below {n} concluded cases only counts are given.",
    ),
    "both": (
        "先复议后起诉的案件两处都计，不可相加。",
        "A case reviewed and then sued over is in both: do not add.",
    ),
    "rate_head": ("{result}/审结（95%区间）", "{result}/concluded (95% interval)"),
    "rate": (
        "{k}/{n} = {rate}（{low}–{high}）",
        "{k}/{n} = {rate} ({low}–{high})",
    ),
    "rate_count": ("{k}/{n}", "{k}/{n}"),
    "cases": ("案件数", "number of cases"),
    **MEASURED,
}
_CODE = re.compile(r"[a-z][a-z_]*(?:\.[a-z_]+)?")


def say(key: str, lang: str, **values: object) -> str:
    """The words for `key` in Chinese or English."""
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)


def formula_text(formulas: Iterable[str], lang: str, axis: str) -> str:
    """The formulas of a frame in words: its codes replaced by the labels of the form.

    Formulas over one denominator are said once, as each outcome over it.
    """
    found = list(dict.fromkeys(formulas))
    denominators = {formula.partition(" / ")[2] for formula in found}
    if len(found) > 1 and len(denominators) == 1 and all(denominators):
        each = say("each_applicant" if axis == "applicant" else "each_outcome", lang)
        return f"{each} / {_in_words(denominators.pop().replace('[total]', ''), lang, axis)}"
    return "; ".join(_in_words(formula, lang, axis) for formula in found)


def _in_words(formula: str, lang: str, axis: str) -> str:
    def named(match: re.Match[str]) -> str:
        code = match.group()
        for known in (axis, None):
            try:
                return label(code, lang, axis=known)
            except FormError:
                continue
        return say(code, lang) if code in _WORDS else code

    words = _CODE.sub(named, formula).replace(" - ", " − ")
    if lang == "zh":
        return words.replace("; ", "；").replace("[", "（").replace("]", "）")
    return words.replace("[", " (").replace("]", ")")
