"""How French is read, wherever texts are compared: pure, and the same answer every time."""

from commun.common.spelling import closest
from commun.finding.analysis.audiences import audiences_in
from commun.finding.analysis.extracts import Piece, Told, best_extract, marked, tell
from commun.finding.analysis.obstacles import Obstacle, named_in, said_in
from commun.finding.analysis.questions import Question, Term, read_question
from commun.finding.analysis.stages import stage_in
from commun.finding.analysis.strata import STRATA, Stratum, stratum_of
from commun.finding.analysis.words import (
    fold,
    folded_words,
    normalised,
    root_of,
    roots_in,
    searched_roots,
    spellings_in,
)

__all__ = [
    "STRATA",
    "Obstacle",
    "Piece",
    "Question",
    "Stratum",
    "Term",
    "Told",
    "audiences_in",
    "best_extract",
    "closest",
    "fold",
    "folded_words",
    "marked",
    "named_in",
    "normalised",
    "read_question",
    "root_of",
    "roots_in",
    "said_in",
    "searched_roots",
    "spellings_in",
    "stage_in",
    "stratum_of",
    "tell",
]
