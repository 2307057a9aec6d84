"""Files of a form under way: never more than a message could carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commun.common.characters import clean_name
from commun.contributions.models import FormDraft
from commun.contributions.services.arriving import Arrival
from commun.contributions.services.giving import lock_draft
from commun.contributions.services.retention import drop_when_committed, stored_files

MOST_FILES = 10


@transaction.atomic
def add_files(*, draft_id: int, given: Sequence[UploadedFile], now: datetime) -> list[tuple[str, str]]:
    """Put in line what may be; (name, reason) of what may not. Raises `FormGone`."""
    draft = lock_draft(draft_id=draft_id)
    arrival = Arrival(of=draft, most_files=MOST_FILES, now=now)
    refused: list[tuple[str, str]] = []
    for file in given[: MOST_FILES * 2]:
        name = file.name or ""
        # One that is there already needs no room: it is read first, unless it is too big whatever it is.
        why = arrival.has_no_room_for(file.size or 0)
        if why != "too_big":
            why = arrival.take(name=name, data=file.read())
        if why:
            refused.append((clean_name(name)[:150] or "sans nom", why))
    FormDraft.objects.filter(pk=draft.pk).update(touched_at=now)
    return refused


def remove_file(*, draft: FormDraft, file_id: int) -> None:
    """Take a file out of the form; nothing happens where it is not one of this form."""
    files = draft.files.filter(pk=file_id)
    with transaction.atomic():
        stored = stored_files(files)
        files.delete()
        drop_when_committed(stored)


def describe(*, draft: FormDraft, alternatives: dict[int, str]) -> None:
    """What each picture shows, for those who do not see it."""
    for pk, text in alternatives.items():
        draft.files.filter(pk=pk).update(alt_text=text)
