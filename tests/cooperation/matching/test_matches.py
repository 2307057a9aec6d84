"""Suggestions as the rest of the site gets them: from what is published, and from other needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from commun.cooperation import api
from commun.cooperation.matching import Code, Kind
from commun.cooperation.models import Need
from commun.cooperation.types import NeedEnd, NeedState
from commun.territories.api import OrganisationKind, TerritoryKind
from tests.agenda.factories import EventFactory
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    GuideFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    TerritoryFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def need_of(**fields: Any) -> Need:
    values = {"title": "Composter à la cantine", "stated_at": NOW, "moved_at": NOW, **fields}
    return Need.objects.create(**values)


def town(**fields: Any) -> Any:
    place = TerritoryFactory(**fields)
    return OrganisationFactory(name=place.name, kind=OrganisationKind.COLLECTIVITE, territory=place)


def titles(need: Need, **options: Any) -> list[str]:
    return [one.page.title for one in api.suggest_matches(need=need, now=NOW, **options) if one.page]


def test_a_need_gets_pages_of_several_kinds_and_peers_with_true_reasons():
    theme = ThemeFactory(title="La cantine")
    region = TerritoryFactory(kind=TerritoryKind.REGION, name="Bretagne", code="53")
    finistere = TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, name="Finistère", code="29", region=region)
    place = TerritoryFactory(population=800, departement=finistere, region=region)
    near = TerritoryFactory(population=1_500, departement=finistere, region=region)
    experience = ExperienceFactory(
        title="Le compost de la cantine",
        themes=[theme],
        territories=[near],
        what_failed="<p>Le temps a manqué la première année.</p>",
    )
    guide = GuideFactory(title="Peser les restes", themes=[theme])
    event = EventFactory(title="Visite d’un compost", themes=[theme], territory=near)
    other = town(population=600, departement=finistere, region=region)
    need_of(title="Un composteur à l’école", theme=theme, organisation=other, territory=other.territory)
    need = need_of(theme=theme, territory=place, constraints="peu de temps")

    found = api.suggest_matches(need=need, now=NOW)

    assert {one.kind for one in found} == {Kind.EXPERIENCE, Kind.GUIDE, Kind.EVENT, Kind.PEER}
    by_kind = {one.kind: one for one in found}
    assert found[0].page == experience.resourcepage_ptr
    assert found[0].reasons == (
        "Mêmes mots : « composter », « cantine »",
        "Même thème : La cantine",
        "Même frein : le manque de temps",
    )
    assert by_kind[Kind.GUIDE].page == guide.resourcepage_ptr
    assert by_kind[Kind.GUIDE].reasons == ("Même thème : La cantine",)
    assert by_kind[Kind.EVENT].page == event
    assert "Même département : Finistère" in by_kind[Kind.EVENT].reasons
    peer = by_kind[Kind.PEER]
    assert peer.peer is not None
    assert peer.peer.organisation == other
    assert "Même strate de population : 500 à 1\u202f999 habitants" in peer.reasons


def test_a_need_without_theme_nor_place_is_answered_by_its_words():
    ConceptFactory(title="Le compost")
    ArticleFactory(title="Autre chose")
    [found] = api.suggest_matches(need=need_of(title="COMPOSTS ?"), now=NOW)
    assert found.page is not None
    assert found.page.title == "Le compost"
    assert [reason.code for reason in found.grounds] == [Code.WORDS]


def test_a_need_not_yet_saved_is_answered():
    theme = ThemeFactory()
    ArticleFactory(title="À lire", themes=[theme])
    assert titles(Need(theme=theme)) == ["À lire"]


def test_an_empty_network_suggests_nothing():
    assert api.suggest_matches(need=need_of(), now=NOW) == []


def test_drafts_and_events_that_are_over_or_cancelled_are_not_suggested():
    theme = ThemeFactory()
    ArticleFactory(themes=[theme], live=False)
    EventFactory(themes=[theme], start=NOW - timedelta(days=3))
    EventFactory(themes=[theme], is_cancelled=True)
    EventFactory(title="À venir", themes=[theme])
    assert titles(need_of(theme=theme)) == ["À venir"]


def test_an_event_is_suggested_until_it_ends():
    theme = ThemeFactory()
    EventFactory(themes=[theme], start=NOW - timedelta(hours=1), end=NOW + timedelta(hours=1))
    need = need_of(theme=theme)
    assert len(titles(need)) == 1
    assert api.suggest_matches(need=need, now=NOW + timedelta(hours=1)) == []


def test_what_is_published_changed_or_withdrawn_counts_at_once():
    page = ArticleFactory(title="Tout autre chose")
    need = need_of()
    assert titles(need) == []
    page.title = "La cantine et son compost"
    page.save_revision().publish()
    assert titles(need) == ["La cantine et son compost"]
    page.unpublish()
    assert titles(need) == []


def test_a_publication_committed_late_with_an_earlier_date_is_seen():
    """Two processes publish; the one whose clock came first commits last: the latest date does not move."""
    ArticleFactory(title="Cantine", last_published_at=NOW)
    page = ArticleFactory(title="Rien", last_published_at=NOW - timedelta(hours=1))
    need = need_of()
    assert titles(need) == ["Cantine"]
    page.title = "Compost"
    revision = page.save_revision()
    page.live_revision = revision
    page.last_published_at = NOW - timedelta(minutes=1)
    page.save()
    assert set(titles(need)) == {"Cantine", "Compost"}


def test_a_kit_is_found_by_its_sheets_and_changes_with_them():
    for number in range(5):
        ArticleFactory(title=f"Autre chose {number}")
    kit = KitFactory(title="Dix fiches")
    need = need_of()
    assert titles(need) == []
    sheet = SheetFactory(parent=kit, title="Le compost")
    assert titles(need) == ["Dix fiches"]
    sheet.unpublish()
    assert titles(need) == []


def test_obstacles_of_an_experience_are_read_in_what_did_not_work_and_in_its_means():
    theme = ThemeFactory()
    ExperienceFactory(title="A", themes=[theme], what_failed="<p>Le budget.</p>")
    ExperienceFactory(title="B", themes=[theme], means_cost="Nous manquions de moyens.")
    ExperienceFactory(title="C", themes=[theme], means_cost="Budget de 3 000 €.")
    found = api.suggest_matches(need=need_of(title="", theme=theme, constraints="budget"), now=NOW)
    with_reason = {one.page.title for one in found if one.page and Code.OBSTACLE in {r.code for r in one.grounds}}
    assert with_reason == {"A", "B"}


def test_the_text_of_pages_is_read_without_their_markup_nor_addresses():
    body = [
        ("paragraph", "<p>Des bacs <b>à compost</b></p>"),
        ("links", {"title": "Voir", "items": [{"text": "Ici", "page": None, "url": "https://cantine.example.org"}]}),
    ]
    ArticleFactory(title="Bacs", body=body)
    [found] = api.suggest_matches(need=need_of(title="bacs, compost, cantine, strong, example"), now=NOW)
    assert found.reasons == ("Mêmes mots : « bacs », « compost »",)


def test_peers_are_other_checked_organisations_with_a_need_of_the_theme_that_is_open_or_was_solved():
    theme, elsewhere = ThemeFactory(), ThemeFactory()
    mine, open_one, solved, gone, unchecked, off_theme = (town() for _ in range(6))
    unchecked.is_checked = False
    unchecked.save()
    closed = {"state": NeedState.CLOSED, "closed_at": NOW}
    need = need_of(theme=theme, organisation=mine)
    need_of(theme=theme, organisation=mine)
    need_of(theme=theme, organisation=open_one, in_its_name=True)
    need_of(theme=theme, organisation=open_one)
    need_of(theme=theme, organisation=solved, end=NeedEnd.SOLVED, **closed)
    need_of(theme=theme, organisation=gone, end=NeedEnd.ABANDONED, **closed)
    need_of(theme=theme, organisation=unchecked)
    need_of(theme=elsewhere, organisation=off_theme)
    need_of(theme=theme, organisation_name="Anne Exemple")

    peers = [one.peer for one in api.suggest_matches(need=need, now=NOW) if one.peer]

    assert {peer.organisation for peer in peers} == {open_one, solved}
    by_organisation = {peer.organisation: peer for peer in peers}
    assert len(by_organisation[open_one].needs) == 2
    assert by_organisation[open_one].proved
    assert not by_organisation[solved].proved


def test_places_that_merged_count_as_what_they_became():
    finistere = TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, name="Finistère", code="29")
    new = TerritoryFactory(population=3_000, departement=finistere)
    old = TerritoryFactory(population=300, obsolete=True, successor=new)
    theme = ThemeFactory()
    ExperienceFactory(themes=[theme], territories=[old])
    near = TerritoryFactory(population=4_000, departement=finistere)
    assert titles(need_of(title="", theme=theme, territory=new)) == []  # at home
    [found] = api.suggest_matches(need=need_of(title="", theme=theme, territory=near), now=NOW)
    assert {reason.code for reason in found.grounds} == {Code.THEME, Code.POPULATION, Code.DEPARTEMENT}


def test_a_departement_is_in_itself():
    finistere = TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, name="Finistère", code="29", population=900_000)
    theme = ThemeFactory()
    ExperienceFactory(themes=[theme], territories=[TerritoryFactory(population=900_000, departement=finistere)])
    [found] = api.suggest_matches(need=need_of(title="", theme=theme, territory=finistere), now=NOW)
    assert found.reasons[1:] == ("Même département : Finistère",)


def _shelf(number: int, theme: Any) -> None:
    for _ in range(number):
        ExperienceFactory(themes=[theme], territories=[TerritoryFactory(population=700)])
        GuideFactory(themes=[theme])
        EventFactory(themes=[theme], territory=TerritoryFactory())
        need_of(theme=theme, organisation=town(population=700))


def _queries(need: Need) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        api.suggest_matches(need=Need.objects.get(pk=need.pk), now=NOW)
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_how_much_there_is():
    theme = ThemeFactory()
    departement = TerritoryFactory(kind=TerritoryKind.DEPARTEMENT)
    need = need_of(theme=theme, territory=TerritoryFactory(population=900, departement=departement))
    ContentType.objects.get_for_models(*get_page_models())  # remembered by a process once and for all
    _shelf(2, theme)
    before = _queries(need)
    _shelf(5, theme)
    assert _queries(need) == before <= 14


def test_a_word_that_many_pages_have_is_no_reason():
    for number in range(40):
        ArticleFactory(title=f"Autre {number}", summary="Une salle" if number % 2 else "Rien")
    ArticleFactory(title="Un compost", summary="Dans une salle")
    [found] = api.suggest_matches(need=need_of(title="Un compost, une salle"), now=NOW)
    assert found.reasons == ("Même mot : « compost »",)
