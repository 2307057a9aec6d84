"""What whoever gave something may do herself, until it is published: answer, correct, withdraw."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.contributions.exceptions import WrongState
from commun.contributions.models import Contribution, Message
from commun.contributions.services import conversation, handing_on
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.types import Act, Direction, State

# What she may still change: once accepted, the text is the draft's, and the team's to change.
_CORRECTABLE = {State.RECEIVED, State.IN_REVIEW, State.WAITING}
_COLUMNS = {"title", "text", "name", "thanks", "licence", "organisation_name", "fields"}


@transaction.atomic
def answer(*, contribution_id: int, text: str, now: datetime) -> Message:
    """An answer written on the page: its link was sent to her mailbox alone."""
    row = lock(contribution_id=contribution_id)
    if row.state in {State.SPAM, State.WITHDRAWN, State.MERGED}:
        raise WrongState(row.state)
    message = Message.objects.create(
        contribution=row, direction=Direction.IN, text=text, sender_name=row.name, at=now, authentication={"page": True}
    )
    conversation.note_answer(contribution_id=row.pk, proven=row.address, now=now)
    handing_on.pass_on(became=row.became, text=text, now=now)
    return message


@transaction.atomic
def correct(*, contribution_id: int, values: dict[str, Any], now: datetime) -> Contribution:
    """Change what she wrote, by column. Raises `WrongState` once it is accepted or closed."""
    row = lock(contribution_id=contribution_id)
    if row.state not in _CORRECTABLE:
        raise WrongState(row.state)
    changed = {name: value for name, value in values.items() if name in _COLUMNS and getattr(row, name) != value}
    if changed:
        # Who she is stays out of the log, which outlives her erasure.
        move(contribution_id=row.pk, act=Act.EDIT, now=now, words="contributor", secret=("name",), **changed)
        row.refresh_from_db()
    return row


@transaction.atomic
def withdraw(*, contribution_id: int, now: datetime) -> Contribution:
    """She takes it back. A draft made of it stays with the team, who is told. Raises `WrongState` once published."""
    row = lock(contribution_id=contribution_id)
    if row.state != State.WITHDRAWN:
        handing_on.withdraw(became=row.became, now=now)
        move(contribution_id=row.pk, act=Act.WITHDRAW, to=State.WITHDRAWN, now=now)
        row.refresh_from_db()
    return row
