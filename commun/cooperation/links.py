"""Private links of this room, sent to one mailbox."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from commun.common import signing

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


def start_token(*, reference: str) -> str:
    return signing.sign(purpose=START, value=reference)


def start_url(*, reference: str) -> str:
    """The page where whoever follows a start says how it goes, without signing in."""
    return settings.SITE_URL + reverse("cooperation:start_news", args=[start_token(reference=reference)])


def start_path(*, page_id: int) -> str:
    """Where anybody says « nous voulons le faire » of a page: no token, a page, then a button."""
    return reverse("cooperation:start", args=[page_id])


def read_start_token(token: str) -> str:
    """Reference of the start; raises `ForgedLink`."""
    return str(signing.unsign(purpose=START, token=token))


def idea_token(*, reference: str) -> str:
    return signing.sign(purpose=IDEA, value=reference)


def idea_url(*, reference: str) -> str:
    """The page where whoever proposed a theme follows what becomes of it. It lives as long as the proposal."""
    return settings.SITE_URL + reverse("cooperation:idea", args=[idea_token(reference=reference)])


def read_idea_token(token: str) -> str:
    """Reference of the proposal; raises `ForgedLink`."""
    return str(signing.unsign(purpose=IDEA, token=token))
