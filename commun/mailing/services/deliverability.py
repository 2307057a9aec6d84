"""Asking for a look at DNS, and writing down what was seen. The look itself is a task: it may take a minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django_tasks import task

from commun.common import clock
from commun.mailing.models import DeliverabilityReport, Message

if TYPE_CHECKING:
    # What reads DNS weighs 20 MB: a worker that sends letters has no use for it until somebody asks for a report.
    from commun.mailing.dns.findings import Identity
    from commun.mailing.dns.lookups import Lookups

PATIENCE = timedelta(minutes=5)  # then the worker is thought to have died of it, and one may ask again


def ask_for_report(*, now: datetime) -> bool:
    """False when one is already under way."""
    DeliverabilityReport.objects.get_or_create(pk=1)
    free = DeliverabilityReport.objects.filter(pk=1, asked_at__isnull=True) | DeliverabilityReport.objects.filter(
        pk=1, asked_at__lt=now - PATIENCE
    )
    if not free.update(asked_at=now):
        return False
    look_at_dns.enqueue()
    return True


@task()
def look_at_dns() -> None:
    make_report(now=clock.now())


def make_report(*, now: datetime, lookups: Lookups | None = None) -> DeliverabilityReport:
    from commun.mailing.dns.findings import examine
    from commun.mailing.dns.lookups import Lookups

    findings = examine(identity=our_identity(), lookups=lookups or Lookups(), headers=_last_headers())
    row, _ = DeliverabilityReport.objects.update_or_create(
        pk=1, defaults={"asked_at": None, "done_at": now, "findings": [finding.as_json() for finding in findings]}
    )
    return row


def our_identity() -> Identity:
    from commun.mailing.dns.findings import Identity

    from_domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    return Identity(
        from_domain=from_domain,
        return_domain=settings.BOUNCE_DOMAIN or from_domain,
        inbound_domain=settings.INBOUND_DOMAIN,
        dkim_selector=settings.DKIM_SELECTOR,
        site_url=settings.SITE_URL,
        relays=tuple(relay.host for relay in settings.SMTP_RELAYS),
    )


def _last_headers() -> dict[str, str] | None:
    """Of the last letter: a mail of service or an invitation has no way out to offer."""
    sealed = (
        Message.objects.filter(headers__has_key="List-Id").order_by("-pk").values_list("headers", flat=True).first()
    )
    return None if sealed is None else dict(sealed)
