"""Files that came with a message: put in line or refused, never lost without a word."""

from __future__ import annotations

from datetime import datetime

from commun.contributions.files import is_pictogram
from commun.contributions.models import Contribution
from commun.contributions.services.arriving import Arrival
from commun.contributions.services.examining import tell_refused
from commun.contributions.understanding.mails import all_files
from commun.inbound.types import ParsedMessage

MOST_FILES = 20


def keep_attachments(*, contribution: Contribution, message: ParsedMessage, now: datetime) -> None:
    """Put each attachment in line once, or write down why not. Whoever is not acknowledged any more is told at once."""
    acknowledged = contribution.acknowledged_at is not None
    arrival = Arrival(of=contribution, most_files=MOST_FILES, now=now)
    for attachment in all_files(message):
        if attachment.inline and is_pictogram(attachment.data):
            why = "small"
        else:
            why = arrival.take(name=attachment.name or "sans-nom", data=attachment.data)
        if why:
            arrival.refuse(
                name=attachment.name,
                content_type=attachment.content_type,
                size=len(attachment.data),
                why=why,
                to_tell=acknowledged and why != "small",
            )
    if acknowledged:
        tell_refused(contribution=contribution)
