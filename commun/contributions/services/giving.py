"""A form filled step by step, kept behind a signed link, then given.

GET changes nothing; every step is one small POST that keeps what it holds. The form becomes a contribution when its
address is proven: at once for whoever is signed in, else by the button of the message sent to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from commun.accounts.models import User
from commun.common import mails
from commun.contributions import links
from commun.contributions.exceptions import FormGone, FormIncomplete
from commun.contributions.models import Contribution, File, FormDraft
from commun.contributions.services.given_forms import all_values, read_form
from commun.contributions.services.receiving import acknowledge, receive
from commun.contributions.services.retention import drop_when_committed, stored_files
from commun.contributions.steps import Step, first_missing
from commun.contributions.types import Kind

KEPT = timedelta(days=30)


def start_draft(*, kind: Kind, values: dict[str, Any], user: User | None, now: datetime) -> FormDraft:
    """The first step is filled: a form exists, and has a link."""
    return FormDraft.objects.create(
        kind=kind, data={Step.WHAT.value: values}, user=user, created_at=now, touched_at=now
    )


@transaction.atomic
def keep_step(*, draft_id: int, step: Step, values: dict[str, Any], user: User | None, now: datetime) -> FormDraft:
    """Keep what one step holds. Raises `FormGone` when it was given meanwhile."""
    draft = lock_draft(draft_id=draft_id)
    draft.data = {**draft.data, step.value: values}
    draft.touched_at = now
    draft.user = user or draft.user
    draft.address = values.get("adresse", draft.address)
    draft.save(update_fields=["data", "touched_at", "user", "address"])
    return draft


def lock_draft(*, draft_id: int) -> FormDraft:
    draft = FormDraft.objects.select_for_update(of=("self",)).filter(pk=draft_id, given_at=None).first()
    if draft is None:
        raise FormGone
    return draft


@transaction.atomic
def give(*, draft_id: int, user: User | None, now: datetime) -> FormDraft:
    """The last button. Signed in, the contribution is received; else a message asks to confirm the address.

    Raises `FormGone` (already given), `FormIncomplete` where a step was never filled.
    """
    draft = lock_draft(draft_id=draft_id)
    missing = first_missing(kind=Kind(draft.kind), filled=set(draft.data))
    if missing is not None:
        raise FormIncomplete(missing)
    draft.given_at = draft.touched_at = now
    draft.user = user  # who gives, not who began
    draft.address = user.email if user is not None else draft.data[Step.YOU.value]["adresse"]
    draft.save(update_fields=["given_at", "touched_at", "address", "user"])
    if user is not None:
        _become_contribution(draft=draft, now=now)
    else:
        url = links.confirm_url(key=draft.key)
        _mail(draft=draft, template="confirm", subject="Confirmez votre contribution", url=url)
    return draft


@transaction.atomic
def take_up(*, key: str, now: datetime) -> FormDraft:
    """Open again a form that was given and never confirmed, to correct it: the link already sent then confirms nothing.

    Raises `FormGone` once it is a contribution: that one is corrected on its own page.
    """
    draft = FormDraft.objects.select_for_update(of=("self",)).filter(key=key, contribution=None).first()
    if draft is None:
        raise FormGone
    draft.given_at, draft.touched_at = None, now
    draft.save(update_fields=["given_at", "touched_at"])
    return draft


@transaction.atomic
def confirm_address(*, key: str, now: datetime) -> Contribution:
    """The button of the message. Pressed twice, it is one contribution. Raises `FormGone`."""
    draft = FormDraft.objects.select_for_update(of=("self",)).filter(key=key).first()
    if draft is None or draft.given_at is None:
        raise FormGone
    return draft.contribution or _become_contribution(draft=draft, now=now)


def _become_contribution(*, draft: FormDraft, now: datetime) -> Contribution:
    contribution = receive(given=read_form(draft=draft, now=now), now=now)
    draft.files.update(draft=None, contribution=contribution)  # those that wait go on waiting
    draft.data, draft.address, draft.contribution = {}, "", contribution
    draft.save(update_fields=["data", "address", "contribution"])
    acknowledge(contribution=contribution, now=now)
    return contribution


def send_link(*, draft: FormDraft, address: str) -> None:
    """The link that opens the form again, sent to whoever asked for it."""
    url = f"{settings.SITE_URL}/contribuer/suite/{links.form_token(key=draft.key)}/"
    _mail(draft=draft, template="later", subject="Votre formulaire à finir", url=url, address=address)


def _mail(*, draft: FormDraft, template: str, subject: str, url: str, address: str = "") -> None:
    """Both say which form, as far as it was filled."""
    title = all_values(draft=draft).get("titre", "")
    mails.post(
        template=f"contributions/mail/{template}.txt",
        to=address or draft.address,
        subject=f"{subject} « {title} »" if title else subject,
        title=title,
        url=url,
        days=KEPT.days,
    )


def forget_drafts(*, now: datetime) -> int:
    """Forms left for thirty days, and what remains of those that were given (periodic). Their files go with them."""
    old = list(FormDraft.objects.filter(touched_at__lt=now - KEPT).values_list("pk", flat=True)[:500])
    files = File.objects.filter(draft__in=old)
    with transaction.atomic():
        stored = stored_files(files)
        files.delete()
        FormDraft.objects.filter(pk__in=old).delete()
        drop_when_committed(stored)
    return len(old)
