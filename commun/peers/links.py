"""Private links of this room, each bound to one person."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from commun.common import signing

INTRODUCTION = "peers.introduction"


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
