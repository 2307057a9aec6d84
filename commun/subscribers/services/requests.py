"""What a person asks for from a public page: to join, to get a link back, to see or erase what we keep.

Every request is answered on the page in the same words and after the same time, whoever asks; what differs
travels by mail, to the address concerned and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from commun.accounts.api import normalise_email
from commun.common import ratelimit, signing
from commun.common.errors import ExpiredLink, RateLimited
from commun.mailing.api import address_hash, is_closed
from commun.subscribers import wording
from commun.subscribers.models import ConsentEvent, Subscriber, Topic
from commun.subscribers.selectors.people import subscriber_of_key
from commun.subscribers.services import person_mail
from commun.subscribers.services.subscriptions import UNCONFIRMED_KEPT, activate, subscribe
from commun.subscribers.types import SubscriberState

# Nobody's mailbox is filled through our forms: beyond, requests are dropped without a word.
PER_ADDRESS, PER_ADDRESS_PERIOD = 3, timedelta(days=1)
# Coming back by a button is for whoever has just left; later, a new request is confirmed by mail.
RETURN_WITHIN = timedelta(days=30)
PERSONAL_DATA_LINK_LASTS = timedelta(hours=24)
_PERSONAL_DATA = "subscribers.personal_data"


def request_subscription(*, address: str, topics: Iterable[Topic], consent_text: str, now: datetime) -> None:
    """Record the request and mail what fits her case: the confirmation link, or a word that she already receives it.

    Returns nothing: the caller must answer the same whatever was done. Raises `InvalidAddress`.
    """
    address = normalise_email(address)
    if not _may_write_to(address):
        return
    with transaction.atomic():
        subscriber = subscribe(
            address=address, consent_text=consent_text, topics=topics, method=wording.FORM, source="site", now=now
        )
        if subscriber.state == SubscriberState.ACTIVE:
            person_mail.send_already_subscribed(subscriber=subscriber)
        else:
            person_mail.send_confirmation(subscriber=subscriber)


def request_preferences_link(*, address: str, now: datetime) -> None:
    """Mail her link to whoever lost it; nothing to an unknown address. Raises `InvalidAddress`."""
    address = normalise_email(address)
    if not _may_write_to(address):
        return
    subscriber = Subscriber.objects.filter(address=address).first()
    if subscriber is None:
        return
    if subscriber.state == SubscriberState.PENDING:
        person_mail.send_confirmation(subscriber=subscriber)
    else:
        person_mail.send_preferences_link(subscriber=subscriber)


def request_personal_data_link(*, subscriber: Subscriber) -> None:
    """A letter is made to be forwarded, with its links: whoever asks for everything we keep, or to erase it,
    proves again that the mailbox is hers."""
    if _may_write_to(subscriber.address, scope="subscribers.personal_data"):
        token = signing.sign(purpose=_PERSONAL_DATA, value=subscriber.key)
        person_mail.send_personal_data_link(subscriber=subscriber, token=token)


def read_personal_data_link(token: str) -> Subscriber | None:
    """Whose data it opens; None when she was erased since. Raises `ForgedLink`, `ExpiredLink`."""
    key = signing.unsign(purpose=_PERSONAL_DATA, token=token, max_age=PERSONAL_DATA_LINK_LASTS)
    return subscriber_of_key(key=key)


def confirmation_is_open(*, subscriber: Subscriber | None, now: datetime) -> bool:
    """Whether a confirmation link still works: 30 days after the last request."""
    if subscriber is None:
        return False
    if subscriber.state == SubscriberState.ACTIVE:
        return True
    if subscriber.state == SubscriberState.PENDING:
        return subscriber.created_at >= now - UNCONFIRMED_KEPT
    # She left: only what she asked for afterwards counts, not a link kept from the first time.
    asked = ConsentEvent.objects.filter(
        subject=subscriber.address_hash, kind="requested", at__gte=now - UNCONFIRMED_KEPT
    )
    return (asked.filter(at__gt=subscriber.left_at) if subscriber.left_at else asked).exists()


def confirm(*, key: str, now: datetime) -> Subscriber:
    """She clicked the button of her confirmation mail. Idempotent. Raises `ExpiredLink`."""
    subscriber = subscriber_of_key(key=key)
    if subscriber is None or not confirmation_is_open(subscriber=subscriber, now=now):
        raise ExpiredLink("confirm")
    was_active = subscriber.state == SubscriberState.ACTIVE
    with transaction.atomic():
        activate(subscriber=subscriber, method=wording.CONFIRMATION_PAGE, now=now)
        if not was_active:
            person_mail.send_welcome(subscriber=subscriber)
    return subscriber


def can_come_back(*, subscriber: Subscriber | None, now: datetime) -> bool:
    return (
        subscriber is not None
        and subscriber.state == SubscriberState.UNSUBSCRIBED
        and subscriber.left_at is not None
        and subscriber.left_at >= now - RETURN_WITHIN
    )


def come_back(*, key: str, method: str, now: datetime) -> Subscriber | None:
    """Undo a departure; None when the key is nobody's (a test send, an erased person). Idempotent.

    Raises `ExpiredLink` when she left too long ago for a mere button.
    """
    subscriber = subscriber_of_key(key=key)
    if subscriber is None or subscriber.state == SubscriberState.ACTIVE:
        return subscriber
    if not can_come_back(subscriber=subscriber, now=now):
        raise ExpiredLink("return")
    activate(subscriber=subscriber, method=method, now=now)
    return subscriber


def _may_write_to(address: str, *, scope: str = "subscribers.address") -> bool:
    """Not to dead addresses, nor where the team decided not to, nor too often."""
    digest = address_hash(address)
    try:
        ratelimit.hit(scope=scope, who=digest, limit=PER_ADDRESS, period=PER_ADDRESS_PERIOD)
    except RateLimited:
        return False
    return not is_closed(address_hash=digest)
