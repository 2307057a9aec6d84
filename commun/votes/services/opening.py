"""Opening: the electorate is written down, the rules and its hash become the first event of the box."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from commun.common import bulk, clock
from commun.votes import chain
from commun.votes.exceptions import NoElectorate, VoteNotOpen, WrongState
from commun.votes.lives import VOTE
from commun.votes.models import BallotBox, Elector, Vote
from commun.votes.services.appending import append
from commun.votes.types import ElectorDraft, EntryKind, Role, VoteState

_COLUMNS = ("vote_id", "key", "kind", "label", "departement", "region", "organisation_id", "struck_off_reason")


@transaction.atomic
def open_vote(*, vote_id: int, electors: Iterable[ElectorDraft]) -> Vote:
    """Raises `WrongState`, `VoteNotOpen` before its time or once its closing is past, `NoElectorate`."""
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.state != VoteState.SCHEDULED:
        raise WrongState(vote.state)
    at = clock.database_now()
    if not vote.opens_at <= at < vote.closes_at:
        raise VoteNotOpen
    count, digest = _write_electorate(vote=vote, electors=electors)
    box = BallotBox(vote=vote, height=-1, head=chain.GENESIS, last_at=at, closes_at=vote.closes_at)
    append(box=box, kind=EntryKind.SETUP, at=at, body=_setup(vote=vote, count=count, digest=digest))
    append(box=box, kind=EntryKind.OPEN, at=at, body={})
    box.save(force_insert=True)
    VOTE.check(vote.state, VoteState.OPEN)
    vote.state = VoteState.OPEN
    vote.save(update_fields=["state"])
    return vote


def _write_electorate(*, vote: Vote, electors: Iterable[ElectorDraft]) -> tuple[int, str]:
    """(how many, hash of the published list). Rows are made by increasing key: their ids then give that order."""
    drafts = sorted(electors, key=lambda draft: draft.key)
    if not drafts:
        raise NoElectorate
    whole = chain.ElectorateHash()
    for draft in drafts:
        whole.add(elector_text(draft))
    bulk.insert(model=Elector, columns=_COLUMNS, rows=(_row(vote, draft) for draft in drafts))
    return whole.count, whole.hexdigest()


def _row(vote: Vote, draft: ElectorDraft) -> tuple[object, ...]:
    return (
        vote.pk,
        draft.key,
        draft.kind,
        draft.label,
        draft.departement,
        draft.region,
        draft.organisation,
        "",
    )


def elector_text(elector: ElectorDraft | Elector) -> str:
    return chain.elector_line(
        key=elector.key,
        kind=elector.kind,
        label=elector.label,
        departement=elector.departement,
        region=elector.region,
    )


def _setup(*, vote: Vote, count: int, digest: str) -> dict[str, object]:
    return {
        "format": chain.FORMAT,
        "vote": vote.slug,
        "title": vote.title,
        "rules": vote.rules,
        "method": vote.method,
        "grades": list(vote.scale.grades),
        "popular_from": vote.scale.popular_from,
        "options": [option.title for option in vote.options.all()],
        "roles": Role.labels,
        "ladder": vote.ladder,
        "public_value_name": vote.public_value_name,
        "opens_at": chain.instant(vote.opens_at),
        "closes_at": chain.instant(vote.closes_at),
        "electorate": {"count": count, "sha256": digest},
    }
