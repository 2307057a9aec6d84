"""What is forgotten, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from commun.freshness import tokens
from commun.freshness.models import Link, Report, Watch
from commun.freshness.types import Asked, PageState, ReportState

KEPT = timedelta(days=365)
SPAM_KEPT = timedelta(days=30)


def forget_old(*, now: datetime) -> int:
    """Periodic: addresses nobody confirmed, reports answered a year ago, links no page leads to any more."""
    unproved = Report.objects.filter(confirmed_at=None, received_at__lt=now - tokens.ADDRESS_GOOD_FOR)
    done = unproved.exclude(address="").update(address="")
    answered = Report.objects.exclude(state=ReportState.NEW)
    old = answered.filter(answered_at__lt=now - KEPT) | Report.objects.filter(
        state=ReportState.SPAM, answered_at__lt=now - SPAM_KEPT
    )
    done += old.delete()[0]
    Link.objects.filter(places=None).delete()
    return done


def forget_reports(*, reports: QuerySet[Report]) -> int:
    """Her address and her words go; that a page was reported, and what became of it, stays with the page."""
    return reports.update(address="", confirmed_at=None, text="Effacé à la demande de son auteur.")


def forget_watches(*, watches: QuerySet[Watch]) -> int:
    """She is asked no more; what she said is blanked, and the team sees the page instead."""
    waiting = watches.filter(state=PageState.ASKED).update(asked_of=Asked.TEAM, asked_hash="")
    return waiting + watches.update(asked_hash="", words="")
