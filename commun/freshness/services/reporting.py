"""A reader says that something is wrong, the team answers, she is told: where she asked, at an address she proved."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from commun.accounts.models import User
from commun.common import mails
from commun.common.characters import clean_text
from commun.freshness import tokens
from commun.freshness.exceptions import WordsMissing, WrongState
from commun.freshness.lives import REPORT
from commun.freshness.models import Report
from commun.freshness.types import ReportKind, ReportState
from commun.library.api import confirm_resource

# A form sent twice by an impatient hand is one report.
_TWICE = timedelta(minutes=2)
OFF_LINE = "Cette page n’est plus en ligne."


@transaction.atomic
def report(*, page: Page, kind: ReportKind, text: str, address: str, now: datetime) -> Report:
    """Write it down, once. An address gets one mail, to confirm it; nothing else goes there before that."""
    said = {"page": page, "kind": kind, "text": clean_text(text)[:2000], "address": address}
    Page.objects.select_for_update(of=("self",)).get(pk=page.pk)  # the second click waits for the first
    recent = Report.objects.filter(**said, state=ReportState.NEW, received_at__gt=now - _TWICE).first()
    if recent is not None:
        return recent
    row = Report.objects.create(**said, page_title=page.title, received_at=now)
    if address:
        mails.post(
            to=address,
            template="freshness/mail/confirm.txt",
            subject=f"Confirmez votre adresse : {page.title}",
            report=row,
            url=tokens.address_url(reference=row.reference, address=address),
            days=tokens.ADDRESS_GOOD_FOR.days,
        )
    return row


@transaction.atomic
def confirm_address(*, report_id: int, address: str, now: datetime) -> bool:
    """She pressed the button; told at once where it is answered already. False where the address was forgotten."""
    row = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if row.address != address:
        return False
    if row.confirmed_at is None:
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
        _tell(row)
    return True


@transaction.atomic
def answer(*, report_id: int, state: ReportState, words: str, by: User | None, now: datetime) -> Report:
    """The team's answer. Corrected: the page is confirmed today too. Raises `WrongState`, `WordsMissing`."""
    row = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if not REPORT.allows(row.state, state):
        raise WrongState(row.state)
    if state == ReportState.LEFT and not words.strip():
        raise WordsMissing
    row.state, row.answer, row.answered_at, row.answered_by = state, words.strip(), now, by
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    if state == ReportState.MENDED and by is not None and row.page_id:
        confirm_resource(page_id=row.page_id, on=timezone.localdate(now), by=by)
    _tell(row)
    return row


@transaction.atomic
def reopen(*, report_id: int) -> Report:
    """Raises `WrongState`."""
    row = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if not REPORT.allows(row.state, ReportState.NEW, undo=True):
        raise WrongState(row.state)
    row.state, row.answer, row.answered_at, row.answered_by = ReportState.NEW, "", None, None
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    return row


def close_orphans(*, now: datetime) -> int:
    """Reports about pages that are not on line any more are settled by that (periodic)."""
    waiting = Report.objects.filter(state=ReportState.NEW)
    gone = waiting.filter(page__isnull=True) | waiting.filter(page__live=False)
    found = list(gone.values_list("pk", flat=True)[:200])
    for pk in found:
        answer(report_id=pk, state=ReportState.MENDED, words=OFF_LINE, by=None, now=now)
    return len(found)


def _tell(row: Report) -> None:
    """Nobody hears that what she wrote is not wanted."""
    if row.confirmed_at is None or not row.address or row.state in {ReportState.NEW, ReportState.SPAM}:
        return
    said = "corrigé" if row.state == ReportState.MENDED else "notre réponse"
    mails.post(
        to=row.address,
        template="freshness/mail/answered.txt",
        subject=f"Votre signalement, {said} : {row.page_title}",
        headers=mails.BY_A_PERSON if row.answered_by_id else None,
        report=row,
        is_mended=row.state == ReportState.MENDED,
        url=tokens.report_url(reference=row.reference),
    )
