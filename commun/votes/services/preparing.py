"""Making a vote, and fixing its rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.text import slugify

from commun.accounts.models import User
from commun.territories.api import TerritoryKind
from commun.votes import registry
from commun.votes.exceptions import NotReady, WrongState
from commun.votes.lives import VOTE
from commun.votes.models import Invitation, Option, Vote
from commun.votes.types import MOST_OPTIONS, LadderStep, OptionDraft, Role, VoteState

FIELDS = ("title", "presentation", "method", "kinds", "ladder", "public_value_name", "note", "opens_at", "closes_at")
# What a room above may leave out: the model says what it then is.
USUAL = ("reminder_days",)
_ASIDE = 1000
ELECTOR_KINDS = (TerritoryKind.COMMUNE, TerritoryKind.EPCI, TerritoryKind.DEPARTEMENT)


def usual_kinds() -> list[str]:
    """Who votes unless the organiser says otherwise."""
    return [kind.value for kind in ELECTOR_KINDS]


@transaction.atomic
def create_vote(*, values: dict[str, Any], options: Sequence[OptionDraft], by: User | None, now: datetime) -> Vote:
    """A draft. `values`: those of `FIELDS`, and any of `USUAL`."""
    vote = Vote.objects.create(**_given(values), slug=_free_slug(values["title"]), created_by=by, created_at=now)
    _set_options(vote=vote, drafts=options, now=now)
    return vote


@transaction.atomic
def change_vote(*, vote_id: int, values: dict[str, Any], options: Sequence[OptionDraft], now: datetime) -> Vote:
    """Raises `WrongState` once it is scheduled: its rules are public. An option that is reworded stays the same one."""
    vote = _in_state(vote_id, VoteState.DRAFT)
    given = _given(values)
    for name, value in given.items():
        setattr(vote, name, value)
    vote.save(update_fields=given)
    _set_options(vote=vote, drafts=options, now=now)
    return vote


@transaction.atomic
def delete_draft(*, vote_id: int, now: datetime) -> None:
    """Raises `WrongState` once it is scheduled. Rooms above let go of it first, in the same transaction."""
    vote = _in_state(vote_id, VoteState.DRAFT)
    registry.tell_dropped(vote.options.all(), now)
    vote.delete()


@transaction.atomic
def schedule_vote(*, vote_id: int, by: User | None, now: datetime) -> Vote:
    """Write the rules and announce the vote. Raises `NotReady` with what is missing."""
    vote = _in_state(vote_id, VoteState.DRAFT)
    problem = missing(vote=vote, now=now)
    if problem:
        raise NotReady(problem)
    vote.rules = write_rules(vote=vote)
    VOTE.check(vote.state, VoteState.SCHEDULED)
    vote.state, vote.scheduled_by = VoteState.SCHEDULED, by
    vote.save(update_fields=["rules", "state", "scheduled_by"])
    return vote


@transaction.atomic
def take_back(*, vote_id: int) -> Vote:
    """A vote announced and not open yet becomes a draft again."""
    vote = _in_state(vote_id, VoteState.SCHEDULED)
    Invitation.objects.filter(vote=vote).delete()  # none has left before opening
    VOTE.check(vote.state, VoteState.DRAFT, undo=True)
    vote.state, vote.scheduled_by = VoteState.DRAFT, None
    vote.save(update_fields=["state", "scheduled_by"])
    return vote


def missing(*, vote: Vote, now: datetime) -> str:
    """Why this draft cannot be announced: "options", "past", "kinds", "public_value", "electorate"; or ""."""
    if not 2 <= vote.options.count() <= MOST_OPTIONS:
        return "options"
    if vote.closes_at <= now:
        return "past"
    if not vote.kinds or not set(vote.kinds) <= set(ELECTOR_KINDS):
        return "kinds"
    if LadderStep.DRAW in vote.ladder and not vote.public_value_name:
        return "public_value"
    if next(iter(registry.electors(kinds=vote.kinds)), None) is None:
        return "electorate"
    return ""


def write_rules(*, vote: Vote) -> str:
    """The rules in French, from what the vote is. Sealed as text: a later template changes no vote."""
    context = {
        "vote": vote,
        "grades": list(reversed(vote.scale.grades)),
        "kinds": [TerritoryKind(kind).label.lower() for kind in vote.kinds],
        "ladder": [LadderStep(step) for step in vote.ladder],
        "roles": Role.labels,
    }
    return render_to_string("votes/rules.txt", context).strip() + "\n"


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS} | {name: values[name] for name in USUAL if name in values}


def _in_state(vote_id: int, state: VoteState) -> Vote:
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.state != state:
        raise WrongState(vote.state)
    return vote


def _set_options(*, vote: Vote, drafts: Sequence[OptionDraft], now: datetime) -> None:
    """Those named by a draft keep their row, whatever they are called now; others go, rooms above told first."""
    standing = {option.pk: option for option in vote.options.all()}
    rows = []
    for number, draft in enumerate(drafts, start=1):
        option = standing.pop(draft.option or 0, None) or Option(vote=vote)
        option.number, option.title, option.summary, option.link = number, draft.title, draft.summary, draft.link
        rows.append(option)
    if standing:
        registry.tell_dropped(list(standing.values()), now)
        vote.options.filter(pk__in=standing).delete()
    vote.options.update(number=F("number") + _ASIDE)  # a number is one option's at each instant
    Option.objects.bulk_update([row for row in rows if row.pk], ["number", "title", "summary", "link"])
    Option.objects.bulk_create([row for row in rows if not row.pk])


def _free_slug(title: str) -> str:
    root = slugify(title)[:70].strip("-") or "vote"
    taken = set(Vote.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    return next(slug for slug in (root, *(f"{root}-{rank}" for rank in range(2, len(taken) + 3))) if slug not in taken)
