"""One send looked at closely: pace, operators, relays, refusals, and who did not receive it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from commun.common.redaction import redact
from commun.mailing.exceptions import UnknownSend
from commun.mailing.models import BounceEvent, Decision, Delivery, Operator, OperatorDay, Policy, Relay, Send
from commun.mailing.selectors.progress import progress_of
from commun.mailing.types import Aside, DeliveryState, SendProgress, SendState

RECENT = timedelta(minutes=1)
WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING, DeliveryState.DEFERRED)
LOT = 1000


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Messages per minute, over the last minute while it runs, over the whole send otherwise; None before any left.
    `left`: None when nothing moves."""

    per_minute: float | None
    left: timedelta | None


@dataclass(frozen=True, kw_only=True)
class OperatorShare:
    """What one mail operator's people received. `operator` is None for domains of nobody we know."""

    operator: Operator | None
    counts: dict[str, int]
    today: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        return sum(self.counts.get(state, 0) for state in WAITING)

    @property
    def accepted(self) -> int:
        return self.counts.get(DeliveryState.ACCEPTED, 0)

    @property
    def refused(self) -> int:
        return self.counts.get(DeliveryState.REFUSED, 0)

    @property
    def uncertain(self) -> int:
        return self.counts.get(DeliveryState.UNCERTAIN, 0)


@dataclass(frozen=True, kw_only=True)
class RelayShare:
    name: str
    accepted: int
    state: Relay | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Refusals alike: the same reason and the same code. `example`: one of the replies, without any address."""

    state: str
    reason: str
    code: int
    enhanced: str
    count: int
    example: str


@dataclass(frozen=True, kw_only=True)
class SendDetail:
    send: Send
    progress: SendProgress
    pace: Pace
    operators: list[OperatorShare]
    relays: list[RelayShare]
    answers: list[Answer]
    returns: list[tuple[str, str, int]]  # kind, verdict, count
    decisions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def decided(self) -> int:
        """Held as accepted by a person's decision, not by a relay's answer."""
        return sum(one["count"] for one in self.decisions if one["action"] == "uncertain_accept")


def get_send(*, send_id: int) -> Send:
    """Without the message's bytes. Raises UnknownSend."""
    heavy = ("message__raw", "message__html", "message__text")
    send = Send.objects.select_related("message", "created_by").defer(*heavy).filter(pk=send_id).first()
    if send is None:
        raise UnknownSend(send_id)
    return send


def send_detail(*, send_id: int, now: datetime) -> SendDetail:
    """Everything its page shows, in one reading of the ledger. Raises UnknownSend."""
    send = get_send(send_id=send_id)
    recent = Q(settled_at__gte=now - RECENT) & ~Q(state=DeliveryState.EXCLUDED)
    rows: list[Any] = list(
        Delivery.objects.filter(send=send)
        .with_life()
        .values("relay", "life", operator=F("frontier__operator"))
        .annotate(count=Count("*"), lately=Count("pk", filter=recent))
        .order_by()
    )
    states: Counter[str] = Counter()
    for row in rows:
        states[row["life"]] += row["count"]
    progress = progress_of(send, {state.value: states[state.value] for state in DeliveryState})
    return SendDetail(
        send=send,
        progress=progress,
        pace=_pace(progress=progress, lately=sum(row["lately"] for row in rows), now=now),
        operators=_operators(rows, now=now),
        relays=_relays(rows),
        answers=_answers(send),
        returns=_returns(send),
        decisions=_decisions(send),
    )


def _pace(*, progress: SendProgress, lately: int, now: datetime) -> Pace:
    if progress.started_at is None:
        return Pace(per_minute=None, left=None)
    waits = sum(progress.counts[state] for state in WAITING if state != DeliveryState.DEFERRED)
    if progress.state == SendState.SENDING:
        if progress.waiting_for:
            return Pace(per_minute=None, left=None)  # nothing leaves: what left a minute ago promises nothing
        # A send younger than a minute is measured over its age.
        minutes = min(RECENT, max(now - progress.started_at, timedelta(seconds=1))) / timedelta(minutes=1)
        rate = lately / minutes
        return Pace(per_minute=rate, left=timedelta(minutes=waits / rate) if rate and waits else None)
    if progress.finished_at is None:
        return Pace(per_minute=None, left=None)
    tried = sum(progress.counts[state] for state in ("accepted", "refused", "uncertain"))
    minutes = max(progress.finished_at - progress.started_at, timedelta(seconds=1)) / timedelta(minutes=1)
    return Pace(per_minute=tried / minutes, left=None)


def _operators(rows: list[Any], *, now: datetime) -> list[OperatorShare]:
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["operator"]][row["life"]] += row["count"]
    known = Operator.objects.in_bulk([pk for pk in counts if pk is not None])
    today = operator_days(now=now)
    shares = [
        OperatorShare(
            operator=known.get(pk) if pk is not None else None,
            counts=dict(of),
            today=today.get(known[pk].slug, 0) if pk in known else 0,
        )
        for pk, of in counts.items()
    ]
    return sorted(shares, key=lambda share: (share.operator is None, -share.total))


def operator_days(*, now: datetime) -> dict[str, int]:
    """Messages claimed today, by scope (the slug of an operator, `*` for all)."""
    return dict(OperatorDay.objects.filter(day=timezone.localdate(now)).values_list("scope", "count"))


def _relays(rows: list[Any]) -> list[RelayShare]:
    accepted: Counter[str] = Counter()
    for row in rows:
        if row["life"] == DeliveryState.ACCEPTED and row["relay"]:
            accepted[row["relay"]] += row["count"]
    states = {relay.name: relay for relay in Relay.objects.all()}
    return [
        RelayShare(name=name, accepted=accepted[name], state=states.get(name))
        for name in sorted({*accepted, *states}, key=lambda name: (-accepted[name], name))
    ]


def _answers(send: Send) -> list[Answer]:
    """Why some did not receive it, the most frequent first."""
    states = (DeliveryState.REFUSED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN, DeliveryState.EXCLUDED)
    rows: Any = (
        Delivery.objects.filter(send=send)
        .with_life()
        .filter(life__in=states)
        .values("life", "why", "code", "enhanced")
        .annotate(count=Count("*"), example=Min("diagnostic"))
        .order_by("-count", "life", "why", "code", "enhanced")[:60]
    )
    return [
        Answer(
            state=row["life"],
            reason=row["why"],
            code=row["code"],
            enhanced=row["enhanced"],
            count=row["count"],
            example=redact(row["example"] or ""),
        )
        for row in rows
    ]


def _returns(send: Send) -> list[tuple[str, str, int]]:
    events = BounceEvent.objects.filter(delivery__send=send).exclude(kind="smtp")
    rows = events.values_list("kind", "verdict").annotate(count=Count("delivery", distinct=True)).order_by("-count")
    meta: Any = BounceEvent._meta
    kinds, verdicts = (dict(meta.get_field(name).flatchoices) for name in ("kind", "verdict"))
    return [(kinds.get(kind, kind), verdicts.get(verdict, ""), count) for kind, verdict, count in rows]


def _decisions(send: Send) -> list[dict[str, Any]]:
    """Latest first; those taken together make one line."""
    rows = Decision.objects.filter(send=send).values("action", "by", "at").annotate(
        count=Count("*"), last=Max("pk"), by_first=Max("by__first_name"), by_last=Max("by__last_name")
    )  # fmt: skip
    emails = dict(Decision.objects.filter(send=send, by__isnull=False).values_list("by", "by__email").distinct())
    return [
        {**row, "by_name": f"{row['by_first'] or ''} {row['by_last'] or ''}".strip() or emails.get(row["by"], "")}
        for row in rows.order_by("-last")[:50]
    ]


def uncertain_deliveries(*, send: Send) -> QuerySet[Delivery]:
    """Those a person has to decide of, the oldest first."""
    rows = Delivery.objects.filter(frontier__send=send, aside=Aside.UNCERTAIN)
    return rows.select_related("frontier__operator").order_by("pk")


def not_received(*, send: Send) -> Iterator[tuple[Delivery, BounceEvent | None]]:
    """Whoever did not receive it as far as is known: every row that is not accepted, and those that the relay took and
    that came back. By keyset: memory does not grow with the audience."""
    failed = BounceEvent.objects.filter(delivery=OuterRef("pk"), kind="failure")
    rows = Delivery.objects.filter(send=send).filter(~Q(state=DeliveryState.ACCEPTED) | Exists(failed)).with_life()
    after = 0
    while lot := list(rows.filter(pk__gt=after).order_by("pk")[:LOT]):
        after = lot[-1].pk
        back = BounceEvent.objects.filter(delivery__in=lot, kind="failure").order_by("pk").in_bulk()
        events = {event.delivery_id: event for event in back.values()}
        yield from ((row, events.get(row.pk)) for row in lot)


def recipients(*, send_id: int, after: int = 0, limit: int = 100) -> list[tuple[int, str, str, str, str]]:
    """(place, address, key, state, reason) of a send's own record, a page at a time; "" for a blanked address."""
    rows = Delivery.objects.filter(send=send_id, pk__gt=after).order_by("pk").with_life()  # type: ignore[attr-defined]
    return list(rows.values_list("pk", "address", "recipient_key", "life", "why")[:limit])


def overall_policy() -> Policy:
    """As saved, or as it is by default."""
    return Policy.objects.filter(pk=1).first() or Policy(pk=1)
