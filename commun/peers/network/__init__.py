"""The network that real acts draw: values in, a report out. It knows neither Django nor a database.

Decision 21 says why only acts. The graph's questions are rustworkx's; which links are fragile, and why, is ours.
"""

from commun.peers.network.measuring import EXACT_UP_TO, PAIRS, measure
from commun.peers.network.values import LABELS, Act, Bond, Fragile, Joint, Kind, Region, Report, bonds_of, seen_by_all

__all__ = [
    "EXACT_UP_TO",
    "LABELS",
    "PAIRS",
    "Act",
    "Bond",
    "Fragile",
    "Joint",
    "Kind",
    "Region",
    "Report",
    "bonds_of",
    "measure",
    "seen_by_all",
]
