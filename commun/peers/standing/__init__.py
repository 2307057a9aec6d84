"""Where we stand together: eighteen statements of our own, and how far people see the same. Pure: neither Django nor a
database. Decision 22 says why there is no score; docs/standing.md where the statements come from."""

from commun.peers.standing.drawing import draw_bar
from commun.peers.standing.spread import FEWEST, Group, Spread, add, people_in, read, spread_of
from commun.peers.standing.statements import ANSWERS, DIMENSIONS, STATEMENTS, Answer, Dimension, Statement

__all__ = [
    "ANSWERS",
    "DIMENSIONS",
    "FEWEST",
    "STATEMENTS",
    "Answer",
    "Dimension",
    "Group",
    "Spread",
    "Statement",
    "add",
    "draw_bar",
    "people_in",
    "read",
    "spread_of",
]
