"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.peers.models import Introduction, Quiet, Round, Suggestion
from commun.peers.services import retention
from commun.peers.types import ROUND_KEPT

ROWS = (
    Holding(
        of="qui demande à rencontrer une collectivité, qui répond",
        what="compte, message",
        why="vous mettre en relation",
        how_long=(
            f"{french.term(retention.NOTHING_CAME)} si rien n’en vient ; "
            f"sinon {french.term(retention.KEPT)}, ou jusqu’à votre demande"
        ),
        models=(Introduction,),
    ),
    Holding(
        of="qui demande à rencontrer une collectivité, qui répond",
        what="le compte qui ne veut plus de ces demandes",
        why="le respecter",
        how_long="jusqu’à ce que vous changiez d’avis",
        models=(Quiet,),
    ),
    Holding(
        of="qui ouvre un tour de table",
        what="compte ; de qui répond, rien",
        why="que vous seul·e puissiez l’effacer",
        how_long=f"jusqu’à votre demande ; le résultat, {french.term(ROUND_KEPT)}",
        models=(Round,),
    ),
    Holding(
        of="l’équipe, quand elle propose une rencontre",
        what="qui l’a proposée",
        why="en répondre",
        how_long=f"{french.term(retention.NOTHING_CAME)}",
        models=(Suggestion,),
    ),
)
