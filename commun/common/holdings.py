"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french, visits, withdrawals
from commun.common.models import Visit, Withdrawal
from commun.common.privacy import Holding

ROWS = (
    Holding(
        of="qui part, se plaint ou s’efface",
        what="empreinte de l’adresse, ce qui a été demandé",
        why="ne pas vous écrire de nouveau après une panne",
        how_long=f"{french.term(withdrawals.KEPT)}, puis dans un fichier tant qu’il reste d’anciennes sauvegardes",
        models=(Withdrawal,),
    ),
    Holding(
        of="qui visite le site",
        what="le nombre de visites par page et par jour, sans savoir de qui",
        why="savoir ce qui est lu",
        how_long=f"{french.term(visits.KEPT)}",
        models=(Visit,),
    ),
)
