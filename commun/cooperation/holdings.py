"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.cooperation.models import (
    Engagement,
    Need,
    NeedAnswer,
    NeedEvent,
    PlanComment,
    ProjectEntry,
    ProposalEvent,
    SharedProject,
    Start,
    StartEvent,
    ThemeProposal,
)
from commun.cooperation.services import retention

ROWS = (
    Holding(
        of="qui dit un besoin",
        what="nom, adresse, ce qui a été écrit depuis",
        why="répondre et prendre des nouvelles",
        how_long=(
            f"jusqu’à votre demande, {french.term(retention.KEPT)} au plus après sa clôture ; "
            "le besoin reste celui de la collectivité"
        ),
        models=(Need, NeedAnswer, NeedEvent),
    ),
    Holding(
        of="qui propose un thème",
        what="nom, adresse",
        why="dire ce que la proposition devient",
        how_long=f"jusqu’à votre demande, {french.term(retention.KEPT)} au plus après la dernière étape",
        models=(ThemeProposal, ProposalEvent),
    ),
    Holding(
        of="qui engage sa collectivité dans un projet partagé",
        what="compte, contact, qui a écrit quoi",
        why="écrire aux collectivités du projet",
        how_long="jusqu’à votre demande, ou votre départ de la collectivité",
        models=(SharedProject, Engagement, ProjectEntry, PlanComment),
    ),
    Holding(
        of="qui démarre quelque chose après une lecture",
        what="compte qui suit, qui a dit où cela en est",
        why="vous demander comment cela avance",
        how_long=(
            f"jusqu’à votre demande ou votre départ, {french.term(retention.KEPT)} au plus après la dernière nouvelle"
        ),
        models=(Start, StartEvent),
    ),
)
