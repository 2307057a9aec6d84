"""The door of this room."""

from commun.agenda.exceptions import AgendaError, AgendaSectionMissing
from commun.agenda.models import AgendaIndexPage, EventPage, NewsIndexPage, NewsPage
from commun.agenda.selectors import events, feed_events, news, past_events, read_filters, recent_news, upcoming_events
from commun.agenda.services.drafts import create_event_draft, create_news_draft
from commun.agenda.services.sections import ensure_sections
from commun.agenda.types import EventDraft, Filters, NewsDraft, NewsKind, TimeZone, Where

__all__ = [
    "AgendaError",
    "AgendaIndexPage",
    "AgendaSectionMissing",
    "EventDraft",
    "EventPage",
    "Filters",
    "NewsDraft",
    "NewsIndexPage",
    "NewsKind",
    "NewsPage",
    "TimeZone",
    "Where",
    "create_event_draft",
    "create_news_draft",
    "ensure_sections",
    "events",
    "feed_events",
    "news",
    "past_events",
    "read_filters",
    "recent_news",
    "upcoming_events",
]
