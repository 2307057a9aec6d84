"""The directory: who takes part, narrowed as a search is, seen on a map; and what its index says of each."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from commun.accounts.api import create_member
from commun.common import clock
from commun.finding.api import sweep
from commun.finding.models import Entry
from commun.territories.api import Membership, Organisation, OrganisationKind, check_organisation
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import ArticleFactory, OrganisationFactory, TerritoryFactory, ThemeFactory
from tests.territories.factories import make_mandate
from tests.website.test_map import map_of

pytestmark = pytest.mark.django_db


ADIL, AVAL, BOURG, PONT, ZONE = (
    "ADIL",
    "Aval (Ille-et-Vilaine)",
    "Bourg-Neuf (Ille-et-Vilaine)",
    "Pont-Croix (Finistère)",
    "Zone (Ille-et-Vilaine)",
)


def listed(client, query: str = "") -> list[str]:
    """Names, as they are listed."""
    page = client.get(f"/annuaire/{query}").content.decode()
    found = re.findall(r'<h2 class="fr-h6 fr-mb-1v">\s*<a href="[^"]+">(.*?)</a>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


@pytest.fixture
def country() -> dict[str, Organisation]:
    """Three towns of two départements of one région, an association and one for which nobody acts."""
    region = TerritoryFactory(kind="region", code="53", name="Bretagne")
    places = {
        code: TerritoryFactory(kind="departement", code=code, name=name, region=region)
        for code, name in (("29", "Finistère"), ("35", "Ille-et-Vilaine"))
    }
    found = {}
    for name, code in (("Bourg-Neuf", "35"), ("Aval", "35"), ("Pont-Croix", "29"), ("Zone", "35")):
        town = TerritoryFactory(name=name, departement=places[code], region=region, population=800)
        found[name] = OrganisationFactory(name=name, kind=OrganisationKind.COLLECTIVITE, territory=town)
        if name != "Zone":
            make_mandate(
                user=create_member(email=f"{code}-{name.lower()}@example.org"),
                organisation=found[name],
                now=clock.now(),
            )
    found["ADIL"] = OrganisationFactory(name="ADIL", is_partner=True)
    return found


def test_who_takes_part_is_listed_by_name_and_others_answer_their_name_after_them(client, country):
    assert listed(client) == [ADIL, AVAL, BOURG, PONT]
    assert listed(client, "?q=zon") == [ZONE]
    assert listed(client, "?q=ille-et-vilaine")[-1] == ZONE
    assert len(listed(client, "?q=ille-et-vilaine")) == 3


def test_a_mandate_that_is_over_takes_its_body_off_the_list_at_that_hour(client, country, monkeypatch):
    assert AVAL in listed(client)
    ends = Membership.objects.filter(organisation=country["Aval"]).values_list("expires_at", flat=True).get()
    Membership.objects.exclude(organisation=country["Aval"]).update(expires_at=ends + timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: ends + timedelta(seconds=1))
    assert listed(client) == [ADIL, BOURG, PONT]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?departement=29", [PONT]),
        ("?departement=29&departement=35&type=collectivite", [AVAL, BOURG, PONT]),
        ("?region=53&type=association", []),
        ("?type=association", [ADIL]),
        ("?type=association&type=collectivite&region=53&departement=35", [AVAL, BOURG]),
        ("?type=rien&departement=99", None),
        ("?q=aval&departement=29", []),
    ],
)  # fmt: skip
def test_an_address_narrows_the_directory_and_can_be_shared(client, country, query, names):
    assert listed(client, query) == (listed(client) if names is None else names)


def test_the_themes_of_what_each_gave_narrow_it_from_the_moment_it_is_on_line(client, country):
    water, soil = ThemeFactory(title="L’eau", slug="eau"), ThemeFactory(title="Les sols", slug="sols")
    aval, adil = country["Aval"], country["ADIL"]
    article = ArticleFactory(themes=[water], contributor=aval)
    ArticleFactory(themes=[soil], organisations=[country["Bourg-Neuf"]])
    EventFactory(themes=[soil], organiser=adil)
    event = EventFactory(themes=[water])
    event.partners = [country["Pont-Croix"]]
    event.save()
    NewsFactory(themes=[water], partner=adil)
    ArticleFactory(themes=[water], contributor=country["Bourg-Neuf"], live=False)
    assert listed(client, "?thematique=eau") == [ADIL, AVAL, PONT]
    assert listed(client, "?thematique=sols") == [ADIL, BOURG]
    article.unpublish()
    assert listed(client, "?thematique=eau") == [ADIL, PONT]
    soil.slug = "terres"
    soil.save()
    sweep(now=clock.now())
    assert listed(client, "?thematique=terres") == [ADIL, BOURG]
    assert sweep(now=clock.now()) == 0


def test_the_map_of_the_directory_counts_by_departement_and_leads_to_each(client, country):
    squares, rows, shown = map_of(client, "/annuaire/?vue=carte&type=collectivite")
    assert squares == {
        "Finistère (29)\u00a0: 1 organisation": "?type=collectivite&departement=29",
        "Ille-et-Vilaine (35)\u00a0: 2 organisations": "?type=collectivite&departement=35",
    }
    assert set(rows) == {"Finistère (29) 1", "Ille-et-Vilaine (35) 2"}
    assert "Sans département&nbsp;: 1 organisation" in client.get("/annuaire/?vue=carte").content.decode()
    for href in squares.values():
        assert listed(client, unescape(href))
    assert shown.index("<table>") < shown.index("<svg viewBox")


def test_a_choice_that_nobody_answers_says_what_to_let_go_of(client, country):
    page = " ".join(client.get("/annuaire/?type=association&region=53").content.decode().split())
    assert '<a href="?region=53">Chercher sans choisir' in page
    assert '<a href="?type=association">Chercher sans choisir' in page
    assert "3 organisations" in page.replace("\u00a0", " ")
    assert "Aucune organisation ne correspond" in page
    assert "/contribuer/besoin/" in page


def test_as_many_questions_to_the_database_with_few_organisations_as_with_many(client, django_assert_max_num_queries):
    for number in range(70):
        OrganisationFactory(is_partner=True, slug=f"organisation-{number}")
    client.get("/annuaire/")
    for query in ("?q=exemple", "?type=association", "?vue=carte", "?page=2", "?q=exemple&page=3"):
        with django_assert_max_num_queries(13):
            assert client.get(f"/annuaire/{query}").status_code == 200
    assert len(listed(client, "?page=3")) == 10


def test_what_the_moderation_decides_of_a_body_is_found_at_once(client, country):
    check_organisation(organisation_id=country["ADIL"].pk, checked=False, by=None, now=clock.now())
    assert not Entry.objects.filter(source="directory", key=str(country["ADIL"].pk)).exists()
    assert ADIL not in listed(client)
    assert reverse("website:directory") == "/annuaire/"
