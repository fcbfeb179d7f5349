"""CSV for a Chinese Excel: byte-order mark, and no text that becomes a formula."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from gxtools.tables import write_csv


def test_text_that_looks_like_a_formula_is_quoted_and_numbers_are_not(tmp_path: Path) -> None:
    frame = pd.DataFrame({"agency": ["=1+1", "@某局", "市政府", None], "value": [-5, 2, 3, 4]})
    back = pd.read_csv(write_csv(frame, tmp_path / "new/a.csv"), encoding="utf-8-sig")
    assert list(back["agency"].fillna("")) == ["'=1+1", "'@某局", "市政府", ""]
    assert list(back["value"]) == [-5, 2, 3, 4]


def test_the_frame_itself_is_not_changed(tmp_path: Path) -> None:
    frame = pd.DataFrame({"agency": ["=1+1"]})
    write_csv(frame, tmp_path / "a.csv")
    assert list(frame["agency"]) == ["=1+1"]
