"""Who acts for whom, proved and approved by the services themselves at the dates of the story."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.accounts.api import create_member
from commun.demo.content import mandates as content
from commun.demo.content.markup import to_text
from commun.demo.content.people import MEMBER
from commun.demo.content.votes import MANDATES
from commun.demo.services.shelf import Shelf
from commun.territories import api

SINCE = timedelta(days=90)


def load_mandates(*, shelf: Shelf, now: datetime) -> None:
    """Once per person: a mandate that somebody left, or that was refused, is not given back by a rerun."""
    _load_addresses(now=now)
    for email, place in MANDATES.items():
        _hold(shelf=shelf, email=email, place=place, now=now)
    _load_waiting(shelf=shelf, now=now)
    _load_request(shelf=shelf, now=now)
    name, kind, siren = content.FREE_BODY
    if not api.Organisation.objects.filter(siren=siren).exists():
        api.register_organisation(name=to_text(name), kind=kind, siren=siren)


def _load_addresses(*, now: datetime) -> None:
    lines = ["kind,code,email,source,date"]
    for place, email in content.OFFICIAL:
        kind, _, code = place.partition(":")
        lines.append(f"{kind},{code},{email},{content.SOURCE},2026-01-01")
    api.import_official_addresses(lines=lines, now=now)


def _hold(*, shelf: Shelf, email: str, place: str, now: datetime) -> None:
    person = create_member(email=email)
    if person.memberships.exists():
        return
    organisation = api.organisation_of(territory=shelf.place(place))
    role = MEMBER.role if email == MEMBER.email else ""
    declared = api.declare_membership(user=person, organisation=organisation, role=role, now=now - SINCE)
    api.prove_membership(
        membership=declared, level=api.MandateLevel.M1, method=api.MandateMethod.OFFICIAL_ADDRESS, now=now - SINCE
    )


def _load_waiting(*, shelf: Shelf, now: datetime) -> None:
    first, last, email, role = content.WAITING
    person = create_member(email=email, first_name=first, last_name=last)
    if person.memberships.exists():
        return
    organisation = api.organisation_of(territory=shelf.place(MANDATES[MEMBER.email]))
    asked = now - timedelta(days=2)
    declared = api.declare_membership(user=person, organisation=organisation, role=role, now=asked)
    api.prove_membership(membership=declared, level=api.MandateLevel.M2, method=api.MandateMethod.CODE, now=asked)


def _load_request(*, shelf: Shelf, now: datetime) -> None:
    first, last, email, role = content.TO_CHECK
    person = create_member(email=email, first_name=first, last_name=last)
    if person.memberships.exists():
        return
    asked = now - timedelta(days=4)
    organisation = api.organisation_of(territory=shelf.place(content.TO_CHECK_PLACE))
    declared = api.declare_membership(user=person, organisation=organisation, role=role, now=asked)
    api.ask_check(
        membership_id=declared.pk,
        user=person,
        kind=api.RequestKind.CHECK,
        message=to_text(content.TO_CHECK_MESSAGE),
        now=asked,
    )
