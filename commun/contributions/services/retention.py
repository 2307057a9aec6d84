"""How long what was given is kept, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet

from commun.contributions.models import Contribution, File, Message

Stored = tuple[Storage, str]
KEPT = timedelta(days=3 * 365)
LOT = 200


def forget_old(*, now: datetime) -> int:
    """Three years after its last movement, who gave it and what she wrote go (periodic); the line and its log stay."""
    old = Contribution.objects.filter(forgotten_at=None, moved_at__lt=now - KEPT).order_by("pk")
    done = 0
    while ids := list(old.values_list("pk", flat=True)[:LOT]):
        done += forget(contributions=Contribution.objects.filter(pk__in=ids), now=now)
    return done


def forget(*, contributions: QuerySet[Contribution], now: datetime) -> int:
    """Blank what says who and what was written; delete files. What was decided stays, without a name."""
    ids = list(contributions.values_list("pk", flat=True))
    rows = Contribution.objects.filter(pk__in=ids)
    files = File.objects.filter(contribution__in=ids)
    stored = stored_files(files)
    with transaction.atomic():
        files.delete()
        Message.objects.filter(contribution__in=ids).update(
            subject="", text="", rest="", sender_name="", message_id="", authentication={}
        )
        for row in rows.prefetch_related("events"):
            for event in row.events.all():
                event.payload.pop("old", None)
                event.save(update_fields=["payload"])
        done = rows.update(
            title="Effacée",
            text="",
            told="",
            fields={},
            suggestions=[],
            name="",
            address="",
            address_hash="",
            organisation_name="",
            user=None,
            thanks=False,
            forgotten_at=now,
        )
        drop_when_committed(stored)
    return done


def stored_files(files: Iterable[File]) -> list[Stored]:
    """Where the bytes are: to be asked before the rows go."""
    return [(one.file.storage, str(one.file.name)) for one in files if one.file]


def drop_when_committed(stored: list[Stored]) -> None:
    """Bytes go once rows are gone for good: a row never leads to nothing."""

    def drop() -> None:
        for storage, name in stored:
            storage.delete(name)

    transaction.on_commit(drop)
