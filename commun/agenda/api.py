"""The door of this room."""

from commun.agenda.exceptions import AgendaError, AgendaSectionMissing
from commun.agenda.models import AgendaIndexPage, EventPage, NewsIndexPage, NewsPage
from commun.agenda.selectors import (
    events,
    events_together,
    feed_events,
    news,
    past_events,
    read_filters,
    read_news_filters,
    recent_news,
    upcoming_events,
)
from commun.agenda.services.drafts import create_event_draft, create_news_draft
from commun.agenda.services.entries import entry_among, entry_of, note_entry, propose_change
from commun.agenda.services.sections import ensure_sections
from commun.agenda.types import (
    EventChange,
    EventDraft,
    EventKind,
    Filters,
    NewsDraft,
    NewsFilters,
    NewsKind,
    TimeZone,
    Where,
)

__all__ = [
    "AgendaError",
    "AgendaIndexPage",
    "AgendaSectionMissing",
    "EventChange",
    "EventDraft",
    "EventKind",
    "EventPage",
    "Filters",
    "NewsDraft",
    "NewsFilters",
    "NewsIndexPage",
    "NewsKind",
    "NewsPage",
    "TimeZone",
    "Where",
    "create_event_draft",
    "create_news_draft",
    "ensure_sections",
    "entry_among",
    "entry_of",
    "events",
    "events_together",
    "feed_events",
    "news",
    "note_entry",
    "past_events",
    "propose_change",
    "read_filters",
    "read_news_filters",
    "recent_news",
    "upcoming_events",
]
