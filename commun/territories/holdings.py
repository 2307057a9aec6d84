"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.territories.models import (
    MandateCode,
    MandateDocument,
    MandateEvent,
    MandateRequest,
    Membership,
    OfficialAddress,
    OrganisationChange,
)
from commun.territories.services.mandates import codes, ending, requests

ROWS = (
    Holding(
        of="qui agit pour une collectivité",
        what="compte, fonction, ce qui a prouvé le mandat, qui l’a vérifié",
        why="savoir qui peut parler et voter en son nom",
        how_long=f"tant que dure le mandat, {french.term(ending.ENDED_KEPT)} après sa fin",
        models=(Membership, MandateEvent),
    ),
    Holding(
        of="qui agit pour une collectivité",
        what="lettre signée, moyen de vous joindre",
        why="vérifier le mandat",
        how_long=f"{french.term(requests.PIECES_KEPT)} après la décision, ou jusqu’à votre demande",
        models=(MandateRequest, MandateDocument),
    ),
    Holding(
        of="qui agit pour une collectivité",
        what="qui a demandé un code, et ses erreurs",
        why="empêcher de le deviner",
        how_long=f"{french.term(codes.CODE_KEPT)}",
        models=(MandateCode,),
    ),
    Holding(
        of="les mairies",
        what="l’adresse officielle, quand elle porte un nom",
        why="envoyer un code à la collectivité elle-même",
        how_long="jusqu’au fichier officiel suivant",
        models=(OfficialAddress,),
    ),
    Holding(
        of="l’équipe, quand elle corrige l’annuaire",
        what="qui a corrigé",
        why="en répondre",
        how_long="autant que l’organisation ; le nom s’efface avec le compte",
        models=(OrganisationChange,),
    ),
)
