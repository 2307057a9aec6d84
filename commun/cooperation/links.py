"""Private links of this room, sent to one mailbox."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from commun.common import signing

NEED = "cooperation.need"


def need_token(*, reference: str) -> str:
    return signing.sign(purpose=NEED, value=reference)


def need_url(*, reference: str) -> str:
    """The page where whoever stated a need follows it. It lives as long as the need."""
    return settings.SITE_URL + reverse("cooperation:need", args=[need_token(reference=reference)])


def read_need_token(token: str) -> str:
    """Reference of the need; raises `ForgedLink`."""
    return str(signing.unsign(purpose=NEED, token=token))
