"""The result of a vote that is over, and why it is so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import F, QuerySet

from commun.votes import tally
from commun.votes.exceptions import WrongState
from commun.votes.models import Ballot, Entry, Vote
from commun.votes.types import EntryKind, OptionResult


def rank(*, vote: Vote, seed: str | None) -> tally.Ranking:
    """The ranking of a closed vote, with its explanation."""
    assert vote.profiles is not None
    return tally.rank(
        [tally.Profile(counts=tuple(one[0]), ready=one[1], departements=one[2]) for one in vote.profiles],
        method=tally.Method(vote.method),
        ladder=[tally.Step(step) for step in vote.ladder],
        seed=seed,
    )


def ranking_of(*, vote: Vote) -> tally.Ranking:
    """Ranking of a closed vote, lots drawn where they were. Raises `WrongState` before closing."""
    if vote.profiles is None:
        raise WrongState(vote.state)
    return rank(vote=vote, seed=seed_of(vote=vote))


def seed_of(*, vote: Vote) -> str | None:
    """Seed of the draw; None where there was none."""
    if not vote.public_value:
        return None
    closing = Entry.objects.get(vote=vote, kind=EntryKind.CLOSE)
    return tally.seed_of(closing_hash=closing.hash, public_value=vote.public_value)


def get_results(*, vote: Vote) -> Sequence[OptionResult]:
    """Options, best first. Raises `WrongState` before closing: nobody sees a count then."""
    ranking = ranking_of(vote=vote)
    titles = {option.number: option.title for option in vote.options.all()}
    return [_option_result(vote, ranking, option, titles[option + 1]) for group in ranking.groups for option in group]


def _option_result(vote: Vote, ranking: tally.Ranking, option: int, title: str) -> OptionResult:
    assert vote.profiles is not None
    counts, ready, departements, observers = vote.profiles[option]
    read = tally.gauge(counts)
    popular, ballots = tally.popularity(counts, from_grade=vote.scale.popular_from)
    return OptionResult(
        number=option + 1,
        title=title,
        place=ranking.place(option),
        place_before_draw=ranking.place(option, before_draw=True),
        counts=tuple(counts),
        ready=ready,
        observers=observers,
        departements=departements,
        level_with=tuple(other + 1 for other in ranking.level_with(option)),
        median=None if read is None else read.median,
        above=0 if read is None else read.above,
        below=0 if read is None else read.below,
        popular=popular,
        ballots=ballots,
    )


def published_ballots(*, vote: Vote) -> QuerySet[Ballot]:
    """The counted ballots, by name of elector. None before closing."""
    if not vote.is_over:
        return Ballot.objects.none()
    return (
        Ballot.objects.filter(vote=vote, elector__struck_off_at=None, number=F("elector__last_number"))
        .select_related("elector")
        .defer("cast_by", "submission")
        .order_by("elector__label", "elector_id")
    )


def struck_off(*, vote: Vote) -> Iterator[tuple[str, str]]:
    """(label, reason) of electors struck off, in the order of the list."""
    rows = vote.electors.filter(struck_off_at__isnull=False)
    return iter(rows.order_by("pk").values_list("label", "struck_off_reason"))
