"""What the clock does, on whichever worker comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from commun.accounts.models import User
from commun.common import clock
from commun.votes import registry
from commun.votes.exceptions import VotesError
from commun.votes.models import Ballot, Vote
from commun.votes.services.closing import close_vote
from commun.votes.services.letters import address_of, write
from commun.votes.services.opening import open_vote
from commun.votes.types import VoteState

logger = logging.getLogger("commun.votes")
CASTER_KEPT_FOR = timedelta(days=90)
#: Twice the period of the sweep: every head is told at least once, and a box where nothing happens is not repeated.
HEAD_IS_NEWS_FOR = timedelta(days=2)


def keep_time(*, now: datetime) -> None:
    """Open and close what is due, by the database's clock. A late ballot is refused with or without this sweep."""
    at = clock.database_now()
    for vote in Vote.objects.filter(state=VoteState.SCHEDULED, opens_at__lte=at, closes_at__gt=at):
        _try(partial(_open, vote), vote)
    for vote in Vote.objects.filter(state=VoteState.OPEN, closes_at__lte=at):
        _try(partial(close_vote, vote_id=vote.pk), vote)


def _open(vote: Vote) -> None:
    open_vote(vote_id=vote.pk, electors=registry.electors(kinds=vote.kinds))


def _try(act: Callable[[], object], vote: Vote) -> None:
    try:
        act()
    except VotesError as error:  # another worker did it, or nobody may vote: the next period tries again
        logger.warning("vote not moved vote=%s code=%s", vote.pk, error.code)


def forget_casters(*, now: datetime) -> int:
    """Ninety days after closing, nobody needs to know who acted for a collectivité any more."""
    over = now - CASTER_KEPT_FOR
    old = Ballot.objects.filter(
        Q(vote__box__closed_at__lt=over) | Q(vote__box__cancelled_at__lt=over), cast_by__isnull=False
    )
    return old.update(cast_by=None)


def tell_heads(*, now: datetime) -> int:
    """Each day, whoever cast a ballot in an open vote receives the head of its box: a box rewritten since would
    contradict all those mails. Returns how many were queued."""
    told = 0
    lively = Vote.objects.filter(state=VoteState.OPEN, box__last_at__gt=now - HEAD_IS_NEWS_FOR)
    for vote in lively.select_related("box"):
        voters = User.objects.filter(pk__in=Ballot.objects.filter(vote=vote).values("cast_by"), is_active=True)
        context = {"vote": vote, "box": vote.box, "url": address_of("votes:vote", vote.slug)}
        subject = f"L’urne du vote « {vote.title} », aujourd’hui"
        for address in voters.order_by("pk").values_list("email", flat=True).iterator():
            write("head", to=address, subject=subject, **context)
            told += 1
    return told
