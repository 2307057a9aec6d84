"""The conversation of a contribution: what comes in is kept as it was written, what goes out is answered here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.contributions.exceptions import NobodyToAnswer
from commun.contributions.models import Contribution, Message
from commun.contributions.services.letters import write
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.services.receiving import sender_hash
from commun.contributions.types import Act, Direction, State, Trust
from commun.contributions.understanding.answers import below_ours
from commun.contributions.understanding.mails import rest_of, words_of
from commun.inbound.types import Incoming, ParsedMessage, Verdict


def trust_of(message: ParsedMessage) -> Trust:
    """From our own server's word alone: where it says nothing, nothing is known."""
    found = message.authentication
    if found.proves(message.sender):
        return Trust.PROVEN
    said = {found.dmarc.value, found.spf.value} | ({found.dkim.value} if found.spf is not Verdict.PASS else set())
    return Trust.FAILING if Verdict.FAIL.value in said else Trust.UNKNOWN


def keep_incoming(*, contribution: Contribution, incoming: Incoming, now: datetime) -> Message:
    message = incoming.message
    found = message.authentication
    text, ours = below_ours(words_of(message), ours=contribution.told)
    return Message.objects.create(
        contribution=contribution,
        direction=Direction.IN,
        subject=message.subject[:300],
        text=text,
        rest="\n\n".join(filter(None, [ours, rest_of(message)])),
        sender_name=message.sender.name[:120],
        message_id=message.message_id[:400],
        raw_id=incoming.raw_id,
        authentication={
            "spf": found.spf.value,
            "dkim": found.dkim.value,
            "dmarc": found.dmarc.value,
            "trust": trust_of(message).value,
            "same_sender": sender_hash(message.sender.address) == contribution.address_hash,
            "perhaps_automatic": message.robot_is_guessed,
        },
        at=now,
    )


@transaction.atomic
def note_answer(*, contribution_id: int, proven: str, now: datetime) -> None:
    """An answer came, by mail or on the page: what waited for it, or was declined, is read again.

    `proven`: the address of whoever answers, where it is known that it was she; "" else.
    """
    row = lock(contribution_id=contribution_id)
    to = State.IN_REVIEW if row.state in {State.WAITING, State.DECLINED} else None
    move(contribution_id=row.pk, act=Act.ANSWER, to=to, now=now)
    if row.trust != Trust.PROVEN and row.address_hash and sender_hash(proven) == row.address_hash:
        move(contribution_id=row.pk, act=Act.CLAIM, now=now, words="answer", trust=Trust.PROVEN)


def require_address(row: Contribution) -> None:
    if not row.address:
        raise NobodyToAnswer


@transaction.atomic
def ask(*, contribution_id: int, text: str, by: User, now: datetime) -> Message:
    """Write to whoever gave it; the contribution waits for the answer, which comes back into the conversation.

    Raises `NobodyToAnswer`, `WrongState`.
    """
    row = lock(contribution_id=contribution_id)
    require_address(row)
    move(contribution_id=row.pk, act=Act.ASK, to=State.WAITING, by=by, now=now)
    return send(contribution=row, template="question", text=text, by=by, now=now)


def send(
    *, contribution: Contribution, template: str, text: str, by: User | None, now: datetime, **context: Any
) -> Message:
    """Queue a message of the conversation, and keep what it says."""
    title = " ".join(contribution.title.split())[:180]
    subject = title if title.lower().startswith("re:") else f"Re: {title}"
    message_id = write(contribution=contribution, template=template, subject=subject, by=by, text=text, **context)
    return Message.objects.create(
        contribution=contribution,
        direction=Direction.OUT,
        subject=subject,
        text=text,
        message_id=message_id,
        written_by=by,
        at=now,
    )
