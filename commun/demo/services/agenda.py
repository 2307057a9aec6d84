"""Events and news of the demonstration, as pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from commun.agenda.api import AgendaIndexPage, EventPage, NewsIndexPage, NewsPage, ensure_sections
from commun.demo.content.agenda import EVENTS, NEWS
from commun.demo.content.markup import to_text
from commun.demo.content.shapes import Event, News
from commun.demo.services.shelf import Shelf, existing, publish
from commun.demo.services.words import body_of, day_of, morning_of, span_of
from commun.territories.api import organisation_of

_WELCOMES = {
    AgendaIndexPage: "Rencontres, visites, formations, webinaires : ce que le réseau et ses partenaires préparent.",
    NewsIndexPage: "Ce qu'annoncent les partenaires du réseau.",
}
_ANNOUNCED_BEFORE = timedelta(days=20)


def load_agenda(*, shelf: Shelf, now: datetime) -> None:
    for section in ensure_sections(home=shelf.home):
        _welcome(section)
    agenda, news = AgendaIndexPage.objects.get(), NewsIndexPage.objects.get()
    for event in EVENTS:
        found = existing(parent=agenda, slug=event.slug)
        shelf.pages[event.slug] = found or _event(event=event, parent=agenda, shelf=shelf, now=now)
    for item in NEWS:
        found = existing(parent=news, slug=item.slug)
        shelf.pages[item.slug] = found or _news(item=item, parent=news, shelf=shelf, now=now)


def _welcome(section: Any) -> None:
    if not section.introduction:
        section.introduction = to_text(_WELCOMES[type(section)])
        section.save_revision().publish()


def _event(*, event: Event, parent: AgendaIndexPage, shelf: Shelf, now: datetime) -> EventPage:
    start, end = span_of(event.start, event.end, now=now)
    # One signs up for what is to come; what is over only keeps its site.
    link = "registration_url" if start > now else "website_url"
    together = [organisation_of(territory=shelf.place(key)) for key in event.with_places]
    organiser = shelf.organisations[event.organiser] if event.organiser else next(iter(together), None)
    page = EventPage(
        title=to_text(event.title),
        slug=event.slug,
        kind=event.kind,
        summary=to_text(event.summary),
        cover_image=shelf.pictures[event.picture] if event.picture else None,
        start=start,
        end=end,
        all_day=event.all_day,
        place=to_text(event.where),
        is_online=event.online,
        organiser=organiser,
        territory=shelf.place(event.place) if event.place else None,
        body=body_of(event.body),
        **{link: event.link},
    )
    page.themes = [shelf.themes[slug] for slug in event.themes]
    page.partners = [one for one in together if one != organiser]
    return publish(page, parent=parent, on=min(start - _ANNOUNCED_BEFORE, now - timedelta(days=2)))


def _news(*, item: News, parent: NewsIndexPage, shelf: Shelf, now: datetime) -> NewsPage:
    day = day_of(item.on, now=now)
    page = NewsPage(
        title=to_text(item.title),
        slug=item.slug,
        kind=item.kind,
        date=day,
        summary=to_text(item.summary),
        cover_image=shelf.pictures[item.picture] if item.picture else None,
        partner=shelf.organisations[item.partner],
        when=to_text(item.when),
        link_url=item.link,
        body=body_of(item.body),
    )
    page.themes = [shelf.themes[slug] for slug in item.themes]
    return publish(page, parent=parent, on=min(morning_of(day), now))
