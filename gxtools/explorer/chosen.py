"""The reports that are chosen, with their figures side by side for one measure after another."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from ..corpus.wide import Wide
from ..panel import NOTHING, Panel
from ..reports import Reports


class Chosen(Reports):
    """Some reports, their frames looked at when they are needed, their figures only once."""

    def __init__(self, source: Reports) -> None:
        object.__setattr__(self, "_source", source)

    _source: Reports

    @cached_property
    def index(self) -> pd.DataFrame:
        return self._source.index

    @cached_property
    def cells(self) -> pd.DataFrame:
        return self._source.cells

    @cached_property
    def sections(self) -> pd.DataFrame:
        return self._source.sections

    @cached_property
    def problems(self) -> pd.DataFrame:
        return self._source.problems

    @cached_property
    def wide(self) -> Wide | None:
        """As they are kept, or else of the cells; None where a cell stands twice."""
        if kept := self._source.wide:
            return kept
        panel = Panel.of(self._source)
        if panel.doubles:
            return None
        kinds = panel.nothing.astype(np.uint8)
        return Wide(panel.keys, panel.values, kinds, ["", NOTHING[0]], panel.position)
