"""Organisations come from the register, or are entered freely and looked at by the moderation."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from commun.common import clock
from commun.territories import former_addresses
from commun.territories.exceptions import OrganisationExists, SirenInvalid
from commun.territories.models import Organisation, Territory
from commun.territories.services.identities import note_change
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind


def organisation_of(*, territory: Territory) -> Organisation:
    """The collectivité of a place, created the first time it is asked for. A merged commune gives its successor's."""
    place = territory.successor or territory
    found = Organisation.objects.filter(territory=place).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                name=place.name,
                slug=_free_slug(f"{place.name} {place.departement.name if place.departement else ''}"),
                kind=OrganisationKind.COLLECTIVITE,
                territory=place,
                siren=place.siren,
                is_checked=True,  # by the register
            )
    except IntegrityError:
        # Somebody else asked at the same moment, or a free entry already holds this SIREN: it is the same body.
        found = Organisation.objects.filter(territory=place).first()
        if found is None:
            found = Organisation.objects.get(siren=place.siren)
            _attach(found, place=place)
        return found


def _attach(found: Organisation, *, place: Territory) -> None:
    """A body known by its SIREN turns out to be that place: the register says so, nobody decides."""
    if Organisation.objects.filter(pk=found.pk, territory=None).update(territory=place):
        note_change(
            found,
            before={"territory": None},
            after={"territory": place.key},
            reason="Le registre donne ce SIREN à ce territoire.",
            by=None,
            now=clock.now(),
        )
    found.refresh_from_db()


def register_organisation(*, name: str, kind: str, siren: str, website: str = "") -> Organisation:
    """Enter a body that the register does not list (syndicat, PETR, CCAS, association): hidden until it is checked.

    Raises SirenInvalid, or OrganisationExists when this SIREN is known (also as a place of the register).
    """
    try:
        number = clean_siren(siren)
    except ValueError:
        raise SirenInvalid from None
    if Territory.objects.current().filter(siren=number).exists():
        raise OrganisationExists
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                name=name.strip(),
                slug=_free_slug(name),
                kind=kind,
                siren=number,
                website=website,
            )
    except IntegrityError:
        raise OrganisationExists from None


def enter_organisation(*, name: str, kind: str, siren: str) -> Organisation:
    """As `register_organisation`, for the second person of a body too: it is the one that its SIREN names.

    Raises SirenInvalid, or OrganisationExists for a place of the register.
    """
    known = Organisation.objects.filter(siren=clean_siren(siren), territory=None).first()
    return known or register_organisation(name=name, kind=kind, siren=siren)


def _free_slug(text: str) -> str:
    base = slugify(text)[:100].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= former_addresses.former_slugs(beginning=base)
    return base if base not in taken else next(s for n in range(2, 10_000) if (s := f"{base}-{n}") not in taken)
