"""Reads on what came in."""

from __future__ import annotations

from django.db.models import Count, Min, QuerySet

from commun.inbound.models import RawBody, RawMessage
from commun.inbound.types import InboundState, RawState


def body_of(*, raw_id: int) -> bytes | None:
    """The bytes as they came; None once purged."""
    return RawBody.objects.raw_of(message_id=raw_id)


def raw_message(*, raw_id: int) -> bytes | None:
    """The bytes of one message, for as long as they are kept."""
    return body_of(raw_id=raw_id)


def counts() -> dict[str, int]:
    """How many messages in each state."""
    rows = RawMessage.objects.values_list("state").annotate(count=Count("*")).order_by()
    return {state.value: 0 for state in RawState} | dict(rows)


def quarantined() -> QuerySet[RawMessage]:
    return RawMessage.objects.filter(state=RawState.QUARANTINED).order_by("pk")


def sent_by(*, address: str) -> QuerySet[RawMessage]:
    """By the envelope, which is all that is known without reading: a message purged is nobody's any more."""
    return RawMessage.objects.filter(mail_from=address, purged_at__isnull=True).order_by("pk")


def inbound_state() -> InboundState:
    """For the state page and the metrics: counts, never a person."""
    waiting = RawMessage.objects.filter(state__in=[RawState.RECEIVED, RawState.PROCESSING])
    return InboundState(
        counts=counts(),
        last_received_at=RawMessage.objects.order_by("-pk").values_list("received_at", flat=True).first(),
        oldest_waiting_at=waiting.aggregate(oldest=Min("received_at"))["oldest"],
    )
