"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.newsletters.models import (
    Approval,
    Correction,
    Erratum,
    JournalEntry,
    Submission,
    TrialAnswer,
    TrialList,
)
from commun.newsletters.services import trials

ROWS = (
    Holding(
        of="qui relit une lettre avant son départ",
        what="adresse, réponse",
        why="corriger la lettre",
        how_long=f"jusqu’à ce que l’équipe vous retire, ou votre demande ; une réponse, {french.term(trials.KEPT)}",
        models=(TrialList, TrialAnswer),
    ),
    Holding(
        of="l’équipe, quand elle écrit la lettre",
        what="qui l’a proposée, validée, corrigée",
        why="répondre de ce qui est publié",
        how_long="autant que le numéro ; le nom s’efface avec le compte",
        models=(Submission, Approval, Correction, Erratum, JournalEntry),
    ),
)
