"""Mails of service of this room."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from commun.common import mails


def write(name: str, *, to: str, subject: str, **context: Any) -> None:
    mails.post(template=f"votes/mail/{name}.txt", to=to, subject=subject, **context)


def address_of(name: str, *arguments: Any) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)
