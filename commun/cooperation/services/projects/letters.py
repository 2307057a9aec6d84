"""What we write to the collectivités of a project, at the address of their contact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from commun.cooperation.models import Engagement


def write_to(*, engagement: Engagement, template: str, subject: str, **context: Any) -> bool:
    """Queue one message, in the transaction of whoever asks; False where there is nobody to write to."""
    if engagement.contact is None or not engagement.contact.is_active:
        return False
    project = engagement.project
    values = {
        "engagement": engagement,
        "project": project,
        "SITE_NAME": settings.SITE_NAME,
        "url": settings.SITE_URL + reverse("cooperation:project", args=[project.slug]),
        **context,
    }
    EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=render_to_string(f"cooperation/mail/{template}.txt", values).strip() + "\n",
        to=[engagement.contact.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    return True
