"""Who acts for whom, proved and approved by the services themselves at the dates of the story."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.accounts.api import create_member
from commun.demo.content.votes import MANDATES
from commun.demo.services.shelf import Shelf
from commun.territories import api

SINCE = timedelta(days=90)


def load_mandates(*, shelf: Shelf, now: datetime) -> None:
    """Once per person: a mandate that somebody left, or that was refused, is not given back by a rerun."""
    for email, place in MANDATES.items():
        person = create_member(email=email)
        if person.memberships.exists():
            continue
        organisation = api.organisation_of(territory=shelf.place(place))
        declared = api.declare_membership(user=person, organisation=organisation, now=now - SINCE)
        api.prove_membership(
            membership=declared, level=api.MandateLevel.M1, method=api.MandateMethod.OFFICIAL_ADDRESS, now=now - SINCE
        )
