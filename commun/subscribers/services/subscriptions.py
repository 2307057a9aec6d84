"""Joining, choosing, leaving, coming back; each act leaves its proof."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from commun.accounts.api import normalise_email
from commun.common import withdrawals
from commun.mailing.api import lift_all, tokens, withdraw
from commun.mailing.types import SuppressionReason
from commun.subscribers.models import ConsentEvent, ConsentWording, LeavingReason, Subscriber, Topic
from commun.subscribers.types import AUDIENCE, DEPARTURES, LegalBasis, Preference, SubscriberState, WhyLeave
from commun.subscribers.wording import RESTORED, TEAM
from commun.territories.api import Territory

UNCONFIRMED_KEPT = timedelta(days=30)


def wording(*, text: str, now: datetime) -> ConsentWording:
    """The row of this exact sentence."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    row, _ = ConsentWording.objects.get_or_create(digest=digest, defaults={"text": text, "first_used_at": now})
    return row


def prove(*, address_hash: str, kind: str, method: str, now: datetime, **values: Any) -> ConsentEvent:
    return ConsentEvent.objects.create(subject=address_hash, kind=kind, method=method, at=now, **values)


def subscribe(
    *,
    address: str,
    consent_text: str,
    now: datetime,
    topics: Iterable[Topic] = (),
    method: str = "form",
    source: str = "",
    confirmed: bool = False,
    basis: LegalBasis = LegalBasis.CONSENT,
) -> Subscriber:
    """Record a request. Unless `confirmed`, nothing is sent to the person but the confirmation mail, which the
    caller must not show to have been sent or not. Asking again while active changes nothing; before that, the
    last choice of topics is the one that stands.

    Raises `InvalidAddress`.
    """
    address = normalise_email(address)
    chosen = list(topics)
    with transaction.atomic():
        subscriber, created = Subscriber.objects.select_for_update().get_or_create(
            address=address,
            defaults={
                "address_hash": tokens.address_hash(address),
                "domain": address.rpartition("@")[2],
                "created_at": now,
                "preference": Preference.CHOSEN_TOPICS if chosen else Preference.EVERY_ISSUE,
            },
        )
        if subscriber.state != SubscriberState.ACTIVE:
            if not created:
                subscriber.preference = Preference.CHOSEN_TOPICS if chosen else Preference.EVERY_ISSUE
                if subscriber.state == SubscriberState.PENDING:
                    subscriber.created_at = now  # a new request, a new month to confirm it
                subscriber.save(update_fields=["preference", "created_at"])
            subscriber.topics.set(chosen)
            prove(
                address_hash=subscriber.address_hash,
                kind="requested",
                method=method,
                source=source,
                basis=basis,
                wording=wording(text=consent_text, now=now),
                now=now,
            )
            if confirmed:
                activate(subscriber=subscriber, method=method, source=source, now=now, basis=basis)
    return subscriber


def activate(
    *, subscriber: Subscriber, method: str, now: datetime, source: str = "", basis: LegalBasis = LegalBasis.CONSENT
) -> None:
    """She said yes. Coming back lifts what only stood because she had left or asked to be erased."""
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if locked.state == SubscriberState.ACTIVE:
            return
        kind = "returned" if locked.state == SubscriberState.UNSUBSCRIBED else "confirmed"
        locked.state, locked.confirmed_at, locked.left_at = SubscriberState.ACTIVE, now, None
        locked.score, locked.scored_at = 0, None
        locked.save(update_fields=["state", "confirmed_at", "left_at", "score", "scored_at"])
        # She proved, by answering from it, that the address lives and that she wants the letter.
        lift_all(
            address_hash=locked.address_hash,
            but=(SuppressionReason.MANUAL,),
            why="la personne a confirmé son abonnement",
            now=now,
        )
        prove(address_hash=locked.address_hash, kind=kind, method=method, source=source, basis=basis, now=now)
        if kind == "returned":
            withdrawals.note(kind=withdrawals.RETURNED, who=locked.address_hash, now=now)
    subscriber.refresh_from_db()


def set_preferences(
    *,
    subscriber: Subscriber,
    preference: Preference,
    topics: Iterable[Topic],
    paused_until: date | None,
    method: str,
    now: datetime,
) -> None:
    """What she receives from now on. The same choice again leaves no new proof."""
    chosen = list(topics) if preference == Preference.CHOSEN_TOPICS else []
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        before = (locked.preference, locked.paused_until, set(locked.topics.all()))
        if before == (preference, paused_until, set(chosen)):
            return
        locked.preference, locked.paused_until = preference, paused_until
        locked.save(update_fields=["preference", "paused_until"])
        locked.topics.set(chosen)
        prove(
            address_hash=locked.address_hash,
            kind="preferences",
            method=method,
            now=now,
            detail={
                "preference": str(preference),
                "topics": sorted(topic.slug for topic in chosen),
                "paused_until": paused_until.isoformat() if paused_until else None,
            },
        )
    subscriber.refresh_from_db()


def set_departement(*, subscriber: Subscriber, departement: Territory | None, method: str, now: datetime) -> None:
    """Where she is, if she says so; None forgets it."""
    with transaction.atomic():
        moved = Subscriber.objects.filter(pk=subscriber.pk).exclude(departement=departement)
        if departement is None:
            moved = Subscriber.objects.filter(pk=subscriber.pk, departement__isnull=False)
        if moved.update(departement=departement):
            detail = {"departement": departement.code if departement else None}
            prove(address_hash=subscriber.address_hash, kind="preferences", method=method, detail=detail, now=now)
    subscriber.refresh_from_db()


def unsubscribe(*, recipient_key: str, method: str, now: datetime, kind: str = "unsubscribed") -> bool:
    """Out, at once, and of every send under way. Idempotent; False when the key is nobody's any more."""
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().filter(key=recipient_key).first()
        out = locked is not None and locked.state == SubscriberState.UNSUBSCRIBED
        if locked is not None and (not out or _is_put_out_by_the_team(locked, before=now)):
            locked.state, locked.left_at = SubscriberState.UNSUBSCRIBED, now
            locked.save(update_fields=["state", "left_at"])
            prove(
                address_hash=locked.address_hash,
                kind=kind,
                method=method,
                now=now,
                detail={"again": True} if out else {},
            )
            withdrawals.note(kind=kind, who=locked.address_hash, now=now)
        # Again after the commit: a list being written down meanwhile may have seen her still active.
        transaction.on_commit(lambda: withdraw(key=recipient_key, audience=AUDIENCE, reason="unsubscribed", now=now))
    return locked is not None


def _is_put_out_by_the_team(person: Subscriber, *, before: datetime) -> bool:
    """Then leaving again says something: it is asked for now, and no act of the team that is undone brings her back."""
    acts = ConsentEvent.objects.filter(subject=person.address_hash, kind__in=DEPARTURES)
    last = acts.order_by("at", "pk").last()
    return last is not None and last.method == TEAM and "again" not in last.detail and last.at < before


def leave(*, address_hash: str, kind: str, now: datetime) -> bool:
    """She had asked for it before the database was replaced by an older copy of itself; False where it has nobody of
    that hash."""
    key = Subscriber.objects.filter(address_hash=address_hash).values_list("key", flat=True).first()
    return key is not None and unsubscribe(recipient_key=key, method=RESTORED, kind=kind, now=now)


def say_why(*, reason: WhyLeave, today: date) -> None:
    """One more who left for that reason. Nothing says who."""
    row, _ = LeavingReason.objects.get_or_create(day=today, reason=reason)
    LeavingReason.objects.filter(pk=row.pk).update(number=F("number") + 1)


def purge_unconfirmed(*, now: datetime) -> int:
    """Whoever never confirmed is forgotten after 30 days (periodic)."""
    stale = Subscriber.objects.filter(state=SubscriberState.PENDING, created_at__lt=now - UNCONFIRMED_KEPT)
    return stale.delete()[1].get("subscribers.Subscriber", 0)
