"""What we write to whoever stated a need or proposed a theme."""

from __future__ import annotations

from typing import Any

from commun.accounts.models import User
from commun.common import mails
from commun.cooperation import links
from commun.cooperation.models import Need, ThemeProposal


def write_about_need(*, need: Need, template: str, subject: str, by: User | None = None, **context: Any) -> None:
    """Queue one message, in the transaction of whoever asks. Nobody to write to: nothing is written."""
    values = {"need": need, "url": links.need_url(reference=need.reference), "by_mail": bool(need.answer_to), **context}
    _queue(to=need.address, template=template, subject=subject, values=values, answer_to=need.answer_to, by=by)


def write_about_proposal(
    *, proposal: ThemeProposal, template: str, subject: str, by: User | None, **context: Any
) -> None:
    values = {"proposal": proposal, "follow": links.idea_url(reference=proposal.reference), **context}
    _queue(to=proposal.address, template=template, subject=subject, values=values, answer_to="", by=by)


def _queue(*, to: str, template: str, subject: str, values: dict[str, Any], answer_to: str, by: User | None) -> None:
    if not to:
        return
    mails.post(
        template=f"cooperation/mail/{template}.txt",
        to=to,
        subject=subject,
        answer_to=answer_to,
        headers={} if by is None else mails.BY_A_PERSON,
        **values,
    )
