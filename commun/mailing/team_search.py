"""Sends, for the team's search: by the subject of their message."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import Hit
from commun.accounts.models import User
from commun.common import french
from commun.mailing.models import Send


def find(user: User, words: str, most: int) -> Sequence[Hit]:
    if not user.has_perm("mailing.view_send"):
        return []
    sends = Send.objects.filter(message__subject__icontains=words).select_related("message").order_by("-pk")
    return [
        Hit(
            label=send.message.subject,
            url=reverse("mailing_sends:send", args=[send.pk]),
            detail=f"{send.get_state_display()}, {french.moment(timezone.localtime(send.created_at))}",
        )
        for send in sends[:most]
    ]
