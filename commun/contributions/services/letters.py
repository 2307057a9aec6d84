"""What we write to whoever gave something: threaded under her message, answered into the conversation."""

from __future__ import annotations

from email.utils import make_msgid
from typing import Any

from django.conf import settings

from commun.accounts.models import User
from commun.common import mails
from commun.contributions import links, mailboxes
from commun.contributions.models import Contribution
from commun.contributions.understanding.answers import without_tokens
from commun.contributions.understanding.feeds import plain

MOST_TOLD = 20_000  # characters


def write(*, contribution: Contribution, template: str, subject: str, by: User | None = None, **context: Any) -> str:
    """Queue one message, in the transaction of whoever asks; returns its Message-ID, without brackets.

    `by`: the person of the team who writes. Without, it says that a program did, so that no program answers (RFC 3834).
    """
    answer_to = mailboxes.conversation(reference=contribution.reference)
    message_id = make_msgid(domain=settings.INBOUND_DOMAIN or "localhost")
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-replied" if by is None else "no"}
    values = {"contribution": contribution, "url": links.page_url(reference=contribution.reference), **context}
    mail = mails.post(
        template=f"contributions/mail/{template}.txt",
        to=contribution.address,
        subject=subject,
        answer_to=answer_to,
        headers=headers | _thread(contribution=contribution),
        by_mail=bool(answer_to),
        **values,
    )
    # Her program quotes one part or the other.
    told = without_tokens(f"{mail.text}\n{plain(mail.html)}")[:MOST_TOLD]
    Contribution.objects.filter(pk=contribution.pk).update(told=told)
    contribution.told = told
    return message_id.strip("<>")


def _thread(*, contribution: Contribution) -> dict[str, str]:
    """RFC 5322 § 3.6.4: the last ten messages of the conversation are enough for any program to group them."""
    former = contribution.messages.exclude(message_id="").order_by("-at", "-pk").values_list("message_id", flat=True)
    known = [f"<{one}>" for one in reversed(former[:10]) if one.isascii() and one.isprintable() and " " not in one]
    return {"In-Reply-To": known[-1], "References": " ".join(known)} if known else {}
