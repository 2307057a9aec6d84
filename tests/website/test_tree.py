from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from commun.website import api

pytestmark = pytest.mark.django_db


def _tree() -> list[tuple[str, str]]:
    return list(Page.objects.order_by("path").values_list("path", "slug"))


def test_a_migrated_database_has_the_pages_every_site_has(client):
    for address in ("thematiques", "ressources", "concepts", "agenda", "actualites", "lettre"):
        assert Page.objects.filter(slug=address, depth=3, live=True).count() == 1
    assert Site.objects.get().root_page.specific == api.HomePage.objects.get()


def test_making_the_tree_again_changes_nothing():
    before = _tree()
    api.ensure_site()
    assert _tree() == before


def test_what_editors_changed_stays():
    legal = api.LegalPage.objects.get(slug="mentions-legales")
    legal.title = "Qui publie"
    legal.save()
    api.ensure_site()
    assert api.LegalPage.objects.get(slug="mentions-legales").title == "Qui publie"


def test_the_site_follows_its_public_address(settings):
    settings.SITE_URL = "https://lettre.example.org"
    settings.SITE_NAME = "Réseau d’exemple"
    api.ensure_site()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("lettre.example.org", 443, "Réseau d’exemple")
    assert site.root_url == "https://lettre.example.org"


@pytest.mark.django_db(transaction=True)
def test_a_database_emptied_and_prepared_again_has_its_pages():
    call_command("flush", interactive=False, verbosity=0)
    assert Site.objects.get().root_page.specific == api.HomePage.objects.get()
    assert Page.objects.get(slug="ressources").url == "/ressources/"
