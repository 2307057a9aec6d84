"""Addresses last: what moved leads to where it is, what was taken off says so; pages tell machines what they are."""

from __future__ import annotations

import json
import re

import pytest

from commun.cms.api import Licence
from commun.common import clock
from commun.territories.api import Organisation, check_organisation, register_organisation
from tests.agenda.factories import EventFactory
from tests.cms.factories import ImageFactory
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def test_a_renamed_page_and_what_stands_under_it_are_still_reached(client, django_capture_on_commit_callbacks):
    kit = KitFactory(title="Le kit", slug="ancien-nom")
    sheet = SheetFactory(parent=kit, title="La fiche", slug="fiche")
    before = (kit.url, sheet.url)
    kit.slug = "nouveau-nom"
    with django_capture_on_commit_callbacks(execute=True):
        kit.save_revision().publish()
    for address in before:
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer["Location"].endswith(address.replace("ancien-nom", "nouveau-nom"))
        assert client.get(answer["Location"]).status_code == 200


def test_a_moved_page_is_still_reached(client):
    sheet = SheetFactory(parent=KitFactory(), title="La fiche", slug="fiche")
    before = sheet.url
    sheet.move(KitFactory(), pos="last-child")
    sheet.refresh_from_db()
    assert client.get(before)["Location"].endswith(type(sheet).objects.get(pk=sheet.pk).url)


def test_a_page_taken_off_says_so_and_leads_to_its_neighbours(client):
    page = ArticleFactory(title="Réparer la mobilité rurale")
    close = ArticleFactory(title="La mobilité en question")
    page.unpublish()
    answer = client.get(page.url)
    text = answer.content.decode()
    assert answer.status_code == 410
    assert f'href="{close.url}"' in text
    assert "Réparer la mobilité rurale" not in text


def test_an_organisation_that_changes_its_address_is_still_reached(client):
    one = OrganisationFactory(name="Ville d’Exemple", slug="ville-d-exemple")
    for slug in ("exemple-ville", "exemple"):
        one.slug = slug
        one.save()
    for before in ("ville-d-exemple", "exemple-ville"):
        answer = client.get(f"/annuaire/{before}/")
        assert (answer.status_code, answer["Location"]) == (301, "/annuaire/exemple/")
        around = client.get(f"/reseau/{before}/")  # its other page, in another room
        assert (around.status_code, around["Location"]) == (301, "/reseau/exemple/")
    one.slug = "ville-d-exemple"
    one.save()
    assert client.get("/annuaire/ville-d-exemple/").status_code == 200
    for before in ("exemple-ville", "exemple"):
        assert client.get(f"/annuaire/{before}/")["Location"] == "/annuaire/ville-d-exemple/"


def test_a_new_organisation_never_takes_the_address_that_another_had(client):
    one = OrganisationFactory(slug="syndicat-des-eaux")
    one.slug = "eaux-du-pays"
    one.save()
    made = register_organisation(name="Syndicat des eaux", kind="syndicat", siren="732829320")
    assert made.slug == "syndicat-des-eaux-2"
    assert client.get("/annuaire/syndicat-des-eaux/")["Location"] == "/annuaire/eaux-du-pays/"


def _withdrawn(one: Organisation) -> None:
    check_organisation(organisation_id=one.pk, checked=False, by=None, now=clock.now())


def _deleted(one: Organisation) -> None:
    one.delete()


def _deleted_with_others(one: Organisation) -> None:
    Organisation.objects.filter(pk=one.pk).delete()


@pytest.mark.parametrize("remove", [_withdrawn, _deleted, _deleted_with_others])
def test_an_organisation_that_was_removed_says_so_and_leads_to_its_neighbours(client, remove):
    one = OrganisationFactory(name="Régie des mobilités", slug="regie-des-mobilites")
    close = ArticleFactory(title="Une régie de mobilité")
    one.slug = "regie-mobilites"
    one.save()
    remove(one)
    assert client.get("/reseau/regie-mobilites/").status_code == 410
    answer = client.get("/annuaire/regie-mobilites/")
    assert answer.status_code == 410
    assert f'href="{close.url}"' in answer.content.decode()
    # The address it had before leads there, which says so.
    assert client.get("/annuaire/regie-des-mobilites/", follow=True).status_code == 410


def test_an_organisation_looked_at_again_is_where_it_was_and_one_never_looked_at_was_nowhere(client):
    one = OrganisationFactory(slug="regie")
    _withdrawn(one)
    assert client.get("/annuaire/regie/").status_code == 410
    check_organisation(organisation_id=one.pk, checked=True, by=None, now=clock.now())
    assert client.get("/annuaire/regie/").status_code == 200
    never = OrganisationFactory(slug="jamais-vue", is_checked=False)
    assert client.get("/annuaire/jamais-vue/").status_code == 404
    never.slug = "pas-plus"
    never.save()
    never.delete()
    for slug in ("jamais-vue", "pas-plus"):
        assert client.get(f"/annuaire/{slug}/").status_code == 404


@pytest.mark.parametrize("path", ["/ressources/jamais-vu/", "/" + "a" * 3000 + "/", "/ressources/%00/", "/x/y/z/"])
def test_what_never_was_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_draft_that_nobody_saw_is_not_found(client):
    page = ArticleFactory(title="Brouillon", live=False)
    type(page).objects.filter(pk=page.pk).update(first_published_at=None)
    assert client.get(page.url).status_code == 404


def head(client, address: str) -> str:
    page = client.get(address).content.decode()
    return " ".join(page[: page.index("</head>")].split())


def test_a_page_tells_machines_its_address_and_what_it_is(client, settings):
    theme = ThemeFactory(title="L’eau", slug="eau")
    author = OrganisationFactory(name="Ville d’Exemple")
    page = ArticleFactory(
        title="L’eau </script> partagée",
        summary="Une phrase.",
        cover_image=ImageFactory(),
        contributor=author,
        licence=Licence.CC_BY_SA,
        credit="Camille Roux",
        themes=[theme],
    )
    told = head(client, page.url)
    assert f'<link rel="canonical" href="{settings.SITE_URL}{page.url}">' in told
    assert re.search(rf'property="og:image" content="{settings.SITE_URL}/media/images/[^"]+"', told)
    assert re.search(r'name="description" content=" ?Une phrase. ?"', told)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', told)[1])
    assert (data["@type"], data["name"], data["author"]["name"]) == ("Article", page.title, "Ville d’Exemple")
    assert data["license"].startswith("https://creativecommons.org/licenses/by-sa/")
    assert "Camille" not in told


def test_an_event_is_described_on_the_clock_of_its_place(client):
    page = EventFactory(time_zone="Indian/Reunion", is_cancelled=True)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', head(client, page.url))[1])
    assert data["startDate"].endswith("+04:00")
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["location"][0]["name"] == page.place


def test_feeds_are_told_where_they_follow_what_is_shown(client):
    ThemeFactory(title="L’eau", slug="eau")
    assert 'href="/flux/ressources.xml"' in head(client, "/")
    assert 'href="/flux/ressources.xml?thematique=eau"' in head(client, "/thematiques/eau/")
    assert client.get("/flux/ressources.xml?thematique=eau").status_code == 200
    assert client.get("/flux/ressources.xml?thematique=rien").status_code == 404


@pytest.mark.parametrize("address", ["/", "/ressources/", "/agenda/", "/lettre/", "/concepts/", "/thematiques/"])
def test_every_section_has_a_description_and_one_address(client, address, settings):
    from wagtail.models import Site

    from commun.cms.models import NetworkSettings

    NetworkSettings.objects.create(site=Site.objects.get(is_default_site=True), presentation="Le réseau.")
    told = head(client, f"{address}?q=x&tri=date")
    assert re.search(r'name="description" content="[^"]+"', told)
    assert f'rel="canonical" href="{settings.SITE_URL}{address}"' in told


def test_a_resource_gives_the_line_to_copy_under_it(client, settings):
    author = OrganisationFactory(name="Ville d’Exemple", is_checked=True)
    page = ConceptFactory(title="La coopération", contributor=author, organisations=[author], licence=Licence.CC_BY)
    text = " ".join(client.get(page.url).content.decode().split())
    year = page.first_published_at.year
    assert f"« La coopération », Ville d’Exemple, {year}, CC BY 4.0, {settings.SITE_URL}{page.url}" in text
    assert f'rel="license" href="{Licence.CC_BY.url}"' in text
    assert f'href="/annuaire/{author.slug}/"' in text
