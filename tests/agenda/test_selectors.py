from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from commun.agenda import api
from tests.agenda.factories import EventFactory, NewsFactory
from tests.library.factories import ImageFactory, OrganisationFactory, TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_upcoming_events_come_earliest_first_with_those_under_way():
    later = EventFactory(start=NOW + 3 * DAY)
    under_way = EventFactory(start=NOW - HOUR, end=NOW + HOUR)
    EventFactory(start=NOW - 2 * DAY, end=NOW - DAY)
    EventFactory(start=NOW + DAY, live=False)
    assert api.upcoming_events(now=NOW) == [under_way, later]


def test_an_all_day_event_is_to_come_until_its_last_evening():
    event = EventFactory(
        all_day=True, start=datetime(2026, 11, 19, 9, tzinfo=UTC), end=datetime(2026, 11, 20, 9, tzinfo=UTC)
    )
    assert api.upcoming_events(now=datetime(2026, 11, 20, 21, tzinfo=UTC)) == [event]
    assert api.upcoming_events(now=datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == []


def test_events_of_a_theme_leave_the_others_out_and_stop_at_the_limit():
    theme = ThemeFactory()
    first, _ = EventFactory(start=NOW + DAY, themes=[theme]), EventFactory(start=NOW + 2 * DAY, themes=[theme])
    EventFactory(start=NOW + HOUR)
    assert api.upcoming_events(now=NOW, theme=theme, limit=1) == [first]


def test_past_events_come_latest_first():
    old = EventFactory(start=NOW - 9 * DAY)
    recent = EventFactory(start=NOW - 2 * DAY)
    EventFactory(start=NOW + DAY)
    assert list(api.past_events(now=NOW)) == [recent, old]


def test_recent_news_leaves_out_what_is_over_or_not_announced_yet():
    current = NewsFactory(date=date(2026, 11, 10))
    latest = NewsFactory(date=date(2026, 11, 20), until=date(2026, 11, 20))
    NewsFactory(date=date(2026, 11, 1), until=date(2026, 11, 19))
    NewsFactory(date=date(2026, 11, 21))
    NewsFactory(date=date(2026, 11, 10), live=False)
    assert api.recent_news(now=NOW) == [latest, current]
    assert api.recent_news(now=NOW, limit=1) == [latest]


@pytest.mark.parametrize("number", [1, 6])
def test_lists_cost_the_same_however_long(number, django_assert_num_queries):
    theme = ThemeFactory()
    for _ in range(number):
        fields = {"themes": [theme], "cover_image": ImageFactory()}
        EventFactory(start=NOW + DAY, organiser=OrganisationFactory(), territory=TerritoryFactory(), **fields)
        NewsFactory(partner=OrganisationFactory(), **fields)
    assert [page.url for page in api.upcoming_events(now=NOW)]
    with django_assert_num_queries(3):
        for event in api.upcoming_events(now=NOW):
            assert all(
                (event.url, event.cover_image, event.organiser_label, event.territory.label, list(event.themes.all()))
            )
    with django_assert_num_queries(3):
        for page in api.recent_news(now=NOW):
            assert all((page.url, page.cover_image, page.partner, list(page.themes.all())))
