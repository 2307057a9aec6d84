"""Two words sent to the town hall: whoever reads its mail gives them to the person who asked.

A guess is counted under the lock of the membership, and stays counted when it is wrong.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from commun.accounts.models import User
from commun.common.signing import keyed_hash
from commun.common.workdays import evening_after
from commun.territories.exceptions import CodeGone, CodeWrong, NoOfficialAddress, NotMember, TooManyCodes
from commun.territories.models import MandateCode, Membership, OfficialAddress
from commun.territories.selectors.proofs import official_address_of
from commun.territories.services.mandates import mails
from commun.territories.services.mandates.journal import note_event
from commun.territories.services.mandates.proving import lock_organisation, prove_membership
from commun.territories.types import GUESSES, MandateEventKind, MandateLevel, MandateMethod
from commun.territories.words import draw_code, same_code

# Whoever reads the mail of a small town hall comes on some days only, in the morning.
WORKING_DAYS = 3
WINDOW = timedelta(hours=24)
PER_PERSON = 3
# What a town hall receives in a day. Whoever asks again is held back sooner than whoever asks for the first time, so
# that a few accounts cannot use up what the others' first code needs; the view counts a network, whatever its accounts.
PER_COLLECTIVITE_AGAIN = 12
PER_COLLECTIVITE = 20
PER_NETWORK = 6
CODE_KEPT = timedelta(days=30)


def send_code(*, membership_id: int, user: User, now: datetime) -> OfficialAddress:
    """Queue the mail to the official address; a code sent before is worth nothing any more. Returns where it went.

    Raises `NotMember`, `NoOfficialAddress`, `TooManyCodes`.
    """
    with transaction.atomic():
        membership = own_membership(membership_id, user=user)
        official = official_address_of(organisation=membership.organisation)
        if official is None:
            raise NoOfficialAddress
        lock_organisation(membership.organisation)
        _hold_back(membership, now=now)
        MandateCode.objects.filter(membership=membership, expires_at__gt=now).update(expires_at=now)
        code = draw_code()
        until = evening_after(start=timezone.localtime(now), working_days=WORKING_DAYS)
        MandateCode.objects.create(
            membership=membership,
            organisation=membership.organisation,
            digest=_digest(membership, code),
            sent_at=now,
            expires_at=until,
        )
        note_event(membership, MandateEventKind.CODE_SENT, now=now, by=user)
        mails.send_code(membership=membership, to=official.email, code=code, until=until)
    return official


def confirm_code(*, membership_id: int, user: User, text: str, now: datetime) -> Membership:
    """M2 where the words are right. Raises `NotMember`, `CodeWrong`, `CodeGone`."""
    with transaction.atomic():
        membership = own_membership(membership_id, user=user)
        lock_organisation(membership.organisation)
        code = MandateCode.objects.select_for_update().filter(membership=membership).order_by("-pk").first()
        if code is None or code.used_at is not None or code.wrong >= GUESSES or now >= code.expires_at:
            raise CodeGone
        if hmac.compare_digest(code.digest, _digest(membership, same_code(text))):
            code.used_at = now
            code.save(update_fields=["used_at"])
            return prove_membership(
                membership=membership, level=MandateLevel.M2, method=MandateMethod.CODE, by=None, now=now
            )
        code.wrong += 1
        code.save(update_fields=["wrong"])
        if code.wrong >= GUESSES:
            note_event(membership, MandateEventKind.CODE_LOCKED, now=now, by=user)
    # Outside: raising inside would forget the guess.
    raise CodeWrong(left=GUESSES - code.wrong)


def pending_code(*, membership: Membership, now: datetime) -> MandateCode | None:
    """The code that may be typed now."""
    code = MandateCode.objects.filter(membership=membership).order_by("-pk").first()
    alive = code is not None and code.used_at is None and code.wrong < GUESSES and now < code.expires_at
    return code if alive else None


def forget_codes(*, now: datetime) -> int:
    """Thirty days are enough to see that somebody guesses (periodic)."""
    return MandateCode.objects.filter(sent_at__lt=now - CODE_KEPT).delete()[0]


def own_membership(membership_id: int, *, user: User) -> Membership:
    """Hers, and open; raises `NotMember`: that somebody else's exists is nobody's business."""
    rows = Membership.objects.with_names().filter(pk=membership_id, user=user, ended_at=None)
    found = rows.first()
    if found is None:
        raise NotMember
    return found


def _hold_back(membership: Membership, *, now: datetime) -> None:
    """Guesses are bounded by codes, and a town hall's mailbox is not flooded."""
    sent = MandateCode.objects.filter(sent_at__gt=now - WINDOW, organisation=membership.organisation)
    everybody = list(sent.order_by("sent_at").values_list("sent_at", "membership__user"))
    hers = [at for at, user in everybody if user == membership.user_id]
    shared = PER_COLLECTIVITE_AGAIN if hers else PER_COLLECTIVITE
    for instants, limit in ((hers, PER_PERSON), ([at for at, _ in everybody], shared)):
        if len(instants) >= limit:
            raise TooManyCodes(again_at=instants[-limit] + WINDOW)


def _digest(membership: Membership, code: str) -> str:
    return keyed_hash(purpose="territories.mandate_code", value=f"{membership.pk}:{code}")
