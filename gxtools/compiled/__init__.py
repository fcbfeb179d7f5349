"""Compiled sheets: one row a body and year. An office's own 汇总表 -> Reports, and back."""

from .reading import read_sheet
from .writing import write_sheet

__all__ = ["read_sheet", "write_sheet"]
