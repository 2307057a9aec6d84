"""The team tells two bodies that they might have something to say to each other. They decide."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.common import french, mails
from commun.cooperation.api import common_ground
from commun.peers import links
from commun.peers.exceptions import AlreadySuggested, CannotBeAsked, SameBody
from commun.peers.models import Suggestion
from commun.peers.selectors.introductions import people_to_ask
from commun.peers.types import AGAIN_AFTER
from commun.territories.api import Organisation


@transaction.atomic
def suggest(*, first: Organisation, second: Organisation, by: User, now: datetime) -> int:
    """Write to whoever of both may be written to: each may ask the other. How many were.

    Raises `SameBody`, `AlreadySuggested`, `CannotBeAsked` where nobody can be.
    """
    if first.body_key == second.body_key:
        raise SameBody
    low, high = sorted((first, second), key=lambda one: one.pk)
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[low.pk, high.pk]).order_by("pk"))
    if Suggestion.objects.filter(first=low, second=high, at__gt=now - AGAIN_AFTER).exists():
        raise AlreadySuggested
    sides = [(first, second), (second, first)]
    written = 0
    for mine, other in sides:
        people = people_to_ask(organisation=mine, at=now)
        if not people or not people_to_ask(organisation=other, at=now):
            continue
        for person in people:
            mails.post(
                to=person.email,
                template="peers/mail/suggested.txt",
                subject=f"Une rencontre avec {french.name(other.label)} ?",
                headers=mails.BY_A_PERSON,
                person=person,
                mine=mine,
                other=other,
                grounds=common_ground(organisation=mine, other=other),
                ask_link=links.ask_path(slug=other.slug),
            )
        written += len(people)
    if not written:
        raise CannotBeAsked
    Suggestion.objects.create(first=low, second=high, by=by, at=now)
    return written
