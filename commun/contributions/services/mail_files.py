"""Files that came with a message: examined, kept or refused, never lost without a word."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.base import ContentFile

from commun.contributions.antivirus import scanner
from commun.contributions.files import Refused, examine
from commun.contributions.models import Contribution, File
from commun.inbound.types import Attachment, ParsedMessage

MOST_FILES = 20
# Logos and pictograms of signatures; a photograph weighs more.
_SMALL = 10 * 1024


def keep_attachments(*, contribution: Contribution, message: ParsedMessage) -> int:
    """Keep each attachment once, or a line that says why not; how many were kept."""
    known = set(contribution.files.exclude(sha256="").values_list("sha256", flat=True))
    kept = 0
    for number, attachment in enumerate(_all(message)):
        if attachment.inline and attachment.content_type.startswith("image/") and len(attachment.data) < _SMALL:
            _refuse(contribution, attachment, "small")
            continue
        if number >= MOST_FILES:
            _refuse(contribution, attachment, "many")
            continue
        try:
            found = examine(name=attachment.name or "sans-nom", data=attachment.data, scan=scanner())
        except Refused as error:
            _refuse(contribution, attachment, error.reason.value)
            continue
        if found.sha256 in known:
            continue
        known.add(found.sha256)
        row = File(
            contribution=contribution,
            name=found.name[:160],
            content_type=found.content_type,
            size=len(found.data),
            pages=found.pages,
            width=found.width,
            height=found.height,
            sha256=found.sha256,
        )
        row.file.save(found.name, ContentFile(found.data), save=True)
        kept += 1
    return kept


def _all(message: ParsedMessage) -> Iterator[Attachment]:
    yield from message.attachments
    for one in message.forwarded:
        yield from _all(one)


def _refuse(contribution: Contribution, attachment: Attachment, reason: str) -> None:
    File.objects.create(
        contribution=contribution,
        name=(attachment.name or "sans nom")[:160],
        content_type=attachment.content_type[:100],
        size=len(attachment.data),
        sha256="",
        refused=reason,
    )
