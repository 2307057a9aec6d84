"""When news of an answered need are asked: pure.

9, 21 and 45 days after the answer, on a working day, at an hour that differs from one need to the next, so that a
letter that brings two hundred needs does not bring two hundred reminders on one morning.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from commun.common.hours import CLOSES, OPENS, SATURDAY

DAYS = (9, 21, 45)
# After the last one, how long before a silent need is closed.
SILENCE = timedelta(days=30)
_PARIS = ZoneInfo("Europe/Paris")


def when_to_ask(*, answered_at: datetime, asked: int, reference: str) -> datetime | None:
    """When to ask for the next time, `asked` times after this answer; None after the last.

    A week day between 9 and 17 in Paris, the same for the same need; never earlier than the day it is due.
    """
    if asked >= len(DAYS):
        return None
    return working_hour(after=answered_at + timedelta(days=DAYS[asked]), key=f"{reference}:{asked}")


def working_hour(*, after: datetime, key: str) -> datetime:
    """On that day or the next week day, between 9 and 17 in Paris, always the same for the same key."""
    day = after.astimezone(_PARIS).date()
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    spread = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
    minutes = spread % ((CLOSES - OPENS) * 60)
    return datetime.combine(day, time(OPENS), _PARIS) + timedelta(minutes=minutes)
