"""Private links of this room, each bound to one person."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from commun.common import signing

INTRODUCTION = "peers.introduction"
ROUND = "peers.round"


def introduction_token(*, reference: str, user_id: int) -> str:
    """Who holds it acts as that person, and only while she acts for one of the two collectivités."""
    return signing.sign(purpose=INTRODUCTION, value=[reference, user_id])


def introduction_path(*, reference: str, user_id: int) -> str:
    return reverse("peers:introduction", args=[introduction_token(reference=reference, user_id=user_id)])


def introduction_url(*, reference: str, user_id: int) -> str:
    return settings.SITE_URL + introduction_path(reference=reference, user_id=user_id)


def read_introduction_token(token: str) -> tuple[str, int]:
    """Reference of the introduction, primary key of the person; raises `ForgedLink`."""
    reference, user_id = signing.unsign(purpose=INTRODUCTION, token=token)
    return str(reference), int(user_id)


def ask_path(*, slug: str) -> str:
    """Where a member asks to meet an organisation: no token, a page, then a button."""
    return reverse("peers:ask", args=[slug])


def round_url(*, reference: str, number: int) -> str:
    """One of the links given out: it bears no name, serves once, and shows the result to whoever had it."""
    return settings.SITE_URL + reverse("peers:answer", args=[signing.sign(purpose=ROUND, value=[reference, number])])


def read_round_token(token: str) -> tuple[str, int]:
    """Reference of the round, number of the link; raises `ForgedLink`."""
    reference, number = signing.unsign(purpose=ROUND, token=token)
    return str(reference), int(number)


def round_mark(*, reference: str, number: int) -> str:
    """What is kept of a link that served: nobody without the secret key knows which it was."""
    return signing.keyed_hash(purpose=ROUND, value=f"{reference}:{number}")[:32]
