"""Corpora of reports: opened, and brought up to date."""

from .stored import StoredReports, open_reports

__all__ = ["StoredReports", "open_reports"]
