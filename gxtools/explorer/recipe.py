"""The code that makes a view again: the calls of gxtools that the explorer itself makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from .chart_list import Chart

_WIDTH = 92


def code_of(
    select: str, measure: str, chart: Chart | None, lang: str, *, population: str = ""
) -> str:
    """Python that leaves the table in `table` and the chart in `drawn`; `select` gives the reports
    in `chosen`."""
    also = f", population={population}" if population else ""
    lines = ["import gxtools as gx", "", select, f'table = gx.measure(chosen, "{measure}"{also})']
    if chart is not None:
        of_measure = chart.frames[0] == "measure"
        frame = "table" if of_measure else "chosen"
        for step in chart.frames[1:] if of_measure else chart.frames:
            frame = f"gx.{step}({frame})"
        spoken = "" if lang == "zh" else f', lang="{lang}"'
        lines.append(f"drawn = gx.{chart.plot}({frame}{spoken})")
    return "\n".join(lines) + "\n"


def selection(name: str, agencies: Sequence[str], years: Iterable[int]) -> str:
    """The line that chooses reports by agency and year from the variable `name`."""
    return _call(f"chosen = {name}.select", {"agency": agencies, "year": list(years)})


def selection_by_id(name: str, ids: Sequence[str]) -> str:
    """The line that chooses reports by their ids, where names do not tell them apart."""
    return _call(f"chosen = {name}.only", {"reports": ids})


def _call(function: str, arguments: dict[str, Sequence[object]]) -> str:
    parts = [f"{name}={_list(values)}" for name, values in arguments.items()]
    line = f"{function}({', '.join(parts)})"
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    return f"{function}(\n" + "".join(f"    {part},\n" for part in parts) + ")"


def _list(values: Sequence[object]) -> str:
    """A list as it is written, one item a line where they are many."""
    texts = [json.dumps(value, ensure_ascii=False) for value in values]
    line = f"[{', '.join(texts)}]"
    if len(line) <= 60 or not isinstance(next(iter(values), None), str):
        return line
    return "[\n" + "".join(f"        {text},\n" for text in texts) + "    ]"
