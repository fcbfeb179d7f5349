"""docs/measures.md: the dictionary of measures as a page. `python -m tests.set_measures` sets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gxtools.measures import find, measures

PAGE = Path(__file__).parents[1] / "docs" / "measures.md"
HEAD = """# 指标词典 Dictionary of measures

`gx.measures()` 给出同样的内容，`gx.measure(reports, id)` 计算。公式由表样各行列的代码组成，`*` 依次代表各代码；
率以小数给出（0.25），`n` 为分母。每个率都印公式、分子、分母和 95 % 区间。

`gx.measures()` gives the same as a frame and `gx.measure(reports, id)` computes it. Formulas are sums of
codes of the form; `*` is each code in turn. Rates are fractions. Every rate carries its formula,
numerator, denominator and interval.

`basis`：`printed` 照印出的数；`derived` 用到了可证为零的空白，或由各部分相加的未印总计；
`contradicted` 用到的印出总计不等于其各部分之和（见 `gx.check`）。

`basis`: `printed` as printed; `derived` rests on a blank shown to be zero, or on a total left blank that its
parts add up to; `contradicted` rests on a printed total that is not the sum of its parts (see `gx.check`).

| kind | 含义 | meaning | `low`, `high` |
|---|---|---|---|
| count | 件数 | a count | – |
| amount | 金额、存量 | money or a stock | – |
| share | 分子是分母的一部分 | the numerator is part of the denominator | Wilson, 95 % |
| per | 每件、每人的次数 | events per unit of something else | Poisson, exact, 95 % |
| ratio | 两数之比 | one number against another | – |
| change | 与上年相比 | against the year before | – |

| id | 名称 | name | kind | unit | forms |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = [find(id) for id in measures()["id"]]
    index = "".join(
        f"| [`{m.id}`](#{m.id}) | {m.zh} | {m.en} | {m.kind} | {m.unit} | {', '.join(m.editions)} |\n"
        for m in rows
    )
    return HEAD + index + "".join("\n" + "\n".join(_section(m.id)) + "\n" for m in rows)


def _section(id: str) -> Iterator[str]:
    measure = find(id)
    yield f"## {id}"
    yield ""
    yield f"**{measure.zh}** · {measure.en}"
    yield ""
    yield f"- `{measure.formula()}`"
    yield f"- {measure.formula(lang='zh')}"
    yield f"- {measure.formula(lang='en')}"
    if measure.over_zh:
        yield f"- 分母 denominator: {measure.over_zh} · {measure.over_en}"
    yield f"- 来源 source: {measure.source}"
    yield f"- 注意：{measure.caveat_zh}"
    yield f"- Beware: {measure.caveat_en}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
