"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.votes.models import Ballot, Invitation, InvitationRefusal, Invited, Vote
from commun.votes.services import inviting, sweeps

ROWS = (
    Holding(
        of="qui vote pour une collectivité",
        what="compte qui a déposé le bulletin",
        why="que la collectivité sache qui a voté en son nom",
        how_long=(
            f"{french.term(sweeps.CASTER_KEPT_FOR)} après la clôture, ou jusqu’à votre demande ; "
            "le bulletin reste celui de la collectivité"
        ),
        models=(Ballot,),
    ),
    Holding(
        of="qui est invité·e à voter",
        what="empreinte de l’adresse, pour quelle collectivité, qui l’a demandé",
        why="dire sur votre page pour qui vous pouvez voter",
        how_long=f"{french.term(inviting.KEPT_FOR)} après le vote, ou jusqu’à votre demande",
        models=(Invited, Invitation),
    ),
    Holding(
        of="qui est invité·e à voter",
        what="empreinte de l’adresse qui ne veut plus d’invitation",
        why="respecter ce refus",
        how_long="tant qu’il tient",
        models=(InvitationRefusal,),
    ),
    Holding(
        of="l’équipe, quand elle organise un vote",
        what="qui l’a préparé, annoncé ou annulé",
        why="en répondre",
        how_long="autant que le vote ; le nom s’efface avec le compte",
        models=(Vote,),
    ),
)
