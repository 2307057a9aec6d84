"""Where the call to vote of the letter leads: to the open vote, with the date of its closing."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from commun.common import clock
from commun.votes.api import open_votes


def vote_page() -> str:
    """The page of the vote under way, the list where there are several; "" where there is none."""
    votes = open_votes(at=clock.now())
    if len(votes) > 1:
        return reverse("votes:index")
    return reverse("votes:vote", args=[votes[0].slug]) if votes else ""


def vote_until() -> date | None:
    votes = open_votes(at=clock.now())
    return timezone.localtime(votes[0].closes_at).date() if len(votes) == 1 else None
