"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.freshness import tokens
from commun.freshness.models import Report, Watch
from commun.freshness.services import retention

ROWS = (
    Holding(
        of="qui signale un problème sur une page",
        what="adresse si vous la donnez, message, qui a répondu",
        why="dire ce que le signalement devient",
        how_long=(
            f"{french.term(retention.KEPT)} après la réponse ; "
            f"une adresse jamais confirmée, {french.term(tokens.ADDRESS_GOOD_FOR)}"
        ),
        models=(Report,),
    ),
    Holding(
        of="à qui l’on demande si une page est encore vraie",
        what="empreinte de l’adresse, réponse",
        why="corriger la page, et ne pas demander deux fois",
        how_long="jusqu’à ce que la page soit vérifiée, ou votre demande",
        models=(Watch,),
    ),
)
