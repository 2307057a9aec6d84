"""The door of this room. `commun.finding.analysis`, which is pure, is open.

A room above registers a source (`register_source`) and calls `refresh` in the transaction that shows or hides.
"""

from commun.finding.exceptions import FindingError, UnknownSource
from commun.finding.registry import register_source
from commun.finding.services.sweeping import rebuild, sweep
from commun.finding.services.writing import refresh
from commun.finding.sources.actors import digest
from commun.finding.types import Document, Source

__all__ = [
    "Document",
    "FindingError",
    "Source",
    "UnknownSource",
    "digest",
    "rebuild",
    "refresh",
    "register_source",
    "sweep",
]
