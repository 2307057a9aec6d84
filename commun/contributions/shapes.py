"""What `Contribution.fields` may hold: the one vocabulary that forms, mail and drafts share."""

from __future__ import annotations

from typing import TypedDict


class Fields(TypedDict, total=False):
    """Every key is optional; texts are plain.

    `start` and `end`: ISO 8601, aware; of an all-day event the days alone count, in `time_zone`.
    """

    summary: str
    resource_kind: str  # of `library.types.ResourceKind`
    news_kind: str  # of `agenda.types.NewsKind`
    link: str
    link_label: str
    start: str
    end: str
    all_day: bool
    start_of: str  # reference of what one began: an experience that comes back
    time_zone: str  # of `agenda.types.TimeZone`
    when: str  # of news: "mardi 29 novembre, à Lyon"
    place: str
    online: bool
    registration: str  # link
    organiser: str
    credit: str
    stage: str  # of a need: idea, preparing, doing, stuck
    constraints: str
    shown: bool  # of a need: others may see its first line, and whose it is
    # Of an event that came as an invitation: whose calendar, which event of it, which version (absent: the first).
    calendar_source: str
    calendar_uid: str
    calendar_sequence: int
    calendar_sessions: dict[str, int]  # which sessions were said apart, as `calendars.Occurrence` names them: versions
    known_page: int  # the page that the event already is: accepting proposes a change there
    cancelled: bool  # the invitation calls it off
