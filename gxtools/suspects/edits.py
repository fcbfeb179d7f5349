"""Typing edits: how the figure that was meant became the figure that is printed."""

from __future__ import annotations

import math

# Name -> the words for a reader. A move concerns several cells at once, the others one.
WORDS = {
    "total_left_zero": "总计漏填，仍为 0",
    "left_blank": "空白处漏填",
    "left_zero": "漏填，仍为 0",
    "swapped_digits": "相邻两位数字颠倒",
    "dropped_digit": "少录一位",
    "added_digit": "多录一位",
    "changed_digit": "一位数字有误",
    "stray_mark": "多出负号或小数点",
    "other_number": "不是常见的录入错误",
    "undetermined": "各格应为何数，合计不能确定",
    "swapped_cells": "相邻两格互换",
    "shifted_row": "整行数字错开一格",
    "shifted_column": "整列数字错开一格",
    "moved_rows": "数字错到相邻的行",
    "moved_columns": "数字错到相邻的列",
    "split_number": "一个数拆在相邻两格",
    "merged_numbers": "相邻两个数并在一格",
}
# No slip of typing that is known to be common.
UNUSUAL = frozenset({"other_number", "undetermined"})
# How far-fetched each is, as powers of ten: declared for ranking, not estimated from data.
_FAR = {
    "total_left_zero": 0.0,
    "left_blank": 0.0,
    "left_zero": 1.0,
    "swapped_digits": 1.0,
    "dropped_digit": 1.0,
    "added_digit": 1.0,
    "changed_digit": 1.0,
    "stray_mark": 1.0,
    "other_number": 4.0,
    "undetermined": 9.0,
    "swapped_cells": 2.0,
    "shifted_row": 2.0,
    "shifted_column": 2.5,
    "moved_rows": 2.5,
    "moved_columns": 2.5,
    "split_number": 2.0,
    "merged_numbers": 2.0,
}


def name_edit(printed: float, meant: float, *, blank: bool = False, total: bool = False) -> str:
    """The typing edit that turns `meant` into `printed`: a key of WORDS.

    `blank` says that nothing is printed, `total` that the cell prints the total of others.
    """
    if math.isnan(meant):
        return "undetermined"
    if blank:
        return "left_blank"
    if printed == 0:
        return "total_left_zero" if total else "left_zero"
    if printed < 0 or not float(printed).is_integer():
        return "stray_mark" if digits(printed) == digits(meant) else "other_number"
    return _one_digit(digits(printed), digits(meant))


def digits(figure: float) -> str:
    """The digits of a figure as printed, without sign and point."""
    return "".join(filter(str.isdigit, write(figure)))


def write(figure: float) -> str:
    """A figure as a reader writes it: 11, 2.5."""
    return str(int(figure)) if float(figure).is_integer() else f"{figure:.10g}"


def _one_digit(typed: str, meant: str) -> str:
    """One edit of Damerau's: a digit dropped, added, changed, or two neighbours swapped."""
    if len(typed) + 1 == len(meant) and typed in _without_one(meant):
        return "dropped_digit"
    if len(typed) == len(meant) + 1 and meant in _without_one(typed):
        return "added_digit"
    if len(typed) != len(meant):
        return "other_number"
    differ = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    if len(differ) == 1:
        return "changed_digit"
    if len(differ) == 2 and differ[0] + 1 == differ[1]:
        i, j = differ
        if typed[i] == meant[j] and typed[j] == meant[i]:
            return "swapped_digits"
    return "other_number"


def _without_one(number: str) -> set[str]:
    """The number with each one of its digits left out."""
    return {number[:i] + number[i + 1 :] for i in range(len(number))}


def far(edit: str, printed: float, meant: float, *, total: bool = False) -> float:
    """How far-fetched it is that `meant` was printed as `printed`: the lower, the more plausible.

    A slip that can be made in many ways fits by chance more easily, so that this one of them is
    less likely; and small counts are common, large ones rare. A total follows from its parts: how
    large it is says nothing.
    """
    if math.isnan(meant):
        return _FAR["undetermined"]
    length = len(digits(meant))
    ways = {
        "swapped_digits": max(length - 1, 1),
        "dropped_digit": length,
        "added_digit": 10 * (length + 1),
        "changed_digit": 9 * length,
        "other_number": 10.0 ** min(length, 6),
    }
    rarer = 1.0 if total else _common(printed) / _common(meant)
    return _FAR[edit] + math.log10(ways.get(edit, 1) * rarer)


def far_of_act(act: str, *, lost: bool = False) -> float:
    """How far-fetched an act is that moved figures and left them as they were, or `lost` one."""
    return _FAR[act] + (1.5 if lost else 0.0)


def _common(count: float) -> float:
    """The share of cells that hold a count, as reports go: half are 0, a sixth 1, a twelfth 2."""
    return 1 / ((abs(count) + 1) * (abs(count) + 2))
