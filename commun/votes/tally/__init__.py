"""The count, pure: ballots in, ranking and its explanation out. Knows neither Django nor the database.

Majority judgment after M. Balinski and R. Laraki, *Majority Judgment* (MIT Press, 2010). A grade is its rank on the
scale, 0 being the lowest. Every ballot grades every option, so that all profiles have as many grades.
"""

from commun.votes.tally.counting import Ballot, Profile, count
from commun.votes.tally.draw import draw_order, seed_of
from commun.votes.tally.profiles import Gauge, gauge, majority_value, median, popularity
from commun.votes.tally.ranking import Method, Ranking, Split, Step, rank

__all__ = [
    "Ballot",
    "Gauge",
    "Method",
    "Profile",
    "Ranking",
    "Split",
    "Step",
    "count",
    "draw_order",
    "gauge",
    "majority_value",
    "median",
    "popularity",
    "rank",
    "seed_of",
]
