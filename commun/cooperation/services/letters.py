"""What we write to whoever stated a need or proposed a theme: plain text, and a link to her page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from commun.accounts.models import User
from commun.cooperation import links
from commun.cooperation.models import Need, ThemeProposal


def write_about_need(*, need: Need, template: str, subject: str, by: User | None = None, **context: Any) -> None:
    """Queue one message, in the transaction of whoever asks. Nobody to write to: nothing is written."""
    values = {"need": need, "url": links.need_url(reference=need.reference), "by_mail": bool(need.answer_to), **context}
    _queue(to=need.address, template=template, subject=subject, values=values, answer_to=need.answer_to, by=by)


def write_about_proposal(
    *, proposal: ThemeProposal, template: str, subject: str, by: User | None, **context: Any
) -> None:
    values = {"proposal": proposal, **context}
    _queue(to=proposal.address, template=template, subject=subject, values=values, answer_to="", by=by)


def _queue(*, to: str, template: str, subject: str, values: dict[str, Any], answer_to: str, by: User | None) -> None:
    if not to:
        return
    body = render_to_string(
        f"cooperation/mail/{template}.txt", {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, **values}
    )
    EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=body.strip() + "\n",
        to=[to],
        reply_to=[answer_to] if answer_to else None,
        # RFC 3834: no program answers what a program wrote.
        headers={"Auto-Submitted": "auto-generated" if by is None else "no"},
    ).send()
