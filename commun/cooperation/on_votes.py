"""What this room tells on the pages of votes: the shared projects that each led to."""

from __future__ import annotations

from django.urls import reverse

from commun.cooperation.models import SharedProject
from commun.votes.api import Became, Vote


def became(vote: Vote) -> list[Became]:
    rows = SharedProject.objects.filter(vote=vote).order_by("option_number")
    return [
        Became(title=row.title, url=reverse("cooperation:project", args=[row.slug]), stage=row.get_state_display())
        for row in rows
    ]
