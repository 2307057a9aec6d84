"""Mail that this room handles; registered with `inbound` when the application starts."""

from __future__ import annotations

from datetime import timedelta

from commun.contributions import mailboxes
from commun.contributions.services import by_mail
from commun.inbound.api import register_route

# What was written is kept with the contribution; the bytes serve to look again at what was misread.
KEPT = timedelta(days=90)


def register() -> None:
    register_route(
        "contributions.intake",
        matches=mailboxes.is_intake,
        handle=by_mail.take_contribution,
        keep=KEPT,
    )
    register_route(
        "contributions.answers",
        matches=lambda address: mailboxes.read_conversation(address) is not None,
        handle=by_mail.take_answer,
        keep=KEPT,
    )
