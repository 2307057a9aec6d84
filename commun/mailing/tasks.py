"""What workers do for this room besides sending."""

from __future__ import annotations

from django_tasks import task

from commun.common import clock


@task()
def look_at_dns() -> None:
    from commun.mailing.services.deliverability import make_report

    make_report(now=clock.now())
