"""Signed links of this room: the contributor's page, and a form under way."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from commun.common import signing

PAGE = "contributions.page"
FORM = "contributions.form"
CONFIRM = "contributions.confirm"


def page_url(*, reference: str) -> str:
    """The page where whoever gave it follows it. It lives as long as the contribution."""
    return settings.SITE_URL + reverse("contributions:page", args=[signing.sign(purpose=PAGE, value=reference)])


def read_page_token(token: str) -> str:
    """Reference of the contribution; raises `ForgedLink`."""
    return str(signing.unsign(purpose=PAGE, token=token))


def form_token(*, key: str) -> str:
    return signing.sign(purpose=FORM, value=key)


def confirm_url(*, key: str) -> str:
    return settings.SITE_URL + reverse("contributions:confirm", args=[signing.sign(purpose=CONFIRM, value=key)])
