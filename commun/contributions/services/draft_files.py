"""Files of a form under way: examined before they are kept, and never more than a message could carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum

from commun.contributions.antivirus import scanner
from commun.contributions.files import MOST_BYTES, Examined, Refused, examine
from commun.contributions.files.clamd import ScannerAway
from commun.contributions.models import DraftFile, FormDraft
from commun.contributions.services.giving import lock_draft

MOST_FILES = 10


def add_files(*, draft_id: int, given: Sequence[tuple[str, bytes]], now: datetime) -> list[tuple[str, str]]:
    """Keep what may be kept; (name, reason) of what is not. Raises `FormGone`.

    Examined outside the transaction: it takes time and must hold no lock. The same file twice is kept once.
    """
    refused: list[tuple[str, str]] = []
    examined: list[Examined] = []
    for name, data in given[: MOST_FILES * 2]:
        try:
            examined.append(examine(name=name, data=data, scan=scanner()))
        except Refused as error:
            refused.append((name[:150], error.reason.value))
        except ScannerAway:
            refused.append((name[:150], "unchecked"))
    with transaction.atomic():
        draft = lock_draft(draft_id=draft_id)
        kept = set(draft.files.values_list("sha256", flat=True))
        count, weight = len(kept), draft.files.aggregate(all=Sum("size"))["all"] or 0
        for file in examined:
            if file.sha256 in kept:
                continue
            if count >= MOST_FILES or weight + len(file.data) > MOST_BYTES:
                refused.append((file.name, "many" if count >= MOST_FILES else "heavy"))
                continue
            _keep(draft=draft, file=file)
            kept.add(file.sha256)
            count, weight = count + 1, weight + len(file.data)
        FormDraft.objects.filter(pk=draft.pk).update(touched_at=now)
    return refused


def _keep(*, draft: FormDraft, file: Examined) -> None:
    row = DraftFile(
        draft=draft,
        name=file.name,
        content_type=file.content_type,
        size=len(file.data),
        pages=file.pages,
        width=file.width,
        height=file.height,
        sha256=file.sha256,
    )
    row.file.save(file.name, ContentFile(file.data), save=True)


def remove_file(*, draft: FormDraft, file_id: int) -> None:
    """Take a file out of the form; nothing happens where it is not one of this form."""
    file = draft.files.filter(pk=file_id).first()
    if file is None:
        return
    storage, name = file.file.storage, str(file.file.name)
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))


def describe(*, draft: FormDraft, alternatives: dict[int, str]) -> None:
    """What each picture shows, for those who do not see it."""
    for pk, text in alternatives.items():
        draft.files.filter(pk=pk).update(alt_text=text)
