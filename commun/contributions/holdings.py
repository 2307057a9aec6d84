"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.contributions.models import Contribution, Event, Feed, File, FormDraft, Message
from commun.contributions.services import giving, retention

ROWS = (
    Holding(
        of="qui contribue",
        what="nom, adresse, structure, textes, fichiers, ce qui a été décidé",
        why="répondre, créditer, dire ce que votre contribution devient",
        how_long=(
            f"jusqu’à votre demande, {french.term(retention.KEPT)} au plus après la dernière décision ; "
            "les pages publiées restent"
        ),
        models=(Contribution, Message, File, Event),
    ),
    Holding(
        of="qui contribue",
        what="un formulaire commencé",
        why="ne rien perdre entre deux étapes",
        how_long=f"{french.term(giving.KEPT)} après le dernier geste",
        models=(FormDraft,),
    ),
    Holding(
        of="l’équipe, quand elle suit l’agenda d’un partenaire",
        what="qui en a donné l’adresse",
        why="en répondre",
        how_long="tant que cet agenda est suivi ; le nom s’efface avec le compte",
        models=(Feed,),
    ),
)
