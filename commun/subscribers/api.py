"""The door of this room: who reads the letter, what each chose, and how that is proved.

A send to them: `create_send(audience=types.AUDIENCE, words=words_for(topics=…))` of `mailing`.
"""

from commun.subscribers.registry import register_person_section
from commun.subscribers.selectors.audience import (
    CorrectionAudience,
    audience_size,
    conditions_of,
    correction_audience,
    words_for,
    words_for_correction,
)
from commun.subscribers.selectors.movements import Movements, movements
from commun.subscribers.selectors.people import get_topics, subscriber_counts
from commun.subscribers.selectors.reach import Audience, Reach, Reached, audience_of, people_reached, reach_of
from commun.subscribers.selectors.segments import NamedSegment, usable_segments
from commun.subscribers.services.importing import import_subscribers
from commun.subscribers.services.requests import request_preferences_link
from commun.subscribers.services.subscriptions import leave, set_preferences, subscribe
from commun.subscribers.services.topics import ensure_topic

__all__ = [
    "Audience",
    "CorrectionAudience",
    "Movements",
    "NamedSegment",
    "Reach",
    "Reached",
    "audience_of",
    "audience_size",
    "conditions_of",
    "correction_audience",
    "ensure_topic",
    "get_topics",
    "import_subscribers",
    "leave",
    "movements",
    "people_reached",
    "reach_of",
    "register_person_section",
    "request_preferences_link",
    "set_preferences",
    "subscribe",
    "subscriber_counts",
    "usable_segments",
    "words_for",
    "words_for_correction",
]
