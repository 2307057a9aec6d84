"""How long this room remembers, and how it forgets."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from commun.peers.models import Introduction, Round, Suggestion
from commun.peers.types import ROUND_KEPT, WAITING, IntroductionState, RoundState

NOTHING_CAME = timedelta(days=365)
KEPT = timedelta(days=3 * 365)


def forget_old(*, now: datetime) -> int:
    """What came to nothing goes a year after; of what was accepted, people and words after three (periodic)."""
    over = [IntroductionState.NOT_THIS_TIME, IntroductionState.WITHDRAWN]
    gone, _ = Introduction.objects.filter(state__in=over, ended_at__lt=now - NOTHING_CAME).delete()
    told, _ = Suggestion.objects.filter(at__lt=now - NOTHING_CAME).delete()
    gone += _forget_rounds(now=now)
    old = Introduction.objects.filter(state=IntroductionState.ACCEPTED, forgotten_at=None, accepted_at__lt=now - KEPT)
    return gone + told + old.update(user=None, answered_by=None, follow_at=None, forgotten_at=now, **words_blanked())


def _forget_rounds(*, now: datetime) -> int:
    """Two years after a result it is deleted; so is what remains of a round that was erased."""
    over = Round.objects.filter(state=RoundState.CLOSED, closed_at__lt=now - ROUND_KEPT)
    erased = Round.objects.filter(state=RoundState.ERASED, opened_at__lt=now - ROUND_KEPT)
    return over.delete()[0] + erased.delete()[0]


def words_blanked() -> dict[str, str | list[str]]:
    return {"reason": "", "hope": "", "availability": "", "times": []}


def forget_asker(*, rows: QuerySet[Introduction], now: datetime) -> int:
    """Whoever asked goes, with her words; what still waits can be answered by nobody any more."""
    waiting = rows.filter(state__in=WAITING)
    waiting.update(state=IntroductionState.WITHDRAWN, answered_by=None, remind_at=None, ended_at=now)
    return rows.update(user=None, **words_blanked())
