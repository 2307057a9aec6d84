"""Receiving: nothing is acknowledged before it is durable."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from commun.inbound.exceptions import EmptyMessage, TooLarge, UnknownRecipient
from commun.inbound.models import RawBody, RawMessage
from commun.inbound.parsing.identity import fingerprint
from commun.inbound.registry import normalise_recipient, route_of
from commun.inbound.services.processing import process_message
from commun.inbound.types import MAX_BYTES, RawState, Receipt, Transport

logger = logging.getLogger("commun.inbound")

SET_ASIDE_KEPT = timedelta(days=365)


def accepts(*, recipient: str) -> bool:
    """Whether a route knows this address. Asks nobody: what is said at RCPT."""
    address = normalise_recipient(recipient)
    return bool(address) and route_of(address) is not None


def receive(*, raw: bytes, mail_from: str, recipient: str, transport: Transport, now: datetime) -> Receipt:
    """Keep a message; on return it is committed (call it outside any transaction) and will be handled.

    Raises `UnknownRecipient`, `TooLarge`, `EmptyMessage`: nothing was kept. A message already kept is a duplicate.
    """
    address = normalise_recipient(recipient)
    route = route_of(address) if address else None
    if route is None:
        raise UnknownRecipient()
    return _keep(raw=raw, mail_from=mail_from, recipient=address, route=route.name, transport=transport, now=now)


def set_aside(*, raw: bytes, mail_from: str, transport: Transport, why: str, now: datetime) -> Receipt:
    """Straight into quarantine: a message that cannot be refused any more and has nowhere to go."""
    return _keep(raw=raw, mail_from=mail_from, recipient="", route="", transport=transport, now=now, error=why)


def _keep(
    *, raw: bytes, mail_from: str, recipient: str, route: str, transport: Transport, now: datetime, error: str = ""
) -> Receipt:
    if not raw or raw.isspace():
        raise EmptyMessage()
    if len(raw) > MAX_BYTES:
        raise TooLarge()
    digest = fingerprint(raw, recipient=recipient)
    try:
        with transaction.atomic():
            row = RawMessage.objects.create(
                recipient=recipient,
                mail_from=normalise_recipient(mail_from).lower(),
                transport=transport.value,
                received_at=now,
                size=len(raw),
                sha256=hashlib.sha256(raw).hexdigest(),
                fingerprint=digest,
                route=route,
                state=RawState.QUARANTINED if error else RawState.RECEIVED,
                error=error,
                retry_at=now,
                purge_at=now + SET_ASIDE_KEPT if error else None,
            )
            RawBody.objects.keep(message_id=row.pk, raw=raw)
            if not error:
                # Were the queue not to answer, the sweep of a minute later would do it.
                transaction.on_commit(lambda: process_message.enqueue(row.pk), robust=True)
    except IntegrityError:
        known = RawMessage.objects.filter(fingerprint=digest).values_list("pk", flat=True).first()
        if known is None:
            raise
        logger.info("message received again id=%s", known)
        return Receipt(raw_id=known, duplicate=True)
    logger.info("message received id=%s route=%s size=%s transport=%s", row.pk, route, row.size, transport.value)
    return Receipt(raw_id=row.pk)
