"""Needs and proposals enter this room: handed over by whoever received them, in that one's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.cooperation.exceptions import NothingToUndo
from commun.cooperation.models import Need, NeedEvent, ProposalEvent, ThemeProposal
from commun.cooperation.types import Given, GivenNeed, NeedAct, NeedState, ProposalAct, ProposalState
from commun.library.types import Stage


@transaction.atomic
def state_need(*, given: GivenNeed, by: User | None = None, now: datetime) -> Need:
    """A new need, with the first line of its log. The place is the collectivité's where none is given."""
    need = Need.objects.create(
        **_whose(given),
        theme=given.theme,
        stage=given.stage if given.stage in Stage.values else "",
        constraints=given.constraints,
        answer_to=given.answer_to,
        is_shown=given.shown and given.in_its_name,
        stated_at=given.stated_at or now,
        moved_at=now,
    )
    NeedEvent.objects.create(need=need, act=NeedAct.STATE, by=by, at=now, after=NeedState.NEW)
    return need


@transaction.atomic
def propose_theme(*, given: Given, by: User | None = None, now: datetime) -> ThemeProposal:
    """A new theme proposed, with the first line of its log."""
    proposal = ThemeProposal.objects.create(**_whose(given), proposed_at=now, moved_at=now)
    ProposalEvent.objects.create(proposal=proposal, act=ProposalAct.PROPOSE, by=by, at=now, after=ProposalState.NEW)
    return proposal


def _whose(given: Given) -> dict[str, Any]:
    organisation = given.organisation
    return {
        "title": " ".join(given.title.split())[:200] or "Sans titre",
        "text": given.text,
        "name": given.name[:120],
        "address": given.address,
        "user": given.user,
        "organisation": organisation,
        "organisation_name": given.organisation_name[:160],
        "in_its_name": given.in_its_name,
        "territory": given.territory or (organisation.place if organisation is not None else None),
    }


@transaction.atomic
def take_back_need(*, need_id: int) -> None:
    """Whoever handed it over takes it back, as if it had never come. Raises `NothingToUndo` once it was worked on."""
    need = Need.objects.select_for_update(of=("self",)).filter(pk=need_id).first()
    if need is None or need.state != NeedState.NEW or need.events.exclude(act=NeedAct.STATE).exists():
        raise NothingToUndo
    need.delete()


@transaction.atomic
def take_back_proposal(*, proposal_id: int) -> None:
    """As `take_back_need`, for a proposal."""
    proposal = ThemeProposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    touched = proposal is None or proposal.events.exclude(act=ProposalAct.PROPOSE).exists() or proposal.merged.exists()
    if proposal is None or touched or proposal.state != ProposalState.NEW:
        raise NothingToUndo
    proposal.delete()
