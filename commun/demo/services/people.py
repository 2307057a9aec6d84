"""The invented team, and two hundred invented readers with the proof of what they agreed to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from commun.accounts.api import create_member
from commun.accounts.models import User
from commun.demo.content.people import APPROVER, EDITOR, MEMBER, absent_readers, readers
from commun.demo.content.shapes import Person, Reader
from commun.demo.services.shelf import Shelf
from commun.newsletters.api import ensure_theme_topic
from commun.subscribers.api import set_preferences, subscribe, subscriber_counts
from commun.subscribers.types import Preference

CONSENT = (
    "Personne inventée pour la démonstration : l’adresse se termine par example.org, et les messages ne quittent pas "
    "la boîte de démonstration de cette machine."
)


def load_team() -> None:
    for person in (EDITOR, APPROVER, MEMBER):
        _account(person)


def _account(person: Person) -> User:
    return create_member(
        email=person.email, first_name=person.first_name, last_name=person.last_name, groups=person.groups
    )


def editor() -> User:
    return _account(EDITOR)


def approver() -> User:
    return _account(APPROVER)


def load_readers(*, shelf: Shelf, now: datetime) -> None:
    """All of them, or none where somebody subscribed already: who left the letter must not be put back by a rerun."""
    if any(subscriber_counts().values()):
        return
    topics = {slug: ensure_theme_topic(theme=theme) for slug, theme in shelf.themes.items()}
    with transaction.atomic():
        for reader in (*readers(), *absent_readers()):
            _subscribe(reader=reader, topics=topics, now=now)


def _subscribe(*, reader: Reader, topics: dict, now: datetime) -> None:
    since = now - timedelta(days=reader.since_days)
    subscriber = subscribe(
        address=reader.email,
        consent_text=CONSENT,
        now=since,
        topics=[topics[slug] for slug in reader.themes],
        method="demo",
        source="démonstration",
        confirmed=True,
    )
    if reader.paused_days:
        set_preferences(
            subscriber=subscriber,
            preference=Preference.EVERY_ISSUE,
            topics=(),
            paused_until=(now + timedelta(days=reader.paused_days)).date(),
            method="demo",
            now=since,
        )
