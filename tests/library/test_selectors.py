from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from commun.library import api
from commun.library.api import Missing, ResourceKind
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    GuideFactory,
    ImageFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    TerritoryFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def _at(day: int) -> datetime:
    return datetime(2026, 10, day, tzinfo=UTC)


def test_published_resources_come_latest_first_and_know_their_kind():
    old = ExperienceFactory(first_published_at=_at(1))
    new = GuideFactory(first_published_at=_at(3))
    middle = KitFactory(first_published_at=_at(2))
    found = api.published_resources()
    assert [page.pk for page in found] == [new.pk, middle.pk, old.pk]
    assert [page.kind for page in found] == [ResourceKind.GUIDE, ResourceKind.KIT, ResourceKind.EXPERIENCE]


def test_drafts_are_not_published_resources():
    ArticleFactory(live=False)
    assert api.published_resources() == []


def test_concepts_have_a_place_of_their_own_unless_asked_for():
    concept = ConceptFactory()
    assert api.published_resources() == []
    assert [page.pk for page in api.published_resources(kinds=[ResourceKind.CONCEPT])] == [concept.pk]


def test_resources_of_a_theme_leave_the_others_out():
    theme, other = ThemeFactory(), ThemeFactory()
    wanted = ArticleFactory(themes=[theme, other])
    ArticleFactory(themes=[other])
    ArticleFactory()
    assert [page.pk for page in api.published_resources(theme=theme)] == [wanted.pk]


def test_the_list_stops_at_its_limit():
    ArticleFactory.create_batch(3)
    assert len(api.published_resources(limit=2)) == 2


@pytest.mark.parametrize("number", [1, 6])
def test_a_list_of_cards_costs_the_same_however_long(number, django_assert_num_queries):
    theme = ThemeFactory()
    for _ in range(number):
        ExperienceFactory(
            themes=[theme],
            territories=[TerritoryFactory()],
            organisations=[OrganisationFactory()],
            contributor=OrganisationFactory(),
            cover_image=ImageFactory(),
        )
    api.published_resources(theme=theme)  # content types and the site's root are kept in memory
    with django_assert_num_queries(6):
        for page in api.published_resources(theme=theme):
            assert all((page.kind, page.url, page.cover_image, page.contributor))
            assert [place.label for place in page.territories.all()]
            assert [theme.title for theme in page.themes.all()]
            assert [organisation.name for organisation in page.organisations.all()]


def test_the_theme_of_the_moment_is_the_latest_whose_month_has_come():
    first = ThemeFactory(planned_month=date(2026, 9, 1))
    second = ThemeFactory(planned_month=date(2026, 11, 1))
    ThemeFactory(planned_month=date(2027, 1, 1))
    ThemeFactory(planned_month=None)
    ThemeFactory(planned_month=date(2026, 11, 1), live=False)
    assert api.current_theme(today=date(2026, 10, 31)) == first
    assert api.current_theme(today=date(2026, 11, 1)) == second
    assert api.current_theme(today=date(2026, 12, 31)) == second


def test_before_the_first_issue_the_theme_of_the_moment_is_the_first_to_come():
    ThemeFactory(planned_month=date(2027, 1, 1))
    first = ThemeFactory(planned_month=date(2026, 11, 1))
    assert api.current_theme(today=date(2026, 1, 1)) == first


def test_without_any_planned_theme_there_is_no_theme_of_the_moment():
    ThemeFactory(planned_month=None)
    assert api.current_theme(today=date(2026, 1, 1)) is None


def test_a_call_is_open_until_its_last_day_included():
    late = ThemeFactory(planned_month=date(2027, 1, 1), call_until=date(2026, 12, 20))
    soon = ThemeFactory(planned_month=date(2026, 11, 1), call_until=date(2026, 10, 20))
    assert api.open_calls(today=date(2026, 10, 20)) == [soon, late]
    assert api.open_calls(today=date(2026, 10, 21)) == [late]


def test_the_concept_of_a_theme_is_its_latest_published_one():
    theme = ThemeFactory()
    ConceptFactory(themes=[theme], first_published_at=_at(1))
    latest = ConceptFactory(themes=[theme], first_published_at=_at(2))
    ConceptFactory(themes=[theme], first_published_at=_at(3), live=False)
    assert api.get_concept(theme=theme) == latest
    assert api.get_concept(theme=ThemeFactory()) is None


def test_the_sheets_of_a_kit_keep_the_editors_order():
    kit = KitFactory()
    first, second, third = (SheetFactory(parent=kit) for _ in range(3))
    SheetFactory(parent=kit, live=False)
    third.move(first, pos="left")
    assert [sheet.pk for sheet in api.kit_sheets(kit=kit)] == [third.pk, first.pk, second.pk]


def test_the_calendar_says_what_each_theme_has_and_what_it_lacks():
    complete = ThemeFactory(
        planned_month=date(2026, 11, 1),
        call_until=date(2026, 10, 20),
        question="De quoi avez-vous besoin ?",
        cover_image=ImageFactory(),
    )
    bare = ThemeFactory(planned_month=date(2026, 9, 1), live=False)
    undated = ThemeFactory(planned_month=None)
    for make in (ExperienceFactory, GuideFactory, KitFactory, ConceptFactory):
        make(themes=[complete])
    ArticleFactory(themes=[complete], live=False)
    entries = api.themes_calendar()
    assert [entry.theme for entry in entries] == [bare, complete, undated]
    assert entries[1].missing == ()
    assert entries[1].drafts == 1
    assert entries[1].total == 4
    assert entries[1].counts[ResourceKind.ARTICLE] == 0
    assert set(entries[0].missing) == set(Missing)


@pytest.mark.parametrize("number", [1, 8])
def test_the_calendar_costs_the_same_however_many_themes(number, django_assert_num_queries):
    for theme in ThemeFactory.create_batch(number):
        ArticleFactory(themes=[theme])
    api.themes_calendar()
    with django_assert_num_queries(2):
        assert len(api.themes_calendar()) == number
