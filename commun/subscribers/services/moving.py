"""Another address for the same reader: confirmed from the new one; the old is told and has seven days to refuse.

No row waits meanwhile: both links carry what they are about, signed, and only move the address they were made for.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.accounts.api import normalise_email
from commun.common import ratelimit, signing
from commun.common.errors import ExpiredLink, RateLimited
from commun.mailing.api import address_hash, is_closed, standing
from commun.subscribers import wording
from commun.subscribers.exceptions import AddressTaken
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.services import person_mail
from commun.subscribers.services.subscriptions import prove
from commun.subscribers.types import SubscriberState

CONFIRM_WITHIN = timedelta(days=3)
REFUSE_WITHIN = timedelta(days=7)
PER_PERSON, PER_PERSON_PERIOD = 3, timedelta(days=1)
_CONFIRM, _REFUSE = "subscribers.move", "subscribers.move_back"


def request_move(*, subscriber: Subscriber, address: str) -> None:
    """Mail the new address a link that confirms. Returns nothing: the page says the same whatever is known of it.

    Raises `InvalidAddress`.
    """
    address = normalise_email(address)
    if subscriber.state != SubscriberState.ACTIVE or address == subscriber.address:
        return
    try:
        for who in (subscriber.key, address_hash(address)):
            ratelimit.hit(scope="subscribers.move", who=who, limit=PER_PERSON, period=PER_PERSON_PERIOD)
    except RateLimited:
        return
    if is_closed(address_hash=address_hash(address)) or Subscriber.objects.filter(address=address).exists():
        return
    token = signing.sign(purpose=_CONFIRM, value=[subscriber.key, subscriber.address_hash, address])
    person_mail.send_move_confirmation(address=address, token=token)


def read_move(token: str) -> tuple[str, str, str]:
    """(key, hash of the address it leaves, new address). Raises `ForgedLink`, `ExpiredLink`."""
    key, old_hash, address = signing.unsign(purpose=_CONFIRM, token=token, max_age=CONFIRM_WITHIN)
    return key, old_hash, address


def read_refusal(token: str) -> tuple[str, str, str]:
    """(key, hash of the new address, the old address). Raises as `read_move`."""
    key, new_hash, address = signing.unsign(purpose=_REFUSE, token=token, max_age=REFUSE_WITHIN)
    return key, new_hash, address


def confirm_move(*, token: str, now: datetime) -> Subscriber:
    """Idempotent. Raises `ForgedLink`, `ExpiredLink` (also where the person moved or left since), `AddressTaken`."""
    key, old_hash, address = read_move(token)
    refused = ConsentEvent.objects.filter(subject=old_hash, kind="address", at__gte=now - CONFIRM_WITHIN)
    if refused.filter(detail__refus=address_hash(address)).exists():
        raise ExpiredLink("move")  # whoever holds this link does not get a second try
    return _apply(key=key, at_hash=old_hash, to=address, method=wording.PREFERENCES_PAGE, now=now, tell=True)


def refuse_move(*, token: str, now: datetime) -> Subscriber:
    """She did not ask for it: her address is hers again. Raises as `confirm_move`."""
    key, new_hash, address = read_refusal(token)
    with transaction.atomic():
        person = _apply(key=key, at_hash=new_hash, to=address, method=wording.PERSON, now=now, tell=False)
        refusal = {"refus": new_hash}
        prove(address_hash=address_hash(address), kind="address", method=wording.PERSON, now=now, detail=refusal)
    return person


def correct_address(*, subscriber: Subscriber, address: str, now: datetime) -> Subscriber:
    """By the team, at the person's word. Both addresses are told. Raises `InvalidAddress`, `AddressTaken`, and
    `ExpiredLink` where she receives nothing (she left, or has not confirmed)."""
    new = normalise_email(address)
    old_hash = subscriber.address_hash
    return _apply(key=subscriber.key, at_hash=old_hash, to=new, method=wording.TEAM, now=now, tell=True)


def _apply(*, key: str, at_hash: str, to: str, method: str, now: datetime, tell: bool) -> Subscriber:
    new_hash = address_hash(to)
    with transaction.atomic():
        person = Subscriber.objects.select_for_update().filter(key=key).first()
        if person is None or person.state != SubscriberState.ACTIVE:
            raise ExpiredLink("move")  # no letter arrives anywhere, whatever the page and both mails would say
        if person.address_hash == new_hash:
            return person
        if person.address_hash != at_hash:
            raise ExpiredLink("move")
        if standing(hashes=[new_hash]) or Subscriber.objects.filter(address=to).exists():
            raise AddressTaken
        old = person.address
        person.address, person.address_hash, person.domain = to, new_hash, to.rpartition("@")[2]
        person.score, person.scored_at = 0, None
        person.save(update_fields=["address", "address_hash", "domain", "score", "scored_at"])
        for digest, other in ((at_hash, {"devient": new_hash}), (new_hash, {"était": at_hash})):
            prove(address_hash=digest, kind="address", method=method, now=now, detail=other)
        if tell:
            token = signing.sign(purpose=_REFUSE, value=[key, new_hash, old])
            person_mail.send_moved(address=old, token=token)
            person_mail.send_welcome_here(subscriber=person)
    return person
