"""Words of this room that others may hold. Knows neither Django nor settings."""

from __future__ import annotations

import enum
from dataclasses import dataclass

AUDIENCE = "subscribers"  # the name under which `mailing` knows them


class SubscriberState(enum.StrEnum):
    PENDING = "pending"  # asked, not confirmed: purged after 30 days
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"


class Preference(enum.StrEnum):
    EVERY_ISSUE = "every_issue"
    CHOSEN_TOPICS = "chosen_topics"


class LegalBasis(enum.StrEnum):
    CONSENT = "consent"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import did: `rows` is the sum of the other counts. Each refused line is given to a callback."""

    rows: int
    added: int
    already: int
    skipped: int  # suppressed or unsubscribed: never brought back by a file
    refused: int  # lines that hold no address
    repeated: int = 0  # addresses that the file gives again
    kept_out: int = 0  # of those skipped: whom the tool they come from says left, or put out
    truncated: bool = False  # the file stops before its end
