"""Lists and feeds that everybody asks for, with whatever follows the question mark: an answer, or no such thing.

`tests/config/test_garbage.py` asks every address with the same few; those of the lists are pages of Wagtail's, and what
they read has names of its own.
"""

from __future__ import annotations

from urllib.parse import quote_from_bytes, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from commun.common import clock
from commun.territories.api import TerritoryKind
from commun.website.parameters import OF_PAGES
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    OrganisationFactory,
    TerritoryFactory,
    ThemeFactory,
)

LISTS = (
    "/",
    "/thematiques/",
    "/thematiques/eau/",
    "/ressources/",
    "/concepts/",
    "/agenda/",
    "/agenda.ics",
    "/actualites/",
    "/lettre/",
    "/annuaire/",
    "/annuaire/suggestions/territoires/",
    "/annuaire/suggestions/organisations/",
    "/votes/",
    "/recherche/",
    "/recherche/suggestions/",
    "/flux/ressources.xml",
    "/flux/actualites.xml",
    "/plan-du-site/",
    "/integrer/",
    "/oembed/",
    "/api/v1/resources",
    "/api/v1/events",
)
_NAMES = (*OF_PAGES, "type", "nature", "competence", "territoire", "kind", "theme", "limit", "after", "url", "format")
# What these addresses do know, so that what is beside it is read too.
_KNOWN = (
    "eau",
    "2026-12",
    "2026-12-05",
    "2026",
    "commune:90000",
    "35",
    "carte",
    "passes",
    "liste",
    "experience",
    "1",
    "3",
)
_NUMBERS = st.integers(min_value=-(10**30), max_value=10**30).map(str)
_DATES = st.tuples(st.integers(-1, 10_001), st.integers(-1, 14), st.integers(-1, 33)).map(
    lambda at: "-".join(map(str, at))
)
_VALUES = st.one_of(
    st.sampled_from(_KNOWN),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=20),
    _NUMBERS,
    _DATES,
    _DATES.map(lambda date: date.rpartition("-")[0]),
)
_PAIRS = st.lists(st.tuples(st.one_of(st.sampled_from(_NAMES), st.text(max_size=8)), _VALUES), max_size=6)
_QUERIES = st.one_of(
    _PAIRS.map(lambda pairs: urlencode([(name.encode("utf-8", "replace"), value) for name, value in pairs])),
    st.binary(max_size=60).map(lambda raw: quote_from_bytes(raw, safe="&=%?;+[]")),
)


class AnyQuery(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        theme = ThemeFactory(title="L’eau", slug="eau")
        region = TerritoryFactory(kind=TerritoryKind.REGION, code="53", name="Bretagne")
        departement = TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, code="35", name="Ille-et-Vilaine", region=region)
        place = TerritoryFactory(code="90000", population=2_000, departement=departement, region=region)
        ExperienceFactory(themes=[theme], territories=[place])
        ArticleFactory(themes=[theme]), ConceptFactory()
        EventFactory(themes=[theme], territory=place), EventFactory(start=clock.now()), NewsFactory(themes=[theme])
        OrganisationFactory(territory=place)

    @given(st.sampled_from(LISTS), _QUERIES)
    @settings(max_examples=200)
    def test_any_query_string_is_answered(self, address, query):
        status = self.client.get(f"{address}?{query}").status_code
        # https://oembed.com, 2.3.2: a format that is not offered is 501.
        assert status < 500 or (address, status) == ("/oembed/", 501)

    def test_a_format_that_is_not_offered_is_said_so(self):
        assert self.client.get("/oembed/?format=eau").status_code == 501

    def test_these_lists_exist(self):
        missing = [address for address in LISTS if self.client.get(address).status_code not in {200, 400}]
        assert missing == []
