"""How fast: limits overall (warm-up, rate) and per mail operator (rate, daily cap, pause)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

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

    def room(self, wanted: int) -> int:
        return wanted if self.total is None else max(0, min(wanted, self.total))

    def excess(self, rows: Sequence[Row]) -> list[Row]:
        """Rows beyond what their operator may get now: they go back."""
        seen: Counter[int] = Counter()
        beyond = []
        for row in rows:
            if row.operator_id in self.left:
                seen[row.operator_id] += 1
                if seen[row.operator_id] > self.left[row.operator_id]:
                    beyond.append(row)
        return beyond

    def record(self, rows: Sequence[Row]) -> None:
        """Count what was claimed, in the transaction that claims it."""
        for operator_id, day in self._days.items():
            count = len(rows) if operator_id is None else sum(row.operator_id == operator_id for row in rows)
            if count:
                day.count += count
                day.minute_count += count
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
            pace.total = _left(day=day, cap=cap, rate=policy.rate_per_minute)
    for operator in Operator.objects.all():
        if operator.paused_until is not None and operator.paused_until > now:
            pace.barred.append(operator.pk)
            continue
        rate = usual if operator.rate_per_minute is None else operator.rate_per_minute
        if operator.daily_cap is not None or rate is not None:
            day = _day(scope=operator.slug, today=today, now=now)
            pace._days[operator.pk] = day
            left = _left(day=day, cap=operator.daily_cap, rate=rate)
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


def _left(*, day: OperatorDay, cap: int | None, rate: int | None) -> int:
    limits = []
    if cap is not None:
        limits.append(cap - day.count)
    if rate is not None:
        limits.append(rate - day.minute_count)
    return max(0, min(limits))
