"""What the pages of the demonstration refer to: places, organisations, pictures, themes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.core.files import File
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Page, Site

from commun.cms.api import CommunImage, NetworkSettings
from commun.demo.content import letter
from commun.demo.content.actors import ACTORS
from commun.demo.content.markup import to_text
from commun.demo.content.pictures import CREDIT, LICENCE, PICTURES
from commun.demo.content.shapes import Actor, Picture
from commun.library.api import ThemePage
from commun.territories.api import (
    EMBEDDED_REGISTER,
    Organisation,
    Territory,
    get_by_key,
    import_register,
    organisation_of,
)

IMAGES = Path(__file__).resolve().parent.parent / "images"
P = TypeVar("P", bound=Page)


class PlaceUnknown(Exception):
    """The content names a place that the register does not hold."""


@dataclass(kw_only=True)
class Shelf:
    """Filled step by step, by the keys and slugs of the content."""

    home: Page
    pictures: dict[str, CommunImage] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    themes: dict[str, ThemePage] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)

    def place(self, key: str) -> Territory:
        found = get_by_key(key=key)
        if found is None:
            raise PlaceUnknown(key)
        return found


def default_site() -> Site:
    return Site.objects.select_related("root_page").get(is_default_site=True)


def load_register(*, now: datetime) -> None:
    if not Territory.objects.exists():
        import_register(path=EMBEDDED_REGISTER, now=now)


def load_network(*, site: Site) -> None:
    """Who publishes. Entered once: what somebody changed since in the administration stays."""
    NetworkSettings.objects.get_or_create(
        site=site,
        defaults={
            "name": "Territoires en Commun",
            "baseline": to_text("Le réseau des collectivités qui agissent avec leurs habitants"),
            "presentation": to_text(
                "Des communes, des intercommunalités, des départements et des régions s'échangent ce qu'elles "
                "apprennent de la participation citoyenne et de la coopération. Tous les deux mois, une lettre réunit "
                "autour d'un thème des expériences, des méthodes et des dates. Chacune peut y donner une ressource, "
                "dire un besoin, voter pour le prochain projet partagé."
            ),
            "contact_email": "contact@example.org",
            "contribution_email": letter.CONTRIBUTIONS,
            "agenda_email": "agenda@example.org",
            "data_protection_email": "donnees@example.org",
            "postal_address": to_text("Territoires en Commun (démonstration)")
            + "\n1 place de la Mairie\n35130 Hédé-Bazouges",
            "publisher_name": to_text("Territoires en Commun (démonstration)"),
            "publisher_legal_form": to_text("Réseau fictif : aucune personne morale"),
            "publication_director": "Camille Aubrac",
            "host_name": to_text("Votre propre machine"),
            "host_address": "localhost",
        },
    )


def load_pictures(*, shelf: Shelf) -> None:
    known = {image.title: image for image in CommunImage.objects.filter(credit=to_text(CREDIT))}
    for picture in PICTURES:
        title = to_text(picture.title)
        # Two drawings may bear the name of the same partner: its mark is told apart in the list of images.
        title = f"Marque – {title}" if picture.slug.startswith("marque-") else title
        shelf.pictures[picture.slug] = known.get(title) or _add_picture(picture=picture, title=title)


def _add_picture(*, picture: Picture, title: str) -> CommunImage:
    with (IMAGES / f"{picture.slug}.png").open("rb") as file:
        image = CommunImage(
            title=title,
            file=File(file, name=f"{picture.slug}.png"),
            alt_text=to_text(picture.alt),
            credit=to_text(CREDIT),
            licence=LICENCE,
        )
        image.full_clean()
        image.save()
    return image


def load_organisations(*, shelf: Shelf) -> None:
    for actor in ACTORS:
        shelf.organisations[actor.key] = _organisation(actor=actor, shelf=shelf)


def _organisation(*, actor: Actor, shelf: Shelf) -> Organisation:
    mark = shelf.pictures[actor.mark] if actor.mark else None
    if actor.place:
        organisation = organisation_of(territory=shelf.place(actor.place))
        if actor.website and not organisation.website:
            organisation.website = actor.website
            organisation.save(update_fields=["website"])
        return organisation
    organisation, _ = Organisation.objects.get_or_create(
        slug=slugify(actor.name)[:120].strip("-"),
        defaults={
            "name": to_text(actor.name),
            "kind": actor.kind,
            "website": actor.website,
            "presentation": to_text(actor.presentation),
            "is_partner": actor.partner,
            "logo": mark,
            "is_checked": True,
        },
    )
    return organisation


def publish(page: P, *, parent: Page, on: datetime) -> P:
    """Put a new page online as of the day its content bears, which need not be today: what Wagtail's own publishing
    leaves, in one writing of the page and one revision."""
    page.first_published_at = page.last_published_at = on
    parent.add_child(instance=page)
    revision = page.save_revision(log_action=True, clean=False)
    log(instance=page, action="wagtail.publish", revision=revision)
    type(page).objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    page.refresh_from_db()
    return page


def existing(*, parent: Page, slug: str) -> Page | None:
    """A page already there stays as it is, edited or not: loading twice changes nothing."""
    found = parent.get_children().filter(slug=slug).first()
    return found.specific if found is not None else None
