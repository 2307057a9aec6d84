"""What this room does when another one tells it something."""

from __future__ import annotations

from commun.accounts.models import User
from commun.peers.services import answering
from commun.territories.api import MandateEnded, MandateEventKind, Organisation, referent_of

# A mandate that stops for a while, or awaits its renewal, changes nobody's correspondent.
_GONE = {MandateEventKind.LEFT, MandateEventKind.ERASED}


def hand_over(ended: MandateEnded) -> None:
    """Listener of `territories`, in its transaction: what she asked or answered passes to a colleague."""
    if ended.kind not in _GONE:
        return
    organisation = Organisation.objects.get(pk=ended.organisation_id)
    heir = User.objects.filter(pk=ended.successor_id).first() if ended.successor_id else None
    if heir is None:
        referent = referent_of(organisation=organisation, at=ended.at)
        heir = referent.user if referent is not None and referent.user_id != ended.user_id else None
    answering.pass_on(user_id=ended.user_id, organisation=organisation, heir=heir, now=ended.at)
