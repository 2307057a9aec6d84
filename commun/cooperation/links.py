"""Private links of this room, sent to one mailbox."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from commun.common import signing
from commun.common.errors import ForgedLink

NEED = "cooperation.need"
START = "cooperation.start"
IDEA = "cooperation.idea"


def need_token(*, reference: str) -> str:
    return signing.sign(purpose=NEED, value=reference)


def need_url(*, reference: str) -> str:
    """The page where whoever stated a need follows it. It lives as long as the need."""
    return settings.SITE_URL + reverse("cooperation:need", args=[need_token(reference=reference)])


def read_need_token(token: str) -> str:
    """Reference of the need; raises `ForgedLink`."""
    return str(signing.unsign(purpose=NEED, token=token))


def start_token(*, reference: str, user_id: int) -> str:
    """Who holds it speaks as that person, and only while she follows the start or acts for whoever began it."""
    return signing.sign(purpose=START, value=[reference, user_id])


def start_url(*, reference: str, user_id: int) -> str:
    """The page where whoever follows a start says how it goes, without signing in."""
    token = start_token(reference=reference, user_id=user_id)
    return settings.SITE_URL + reverse("cooperation:start_news", args=[token])


def start_path(*, page_id: int) -> str:
    """Where anybody says « nous voulons le faire » of a page: no token, a page, then a button."""
    return reverse("cooperation:start", args=[page_id])


def read_start_token(token: str) -> tuple[str, int]:
    """Reference of the start, primary key of the person; raises `ForgedLink`, also of the links of 1.0.0, which were
    nobody's."""
    match signing.unsign(purpose=START, token=token):
        case [str(reference), int(user_id)]:
            return reference, user_id
    raise ForgedLink(START)


def idea_token(*, reference: str) -> str:
    return signing.sign(purpose=IDEA, value=reference)


def idea_url(*, reference: str) -> str:
    """The page where whoever proposed a theme follows what becomes of it. It lives as long as the proposal."""
    return settings.SITE_URL + reverse("cooperation:idea", args=[idea_token(reference=reference)])


def read_idea_token(token: str) -> str:
    """Reference of the proposal; raises `ForgedLink`."""
    return str(signing.unsign(purpose=IDEA, token=token))
