"""Mail that this room handles; registered with `inbound` when the application starts."""

from __future__ import annotations

from datetime import datetime, timedelta

from commun.inbound.api import register_route
from commun.inbound.exceptions import Unprocessable
from commun.inbound.types import Incoming
from commun.mailing import mailboxes
from commun.mailing.exceptions import UnprovenComplaint
from commun.mailing.registry import Way
from commun.mailing.services import feedback

# What a bounce says is written down when it is handled; its bytes serve only to understand a conclusion afterwards.
KEPT = timedelta(days=30)


def register() -> None:
    register_route(
        "mailing.returns", matches=lambda a: mailboxes.read_return_path(a) is not None, handle=take_return, keep=KEPT
    )
    register_route("mailing.complaints", matches=mailboxes.is_complaints, handle=take_complaint, keep=KEPT)
    register_route(
        "mailing.unsubscriptions",
        matches=lambda a: mailboxes.read_unsubscription(a) is not None,
        handle=take_unsubscription,
        keep=KEPT,
    )


def take_return(*, incoming: Incoming, now: datetime) -> str:
    row = mailboxes.read_return_path(incoming.recipient)
    if row is None:  # the secret key changed since it was received
        raise Unprocessable("token_unreadable")
    return feedback.note_return(space=row[0], pk=row[1], raw=incoming.raw, source=f"inbound:{incoming.raw_id}", now=now)


def take_complaint(*, incoming: Incoming, now: datetime) -> str:
    try:
        return feedback.note_complaint(raw=incoming.raw, source=f"inbound:{incoming.raw_id}", now=now)
    except UnprovenComplaint as error:
        raise Unprocessable(error.code) from None


def take_unsubscription(*, incoming: Incoming, now: datetime) -> str:
    """By a program or by hand, whatever the message says: the token proves who leaves."""
    key = mailboxes.read_unsubscription(incoming.recipient)
    if key is None:
        raise Unprocessable("token_unreadable")
    return feedback.note_unsubscription(recipient_key=key, way=Way.MAIL, now=now)
