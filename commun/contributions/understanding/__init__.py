"""What a message is about, guessed from its words alone: pure, local, the same answer every time.

Everything is a suggestion with its evidence; an editor confirms. What is not in the words comes through two ports: a
gazetteer (places of the register) and a directory (organisations), each asked once.
"""

from commun.contributions.understanding.result import (
    LIKELY,
    Directory,
    Field,
    Gazetteer,
    KnownOrganisation,
    Nature,
    Place,
    Reason,
    Span,
    Suggestion,
    ThemeWords,
    Understanding,
    Where,
    Writing,
)
from commun.contributions.understanding.understanding import understand

__all__ = [
    "LIKELY",
    "Directory",
    "Field",
    "Gazetteer",
    "KnownOrganisation",
    "Nature",
    "Place",
    "Reason",
    "Span",
    "Suggestion",
    "ThemeWords",
    "Understanding",
    "Where",
    "Writing",
    "understand",
]
