"""Mails of service of this room, HTML and text. Django's backend queues each in the transaction of whoever calls."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse


def write(name: str, *, to: str, subject: str, **context: Any) -> None:
    subject = " ".join(subject.split())[:200]
    values = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, "subject": subject, **context}
    body = render_to_string(f"votes/mail/{name}.txt", values).strip() + "\n"
    message = EmailMultiAlternatives(subject=subject, body=body, to=[to])
    message.attach_alternative(render_to_string(f"votes/mail/{name}.html", values), "text/html")
    message.send()


def address_of(name: str, *arguments: Any) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)
