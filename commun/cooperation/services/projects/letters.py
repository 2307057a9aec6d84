"""What we write to the collectivités of a project, at the address of their contact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from commun.common import mails
from commun.cooperation.models import Engagement


def write_to(*, engagement: Engagement, template: str, subject: str, **context: Any) -> bool:
    """Queue one message, in the transaction of whoever asks; False where there is nobody to write to."""
    if engagement.contact is None or not engagement.contact.is_active:
        return False
    project = engagement.project
    mails.post(
        template=f"cooperation/mail/{template}.txt",
        to=engagement.contact.email,
        subject=subject,
        engagement=engagement,
        project=project,
        url=settings.SITE_URL + reverse("cooperation:project", args=[project.slug]),
        **context,
    )
    return True
