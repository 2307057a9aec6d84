"""What workers do for this room; one id per task, nothing else."""

from __future__ import annotations

from django_tasks import task

from commun.common import clock


@task()
def process_message(raw_id: int) -> None:
    from commun.inbound.services.processing import process

    process(raw_id=raw_id, now=clock.now())
