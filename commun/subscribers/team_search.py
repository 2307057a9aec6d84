"""Readers, for the team's search: for whoever may see who they are."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from commun.accounts.api import Hit
from commun.accounts.models import User
from commun.subscribers.selectors.people import find_subscribers


def find(user: User, words: str, most: int) -> Sequence[Hit]:
    if not user.has_perm("subscribers.view_subscriber") or len(words) < 3 or " " in words:
        return []
    return [
        Hit(
            label=person.address,
            url=reverse("subscribers_team:person", args=[person.pk]),
            detail=person.get_state_display(),
        )
        for person in find_subscribers(part=words, limit=most)
    ]
