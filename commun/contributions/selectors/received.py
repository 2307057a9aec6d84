"""How much was given between two moments."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from commun.contributions.models import Contribution, Message
from commun.contributions.types import Direction, Kind, State
from commun.contributions.understanding.text import fold
from commun.contributions.understanding.titles import clean_subject


def received_between(*, since: datetime, until: datetime) -> dict[Kind, int]:
    """By what it is; what nobody wanted left out."""
    found = Contribution.objects.filter(received_at__gte=since, received_at__lt=until).exclude(state=State.SPAM)
    return {Kind(kind): number for kind, number in found.order_by().values_list("kind").annotate(number=Count("pk"))}


def answers_under(*, subject: str, since: datetime, until: datetime) -> int:
    """Mails of people that answer one of ours by its subject (« Re: … »): nothing else is followed. What no person
    wrote, or perhaps did not, is left out."""
    ours = _bare(subject)
    came = Message.objects.filter(direction=Direction.IN, at__gte=since, at__lt=until).exclude(
        contribution__state=State.SPAM
    )
    return sum(
        clean_subject(said)[0] > 0 and _bare(said) == ours and not found.get("perhaps_automatic")
        for said, found in came.exclude(subject="").order_by().values_list("subject", "authentication").iterator()
    )


def _bare(subject: str) -> str:
    return " ".join(fold(clean_subject(subject)[1]).split())
