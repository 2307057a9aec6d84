"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.cms.models import CommunDocument, CommunImage, NetworkSettings
from commun.common.privacy import Holding

ROWS = (
    Holding(
        of="les auteurs d’images et de documents",
        what="le nom que dit la licence, et qui de l’équipe les a déposés",
        why="respecter leurs droits",
        how_long="autant que le fichier",
        models=(CommunImage, CommunDocument),
    ),
    Holding(
        of="les responsables du site",
        what="direction de la publication, délégué à la protection des données",
        why="la loi demande de les nommer",
        how_long="le temps de leur fonction",
        models=(NetworkSettings,),
    ),
)
