"""Django's mail backend: queue, and let a worker deliver."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class ServiceMailBackend(BaseEmailBackend):
    """Every mail Django sends (codes, confirmations, acknowledgements) becomes a queued row, in the
    transaction of whoever asked: it leaves if and only if what it speaks of was recorded."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from commun.mailing.services.service_mail import queue_message

        return sum(queue_message(message=message) for message in email_messages)
