"""The door of this room. `commun.finding.analysis`, which is pure, is open.

A room above registers a source (`register_source`) and calls `refresh` in the transaction that shows or hides; what
loads many things at once does so inside `at_the_end`.
"""

from commun.finding.exceptions import FindingError, UnknownSource
from commun.finding.registry import kind_labels, register_source
from commun.finding.selectors.addresses import Lot, address_lots, addresses
from commun.finding.selectors.answers import FRESH, Answers, Asked, find
from commun.finding.selectors.likeness import Alike, Said, alike, say
from commun.finding.selectors.related import Related, related
from commun.finding.selectors.showing import Shown, keys_of, show
from commun.finding.selectors.suggestions import Suggestion, suggest
from commun.finding.services.sweeping import rebuild, sweep
from commun.finding.services.writing import at_the_end, refresh
from commun.finding.sources.actors import digest
from commun.finding.sources.pages import themes_named
from commun.finding.types import Around, Document, Named, Order, Source

__all__ = [
    "FRESH",
    "Alike",
    "Answers",
    "Around",
    "Asked",
    "Document",
    "FindingError",
    "Lot",
    "Named",
    "Order",
    "Related",
    "Said",
    "Shown",
    "Source",
    "Suggestion",
    "UnknownSource",
    "address_lots",
    "addresses",
    "alike",
    "at_the_end",
    "digest",
    "find",
    "keys_of",
    "kind_labels",
    "rebuild",
    "refresh",
    "register_source",
    "related",
    "say",
    "show",
    "suggest",
    "sweep",
    "themes_named",
]
