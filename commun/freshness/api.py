"""The door of this room."""

from commun.freshness.exceptions import FreshnessError
from commun.freshness.registry import register_drafts
from commun.freshness.selectors.board import pages_waiting
from commun.freshness.selectors.doubts import Doubt, dead_among, doubts_about, has_reports
from commun.freshness.services.reporting import report
from commun.freshness.types import ReportKind

__all__ = [
    "Doubt",
    "FreshnessError",
    "ReportKind",
    "dead_among",
    "doubts_about",
    "has_reports",
    "pages_waiting",
    "register_drafts",
    "report",
]
