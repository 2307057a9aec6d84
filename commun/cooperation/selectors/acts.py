"""How much was asked and begun between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commun.cooperation.models import Need, Start


@dataclass(frozen=True, kw_only=True)
class Acts:
    needs: int
    starts: int


def acts_between(*, since: datetime, until: datetime) -> Acts:
    """Needs stated, and things begun by whoever has proved for whom."""
    return Acts(
        needs=Need.objects.filter(stated_at__gte=since, stated_at__lt=until).count(),
        starts=Start.objects.filter(started_at__gte=since, started_at__lt=until, is_proved=True).count(),
    )
