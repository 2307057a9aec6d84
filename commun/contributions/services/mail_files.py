"""Files that came with a message: put in line or refused, never lost without a word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from commun.contributions.models import Contribution
from commun.contributions.services.arriving import Arrival
from commun.inbound.types import Attachment, ParsedMessage

MOST_FILES = 20
# Logos and pictograms of signatures; a photograph weighs more.
_SMALL = 10 * 1024


def keep_attachments(*, contribution: Contribution, message: ParsedMessage, now: datetime) -> None:
    """Put each attachment in line once, or write down why not."""
    arrival = Arrival(of=contribution, most_files=MOST_FILES, now=now)
    for attachment in _all(message):
        if attachment.inline and attachment.content_type.startswith("image/") and len(attachment.data) < _SMALL:
            why = "small"
        else:
            why = arrival.take(name=attachment.name or "sans-nom", data=attachment.data)
        if why:
            arrival.refuse(
                name=attachment.name, content_type=attachment.content_type, size=len(attachment.data), why=why
            )


def _all(message: ParsedMessage) -> Iterator[Attachment]:
    yield from message.attachments
    for one in message.forwarded:
        yield from _all(one)
