"""What the team does with proposed themes: put together those that say the same, keep some, hand them to a vote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commun.accounts.models import User
from commun.cooperation.exceptions import CannotMerge, NothingToUndo, TooFewProposals, WrongState
from commun.cooperation.lives import PROPOSAL
from commun.cooperation.models import ProposalEvent, ThemeProposal
from commun.cooperation.services.letters import write_about_proposal
from commun.cooperation.types import ProposalAct, ProposalState
from commun.votes.api import LadderStep, Option, OptionDraft, Vote, VoteMethod, VoteState, create_vote, usual_kinds

# Decisions that take another one back.
_TAKEN_BACK = frozenset({ProposalAct.UNLIST, ProposalAct.PART, ProposalAct.REOPEN})
STANDING = frozenset({ProposalState.NEW, ProposalState.SHORTLISTED})
_FEWEST = 2
_LOT = 100
VOTE_LASTS = timedelta(days=21)
# Between the day it is prepared and its opening: time to read the rules again, and to announce it.
VOTE_PREPARED = timedelta(days=7)


def _lock(*, proposal_id: int) -> ThemeProposal:
    return ThemeProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)


def _move(
    row: ThemeProposal,
    *,
    act: ProposalAct,
    to: ProposalState | None = None,
    by: User | None,
    now: datetime,
    words: str = "",
    **changes: Any,
) -> ThemeProposal:
    """The caller holds the lock and checked the state. The event says of which option it is, or no longer is."""
    before, option = row.state, changes.get("option") or row.option
    PROPOSAL.check(before, to or before, undo=act in _TAKEN_BACK)
    for name, value in changes.items():
        setattr(row, name, value)
    row.state, row.moved_at = to or before, now
    row.save(update_fields=[*changes, "state", "moved_at"])
    ProposalEvent.objects.create(
        proposal=row, act=act, by=by, at=now, before=before, after=row.state, words=words[:500], option=option
    )
    return row


def _standing(*, proposal_id: int) -> ThemeProposal:
    row = _lock(proposal_id=proposal_id)
    if row.state not in STANDING:
        raise WrongState(row.state)
    return row


@transaction.atomic
def edit_proposal(*, proposal_id: int, values: Mapping[str, Any], by: User, now: datetime) -> ThemeProposal:
    """Word it as the ballot will; who proposed it is not changed. Raises `WrongState`."""
    row = _standing(proposal_id=proposal_id)
    changed = {
        name: values[name] for name in ("title", "text") if name in values and values[name] != getattr(row, name)
    }
    return _move(row, act=ProposalAct.EDIT, by=by, now=now, **changed) if changed else row


@transaction.atomic
def shortlist(*, proposal_id: int, by: User, now: datetime) -> ThemeProposal:
    """Kept for the next vote; whoever proposed it is told, once. Raises `WrongState`."""
    row = _standing(proposal_id=proposal_id)
    if row.state == ProposalState.SHORTLISTED:
        return row
    told = row.events.filter(act=ProposalAct.SHORTLIST).exists()
    _move(row, act=ProposalAct.SHORTLIST, to=ProposalState.SHORTLISTED, by=by, now=now)
    if not told:
        for one in [row, *row.merged.all()]:
            subject = f"Votre proposition est retenue : {one.title}"
            write_about_proposal(proposal=one, template="proposal_shortlisted", subject=subject, by=by)
    return row


@transaction.atomic
def unlist(*, proposal_id: int, by: User, now: datetime) -> ThemeProposal:
    """Back among those received. Raises `WrongState` where it is not on the list."""
    row = _lock(proposal_id=proposal_id)
    if row.state != ProposalState.SHORTLISTED:
        raise WrongState(row.state)
    return _move(row, act=ProposalAct.UNLIST, to=ProposalState.NEW, by=by, now=now)


@transaction.atomic
def merge(*, proposal_id: int, into_id: int, by: User, now: datetime) -> ThemeProposal:
    """This one says the same as `into`, and is followed with it; so are those already attached to it.

    Raises `CannotMerge`, `WrongState`.
    """
    rows = ThemeProposal.objects.select_for_update(of=("self",)).filter(pk__in={proposal_id, into_id}).order_by("pk")
    locked = {row.pk: row for row in rows}  # in one order: two merges at once never wait for each other
    row, into = locked.get(proposal_id), locked.get(into_id)
    if row is None or into is None or row.pk == into.pk or into.state not in STANDING:
        raise CannotMerge
    if row.state not in STANDING:
        raise WrongState(row.state)
    for attached in row.merged.all():
        _move(attached, act=ProposalAct.MERGE, by=by, now=now, words=into.title, merged_into=into)
    _move(row, act=ProposalAct.MERGE, to=ProposalState.MERGED, by=by, now=now, words=into.title, merged_into=into)
    subject = f"Votre proposition rejoint une autre : {row.title}"
    write_about_proposal(proposal=row, template="proposal_merged", subject=subject, by=by, into=into)
    return row


@transaction.atomic
def part(*, proposal_id: int, by: User, now: datetime) -> ThemeProposal:
    """Undo of `merge`. Raises `WrongState` where it is attached to nothing."""
    row = _lock(proposal_id=proposal_id)
    if row.state != ProposalState.MERGED:
        raise WrongState(row.state)
    return _move(row, act=ProposalAct.PART, to=ProposalState.NEW, by=by, now=now, merged_into=None)


@transaction.atomic
def decline(*, proposal_id: int, words: str, by: User, now: datetime) -> ThemeProposal:
    """Not kept, and told why. Raises `WrongState`."""
    row = _standing(proposal_id=proposal_id)
    _move(row, act=ProposalAct.DECLINE, to=ProposalState.DECLINED, by=by, now=now, words=words)
    subject = f"Votre proposition de thématique : {row.title}"
    write_about_proposal(proposal=row, template="proposal_declined", subject=subject, by=by, words=words)
    return row


@transaction.atomic
def reopen_proposal(*, proposal_id: int, by: User, now: datetime) -> ThemeProposal:
    """What was declined is looked at again. Raises `NothingToUndo`."""
    row = _lock(proposal_id=proposal_id)
    if row.state != ProposalState.DECLINED:
        raise NothingToUndo
    return _move(row, act=ProposalAct.REOPEN, to=ProposalState.NEW, by=by, now=now)


@transaction.atomic
def prepare_vote(*, by: User, now: datetime) -> Vote:
    """A draft vote on every proposal of the list: three weeks, a week from now, with the usual rule. The organiser
    changes what she wants before announcing it; whoever proposed is told when it opens.

    Raises `TooFewProposals`.
    """
    rows = list(
        ThemeProposal.objects.select_for_update(of=("self",))
        .filter(state=ProposalState.SHORTLISTED)
        .order_by("title", "pk")
    )
    if len(rows) < _FEWEST:
        raise TooFewProposals
    opens = (now + VOTE_PREPARED).replace(minute=0, second=0, microsecond=0)
    vote = create_vote(
        values={
            "title": "Quelle thématique pour le prochain projet partagé ?",
            "presentation": "",
            "method": VoteMethod.MAJORITY_JUDGMENT,
            "kinds": usual_kinds(),
            "ladder": [step for step in LadderStep.values if step != LadderStep.DRAW],
            "public_value_name": "",
            "note": "La thématique la mieux placée pour laquelle trois collectivités au moins sont prêtes devient un "
            "projet partagé. S’il en manque, la suivante prend sa place.",
            "opens_at": opens,
            "closes_at": opens + VOTE_LASTS,
        },
        options=[OptionDraft(title=row.title, summary=" ".join(row.text.split())[:600]) for row in rows],
        by=by,
        now=now,
    )
    for row, option in zip(rows, vote.options.order_by("number"), strict=True):
        _move(row, act=ProposalAct.VOTE, to=ProposalState.IN_VOTE, by=by, now=now, option=option)
    return vote


def free_dropped(options: Collection[Option], now: datetime) -> None:
    """Listener: the draft of a vote asks this no more; it goes back on the list."""
    _free(options, act=ProposalAct.SHORTLIST, words="retirée du vote en préparation", now=now)
    ProposalEvent.objects.filter(option__in=[one.pk for one in options]).update(option=None)


def free_cancelled(vote: Vote, now: datetime) -> None:
    """Listener: an open vote is called off; what it asked goes back on the list, and whoever proposed it is told."""
    freed = _free(vote.options.all(), act=ProposalAct.CANCEL, words=vote.cancelled_reason, now=now)
    url = settings.SITE_URL + reverse("votes:vote", args=[vote.slug])
    for row in freed:
        for one in [row, *row.merged.all()]:
            subject = f"Le vote sur votre proposition est annulé : {one.title}"
            write_about_proposal(
                proposal=one, template="proposal_vote_cancelled", subject=subject, by=None, url=url, vote=vote
            )


def _free(options: Iterable[Option], *, act: ProposalAct, words: str, now: datetime) -> list[ThemeProposal]:
    found = ThemeProposal.objects.select_for_update(of=("self",)).filter(option__in=[one.pk for one in options])
    back = {"to": ProposalState.SHORTLISTED, "option": None, "told_vote_at": None}
    return [_move(row, act=act, by=None, now=now, words=words, **back) for row in found.order_by("pk")]


def tell_opened(*, now: datetime) -> int:
    """Whoever proposed a theme hears that its vote is open (periodic): once, in the transaction that writes it down."""
    waiting = ThemeProposal.objects.filter(option__vote__state=VoteState.OPEN, told_vote_at=None)
    return sum(
        _tell(proposal_id=pk, now=now) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:_LOT])
    )


@transaction.atomic
def _tell(*, proposal_id: int, now: datetime) -> bool:
    row = _lock(proposal_id=proposal_id)
    if row.told_vote_at is not None or row.vote is None:
        return False
    ThemeProposal.objects.filter(pk=row.pk).update(told_vote_at=now)
    url = settings.SITE_URL + reverse("votes:vote", args=[row.vote.slug])
    for one in [row, *row.merged.all()]:
        subject = f"Votre proposition est mise au vote : {one.title}"
        write_about_proposal(proposal=one, template="proposal_in_vote", subject=subject, by=None, url=url)
    return True
