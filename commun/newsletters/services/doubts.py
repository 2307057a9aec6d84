"""What is asked again before a send: each of these was once a letter one would have liked to take back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from commun.common import french
from commun.newsletters.holidays import odd_hour
from commun.newsletters.models import IssuePage, Submission

CLOSE = timedelta(days=7)


def doubts(*, issue: IssuePage, at: datetime, people: int) -> list[str]:
    """Sentences; empty where nothing is odd. `people`: how many would receive it now."""
    local = timezone.localtime(at)
    found = []
    if (issue.date.year, issue.date.month) != (local.year, local.month):
        found.append(f"Ce numéro est daté de {french.month(issue.date)} ; il partirait le {french.day(local.date())}.")
    close = _close(issue=issue, at=at)
    if close is not None and close.send is not None and close.send.scheduled_at is not None:
        when = french.moment(timezone.localtime(close.send.scheduled_at))
        found.append(f"Le numéro {close.issue.number} part ou est parti le {when} : les deux se suivraient de près.")
    found += odd_hours(at=at)
    if not people:
        found.append("Personne ne la recevrait : aucun·e abonné·e ne correspond.")
    last = _last_total(issue=issue)
    if last and people >= 2 * last:
        found.append(
            f"{french.count(people, 'personne')} la recevraient, contre {french.number(last)} la dernière fois."
        )
    return found


def odd_hours(*, at: datetime) -> list[str]:
    """What alone is odd of a message of correction: it goes to known people, soon after their letter."""
    odd = odd_hour(timezone.localtime(at))
    return [odd] if odd else []


def _close(*, issue: IssuePage, at: datetime) -> Submission | None:
    others = Submission.objects.exclude(issue=issue).exclude(send__state="cancelled", send__started_at__isnull=True)
    near = others.filter(send__scheduled_at__gt=at - CLOSE, send__scheduled_at__lt=at + CLOSE)
    return near.select_related("issue", "send").order_by("-send__scheduled_at").first()


def _last_total(*, issue: IssuePage) -> int:
    """Of the last letter that went to its end."""
    sent = Submission.objects.exclude(issue=issue).filter(send__state="finished", send__total__isnull=False)
    total = sent.order_by("-send__finished_at").values_list("send__total", flat=True).first()
    return total or 0
