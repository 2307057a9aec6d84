"""The sending loop, as every worker runs it."""

from __future__ import annotations

import threading

from django.conf import settings

from commun.mailing.delivery.engine import Engine, Options


def run(stop: threading.Event, worker: str) -> None:
    """Send what is due until `stop` is set; what is on the wire then gets its answer."""
    options = Options(
        journal_dir=settings.JOURNAL_DIR,
        connections=settings.SMTP_CONNECTIONS,
        lease_seconds=settings.LEASE_SECONDS,
        answer_seconds=settings.SMTP_ANSWER_SECONDS,
    )
    Engine(worker=worker, relays=settings.SMTP_RELAYS, options=options).run(stop)
