"""Events and news, made for a test."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import factory
from wagtail.models import Page

from commun.agenda import api
from tests.cms.factories import PublishedPageFactory, home


class EventFactory(PublishedPageFactory):
    title = factory.Sequence(lambda number: f"Atelier {number}")
    summary = "Un atelier pour raconter une expérience en une page."
    start = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    end = factory.LazyAttribute(lambda event: event.start + timedelta(hours=2))
    place = "Maison des habitants, Exemple-sur-Loire"

    class Meta:
        model = api.EventPage

    @classmethod
    def default_parent(cls) -> Page:
        api.ensure_sections(home=home())
        return api.AgendaIndexPage.objects.get()


class NewsFactory(PublishedPageFactory):
    title = factory.Sequence(lambda number: f"Annonce {number}")
    summary = "Un partenaire recrute."
    date = date(2026, 11, 10)

    class Meta:
        model = api.NewsPage

    @classmethod
    def default_parent(cls) -> Page:
        api.ensure_sections(home=home())
        return api.NewsIndexPage.objects.get()
