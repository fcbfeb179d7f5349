"""What the explorer says in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..arguments import LANGUAGES

_WORDS = {
    # what is missing
    "no_bodies": ("请先选机关。", "Choose bodies first."),
    "no_years": ("请先选年度。", "Choose years first."),
    "no_reports": ("所选机关没有{years}年的报告。", "The chosen bodies have no report of {years}."),
    "absent": ("没有报告：{list}。", "No report: {list}."),
    "edition": (
        "报告所用的表样没有“{measure}”：{list}。该指标见于{editions}。",
        "The form of these reports lacks “{measure}”: {list}. It stands in: {editions}.",
    ),
    "unread": ("未填或未读到：{list}。", "Blank or not read: {list}."),
    "nothing_under": ("分母为0，无法计算：{list}。", "The denominator is 0: {list}."),
    "impossible": (
        "部分大于全体，不计算：{list}。",
        "A part is larger than its whole, not computed: {list}.",
    ),
    "none": (
        "没有可画的数：{n}份报告都没有“{measure}”的数。",
        "Nothing to draw: none of {n} reports gives “{measure}”.",
    ),
    "no_chart": (
        "没有图能画这一选择（{measure}，{bodies}个机关，{years}个年度），数见下表。",
        "No chart can draw this ({measure}, bodies: {bodies}, years: {years}); see the table.",
    ),
    "refused": ("这张图画不了：{why}", "This chart cannot be drawn: {why}"),
    "capped": (
        "最多选{n}个机关，只保留前{n}个。",
        "At most {n} bodies can be chosen; the first {n} are kept.",
    ),
    "listed": (
        "共{n}个机关，只列前{kept}个：再输入几个字，或选省、市。",
        "{n} bodies, the first {kept} listed: type more, or choose a province or city.",
    ),
    "found": ("{n}个机关", "bodies: {n}"),
    "found_none": ("没有这样的机关。", "No such body."),
    "rows": (
        "只列前{kept}行，共{n}行；存盘的是全部。",
        "The first {kept} of {n} rows; a file has all.",
    ),
    "no_peers": ("找不到同类：{why}", "No peers: {why}"),
    "undated": (
        "{n}份报告年份不明，不在其中。",
        "{n} reports of unknown year are left out.",
    ),
    # the table
    "agency": ("机关", "body"),
    "year": ("年度", "year"),
    "code": ("项目", "item"),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "value": ("值", "value"),
    "interval": ("95%区间", "95% interval"),
    "basis": ("依据", "basis"),
    "edition_used": ("表样", "form"),
    "printed": ("照录", "printed"),
    "derived": ("推算", "derived"),
    "contradicted": ("与分项不符", "contradicted"),
    # the panel
    "search": ("按名称找机关", "find bodies by name"),
    "province": ("省", "province"),
    "city": ("市", "city"),
    "scope": ("口径", "scope"),
    "scope_own": ("本级", "own figures"),
    "scope_aggregate": ("汇总", "aggregate figures"),
    "scope_unknown": ("口径不明", "scope unknown"),
    "any": ("（全部）", "(all)"),
    "listed_bodies": ("点一下加入", "click to add"),
    "chosen_bodies": ("已选的机关", "chosen"),
    "remove": ("移除", "remove"),
    "clear": ("清空", "clear"),
    "peers": ("加入同类", "add peers"),
    "years": ("年度", "years"),
    "measure": ("指标", "measure"),
    "over": ("分母", "denominator"),
    "chart": ("图", "chart"),
    "lang": ("语言", "language"),
    "save_chart": ("存图", "save chart"),
    "save_table": ("存表", "save table"),
    "copy": ("复制代码", "copy the code"),
    "copied": ("已复制", "copied"),
    "copy_by_hand": ("浏览器不让复制：请在下面选中复制", "the browser forbids it: copy it below"),
    "code_title": ("做出同一张图的代码", "code that makes the same chart"),
    "saved": ("已保存", "saved"),
    "download": ("下载", "download"),
    "unfit": ("所选的数不合这张图的要求（{what}）。", "{what}"),
    "unsaved": ("没有存成：{why}", "not saved: {why}"),
    "no_figure": ("现在没有图可存。", "There is no chart to save."),
    "formula": ("口径", "formula"),
    "caveat": ("注意：", "Beware: "),
    "pick": (
        "点表里的数，看它印在哪里、用到它的核对。",
        "Click a figure of the table to see where it was printed, and its checks.",
    ),
    "behind": ("这个数由{n}格得出：", "Cells behind this figure: {n}."),
    "not_behind": (
        "这个数没有可指的格（表样没有，或未读到）。",
        "No printed cell is behind this figure (not in the form, or not read).",
    ),
    "looking": ("正在打开原件……", "Opening the file …"),
    "title": ("政府信息公开年报 · 查询", "Information disclosure reports · explore"),
    "more": ("等{n}处", " and others, {n} in all"),
    "count_denominator": ("（件数，无分母）", "(a count: none)"),
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """The words for `key` in Chinese or English."""
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)


def listed(items: Iterable[str], lang: str, most: int = 4) -> str:
    """The first of these in one line, and how many there are."""
    found = list(items)
    text = {"zh": "；", "en": "; "}[lang].join(found[:most])
    return text + (say("more", lang, n=len(found)) if len(found) > most else "")


def years_of(years: Sequence[int], lang: str) -> str:
    """Years in one line, runs of them joined: 2019–2021、2023."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return {"zh": "、", "en": ", "}[lang].join(texts)
