"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.subscribers.models import BulkChange, ConsentEvent, Import, ImportPiece, ImportRefusal, Subscriber
from commun.subscribers.services import files, retention, subscriptions
from commun.subscribers.types import ACT_UNDOABLE

ROWS = (
    Holding(
        of="les personnes abonnées",
        what="adresse, préférences, département si vous le donnez, dates",
        why="vous envoyer la lettre : votre accord ou, pour une liste confiée à l’équipe, la raison dite avec elle",
        how_long=(
            f"jusqu’à votre demande d’effacement, {french.term(retention.KEPT)} au plus après votre départ ; "
            f"une demande jamais confirmée, {french.term(subscriptions.UNCONFIRMED_KEPT)}"
        ),
        models=(Subscriber,),
    ),
    Holding(
        of="les personnes abonnées",
        what="la preuve de votre accord : date, moyen, phrase exacte, sous une empreinte de l’adresse",
        why="prouver que vous l’avez donné, comme la loi le demande",
        how_long="tant que la lettre paraît",
        models=(ConsentEvent,),
    ),
    Holding(
        of="les personnes abonnées",
        what="le fichier d’adresses où vous figurez, et ses lignes refusées",
        why="vous ajouter, et corriger ce qui ne se lit pas",
        how_long=f"{french.term(files.KEPT)} après le dernier geste",
        models=(Import, ImportPiece, ImportRefusal),
    ),
    Holding(
        of="les personnes abonnées",
        what="vos préférences d’avant un changement fait sur beaucoup de monde",
        why="pouvoir l’annuler",
        how_long=f"{french.term(ACT_UNDOABLE)}",
        models=(BulkChange,),
    ),
)
