"""What may help with a need, with the reasons: pure, local, the same answer every time.

A `Shelf` holds what the library and the agenda say; `suggest_for` ranks that, and other needs, for a need. Nothing here
knows Django, a network or a model. Decision 14 says why this and how the score is made.
"""

from commun.cooperation.matching.facts import Facts, Held, Shelf, facts_of
from commun.cooperation.matching.ranking import suggest_for
from commun.cooperation.matching.reasons import in_common
from commun.cooperation.matching.values import Candidate, Code, Kind, Match, NeedText, Place, Reason, Text
from commun.finding.analysis.obstacles import Obstacle
from commun.finding.analysis.strata import Stratum, stratum_of

__all__ = [
    "Candidate",
    "Code",
    "Facts",
    "Held",
    "Kind",
    "Match",
    "NeedText",
    "Obstacle",
    "Place",
    "Reason",
    "Shelf",
    "Stratum",
    "Text",
    "facts_of",
    "in_common",
    "stratum_of",
    "suggest_for",
]
