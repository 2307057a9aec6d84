"""How far invitations went: numbers of addresses, never who voted."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from commun.mailing.api import send_progress
from commun.mailing.types import UNSETTLED, DeliveryState
from commun.votes.models import Elector, Invitation, Invited, Vote
from commun.votes.types import InvitationKind, InvitationState


def invitations_of(*, vote: Vote) -> list[InvitationState]:
    return [_state(row) for row in Invitation.objects.filter(vote=vote)]


def _state(row: Invitation) -> InvitationState:
    kind = InvitationKind(row.kind)
    if row.send_id is None:
        return InvitationState(kind=kind, asked_at=row.asked_at, sent_at=None)
    counts = send_progress(send_id=row.send_id).counts
    return InvitationState(
        kind=kind,
        asked_at=row.asked_at,
        sent_at=row.sent_at,
        addresses=sum(counts.values()),
        accepted=counts[DeliveryState.ACCEPTED],
        under_way=sum(counts[state] for state in (*UNSETTLED, DeliveryState.UNCERTAIN)),
        unreachable=counts[DeliveryState.REFUSED] + counts[DeliveryState.EXCLUDED],
    )


def electors_without_address(*, vote: Vote) -> int:
    """Standing electors for which nobody could be written to."""
    invited = Invited.objects.filter(elector=OuterRef("pk"))
    return Elector.objects.filter(vote=vote).standing().exclude(Exists(invited)).count()


def invited_for(*, recipient_key: str) -> list[Elector]:
    """The electors of votes that are not over for which this address was invited."""
    rows = Invited.objects.filter(recipient_key=recipient_key).values("elector")
    found = Elector.objects.filter(pk__in=rows, vote__state="open").standing()
    return list(found.select_related("vote").order_by("vote__closes_at", "label"))
