"""How fast: limits overall (warm-up, rate) and per mail operator (rate, daily cap, pause)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil

from django.utils import timezone

from commun.mailing.delivery.ledger import Row
from commun.mailing.models import Operator, OperatorDay, Policy

EVERYBODY = "*"


@dataclass
class Pace:
    """What may still be claimed now. `left` is per operator; `total` None means without limit."""

    barred: list[int] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)
    total: int | None = None
    _days: dict[int | None, OperatorDay] = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        """Nothing limits anybody: it need not be read again for every lot."""
        return not self.barred and not self._days

    def room(self, wanted: int, *, operator_id: int | None) -> int:
        """How many of `wanted` may be claimed now of one operator's people."""
        if operator_id in self.barred:
            return 0
        limits = [wanted, self.total, self.left.get(operator_id) if operator_id is not None else None]
        return max(0, min(limit for limit in limits if limit is not None))

    def record(self, rows: Sequence[Row]) -> None:
        """Count what was claimed of one operator's people, in the transaction that claims it."""
        if not rows:
            return
        operator_id = rows[0].operator_id
        if self.total is not None:
            self.total -= len(rows)
        if operator_id in self.left:
            self.left[operator_id] -= len(rows)
        for scope in {None, operator_id} & self._days.keys():
            day = self._days[scope]
            day.count += len(rows)
            day.minute_count += len(rows)
            day.save(update_fields=["count", "minute", "minute_count"])


def warmup_cap(*, policy: Policy, today: date) -> int | None:
    """Messages allowed today for a domain that is still unknown to operators."""
    if policy.warmup_from is None:
        return None
    days = max(0, (today - policy.warmup_from).days)
    if days > 60:
        return None
    return int(policy.warmup_first_cap * policy.warmup_growth**days)


def read_pace(*, now: datetime) -> Pace:
    """Limits as they stand; must run inside the transaction that claims, because the counters are locked."""
    pace = Pace()
    today = timezone.localdate(now)
    policy = Policy.objects.filter(pk=1).first()
    usual = policy.operator_rate_per_minute if policy is not None else None
    if policy is not None:
        cap = warmup_cap(policy=policy, today=today)
        if cap is not None or policy.rate_per_minute is not None:
            day = _day(scope=EVERYBODY, today=today, now=now)
            pace._days[None] = day
            pace.total = _left(day=day, cap=cap, rate=policy.rate_per_minute, now=now)
    for operator in Operator.objects.all():
        if operator.paused_until is not None and operator.paused_until > now:
            pace.barred.append(operator.pk)
            continue
        rate = usual if operator.rate_per_minute is None else operator.rate_per_minute
        if operator.daily_cap is not None or rate is not None:
            day = _day(scope=operator.slug, today=today, now=now)
            pace._days[operator.pk] = day
            left = _left(day=day, cap=operator.daily_cap, rate=rate, now=now)
            pace.left[operator.pk] = left
            if left <= 0:
                pace.barred.append(operator.pk)
    return pace


def _day(*, scope: str, today: date, now: datetime) -> OperatorDay:
    row, _ = OperatorDay.objects.select_for_update().get_or_create(scope=scope, day=today)
    minute = int(now.timestamp()) // 60
    if row.minute != minute:
        row.minute, row.minute_count = minute, 0
    return row


def _left(*, day: OperatorDay, cap: int | None, rate: int | None, now: datetime) -> int:
    """A minute's worth leaves over the minute: one a second, not sixty at once."""
    limits = []
    if cap is not None:
        limits.append(cap - day.count)
    if rate is not None:
        second = int(now.timestamp()) % 60
        limits.append(ceil(rate * (second + 1) / 60) - day.minute_count)
    return max(0, min(limits))
