"""Nothing that a visitor or a machine asks for grows with the number of pages."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commun.common import clock
from commun.finding.models import Entry
from commun.finding.selectors import addresses
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import ArticleFactory, ConceptFactory, GuideFactory, ThemeFactory

pytestmark = pytest.mark.django_db

MOST_BYTES = 150_000
MOST_LINKS = 150
_LISTS = (
    "/thematiques/",
    "/thematiques/eau/",
    "/ressources/",
    "/ressources/?thematique=eau&page=2",
    "/concepts/",
    "/agenda/",
    "/agenda/?vue=passes",
    "/agenda/?vue=mois",
    "/actualites/",
    "/recherche/?q=vélo",
    "/recherche/?q=vélo&vue=carte",
    "/plan-du-site/",
    "/sitemap.xml",
    "/sitemap-rubriques.xml",
    "/flux/ressources.xml",
    "/",
)


def fill(times: int, *, start: int = 0) -> None:
    theme = ThemeFactory(title="L’eau", slug="eau") if not start else ThemeFactory._meta.model.objects.get(slug="eau")
    now = clock.now()
    for number in range(start, start + times):
        ArticleFactory(title=f"Vélo {number}", themes=[theme])
        GuideFactory(title=f"Guide du vélo {number}", themes=[theme])
        ConceptFactory(title=f"Vélo, concept {number}", themes=[theme])
        EventFactory(title=f"Fête du vélo {number}", start=now + timedelta(hours=number), themes=[theme])
        EventFactory(title=f"Ancienne fête {number}", start=now - timedelta(days=2, hours=number), themes=[theme])
        NewsFactory(title=f"Nouvelle du vélo {number}", themes=[theme])
        ThemeFactory(title=f"Thème {number}", planned_month=None)


def sizes(client) -> dict[str, tuple[int, int, int]]:
    """Of each list: bytes, links, queries."""
    found = {}
    for address in _LISTS:
        for cache in caches.all():
            cache.clear()
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            body = client.get(address).content
        found[address] = (len(body), len(re.findall(rb"href=|<loc>", body)), len(asked))
    return found


@pytest.mark.long
def test_no_list_grows_with_the_number_of_pages(client):
    fill(25)  # the longest list shows 24
    few = sizes(client)
    fill(15, start=25)
    many = sizes(client)
    for address, (size, links, queries) in many.items():
        if "mois" in address:  # six weeks of seven days, of which each shows five links at most
            assert links <= MOST_LINKS + 6 * 7 * 5
            continue
        assert links <= MOST_LINKS, address
        assert size <= MOST_BYTES, address
        assert queries <= few[address][2] + 1, address
        # Numbers are longer, a third theme is named: never a page for each page.
        assert links <= few[address][1] + 12, address


def test_a_list_that_is_cut_leads_to_the_rest(client):
    eau = ThemeFactory(title="L’eau", slug="eau")
    for number in range(15):
        ArticleFactory(title=f"Vélo {number}", themes=[eau])
        GuideFactory(title=f"Guide du vélo {number}", themes=[eau])
    theme = client.get("/thematiques/eau/").content.decode()
    assert 'href="/ressources/?thematique=eau"' in theme
    assert "Les 30 ressources sur ce thème" in theme
    assert "30 ressources" in client.get("/ressources/?thematique=eau").content.decode()
    site_map = " ".join(client.get("/plan-du-site/").content.decode().split())
    assert "Ressources&nbsp;: les 30 pages" in site_map
    assert 'href="/annuaire/"' in site_map
    assert 'href="/flux/ressources.xml"' in site_map


def test_every_public_address_is_in_a_sitemap_once(client, monkeypatch):
    monkeypatch.setattr(addresses, "LOT", 7)
    fill(3)
    hidden = ArticleFactory(title="Brouillon", live=False)
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = [one.text for one in ET.fromstring(response.content).iterfind("s:sitemap/s:loc", space)]
    found: list[str] = []
    for part in parts:
        tree = ET.fromstring(client.get(part.removeprefix("http://localhost:8000")).content)
        lot = [one.text for one in tree.iterfind("s:url/s:loc", space)]
        assert len(lot) <= 30
        found += lot
    paths = [address.removeprefix("http://localhost:8000") for address in found]
    assert len(paths) == len(set(paths))
    assert set(Entry.objects.values_list("address", flat=True)) < set(paths)
    assert {"/", "/ressources/", "/annuaire/", "/mentions-legales/"} <= set(paths)
    assert hidden.url not in paths
    assert {client.get(path).status_code for path in paths} == {200}


def test_a_sitemap_that_does_not_exist_is_not_found(client):
    for part in ("999999", "99999999999999999999"):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_machines_are_told_when_nothing_changed(client):
    page = ArticleFactory()
    EventFactory(start=clock.now() + timedelta(days=3))
    lot = Entry.objects.get(key=str(page.pk)).pk // addresses.LOT
    for address in (
        "/sitemap.xml",
        f"/sitemap-{lot}.xml",
        "/agenda.ics",
        "/flux/ressources.xml",
        "/flux/actualites.xml",
    ):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
