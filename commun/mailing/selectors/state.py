"""What there is to see of sending, for the state page and the metrics: counts, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min

from commun.mailing.models import Delivery, MachineFault, Operator, Relay, Send, ServiceMail
from commun.mailing.selectors.progress import counts_of
from commun.mailing.types import OVER, Aside, DeliveryState


@dataclass(frozen=True, kw_only=True)
class SendSeen:
    send_id: int
    state: str
    reason: str
    waiting_for: str
    fault: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class RelaySeen:
    """One relay of SMTP_URL. `error` is "" when it answers, and when nobody has tried it yet."""

    name: str
    error: str = ""
    fault: str = ""  # a `WaitingFor`
    ok_at: datetime | None = None
    failed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MailState:
    """`sends`: those that are not over, with their counts, and those whose ledger is wrong."""

    service_mail: dict[str, int]
    oldest_service_mail: datetime | None
    sends: list[SendSeen]
    sends_by_state: dict[str, int]
    uncertain: int
    uncertain_sends: list[int]
    relays: list[RelaySeen]
    faults: list[MachineFault]
    operators: list[Operator]


def mail_state(*, now: datetime) -> MailState:
    mails = dict(ServiceMail.objects.values_list("state").annotate(count=Count("*")).order_by())
    waiting = ServiceMail.objects.filter(state__in=[DeliveryState.PENDING, DeliveryState.DEFERRED])
    shown = Send.objects.exclude(state__in=OVER) | Send.objects.exclude(ledger_fault="")
    sends = list(shown.only("pk", "state", "state_reason", "waiting_for", "ledger_fault").order_by("pk"))
    counts = counts_of(send.pk for send in sends)
    uncertain = Delivery.objects.filter(aside=Aside.UNCERTAIN).values_list("send").annotate(count=Count("*"))
    by_send = dict(uncertain.order_by("send"))
    return MailState(
        service_mail=mails,
        oldest_service_mail=waiting.aggregate(oldest=Min("created_at"))["oldest"],
        sends=[
            SendSeen(
                send_id=send.pk,
                state=send.state,
                reason=send.state_reason,
                waiting_for=send.waiting_for,
                fault=send.ledger_fault,
                counts=counts[send.pk],
            )
            for send in sends
        ],
        sends_by_state=dict(Send.objects.values_list("state").annotate(count=Count("*")).order_by()),
        uncertain=sum(by_send.values()),
        uncertain_sends=list(by_send),
        relays=_relays(),
        faults=list(MachineFault.objects.recent(now=now).order_by("host", "worker")),
        operators=list(Operator.objects.order_by("slug")),
    )


def _relays() -> list[RelaySeen]:
    """In the order of SMTP_URL; what is known of relays that are no longer used is left out."""
    known = {relay.name: relay for relay in Relay.objects.all()}
    names = [f"{relay.host}:{relay.port}" for relay in settings.SMTP_RELAYS]
    return [
        RelaySeen(name=name, error=row.error, fault=row.fault, ok_at=row.ok_at, failed_at=row.failed_at)
        if (row := known.get(name))
        else RelaySeen(name=name)
        for name in names
    ]
