"""docs/gallery.md and its pictures, from real data: `python -m tests.set_gallery`.

Every chart with the code that made it, its picture, and one sentence on when to use it. The code
that stands on the page is the code that is run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot
from PIL import Image

import gxtools as gx

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "images" / "gallery"
DOTS = 110  # dots an inch: sharp on a page, small in the repository
COLOURS = 256

SETUP = """\
import gxtools as gx

reports = gx.read_all("data/reports")
panel = gx.read_sheet("data/headline.csv")
pingtan = reports.select(agency="平潭综合实验区管委会")"""

HEAD = f"""# 图集 Gallery

每张图：一句话说明何时用、作图的代码、结果。全部用 `data/` 里的真实数字，由 `make gallery` 一次生成。
口径、分母、来源和提醒印在每张图的下方；样本过小的率用灰色，不着“好”“坏”色；缺年留空，不连线；换表样处画断点。

Every chart with a sentence on when to use it, the code, and the result, all from the real figures in `data/`,
made by `make gallery`. Formula, denominator, source and cautions stand under every chart; rates of few cases are
grey and never coloured good; a missing year is a gap; a break between forms is drawn as one.

```python
{SETUP}
```
"""


class Entry(NamedTuple):
    """One chart: its file, headings, when to use it in both languages, and its code."""

    name: str
    title: str
    zh: str
    en: str
    code: str


ENTRIES = (
    Entry(
        "coverage", "覆盖 Coverage",
        "作任何比较之前先看：哪些机关、哪些年度有报告，用的什么表样，核对是否平。",
        "Before any comparison: which bodies and years there are, on which form, and whether checks hold.",
        "gx.plot_coverage(gx.coverage(reports))",
    ),
    Entry(
        "volumes", "申请量 Volumes",
        "几个机关的申请量多大、怎么变。",
        "How many applications a few bodies receive, and how that moves.",
        'places = reports.select(level=["city", "district"])\ngx.plot_volumes(gx.volumes(places))',
    ),
    Entry(
        "trend-volume", "跨表样的长序列 A long series over forms",
        "一个机关很多年：可连的连，缺年留空，换表样处有细线。",
        "One body over many years: joined where figures join, gaps where years are missing.",
        'received = gx.measure(pingtan, "new_applications")\ngx.plot_trend(gx.trend(received))',
    ),
    Entry(
        "trend-break", "断点 A break",
        "率的走势：不可直接比较处断开并写明原因；灰色空心点分母太小。",
        "A rate over the years: cut where it is not comparable, with the reason; hollow points rest on few cases.",
        'rate = gx.measure(pingtan, "disclosure_rate")\ngx.plot_trend(gx.trend(rate, lang="en"), lang="en")',
    ),
    Entry(
        "trends", "小多图 Small multiples",
        "机关多时逐个看走势，比一团线清楚。",
        "Many bodies over the years, each in its own small chart instead of a tangle of lines.",
        'names = "江宁区 安居区 临平区 松江区 长安区 东城区 江岸区 崇明区 汨罗市".split()\n'
        'several = panel.select(agency=[f"{name}人民政府" for name in names])\n'
        'gx.plot_trends(gx.trend(gx.measure(several, "new_applications")))',
    ),
    Entry(
        "ranking", "位次 Ranking",
        "一年之内按数值排列：率带 95% 区间和位次范围，样本过小的另列、不排。",
        "The bodies of one year by value: rates with intervals and ranges of places, few cases set apart.",
        'rate = gx.measure(gx.concat([reports, panel]), "carry_rate")\n'
        'gx.plot_ranking(gx.compare(rate, by="district"), lang="en")',
    ),
    Entry(
        "ranking-counts", "件数位次 Ranking of counts",
        "件数多少一目了然；只在口径、层级相同的一组之内比。",
        "Who receives most, within one group of the same scope and level.",
        'received = gx.measure(panel.select(year=2025), "new_applications")\n'
        "gx.plot_ranking(gx.rank(received))",
    ),
    Entry(
        "funnel", "漏斗图 Funnel",
        "比较各机关的率时首选：线内的高低属偶然，只有线外才值得追问。",
        "The first choice for comparing rates: within the limits is chance, only beyond is worth a question.",
        'rate = gx.measure(gx.concat([reports, panel]), "carry_rate")\ngx.plot_funnel(gx.funnel(rate))',
    ),
    Entry(
        "change", "两年之间 Two years",
        "两年之间谁升谁降，变化是否超出偶然。",
        "Who rose and fell between two years, and whether that is beyond chance.",
        'rate = gx.measure(reports, "disclosure_rate")\ngx.plot_change(gx.compare(rate, years=(2023, 2024)))',
    ),
    Entry(
        "outcomes", "办理结果构成 Outcomes",
        "各机关、各年度的结果构成；每条注明分母。",
        "How applications ended, by body and year; every bar names its denominator.",
        'places = reports.select(level=["city", "district"]).select(year=[2023, 2024, 2025])\n'
        "gx.plot_outcomes(gx.outcomes(places))",
    ),
    Entry(
        "heatmap-years", "机关×年度 Heat map of years",
        "机关多、年度多时看全貌：数值印在格里，无数的画斜线。",
        "Many bodies over many years at once: figures printed, blanks hatched.",
        'gx.plot_heatmap(gx.trend(gx.measure(reports, "disclosure_rate")))',
    ),
    Entry(
        "heatmap-outcomes", "机关×结果 Heat map of outcomes",
        "机关多时代替堆积条：每种结果可以纵向比较。",
        "Instead of stacked bars when bodies are many: each outcome can be compared down its column.",
        'gx.plot_heatmap(gx.measure(reports.select(year=2024), "outcome_share"), lang="en")',
    ),
    Entry(
        "denials", "不予公开理由 Reasons of denial",
        "为什么不公开；“无法提供”“不予处理”的理由也可用。",
        "Why applications were denied; also for the reasons of not providing and not processing.",
        'cities = reports.select(level="city")\n'
        'gx.plot_denials(gx.measure(cities, "denial_reasons"))',
    ),
    Entry(
        "applicants", "申请人 Applicants",
        "谁在申请；按件计，不按人计。",
        "Who applies; counted in applications, not people.",
        'gx.plot_applicants(gx.applicants(reports.select(year=[2024, 2025])), lang="en")',
    ),
    Entry(
        "disputes", "复议诉讼 Reviews and suits",
        "复议、诉讼结果的件数，旁边是纠错率及其分母和区间。",
        "How reviews and suits ended, beside the correction rate with its denominator and interval.",
        'gx.plot_disputes(gx.disputes(reports.select(level="city")))',
    ),
    Entry(
        "flow", "一年的流程 The flow of a year",
        "一份报告的收与办：新收加上年结转，等于办结加结转下年度。",
        "One report: what came in and was carried in, and what was answered or carried over.",
        'year = reports.select(agency="宿迁市人民政府").select(year=2023)\n'
        "gx.plot_flow(gx.volumes(year))",
    ),
    Entry(
        "portrait", "一页概况 Portrait",
        "一个机关一页纸：申请量、结果、复议诉讼、核对、在同组中的位置。",
        "One body on one page: volumes, outcomes, disputes, checks, and its place among its peers.",
        'rates = gx.measure(reports, ["disclosure_rate", "denial_rate", "review_correction_rate"])\n'
        'volumes = gx.trend(gx.measure(reports, "new_applications"))\n'
        'frames = {"trend": volumes, "outcomes": gx.outcomes(reports), "checks": gx.check(reports)}\n'
        'frames |= {"disputes": gx.disputes(reports), "places": gx.compare(rates, by="district")}\n'
        'gx.plot_portrait("平潭综合实验区管委会", **frames)',
    ),
)  # fmt: skip


def page() -> str:
    """The whole page."""
    return HEAD + "".join("\n" + "\n".join(_section(entry)) + "\n" for entry in ENTRIES)


def _section(entry: Entry) -> Iterator[str]:
    yield f"## {entry.title}"
    yield ""
    yield entry.zh
    yield entry.en
    yield ""
    yield "```python"
    yield entry.code
    yield "```"
    yield ""
    yield f"![{entry.title}](images/gallery/{entry.name}.png)"


def drawn(code: str, names: dict[str, Any]) -> Any:
    """What the last line of the code of an entry returns."""
    lines = code.split("\n")
    for start in range(len(lines) - 1, -1, -1):
        try:
            last = compile("\n".join(lines[start:]), "gallery", "eval")
        except SyntaxError:
            continue
        exec("\n".join(lines[:start]), names)  # the entries above, and nothing else
        return eval(last, names)
    raise SyntaxError(code)


def save(chart: Any, path: Path) -> None:
    """The picture with few colours: a chart has few, and the file is a third."""
    figure = chart if hasattr(chart, "savefig") else chart.get_figure(root=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=DOTS)
    picture = Image.open(path).convert("RGB").quantize(COLOURS)
    picture.save(path, optimize=True)
    pyplot.close("all")


def main() -> None:
    names: dict[str, Any] = {}
    exec(SETUP, names)
    wanted = set(sys.argv[1:])
    for entry in ENTRIES:
        if not wanted or entry.name in wanted:
            path = PICTURES / f"{entry.name}.png"
            save(drawn(entry.code, dict(names)), path)
            print(path.relative_to(ROOT), path.stat().st_size)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    assert gx
    main()
