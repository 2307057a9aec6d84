"""What this room does when another one tells it something."""

from __future__ import annotations

from commun.accounts.models import User
from commun.cooperation.services.handing_over import hand_needs_over
from commun.cooperation.services.projects import enrolling
from commun.cooperation.services.starting import pass_on as pass_starts_on
from commun.territories.api import MandateEnded, MandateEventKind, Organisation, referent_of

# A mandate that stops for a while, or awaits its renewal, changes nobody's correspondent.
_GONE = {MandateEventKind.LEFT, MandateEventKind.ERASED}


def hand_over(ended: MandateEnded) -> None:
    """Listener of `territories`, in its transaction: open needs pass to the colleague named, or to the référent·e."""
    if ended.kind not in _GONE:
        return
    heir = User.objects.filter(pk=ended.successor_id).first() if ended.successor_id else None
    if heir is None:
        referent = referent_of(organisation=Organisation.objects.get(pk=ended.organisation_id), at=ended.at)
        heir = referent.user if referent is not None and referent.user_id != ended.user_id else None
    enrolling.pass_on(user_id=ended.user_id, organisation_id=ended.organisation_id, heir=heir)
    pass_starts_on(user_id=ended.user_id, organisation_id=ended.organisation_id, heir=heir)
    hand_needs_over(user_id=ended.user_id, organisation_id=ended.organisation_id, heir=heir, now=ended.at)
