"""A report beside last year's, and beside another report of the same year."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from .checklist import catalogued
from .finding import AS_PRINTED, BROKEN, HOLDS, Finding
from .forms import Table, editions, label, load_form
from .panel import Ints, Key, Panel
from .series import Pairs, Series

SCOPES = {"aggregate": "汇总", "own": "本级", "unknown": "口径不明"}


def jumps(panel: Panel, pairs: Pairs) -> Iterator[Finding]:
    """Watched figures that changed five times or more and beyond chance, and changes of scope."""
    check = catalogued("XY-JUMP")
    for key, at in panel.keys.items():
        if not any(fnmatchcase("/".join(key), pattern) for pattern in check.more["watched"]):
            continue
        a, b = panel.values[pairs.last, at], panel.values[pairs.this, at]
        high, low = np.fmax(a, b), np.fmin(a, b)
        both = pairs.alike & ~np.isnan(a) & ~np.isnan(b)
        far = high >= check.more["limits"]["times"] * low
        beyond = high - low > check.more["limits"]["chance"] * np.sqrt(np.abs(high + low))
        for i in np.flatnonzero(both & far & beyond & (low >= 0)):
            yield _changed(check.id, panel, pairs, int(i), key, "增减在五倍以上，待核")
        yield from _units(panel, pairs, key, both)


def _units(panel: Panel, pairs: Pairs, key: Key, both: np.ndarray) -> Iterator[Finding]:
    """Amounts of which one is some ten thousand times the other: 元 for 万元."""
    if not _is_money(key):
        return
    check = catalogued("T2-UNIT")
    at, limits = panel.keys[key], check.more["limits"]
    a, b = panel.values[pairs.last, at], panel.values[pairs.this, at]
    high, low = np.fmax(a, b), np.fmin(a, b)
    off = both & (low > 0) & (high >= limits["low"] * low) & (high <= limits["high"] * low)
    for i in np.flatnonzero(off):
        yield _changed(check.id, panel, pairs, int(i), key, "两年相差约一万倍，疑为元与万元之误")


def _is_money(key: Key) -> bool:
    tables = [t for name in editions() for t in load_form(name).tables if t.id == key[0]]
    return any(c.code == key[2] and c.type == "decimal" for t in tables for c in t.columns)


def _changed(id: str, panel: Panel, pairs: Pairs, i: int, key: Key, words: str) -> Finding:
    last, this, at = int(pairs.last[i]), int(pairs.this[i]), panel.keys[key]
    a, b = panel.values[last, at], panel.values[this, at]
    cells = (int(panel.position[last, at]), int(panel.position[this, at]))
    times = f"（{max(a, b) / min(a, b):.1f} 倍）" if min(a, b) > 0 else ""
    note = f"上年 {a:g}，本年 {b:g}{times}：{words}"
    return Finding(this, id, *key, left=a, right=b, note=note, cells=cells)


def scope_changes(series: Series, pairs: Pairs) -> Iterator[Finding]:
    for i in np.flatnonzero(~pairs.alike):
        last, this = int(pairs.last[i]), int(pairs.this[i])
        was, now = (SCOPES.get(series.scopes[at], series.scopes[at]) for at in (last, this))
        yield Finding(this, "XY-JUMP", note=f"统计口径由{was}变为{now}：两年数字不可比，待核")


def gaps(series: Series) -> Iterator[Finding]:
    """Years between two reports of a body for which there is none."""
    for at, missing in series.gaps():
        years = str(missing[0]) if len(missing) == 1 else f"{missing[0]}—{missing[-1]}"
        yield Finding(at, "XY-GAP", note=f"缺 {years} 年度报告（未公布或未收集）")


def reclassified(carried: pd.DataFrame) -> Iterator[Finding]:
    """Reports whose carried-over total agrees with last year's while columns do not."""
    wrong = carried.loc[carried["verdict"] == BROKEN]
    table = str(catalogued("XY-RECLASS").more["table"])
    axis, total = load_form(editions()[0]).table(table).column_axis, _total_of(table)
    agreed = set(carried.loc[(carried["verdict"] == HOLDS) & (carried["column"] == total), "at"])
    for at in sorted(set(wrong["at"]) & agreed):
        rows = wrong.loc[wrong["at"] == at]
        names = "、".join(label(str(code), axis=axis) for code in rows["column"])
        note = f"结转总计与上年相符，{names}不符：申请人类别可能重新认定"
        cells = tuple(int(cell) for part in rows["cells"] for cell in part)
        yield Finding(int(at), "XY-RECLASS", table, note=note, cells=cells)


def _total_of(table: str) -> str:
    """The column that the form's own sums print as the total of a row."""
    sums = load_form(editions()[0]).table(table).sums
    return next(total.right[0] for total in sums if total.per == "row")


def stale(panel: Panel, pairs: Pairs) -> Iterator[Finding]:
    """Tables whose figures are nearly all last year's."""
    check = catalogued("XY-STALE")
    least, share = check.more["limits"]["cells"], check.more["limits"]["share"]
    for table, columns in _tables(panel):
        a, b = panel.values[np.ix_(pairs.last, columns)], panel.values[np.ix_(pairs.this, columns)]
        filled = (a > 0) | (b > 0)
        same = (filled & (a == b)).sum(axis=1)
        some = filled.sum(axis=1)
        for i in np.flatnonzero((some >= least) & (same >= share * some)):
            note = f"{some[i]} 个非零格中 {same[i]} 个与上年相同，待核"
            yield Finding(
                int(pairs.this[i]), check.id, table, left=float(same[i]), right=float(some[i]),
                note=note,
            )  # fmt: skip


def _tables(panel: Panel) -> Iterator[tuple[str, Ints]]:
    for table in dict.fromkeys(key[0] for key in panel.keys):
        columns = [at for key, at in panel.keys.items() if key[0] == table]
        yield table, np.array(columns, dtype=np.int64)


def new_editions(panel: Panel, series: Series) -> Iterator[Finding]:
    """Tables of another edition than in the body's report before, and what does not compare."""
    for last, this in series.successions():
        was, now = panel.editions[last], panel.editions[this]
        for id in [id for id in now if was.get(id, now[id]) != now[id]]:
            note = _lost(load_form(was[id]).table(id), load_form(now[id]).table(id))
            if note:
                year = series.years[last]
                words = f"{year} 年度报告为 {was[id]} 年版，本年为 {now[id]} 年版：{note}"
                yield Finding(this, "XY-EDITION", id, note=words)


def _lost(old: Table, new: Table) -> str:
    """What only one of two editions has; "" where they print the same cells."""
    if set(old.cells()) == set(new.cells()):
        return ""
    names = []
    for axis, one, other in (
        (old.row_axis, old.rows, new.rows),
        (old.column_axis, old.columns, new.columns),
    ):
        here, there = {entry.code for entry in one}, {entry.code for entry in other}
        codes = [
            code for code in (*here - there, *there - here) if not _rolls_up(code, here, there)
        ]
        names += sorted(label(code, axis=axis) for code in codes)
    return f"{'、'.join(names)}不可比" if names else "分项按上一级合并后可比"


def _rolls_up(code: str, here: set[str], there: set[str]) -> bool:
    """Whether the other edition has the code above or below this one."""
    other = there if code in here else here
    return any(code.startswith(f"{name}.") or name.startswith(f"{code}.") for name in other)


def revised(panel: Panel, series: Series) -> Iterator[Finding]:
    """Cells in which two reports of one body, year and scope differ; or that they agree."""
    ids, hashes = panel.ids, panel.reports.index["sha256"].fillna("").tolist()
    for earlier, later in series.repeats():
        one, other = ids[earlier], ids[later]
        if hashes[earlier] and hashes[earlier] == hashes[later]:
            note = f"与 {one} 是同一文件"
            yield Finding(later, "ST-IDENT", note=note)
            continue
        differing = list(_differing(panel, earlier, later))
        for key, a, b, cells in differing:
            note = f"{one} 为 {_shown(a)}，{other} 为 {_shown(b)}"
            yield Finding(later, "XY-REVISED", *key, a, b, BROKEN, AS_PRINTED, note, cells)
        if not differing:
            yield _agreed(panel, earlier, later)


def _agreed(panel: Panel, earlier: int, later: int) -> Finding:
    formats = panel.reports.index["format"].fillna("").tolist()
    n = float((~np.isnan(panel.values[[earlier, later]])).all(axis=0).sum())
    name = panel.ids[earlier]
    if formats[earlier] == formats[later]:
        return Finding(later, "ST-IDENT", note=f"与 {name} 是同一报告的两份文件，{n:g} 个数相同")
    note = f"与 {name} 两种格式分别读取，{n:g} 个数逐格相同"
    return Finding(later, "ST-READ", left=n, right=n, verdict=HOLDS, note=note)


def _differing(
    panel: Panel, earlier: int, later: int
) -> Iterator[tuple[Key, float, float, tuple[int, int]]]:
    """Cells that both reports print with different figures; unread cells are no revision."""
    a, b = panel.values[earlier], panel.values[later]
    read = [~np.isnan(panel.values[at]) | panel.nothing[at] for at in (earlier, later)]
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    keys = list(panel.keys)
    for at in np.flatnonzero(read[0] & read[1] & ~same):
        cells = (int(panel.position[earlier, at]), int(panel.position[later, at]))
        yield keys[at], float(a[at]), float(b[at]), cells


def _shown(value: float) -> str:
    return "空白" if np.isnan(value) else f"{value:g}"
