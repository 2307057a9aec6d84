"""Reading theme proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse

from commun.accounts.models import User
from commun.cooperation.links import read_idea_token
from commun.cooperation.models import ProposalEvent, SharedProject, ThemeProposal
from commun.cooperation.types import ProposalAct, ProposalState

SHORTLIST = "cooperation.shortlist_proposals"
MOST = 300


def standing(*, state: ProposalState) -> Sequence[ThemeProposal]:
    """Proposals in this state, with `attached_count`: how many say the same. The most shared first, then the oldest."""
    found = ThemeProposal.objects.filter(state=state).select_related(
        "organisation__territory__departement", "option__vote"
    )
    return list(found.annotate(attached_count=Count("merged")).order_by("-attached_count", "pk")[:MOST])


def proposals_of(*, user: User) -> QuerySet[ThemeProposal]:
    return ThemeProposal.objects.filter(user=user).select_related("merged_into").order_by("-proposed_at", "-pk")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happened to an idea; `url`: where one reads it, "" where nowhere."""

    at: datetime
    label: str
    words: str
    url: str = ""


def get_idea_by_token(*, token: str) -> ThemeProposal:
    """Behind the link sent to whoever proposed it. Raises `ForgedLink`, `ThemeProposal.DoesNotExist`."""
    found = ThemeProposal.objects.select_related(
        "option__vote", "merged_into__option__vote", "organisation__territory__departement"
    )
    return found.get(reference=read_idea_token(token))


def thread_of(*, proposal: ThemeProposal) -> Sequence[Step]:
    """Its steps, then those of the one it was attached to, from that day on."""
    events = list(_steps(proposal, without=[ProposalAct.EDIT]))
    root = proposal.merged_into
    if root is not None:
        joined = max((one.at for one in events if one.act == ProposalAct.MERGE), default=proposal.moved_at)
        shared = _steps(root, without=[ProposalAct.EDIT, ProposalAct.PROPOSE])
        told = {ProposalAct.SHORTLIST, ProposalAct.VOTE}  # what it had reached before holds for this one too
        events += [one for one in shared if one.at >= joined or one.act in told]
    project = _project_of(root or proposal)
    return [Step(at=one.at, label=one.get_act_display(), words=one.words, url=_read_at(one, project)) for one in events]


def _project_of(proposal: ThemeProposal) -> SharedProject | None:
    option = proposal.option
    if option is None:
        return None
    found = SharedProject.objects.filter(vote=option.vote_id, option_number=option.number)
    return found.select_related("report").first()


def _steps(proposal: ThemeProposal, *, without: Sequence[ProposalAct]) -> QuerySet[ProposalEvent]:
    return proposal.events.exclude(act__in=without).select_related("option__vote").order_by("at", "pk")


def _read_at(event: ProposalEvent, project: SharedProject | None) -> str:
    match event.act:
        case ProposalAct.VOTE | ProposalAct.RESULT | ProposalAct.CANCEL:
            vote = event.option.vote if event.option is not None else None
            return reverse("votes:vote", args=[vote.slug]) if vote is not None and vote.is_public else ""
        case ProposalAct.PROJECT:
            return reverse("cooperation:project", args=[project.slug]) if project is not None else ""
        case ProposalAct.REPORT:
            report = project.report if project is not None else None
            return (report.url or "") if report is not None and report.live else ""
        case ProposalAct.LETTER:
            return f"/lettre/{event.words.removeprefix('n° ').partition(',')[0]}/"
        case _:
            return ""
