"""Corpora of reports: opened, brought up to date, and what they were before."""

from .history import earlier_reports, history
from .stored import StoredReports, open_reports
from .updating import update

__all__ = ["StoredReports", "earlier_reports", "history", "open_reports", "update"]
