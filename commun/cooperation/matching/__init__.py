"""What may help with a need, with the reasons: pure, local, the same answer every time.

`Index` holds what the library, the agenda and other needs say, as candidates, put in and taken out one by one;
`suggest_for` ranks them for a need. Nothing here knows Django, a network or a model. Decision 14 says why this and how
the score is made.
"""

from commun.cooperation.matching.index import Index, rarity
from commun.cooperation.matching.ranking import suggest_for
from commun.cooperation.matching.values import Candidate, Code, Kind, Match, NeedText, Place, Reason, Text
from commun.finding.analysis.obstacles import Obstacle
from commun.finding.analysis.strata import Stratum, stratum_of

__all__ = [
    "Candidate",
    "Code",
    "Index",
    "Kind",
    "Match",
    "NeedText",
    "Obstacle",
    "Place",
    "Reason",
    "Stratum",
    "Text",
    "rarity",
    "stratum_of",
    "suggest_for",
]
