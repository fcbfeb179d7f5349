"""A corpus of reports as Parquet files: what is written, and what is read of it.

Frames and Arrow tables only; `gxtools.store` makes Reports of them.
"""

from ..errors import MissingExtraError

try:
    import pyarrow.parquet  # noqa: F401
except ImportError as error:
    raise MissingExtraError(
        "a corpus is kept in Parquet files, which need pyarrow: it is not installed",
        advice='Run: pip install "gxtools[store]"',
    ) from error

from .corpus import LARGEST, Change, Corpus

__all__ = ["LARGEST", "Change", "Corpus"]
