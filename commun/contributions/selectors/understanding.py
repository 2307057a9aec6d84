"""What a message or a form seems to be about: the pure `understanding`, asked with this site's register and themes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from commun.contributions.understanding import (
    KnownOrganisation,
    Nature,
    Place,
    ThemeWords,
    Understanding,
    Writing,
    understand,
)
from commun.contributions.understanding.mails import writing_of
from commun.inbound.types import ParsedMessage
from commun.library.api import ThemePage
from commun.territories.api import (
    Found,
    Organisation,
    Territory,
    domain_of,
    organisations_known_as,
    places_named,
)

# Clocks of the overseas places, by the code of their département or collectivité; the others live with Paris.
_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def understand_message(*, message: ParsedMessage, received_at: datetime, hint: Nature | None = None) -> Understanding:
    """Her note and what she forwards are read together, by whoever wrote it first."""
    return understand_writing(writing=writing_of(message, received_at=received_at, hint=hint))


def understand_writing(*, writing: Writing) -> Understanding:
    """For forms, and for a text that an editor corrected: a handful of queries, whatever the text."""
    return understand(writing, gazetteer=_gazetteer, directory=_directory, themes_known=_themes())


def _gazetteer(names: Sequence[str], /) -> Mapping[str, Sequence[Place]]:
    return {name: [_place(found) for found in places] for name, places in places_named(names=names).items()}


def _place(found: Found) -> Place:
    territory = found.territory
    departement = _own_departement(territory)
    return Place(
        key=territory.key,
        name=territory.name,
        kind=territory.kind,
        label=found.label,
        departement_code=departement.code if departement is not None else "",
        departement=departement.name if departement is not None else "",
        region=territory.region.name if territory.region is not None else "",
        epci=territory.epci.name if territory.epci is not None else "",
        postcodes=tuple(territory.postcodes),
        population=territory.population or 0,
        time_zone=_ZONES.get(departement.code if departement is not None else territory.code, "Europe/Paris"),
        found_as=found.found_as,
    )


def _own_departement(territory: Territory) -> Territory | None:
    return territory if territory.kind in {"departement", "com"} else territory.departement


def _directory(*, domain: str, names: Sequence[str]) -> Sequence[KnownOrganisation]:
    return [_organisation(one) for one in organisations_known_as(domain=domain, names=names)]


def _organisation(one: Organisation) -> KnownOrganisation:
    place = _place(Found(territory=one.territory)) if one.territory is not None else None
    return KnownOrganisation(key=str(one.pk), name=one.name, domain=domain_of(organisation=one), place=place)


def _themes() -> list[ThemeWords]:
    """Every theme, drafts too: what comes early is for an issue that is being prepared."""
    rows = ThemePage.objects.order_by("pk").values_list("pk", "title", "vocabulary")
    return [
        ThemeWords(
            key=str(pk),
            title=title,
            words=tuple(word.strip() for word in re.split(r"[,;\n]", vocabulary) if word.strip()),
        )
        for pk, title, vocabulary in rows
    ]
